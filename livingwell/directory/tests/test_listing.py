from datetime import date, time
from decimal import Decimal

import pytest

from livingwell.directory import describe
from livingwell.directory.access import bits
from livingwell.directory.derive import is_free
from livingwell.directory.models import (
    CostOption,
    Edition,
    Listing,
    ListingTheme,
    Location,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceTheme,
    TaggedBy,
    Word,
)
from livingwell.directory.tests.entries import (
    BRIXTON,
    STOCKWELL,
    hand_tag,
    location,
    place_name,
    refreshed,
    service,
    source,
    weekly,
)

pytestmark = pytest.mark.django_db


def listing_of(made: Service) -> Listing:
    return Listing.objects.get(service=made)


def test_a_service_at_a_place_is_listed_there_with_its_themes() -> None:
    made = service("Effra Choir", "We sing on Mondays.", at=BRIXTON, step_free=True)
    weekly(made, "MO", "18:30", "20:00")
    refreshed(made)

    listing = listing_of(made)
    assert (listing.latitude, listing.longitude, listing.reach_km) == (*BRIXTON, 8.0)
    assert (listing.kind, listing.weekdays, listing.access) == ("group", 1, bits(["step-free"]))
    assert "singing" in ListingTheme.objects.filter(listing=listing, cell=listing.cell).values_list(
        "theme_id", flat=True
    )


def test_a_service_is_listed_once_for_each_of_its_places() -> None:
    made = service("Effra Choir", at=BRIXTON)
    ServiceAtLocation.objects.create(service=made, location=location("Stockwell hall", at=STOCKWELL))
    refreshed(made)

    assert Listing.objects.filter(service=made).count() == 2


def test_refreshing_again_changes_nothing() -> None:
    made = service("Effra Choir", "We sing.", at=BRIXTON)
    refreshed()
    before = list(Listing.objects.values()), list(ListingTheme.objects.values()), list(Word.objects.values())
    refreshed()
    refreshed(made)

    assert (
        list(Listing.objects.values()),
        list(ListingTheme.objects.values()),
        list(Word.objects.values()),
    ) == before


def test_each_refresh_is_a_new_edition() -> None:
    made = service("Effra Choir")
    refreshed(made)
    first = Edition.objects.get().number
    refreshed(made)

    assert Edition.objects.get().number > first


def test_a_place_that_is_left_is_listed_no_more() -> None:
    made = service("Effra Choir", at=BRIXTON)
    refreshed(made)
    ServiceAtLocation.objects.filter(service=made).delete()
    refreshed(made)

    assert listing_of(made).location is None


@pytest.mark.parametrize(
    ("status", "listings", "live"), [("defunct", 0, 0), ("inactive", 0, 0), ("temporarily closed", 1, 0)]
)
def test_what_does_not_run_is_not_offered(status: str, listings: int, live: int) -> None:
    made = service("Effra Choir", at=BRIXTON)
    refreshed(made)
    Service.objects.filter(pk=made.pk).update(status=status)
    refreshed(made)

    assert Listing.objects.count() == listings
    assert not Listing.objects.offered(date(2026, 3, 3)).exists()
    assert not ListingTheme.objects.exists()


def test_a_tag_made_by_hand_is_never_overwritten() -> None:
    made = service("Effra Choir", "We sing.")
    hand_tag(made, "singing", applies=False)
    hand_tag(made, "cycling")
    refreshed(made)

    kept = ServiceTheme.objects.filter(service=made, tagged_by=TaggedBy.HAND)
    assert dict(kept.values_list("theme_id", "applies")) == {"singing": False, "cycling": True}
    listed = set(ListingTheme.objects.values_list("theme_id", flat=True))
    assert "cycling" in listed
    assert "singing" not in listed


def test_a_rule_that_fits_no_more_takes_its_tag_back() -> None:
    made = service("Effra Choir")
    refreshed(made)
    Service.objects.filter(pk=made.pk).update(name="Effra allotments")
    refreshed(made)

    assert "singing" not in ServiceTheme.objects.values_list("theme_id", flat=True)


@pytest.mark.parametrize(("by_hand", "kind"), [(True, "place"), (False, "group")])
def test_a_kind_said_by_hand_is_never_overwritten(by_hand: bool, kind: str) -> None:
    made = service("Effra Choir", kind="place", kind_by_hand=by_hand)
    refreshed(made)

    assert listing_of(made).kind == kind
    assert Service.objects.get(pk=made.pk).kind == kind


@pytest.mark.parametrize(
    ("areas", "reach", "north"),
    [
        ([], None, None),
        (["United Kingdom"], None, None),
        (["Lambeth", "England"], None, None),
        (["Lambeth"], 12.0, 51.46),
        (["Atlantis"], 0.0, None),
    ],
)
def test_what_has_no_place_reaches_its_area(
    areas: list[str], reach: float | None, north: float | None
) -> None:
    place_name("lambeth", "Lambeth", (51.46, -0.12))
    made = service("Effra helpline", kind="line", kind_by_hand=True)
    for area in areas:
        ServiceArea.objects.create(service=made, name=area)
    refreshed(made)

    assert (listing_of(made).reach_km, listing_of(made).latitude) == (reach, north)


def test_a_place_without_a_point_is_where_its_postcode_is() -> None:
    place_name("sw2", "SW2", (51.45, -0.12))
    known, unknown = service("Choir", postcode="SW2 1JG"), service("Band", postcode="ZZ9 9ZZ")
    refreshed(known, unknown)

    assert listing_of(known).latitude == 51.45
    assert (listing_of(unknown).cell, listing_of(unknown).reach_km) == (None, 0.0)


def test_online_and_phone_are_ways_in_of_their_own() -> None:
    line, meeting = service("Effra helpline"), service("Effra Choir")
    Phone.objects.create(service=line, number="020 7946 0000")
    screen = Location.objects.create(source=source(), original_id="screen", location_type="virtual")
    ServiceAtLocation.objects.create(service=meeting, location=screen)
    refreshed(line, meeting)

    assert (listing_of(line).kind, listing_of(line).is_by_phone, listing_of(line).is_online) == (
        "line",
        True,
        False,
    )
    assert (listing_of(meeting).is_online, listing_of(meeting).location) == (True, None)


def test_a_single_event_is_offered_until_its_day() -> None:
    made = service("Effra fair", at=BRIXTON)
    Schedule.objects.create(service=made, dtstart=date(2026, 3, 3), opens_at=time(10), closes_at=time(12))
    refreshed(made)

    assert Listing.objects.offered(date(2026, 3, 3)).exists()
    assert not Listing.objects.offered(date(2026, 3, 4)).exists()


@pytest.mark.parametrize(
    ("costs", "fees", "free"),
    [
        ([(Decimal(0), "")], "", True),
        ([(Decimal(3), "")], "", False),
        ([(Decimal(0), "members"), (Decimal(3), "others")], "", False),
        ([], "Free", True),
        ([], "No fee", True),
        ([], "Sliding scale, free for some", False),
        ([(None, "donation")], "", True),
        ([], "", None),
    ],
)
def test_free_is_what_is_free_for_everyone(
    costs: list[tuple[Decimal | None, str]], fees: str, free: bool | None
) -> None:
    assert is_free(costs, fees) is free


def test_the_words_of_the_directory_are_counted() -> None:
    service("Effra Choir", "A café, a choir.")
    service("Stockwell Choir")
    refreshed()

    assert Word.objects.get(word="choir").services == 2
    assert Word.objects.get(word="cafe").services == 1
    Service.objects.filter(name="Effra Choir").update(name="Effra", description="")
    refreshed()
    assert not Word.objects.filter(word="cafe").exists()


def test_words_that_came_bit_by_bit_are_counted_as_if_they_had_come_at_once() -> None:
    for name in ("Effra Choir", "Stockwell Choir", "Brixton Choir"):
        refreshed(service(name))
    refreshed(*Service.objects.all())

    assert Word.objects.get(word="choir").services == 3
    assert Word.objects.get(word="stockwell").services == 1


@pytest.mark.parametrize(
    ("options", "fees", "words"),
    [
        ([(Decimal(0), "GBP", "", "")], "", "Free"),
        ([(Decimal("2.50"), "GBP", "Members", "")], "", "£2.50 (Members)"),
        ([(Decimal(2), "GBP", "", "£2-£5")], "", "£2-£5"),
        ([(None, "GBP", "", "Give what you can")], "", "Give what you can"),
        ([], "Free to ring.", "Free to ring"),
        ([], "", ""),
    ],
)
def test_costs_are_said_in_words(
    options: list[tuple[Decimal | None, str, str, str]], fees: str, words: str
) -> None:
    assert describe.cost(options, fees) == words


@pytest.mark.parametrize(
    ("on", "by", "words"),
    [
        (None, "Ade", "Not confirmed yet"),
        (date(2026, 3, 3), "", "Confirmed Tuesday 3 March 2026"),
        (date(2026, 3, 3), "Effra Choir", "Confirmed Tuesday 3 March 2026 by Effra Choir"),
        (date(2026, 3, 3), "ade@effra.example", "Confirmed Tuesday 3 March 2026 by effra.example"),
        (date(2026, 3, 3), "ade@gmail.com", "Confirmed Tuesday 3 March 2026"),
    ],
)
def test_it_says_who_confirmed_without_a_persons_address(on: date | None, by: str, words: str) -> None:
    assert describe.confirmed(on, by) == words


@pytest.mark.parametrize(
    ("written", "number", "extension"),
    [
        ("020 7946 0123", "020 7946 0123", ""),
        ("305-377-9922 x122", "305-377-9922", "122"),
        ("020 7946 0123 ext. 5", "020 7946 0123", "5"),
        ("020 7946 0123 (extension 17)", "020 7946 0123", "17"),
        ("111, option 2", "111", "2"),
    ],
)
def test_an_extension_is_not_dialled_as_part_of_the_number(written: str, number: str, extension: str) -> None:
    assert describe.dialled(written) == (number, extension)


def test_a_cost_option_makes_a_listing_free() -> None:
    made = service("Effra Choir")
    CostOption.objects.create(service=made, amount=Decimal(0))
    refreshed(made)

    assert listing_of(made).is_free is True
