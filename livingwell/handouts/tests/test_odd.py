"""What is odd: long, closed, gone, too much; a browser without cookies; a list that is full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from livingwell.directory.actions.listing import refresh
from livingwell.directory.models import Address, Service, Status
from livingwell.directory.tests import make
from livingwell.handouts import chosen
from livingwell.handouts.tests.test_views import keep, listed, read, send
from livingwell.messaging.models import Message

if TYPE_CHECKING:
    import pypdf
    from django.conf import LazySettings

pytestmark = pytest.mark.django_db
LONG = (
    "The partnership for the wellbeing of all who live in the north and the south of the borough and beyond"
)
ASK = "020 7946 0123 extension 12345 and ask for Maria"


def long_one(number: int) -> Service:
    """A service that says at length what it is called, where, when and whom to ring."""
    service = make.service(f"{number} {LONG}")
    make.phone(service, ASK)
    place = make.location(name=f"The hall {number} that everybody calls by another name, on the corner")
    Address.objects.create(
        location=place, address_1=f"{number}, {LONG}", city="London", postal_code="SW9 8AA", country="GB"
    )
    make.at(service, place)
    for day, hour in (("MO", "09"), ("WE", "11"), ("FR", "14")):
        make.weekly(service, day, f"{hour}:00", f"{hour}:45")
    refresh([service.pk])
    return service


def closed(service: Service, status: Status) -> Service:
    service.status = status
    service.save()
    refresh([service.pk])
    return service


def words_of(pdf: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_twenty_long_things_fit_on_two_pages_with_each_number_whole(client: Client) -> None:
    keep(client, *(long_one(number) for number in range(chosen.MOST)))
    pdf = read(client.get("/my-list/list.pdf"))

    assert len(pdf.pages) <= 2
    assert words_of(pdf).count("ask for Maria") == chosen.MOST


def test_few_long_things_are_told_whole(client: Client) -> None:
    keep(client, long_one(1), long_one(2))
    text = words_of(read(client.get("/my-list/list.pdf")))

    assert text.count("and beyond") >= 2
    assert "Not known: ask" in text  # the cost, which a crowded list leaves out


def test_twenty_things_of_the_usual_length_lose_nothing_on_paper(client: Client) -> None:
    service = [listed(f"A group that meets for tea number {number}") for number in range(chosen.MOST)]
    Service.objects.update(invented=True)
    refresh([each.pk for each in service])
    keep(client, *service)
    pdf = read(client.get("/my-list/list.pdf"))

    assert len(pdf.pages) <= 2
    assert words_of(pdf).count("St Wulfric’s hall") == chosen.MOST
    assert words_of(pdf).count("Invented for this demonstration") == 1, (
        "said once, for all that bear the sign"
    )


def test_a_word_without_end_stays_on_the_paper(client: Client) -> None:
    service = listed("Wellbeing" * 12)
    keep(client, service)

    for address in ("/my-list/list.pdf", f"/my-list/services/{service.pk}/leaflet.pdf"):
        pdf = read(client.get(address))
        assert "Wellbeing" * 12 not in pdf.pages[0].extract_text(), "it is broken into lines"


def test_what_is_closed_for_now_says_so_wherever_it_is_taken(client: Client) -> None:
    choir = closed(listed("Sing Anyway choir"), Status.TEMPORARILY_CLOSED)
    keep(client, choir, *(listed(f"Choir {number} of the long street") for number in range(9)))

    for sheet in ("list", "folded"):
        assert "Closed for now." in words_of(read(client.get(f"/my-list/{sheet}.pdf"))), sheet
    assert "Closed for now. Sing Anyway choir" in client.get("/my-list/text/").content.decode()
    send(client, "name@example.com", "email")
    assert "Closed for now." in Message.objects.get().body


def test_what_closed_for_good_is_named_and_can_be_taken_off(client: Client) -> None:
    choir, garden = listed("Sing Anyway choir"), listed("Garden")
    keep(client, choir, garden)
    closed(choir, Status.DEFUNCT)
    page = client.get("/my-list/").content.decode()

    assert "Not there any more" in page
    assert f'href="{choir.get_absolute_url()}"' in page
    assert f'name="unkeep" value="{choir.pk}"' in page
    assert "Not there any more: Sing Anyway choir" in words_of(read(client.get("/my-list/list.pdf")))


def test_a_full_list_says_so_even_where_there_is_a_way_back(client: Client) -> None:
    keep(client, *(listed(f"Choir {number}") for number in range(chosen.MOST)))
    answer = keep(client, listed("One too many"))

    assert answer.status_code == 200
    assert "Your list is full" in answer.content.decode()
    assert 'href="/directory/#keep-' in answer.content.decode()


def test_a_browser_without_cookies_is_told_that_nothing_was_kept() -> None:
    choir = listed("Sing Anyway choir")
    on_the_way = keep(Client(), choir).headers["Location"]

    page = Client().get(on_the_way).content.decode()
    assert "Your browser cannot keep a list" in page
    assert f'href="/directory/#keep-{choir.pk}"' in page


@pytest.mark.parametrize("back", ["//elsewhere.example/", "https://elsewhere.example/", "nonsense", ""])
def test_the_way_back_leads_nowhere_else(back: str) -> None:
    page = Client().get("/my-list/kept/", {"back": back}).content.decode()
    assert "elsewhere.example" not in page.split("<main")[1]


def test_slips_are_not_counted_and_too_many_from_one_place_keep_what_was_typed(
    client: Client, settings: LazySettings
) -> None:
    settings.HANDOUTS_PER_HOUR = 1
    keep(client, listed("Choir"))
    slips = [send(client, "nobody").status_code for _ in range(3)]
    first = send(client, "07700 900123")
    answer = send(client, "07700 900124")

    assert (slips, first.status_code, answer.status_code) == ([422] * 3, 200, 429)
    assert "Try again in an hour" in answer.content.decode()
    assert 'value="07700 900124"' in answer.content.decode()
    assert Message.objects.count() == 1


def test_where_a_thing_is_is_marked_as_the_words_of_the_service(client: Client) -> None:
    keep(client, long_one(1))
    page = client.get("/my-list/?lang=pt").content.decode()
    assert '<dd><span lang="en">The hall 1' in page
