import json
import re
from typing import Any

import pytest
from django.test import Client

from livingwell.directory.models import Location, Phone
from livingwell.directory.tests.entries import (
    BRIXTON,
    full_service,
    organization,
    refreshed,
    service,
    text_of,
)

pytestmark = pytest.mark.django_db
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_of(response: Any) -> dict[str, Any]:
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL
    )
    assert len(found) == 1
    assert "<" not in found[0]
    read: dict[str, Any] = json.loads(found[0])
    return read


def test_a_service_is_said_in_the_words_of_schema_org(client: Client) -> None:
    made = full_service()
    response = client.get(made.get_absolute_url())
    data = data_of(response)

    assert (data["@context"], data["@type"], data["name"]) == (
        "https://schema.org",
        "Service",
        "Effra <Gospel> Choir",
    )
    assert data["url"] == f"http://testserver{made.get_absolute_url()}"
    assert data["provider"]["name"] == "Neighbours of Effra"
    assert data["hoursAvailable"] == [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": ["Monday"], "opens": "18:30", "closes": "20:00"}
    ]
    place = data["availableChannel"][0]["serviceLocation"]
    assert place["address"]["postalCode"] == "SW2 1JG"
    assert place["geo"]["latitude"] == BRIXTON[0]
    assert data["areaServed"] == ["Lambeth"]


def test_the_data_cannot_end_its_script(client: Client) -> None:
    words = "</script><script>alert(1)</script> & <!-- \u2028"
    made = service("Rosewood", words)
    refreshed(made)
    data = data_of(client.get(made.get_absolute_url()))

    assert data["description"].startswith("</script><script>alert(1)</script> & <!--")


def test_data_is_no_script_so_the_policy_stands_as_strict_as_before(client: Client) -> None:
    policy = client.get(full_service().get_absolute_url()).headers["Content-Security-Policy"]

    assert "script-src 'self';" in f"{policy};"
    assert "unsafe" not in policy


def test_a_point_that_is_only_of_the_area_is_not_given_as_the_door(client: Client) -> None:
    made = service("Rosewood", at=BRIXTON)
    Location.objects.update(approximate=True)
    refreshed(made)
    response = client.get(made.get_absolute_url())

    assert "geo" not in data_of(response)["availableChannel"][0]["serviceLocation"]
    assert "we only know the area" in text_of(response)


def test_an_organization_is_said_in_the_words_of_schema_org(client: Client) -> None:
    made = organization(
        "Neighbours of Effra", website="effra.example", description="We look out for each other."
    )
    Phone.objects.create(organization=made, number="020 7946 0123")
    data = data_of(client.get(made.get_absolute_url()))

    assert (data["@type"], data["url"], data["telephone"]) == (
        "Organization",
        "https://effra.example",
        "02079460123",
    )
