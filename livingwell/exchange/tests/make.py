"""Linked-up systems, reached through actions, and asking as one."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from django.test import Client as Browser
from django.utils import timezone

from livingwell.exchange import actions, tokens

if TYPE_CHECKING:
    from livingwell.directory.models import Organization
    from livingwell.exchange.models import Client
    from livingwell.people.models import Account

DATA = Path(os.environ.get("LIVINGWELL_SHARED") or Path(__file__).parents[4] / "shared") / "data/fhir-r4"
JSON = "application/fhir+json"
Headers = dict[str, str] | None


def client(organization: Organization, *, sends_as: Account | None = None) -> tuple[Client, str]:
    """A system linked up for an organization, and its secret."""
    return actions.link_up(
        organization, name="Their system", by="a test", at=timezone.now(), sends_as=sends_as
    )


class System:
    """Asks as one linked-up system, and sees that every answer is valid FHIR."""

    def __init__(self, organization: Organization, sends_as: Account | None = None) -> None:
        self.client, self.secret = client(organization, sends_as=sends_as)
        self.browser = Browser()
        self.token = tokens.token_for(self.client, at=timezone.now())

    def get(self, path: str, asked: dict[str, Any] | None = None, headers: Headers = None) -> Any:
        """GET below /fhir/R4/, or a whole address."""
        whole = path if path.startswith(("/", "http")) else f"/fhir/R4/{path}"
        return valid(
            self.browser.get(
                whole, asked, headers={"Authorization": f"Bearer {self.token}", **(headers or {})}
            )
        )

    def put(self, path: str, body: object, kind: str = JSON, headers: Headers = None) -> Any:
        """PUT a resource."""
        return valid(
            self.browser.put(
                f"/fhir/R4/{path}",
                body,
                kind,
                headers={"Authorization": f"Bearer {self.token}", **(headers or {})},
            )
        )

    def post(self, path: str, body: object, kind: str = JSON, headers: Headers = None) -> Any:
        """POST a resource."""
        return valid(
            self.browser.post(
                f"/fhir/R4/{path}",
                body,
                kind,
                headers={"Authorization": f"Bearer {self.token}", **(headers or {})},
            )
        )


@cache
def schema() -> dict[str, Any]:
    """The JSON schema of FHIR R4."""
    path = DATA / "schema.json"
    if not path.exists():
        pytest.skip(f"The FHIR schema is not at {path}: set LIVINGWELL_SHARED.")
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def valid(answer: Any) -> Any:
    """The answer, once every resource in it was checked against the schema of its kind."""
    if answer.status_code == 304:
        return answer
    made = json.loads(answer.content)
    entries = made.get("entry", [])
    inside = [each["resource"] if "resource" in each else each["response"]["outcome"] for each in entries]
    for resource in [made, *inside]:
        reference = {
            "$ref": f"#/definitions/{resource['resourceType']}",
            "definitions": schema()["definitions"],
        }
        jsonschema.Draft6Validator(reference).validate(resource)
    return answer
