"""The published examples of UK Core and of Gravity, one by one: read, or refused precisely."""

from __future__ import annotations

import json
from typing import Any

import pytest

from livingwell.consent.tests import make as persons
from livingwell.exchange.resources import SHAPES
from livingwell.exchange.tests.make import DATA, System

pytestmark = pytest.mark.django_db
EXAMPLES = sorted(DATA.glob("*-examples/*.json"))


def refused(kind: str, example: dict[str, Any]) -> tuple[int, list[dict[str, Any]]]:
    answer = System(persons.organization()).post(kind, example)
    return answer.status_code, json.loads(answer.content)["issue"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_read_or_refused_precisely(path: Any) -> None:
    example = json.loads(path.read_text())
    kind = example["resourceType"]
    status, issues = refused(kind, example)
    assert status == 422
    known = kind in SHAPES
    assert [issue["code"] for issue in issues] == (["business-rule"] if known else ["not-supported"])
    assert issues[0]["expression"] == [kind]


@pytest.mark.parametrize(
    "path",
    [path for path in EXAMPLES if path.stem.partition("-")[0] in SHAPES or path.stem.split("-")[1] in SHAPES],
    ids=lambda path: path.stem,
)
def test_an_example_without_what_it_needs_is_refused_for_each_thing_that_is_missing(path: Any) -> None:
    example = json.loads(path.read_text())
    kind = example["resourceType"]
    shape = SHAPES[kind]
    needed = [*(shape.codes or {}), *shape.objects, *shape.lists]
    for name in needed:
        broken = {key: value for key, value in example.items() if key != name}
        status, issues = refused(kind, broken)
        assert status == 422
        assert [(issue["code"], issue["expression"]) for issue in issues] == [
            ("required", [f"{kind}.{name}"])
        ]
    if shape.one_of:
        broken = {key: value for key, value in example.items() if key not in shape.one_of}
        assert refused(kind, broken)[1][0]["code"] == "required"


@pytest.mark.parametrize(
    ("kind", "body", "status", "code"),
    [
        ("Patient", {"resourceType": "Task"}, 400, "invalid"),
        ("Patient", {"resourceType": "Patient", "gender": "f"}, 422, "code-invalid"),
        ("Patient", {"resourceType": "Patient", "telecom": {}}, 422, "value"),
        ("Patient", {}, 400, "structure"),
    ],
)
def test_a_resource_that_is_not_as_fhir_says_is_refused_precisely(
    kind: str, body: object, status: int, code: str
) -> None:
    found, issues = refused(kind, body)  # type: ignore[arg-type]
    assert (found, issues[0]["code"]) == (status, code)
