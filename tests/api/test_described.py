"""The description is OpenAPI 3.1, and whatever it allows or does not, no answer is a fault of ours, and each is as described."""

import json
from functools import cache
from random import Random
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.test.client import ClientHandler
from hypothesis import HealthCheck, Phase, strategies
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tallystick.api import door
from tallystick.api.urls import described
from tallystick.core.entry import Kind
from tests.asking import token_of

pytestmark = pytest.mark.django_db
QUESTIONS = 260  # altogether, either way
SEED = 20261128
KNOWN = {
    "kind": list(Kind), "unit": ["USD", "CNY", "LAMP"], "giver": ["HAEBARAGI", "OFFICE", "CRANE"], "earmark": ["SHOPS", "STALLS"],
    "taker": ["OFFICE", "CRANE", "R01", "@cost:fuel", "@loss:theft"], "amount": ["1", "0.01", "12.50"], "grant": ["", "G01"],
    "authorisation": ["", "REH-MONEY"], "happened_at": ["2016-03-05T09:00:00+09:00"], "recipient": ["R01"], "reverses": ["E0001", "H0005"],
}  # fmt: skip
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection,
]  # fmt: skip


def description() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(described())
    return read


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Our own as a program meets it, on the tests' connection: Django closes others when it has answered."""
    response = ClientHandler(enforce_csrf_checks=True)(environ)
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [response.content]


@cache
def operations() -> dict[str, Any]:
    schema = schemathesis.openapi.from_dict(description())
    schema.app = application
    return {one.ok().label: one.ok() for one in schema.get_all_operations()}


def test_the_description_is_openapi_3_1():
    read = description()
    assert read["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(read).iter_errors()) == []


def test_nothing_in_the_description_leads_to_another_host():
    assert "http" not in described().decode().replace('"type":"http"', "")


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
def test_no_question_is_answered_with_a_fault(lamps: None, mode: GenerationMode, monkeypatch: pytest.MonkeyPatch):
    """What the description allows is asked with and without codes that these books know, so that it comes farther than the door."""
    monkeypatch.setattr(door, "ASKED_MAX", 1_000_000)
    headers = {"Authorization": f"Bearer {token_of(role='lead')}"}
    for operation in operations().values():

        @hypothesis.seed(SEED)
        @hypothesis.settings(
            max_examples=max(3, QUESTIONS // len(operations())), database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @hypothesis.given(case=operation.as_strategy(generation_mode=mode), choose=strategies.randoms(use_true_random=False))
        def ask(case: Any, choose: Random) -> None:
            if mode is GenerationMode.POSITIVE:
                case.body = with_codes(case.body, choose)
            case.call_and_validate(headers=headers, checks=CHECKS if mode is GenerationMode.NEGATIVE else CHECKS[:-1])

        try:
            ask()
        except hypothesis.errors.Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, "an address that takes nothing cannot be asked wrongly"


def with_codes(said: Any, choose: Random) -> Any:
    """The same content, some of its fields with what these books know under that name."""
    if isinstance(said, list):
        return [with_codes(one, choose) for one in said]
    if not isinstance(said, dict):
        return said
    return {
        name: choose.choice(KNOWN[name]) if name in KNOWN and choose.random() < 0.8 else with_codes(value, choose)
        for name, value in said.items()
    }
