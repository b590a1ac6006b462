"""What is shown of consents, looks, emergencies and questions, as frozen dataclasses."""

from livingwell.consent.queries.emergencies import (
    EmergencySeen,
    emergencies_of,
    emergency,
    open_emergencies_of,
)
from livingwell.consent.queries.looking import (
    Looks,
    QuestionSeen,
    access_asked_about,
    questions_of,
    who_looked,
)
from livingwell.consent.queries.owed import Owed, Reviewed, owed, question_owed, review_owed
from livingwell.consent.queries.reaching import ContactSeen, contact_of
from livingwell.consent.queries.receivers import Place, is_a_category, place, places_named
from livingwell.consent.queries.sharing import WhoSees, consent_of, last_day, who_sees

__all__ = [
    "ContactSeen",
    "EmergencySeen",
    "Looks",
    "Owed",
    "Place",
    "QuestionSeen",
    "Reviewed",
    "WhoSees",
    "access_asked_about",
    "consent_of",
    "contact_of",
    "emergencies_of",
    "emergency",
    "is_a_category",
    "last_day",
    "open_emergencies_of",
    "owed",
    "place",
    "places_named",
    "question_owed",
    "questions_of",
    "review_owed",
    "who_looked",
    "who_sees",
]
