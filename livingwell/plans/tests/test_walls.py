"""What the database itself shows and lets write, asked in somebody's name without `visible_to`."""

import pytest
from django.db import DatabaseError, transaction

from livingwell.consent.acting import acting
from livingwell.consent.actions import withdraw
from livingwell.consent.models import Part, Person, Purpose
from livingwell.consent.tests import make as consent
from livingwell.people.models import Account
from livingwell.plans import actions
from livingwell.plans.days import Day
from livingwell.plans.models import HardDate, PageTheme, Section, Words
from livingwell.plans.tests import make
from livingwell.plans.tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    """Somebody with two sections in each part, themes in two parts, and a hard day."""
    person = consent.page_of()
    make.wrote(person, Section.MATTERS, "I love gardening.")
    make.wrote(person, Section.CHANGE, "I want to learn to swim.")
    make.wrote(person, Section.SIGNS, "Not sleeping.")
    make.hard_day(person)
    return person


def seen(viewer: Account) -> tuple[list[str], list[str], int]:
    """The sections, the themes and the number of hard days that exist for somebody."""
    with acting(viewer, at=NOW):
        sections = Words.objects.order_by("section").values_list("section", flat=True)
        themes = PageTheme.objects.order_by("theme").values_list("theme_id", flat=True)
        return list(sections), list(themes), HardDate.objects.count()


def test_each_part_is_walled_by_itself(person: Person) -> None:
    assert person.account
    assert seen(person.account) == (["change", "matters", "signs"], ["gardening", "swimming"], 1)
    assert seen(consent.somebody("sid")) == ([], [], 0)
    for part, expected in (
        (Part.STORY, (["matters"], ["gardening"], 0)),
        (Part.PLAN, (["change"], ["swimming"], 0)),
        (Part.CRISIS_CARD, (["signs"], [], 1)),
        (Part.CONTACT, ([], [], 0)),
    ):
        carer = consent.somebody(part.name.lower())
        given = consent.shared(person, part, account=carer, purpose=Purpose.FAMILY)
        assert seen(carer) == expected
        withdraw(given, by=person.account, at=NOW)
        assert seen(carer) == ([], [], 0)


def test_a_part_that_may_only_be_looked_at_cannot_be_written(person: Person) -> None:
    carol = consent.somebody("carol")
    consent.shared(person, Part.STORY, account=carol, purpose=Purpose.FAMILY)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(carol, at=NOW):
        actions.write(person, Section.HOME, "Mine", over=0, by=carol, at=NOW)
    with acting(carol, at=NOW):
        assert Words.objects.update(text="Mine") == 0
        assert PageTheme.objects.update(standing="refused") == 0
        assert Words.objects.all().delete()[0] == 0


def test_who_may_change_one_part_writes_in_that_one_only(person: Person) -> None:
    carol = consent.somebody("carol")
    consent.shared(person, Part.STORY, account=carol, purpose=Purpose.FAMILY, may_change=True)
    with acting(carol, at=NOW):
        actions.write(person, Section.HOME, "With me, and a garden.", over=0, by=carol, at=NOW)
        actions.refuse(person, "gardening", by=carol, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(carol, at=NOW):
        actions.write(person, Section.HELPS, "Me", over=0, by=carol, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(carol, at=NOW):
        actions.name_date(person, what="X", falls=Day(1, 1), days_before=1, by=carol, at=NOW)


def test_the_owner_does_everything_under_the_wall(person: Person) -> None:
    assert person.account
    with acting(person.account, at=NOW, page=person.pk):
        named = make.hard_day(person, "Another")
        actions.change_date(named, what="Other", falls=Day(1, 1), days_before=1, by=person.account, at=NOW)
        actions.drop_date(named, by=person.account, at=NOW)
        actions.pick(person, ["singing"], by=person.account, at=NOW)
        actions.keep(person, "singing", by=person.account, at=NOW)
        actions.erase(person)
    assert seen(person.account) == ([], [], 0)
