"""Whether the Consent of a referral is the person's whole yes to it; where it is not, each thing that is missing.

What is not said is never taken for said. A Consent that says no, or is somebody else's, is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.consent.models import How
from livingwell.exchange import codes
from livingwell.exchange.outcomes import Issue, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from uuid import UUID

    from livingwell.exchange.reading import Element

NO: Final = frozenset({"rejected", "inactive", "entered-in-error"})
RECEIVES: Final = "IRCP"
SERVES: Final = frozenset({"TREAT", "CAREMGT", "COC"})
"""Purposes of a yes (v3-ActReason) that being introduced serves: treatment, care management, coordination of care."""
LIMITS: Final = ("action", "securityLabel", "class", "code", "dataPeriod", "provision")
"""What narrows a yes in a way that is not ours to judge."""
HOW_BY_CODE: Final = {code: how for how, code in codes.HOW_CODES.items() if how is not How.SCREEN}


@dataclass(frozen=True, slots=True)
class Yes:
    """A whole yes: given when, until when if that is said, and how."""

    given_at: datetime
    until: datetime | None
    how: How


def see_that_it_is_no_no(consent: Element, patient: Collection[str]) -> None:
    """Raises Problem where a Consent says no, or is not of the `patient`, who goes by these references."""
    reference = consent.must("patient").text("reference", needed=True)
    if reference not in patient:
        raise _refused("The Consent is not of the Patient who is referred.", "Consent.patient")
    if consent.text("status") in NO:
        raise _refused(f"The Consent is “{consent.text('status')}”: that is no yes.", "Consent.status")
    provision = consent.one("provision")
    if provision is not None and provision.text("type") == "deny":
        raise _refused("The Consent does not permit.", "Consent.provision.type")


def yes_of(
    consent: Element,
    *,
    patient: Collection[str],
    receiver: UUID,
    parts: Collection[Collection[str]],
    at: datetime,
) -> tuple[Yes | None, tuple[Issue, ...]]:
    """The yes that a Consent holds to this `receiver` being told these `parts`, or each reason why it is none.

    `patient` and each of the parts are the references by which a resource goes. Raises Problem where a value is not as
    FHIR says.
    """
    reasons = [*_of_the_patient(consent, patient, at), *_said(consent)]
    provision = consent.one("provision")
    if provision is None:
        reasons.append(Issue("required", "The Consent does not say what it permits.", "Consent.provision"))
    else:
        reasons += [
            *_in_force(provision, at),
            *_to(provision, receiver),
            *_covers(provision, parts),
            *_narrowed(provision),
        ]
    if reasons or provision is None:
        return None, tuple(reasons)
    period = provision.one("period")
    until = period.moment("end") if period is not None and period.has("end") else None
    how = _how(consent)
    assert how is not None  # noqa: S101 - else there was a reason
    return Yes(consent.moment("dateTime"), until, how), ()


def _of_the_patient(consent: Element, patient: Collection[str], at: datetime) -> Iterator[Issue]:
    if consent.text("status") != "active":
        yield _lacks(f"The Consent is “{consent.text('status')}”, not active.", "Consent.status")
    if not any(each.text("reference") in patient for each in consent.many("performer")):
        yield _lacks("The Consent does not say that the person themself gave it.", "Consent.performer")
    if not consent.has("dateTime"):
        yield Issue("required", "The Consent does not say when it was given.", "Consent.dateTime")
    elif consent.moment("dateTime") > at:
        yield _lacks("The Consent was given in the future.", "Consent.dateTime")


def _said(consent: Element) -> Iterator[Issue]:
    if _how(consent) is None:
        words = (
            f"The Consent does not say how the yes was said: an extension “{codes.HOW}” of "
            f"{', '.join(sorted(HOW_BY_CODE))}, or what was signed as sourceAttachment."
        )
        yield Issue("required", words, "Consent.extension")


def _how(consent: Element) -> How | None:
    for each in consent.many("extension"):
        if each.text("url").endswith(f"/{codes.HOW}"):
            return HOW_BY_CODE.get(each.text("valueCode"))
    return How.PAPER if consent.has("sourceAttachment") else None


def _in_force(provision: Element, at: datetime) -> Iterator[Issue]:
    if provision.text("type") != "permit":
        yield Issue("required", "The Consent does not say “permit”.", "Consent.provision.type")
    period = provision.one("period")
    if period is None:
        return
    if period.has("start") and period.moment("start") > at:
        yield _lacks("The Consent has not begun.", "Consent.provision.period.start")
    if period.has("end") and period.moment("end") <= at:
        yield _lacks("The Consent has ended.", "Consent.provision.period.end")


def _to(provision: Element, receiver: UUID) -> Iterator[Issue]:
    named = [
        actor for actor in provision.many("actor") if actor.must("reference").ours("Organization") == receiver
    ]
    if not named:
        words = f"The Consent does not name who receives it: an actor Organization/{receiver}."
        yield _lacks(words, "Consent.provision.actor")
    elif not any(
        code.text("code") == RECEIVES for actor in named for code in actor.must("role").many("coding")
    ):
        words = f"The Consent names who receives it, but not as the one who is told (role {RECEIVES})."
        yield _lacks(words, f"{named[0].where}.role")


def _covers(provision: Element, parts: Collection[Collection[str]]) -> Iterator[Issue]:
    covered = {
        data.must("reference").text("reference")
        for data in provision.many("data")
        if data.text("meaning") in {"instance", "related"}
    }
    for names in parts:
        if not covered & set(names):
            words = f"The Consent does not cover the {_kind(names)}, in which something is said."
            yield _lacks(words, "Consent.provision.data")


def _kind(names: Collection[str]) -> str:
    return next((name.partition("/")[0] for name in sorted(names) if name[:1].isupper()), "resource")


def _narrowed(provision: Element) -> Iterator[Issue]:
    purposes = provision.many("purpose")
    if purposes and not any(purpose.text("code") in SERVES for purpose in purposes):
        words = f"The Consent is for something else: of its purposes none is {', '.join(sorted(SERVES))}."
        yield _lacks(words, "Consent.provision.purpose")
    for name in LIMITS:
        if provision.has(name):
            where = f"Consent.provision.{name}"
            yield _lacks("The Consent has a limit of which we cannot see that this is inside.", where)


def _lacks(words: str, where: str) -> Issue:
    return Issue("business-rule", words, where)


def _refused(words: str, where: str) -> Problem:
    return Problem(422, Issue("business-rule", words, where))
