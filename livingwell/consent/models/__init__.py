"""Persons, what they allow, and the record of who looked."""

from livingwell.consent.models.access import Access, Did, Emergency, Grounds, Question, Verdict
from livingwell.consent.models.consent import Basis, Consent, How, Purpose
from livingwell.consent.models.event import Event, Kind
from livingwell.consent.models.part import PARTS, Part
from livingwell.consent.models.person import Contact, Person, Way
from livingwell.consent.models.search import Search
from livingwell.consent.models.seeing import pages_open_to, rows_open_to

__all__ = [
    "PARTS",
    "Access",
    "Basis",
    "Consent",
    "Contact",
    "Did",
    "Emergency",
    "Event",
    "Grounds",
    "How",
    "Kind",
    "Part",
    "Person",
    "Purpose",
    "Question",
    "Search",
    "Verdict",
    "Way",
    "pages_open_to",
    "rows_open_to",
]
