"""Metrics as text: version 0.0.4 of the format that Prometheus reads.

The format: https://github.com/prometheus/docs/blob/main/content/docs/instrumenting/exposition_formats.md. It is a page long,
and we need three kinds of metric; so it is written here and held against its rules by tests, without a library that would
bring its own counters, clocks and server.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
NAME = re.compile("[a-z][a-z0-9_]*")
IN_LABEL = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})
IN_HELP = str.maketrans({"\\": r"\\", "\n": r"\n"})

Labels = tuple[tuple[str, str], ...]
"""(name, value) of each label."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One line: what is added to the metric's name, its labels, and a number."""

    value: float
    labels: Labels = ()
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric with all its lines; `kind` is counter, gauge or histogram."""

    name: str
    kind: str
    words: str
    samples: tuple[Sample, ...]


def gauge(name: str, words: str, *, value: float) -> Metric:
    """What stands now, and may fall."""
    return Metric(name, "gauge", words, (Sample(value),))


def counter(name: str, words: str, *, value: float) -> Metric:
    """What only grows; its name ends in _total."""
    assert name.endswith("_total"), name
    return Metric(name, "counter", words, (Sample(value),))


@dataclass(frozen=True, slots=True)
class Spread:
    """Of one set of labels: how many fell under each bound and no lower one, how many lay above them all, and their sum."""

    labels: Labels
    counts: Sequence[int]  # one longer than the bounds
    total: float


def histogram(name: str, words: str, *, bounds: Sequence[float], spreads: Iterable[Spread]) -> Metric:
    """How measurements spread over `bounds`, which rise."""
    samples = [sample for spread in spreads for sample in _buckets(spread, bounds)]
    return Metric(name, "histogram", words, tuple(samples))


def _buckets(spread: Spread, bounds: Sequence[float]) -> Iterator[Sample]:
    count = 0
    for bound, more in zip((*map(_number, bounds), "+Inf"), spread.counts, strict=True):
        count += more
        yield Sample(count, (*spread.labels, ("le", bound)), "_bucket")
    yield Sample(spread.total, spread.labels, "_sum")
    yield Sample(count, spread.labels, "_count")


def exposition(metrics: Iterable[Metric]) -> str:
    """The whole text; each metric once, with its help and type before its lines."""
    lines, told = [], set()
    for metric in metrics:
        assert NAME.fullmatch(metric.name), metric.name
        assert metric.name not in told, f"{metric.name} is told twice"
        told.add(metric.name)
        lines.append(f"# HELP {metric.name} {metric.words.translate(IN_HELP)}")
        lines.append(f"# TYPE {metric.name} {metric.kind}")
        lines += [f"{metric.name}{sample.suffix}{_labels(sample.labels)} {_number(sample.value)}" for sample in metric.samples]
    return "".join(f"{line}\n" for line in lines)


def _labels(labels: Labels) -> str:
    assert all(NAME.fullmatch(name) for name, _ in labels), labels
    said = ",".join(f'{name}="{value.translate(IN_LABEL)}"' for name, value in labels)
    return f"{{{said}}}" if said else ""


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else repr(float(value))
