"""The map: our own sketch, numbered as the list; asks nobody else unless tiles are set."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingwell.directory import sketch
from livingwell.directory.actions.listing import refresh_all
from livingwell.directory.tests import make

if TYPE_CHECKING:
    from django.test import Client

SEARCH = "/directory/"
degrees = st.tuples(st.floats(-85, 85), st.floats(-179, 179))


def place(number: int, latitude: float, longitude: float, **values: Any) -> sketch.Place:
    said: dict[str, Any] = {"title": f"Place {number}", "kind": "group", "kind_label": "A group", "where": ""}
    said |= {"address": "/", "card": "", "approximate": False} | values
    return sketch.Place(number=number, latitude=latitude, longitude=longitude, **said)


@given(st.lists(degrees, min_size=1, max_size=8))
def test_each_place_stands_on_the_sheet(points: list[tuple[float, float]]) -> None:
    drawing = sketch.draw([place(number, *point) for number, point in enumerate(points, start=1)])

    assert all(0 <= mark.x <= sketch.WIDE and 0 <= mark.y <= sketch.HIGH for mark in drawing.marks)
    assert drawing.marks


@given(st.lists(st.tuples(st.floats(51.41, 51.5), st.floats(-0.15, -0.08)), min_size=2, max_size=20))
def test_neither_marks_nor_names_lie_on_each_other(points: list[tuple[float, float]]) -> None:
    drawing = sketch.draw([place(number, *point) for number, point in enumerate(points, start=1)])

    marks = [(mark.x, mark.y) for mark in drawing.marks]
    for number, (x, y) in enumerate(marks):
        assert all(abs(x - a) + abs(y - b) >= sketch.TOGETHER for a, b in marks[:number])
    for name, x, y, _rank in drawing.names:
        assert not any(abs(x - a) < len(name) * 3.1 and abs(y - b) < 8 for a, b in marks), name


def test_places_at_one_door_share_a_mark_and_keep_their_numbers() -> None:
    (mark,) = sketch.draw([place(number, 51.46, -0.11) for number in (1, 4, 7)]).marks

    assert mark.text == "1, 4 …"


def test_a_place_known_only_by_its_area_is_a_soft_circle() -> None:
    about, exact = sketch.draw([place(1, 51.46, -0.11, approximate=True), place(2, 51.45, -0.13)]).marks

    assert about.about > 0
    assert exact.about == 0


def test_the_river_runs_from_west_to_east_north_of_the_borough() -> None:
    hand = sketch.drawn_by_hand()
    south, west, north, east = hand["bounds"]

    assert all(south < each[0] < north and west < each[1] < east for each in hand["borough"])
    assert all(earlier[1] < later[1] for earlier, later in pairwise(hand["river"]["line"]))
    assert all(south < each[1] < north and west < each[2] < east for each in hand["names"])


@pytest.mark.django_db
class TestPages:
    def choirs(self) -> None:
        for name, latitude, about in (("Effra Choir", 51.462, False), ("Rye Choir", 51.47, True)):
            make.at(make.service(name), make.location(latitude, -0.115, name="The hall", approximate=about))
        make.service("Choir by phone")
        refresh_all()

    def test_results_are_drawn_with_their_numbers_and_said_in_words(self, client: Client) -> None:
        self.choirs()
        page = client.get(SEARCH, {"q": "choir"}).content.decode()
        drawn = re.findall(r'<li value="(\d)" data-point="([^"]+)"', page)
        titles = re.findall(r'class="lw-card__title"[^>]*><a [^>]*>([^<]+)<', page)

        assert {titles[int(number) - 1]: point for number, point in drawn} == {
            "Effra Choir": "51.46200,-0.11500",
            "Rye Choir": "51.47000,-0.11500",
        }
        assert page.count('class="lw-sketch__about"') == 1
        assert "A sketch, not a survey" in page
        assert ">Brixton</text>" in page
        assert page.index("lw-card__title") < page.index("data-map")

    def test_a_posted_search_has_its_map_too(self, client: Client) -> None:
        self.choirs()

        assert 'data-point="51.46200,-0.11500"' in client.post(SEARCH, {"q": "choir"}).content.decode()

    def test_what_has_no_place_has_no_map(self, client: Client) -> None:
        made = make.service("Choir by phone")
        refresh_all()

        for address in (f"{SEARCH}?q=choir", made.get_absolute_url()):
            assert "data-map" not in client.get(address).content.decode()

    def test_a_service_and_a_theme_have_maps(self, client: Client) -> None:
        made = make.tagged(make.service("Effra Choir"), ["singing"])
        make.at(made, make.location(name="The hall"))
        refresh_all()

        for address in (made.get_absolute_url(), "/directory/themes/singing/"):
            assert 'data-point="51.46200,-0.11500"' in client.get(address).content.decode(), address

    def test_elsewhere_the_names_that_people_type_are_all_there_is(self, client: Client) -> None:
        make.at(make.service("Leeds Choir"), make.location(53.8, -1.55))
        make.place_name("Headingley", 53.806, -1.56)
        make.place_name("LS6", 53.807, -1.565)
        refresh_all()
        page = client.get(SEARCH, {"q": "choir"}).content.decode()

        assert ">Headingley</text>" in page
        assert ">LS6</text>" not in page
        assert "lw-sketch__river" not in page

    def test_nobody_else_is_asked_for_anything(self, client: Client) -> None:
        self.choirs()
        asked = client.get(SEARCH, {"q": "choir"})

        assert "data-tiles" not in asked.content.decode()
        assert "img-src 'self' data:;" in asked.headers["Content-Security-Policy"] + ";"

    def test_a_page_of_results_tells_programs_what_is_on_it(self, client: Client) -> None:
        self.choirs()
        page = client.get(SEARCH, {"q": "choir"}).content.decode()
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        said = json.loads(data)
        titles = re.findall(r'class="lw-card__title"[^>]*><a href="([^"]+)">([^<]+)<', page)

        assert said["@type"] == "ItemList"
        assert [(each["url"], each["name"]) for each in said["itemListElement"]] == [
            (f"http://testserver{address}", name) for address, name in titles
        ]
        assert [each["position"] for each in said["itemListElement"]] == [1, 2, 3]

    def test_a_service_with_times_leads_to_a_calendar(self, client: Client) -> None:
        made = make.service("Effra Choir")
        make.weekly(made, "TU", "18:00", "20:00")
        page = client.get(made.get_absolute_url()).content.decode()
        (address,) = re.findall(r'<a href="([^"]+)">Put it in my calendar', page)

        assert b"BEGIN:VCALENDAR" in client.get(address).content
