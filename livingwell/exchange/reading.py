"""Reading what others send, one element at a time: what is not as FHIR says is named by where it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import orjson

from livingwell.exchange.outcomes import Issue, Problem

LONGEST: Final = 20_000
"""Letters of one text. A person reads this."""
BEGINS: Final = {4: "-01-01", 7: "-01"}
"""A year or a month alone is its first day."""


def instant(said: str) -> datetime:
    """A date or an instant in UTC; a day begins at midnight UTC. Raises ValueError or OverflowError."""
    found = datetime.fromisoformat(said)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def parsed(body: bytes) -> Element:
    """The body as one JSON object. Raises Problem."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Problem(
            400, Issue("structure", f"This is not JSON: {error.msg}, at letter {error.pos}.", "http.body")
        ) from None
    if not isinstance(value, dict):
        raise Problem(400, Issue("structure", "A resource is a JSON object, in { }.", "http.body"))
    return Element(value, _kind(value))


def _kind(value: dict[str, Any]) -> str:
    kind = value.get("resourceType")
    if not isinstance(kind, str) or not kind.isalpha() or len(kind) > 60:
        raise Problem(
            400, Issue("structure", "resourceType must name a resource of FHIR R4.", "resourceType")
        )
    return kind


class Element:
    """A JSON object with the place where it stands."""

    def __init__(self, value: dict[str, Any], where: str) -> None:
        self.value = value
        self.where = where

    def has(self, name: str) -> bool:
        """Whether anything stands there."""
        return name in self.value

    def text(self, name: str, *, needed: bool = False) -> str:
        """A text; empty where there is none."""
        found = self.value.get(name)
        if found is None and not needed:
            return ""
        if not isinstance(found, str) or not found.strip():
            raise self.wrong(name, "must be a text" if name in self.value else "is missing", needed=needed)
        if len(found) > LONGEST:
            raise self.wrong(name, f"is longer than {LONGEST} letters")
        if any(letter < " " and letter not in "\t\r\n" for letter in found):
            raise self.wrong(name, "has a control character in it")
        return found.strip()

    def moment(self, name: str) -> datetime:
        """A date or an instant, which has to be there; a day begins at midnight UTC. Raises Problem."""
        try:
            said = self.text(name, needed=True)
            return instant(said + BEGINS.get(len(said), ""))
        except (ValueError, OverflowError):
            raise self.wrong(name, "is no moment") from None

    def ours(self, kind: str) -> UUID | None:
        """The id in this reference to a resource of a kind here; None where it leads elsewhere."""
        head, _slash, pk = self.text("reference").rpartition("/")
        try:
            return UUID(pk) if head.rpartition("/")[2] == kind else None
        except ValueError:
            return None

    def one(self, name: str) -> Element | None:
        """An object; None where there is none."""
        if name not in self.value:
            return None
        found = self.value[name]
        if not isinstance(found, dict):
            raise self.wrong(name, "must be an object, in { }")
        return Element(found, f"{self.where}.{name}")

    def must(self, name: str) -> Element:
        """An object that has to be there."""
        found = self.one(name)
        if found is None:
            raise self.wrong(name, "is missing", needed=True)
        return found

    def many(self, name: str) -> list[Element]:
        """A list of objects; empty where there is none."""
        if name not in self.value:
            return []
        found = self.value[name]
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise self.wrong(name, "must be a list of objects, in [ ]")
        return [Element(each, f"{self.where}.{name}[{place}]") for place, each in enumerate(found)]

    def wrong(self, name: str, what: str, *, needed: bool = False, status: int = 422) -> Problem:
        """The problem that something here is not as it has to be."""
        where = f"{self.where}.{name}" if name else self.where
        return Problem(
            status,
            Issue("required" if needed and name not in self.value else "value", f"{where} {what}.", where),
        )
