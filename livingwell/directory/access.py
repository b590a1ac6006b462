"""What helps people to get in and be at ease in a place, each known to be there, known not to be, or not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable


class Term(models.TextChoices):
    """What people in the UK ask before they go. The order is that of the page, and of the bits of a listing."""

    STEP_FREE = "step-free", _("No steps to get in")
    ACCESSIBLE_TOILET = "accessible-toilet", _("Accessible toilet")
    TOILET = "toilet", _("Toilet")
    HEARING_LOOP = "hearing-loop", _("Hearing loop")
    BSL = "bsl", _("British Sign Language")
    QUIET = "quiet", _("A quiet place to sit")
    ASSISTANCE_DOGS = "assistance-dogs", _("Assistance dogs welcome")
    DEMENTIA = "dementia-friendly", _("Dementia friendly")
    AUTISM = "autism-friendly", _("Autism friendly")
    PARKING = "blue-badge-parking", _("Blue Badge parking")
    TRANSPORT = "bus-or-train", _("Bus or train near")
    CHANGING_PLACES = "changing-places", _("Changing Places toilet")


# In this order: what is more exact comes first, so that an accessible toilet is not read as steps.
SAID: Final = (
    (Term.CHANGING_PLACES, r"changing places?\b"),
    (
        Term.ACCESSIBLE_TOILET,
        r"(?:accessible|disabled|wheelchair|adapted)(?: friendly)? (?:toilet|wc|loo|bathroom)s?",
    ),
    (
        Term.PARKING,
        r"(?:blue badge|disabled|accessible)(?: \w+)? (?:parking|bays?)|parking for (?:disabled|blue badge)",
    ),
    (Term.HEARING_LOOP, r"(?:hearing|induction|audio) loops?"),
    (Term.BSL, r"\bbsl\b|british sign language|sign language"),
    (Term.QUIET, r"quiet (?:room|space|area|place|corner|hour)s?|sensory room"),
    (Term.ASSISTANCE_DOGS, r"(?:assistance|guide|service) (?:dog|animal)s?"),
    (Term.DEMENTIA, r"dementia[- ]friendly"),
    (Term.AUTISM, r"autis(?:m|tic)[- ](?:friendly|aware)"),
    (Term.TRANSPORT, r"(?:bus|train|tube|station)s? (?:stop|route|near|close)|public transport"),
    (
        Term.STEP_FREE,
        r"step[- ]?free|wheelchairs?|level access|ramp(?:ed)?|no steps|lift access|accessible entrance"
        r"|fully accessible|disabled access|mobility access",
    ),
    (Term.TOILET, r"\b(?:toilet|wc|loo)s?\b"),
)  # fmt: skip
NO: Final = re.compile(r"\b(?:no|not|without|isn.t|aren.t|unsuitable|un?able|cannot|lacks?)\b")
STEPS: Final = re.compile(r"\b(?:steps|stairs)\b")
WORDS: Final = tuple((term, re.compile(pattern)) for term, pattern in SAID)


def meant(words: str) -> tuple[str, bool | None]:
    """The term that a short description means, and whether it is there; ("", None) where it means none of ours.

    Only one that is plain: "Not wheelchair accessible" is a no, "No steps" a yes.
    """
    low = " ".join(words.lower().split())
    if not low or len(low) > 120:
        return "", None
    for term, pattern in WORDS:
        if found := pattern.search(low):
            refused = bool(NO.search(f"{low[: found.start()]} {low[found.end() :]}"))
            return term.value, not refused
    if STEPS.search(low):
        return Term.STEP_FREE.value, bool(NO.search(low))
    return "", None


def bits(terms: Iterable[str]) -> int:
    """The terms that are known to be there as bits, in the order of Term."""
    order = list(Term.values)
    return sum(1 << order.index(term) for term in set(terms))


def said_of(rows: Iterable[tuple[str, bool | None]]) -> dict[str, bool]:
    """What is known of each term. Where one row says yes and another no, one way in is enough."""
    known: dict[str, bool] = {}
    for term, there in rows:
        if there is not None:
            known[term] = there or known.get(term, False)
    return known


def in_a_sentence(label: str) -> str:
    """A term's label in the middle of a sentence: small, unless it is a name."""
    return label if label.split()[0] in {"British", "Blue", "Changing"} else label[:1].lower() + label[1:]


def named(bits_of: int) -> list[str]:
    """The terms of some bits."""
    return [term for number, term in enumerate(Term.values) if bits_of >> number & 1]
