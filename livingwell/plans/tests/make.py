"""Pages with words, themes and hard days on them, reached through actions."""

from datetime import UTC, datetime

from livingwell.consent.models import Person
from livingwell.people.models import Account
from livingwell.plans import actions
from livingwell.plans.days import Day
from livingwell.plans.models import HardDate, Section, Words
from livingwell.themes.actions import publish
from livingwell.themes.vocabulary import vocabulary

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
THIRD_OF_MARCH = Day(3, 3)


def wrote(
    person: Person, section: Section, text: str, *, by: Account | None = None, at: datetime = NOW
) -> Words:
    """That somebody (the person themself, if nobody is named) wrote in a section, over what stood there."""
    publish(vocabulary())
    writer = by or person.account
    assert writer
    before = Words.objects.filter(person=person, section=section).first()
    return actions.write(person, section, text, over=before.version if before else 0, by=writer, at=at)


def hard_day(
    person: Person,
    what: str = "The day Mum died",
    falls: Day = THIRD_OF_MARCH,
    *,
    days_before: int = 7,
    at: datetime = NOW,
) -> HardDate:
    """That the person named a hard day."""
    assert person.account
    return actions.name_date(
        person, what=what, falls=falls, days_before=days_before, by=person.account, at=at
    )
