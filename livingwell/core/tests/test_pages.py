"""The frame around every page, and the pages for when something went wrong."""

import gzip
import re
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import resolve

from livingwell.core import middleware, views
from livingwell.core.errors import Refusal

BUILT = Path(__file__).parents[1] / "static" / "build"
CRISIS_LINKS = ("tel:999", "tel:111", "tel:116123", "sms:85258?body=SHOUT")
KILOBYTE = 1024


def _page(status: int, **context: object) -> str:
    return render_to_string(
        f"core/errors/{status}.jinja", context, request=RequestFactory().get("/somewhere/")
    )


def test_every_address_in_the_frame_leads_to_a_page() -> None:
    addresses = set(re.findall(r'href="(/[a-z/-]*)"', _page(404)))

    assert "/numbers/" in addresses
    for address in addresses:
        assert resolve(address).view_name


@pytest.mark.parametrize("status", [400, 403, 404, 409, 429, 500])
def test_urgent_help_stands_on_every_page_even_when_all_else_fails(status: int) -> None:
    page = _page(status)

    assert all(f'href="{link}"' in page for link in CRISIS_LINKS)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 429, 500])
def test_a_page_holds_no_script_or_style_of_its_own(status: int) -> None:
    page = _page(status)

    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", page)


def test_the_page_for_a_broken_site_needs_nothing_that_may_be_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise AssertionError("asked for")

    monkeypatch.setattr("django.urls.reverse", fail)
    monkeypatch.setattr("livingwell.core.templating.site", fail)
    monkeypatch.setattr("django.contrib.staticfiles.storage.staticfiles_storage.url", fail)

    response = views.broken(HttpRequest())

    assert response.status_code == 500
    assert "116 123" in response.content.decode()


def test_an_unknown_host_gets_a_page_and_not_a_crash() -> None:
    response = Client(raise_request_exception=False).get("/", headers={"host": "somebody-else.example"})

    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()


def test_a_page_that_is_not_there_shows_two_ways_on() -> None:
    response = Client().get("/no-such-page/")

    assert response.status_code == 404
    assert 'href="/directory/"' in response.content.decode()


def test_a_form_from_elsewhere_is_told_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/suggestions/", {"story": "I miss singing"})
    page = response.content.decode()

    assert response.status_code == 403
    assert "Go back one page" in page
    assert "singing" not in page


def test_a_refusal_shows_its_reason() -> None:
    refused = middleware.RefusalMiddleware(lambda request: views.broken(request))
    response = refused.process_exception(RequestFactory().get("/"), Refusal("This room is taken."))

    assert response is not None
    assert response.status_code == 409
    assert "This room is taken." in response.content.decode()


def test_a_first_visit_weighs_less_than_forty_kilobytes() -> None:
    if not (BUILT / "main.css").exists():
        pytest.skip("The front end is not built: run npm ci --ignore-scripts && npm run build.")
    parts = [Client().get("/").content, (BUILT / "main.css").read_bytes(), (BUILT / "main.js").read_bytes()]

    assert sum(len(gzip.compress(part)) for part in parts) < 40 * KILOBYTE
