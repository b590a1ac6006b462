"""What goes out, read back in, is equal: what is said, the yes to it, and the answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from livingwell.consent.models import How
from livingwell.exchange.agreeing import Yes
from livingwell.exchange.answers import Answer, answer_of
from livingwell.exchange.fhir import ADDRESS, NAMED, TELECOM, Writer
from livingwell.exchange.incoming import in_bundle
from livingwell.exchange.queries import Agreed, Introduction
from livingwell.exchange.reading import Element
from livingwell.exchange.tests.make import schema
from livingwell.referrals.models import MOST_WEEKS, Because, Status, Weight

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
WRITER = Writer("https://here.example/fhir/R4")
WORDS = (
    st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" \n"), min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)
HEADINGS = st.sampled_from([NAMED, ADDRESS, *TELECOM, "About me"]) | WORDS
SAID = st.lists(st.tuples(HEADINGS, WORDS), max_size=8).map(tuple)
MOMENTS = st.timedeltas(timedelta(), timedelta(days=300)).map(lambda ago: NOW - ago)
AHEAD = st.timedeltas(timedelta(minutes=1), timedelta(days=5000)).map(lambda time: NOW + time)
AGREED = st.builds(
    Agreed, given_at=MOMENTS, until=AHEAD, how=st.sampled_from([*How]).filter(lambda how: how is not How.SCREEN),
    live=st.just(True),
)  # fmt: skip


def introduction(**facts: Any) -> Introduction:
    usual: dict[str, Any] = {
        "pk": uuid4(), "service": uuid4(), "service_name": "Choir", "organization": uuid4(),
        "organization_name": "Singing Neighbours", "sender": uuid4(), "sender_name": "Riverside Surgery",
        "weight": Weight.REFERRAL, "status": Status.SENT, "stopped": False, "sent_at": NOW, "changed_at": NOW,
        "opened": False, "contacted_on": None, "met_on": None, "because": None, "because_words": "", "instead": "",
        "wait_weeks": None, "said": (), "agreed": None,
    }  # fmt: skip
    return Introduction(**(usual | facts))


def valid(resource: dict[str, Any]) -> dict[str, Any]:
    reference = {"$ref": f"#/definitions/{resource['resourceType']}", "definitions": schema()["definitions"]}
    jsonschema.Draft6Validator(reference).validate(resource)
    return resource


@settings(max_examples=120, deadline=None)
@given(SAID, AGREED, st.sampled_from(Weight))
def test_what_is_said_and_the_yes_to_it_come_back_as_they_went(
    said: tuple[tuple[str, str], ...], agreed: Agreed, weight: Weight
) -> None:
    one = introduction(said=said, agreed=agreed, weight=weight)
    resources = [valid(WRITER.of(kind, one)) for kind in ("Patient", "Consent", "ServiceRequest", "Task")]
    identifier = {"system": "https://there.example/r", "value": str(one.pk)}
    resources[0]["identifier"] = [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765919"}]
    resources[2]["identifier"] = [identifier]
    entries = [{"resource": each} for each in resources]
    came = in_bundle(Element({"resourceType": "Bundle", "entry": entries}, "Bundle"))
    assert (came.said, came.weight, came.service) == (said, weight, one.service)
    assert (came.system, came.value) == (identifier["system"], identifier["value"])
    yes, reasons = came.yes(one.organization, at=NOW)
    assert reasons == ()
    assert yes == Yes(agreed.given_at, agreed.until, agreed.how)
    assert came.yes(UUID(int=1), at=NOW)[0] is None
    assert came.yes(one.organization, at=agreed.until + timedelta(seconds=1))[0] is None


def answered(said: Answer) -> Introduction:
    """The introduction after this answer, as `actions.answer` leaves it."""
    facts: dict[str, dict[str, Any]] = {
        "received": {"opened": True},
        "accepted": {"status": Status.ACCEPTED},
        "on-hold": {"status": Status.ACCEPTED, "wait_weeks": said.weeks},
        "in-progress": {"status": Status.ACCEPTED, "contacted_on": NOW.date()},
        "completed": {"status": Status.MET, "met_on": NOW.date()},
    }
    no = {
        "status": Status.DECLINED,
        "because": said.because,
        "because_words": said.words,
        "instead": said.instead,
    }
    return introduction(**facts.get(said.status, no))


def no(status: str, because: st.SearchStrategy[Because], *, words: st.SearchStrategy[str]) -> Any:
    return st.builds(Answer, st.just(status), because, words, st.just("") | WORDS)


OTHER = st.just(Because.OTHER)
CODED = st.sampled_from([Because.FULL, Because.NOT_WHAT_WE_DO, Because.TOO_FAR])
ANSWERS = st.one_of(
    st.builds(Answer, st.sampled_from(["received", "accepted", "in-progress", "completed"])),
    st.builds(Answer, st.just("on-hold"), weeks=st.integers(1, MOST_WEEKS)),
    no("rejected", OTHER, words=WORDS),
    no("rejected", CODED, words=st.just("") | WORDS),
    no("failed", st.just(Because.CANNOT_REACH), words=st.just("") | WORDS),
)


@settings(max_examples=150, deadline=None)
@given(ANSWERS)
def test_every_answer_comes_back_as_it_went(said: Answer) -> None:
    written = valid(WRITER.of("Task", answered(said)))
    assert written["status"] == said.status
    before = WRITER.of("Task", introduction())
    task = {
        name: value for name, value in written.items() if name not in {"for", "focus", "owner", "requester"}
    }
    assert answer_of(Element(task, "Task"), before) == said
