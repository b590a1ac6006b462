"""Writing, what is heard, and hard days."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from livingwell.consent.models import Event, Kind, Part, Person, Purpose
from livingwell.consent.tests import make as consent
from livingwell.core.errors import Refusal
from livingwell.plans import actions, queries
from livingwell.plans.days import Day
from livingwell.plans.models import SECTIONS_OF, HardDate, PageTheme, Section, Standing, Words
from livingwell.plans.sections import ORDER
from livingwell.plans.tests import make
from livingwell.plans.tests.make import NOW

pytestmark = pytest.mark.django_db
GARDEN = "I love gardening. I have been lonely since my husband died."


def heard(person: Person) -> set[str]:
    assert person.account
    return {theme.slug for theme in queries.themes_of(person, person.account, at=NOW)}


def test_every_section_belongs_to_one_part_and_is_asked() -> None:
    assert sorted(section for ones in SECTIONS_OF.values() for section in ones) == sorted(Section)
    assert sorted(ORDER) == sorted(Section)


def test_words_stand_where_they_were_written() -> None:
    person = consent.page_of()
    make.wrote(person, Section.HELPS, "  Tea.\r\nQuiet.  ")
    make.wrote(person, Section.MATTERS, "My dog")
    assert person.account
    said = queries.words_of(person, person.account, at=NOW)
    assert [(each.section, each.text) for each in said] == [("matters", "My dog"), ("helps", "Tea.\nQuiet.")]


def test_words_taken_back_are_gone() -> None:
    person = consent.page_of()
    make.wrote(person, Section.MATTERS, GARDEN)
    make.wrote(person, Section.MATTERS, "")
    assert person.account
    assert queries.words_of(person, person.account, at=NOW) == ()
    assert heard(person) == set()


def test_a_section_in_the_wrong_part_is_refused_by_the_database() -> None:
    person = consent.page_of()
    assert person.account
    with pytest.raises(IntegrityError), transaction.atomic():
        Words.objects.create(
            person=person,
            section=Section.SIGNS,
            part=Part.STORY,
            changed_at=NOW,
            changed_by=person.account,
        )


def test_two_who_write_at_once_lose_nothing() -> None:
    person, lena = consent.page_of(), consent.worker()
    assert person.account
    first = make.wrote(person, Section.MATTERS, "My dog")
    actions.write(person, Section.MATTERS, "Her dog Rex", over=first.version, by=lena, at=NOW)
    with pytest.raises(actions.Meanwhile) as meanwhile:
        actions.write(
            person, Section.MATTERS, "My dog and my sister", over=first.version, by=person.account, at=NOW
        )
    assert meanwhile.value.stands.text == "Her dog Rex"
    assert Words.objects.get(person=person).text == "Her dog Rex"
    actions.write(
        person,
        Section.MATTERS,
        "Her dog Rex\n\nMy dog and my sister",
        over=meanwhile.value.stands.version,
        by=person.account,
        at=NOW,
    )


def test_two_who_begin_a_section_at_once_lose_nothing() -> None:
    person, lena = consent.page_of(), consent.worker()
    assert person.account
    actions.write(person, Section.HOME, "A flat", over=0, by=lena, at=NOW)
    with pytest.raises(actions.Meanwhile):
        actions.write(person, Section.HOME, "A boat", over=0, by=person.account, at=NOW)


def test_words_that_hold_all_that_stands_there_need_no_choice() -> None:
    person = consent.page_of()
    assert person.account
    actions.write(person, Section.HOME, "A flat", over=0, by=person.account, at=NOW)
    actions.write(person, Section.HOME, "A flat in Brixton", over=0, by=person.account, at=NOW)
    assert Words.objects.get(person=person).text == "A flat in Brixton"


def test_what_is_saved_while_one_types_is_one_thing_that_happened() -> None:
    person = consent.page_of()
    for minute, text in enumerate(("My", "My dog", "My dog Rex")):
        make.wrote(person, Section.MATTERS, text, at=NOW + timedelta(minutes=minute))
    assert Event.objects.filter(person=person, kind=Kind.WROTE).count() == 1
    make.wrote(person, Section.MATTERS, "My dog Max", at=NOW + timedelta(days=1))
    assert Event.objects.filter(person=person, kind=Kind.WROTE).count() == 2


def test_themes_are_heard_and_go_with_their_words() -> None:
    person = consent.page_of()
    make.wrote(person, Section.MATTERS, GARDEN)
    assert {"gardening", "loneliness"} <= heard(person)
    make.wrote(person, Section.MATTERS, "I love gardening.")
    assert "gardening" in heard(person)
    assert "loneliness" not in heard(person)


def test_what_was_refused_does_not_come_back_by_reading_again() -> None:
    person = consent.page_of()
    assert person.account
    make.wrote(person, Section.MATTERS, GARDEN)
    actions.refuse(person, "loneliness", by=person.account, at=NOW)
    make.wrote(person, Section.MATTERS, GARDEN + " So lonely.")
    make.wrote(person, Section.HOME, "It is lonely here.")
    make.wrote(person, Section.MATTERS, "")
    make.wrote(person, Section.MATTERS, GARDEN)
    assert "loneliness" not in heard(person)
    assert "gardening" in heard(person)


def test_what_was_confirmed_stays_when_the_words_go() -> None:
    person = consent.page_of()
    assert person.account
    make.wrote(person, Section.MATTERS, GARDEN)
    actions.keep(person, "gardening", by=person.account, at=NOW)
    make.wrote(person, Section.MATTERS, "My dog")
    assert "gardening" in heard(person)


def test_a_theme_picked_from_the_list_stays_and_takes_back_a_no() -> None:
    person = consent.page_of()
    assert person.account
    make.wrote(person, Section.MATTERS, GARDEN)
    actions.refuse(person, "gardening", by=person.account, at=NOW)
    actions.pick(person, ["gardening", "singing", "no such theme"], by=person.account, at=NOW)
    assert {"gardening", "singing"} <= heard(person)
    assert not PageTheme.objects.filter(person=person, standing=Standing.REFUSED).exists()


def test_words_for_a_bad_day_are_not_read_for_themes() -> None:
    person = consent.page_of()
    make.wrote(person, Section.HELPS_NOT, "Being told to go gardening or singing.")
    assert heard(person) == set()


def test_what_to_look_for_is_told_as_the_suggestions_take_it() -> None:
    person = consent.page_of()
    assert person.account
    make.wrote(person, Section.MATTERS, GARDEN)
    make.wrote(person, Section.SUPPORT, "Ring first.")
    actions.refuse(person, "loneliness", by=person.account, at=NOW)
    actions.pick(person, ["singing"], by=person.account, at=NOW)
    wishes = queries.wishes_of(person, person.account, at=NOW)
    assert wishes.story == GARDEN
    assert wishes.themes == ("singing",)
    assert wishes.without == {"loneliness"}


def test_a_hard_day_is_told_in_words_the_next_one_first() -> None:
    person = consent.page_of()
    make.hard_day(person)
    make.hard_day(person, "Court", Day(30, 11, 2026, yearly=False), days_before=3)
    assert person.account
    court, mum = queries.hard_dates_of(person, person.account, at=NOW)
    assert (court.what, court.when) == ("Court", "Monday 30 November, in 5 days")
    assert court.touch == "A good time to be in touch: from Friday 27 November, in 2 days."
    assert (mum.what, mum.when) == ("The day Mum died", "Wednesday 3 March 2027")
    assert Event.objects.filter(kind=Kind.DATE_ADDED).count() == 2
    later = queries.hard_dates_of(person, person.account, at=NOW + timedelta(days=10))
    assert later[-1].touch == ""
    assert [(each.what, each.when) for each in later][-1] == ("Court", "")


@pytest.mark.parametrize(
    ("falls", "what"),
    [
        (Day(31, 6), "Mum"),
        (Day(29, 2, 2027), "Mum"),
        (Day(1, 12, None, yearly=False), "Mum"),
        (Day(1, 11, 2026, yearly=False), "Mum"),
        (Day(1, 11), "  "),
    ],
)
def test_a_hard_day_that_cannot_be_is_refused_with_a_sentence(falls: Day, what: str) -> None:
    person = consent.page_of()
    with pytest.raises(Refusal):
        make.hard_day(person, what, falls)
    assert not HardDate.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": 31, "month": 6},
        {"day": 30, "month": 2},
        {"day": 29, "month": 2, "year": 2027},
        {"day": 29, "month": 2, "year": 2100},
        {"day": 1, "month": 1, "yearly": False},
        {"day": 1, "month": 1, "days_before": 61},
        {"day": 1, "month": 1, "what": ""},
    ],
)
def test_the_database_knows_the_calendar(wrong: dict[str, object]) -> None:
    person = consent.page_of()
    assert person.account
    fields = {"what": "Mum", "changed_at": NOW, "changed_by": person.account, **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        HardDate.objects.create(person=person, **fields)
    leap = {"day": 29, "month": 2, "year": 2028, "what": "Leap", "changed_at": NOW}
    HardDate.objects.create(person=person, changed_by=person.account, **leap)


def test_a_hard_day_is_said_differently_and_taken_back() -> None:
    person = consent.page_of()
    named = make.hard_day(person)
    assert person.account
    actions.change_date(named, what="Mum’s day", falls=Day(4, 3), days_before=0, by=person.account, at=NOW)
    assert [day.what for day in queries.hard_dates_of(person, person.account, at=NOW)] == ["Mum’s day"]
    actions.drop_date(named, by=person.account, at=NOW)
    assert queries.hard_dates_of(person, person.account, at=NOW) == ()


def test_who_is_shown_hard_days_learns_when_to_be_in_touch_and_of_nobody_else() -> None:
    sharing, other, lena = consent.page_of(), consent.page_of("olive"), consent.worker()
    consent.shared(sharing, Part.CRISIS_CARD, organization=consent.organization())
    for person in (sharing, other):
        make.hard_day(person, "Near", Day(2, 12), days_before=7)
        make.hard_day(person, "New Year", Day(1, 1), days_before=40)
        make.hard_day(person, "Not yet", Day(3, 12), days_before=7)
    near = queries.hard_dates_near(lena, at=NOW)
    assert [(day.what, day.person) for day in near] == [("Near", sharing.pk), ("New Year", sharing.pk)]


def test_erasing_leaves_no_word() -> None:
    person, other = consent.page_of(), consent.page_of("olive")
    for each in (person, other):
        make.wrote(each, Section.MATTERS, GARDEN)
        make.hard_day(each)
    actions.erase(person)
    for model in (Words, PageTheme, HardDate):
        assert not model.objects.filter(person=person).exists()
        assert model.objects.filter(person=other).exists()


def test_a_receiver_of_one_part_is_told_that_part() -> None:
    person, carol = consent.page_of(), consent.somebody("carol")
    make.wrote(person, Section.MATTERS, GARDEN)
    make.wrote(person, Section.CHANGE, "I want to learn to swim.")
    make.wrote(person, Section.SIGNS, "Not sleeping.")
    make.hard_day(person)
    consent.shared(person, Part.PLAN, account=carol, purpose=Purpose.FAMILY)
    said = queries.words_of(person, carol, at=NOW)
    assert [each.section for each in said] == [Section.CHANGE]
    assert {each.slug for each in queries.themes_of(person, carol, at=NOW)} == {"swimming"}
    assert queries.hard_dates_of(person, carol, at=NOW) == ()
