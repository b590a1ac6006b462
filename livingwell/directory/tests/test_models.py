"""What the database itself refuses."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from livingwell.directory.feeds.tables import TABLES
from livingwell.directory.models import (
    Contact,
    CostOption,
    Funding,
    Language,
    Location,
    OrganizationIdentifier,
    Phone,
    Schedule,
    Service,
    ServiceCapacity,
    ServiceTheme,
    TaggedBy,
)
from livingwell.directory.tests import make

pytestmark = pytest.mark.django_db


def refused(constraint: str, attempt: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        attempt()
    assert constraint in str(error.value)


def test_a_service_has_a_name_a_known_status_and_kind_and_ages_in_order() -> None:
    refused("directory_service_named", lambda: make.service(name=""))
    refused("status_known", lambda: make.service(status="maybe"))
    refused("kind_known", lambda: make.service(kind="thing"))
    refused("minimum_age_not_after", lambda: make.service(minimum_age=60, maximum_age=5))


def test_a_source_knows_each_thing_once() -> None:
    make.service(original_id="7")
    refused("once_per_source", lambda: make.service(original_id="7"))
    elsewhere = make.service(original_id="7", source=make.source("other"))
    assert elsewhere.source.slug == "other"
    make.organization("A", original_id="7")
    refused("once_per_source", lambda: make.organization("B", original_id="7"))


def test_a_point_is_whole_and_on_the_globe() -> None:
    refused("together", lambda: make.location(51.0, None))
    refused("latitude_in_range", lambda: make.location(100.0, 0.0))
    refused("longitude_in_range", lambda: make.location(0.0, 181.0))
    refused("location_type_known", lambda: make.location(location_type="cloud"))


def test_a_service_is_at_a_location_once() -> None:
    service, place = make.service(), make.location()
    make.at(service, place)
    refused("serviceatlocation_once", lambda: make.at(service, place))


def test_a_schedule_speaks_the_standard_and_is_of_something() -> None:
    service = make.service()
    refused("freq_known", lambda: Schedule.objects.create(service=service, freq="DAILY"))
    refused("byday_as_rfc5545", lambda: make.weekly(service, "Monday"))
    refused("interval_at_least_one", lambda: make.weekly(service, "MO", interval=0))
    refused("schedule_of_something", lambda: Schedule.objects.create(freq="WEEKLY", byday="MO"))
    refused(
        "valid_from_not_after",
        lambda: make.weekly(service, "MO", valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1)),
    )
    assert make.weekly(service, "MO,1TU,-1FR").byday == "MO,1TU,-1FR"


def test_phones_contacts_languages_and_funding_belong_to_something() -> None:
    refused("phone_of_something", lambda: Phone.objects.create(number="1"))
    refused("phone_number_given", lambda: make.phone(make.service(), number=""))
    refused("contact_of_something", lambda: Contact.objects.create(name="Ann"))
    refused("language_of_something", lambda: Language.objects.create(name="Urdu"))
    refused("funding_of_something", lambda: Funding.objects.create(source="The council"))


def test_numbers_make_sense() -> None:
    service = make.service()
    refused("amount_in_range", lambda: CostOption.objects.create(service=service, amount=Decimal(-1)))
    refused(
        "available_not_after",
        lambda: ServiceCapacity.objects.create(service=service, unit="seat", available=5, maximum=2),
    )
    refused(
        "identifier_given",
        lambda: OrganizationIdentifier.objects.create(
            organization=service.organization, identifier_type="Charity number", identifier=""
        ),
    )


def test_only_a_hand_says_that_a_theme_does_not_apply() -> None:
    service, theme = make.service(), make.theme()
    refused(
        "only_a_hand_says_no",
        lambda: ServiceTheme.objects.create(
            service=service, theme=theme, tagged_by=TaggedBy.RULE, applies=False
        ),
    )
    make.tagged(service, [theme.slug])
    refused("servicetheme_once", lambda: make.tagged(service, [theme.slug]))


def test_what_is_pointed_at_cannot_be_deleted() -> None:
    service = make.service()
    with pytest.raises(IntegrityError):
        service.organization.delete()
    assert Service.objects.filter(pk=service.pk).exists()
    assert not Location.objects.exists()


def test_every_table_of_a_feed_has_a_model_with_its_columns() -> None:
    from livingwell.directory.actions.tables import MODELS, columns_of

    assert MODELS.keys() == TABLES.keys()
    for table, model in MODELS.items():
        assert set(columns_of(table)) <= {field.attname for field in model._meta.concrete_fields}, table
