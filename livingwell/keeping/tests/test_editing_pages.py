"""Entries kept right on pages: by editors, by their own people who came by a link; what is grave waits."""

import re

import pytest
from django.test import Client

from livingwell.directory.actions.editing import change
from livingwell.directory.models import How, Organization, Service, Version
from livingwell.directory.queries.sheet import sheet_of
from livingwell.directory.tests import make
from livingwell.keeping.actions import proposals
from livingwell.keeping.links import door_token
from livingwell.keeping.models import Confirmation, Door, Proposal
from livingwell.keeping.tests.make import entry, moment
from livingwell.messaging.models import Message
from livingwell.people.models import Role
from livingwell.people.tests.make import editor, signed_in, verifier

pytestmark = pytest.mark.django_db


def boxes(client: Client, address: str) -> dict[str, str]:
    """What a form says, as a browser would send it back untouched."""
    from html.parser import HTMLParser

    found: dict[str, str] = {}

    class Reader(HTMLParser):
        area = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            said = dict(attrs)
            name = said.get("name") or ""
            if tag == "input" and (said.get("type") not in {"radio", "checkbox"} or "checked" in said):
                found[name] = said.get("value") or ""
            if tag in {"textarea", "select"}:
                self.area = name
                found[name] = ""
            if tag == "option" and "selected" in said:
                found[self.area] = said.get("value") or ""

        def handle_endtag(self, tag: str) -> None:
            if tag in {"textarea", "select"}:
                self.area = ""

        def handle_data(self, data: str) -> None:
            if self.area and self.area != "kind":
                found[self.area] += data

    Reader().feed(client.get(address).content.decode())
    return {name: text for name, text in found.items() if name and name != "csrfmiddlewaretoken"}


def inside(service: Service) -> Client:
    """A browser in which somebody came in by the link that was sent to the entry's address."""
    client = Client()
    client.post(f"/your-entries/link/{service.pk}/")
    door = Door.objects.latest("made_at")
    client.post(f"/your-entries/open/{door_token(door.pk)}/")
    return client


def edit(service: Service, section: str) -> str:
    return f"/keeping/entries/{service.pk}/edit/{section}/"


@pytest.mark.parametrize("section", ["what", "when", "where", "in", "who", "contact"])
def test_saving_a_section_untouched_changes_nothing(section: str) -> None:
    service = entry()
    make.weekly(service, "TU", "19:00", "20:30")
    make.at(service, make.location(name="The hall"))
    desk = signed_in(editor())
    before = sheet_of(service)

    assert desk.post(edit(service, section), boxes(desk, edit(service, section))).status_code == 302

    assert sheet_of(service) == before
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    ("typed", "back"),
    [
        ("Thursday 6pm to 8pm", "Every Thursday, 6pm to 8pm"),
        ("14 March 2027, 2pm to 5pm", "14 March 2027"),
        ("Mondays 10am to noon, 6 times from 11 January 2027", "11 January 2027"),
    ],
)
def test_hours_are_read_back_before_they_are_saved(typed: str, back: str) -> None:
    service = entry()
    desk = signed_in(editor())
    said = {"version": "0", "hours": typed, "notes": ""}

    first = desk.post(edit(service, "when"), said).content.decode()
    assert "Is this what you mean?" in first
    assert back in first
    assert not sheet_of(service)["schedules"]
    desk.post(edit(service, "when"), {**said, "heard": f"hours:{typed}"})

    assert back in make_page(service)


def make_page(service: Service) -> str:
    return Client().get(service.get_absolute_url()).content.decode()


def test_hours_that_cannot_be_read_are_named_and_stay() -> None:
    service = entry()
    page = signed_in(editor()).post(edit(service, "when"), {"version": "0", "hours": "when the moon is full"})

    assert "when the moon is full" in page.content.decode()
    assert "We could not read" in page.content.decode()


def test_getting_in_is_yes_no_or_not_known() -> None:
    service = entry()
    make.at(service, make.location(name="The hall"))
    desk = signed_in(editor())
    said = boxes(desk, edit(service, "in")) | {"step-free_0": "yes", "hearing-loop_0": "no"}

    desk.post(edit(service, "in"), said)

    known = {row["term"]: row["available"] for row in sheet_of(service)["locations"][0]["accessibility"]}
    assert known == {"step-free": True, "hearing-loop": False}


def test_a_place_is_added_and_says_where_people_come_first() -> None:
    service = entry()
    desk = signed_in(editor())
    new = {
        "name_0": "Effra Hall",
        "address_1_0": "7 Effra Road",
        "postal_code_0": "SW2 1BZ",
        "intake_0": "yes",
    }

    desk.post(edit(service, "where"), boxes(desk, edit(service, "where")) | new)

    place = sheet_of(service)["locations"][0]
    assert place["addresses"][0]["address_1"] == "7 Effra Road"
    assert place["here"]["is_intake"] is True


def test_two_who_write_at_once_lose_nothing_and_see_both_sides() -> None:
    service = entry(description="We sing.")
    desk = signed_in(editor())
    read = boxes(desk, edit(service, "what"))
    change(
        service, {"description": "We hum.", "alert": "Closed in May"}, by="Bob", how=How.SCREEN, at=moment(1)
    )

    page = desk.post(edit(service, "what"), {**read, "description": "We sing and dance."}).content.decode()

    assert "We hum." in page
    assert "We sing and dance." in page
    assert "Closed in May" in page
    again = {**read, "version": "2", "description": "We sing and dance.", "alert": "Closed in May"}
    assert desk.post(edit(service, "what"), again).status_code == 302
    sheet = sheet_of(service)
    assert (sheet["description"], sheet["alert"]) == ("We sing and dance.", "Closed in May")


def test_the_link_goes_only_to_the_address_we_have_and_shows_little_of_it() -> None:
    service = entry()
    page = Client().get(f"/your-entries/link/{service.pk}/").content.decode()
    assert "c…@example.org" in page
    assert "choir@" not in page

    for _press in range(3):
        Client().post(f"/your-entries/link/{service.pk}/", {"email": "thief@example.org"})

    assert [message.to for message in Message.objects.all()] == ["choir@example.org"]


def test_a_link_opens_once_and_not_by_being_looked_at() -> None:
    service = entry()
    Client().post(f"/your-entries/link/{service.pk}/")
    address = f"/your-entries/open/{door_token(Door.objects.get().pk)}/"
    assert Client().get(address).status_code == 200
    first, second = Client(), Client()

    assert "Sing Anyway" in first.post(address, follow=True).content.decode()
    assert second.post(address).status_code == 410
    assert second.get("/your-entries/").status_code == 410


def test_a_link_lets_in_to_its_own_entries_and_to_no_others() -> None:
    own = entry()
    same = entry("Same people", organization=own.organization)
    other = entry("Same roof, another address", organization=own.organization, email="other@example.org")
    stranger = entry("Stranger")
    client = inside(own)

    assert client.get(f"/keeping/entries/{same.pk}/edit/").status_code == 200
    for closed in (other, stranger):
        assert client.get(f"/keeping/entries/{closed.pk}/edit/").status_code == 403
        assert client.post(edit(closed, "what"), {"name": "Mine"}).status_code == 403
        assert client.get(f"/your-entries/{closed.pk}/history/").status_code == 403
    for staff in (
        "/keeping/",
        "/keeping/reports/",
        "/keeping/proposals/",
        f"/keeping/entries/{own.pk}/history/",
    ):
        assert client.get(staff).status_code == 302, staff


def test_leaving_and_the_end_of_the_time_close_it_at_once() -> None:
    service = entry()
    client = inside(service)
    copy = Client()
    copy.cookies = client.cookies.copy()  # type: ignore[assignment]
    client.post("/your-entries/leave/")
    assert copy.get(f"/keeping/entries/{service.pk}/edit/").status_code == 302

    client = inside(service)
    Door.objects.update(made_at="2026-01-01T00:00Z", until="2026-01-02T00:00Z")
    assert client.get(f"/keeping/entries/{service.pk}/edit/").status_code == 302


def test_its_people_change_most_at_once_and_the_rest_waits_for_an_editor() -> None:
    service = entry()
    client = inside(service)
    said = boxes(client, edit(service, "what")) | {"description": "We sing loud.", "name": "Sing Loud"}

    page = client.post(edit(service, "what"), said, follow=True).content.decode()

    assert "waits until one of us has looked" in page
    service.refresh_from_db()
    assert (service.name, service.description) == ("Sing Anyway", "We sing loud.")
    desk = signed_in(editor())
    assert "1 change waits for you" in desk.get("/keeping/").content.decode()
    waiting = Proposal.objects.get()
    page = desk.get(f"/keeping/proposals/{waiting.pk}/").content.decode()
    assert "Sing Loud" in page
    desk.post(f"/keeping/proposals/{waiting.pk}/", {"outcome": "accept"})
    service.refresh_from_db()
    assert service.name == "Sing Loud"
    assert "on its page now" in Message.objects.latest("queued_at").body


def test_a_no_needs_a_reason_and_the_reason_is_told() -> None:
    service = entry()
    client = inside(service)
    client.post(
        edit(service, "contact"), boxes(client, edit(service, "contact")) | {"email": "new@example.org"}
    )
    waiting = Proposal.objects.get()
    desk = signed_in(editor())
    assert (
        "why not" in desk.post(f"/keeping/proposals/{waiting.pk}/", {"outcome": "decline"}).content.decode()
    )

    desk.post(f"/keeping/proposals/{waiting.pk}/", {"outcome": "decline", "reason": "It bounces."})

    message = Message.objects.latest("queued_at")
    assert message.to == "choir@example.org"
    assert "It bounces." in message.body


def test_a_place_that_others_share_is_not_moved_by_one_of_them() -> None:
    service, neighbour = entry(), entry("Neighbour")
    hall = make.location(name="The hall")
    for each in (service, neighbour):
        make.at(each, hall)
    client = inside(service)

    client.post(edit(service, "where"), boxes(client, edit(service, "where")) | {"name_0": "My hall"})

    assert sheet_of(neighbour)["locations"][0]["name"] == "The hall"
    assert "locations" in Proposal.objects.get().values


def test_one_press_confirms_all_and_room_is_said() -> None:
    service = entry()
    client = inside(service)
    client.post("/your-entries/")
    client.post(edit(service, "room"), {"room": "waiting", "weeks": "6"})

    assert [each.outcome for each in Confirmation.objects.order_by("id")] == ["right", "room"]
    assert "Waiting list of about 6 weeks" in make_page(service)
    assert "Room" in client.get(f"/your-entries/{service.pk}/history/").content.decode()


def test_a_provider_with_an_account_keeps_the_entries_of_their_organization() -> None:
    from livingwell.people import actions
    from livingwell.people.tests.make import LONG_AGO

    service = entry()
    held = actions.appoint(
        "pro@example.org", Role.PROVIDER, organization=service.organization, by="x", at=LONG_AGO
    )
    client = signed_in(held.account)
    assert "Sing Anyway" in client.get("/your-entries/").content.decode()
    actions.dismiss(held, by="x", at=moment(0))

    assert client.get("/your-entries/").status_code == 410


def test_an_editor_writes_a_new_entry_and_a_volunteer_does_not() -> None:
    said = {"name": "Chair yoga", "organization": "Brockwell Friends", "kind": "group"}
    assert signed_in(verifier()).post("/keeping/entries/add/", said).status_code == 403

    response = signed_in(editor()).post("/keeping/entries/add/", said)

    made = Service.objects.get(name="Chair yoga")
    assert re.fullmatch(rf"/keeping/entries/{made.pk}/edit/", response.headers["Location"])
    assert Organization.objects.filter(name="Brockwell Friends").exists()
    assert "Chair yoga" in Client().get("/directory/?q=chair+yoga").content.decode()


def test_a_proposal_from_a_call_is_not_written_back_about() -> None:
    service = entry()
    made = proposals.propose(service, {"name": "New"}, how="phone", by="winston@example.org", at=moment(1))  # type: ignore[arg-type]

    proposals.accept(made, by="Edna", at=moment(2))

    assert not Message.objects.exists()
