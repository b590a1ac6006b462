"""The codes of others that we use, as data: FHIR's, SNOMED CT's, and how our states read as those of a Task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.consent.models import How
from livingwell.referrals.models import Because

if TYPE_CHECKING:
    from collections.abc import Mapping

TASK_CODE: Final = "http://hl7.org/fhir/CodeSystem/task-code"
SCOPE: Final = "http://terminology.hl7.org/CodeSystem/consentscope"
ACT_CODE: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
ACT_REASON: Final = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
PARTICIPATION: Final = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
UCUM: Final = "http://unitsofmeasure.org"
WEEK: Final = "wk"
SNOMED: Final = "http://snomed.info/sct"
REASON: Final = "reason"
OFFERED: Final = "offered-instead"
HEADING: Final = "heading"
PLACE: Final = "place"
WEIGHT: Final = "weight"
HOW: Final = "how-the-yes-was-said"
WAIT: Final = "wait"
"""Names of ours, below the address of the interface: `…/fhir/R4/CodeSystem/reason` and so on."""

REASON_CODES: Final[Mapping[Because, str]] = {because: because.value.replace(" ", "-") for because in Because}
BY_CODE: Final[Mapping[str, Because]] = {code: because for because, code in REASON_CODES.items()}
HOW_CODES: Final[Mapping[How, str]] = {how: how.value.replace(" ", "-") for how in How}
"""How a person said yes, in a Consent."""


@dataclass(frozen=True, slots=True)
class Snomed:
    """A SNOMED CT concept, when to record it, and whether it was seen in a published source."""

    code: str
    term: str
    use_when: str
    verified: bool


SOCIAL_PRESCRIBING: Final = (
    Snomed(
        "871691000000100",
        "Social prescribing offered",
        "it was offered to the person, whatever they say",
        verified=False,
    ),
    Snomed(
        "871711000000103",
        "Social prescribing declined",
        "the person does not want it (not when a service says no)",
        verified=True,
    ),
    Snomed(
        "871731000000106",
        "Referral to social prescribing service",
        "the person was referred to a social prescribing service",
        verified=True,
    ),
)
"""Verified: the code stands with this meaning in a published source. None was looked up in the SNOMED browser."""
