"""What the database shows of steps and choices to the role that serves pages, whatever a query forgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError

from livingwell.consent import actions as consent
from livingwell.consent.acting import acting
from livingwell.consent.models import Part, Person, Purpose
from livingwell.consent.tests.make import organization, page_of, shared, somebody, worker
from livingwell.steps import actions, queries
from livingwell.steps.because import Offered
from livingwell.steps.companions import MYSELF
from livingwell.steps.models import Because, Choice, Status, Step, StepMove
from livingwell.steps.tests import make
from livingwell.steps.tests.make import NOW, owner

if TYPE_CHECKING:
    from livingwell.people.models import Account

pytestmark = pytest.mark.django_db
TABLES = (Step, StepMove, Choice, Because)


@pytest.fixture
def pat() -> Person:
    """A page with a row in each table, its reason from the story."""
    person = page_of()
    why = Offered(Part.STORY, "Because you said “I miss singing”", "I miss singing")
    step = actions.choose(person, make.service(), by=owner(person), at=NOW, offered=why)
    actions.add(person, "Find the number", parent=step, by=owner(person), at=NOW)
    return person


def seen(viewer: Account) -> list[bool]:
    """Of each table, whether this viewer finds a row in it without asking for what is visible to them."""
    with acting(viewer, at=NOW):
        return [table._default_manager.exists() for table in TABLES]


def test_the_owner_finds_everything_and_a_stranger_nothing(pat: Person) -> None:
    assert seen(owner(pat)) == [True, True, True, True]
    assert seen(somebody("sid")) == [False, False, False, False]


def test_each_part_shows_its_own_rows_until_it_is_withdrawn(pat: Person) -> None:
    carol, lena = somebody("carol"), worker()
    shared(pat, Part.STORY, account=carol, purpose=Purpose.FAMILY)
    given = shared(pat, Part.PLAN, organization=organization())
    assert seen(carol) == [False, False, False, True]
    assert seen(lena) == [True, True, True, False]
    consent.withdraw(given, by=owner(pat), at=NOW)
    assert seen(lena) == [False, False, False, False]


def test_who_may_only_look_changes_nothing(pat: Person) -> None:
    carol, step = somebody("carol"), Step.objects.whole().get()
    shared(pat, Part.PLAN, account=carol, purpose=Purpose.FAMILY)
    with acting(carol, at=NOW):
        assert Step.objects.update(words="Else") == Choice.objects.update(reason="Else") == 0
    with pytest.raises(DatabaseError), acting(carol, at=NOW):
        Step.objects.bulk_create(
            [
                Step(
                    person=pat,
                    words="Else",
                    chosen_at=NOW,
                    chosen_by=carol,
                    moved_at=NOW,
                    moved_by=carol,
                    changed_at=NOW,
                    changed_by=carol,
                )
            ]
        )
    step.refresh_from_db()
    assert step.words != "Else"


def test_the_history_of_a_step_is_never_changed_and_nobody_else_deletes_it(pat: Person) -> None:
    lena = worker()
    shared(pat, Part.PLAN, organization=organization(), may_change=True)
    with acting(lena, at=NOW):
        step = Step.objects.whole().get()
        actions.move(step, Status.ACTIVE, was=Status.PLANNED, companion=MYSELF, by=lena, at=NOW)
        assert StepMove.objects.all().delete()[0] == 0
    with pytest.raises(DatabaseError), acting(owner(pat), at=NOW):
        StepMove.objects.update(status=Status.COMPLETED)
    with pytest.raises(DatabaseError), acting(lena, at=NOW):
        StepMove.objects.bulk_create(
            [
                StepMove(
                    person=pat,
                    step=step,
                    number=3,
                    before="active",
                    status="completed",
                    moved_at=NOW,
                    moved_by=owner(pat),
                )
            ]
        )


def test_an_erasure_in_the_owners_name_leaves_nothing(pat: Person) -> None:
    other = make.step(page_of("olive"))
    with acting(owner(pat), at=NOW):
        actions.erase(pat)
    assert not any(table._default_manager.filter(person=pat).exists() for table in TABLES)
    assert Step.objects.get() == other


def test_whoever_walks_with_several_people_hears_who_wanted_to_be_asked(pat: Person) -> None:
    olive, lena = page_of("olive"), worker()
    for person in (pat, olive):
        actions.ask_later(person, make.service(f"Gym of {person.pk}"), by=owner(person), at=NOW)
        put_off = make.step(person)
        actions.move(put_off, Status.ON_HOLD, was=Status.PLANNED, by=owner(person), at=NOW)
    shared(pat, Part.PLAN, organization=organization())
    day = Choice.objects.filter(ask_on__isnull=False)[0].ask_on
    assert day
    both = [pat.pk, olive.pk]
    later = NOW + (day - NOW.date())
    with acting(lena, at=NOW):
        assert queries.put_off_each(lena, at=NOW, on=day, persons=both) == {pat.pk: 1}
        assert queries.put_off_each(lena, at=NOW, on=NOW.date(), persons=both) == {}
        assert [one.person for one in queries.standing_of(both, lena, at=later) if one.asks] == [pat.pk]
        assert not any(one.asks for one in queries.standing_of(both, lena, at=NOW))
