"""A directory with everything in it, for reading it back."""

from __future__ import annotations

from datetime import UTC, date, datetime

from livingwell.directory.models import (
    Attribute,
    Contact,
    Funding,
    Language,
    Location,
    Metadata,
    Organization,
    OrganizationIdentifier,
    Phone,
    Program,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceCapacity,
    Taxonomy,
    TaxonomyTerm,
)
from livingwell.directory.tests.entries import full_service, source


def everything() -> Service:
    """A service of which everything is said, also by others' terms, by its organization and at its place."""
    made = full_service()
    body = made.organization
    lambeth = source()
    parent = Organization.objects.create(source=lambeth, original_id="parent", name="Effra together")
    Organization.objects.filter(pk=body.pk).update(
        parent_organization=parent,
        email="hello@effra.example",
        year_incorporated=1998,
        logo="effra.example/logo.svg",
    )
    OrganizationIdentifier.objects.create(
        source=lambeth,
        organization=body,
        identifier_scheme="GB-CHC",
        identifier_type="Charity",
        identifier="1234567",
    )
    program = Program.objects.create(source=lambeth, organization=body, name="Voices of Effra")
    Service.objects.filter(pk=made.pk).update(
        program=program, fees_description="Pay what you can", last_modified=datetime(2026, 1, 2, tzinfo=UTC)
    )
    Funding.objects.create(feed=lambeth, service=made, source="The community fund")
    Phone.objects.create(
        source=lambeth, organization=body, number="020 7946 0100", extension="012", type="voice"
    )
    phone = Phone.objects.create(
        source=lambeth, contact=Contact.objects.get(service=made), number="020 7946 0101", extension="7"
    )
    Language.objects.create(source=lambeth, phone=phone, name="Welsh", code="cy")
    place = Location.objects.get(service_at_locations__service=made)
    link = ServiceAtLocation.objects.get(service=made)
    Phone.objects.create(source=lambeth, location=place, number="020 7946 0102")
    Schedule.objects.create(source=lambeth, location=place, description="The caretaker is in on Mondays")
    Schedule.objects.create(
        source=lambeth, service_at_location=link, freq="MONTHLY", byday="1TU,3TU", opens_at="10:00", closes_at="12:30",
        valid_from=date(2026, 1, 6),
    )  # fmt: skip
    Schedule.objects.create(
        source=lambeth, service=made, closed=True, dtstart=date(2026, 12, 28), description="Closed"
    )
    ServiceCapacity.objects.create(
        source=lambeth,
        service=made,
        unit="altos",
        available=3,
        maximum=9,
        updated=datetime(2026, 3, 1, tzinfo=UTC),
    )
    taxonomy = Taxonomy.objects.create(
        source=lambeth, original_id="t", name="Lambeth list", uri="https://l.example/t"
    )
    term = TaxonomyTerm.objects.create(
        source=lambeth, original_id="1", taxonomy=taxonomy, name="Choirs", code="CH"
    )
    Attribute.objects.create(source=lambeth, link_id=made.pk, link_entity="service", taxonomy_term=term)
    Attribute.objects.create(source=lambeth, link_id=body.pk, link_entity="organization", value="Warm space")
    Metadata.objects.create(
        source=lambeth, resource_id=made.pk, resource_type="service", last_action_date=date(2026, 2, 1),
        last_action_type="update", field_name="alert", replacement_value="The lift is out of order",
    )  # fmt: skip
    made.refresh_from_db()
    return made
