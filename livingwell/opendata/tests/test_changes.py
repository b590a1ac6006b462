"""Which write counts as a change, and in which order changes are seen."""

from collections.abc import Callable
from datetime import datetime, time

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from livingwell.directory.actions import merging
from livingwell.directory.models import (
    Accessibility,
    Address,
    Contact,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceTheme,
    Thing,
)
from livingwell.directory.tests.entries import full_service, service
from livingwell.opendata import actions
from livingwell.opendata.models import Change, Touch
from livingwell.opendata.queries import nested

pytestmark = pytest.mark.django_db


def modified(made: Service) -> datetime:
    actions.settle_all()
    return Change.objects.get(subject="service", subject_id=made.pk).modified


WRITES: dict[str, Callable[[Service], object]] = {
    "its name": lambda made: Service.objects.filter(pk=made.pk).update(name="Another"),
    "a phone": lambda made: Phone.objects.filter(service=made).update(number="020 7946 0999"),
    "a new phone": lambda made: Phone.objects.create(service=made, number="020 7946 0998"),
    "a phone less": lambda made: Phone.objects.filter(service=made).delete(),
    "its times": lambda made: Schedule.objects.filter(service=made).update(opens_at=time(9)),
    "a language": lambda made: Language.objects.create(service=made, name="Somali"),
    "the contact's phone": lambda made: Phone.objects.create(
        contact=Contact.objects.get(service=made), number="020 7946 0997"
    ),
    "its organization's name": lambda made: Organization.objects.filter(pk=made.organization_id).update(
        name="N"
    ),
    "its organization's phone": lambda made: Phone.objects.create(
        organization=made.organization, number="020 7946 0996"
    ),
    "its place": lambda made: Location.objects.filter(service_at_locations__service=made).update(
        description="x"
    ),
    "the address": lambda made: Address.objects.filter(location__service_at_locations__service=made).update(
        city="x"
    ),
    "getting in": lambda made: Accessibility.objects.filter(
        location__service_at_locations__service=made
    ).update(description="Ramp"),
    "times at the place": lambda made: Schedule.objects.create(
        location=Location.objects.get(service_at_locations__service=made), description="Noon"
    ),
    "a theme": lambda made: ServiceTheme.objects.filter(service=made).delete(),
}


@pytest.mark.parametrize("what", WRITES)
def test_a_change_of_anything_that_belongs_to_a_service_is_a_change_of_it(what: str) -> None:
    made, other = (
        full_service(),
        service(
            "Something else",
            of=Organization.objects.create(source=full_service().source, original_id="other", name="Other"),
        ),
    )
    before, others = modified(made), modified(other)

    WRITES[what](made)

    assert modified(made) > before
    assert modified(other) == others


def test_writing_what_was_there_already_is_no_change() -> None:
    made = full_service()
    before = modified(made)

    made.save()
    Phone.objects.filter(service=made).update(number="020 7946 0123")
    Service.objects.filter(pk=made.pk).update(last_modified=timezone.now())  # what its source says of itself

    assert not Touch.objects.exists()
    assert modified(made) == before


def test_no_two_changes_bear_the_same_moment() -> None:
    for number in range(20):
        service(f"Walk {number}")
    actions.settle_all()

    moments = list(Change.objects.values_list("modified", flat=True))
    assert len(moments) == len(set(moments)) == 21


def test_what_is_deleted_is_remembered_as_gone() -> None:
    made = service("A walk")
    actions.settle_all()
    pk = made.pk
    made.delete()
    actions.settle_all()

    change = Change.objects.get(subject_id=pk)
    assert change.gone
    assert change.name == "A walk"
    assert change.closed == change.modified


def test_the_day_of_closing_stays_when_something_else_is_put_right_later() -> None:
    made = service("A walk", status="defunct")
    actions.settle_all()
    closed = Change.objects.get(subject_id=made.pk).closed
    Phone.objects.create(service=made, number="020 7946 0123")
    actions.settle_all()

    assert Change.objects.get(subject_id=made.pk).closed == closed


@pytest.mark.django_db(transaction=True)
def test_a_slow_transaction_that_began_earlier_is_seen_later_not_never() -> None:
    """The trap of timestamps: what is stamped at ten and committed at twelve is missed by who reads at eleven."""
    slow, quick = service("Slow"), service("Quick")
    actions.settle_all()
    settings = connection.get_connection_params()
    with psycopg.connect(
        **{
            name: value
            for name, value in settings.items()
            if name in {"dbname", "user", "host", "port", "password"}
        }
    ) as other:
        other.execute("UPDATE directory_service SET description = 'slow' WHERE id = %s", [slow.pk])
        with transaction.atomic():
            Service.objects.filter(pk=quick.pk).update(description="quick")
        actions.settle_all()
        read_up_to = Change.objects.get(subject_id=quick.pk).modified
        assert Change.objects.get(subject_id=slow.pk).modified < read_up_to
        other.commit()
    actions.settle_all()

    assert Change.objects.get(subject_id=slow.pk).modified > read_up_to


def test_what_is_made_part_of_another_entry_is_told_as_closed_and_comes_back_when_undone() -> None:
    kept, other = full_service(), service("The same again")
    before = modified(other)
    at = timezone.now()
    made = merging.merge(Thing.SERVICE, kept.pk, other.pk, choose=[], by="Ann", at=at)
    assert modified(other) > before
    assert Change.objects.get(subject_id=other.pk).closed
    assert nested.services([other.pk], "", full=False)[0]["status"] == "defunct"
    merging.undo(made, by="Ann", at=at)
    modified(other)
    assert not Change.objects.get(subject_id=other.pk).closed
    assert nested.services([other.pk], "", full=False)[0]["status"] == "active"
