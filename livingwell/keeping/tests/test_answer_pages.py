"""The link in our message: opened without an account, answered with a thumb."""

import pytest
from django.test import Client

from livingwell.directory.models import Assured, Service
from livingwell.directory.tests import make
from livingwell.keeping.actions import answers
from livingwell.keeping.links import token_of
from livingwell.keeping.models import Asking, Confirmation, Proposal
from livingwell.keeping.room import Room, Says
from livingwell.keeping.tests.make import asked, entry, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return entry()


@pytest.fixture
def link(service: Service) -> str:
    """The link, still open in the year of these tests."""
    asking = asked(service)
    Asking.objects.update(until="2099-01-01T00:00Z")
    return f"/keeping/answer/{token_of(asking.pk)}/"


def test_a_mail_scanner_that_opens_every_link_confirms_nothing(link: str, service: Service) -> None:
    for address in (
        "",
        f"{service.pk}/",
        f"{service.pk}/change/",
        f"{service.pk}/room/",
        f"{service.pk}/closed/",
    ):
        response = Client().get(link + address)
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        assert 'content="noindex' in response.content.decode()
        assert f'rel="canonical" href="http://testserver{link}' not in response.content.decode()

    assert not Confirmation.objects.exists()


def test_one_press_says_that_all_is_right(link: str, service: Service) -> None:
    response = Client().post(f"{link}{service.pk}/", {"say": "right"}, follow=True)

    assert "Thank you" in response.content.decode()
    assert Confirmation.objects.get().outcome == "right"
    page = Client().get(service.get_absolute_url()).content.decode()
    assert "by the link we sent them" in page
    assert "We check it again by" in page


def test_what_changes_is_shown_at_once_and_the_rest_stays(link: str, service: Service) -> None:
    make.weekly(service, "TU", "19:00", "20:30")
    page = Client().get(f"{link}{service.pk}/change/").content.decode()
    assert "020 7946 0123" in page
    assert "7pm to 8:30pm" in page
    said = {"phone": "020 7946 0999", "hours": "Thursday 6pm to 8pm", "cost": "£3", "name": "Sing Anyway"}

    Client().post(f"{link}{service.pk}/change/", {**said, "email": "choir@example.org"})

    page = Client().get(service.get_absolute_url()).content.decode()
    assert "020 7946 0999" in page
    assert "020 7946 0123" not in page
    assert "Thursday" in page
    assert "£3" in page
    assert not Proposal.objects.exists()


def test_hours_that_no_rule_can_read_wait_for_a_person(link: str, service: Service) -> None:
    said = {"phone": "020 7946 0123", "hours": "whenever the moon is full", "name": "Sing Anyway"}

    Client().post(f"{link}{service.pk}/change/", {**said, "email": "choir@example.org"})

    assert "moon" in Proposal.objects.get().note


def test_a_new_name_waits_and_a_mistake_is_said_beside_its_field(link: str, service: Service) -> None:
    response = Client().post(f"{link}{service.pk}/change/", {"name": "New name", "email": "nonsense"})
    assert "like name@example.org" in response.content.decode()
    assert "New name" in response.content.decode()

    Client().post(f"{link}{service.pk}/change/", {"name": "New name", "email": "choir@example.org"})

    assert Proposal.objects.get().values == {"name": "New name"}
    assert Service.objects.get().name == "Sing Anyway"


def test_room_is_said_with_its_date(link: str, service: Service) -> None:
    Client().post(f"{link}{service.pk}/room/", {"room": "waiting", "weeks": "6"})

    assert (
        "Waiting list of about 6 weeks (said on" in Client().get(service.get_absolute_url()).content.decode()
    )
    assert "Waiting list of about 6 weeks" in Client().get("/directory/?q=Sing").content.decode()


def test_we_have_closed_is_asked_twice_and_waits(link: str, service: Service) -> None:
    Client().post(f"{link}{service.pk}/closed/")

    assert Proposal.objects.get().values == {"status": "defunct", "alert": ""}
    assert (
        "We have been told that this has closed" in Client().get(service.get_absolute_url()).content.decode()
    )


def test_not_mine_is_heard_and_the_link_is_over(link: str, service: Service) -> None:
    assert "Thank you for telling us" in Client().post(link, {"say": "not mine"}).content.decode()

    assert Client().get(link).status_code == 410


def test_a_link_opens_its_own_entries_for_a_while_and_nothing_else(link: str, service: Service) -> None:
    other = entry("Not asked about", email="other@example.org")
    assert Client().post(f"{link}{other.pk}/", {"say": "right"}).status_code == 404
    assert Client().get(link.replace("answer/", "answer/x")).status_code == 410
    Asking.objects.update(until="2026-06-01T00:00Z")

    assert Client().post(f"{link}{service.pk}/", {"say": "right"}).status_code == 410
    assert not Confirmation.objects.exists()


def test_several_entries_are_asked_about_one_after_the_other() -> None:
    one, two = entry("Choir one"), entry("Choir two")
    asking = asked(one)
    Asking.objects.update(until="2099-01-01T00:00Z")
    link = f"/keeping/answer/{token_of(asking.pk)}/"
    assert "Choir two" in Client().get(link).content.decode()

    page = Client().post(f"{link}{one.pk}/", {"say": "right"}, follow=True).content.decode()
    assert "Thank you. Some more?" in page
    page = Client().post(f"{link}{two.pk}/", {"say": "right"}, follow=True).content.decode()

    assert "<h1>Thank you</h1>" in page


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ({"room": "full", "until": "1/1/2020"}, "That day has passed"),
        ({"room": "waiting", "weeks": "-1"}, "from 1 to 260"),
        ({"room": "full", "weeks": "6"}, "Choose “There is a waiting list” too"),
        ({"room": "room", "until": "1/1/2050"}, "Choose “It is full” too"),
        ({"room": "full", "until": "soon"}, "Write the day like"),
    ],
)
def test_room_that_cannot_be_is_sent_back_with_what_was_typed(
    client: Client, link: str, service: Service, typed: dict[str, str], advice: str
) -> None:
    shown = client.post(f"{link}{service.pk}/room/", typed).content.decode()

    assert advice in shown
    assert all(f'value="{said}"' in shown for said in typed.values())
    assert not Confirmation.objects.exists()


def test_whoever_answered_reads_what_they_said(client: Client, link: str, service: Service) -> None:
    client.post(f"{link}{service.pk}/room/", {"room": "waiting", "weeks": "6"})

    assert "You said: Waiting list of about 6 weeks" in client.get(link).content.decode()


def test_once_the_day_has_passed_it_is_full_no_more(service: Service) -> None:
    said = Room(Says.FULL, until=moment(10).date())
    answers.say_room(service, said, how=Assured.LINK, by="a@example.org", at=moment(1))

    assert answers.look_at_room(at=moment(10)) == 0
    assert answers.look_at_room(at=moment(11)) == 1
    assert answers.look_at_room(at=moment(12)) == 0

    now = service.capacities.get()
    assert now.description == "It was full until 12 March 2026. Ask whether there is room now."
    assert now.available is None
