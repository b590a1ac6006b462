import random
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from livingwell.directory.models import (
    CostOption,
    Listing,
    Location,
    Phone,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from livingwell.directory.queries.search import Wanted, search, themes_in
from livingwell.directory.queries.words import Point, place_meant, point, speller
from livingwell.directory.spelling import Speller, vocabulary_words
from livingwell.directory.tests.entries import (
    BRIXTON,
    LEEDS,
    STOCKWELL,
    place_name,
    refreshed,
    service,
    source,
    weekly,
)
from livingwell.directory.tests.make import tagged
from livingwell.themes.spelling import is_english

pytestmark = pytest.mark.django_db
HERE = Point("Brixton", *BRIXTON, approximate=False)
TUESDAY_NOON = datetime(2026, 3, 3, 12, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(autouse=True, params=["index", "postgresql"])
def engine(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> str:
    """Each promise of a search is kept by both engines."""
    settings.SEARCH_WAITS = True
    settings.SEARCH_FOLDER = tmp_path if request.param == "index" else None
    return str(request.param)


def names(page: int = 1, **wanted: Any) -> list[str]:
    """The names of what is found, in order."""
    found = search(Wanted(**wanted), page)
    listings = Listing.objects.select_related("service").in_bulk([hit.listing for hit in found.hits])
    return [listings[hit.listing].service.name for hit in found.hits]


def test_a_word_in_the_name_comes_before_a_word_in_the_text() -> None:
    service("Effra allotments", "Pottery happens in the shed.")
    service("Pottery for all", "Come and use the wheel.")
    refreshed()

    assert names(words="pottery") == ["Pottery for all", "Effra allotments"]


def test_all_the_words_must_be_there_unless_nothing_has_them_all() -> None:
    service("Marbles and string")
    service("String quartet")
    refreshed()

    assert names(words="marbles string") == ["Marbles and string"]
    assert set(names(words="quartet marbles")) == {"Marbles and string", "String quartet"}


@pytest.mark.parametrize(
    ("said", "theme"), [("skint", "low-income"), ("lonely", "loneliness"), ("owe money", "debt")]
)
def test_peoples_own_words_find_what_is_about_them(said: str, theme: str) -> None:
    service("Rosewood", themes=(theme,))
    service("Elmwood")
    refreshed()

    assert names(words=said) == ["Rosewood"]


def test_a_name_comes_before_a_theme() -> None:
    service("Rosewood", themes=("loneliness",))
    service("Lonely hearts band")
    refreshed()

    assert names(words="lonely")[0] == "Lonely hearts band"


def test_accents_and_endings_do_not_matter() -> None:
    service("Café Conversación")
    refreshed()

    assert names(words="cafes conversacion") == ["Café Conversación"]


def test_nothing_but_little_words_finds_nothing_and_breaks_nothing() -> None:
    service("Effra Choir")
    refreshed()

    assert names(words="the of") == []
    assert names(words="') OR 1=1 --") == []
    assert names(words="& | ! :* <->") == []


def test_the_nearest_comes_first_and_what_is_far_stays_out() -> None:
    service("Stockwell choir", at=STOCKWELL)
    service("Leeds choir", at=LEEDS)
    service("Brixton choir", at=BRIXTON)
    refreshed()

    assert names(words="choir", near=HERE) == ["Brixton choir", "Stockwell choir"]
    assert names(words="choir", near=HERE, within_km=1.0) == ["Brixton choir"]


def test_what_can_be_used_from_anywhere_comes_after_what_is_near() -> None:
    place_name("lambeth", "Lambeth", BRIXTON)
    place_name("leeds", "Leeds", LEEDS)
    for name, area in (
        ("Choir of Lambeth", "Lambeth"),
        ("Choir of Leeds", "Leeds"),
        ("Choir of all", "England"),
    ):
        ServiceArea.objects.create(service=service(name), name=area)
    service("Choir here", at=BRIXTON)
    refreshed()

    assert names(words="choir", near=HERE)[0] == "Choir here"
    assert set(names(words="choir", near=HERE)) == {"Choir here", "Choir of Lambeth", "Choir of all"}


def test_a_service_at_many_places_is_found_once_at_the_nearest() -> None:
    made = service("Effra choir", at=STOCKWELL)
    nearer = Location.objects.create(
        source=source(), original_id="nearer", latitude=BRIXTON[0], longitude=BRIXTON[1]
    )
    ServiceAtLocation.objects.create(service=made, location=nearer)
    refreshed()

    found = search(Wanted(words="choir", near=HERE))
    assert found.total == 1
    assert Listing.objects.get(pk=found.hits[0].listing).location == nearer
    assert found.hits[0].km == pytest.approx(0, abs=0.01)


def _open_and_shut() -> None:
    for name, days, opens, closes in (
        ("Tuesday lunch", "TU", "11:00", "14:00"),
        ("Tuesday supper", "TU", "18:00", "20:00"),
        ("Monday lunch", "MO", "11:00", "14:00"),
        ("Monday night", "MO", "20:00", "13:00"),
    ):
        weekly(service(name), days, opens, closes)
    service("Lunch some day")
    refreshed()


def test_open_on_a_day() -> None:
    _open_and_shut()

    assert set(names(day=1)) == {"Tuesday lunch", "Tuesday supper"}


def test_open_in_a_part_of_the_day() -> None:
    _open_and_shut()

    assert names(day=1, start=time(17), end=time(22)) == ["Tuesday supper"]
    assert set(names(day=1, start=time(12))) == {"Tuesday lunch", "Tuesday supper", "Monday night"}
    assert set(names(start=time(21), end=time(23))) == {"Monday night"}


def test_times_that_are_not_on_the_hour_go_by_the_rules() -> None:
    weekly(service("Until half past"), "TU", "16:00", "17:30")
    refreshed()

    assert names(day=1, start=time(17, 15), end=time(18)) == ["Until half past"]
    assert names(day=1, start=time(17, 30), end=time(18)) == []


def test_open_now_is_what_is_surely_open_past_midnight_too() -> None:
    _open_and_shut()

    assert set(names(open_at=TUESDAY_NOON)) == {"Tuesday lunch", "Monday night"}


def test_open_now_looks_at_every_other_week() -> None:
    made = service("Fortnight lunch")
    weekly(made, "TU", "11:00", "14:00", interval=2, dtstart=date(2026, 2, 24))
    refreshed()

    assert names(open_at=TUESDAY_NOON) == []
    assert names(open_at=TUESDAY_NOON.replace(day=10)) == ["Fortnight lunch"]


def test_what_is_over_is_not_found() -> None:
    made = service("Effra fair")
    weekly(made, "TU", "10:00", "12:00", valid_to=date(2026, 3, 2))
    refreshed()

    assert names(words="fair", on=TUESDAY_NOON.replace(day=2)) == ["Effra fair"]
    assert names(words="fair", on=TUESDAY_NOON) == []


def test_free() -> None:
    free, paid = service("Free choir"), service("Paid choir")
    CostOption.objects.create(service=free, amount=Decimal(0))
    CostOption.objects.create(service=paid, amount=Decimal(3))
    service("Unknown choir")
    refreshed()

    assert names(free=True) == ["Free choir"]


def test_no_steps() -> None:
    service("Flat", at=BRIXTON, step_free=True)
    service("Stairs", at=BRIXTON, step_free=False)
    service("Nobody knows", at=BRIXTON)
    refreshed()

    assert names(access=("step-free",)) == ["Flat"]


def test_online_or_by_phone() -> None:
    line = service("Effra helpline")
    Phone.objects.create(service=line, number="020 7946 0000")
    service("Screen choir", "We meet on Zoom.")
    service("Brixton choir", at=BRIXTON)
    refreshed()

    assert names(online=True) == ["Screen choir"]
    assert names(by_phone=True) == ["Effra helpline"]
    assert set(names(online=True, by_phone=True)) == {"Effra helpline", "Screen choir"}


def test_for_a_certain_group_and_age() -> None:
    service("Elders", themes=("older-people",), minimum_age=60)
    service("Teens", themes=("young-people",), maximum_age=18)
    service("All comers")
    refreshed()

    assert names(groups=("older-people",)) == ["Elders"]
    assert set(names(age=70)) == {"Elders", "All comers"}
    assert set(names(age=18)) == {"Teens", "All comers"}


def test_kind_and_theme() -> None:
    service("Rosewood", themes=("debt",), kind="service", kind_by_hand=True)
    service("Elmwood", themes=("debt",), kind="group", kind_by_hand=True)
    refreshed()

    assert names(themes=("debt",), kinds=("group",)) == ["Elmwood"]


def test_filters_hold_together() -> None:
    wanted = service("Right choir", at=BRIXTON, step_free=True, themes=("women",))
    others = [
        service("Far choir", at=LEEDS, step_free=True, themes=("women",)),
        service("Steep choir", at=BRIXTON, step_free=False, themes=("women",)),
        service("Mixed choir", at=BRIXTON, step_free=True),
        service("Band", at=BRIXTON, step_free=True, themes=("women",)),
    ]
    for made in (wanted, *others):
        weekly(made, "TU", "10:00", "13:00")
        CostOption.objects.create(service=made, amount=Decimal(0))
    refreshed()

    assert names(
        words="choir",
        near=HERE,
        groups=("women",),
        access=("step-free",),
        free=True,
        day=1,
        open_at=TUESDAY_NOON,
    ) == ["Right choir"]


def test_there_are_twenty_a_page_and_none_is_lost_or_shown_twice() -> None:
    for number in range(45):
        service(f"Choir {number}")
    refreshed()

    pages = [names(words="choir", page=page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({name for page in pages for name in page}) == 45
    assert search(Wanted(words="choir"), 9).total == 45


def test_typing_mistakes_are_mended_by_the_words_of_the_directory() -> None:
    service("Ukulele orchestra", "Kalinka and more.")
    refreshed()

    assert speller().mend("ukuleke") == "ukulele"
    assert speller().mend("kalynka orchestra") == "kalinka orchestra"


def test_the_kept_words_follow_the_directory() -> None:
    refreshed(service("Effra Choir"))
    assert speller().mend("kalynka") == "kalynka"
    refreshed(service("Kalinka"))

    assert speller().mend("kalynka") == "kalinka"


def test_a_word_of_the_directory_is_meant_rather_than_one_of_the_vocabulary_alone() -> None:
    assert Speller({}).mend("bolling") == "bowling"
    assert Speller({"bullying": 5}).mend("bolling") == "bullying"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("settled staus", "settled status"),  # "stays" is used more, but not beside "settled"
        ("a lone shark", "a loan shark"),  # right in itself, and sounds the same
        ("squeaky brake", "squeaky brake"),
        ("gental exercise", "gentle exercise"),
        ("wheel chair", "wheelchair"),
        ("every day", "every day"),
        ("lunchclub", "lunch club"),
        ("my boyfriend is in prision", "my boyfriend is in prison"),
        ("i dont know", "i dont know"),
        ("clases de cocina", "clases de cocina"),  # another language stays: no "cocaine"
        ("szukam pracy", "szukam pracy"),
        ("Aaliyah", "Aaliyah"),
        ("panick atacks", "panic attacks"),  # the second, once mended, tells which the first is
        ("baliffs at the door", "bailiffs at the door"),  # more than one of a word that is known
        ("nobody ever showd me", "nobody ever showd me"),  # rather "showed" than "shed"
        ("nitting", "knitting"),
        ("pane every day", "pain every day"),  # right in itself, but nothing is understood by it
        ("quior", "choir"),  # no rule would find it
    ],
)
def test_what_stands_beside_a_word_tells_which_is_meant(typed: str, meant: str) -> None:
    words = "shed beliefs panicky stays status brake break loan exercise gentle genital wheelchair lunch club"
    words += " prison cocaine pray allah"
    assert Speller(dict.fromkeys(words.split(), 5)).mend(typed) == meant


def test_one_slip_in_a_word_is_nearly_always_mended() -> None:
    words = sorted(word for word in vocabulary_words() if len(word) >= 6)[::9]
    speller, chance = Speller(dict.fromkeys(words, 3)), random.Random(20)  # noqa: S311
    slips = [(word, slipped) for word in words if not is_english(slipped := _slip(word, chance))]
    mended = sum(speller.mend(slipped) == word for word, slipped in slips)
    assert len(slips) > 300
    assert mended / len(slips) > 0.9  # measured: see benchmarks/README.md


def _slip(word: str, chance: random.Random) -> str:
    """The word with a letter left out, doubled, or swapped with the next."""
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


@pytest.mark.parametrize("word", ["choir", "choirs", "gladly", "SW2", "at", "zzzzzzzzz", "Ümläute"])
def test_what_is_right_or_unknown_stays_as_it_was_typed(word: str) -> None:
    assert Speller({"choir": 5, "badly": 9}).mend(word) == word


def test_of_equal_words_the_one_used_most_is_meant() -> None:
    assert Speller({"zumbo": 1, "zumba": 30}).mend("zumbb") == "zumba"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("spcial", "special"),  # a letter left out is likelier than two others
        ("atrecare", "aftercare"),
        ("hollding", "holding"),  # no British spelling
        ("accesss", "access"),
        ("ukelele", "ukulele"),  # in lists of English words all the same
        ("gardning", "gardening"),
        ("acsses", "access"),  # two likely slips in six letters
        ("ocdial", "ocdial"),  # two unlikely ones
    ],
)
def test_the_likelier_slip_is_meant(typed: str, meant: str) -> None:
    words = "special social aftercare holding access ukulele gardening counselling folding"
    assert Speller(dict.fromkeys(words.split(), 5)).mend(typed) == meant


def test_what_nobody_confirmed_for_long_comes_after_its_equals() -> None:
    service("Brixton choir", at=BRIXTON, standing=1)
    service("Stockwell choir", at=STOCKWELL)
    service("Band of Brixton", "With a choir.", at=BRIXTON)
    refreshed()

    assert names(words="choir", near=HERE)[:2] == ["Stockwell choir", "Brixton choir"]
    assert names(near=HERE)[-1] == "Brixton choir"


@pytest.mark.parametrize("written", ["SW2 1JG", "sw21jg", "Sw2", "Brixton", "brixton, London", " BRIXTON "])
def test_a_place_is_known_however_it_is_written(written: str) -> None:
    place_name("sw2", "SW2", BRIXTON)
    place_name("brixton", "Brixton", BRIXTON)

    found = point(written)
    assert found is not None
    assert (found.latitude, found.longitude) == BRIXTON


def test_a_full_postcode_is_better_than_its_first_half() -> None:
    place_name("sw2", "SW2", BRIXTON)
    place_name("sw21jg", "SW2 1JG", STOCKWELL)

    assert getattr(point("sw2 1jg"), "label", None) == "SW2 1JG"


def test_an_unknown_place_is_unknown_and_a_near_miss_is_offered() -> None:
    place_name("brixton", "Brixton", BRIXTON)

    assert point("Brixtn") is None
    assert place_meant("Brixtn") == "Brixton"
    assert place_meant("Timbuktu") == ""


def test_something_closed_for_now_is_still_found() -> None:
    made = service("Effra lido")
    Service.objects.filter(pk=made.pk).update(status="temporarily closed")
    refreshed()

    assert names(words="lido") == ["Effra lido"]


def test_what_is_mainly_about_something_comes_before_what_also_is() -> None:
    also = service("Big house")
    mainly = service("Small house")
    tagged(also, ["gardening", "cooking", "reading", "singing"])
    tagged(mainly, ["singing", "gardening"])
    refreshed()

    assert names(words="choir") == ["Small house", "Big house"]


def test_the_theme_said_first_counts_most() -> None:
    tagged(service("Big house"), ["cooking", "reading", "gardening"])
    tagged(service("Small house"), ["gardening", "reading", "cooking"])
    refreshed()

    assert names(words="gardening and cooking") == ["Small house", "Big house"]
    assert names(words="cooking and gardening") == ["Big house", "Small house"]


def test_of_those_about_a_need_what_helps_with_it_comes_first() -> None:
    tagged(service("Alder"), ["debt", "swimming"])
    tagged(service("Beech"), ["debt", "budgeting"])
    refreshed()

    assert names(words="debt") == ["Beech", "Alder"]


def test_what_is_for_some_alone_comes_after_what_is_for_all_unless_they_were_spoken_of() -> None:
    tagged(service("Alder"), ["loneliness", "veterans"])
    tagged(service("Beech"), ["loneliness", "quizzes"])
    refreshed()

    assert names(words="lonely") == ["Beech", "Alder"]
    assert names(words="lonely veterans")[0] == "Alder"


def test_what_is_only_near_comes_after_what_was_asked_for_and_is_told_apart(engine: str) -> None:
    service("Effra choir", themes=("singing",), at=STOCKWELL)
    service("Fiddle night", themes=("playing-music",), at=BRIXTON)
    service("Chess", themes=("board-games",), at=BRIXTON)
    refreshed()

    found = search(Wanted(words="singing", near=HERE))

    assert names(words="singing", near=HERE) == ["Effra choir", "Fiddle night"], engine
    assert [hit.beside for hit in found.hits] == [False, True]
    assert (found.total, found.meant, found.beside) == (2, 1, 1)


def test_what_is_only_near_is_told_apart_on_every_page_and_where_nothing_else_is() -> None:
    for number in range(3):
        service(f"Fiddle night {number}", themes=("playing-music",))
    refreshed()

    nothing = search(Wanted(words="singing"))
    service("Effra choir", themes=("singing",))
    refreshed()
    first, second = (search(Wanted(words="singing"), page, size=2) for page in (1, 2))

    assert (nothing.meant, nothing.beside) == (0, 3)
    assert [hit.beside for hit in first.hits] == [False, True]
    assert [hit.beside for hit in second.hits] == [True, True]
    assert first.meant == second.meant == 1


def test_a_need_is_found_in_another_language() -> None:
    tagged(service("Harbour voices"), ["singing"])
    refreshed()

    assert names(words="cantar") == ["Harbour voices"]


def test_a_word_of_another_language_is_no_slip_of_an_english_one() -> None:
    assert themes_in("banco de alimentos") == ("food-today",)
    assert "playing-music" in themes_in("banjo")


def test_pages_may_be_as_long_as_asked() -> None:
    for number in range(25):
        service(f"Whist {number}")
    refreshed()

    assert len(search(Wanted(words="whist"), size=100).hits) == 25
    assert len(search(Wanted(words="whist"), 2, size=20).hits) == 5


def test_words_around_what_was_understood_make_no_new_phrase_and_mean_nothing_of_their_own() -> None:
    assert "stuck-at-home" in themes_in("I stay in all day")
    assert "stuck-at-home" not in themes_in("stay in bed all day")
    assert themes_in("food bank women") == ("food-today",)
    assert "women" in themes_in("women")
