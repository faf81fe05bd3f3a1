# Everything a person does here begins with one of these words. `make` alone says what they are.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test check lock bench faults clean run-environment dev-environment

SERVE ?= 1

help:  ## this list
	@echo 'Tallystick: the books of aid that travels by hand.'
	@echo
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

demo: run-environment  ## make rehearsal books, prove them, show the page (SERVE=0 stops before the page)
	@.venv/bin/tallystick demo --home .demo $(if $(filter 0,$(SERVE)),--no-serve)

test: dev-environment  ## everything that CI runs: the checks, and all tests on both databases
	@bin/test

check: dev-environment  ## the list of checks: style, types, layers, migrations, house rules
	@bin/check

bench: run-environment  ## how fast the books are, against their peers; writes docs/benchmarks.md
	@bench/run

faults: dev-environment  ## kill, cut, fill and crowd on purpose; writes docs/faults.md (FAULTS=long takes hours)
	@faults/run --page docs/faults.md

lock: dev-environment  ## write requirements/*.txt anew from requirements/*.in
	@bin/lock

clean:  ## remove the environment, the demo's books and what the tools keep; never anybody's own books
	@rm -rf .venv .demo .bench build .hypothesis .pytest_cache .ruff_cache .mypy_cache .import_linter_cache src/tallystick.egg-info
	@find src tests bench faults -name __pycache__ -type d -prune -exec rm -rf {} +

run-environment:
	@bin/environment run

dev-environment:
	@bin/environment dev
