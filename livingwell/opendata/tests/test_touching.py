"""Whatever changes an answer counts as a change of what the answer is about, table by table."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DataError, IntegrityError, transaction
from django.db.models import CharField, TextField
from django.test import Client

from livingwell.directory.actions.tables import MODELS
from livingwell.directory.models import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    CostOption,
    Funding,
    Language,
    Location,
    Metadata,
    Phone,
    RequiredDocument,
    Service,
    ServiceArea,
    ServiceAtLocation,
    Source,
    TaxonomyTerm,
)
from livingwell.opendata import actions
from livingwell.opendata.models import Change
from livingwell.opendata.tests.make import everything

if TYPE_CHECKING:
    from uuid import UUID

    from django.db import models

pytestmark = pytest.mark.django_db
TABLES: dict[str, type[models.Model]] = MODELS | {"source": Source}


def filled() -> Service:
    """Everything, and at each place where something can hang, something hangs."""
    made = everything()
    body, feed = made.organization, made.source
    link = ServiceAtLocation.objects.get(service=made)
    place = link.location
    Location.objects.filter(pk=place.pk).update(organization=body)
    term = TaxonomyTerm.objects.get()
    for thing, entity in ((body, "organization"), (place, "location"), (link, "service_at_location")):
        Attribute.objects.create(
            source=feed, link_id=thing.pk, link_entity=entity, taxonomy_term=term, value="v"
        )
        Metadata.objects.create(
            source=feed,
            resource_id=thing.pk,
            resource_type=entity,
            last_action_date=date(2026, 2, 1),
            last_action_type="update",
            field_name="name",
            replacement_value="n",
        )
    for owner in (
        {"service": made},
        {"location": place},
        {"service_at_location": link},
        {"organization": body},
    ):
        contact = Contact.objects.create(source=feed, name="Ann", **owner)
        phone = Phone.objects.create(source=feed, number="020 7946 0500", contact=contact)
        Language.objects.create(source=feed, phone=phone, name="Welsh", note="mornings")
    Language.objects.create(source=feed, location=place, name="Irish", note="mornings")
    Funding.objects.create(feed=feed, organization=body, source="A fund")
    for model in (CostOption, RequiredDocument, ServiceArea):
        model._default_manager.create(source=feed, service=made, original_id="more")
    for inside in (Address, Accessibility):
        inside._default_manager.create(source=feed, location=place, original_id="more")
    return made


def told(kind: str, pk: UUID) -> tuple[Any, Any]:
    """What we publish of it but the moment of its last change, and that moment."""
    actions.settle_all()
    response = Client().get(f"/open/hsds/{kind}s/{pk}")
    assert response.status_code == 200, response.content
    thing = response.json()
    thing.pop("last_modified")
    return thing, Change.objects.get(subject=kind, subject_id=pk).modified


@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_answer_changes_unless_its_moment_does(table: str) -> None:
    made = filled()
    things = {"service": made.pk, "organization": made.organization_id}
    before = {kind: told(kind, pk) for kind, pk in things.items()}
    seen = set()
    for field in TABLES[table]._meta.concrete_fields:
        if not isinstance(field, TextField | CharField) or field.choices or field.primary_key:
            continue
        for row in TABLES[table]._default_manager.all():
            said = getattr(row, field.attname)
            with suppress(IntegrityError, DataError), transaction.atomic():  # some columns know their values
                TABLES[table]._default_manager.filter(pk=row.pk).update(**{field.attname: f"{said} x"})
            for kind, pk in things.items():
                after = told(kind, pk)
                if after[0] != before[kind][0]:
                    seen.add(kind)
                    assert after[1] > before[kind][1], f"{table}.{field.attname} of {row} ({kind})"
                before[kind] = after
    assert seen, f"nothing of {table} is published"


def test_a_change_of_others_vocabularies_moves_all_of_them() -> None:
    everything()
    term = TaxonomyTerm.objects.get()

    def moment() -> Any:
        actions.settle_all()
        return Change.objects.get(subject="terms").modified

    before = moment()
    TaxonomyTerm.objects.update(name="Choirs and singing")
    between = moment()
    assert between > before
    TaxonomyTerm.objects.update(name="Choirs and singing")
    assert moment() == between
    assert term.taxonomy
    type(term.taxonomy).objects.update(name="Another list")
    assert moment() > between
