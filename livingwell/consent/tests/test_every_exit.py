"""A page that is closed to somebody is closed on every way out: each address, list, print, export, message and table.

Addresses are found in the URLconf and tables among the models, so what is added to the product is covered as it comes.
Each table is given a row whose every text is a word that must never be seen. There is no Django admin in this product
and no JSON interface to persons: the addresses under a page, the lists of those who are signed in, the messages and the
database itself are all the ways out there are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from livingwell.consent import actions
from livingwell.consent.acting import acting
from livingwell.consent.models import PARTS, Consent, Emergency, Grounds, Part, Person, Purpose
from livingwell.consent.tests import make
from livingwell.messaging.models import Message
from livingwell.people.actions import appoint, dismiss
from livingwell.people.models import Account, Membership, Role
from livingwell.people.tests.make import signed_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.django_db
WORD = "Zqsecret"
NAME = "Ysolde"
NOW = timezone.now()


def about_persons() -> list[type[models.Model]]:
    """Each model whose rows are about one person, the person themself apart."""
    return [model for model in apps.get_models(include_auto_created=True) if _to_person(model)]


def _to_person(model: type[models.Model]) -> models.Field[Any, Any] | None:
    fields = [field for field in model._meta.concrete_fields if field.related_model is Person]
    return fields[0] if fields else None


def fill_every_table(person: Person) -> dict[type[models.Model], models.Model]:
    """One row about this person in each table. Whatever a table asks of its rows is lifted for this test."""
    made = {}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in about_persons():
            table = model._meta.db_table
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'x', 'f')",
                [table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for model in about_persons():
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        row = model(**{field.attname: _some(field, person) for field in fields})
        model._base_manager.bulk_create([row], ignore_conflicts=True)
        made[model] = row
    return made


def _some(field: models.Field[Any, Any], person: Person) -> object:
    """A value for a column: the person, a choice, nothing where that is allowed, or the word nobody may see."""
    if field.related_model is Person:
        return person.pk
    if field.name == "part":
        return Part.CONTACT.value
    if isinstance(field, models.CharField | models.TextField) and not field.choices:
        return WORD[: field.max_length or len(WORD)]
    if field.null:
        return None
    if field.choices:
        return next(iter(field.choices))[0]
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    by_kind: dict[str, object] = {
        "UUIDField": uuid4(),
        "BooleanField": False,
        "DateTimeField": NOW - timedelta(days=1),
        "DateField": date(2026, 3, 3),
        "TimeField": time(9),
        "DurationField": timedelta(hours=1),
        "ArrayField": [],
        "JSONField": {"words": WORD},
        "BinaryField": WORD.encode(),
    }
    return by_kind.get(type(target).__name__, 9876)


CHOOSE_A_DOOR = {"page/<uuid:pk>/words/about/<slug:section>/": Part.STORY}
"""Addresses whose view chooses the door by what stands in the address, and the part behind it for the word below."""
FOR_WORDS = {"section": "matters"}


@dataclass(frozen=True)
class Address:
    """An address with parameters still in it, and the part of a page behind its door; no `door`: no page's."""

    template: str
    view: Callable[..., Any]

    @property
    def through_the_door(self) -> bool:
        return hasattr(self.view, "door") or self.template in CHOOSE_A_DOOR

    @property
    def part(self) -> Part | None:
        """None where any part opens it."""
        found: Part | None = getattr(self.view, "door", CHOOSE_A_DOOR.get(self.template))
        return found

    def of(self, person: Person, rows: dict[type[models.Model], models.Model]) -> str:
        """It for this page; an id of something else is that of the row whose table is called so, else of any."""
        ids = {model._meta.model_name: row.pk for model, row in rows.items() if isinstance(row.pk, UUID)}

        def fill(found: re.Match[str]) -> str:
            kind, name = found["kind"], found["name"]
            if name == "pk":
                return str(person.pk)
            if kind == "uuid":
                return str(ids.get(name.replace("_", ""), next(iter(ids.values()))))
            return "1" if kind == "int" else FOR_WORDS.get(name, "story")

        return "/" + re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", fill, self.template)


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield Address(prefix + str(pattern.pattern), pattern.callback)


EVERYWHERE = list(addresses(get_resolver()))
OF_A_PAGE = [address for address in EVERYWHERE if address.template.startswith("page/<uuid:pk>/")]
LISTS = [address for address in EVERYWHERE if "<" not in address.template and address.through_the_door]


def stranger(_person: Person) -> Account:
    return make.somebody("sid")


def former_member(person: Person) -> Account:
    lena = make.worker()
    make.shared(person, *PARTS, organization=make.organization(), purpose=Purpose.KEEP, may_change=True)
    dismiss(Membership.objects.get(account=lena), by="Rita", at=NOW - timedelta(minutes=1))
    return lena


def withdrawn(person: Person) -> Account:
    lena = make.worker()
    consent = make.shared(
        person, *PARTS, organization=make.organization(), purpose=Purpose.KEEP, may_change=True
    )
    assert person.account
    actions.withdraw(consent, by=person.account, at=NOW - timedelta(minutes=1))
    return lena


def withdrawn_carer(person: Person) -> Account:
    carol = make.somebody("carol")
    consent = make.shared(person, *PARTS, account=carol, purpose=Purpose.FAMILY, may_change=True)
    assert person.account
    actions.withdraw(consent, by=person.account, at=NOW - timedelta(minutes=1))
    return carol


def came_to_its_end(person: Person) -> Account:
    lena = make.worker()
    make.shared(person, *PARTS, organization=make.organization(), until=NOW - timedelta(minutes=1))
    return lena


def emergency_over(person: Person) -> Account:
    lena = make.worker()
    Emergency.objects.create(
        person=person,
        opened_at=NOW - timedelta(hours=4, minutes=1),
        opened_by=lena,
        organization=make.organization(),
        until=NOW - timedelta(minutes=1),
        grounds=Grounds.LIFE,
        words="Found on the platform.",
    )
    return lena


def works_there_but_not_with_people(person: Person) -> Account:
    make.shared(person, *PARTS, organization=make.organization())
    return make.worker("olu", Role.PROVIDER)


def privacy_lead(_person: Person) -> Account:
    return appoint("priya@example.org", Role.PRIVACY_LEAD, by="setting up", at=make.LONG_AGO).account


CLOSED_TO = [
    stranger,
    former_member,
    withdrawn,
    withdrawn_carer,
    came_to_its_end,
    emergency_over,
    works_there_but_not_with_people,
    privacy_lead,
]
BY_THEIR_ROLE = {"Access", "Emergency", "Question", "Search"}
"""What a privacy lead sees without seeing a page: who looked and why, never whose page or what stands on it."""
each_viewer = pytest.mark.parametrize("closed_to", CLOSED_TO, ids=lambda case: case.__name__)


@pytest.fixture
def person() -> Person:
    return make.page_of("ysolde", called=NAME)


def assert_closed(client: Client, address: str) -> None:
    for response in (client.get(address), client.post(address)):
        html = response.content.decode(errors="replace")
        assert response.status_code in {302, 404, 405}, (address, response.status_code)
        assert response.status_code != 302 or response["Location"].startswith("/sign-in/"), address
        assert WORD not in html, address
        assert NAME not in html, address


def test_every_address_of_a_page_goes_through_the_door() -> None:
    assert len(OF_A_PAGE) > 10
    assert [address.template for address in OF_A_PAGE if not address.through_the_door] == []


@each_viewer
def test_no_address_of_a_page_and_no_list_opens(person: Person, closed_to: Callable[..., Account]) -> None:
    client = signed_in(closed_to(person))
    rows = fill_every_table(person)
    for address in OF_A_PAGE:
        assert_closed(client, address.of(person, rows))
    for address in LISTS:
        html = client.get(f"/{address.template}").content.decode()
        if closed_to is privacy_lead and address.template.startswith("privacy-lead/"):
            assert NAME not in html
            continue
        assert WORD not in html, address.template
        assert NAME not in html, address.template
    for message in Message.objects.all():
        assert WORD not in message.subject + message.body
        assert NAME not in message.subject + message.body


def test_whoever_works_with_people_sees_nobody_before_the_second_step(person: Person) -> None:
    lena = make.worker()
    make.shared(person, *PARTS, organization=make.organization(), purpose=Purpose.KEEP, may_change=True)
    client = signed_in(lena)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": timezone.now().timestamp()}]
    session.save()
    opened = set()
    for address in LISTS:
        response = client.get(f"/{address.template}")
        if response.status_code == 302 and response["Location"].startswith("/sign-in/second-step/"):
            continue
        opened.add(address.template)
        assert NAME not in response.content.decode(), address.template
    assert opened == {"people-who-share-with-me/", "privacy-lead/", "take-over/", "wobble/"}


def test_whoever_is_not_signed_in_is_asked_to(person: Person) -> None:
    rows = fill_every_table(person)
    for address in OF_A_PAGE:
        assert_closed(Client(), address.of(person, rows))


def test_a_carer_with_one_part_gets_in_nowhere_else_and_changes_nothing(person: Person) -> None:
    carol = make.somebody("carol")
    make.shared(person, Part.BUDGET, account=carol, purpose=Purpose.FAMILY)
    rows = fill_every_table(person)
    client = signed_in(carol)
    for address in OF_A_PAGE:
        filled = address.of(person, rows)
        got, posted = client.get(filled), client.post(filled)
        assert posted.status_code in {404, 405}, filled
        assert got.status_code < 500, filled
        assert WORD not in got.content.decode(errors="replace"), filled
        if address.part not in {None, Part.BUDGET}:
            assert got.status_code in {404, 405}, filled


@each_viewer
def test_no_table_shows_a_row_to_a_query_that_forgets_to_ask(
    person: Person, closed_to: Callable[..., Account]
) -> None:
    viewer = closed_to(person)
    rows = fill_every_table(person)
    seen = {model.__name__ for model in shown(viewer, rows)}
    assert seen == (
        BY_THEIR_ROLE & {model.__name__ for model in rows} if closed_to is privacy_lead else set()
    )
    with acting(viewer, at=NOW):
        assert not Person.objects.exists()


def test_a_carer_with_one_part_finds_rows_of_that_part_only(person: Person) -> None:
    carol = make.somebody("carol")
    make.shared(person, Part.BUDGET, account=carol, purpose=Purpose.FAMILY)
    rows = fill_every_table(person)
    for model in shown(carol, rows):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT qual FROM pg_policies WHERE tablename = %s AND cmd = 'SELECT'", [model._meta.db_table]
            )
            rule = cursor.fetchone()[0]
        assert "livingwell_open('budget'" in rule or not holds_words(model), model.__name__
    with acting(carol, at=NOW):
        assert Person.objects.count() == 1
        assert Consent.objects.count() == 1


def holds_words(model: type[models.Model]) -> bool:
    """Whether anything a person said, or any number or day can stand in it. Marks of our own may be seen wider."""
    return any(
        isinstance(
            field,
            models.CharField | models.TextField | models.JSONField | models.DateField | models.IntegerField,
        )
        and not isinstance(field, models.DateTimeField)
        and not field.choices
        for field in model._meta.concrete_fields
    )


def shown(viewer: Account, rows: dict[type[models.Model], models.Model]) -> list[type[models.Model]]:
    """The models of which this viewer gets the row, by the ORM without `visible_to` or by plain SQL."""
    found = []
    with acting(viewer, at=NOW), connection.cursor() as cursor:
        for model, row in rows.items():
            column = model._meta.pk.column
            cursor.execute(
                f"SELECT count(*) FROM {model._meta.db_table} WHERE {column} = %s",  # noqa: S608 - our own table
                [row.pk],
            )
            if cursor.fetchone()[0] or model._base_manager.filter(pk=row.pk).exists():
                found.append(model)
    return found


def test_the_row_is_there_for_whoever_owns_the_tables(person: Person) -> None:
    """Else the tests above would find nothing whatever the walls did."""
    rows = fill_every_table(person)
    assert len(rows) > 6
    for model, row in rows.items():
        assert model._base_manager.filter(pk=row.pk).exists(), model.__name__


def test_what_hangs_on_a_row_about_a_person_names_the_person_too() -> None:
    """A table that only points at such a row would stand outside the walls."""
    walled = {Person, *about_persons()}
    outside = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if model not in walled
        for field in model._meta.concrete_fields
        if field.related_model in walled
    ]
    assert outside == []
