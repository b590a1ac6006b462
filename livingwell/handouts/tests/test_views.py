"""Keeping things, printing them and sending them to oneself; nothing of it stays on the server."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import uuid4

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from livingwell.core.tests.stored import everything_stored
from livingwell.directory.actions.listing import refresh
from livingwell.directory.tests import make
from livingwell.handouts import chosen, paper
from livingwell.messaging import actions as messaging
from livingwell.messaging.actions.delivering import deliver
from livingwell.messaging.models import Channel, Message

if TYPE_CHECKING:
    from django.conf import LazySettings
    from pytest_django import DjangoAssertNumQueries

    from livingwell.directory.models import Service

pytestmark = pytest.mark.django_db
HERE = "http://testserver"
MOBILE = "07700 900123"


@pytest.fixture
def choir() -> Service:
    return listed("Sing Anyway choir")


def listed(name: str) -> Service:
    service = make.service(name, application_process="Come along.")
    make.phone(service, "020 7946 0123")
    place = make.location(name="St Wulfric’s hall")
    make.at(service, place)
    make.weekly(service, "TU", "19:00", "20:30")
    refresh([service.pk])
    return service


def post(client: Client, address: str, said: dict[str, str], **more: Any) -> Any:
    """As a browser posts a form."""
    form = "application/x-www-form-urlencoded"
    return client.post(address, urlencode(said), content_type=form, **more)


def keep(client: Client, *services: Service, came_from: str = f"{HERE}/directory/", **said: str) -> Any:
    answer = None
    for service in services:
        headers = {"Origin": HERE, "Referer": came_from}
        answer = post(client, "/my-list/keep/", {"keep": str(service.pk), **said}, headers=headers)
    return answer


def send(client: Client, to: str, channel: str = "text", occasion: str = "") -> Any:
    return post(client, f"/my-list/{channel}/", {"to": to, "occasion": occasion or str(uuid4())})


def test_keeping_leads_back_to_the_same_place_and_the_header_counts(client: Client, choir: Service) -> None:
    answer = keep(client, choir, came_from=f"{HERE}/directory/?q=sing#top")
    back = client.get(answer.headers["Location"]).headers["Location"]
    assert back == f"/directory/?q=sing#keep-{choir.pk}"
    assert keep(client, choir).headers["Location"] == f"/directory/#keep-{choir.pk}"
    cookie = client.cookies[chosen.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (
        True,
        "Lax",
        "",
        "",
    )
    assert "(1)" in client.get("/about/").content.decode()
    assert "Sing Anyway choir" in client.get("/my-list/").content.decode()


@pytest.mark.parametrize(
    "came_from",
    [
        "https://elsewhere.example/",
        f"{HERE}//elsewhere.example/",
        "//elsewhere.example",
        "nonsense",
        "",
    ],
)
def test_nobody_is_led_elsewhere(client: Client, choir: Service, came_from: str) -> None:
    assert keep(client, choir, came_from=came_from).status_code == 200


def test_who_came_from_an_answer_to_a_form_is_told_how_to_go_on(client: Client, choir: Service) -> None:
    assert "way back" in keep(client, choir, no_way_back="yes").content.decode()


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_another_site_cannot_fill_a_list(client: Client, choir: Service, origin: str) -> None:
    answer = post(client, "/my-list/keep/", {"keep": str(choir.pk)}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert chosen.COOKIE not in client.cookies


def test_a_page_is_the_same_for_all_who_keep_nothing_and_private_for_the_others(
    client: Client, choir: Service, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = client.get(choir.get_absolute_url())
    assert "csrftoken" not in page.cookies
    assert "private" not in page.headers.get("Cache-Control", "")
    keep(client, choir)
    assert "private" in client.get(choir.get_absolute_url()).headers["Cache-Control"]
    with django_assert_num_queries(0):
        client.get("/about/")


def test_things_are_moved_taken_off_and_emptied(client: Client, choir: Service) -> None:
    garden = listed("Garden")
    keep(client, choir, garden)
    moved = post(client, "/my-list/change/", {"up": str(garden.pk)}, headers={"Origin": HERE})
    assert moved["Location"] == f"/my-list/#entry-{garden.pk}"
    page = client.get("/my-list/").content.decode()
    assert page.index("Garden") < page.index("Sing Anyway")
    post(client, "/my-list/keep/", {"unkeep": str(garden.pk)}, headers={"Origin": HERE})
    assert "Garden" not in client.get("/my-list/").content.decode()
    post(client, "/my-list/change/", {"empty": "yes"}, headers={"Origin": HERE})
    assert "Nothing on it yet" in client.get("/my-list/").content.decode()


def test_what_to_know_before_going_stands_on_the_list(client: Client, choir: Service) -> None:
    choir.alert = "The lift is out of order."
    choir.save()
    refresh([choir.pk])
    keep(client, choir)
    assert "The lift is out of order." in client.get("/my-list/").content.decode()


def test_a_full_list_says_so(client: Client, choir: Service) -> None:
    client.cookies[chosen.COOKIE] = chosen.written(tuple(uuid4() for _ in range(chosen.MOST)))
    assert "Your list is full" in keep(client, choir, came_from="").content.decode()


def test_a_story_is_answered_again_with_the_thing_kept(client: Client, choir: Service) -> None:
    answer = post(client, "/suggestions/", {"story": "I love singing", "near": "", "keep": str(choir.pk)})
    assert answer.status_code == 200
    assert chosen.read(answer.cookies[chosen.COOKIE].value) == (choir.pk,)
    assert "(1)" in answer.content.decode()


def test_a_short_address_leads_to_its_service_however_it_is_typed(client: Client, choir: Service) -> None:
    keep(client, choir)
    text = client.get("/my-list/text/").content.decode()
    found = re.search(r"testserver(/s/\w+)", text)
    assert found
    for address in (found[1], found[1].upper().replace("/S/", "/s/"), found[1] + "/"):
        assert client.get(address).headers["Location"] == choir.get_absolute_url()
    assert client.get("/s/zzzzz").status_code == 404


def test_a_list_on_paper_leads_back_to_the_list(client: Client, choir: Service) -> None:
    keep(client, choir)
    client.get("/my-list/list.pdf")
    code = found_code()
    page = Client().get(f"/my-list/from-paper/?s={code}.zzzzz")
    assert "Sing Anyway choir" in page.content.decode()
    other = Client()
    post(other, "/my-list/change/", {"take": str(choir.pk)}, headers={"Origin": HERE})
    assert "Sing Anyway choir" in other.get("/my-list/").content.decode()
    assert "None of what stood there" in Client().get("/my-list/from-paper/").content.decode()


def found_code() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM handouts_shortaddress")
        return str(cursor.fetchone()[0])


def test_a_text_to_oneself_leaves_once_and_the_number_is_forgotten(client: Client, choir: Service) -> None:
    keep(client, choir)
    occasion = str(uuid4())
    first, again = (send(client, MOBILE, occasion=occasion) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    message = Message.objects.get()
    assert message.to == "+447700900123"
    assert message.body.startswith("Sing Anyway choir")
    deliver(message.pk, by="worker", at=timezone.now())
    stored = everything_stored()
    assert "7700900123" not in stored
    assert "Every Tuesday, 7pm to 8:30pm: 020" not in stored


def test_an_email_to_oneself_has_all_of_it_and_a_subject_that_tells_nothing(
    client: Client, choir: Service
) -> None:
    keep(client, choir)
    assert send(client, "name@example.com", "email").status_code == 200
    message = Message.objects.get()
    assert message.subject == "What you kept"
    for words in ("020 7946 0123", "Come along.", "116 123", f"{HERE}/s/"):
        assert words in message.body


@pytest.mark.parametrize("to", ["020 7946 0018", "", "07700 9001", "+33 6 12 34 56 78"])
def test_a_number_that_cannot_be_right_is_answered_with_what_to_do(
    client: Client, choir: Service, to: str
) -> None:
    keep(client, choir)
    answer = send(client, to)
    assert answer.status_code == 422
    assert not Message.objects.exists()
    assert f'value="{to}"' in answer.content.decode() or not to


def test_nobody_can_be_pestered(client: Client, choir: Service, settings: LazySettings) -> None:
    keep(client, choir)
    answers = [send(client, MOBILE).status_code for _ in range(settings.HANDOUTS_PER_ADDRESS_A_DAY + 1)]
    assert answers[-2:] == [200, 422]
    assert Message.objects.count() == settings.HANDOUTS_PER_ADDRESS_A_DAY
    messaging.stop(Channel.TEXT, "+447700900124", by="them", at=timezone.now())
    assert "asked us to send nothing more" in send(client, "07700 900124").content.decode()


def test_where_nothing_can_be_sent_it_is_not_offered(
    client: Client, choir: Service, settings: LazySettings
) -> None:
    settings.MESSAGES = {"text": "", "email": "console", "letter": ""}
    keep(client, choir)
    page = client.get("/my-list/").content.decode()
    assert "Text it to me" not in page
    assert "E-mail it to me" in page
    assert client.get("/my-list/text/").status_code == 404


def read(answer: Any) -> pypdf.PdfReader:
    assert answer.headers["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(answer.content))


def test_the_list_on_paper_has_what_is_needed_and_is_tagged(client: Client, choir: Service) -> None:
    keep(client, choir, listed("Garden"))
    pdf = read(client.get("/my-list/list.pdf"))
    text = pdf.pages[0].extract_text()
    for words in (
        "Sing Anyway choir",
        "020 7946 0123",
        "Every Tuesday",
        "St Wulfric",
        "testserver/s/",
        "116 123",
    ):
        assert words in text
    assert len(pdf.pages) == 1
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_twenty_things_fit_on_two_pages(client: Client) -> None:
    keep(client, *(listed(f"A group that meets for tea number {number}") for number in range(chosen.MOST)))
    assert len(read(client.get("/my-list/list.pdf")).pages) <= 2


def test_a_leaflet_starts_with_the_number(client: Client, choir: Service) -> None:
    pdf = read(client.get(f"/my-list/services/{choir.pk}/leaflet.pdf"))
    text = pdf.pages[0].extract_text()
    assert text.index("Sing Anyway choir") < text.index("020 7946 0123") < text.index("Every Tuesday")
    assert client.get(f"/my-list/services/{uuid4()}/leaflet.pdf").status_code == 404


@pytest.mark.parametrize("number", [1, 7, 20])
def test_a_list_to_fold_is_one_sheet_with_everything_on_it(client: Client, number: int) -> None:
    keep(client, *(listed(f"Choir {each} of the long street") for each in range(number)))
    pdf = read(client.get("/my-list/folded.pdf"))

    assert [(page.mediabox.width > page.mediabox.height) for page in pdf.pages] == [True, True]
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert [each for each in range(number) if f"Choir {each} of" not in text] == []
    assert text.count("020 7946 0123") == number
    assert "116 123" in text
    root: Any = pdf.trailer["/Root"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_a_service_to_fold_has_its_cover_on_the_right_of_the_first_side(
    client: Client, choir: Service
) -> None:
    choir.description = "We sing what we like. " * 300
    choir.save()
    refresh([choir.pk])
    pdf = read(client.get(f"/my-list/services/{choir.pk}/folded.pdf"))

    assert len(pdf.pages) == 2
    lines = pdf.pages[0].extract_text(extraction_mode="layout").splitlines()
    (cover,) = (line for line in lines if "Sing Anyway" in line)
    (back,) = (line for line in lines if "If it cannot wait" in line)
    assert cover.index("Sing Anyway") > back.index("If it") + 20
    inside = pdf.pages[1].extract_text()
    assert "We sing what we like" in inside
    assert "Every Tuesday" in inside


def test_nothing_to_fold_leads_back_to_the_list(client: Client) -> None:
    assert client.get("/my-list/folded.pdf").status_code == 302
    assert client.get(f"/my-list/services/{uuid4()}/folded.pdf").status_code == 404


def test_making_a_page_for_paper_fetches_nothing() -> None:
    hostile = '<img src="https://elsewhere.example/x.png"><img src="file:///etc/hostname"><p>Words</p>'
    assert paper.laid_out(hostile).startswith(b"%PDF")


def test_without_pango_the_page_says_how_to_print(
    client: Client, choir: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "can_be_made", lambda: False)
    keep(client, choir)
    assert "press Ctrl and P" in client.get("/my-list/").content.decode()
    answer = client.get("/my-list/list.pdf")
    assert (answer.status_code, "press Ctrl and P" in answer.content.decode()) == (503, True)
