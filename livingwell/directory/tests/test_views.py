import re
from datetime import time
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from livingwell.directory.models import (
    Phone,
    Schedule,
)
from livingwell.directory.tests.entries import (
    BRIXTON,
    full_service,
    place_name,
    refreshed,
    service,
    text_of,
    weekly,
)
from livingwell.directory.tests.make import tagged

pytestmark = pytest.mark.django_db
SEARCH = "/directory/"


def test_the_page_of_a_service_says_all_that_is_known(client: Client) -> None:
    made = full_service()
    response = client.get(made.get_absolute_url())
    page = text_of(response)

    assert response.status_code == 200
    for words in (
        *(
            "Effra &lt;Gospel&gt; Choir",
            "Neighbours of Effra",
            "We sing together.",
            "Somebody at the door says hello.",
        ),
        *("Every Monday, 6:30pm to 8pm", "1 Rushcroft Road", "SW2 1JG", "£3 (If you can)", "Drop in."),
        *("Anyone who likes singing", "Age 18 and over", "A bottle of water", "Portuguese", "BSL on request"),
        *(
            "No steps to get in: yes",
            "Hearing loop: yes",
            "Lambeth",
            "Room for more tenors",
            "The lift is out of order",
        ),
        *("Confirmed Tuesday 3 March 2026 by Ade of the choir", "Invented for this demonstration", "A group"),
        *(
            "Ring 020 7946 0123",
            "Evenings",
            "Text 07700 900000",
            "sing@choir.example",
            "choir.example",
            "Singing",
        ),
    ):
        assert words in page
    html = response.content.decode()
    assert 'href="tel:02079460123"' in html
    assert 'href="sms:07700900000"' in html
    assert re.search(r'href="https://www.openstreetmap.org/\?[^"]+" rel="noopener noreferrer"', html)


def test_what_is_not_known_is_said_to_be_not_known(client: Client) -> None:
    made = service("Rosewood", at=BRIXTON)
    refreshed(made)
    page = text_of(client.get(made.get_absolute_url()))

    assert "Cost Not known: ask" in page
    assert "Not known, so ask: no steps to get in, accessible toilet" in page
    assert "Not confirmed yet" in page
    assert "None" not in page


def test_a_page_asks_nothing_of_anybody_else(client: Client) -> None:
    """Links may lead away; nothing is fetched from elsewhere, no script or style stands in the page."""
    html = client.get(full_service().get_absolute_url()).content.decode()

    assert not re.search(r'<(?:img|script|iframe|source)[^>]+src="(?:https?:)?//', html)
    assert not re.search(r'<link(?! rel="(?:canonical|alternate)")[^>]+href="(?:https?:)?//', html)
    assert not re.search(r'<script(?![^>]*(?:src=|type="application/ld\+json"))', html)
    assert " style=" not in html


def test_links_that_are_no_web_addresses_are_not_links(client: Client) -> None:
    made = service("Rosewood", url="javascript:alert(1)")
    refreshed(made)

    assert "javascript:alert" not in re.sub(
        r">[^<]*<", "><", client.get(made.get_absolute_url()).content.decode()
    )


def test_search_engines_and_friends_see_a_title_a_sentence_and_one_address(
    client: Client, settings: Settings
) -> None:
    settings.SITE_URL = "https://effra.example"
    made = service("Rosewood", "A quiet garden.")
    refreshed(made)
    html = client.get(f"{made.get_absolute_url()}?from=somewhere").content.decode()

    assert f'<link rel="canonical" href="https://effra.example{made.get_absolute_url()}">' in html
    assert '<meta name="description" content="A quiet garden.">' in html
    assert '<meta property="og:title" content="Rosewood' in html
    assert "noindex" not in html


def test_what_is_invented_is_kept_from_search_engines(client: Client) -> None:
    made = full_service()

    assert '<meta name="robots" content="noindex">' in client.get(made.get_absolute_url()).content.decode()
    assert str(made.pk) not in client.get("/directory/sitemap-services.xml").content.decode()


def test_what_has_closed_for_good_says_so_and_where_else_to_look(client: Client) -> None:
    made = service("Rosewood", themes=("debt",), status="defunct")
    response = client.get(made.get_absolute_url())

    assert response.status_code == 410
    assert "Rosewood has closed" in text_of(response)
    assert "/directory/themes/debt/" in response.content.decode()
    assert "116 123" in text_of(response)


def test_what_is_closed_for_now_says_so(client: Client) -> None:
    made = service("Rosewood", status="temporarily closed")
    refreshed(made)

    assert "Closed for now." in text_of(client.get(made.get_absolute_url()))
    assert "Closed for now." in text_of(client.get(SEARCH, {"q": "rosewood"}))


@pytest.mark.parametrize("address", ["services", "organizations"])
def test_what_never_was_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/directory/{address}/{uuid4()}/").status_code == 404


def test_the_page_of_an_organization_shows_what_it_offers(client: Client) -> None:
    made = full_service()
    service("Effra band", of=made.organization)
    refreshed()
    page = text_of(client.get(made.organization.get_absolute_url()))

    assert "Neighbours of Effra" in page
    assert "effra.example" in page
    assert "Effra &lt;Gospel&gt; Choir" in page
    assert "Effra band" in page


@pytest.mark.parametrize("others", [0, 12])
def test_pages_need_as_many_queries_for_much_as_for_little(
    client: Client, others: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = full_service()
    place_name("sw2", "SW2", BRIXTON)
    for number in range(others):
        more = service(f"Choir {number}", at=BRIXTON, of=made.organization)
        weekly(more, "TU", "10:00", "12:00")
        Phone.objects.create(service=more, number="020 7946 0000")
    refreshed()

    with django_assert_max_num_queries(34):
        client.get(made.get_absolute_url())
    with django_assert_max_num_queries(24):
        client.get(made.organization.get_absolute_url())
    with django_assert_max_num_queries(16):
        client.get(SEARCH, {"q": "choir", "near": "SW2", "day": "1"})
    with django_assert_max_num_queries(12):
        client.get("/directory/themes/singing/")


def test_a_result_says_what_one_decides_by(client: Client) -> None:
    full_service()
    place_name("sw2", "SW2", (51.4723, -0.1228))
    page = text_of(client.get(SEARCH, {"q": "gospel", "near": "SW2"}))

    for words in (
        *("1 found", "When Every Monday, 6:30pm to 8pm", "about 0.8 miles", "Cost £3", "Getting in Drop in."),
        *("Confirmed Tuesday 3 March 2026", "Invented for this demonstration"),
    ):
        assert words in page


def test_a_part_of_the_day_can_be_asked_for(client: Client) -> None:
    weekly(service("Lunch club"), "TU", "12:00", "14:00")
    weekly(service("Supper club"), "TU", "18:00", "20:00")
    refreshed()
    page = text_of(client.get(SEARCH, {"q": "club", "day": "1", "part": "evening"}))

    assert "Supper club" in page
    assert "Lunch club" not in page


def test_a_mended_word_can_be_taken_back(client: Client) -> None:
    refreshed(service("Ukulele band"))
    response = client.get(SEARCH, {"q": "ukuleke", "free": ""})

    assert "Showing results for ukulele" in text_of(response)
    assert "Search instead for ukuleke" in text_of(response)
    assert "Ukulele band" in text_of(response)
    taken_back = client.get(SEARCH, {"q": "ukuleke", "exact": "on"})
    assert "Ukulele band" not in text_of(taken_back)


def test_an_unknown_place_is_said_and_the_search_still_runs(client: Client) -> None:
    place_name("brixton", "Brixton", BRIXTON)
    refreshed(service("Effra Choir"))
    response = client.get(SEARCH, {"q": "choir", "near": "Brixtn"})

    assert "We don’t know where “Brixtn” is" in text_of(response)
    assert "Did you mean Brixton" in text_of(response)
    assert "Effra Choir" in text_of(response)
    assert 'value="Brixtn"' in response.content.decode()


def test_an_age_that_is_none_is_said_beside_the_field_and_kept(client: Client) -> None:
    refreshed(service("Effra Choir"))
    response = client.get(SEARCH, {"q": "choir", "age": "old"})

    assert text_of(response).count("Write the age as a number, like 54.") == 2
    assert 'value="old"' in response.content.decode()
    assert "Effra Choir" in text_of(response)


def test_nothing_found_offers_people_and_a_wider_search(client: Client) -> None:
    refreshed(service("Effra Choir"))
    response = client.get(SEARCH, {"q": "choir", "free": "on", "day": "2"})
    page = text_of(response)

    assert "We found nothing for this" in page
    assert "116 123" in page
    assert "111" in page
    wider = re.search(r'href="(/directory/\?[^"]+)"[^>]*>\s*Look more widely', response.content.decode())
    assert wider is not None
    assert "Effra Choir" in text_of(client.get(wider[1].replace("&amp;", "&")))


def test_a_need_need_not_stand_in_an_address(client: Client) -> None:
    for number in range(25):
        service(f"Debt advice {number}")
    refreshed()
    response = client.post(SEARCH, {"q": "debt advice"})

    assert "25 found" in text_of(response)
    assert "debt+advice" not in response.content.decode()
    assert "5" in text_of(client.post(SEARCH, {"q": "debt advice", "page": "2"}))
    assert (
        len(
            re.findall(
                r'class="lw-card"', client.post(SEARCH, {"q": "debt advice", "page": "2"}).content.decode()
            )
        )
        == 5
    )


def test_a_posted_search_needs_its_token() -> None:
    assert Client(enforce_csrf_checks=True).post(SEARCH, {"q": "debt"}).status_code == 403


def test_pages_lead_on_and_back(client: Client) -> None:
    for number in range(25):
        service(f"Choir {number}")
    refreshed()
    first = client.get(SEARCH, {"q": "choir"}).content.decode()
    second = client.get(SEARCH, {"q": "choir", "page": "2"}).content.decode()

    assert "/directory/?q=choir&amp;page=2" in first
    assert "/directory/?q=choir&amp;page=1" in second


@pytest.mark.parametrize(
    "data",
    [{"day": "9"}, {"kind": "x"}, {"page": "-1"}, {"within": "7000"}, {"theme": "nope"}, {"q": "\x00"}],
)
def test_an_address_that_was_tampered_with_is_no_crash(client: Client, data: dict[str, str]) -> None:
    assert client.get(SEARCH, {"q": "choir", **data}).status_code == 200


def test_one_can_look_through_by_theme(client: Client) -> None:
    refreshed(service("Effra Choir"))

    assert "/directory/themes/singing/" in client.get("/directory/themes/").content.decode()
    assert "/directory/themes/singing/" in client.get(SEARCH).content.decode()
    assert "Effra Choir" in text_of(client.get("/directory/themes/singing/"))
    assert "116 123" in text_of(client.get("/directory/themes/fishing/"))
    assert client.get("/directory/themes/nope/").status_code == 404
    assert client.get("/directory/themes/offer-time/").status_code == 404


def test_the_sitemap_names_what_is_public(client: Client) -> None:
    shown, gone = service("Effra Choir"), service("Elmwood", status="defunct")
    index = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    addresses = [each.text or "" for each in index.iter() if each.tag.endswith("loc")]
    pages = "".join(
        client.get(address.removeprefix("http://testserver")).content.decode() for address in addresses
    )

    assert shown.get_absolute_url() in pages
    assert shown.organization.get_absolute_url() in pages
    assert "/directory/themes/debt/" in pages
    assert gone.get_absolute_url() not in pages
    assert "offer-time" not in pages


def test_times_at_one_place_stand_with_the_place(client: Client) -> None:
    made = service("Rosewood", at=BRIXTON)
    link = made.service_at_locations.get()
    Schedule.objects.create(
        service_at_location=link, freq="WEEKLY", byday="TU,TH", opens_at=time(10), closes_at=time(12)
    )
    refreshed(made)

    assert "Tuesdays and Thursdays, 10am to noon" in text_of(client.get(made.get_absolute_url()))


def test_a_search_that_names_no_distance_shows_the_usual_one(client: Client) -> None:
    for address in ("/directory/?q=choir", "/directory/?q=choir&near=SW2&free=on"):
        page = client.get(address).content.decode()

        assert re.search(r'<option value="5" selected', page), address
        assert not re.search(r'<option value="1" selected', page), address


def test_where_what_is_only_near_to_what_was_asked_for_begins_is_said(client: Client) -> None:
    tagged(service("Effra choir"), ["singing"])
    tagged(service("Fiddle night"), ["playing-music"])
    refreshed()
    page = text_of(client.get(SEARCH, {"q": "singing"}))

    assert "1 found" in page
    assert page.index("Effra choir") < page.index("Not quite what you asked for") < page.index("Fiddle night")


def test_where_all_is_only_near_a_human_is_offered_first(client: Client) -> None:
    tagged(service("Fiddle night"), ["playing-music"])
    refreshed()
    page = text_of(client.get(SEARCH, {"q": "singing"}))

    assert (
        page.index("We found nothing for this")
        < page.index("You can also ask a person")
        < page.index("Not quite what you asked for")
        < page.index("Fiddle night")
    )


def test_what_is_asked_for_alone_has_no_second_heading(client: Client) -> None:
    tagged(service("Effra choir"), ["singing"])
    refreshed()

    assert "Not quite what you asked for" not in text_of(client.get(SEARCH, {"q": "singing"}))
