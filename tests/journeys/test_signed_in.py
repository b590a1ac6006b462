"""What holds for the pages of those who are signed in: their own, and that of somebody with whom they walk."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.urls import get_resolver

from livingwell.consent.models import Person
from livingwell.people.invented import INVENTED
from tests.journeys.conftest import PHONE, for_good, sign_in_as
from tests.journeys.test_every_page import complaints
from tests.test_architecture import addresses

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

A_PAGE = "page/<uuid:pk>/"


@pytest.fixture(scope="module")
def pages(site: str) -> None:
    """The invented people's pages, as the demonstration has them."""
    for_good(lambda: call_command("show_pages", verbosity=0))


def every_address(whose: str) -> list[str]:
    """Each address that names nothing, or nothing more than somebody's page."""
    account = next(one.pk for one in INVENTED if one.slug == whose)
    pk = for_good(lambda: Person.objects.get(account=account).pk)
    found = (address.replace(A_PAGE, f"page/{pk}/") for address in addresses(get_resolver()))
    return [f"/{address}" for address in found if "<" not in address and "^" not in address]


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(
    ("slug", "whose"),
    [("lloyd", "lloyd"), ("sara", "magda"), ("ama", "mary"), ("gp", "lloyd"), ("privacy-lead", "mary")],
)
def test_each_page_of_somebody_who_is_signed_in(
    context: BrowserContext, site: str, slug: str, whose: str
) -> None:
    """Axe finds nothing, and on a small phone nothing has to be scrolled sideways."""
    sign_in_as(slug, context, site)
    page = context.new_page()
    page.set_viewport_size(PHONE)
    seen = 0
    for address in every_address(whose):
        answer = context.request.get(address, max_redirects=0)
        signed_in_only = "no-store" in answer.headers.get("cache-control", "")
        if not (
            answer.status == HTTPStatus.OK
            and signed_in_only
            and "text/html" in answer.headers["content-type"]
        ):
            continue
        page.goto(address)
        assert complaints(page) == [], address
        assert page.locator("html").evaluate("page => page.scrollWidth") <= PHONE["width"], address
        seen += 1
    assert seen >= 5
