"""Asking the people of entries, what they answer, and what their silence does."""

import re

import pytest

from livingwell.core.errors import Refusal
from livingwell.directory.freshness import Standing
from livingwell.directory.models import Assured, Listing, Service, Status
from livingwell.keeping import links, room
from livingwell.keeping.actions import answers, asking, proposals
from livingwell.keeping.models import Ask, Asking, Confirmation, Proposal
from livingwell.keeping.tests.make import MARCH, SITE, asked, entry, moment
from livingwell.messaging.actions import stop
from livingwell.messaging.models import Channel, Message

pytestmark = pytest.mark.django_db


def ask(days: int) -> asking.Sent:
    return asking.ask_those_who_know(site=SITE, at=moment(days))


def look(days: int, service: Service) -> int:
    asking.look_over(at=moment(days))
    return Service.objects.get(pk=service.pk).standing


def test_one_message_asks_about_all_the_entries_of_an_address_shortly_before_they_are_due() -> None:
    entry("Sing Anyway")
    entry("Sing Again")
    entry("Somebody else's", email="other@example.org")

    assert ask(70) == asking.Sent(0, 0, 0)
    assert ask(76) == asking.Sent(2, 3, 0)
    assert ask(76) == asking.Sent(0, 0, 0)

    message = Message.objects.get(to="choir@example.org")
    assert "Sing Anyway" in message.body
    assert "Sing Again" in message.body
    assert "Sing" not in message.subject
    assert "This is not mine" in message.body
    link = re.search(rf"{SITE}/keeping/answer/(\S+)/", message.body)
    assert link
    assert links.asking_of(link[1]) == Asking.objects.get(to="choir@example.org").pk


def test_a_dozen_entries_are_asked_about_in_two_messages_on_two_days() -> None:
    for number in range(12):
        entry(f"Choir {number}")

    assert ask(80).entries == 10
    assert ask(81).entries == 2


def test_silence_lowers_then_marks_then_hides_and_the_last_message_says_so_before() -> None:
    service = entry()
    for number, days in enumerate((80, 94, 108), 1):
        assert ask(days).entries == 1
        assert Ask.objects.latest("pk").number == number

    bodies = list(Message.objects.order_by("queued_at").values_list("body", flat=True))
    assert ["stop suggesting" in body for body in bodies] == [False, False, True]
    assert [look(days, service) for days in (89, 94, 108, 121, 122)] == [
        Standing.FRESH,
        Standing.LOWERED,
        Standing.MARKED,
        Standing.MARKED,
        Standing.HIDDEN,
    ]
    listing = Listing.objects.get(service=service)
    assert listing.standing == Standing.HIDDEN
    assert not listing.themes.exists()
    assert ask(140) == asking.Sent(0, 0, 0)


def test_one_press_brings_it_back_and_is_remembered() -> None:
    service = entry()
    for days in (80, 94, 108):
        ask(days)
    assert look(130, service) == Standing.HIDDEN

    answers.still_right(service, how=Assured.LINK, by="choir@example.org", at=moment(131))

    service.refresh_from_db()
    assert (service.standing, service.assured_how) == (Standing.FRESH, "link")
    assert service.assured_date == moment(131).date()
    assert Listing.objects.get(service=service).standing == Standing.FRESH
    assert look(200, service) == Standing.FRESH
    assert Confirmation.objects.get().said_by == "choir@example.org"


def test_what_did_not_arrive_was_not_asked() -> None:
    service = entry()
    asked(service)
    Message.objects.update(status="failed")

    assert look(150, service) == Standing.FRESH


def test_whoever_says_that_it_is_not_theirs_is_not_asked_again_and_not_silent() -> None:
    service = entry()
    asking.not_theirs(asked(service), at=moment(81))

    assert ask(100) == asking.Sent(0, 0, 0)
    assert look(150, service) == Standing.FRESH


def test_an_address_that_asked_us_to_stop_is_left_alone() -> None:
    entry()
    stop(Channel.EMAIL, "choir@example.org", by="choir@example.org", at=moment(1))

    assert ask(80) == asking.Sent(0, 0, 1)


def test_an_entry_that_nobody_ever_confirmed_is_neither_asked_about_nor_lowered() -> None:
    service = entry(assured_date=None)

    assert ask(400) == asking.Sent(0, 0, 0)
    assert look(400, service) == Standing.FRESH


def test_a_common_field_changes_at_once_and_a_sensitive_one_waits() -> None:
    service = entry()

    waiting = answers.correct(
        service,
        {"fees_description": "Free", "name": "Sing Always"},
        how=Assured.LINK,
        by="choir@example.org",
        at=moment(81),
    )

    service.refresh_from_db()
    assert (service.fees_description, service.name) == ("Free", "Sing Anyway")
    assert waiting
    proposals.accept(waiting, by="editor@example.org", at=moment(82))
    service.refresh_from_db()
    assert service.name == "Sing Always"
    with pytest.raises(Refusal, match="already"):
        proposals.decline(waiting, by="editor@example.org", at=moment(83), reason="no")


def test_a_closing_waits_for_a_look_and_warns_until_then() -> None:
    service = entry()

    waiting = answers.has_closed(service, how=Assured.LINK, by="choir@example.org", at=moment(81))

    service.refresh_from_db()
    assert service.status == Status.ACTIVE
    assert "closed" in service.alert
    assert service.assured_date == MARCH
    assert ask(95) == asking.Sent(0, 0, 0)
    proposals.accept(waiting, by="editor@example.org", at=moment(96))
    service.refresh_from_db()
    assert (service.status, service.alert) == (Status.DEFUNCT, "")
    assert not Listing.objects.filter(service=service).exists()


def test_a_closing_that_is_none_leaves_no_warning() -> None:
    service = entry()
    waiting = answers.has_closed(service, how=Assured.PHONE, by="vol@example.org", at=moment(81))

    proposals.decline(waiting, by="editor@example.org", at=moment(82), reason="They only moved")

    service.refresh_from_db()
    assert (service.status, service.alert) == (Status.ACTIVE, "")
    assert Proposal.objects.get().reason == "They only moved"


@pytest.mark.parametrize(
    ("said", "words", "has_room"),
    [
        (room.Room(room.Says.ROOM), "Room for more", True),
        (room.Room(room.Says.ASK), "Ask first whether there is room", False),
        (room.Room(room.Says.WAITING, weeks=6), "Waiting list of about 6 weeks", False),
        (room.Room(room.Says.FULL, until=MARCH), "Full until 2 March 2026", False),
    ],
)
def test_room_is_kept_as_the_standard_has_it_and_can_be_asked_for(
    said: room.Room, words: str, has_room: bool
) -> None:
    service = entry()
    answers.say_room(service, room.Room(room.Says.ROOM), how=Assured.LINK, by="a@example.org", at=moment(1))

    answers.say_room(service, said, how=Assured.LINK, by="a@example.org", at=moment(2))

    kept = service.capacities.get()
    assert (kept.unit, kept.description, kept.updated) == ("places", words, moment(2))
    assert Service.objects.with_room().exists() is has_room
