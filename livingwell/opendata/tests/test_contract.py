"""The OpenAPI document keeps its word: programs that try odd things find no 500 and no answer that it does not name."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from livingwell.directory.tests.entries import refreshed
from livingwell.opendata import openapi
from livingwell.opendata.tests.make import everything

pytestmark = pytest.mark.django_db
contract = schemathesis.openapi.from_dict(openapi.document("http://localhost"))
contract.app = WSGIHandler()
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def directory(db: None) -> Iterator[None]:
    """A full directory, whose connection a request does not close: the rows are not committed."""
    everything()
    refreshed()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@contract.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_asked_the_answer_is_one_that_is_declared(case: Any, directory: None) -> None:
    case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})


def test_the_document_is_served_as_it_is() -> None:
    assert Client().get("/open/hsds/openapi.json").json() == openapi.document("http://testserver")
