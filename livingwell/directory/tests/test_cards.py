"""What a list says of each service: all that the directory says, and anew as soon as that changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import translation

from livingwell.directory.actions import editing, private
from livingwell.directory.actions.listing import refresh
from livingwell.directory.drawn import narrowing
from livingwell.directory.forms import SearchForm
from livingwell.directory.models import Address, CostOption, How, Listing, Phone, ServiceCapacity
from livingwell.directory.queries.card_rows import card_rows
from livingwell.directory.queries.cards import cards
from livingwell.directory.queries.facts import times_of
from livingwell.directory.tests import make

if TYPE_CHECKING:
    from livingwell.directory.models import Service
    from livingwell.directory.queries.cards import Card

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SEARCH = "/directory/?q=choir"


def choir() -> Service:
    service = make.service(
        "Choir", description="We sing together in the hall, whoever you are and however you sound."
    )
    hall = make.location(name="The hall")
    Address.objects.create(location=hall, address_type="postal", address_1="PO Box 7", postal_code="SW1A 1AA")
    Address.objects.create(location=hall, address_1="1 Hall Street", postal_code="SW2 1AA")
    make.at(service, hall)
    make.phone(service)
    refresh([service.pk])
    return service


def card(service: Service, km: float | None = None) -> Card:
    listing = Listing.objects.get(service=service)
    (found,) = cards([listing.pk], {listing.pk: km})
    return found


def change(service: Service, values: dict[str, Any]) -> None:
    editing.change(service, values, by="Ann", how=How.SCREEN, at=NOW)


def test_every_kind_of_fact_is_read_as_it_is_stored() -> None:
    service = choir()
    rule = make.weekly(service, "TU", "18:00", "20:30", valid_from=date(2026, 1, 6), bank_holidays="closed")
    CostOption.objects.create(service=service, amount=Decimal("2.50"), option="each time")
    ServiceCapacity.objects.create(service=service, unit="people", available=4, updated=NOW)
    refresh([service.pk])

    (row,) = card_rows([Listing.objects.get().pk])

    assert row.times == times_of([rule.__class__.objects.get(pk=rule.pk)])
    assert row.times[0].closes_at == time(20, 30)
    assert row.costs == [(Decimal("2.50"), "GBP", "each time", "")]
    assert [(each.available, each.unit, each.updated) for each in row.capacities] == [(4, "people", NOW)]
    assert row.address == ["1 Hall Street", "", "SW2 1AA"]


def test_times_at_the_place_go_before_those_of_the_service_and_those_of_the_place() -> None:
    service = choir()
    link = service.service_at_locations.get()
    at_the_place = make.weekly(service, "WE", "10:00", "11:00", service_at_location=link)
    of_the_service = make.weekly(service, "TU", "18:00", "20:00")
    of_the_place = make.weekly(service, "SU", "9:00", "10:00", location=link.location)
    type(of_the_place).objects.filter(pk=of_the_place.pk).update(service=None)
    for gone, days in ((None, "WE"), (at_the_place, "TU"), (of_the_service, "SU")):
        if gone:
            gone.delete()
        (row,) = card_rows([Listing.objects.get().pk])
        assert [times.byday for times in row.times] == [days]


def test_a_card_says_how_far_it_is_and_the_same_card_without_a_place_given_does_not() -> None:
    service = choir()

    assert [card(service, km).where for km in (0.5, None, 3.2)] == [
        "The hall, SW2 1AA, about 0.3 miles",
        "The hall, SW2 1AA",
        "The hall, SW2 1AA, about 2 miles",
    ]
    assert ("Where", "The hall, SW2 1AA, about 2 miles") in card(service, 3.2).facts


def test_a_card_that_was_shown_says_at_once_what_was_changed_since() -> None:
    service = choir()
    client = Client()
    assert "020 7946 0123" in client.get(SEARCH).content.decode()

    change(service, {"alert": "The bell is broken"})
    assert "The bell is broken" in client.get(SEARCH).content.decode()

    Phone.objects.update(number="020 7946 0999")
    refresh([service.pk])
    assert "020 7946 0999" in client.get(SEARCH).content.decode()

    change(service, {"status": "temporarily closed"})
    assert "Closed for now" in client.get(SEARCH).content.decode()

    change(service, {"status": "defunct"})
    assert "Hall Street" not in client.get(SEARCH).content.decode()
    assert cards([1, 2, 3]) == []


def test_a_card_that_was_shown_says_no_more_where_something_is_once_that_is_confidential() -> None:
    service = choir()
    client = Client()
    assert "The hall" in client.get(SEARCH).content.decode()

    private.make_confidential(service, by="Ann", at=NOW)

    page = client.get(SEARCH).content.decode()
    assert "Choir" in page
    assert "The hall" not in page
    assert "SW2 1AA" not in page
    assert card(service).point is None


def test_a_card_is_in_the_language_of_whoever_reads_it() -> None:
    service = choir()
    said = []
    for language in ("en-gb", "pt", "en-gb"):
        with translation.override(language):
            said.append(card(service).facts[-1][0])
    assert said[0] == said[2] == "Cost"
    assert said[1] != "Cost"


def test_twenty_cards_are_read_in_one_look(django_assert_num_queries: Any) -> None:
    for number in range(20):
        refresh([make.service(f"Choir {number}").pk])
    ids = list(Listing.objects.values_list("pk", flat=True))

    with django_assert_num_queries(2):  # which edition this is, and the cards
        assert len(cards(ids)) == 20
    with django_assert_num_queries(1):
        cards(ids)


def test_a_narrowed_search_shows_what_was_chosen_whatever_was_drawn_before() -> None:
    choir()
    client = Client()
    for asked, said in (
        ("day=1", 'value="1" selected'),
        ("day=2", 'value="2" selected'),
        ("age=54", 'value="54"'),
    ):
        assert said in client.get(f"{SEARCH}&{asked}").content.decode()
    assert "Write an age from 0 to 120." in client.get(f"{SEARCH}&age=540").content.decode()
    plain = client.get(SEARCH).content.decode()
    assert 'value="54"' not in plain
    assert "Write an age" not in plain


def test_many_values_of_one_field_are_drawn_and_not_kept() -> None:
    from django.http import QueryDict

    form = SearchForm(QueryDict("&".join(f"access={number}" for number in range(100))))
    form.is_valid()
    assert len(narrowing(form)) == 11


def test_a_card_drawn_before_says_what_is_so_now_in_the_language_of_the_page() -> None:
    service = choir()
    client = Client()
    assert "<dt>Cost</dt>" in client.get(SEARCH).content.decode()
    in_french = client.get(f"{SEARCH}&lang=fr").content.decode()
    assert "<dt>Prix</dt>" in in_french
    assert "<dt>Cost</dt>" not in in_french
    change(service, {"alert": "The lift is out of order."})
    refresh([service.pk])
    assert "The lift is out of order." in Client().get(SEARCH).content.decode()
