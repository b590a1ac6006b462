"""The page about open data, and what pages of the directory tell programs that come by."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from livingwell.opendata.tests.make import everything

pytestmark = pytest.mark.django_db


def test_the_page_says_where_everything_is_and_each_address_answers() -> None:
    made = everything()
    page = Client().get("/open/").content.decode()
    addresses = set(re.findall(r">http://testserver(/open/[^<{]+)<", page))

    assert f"/open/calendar/services/{made.pk}.ics" in addresses
    assert len(addresses) >= 11
    assert "for 90 days" in page
    for address in addresses - {
        "/open/hsds/services?search=singing&amp;postcode=SW2&amp;proximity=3000&amp;day=TU"
    }:
        assert Client().get(address.replace("&amp;", "&")).status_code == 200, address


def test_every_page_leads_to_the_open_data() -> None:
    assert '<a href="/open/">' in Client().get("/about/").content.decode()


def test_a_service_says_in_its_head_where_programs_read_it() -> None:
    made = everything()
    page = Client().get(made.get_absolute_url()).content.decode()
    found = dict(re.findall(r'<link rel="alternate" type="([^"]+)" href="http://testserver([^"]+)"', page))

    assert Client().get(found["application/json"]).json()["id"] == str(made.pk)
    assert b"BEGIN:VCALENDAR" in Client().get(found["text/calendar"]).content


def _said(address: str) -> dict[str, Any]:
    page = Client().get(address).content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    said: dict[str, Any] = json.loads(data)
    return said


def test_what_a_page_says_in_schema_org_is_what_the_interface_says() -> None:
    made = everything()
    page, api = _said(made.get_absolute_url()), Client().get(f"/open/hsds/services/{made.pk}").json()

    assert page["@context"] == "https://schema.org"
    assert (page["@type"], page["name"], page["url"]) == ("Service", api["name"], api["page"])
    assert page["provider"]["name"] == api["organization"]["name"]
    place = page["availableChannel"][0]["serviceLocation"]
    address = api["service_at_locations"][0]["location"]["addresses"][0]
    assert place["address"]["postalCode"] == address["postal_code"]
    body = _said(made.organization.get_absolute_url())
    assert (body["@type"], body["name"]) == ("Organization", api["organization"]["name"])
    assert body["identifier"][0]["value"] == api["organization"]["organization_identifiers"][0]["identifier"]
