"""Pictures under the map: only from where the settings say, and only what may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured

from livingwell.config import tiles
from livingwell.directory.actions.listing import refresh_all
from livingwell.directory.tests import make

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings


@pytest.mark.django_db
def test_a_map_with_tiles_says_whose_they_are_and_who_sees_what(client: Client, settings: Settings) -> None:
    settings.MAP_TILES = tiles.read(
        "https://tiles.example.org/{z}/{x}/{y}.png", "© Makers https://example.org/us"
    )
    make.at(make.service("Effra Choir"), make.location())
    refresh_all()
    page = client.get("/directory/", {"q": "choir"}).content.decode()

    assert 'data-tiles="https://tiles.example.org/{z}/{x}/{y}.png"' in page
    assert '<a href="https://example.org/us"' in page
    assert "The picture comes from tiles.example.org" in page


@pytest.mark.parametrize(
    ("template", "credit"),
    [
        ("https://tiles.example.org/{z}/{x}.png", "Makers"),
        ("http://tiles.example.org/{z}/{x}/{y}.png", "Makers"),
        ("https://{s}.example.org/{z}/{x}/{y}.png", "Makers"),
        ("https://*.example.org/{z}/{x}/{y}.png", "Makers"),
        ("https://a.example.org;script-src/{z}/{x}/{y}.png", "Makers"),
        ("https://tiles.example.org/{z}/{x}/{y}.png", " "),
    ],
)
def test_tiles_that_cannot_be_are_refused_at_the_start(template: str, credit: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MAP_TILES"):
        tiles.read(template, credit)


def test_tiles_of_ones_own_open_the_page_to_nobody() -> None:
    assert tiles.read("/tiles/{z}/{x}/{y}.png", "Us").origin == ""
    assert (
        tiles.read("https://t.example.org:8443/{z}/{x}/{y}.png", "Us").origin == "https://t.example.org:8443"
    )
