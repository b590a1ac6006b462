"""The second wall: what the database itself shows to the role that serves pages, asked without `visible_to`."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from livingwell.consent import actions
from livingwell.consent.acting import ONLY, acting, only
from livingwell.consent.models import (
    Access,
    Consent,
    Contact,
    Emergency,
    Event,
    Grounds,
    How,
    Part,
    Person,
    Purpose,
)
from livingwell.consent.tests import make
from livingwell.core.roles import WEB_ROLE
from livingwell.people.actions import dismiss
from livingwell.people.models import Account, Membership, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def seen(viewer: Account, table: str, at: datetime = NOW) -> int:
    """How many rows plain SQL shows to somebody."""
    with acting(viewer, at=at), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own table
        return int(cursor.fetchone()[0])


@contextmanager
def nobody() -> Iterator[None]:
    """A page that asks the database in nobody's name: what happens when the door is forgotten."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {WEB_ROLE}")
        yield
        cursor.execute("RESET ROLE")


def about_persons() -> list[type[models.Model]]:
    """Each model whose rows are about one person."""
    return [
        model
        for model in apps.get_models()
        if model is Person
        or any(
            getattr(field, "related_model", None) is Person and field.concrete
            for field in model._meta.get_fields()
        )
    ]


@pytest.mark.parametrize("model", about_persons(), ids=lambda model: model.__name__)
def test_a_table_about_persons_stands_behind_a_wall(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity FROM pg_class WHERE relname = %s", [model._meta.db_table])
        assert cursor.fetchone() == (True,), "add a wall in the migration that makes the table"
        cursor.execute("SELECT count(*) FROM pg_policies WHERE tablename = %s", [model._meta.db_table])
        assert cursor.fetchone()[0] >= 2


@pytest.mark.parametrize("model", about_persons(), ids=lambda model: model.__name__)
def test_rows_about_persons_are_reached_through_a_scoped_door(model: type[models.Model]) -> None:
    assert hasattr(model._default_manager.all(), "visible_to")


def test_the_role_that_serves_pages_cannot_get_round_the_walls() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [WEB_ROLE])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = %s", [WEB_ROLE])
        assert cursor.fetchone() == (0,)


def test_a_query_in_nobodys_name_finds_nothing() -> None:
    person = make.page_of()
    make.shared(person, Part.STORY, organization=make.organization())
    with nobody():
        for model in about_persons():
            assert not model._default_manager.exists(), model.__name__


def test_a_stranger_finds_nothing_and_the_owner_everything() -> None:
    person = make.page_of()
    actions.reach(person, {"phone": "07700900123"})
    stranger, owner = make.somebody("sid"), person.account
    assert owner
    for table in ("consent_person", "consent_contact", "consent_event"):
        assert seen(stranger, table) == 0
        assert seen(owner, table) == 1


def test_a_receiver_sees_the_part_that_is_shared_and_no_other() -> None:
    person = make.page_of()
    actions.reach(person, {"phone": "07700900123"})
    carer = make.somebody("carol")
    make.shared(person, Part.STORY, account=carer, purpose=Purpose.FAMILY)
    assert seen(carer, "consent_person") == 1
    assert seen(carer, "consent_contact") == 0
    assert seen(carer, "consent_access") == 0


def test_what_others_receive_is_not_seen_by_a_receiver() -> None:
    person = make.page_of()
    carer = make.somebody("carol")
    make.shared(person, Part.STORY, account=carer, purpose=Purpose.FAMILY)
    make.shared(person, Part.MEDICATION, organization=make.organization("Clinic"))
    assert seen(carer, "consent_consent") == 1


def test_a_withdrawn_consent_ends_at_once() -> None:
    person, lena = make.page_of(), make.worker()
    consent = make.shared(person, Part.STORY, organization=make.organization())
    assert seen(lena, "consent_person") == 1
    assert person.account
    actions.withdraw(consent, by=person.account, at=NOW)
    assert seen(lena, "consent_person", NOW) == 0


def test_a_consent_ends_by_itself() -> None:
    person, lena = make.page_of(), make.worker()
    make.shared(person, Part.STORY, organization=make.organization(), until=NOW)
    assert seen(lena, "consent_person", NOW - timedelta(seconds=1)) == 1
    assert seen(lena, "consent_person", NOW) == 0


def test_a_former_member_sees_nothing() -> None:
    person, lena = make.page_of(), make.worker()
    make.shared(person, Part.STORY, organization=make.organization())
    dismiss(Membership.objects.get(account=lena), by="Rita", at=NOW)
    assert seen(lena, "consent_person", NOW + timedelta(seconds=1)) == 0


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.EDITOR, Role.COMMISSIONER, Role.PRIVACY_LEAD])
def test_who_does_not_work_with_people_sees_nothing_of_what_their_organization_receives(role: Role) -> None:
    person, other = make.page_of(), make.worker("olu", role)
    make.shared(person, Part.STORY, organization=make.organization())
    assert seen(other, "consent_person") == 0


def emergency(person: Person, by: Account, at: datetime) -> Emergency:
    return Emergency.objects.create(
        person=person,
        opened_at=at,
        opened_by=by,
        organization=make.organization(),
        until=at + timedelta(hours=4),
        grounds=Grounds.LIFE,
        words="Found on the platform.",
    )


def test_an_emergency_opens_one_page_to_look_and_ends_after_four_hours() -> None:
    person, other, lena = make.page_of(), make.page_of("olive"), make.worker()
    actions.reach(person, {"phone": "07700900123"})
    actions.reach(other, {"phone": "07700900124"})
    emergency(person, lena, NOW)
    assert seen(lena, "consent_contact", NOW) == 1
    assert seen(lena, "consent_consent", NOW) == 0
    assert seen(lena, "consent_contact", NOW + timedelta(hours=4)) == 0
    with acting(lena, at=NOW):
        assert Contact.objects.filter(person=person).update(phone="") == 0


def test_an_emergency_cannot_be_made_longer() -> None:
    person, lena = make.page_of(), make.worker()
    with pytest.raises(DatabaseError), transaction.atomic():
        Emergency.objects.create(
            person=person,
            opened_at=NOW,
            opened_by=lena,
            organization=make.organization(),
            until=NOW + timedelta(hours=4, seconds=1),
            grounds=Grounds.LIFE,
            words="Longer.",
        )


def test_nobody_writes_in_a_page_without_the_right_to_change_it() -> None:
    person, carer = make.page_of(), make.somebody("carol")
    make.shared(person, Part.CONTACT, Part.STORY, account=carer, purpose=Purpose.FAMILY)
    with pytest.raises(DatabaseError), acting(carer, at=NOW):
        Contact.objects.create(person=person, phone="07700900123")
    with acting(carer, at=NOW):
        assert Person.objects.filter(pk=person.pk).update(called="Else") == 0


def test_nobody_gives_consent_to_themselves() -> None:
    person, lena = make.page_of(), make.worker()
    for organization, account in ((make.organization(), None), (None, lena)):
        with pytest.raises(DatabaseError), acting(lena, at=NOW):
            Consent.objects.create(
                person=person,
                organization=organization,
                account=account,
                parts=["story"],
                purpose=Purpose.HELP,
                given_at=NOW,
                given_by=lena,
                until=make.LATER,
                how=How.PHONE,
                said="Yes.",
                lawful_basis="consent",
            )


def test_who_began_a_page_may_not_let_themselves_in_again() -> None:
    lena = make.worker()
    person = make.kept_with(lena)
    consent = Consent.objects.get(person=person)
    actions.withdraw(consent, by=lena, at=NOW)
    with pytest.raises(DatabaseError), acting(lena, at=NOW):
        Consent.objects.create(
            person=person,
            organization=make.organization(),
            parts=["story"],
            purpose=Purpose.KEEP,
            given_at=NOW,
            given_by=lena,
            until=make.LATER,
            how=How.PHONE,
            said="Yes.",
            lawful_basis="consent",
        )


def test_a_page_belongs_to_whom_it_belongs() -> None:
    person, thief = make.page_of(), make.somebody("thelma")
    make.shared(person, Part.STORY, account=thief, purpose=Purpose.FAMILY, may_change=True)
    with pytest.raises(DatabaseError), acting(thief, at=NOW):
        Person.objects.filter(pk=person.pk).update(account=thief)


def test_the_record_of_looks_cannot_be_changed_or_deleted() -> None:
    person, lena = make.page_of(), make.worker()
    consent = make.shared(person, Part.STORY, organization=make.organization())
    with acting(lena, at=NOW):
        actions.look(person, "looked", {Part.STORY: consent}, by=lena, at=NOW)  # type: ignore[arg-type]
    for change in (lambda: Access.objects.all().delete(), lambda: Access.objects.update(part="plan")):
        with pytest.raises(DatabaseError), acting(lena, at=NOW):
            change()
    assert person.account
    assert seen(person.account, "consent_access") == 1


def test_nobody_writes_a_look_in_somebody_elses_name() -> None:
    person, lena, max_ = make.page_of(), make.worker(), make.worker("max")
    consent = make.shared(person, Part.STORY, organization=make.organization())
    with pytest.raises(DatabaseError), acting(lena, at=NOW):
        actions.look(person, "looked", {Part.STORY: consent}, by=max_, at=NOW)  # type: ignore[arg-type]


def test_with_one_page_open_no_other_exists() -> None:
    one, other, lena = make.page_of(), make.page_of("olive"), make.worker()
    for person in (one, other):
        make.shared(person, Part.STORY, organization=make.organization())
    with acting(lena, at=NOW):
        assert Person.objects.count() == 2
    with acting(lena, at=NOW, page=one.pk):
        assert list(Person.objects.all()) == [one]


def test_where_only_some_pages_are_meant_no_other_that_was_shared_exists_and_none_is_opened() -> None:
    shared, other, closed = make.page_of(), make.page_of("olive"), make.page_of("ned")
    worker = make.worker()
    for person in (shared, other):
        make.shared(person, Part.STORY, organization=make.organization())
    with acting(worker, at=NOW):
        with only([shared.pk, closed.pk]):
            assert set(Person.objects.values_list("pk", flat=True)) == {shared.pk}
            assert set(Person.objects.visible_to(worker, at=NOW)) == {shared}
        with only([]):
            assert not Person.objects.exists()
        with only([uuid4() for _ in range(ONLY + 1)]):
            assert Person.objects.count() == 2
        assert set(Person.objects.values_list("pk", flat=True)) == {shared.pk, other.pk}


def test_pages_begin_under_the_wall_too() -> None:
    lena, pat = make.worker(), make.somebody()
    with acting(lena, at=make.LONG_AGO):
        kept = make.kept_with(lena)
        assert list(Person.objects.all()) == [kept]
    with acting(pat, at=NOW):
        own = make.page_of()
        assert list(Person.objects.all()) == [own]
        actions.rename(own, "Patty")
        actions.reach(own, {"phone": "07700900123"})
        actions.reach(own, {"phone": "07700900124"})
        assert Event.objects.count() == 1


def test_afterwards_the_connection_asks_as_before() -> None:
    with acting(make.somebody(), at=NOW):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = session_user, current_setting('livingwell.actor', true)")
        assert cursor.fetchone() == (True, "")
