"""By which address an organization is written to."""

import pytest

from livingwell.directory.queries.emails import emails_of
from livingwell.directory.tests import make

pytestmark = pytest.mark.django_db


def reached(own: str, *services: str) -> str | None:
    organization = make.organization(email=own)
    for number, email in enumerate(services):
        make.service(f"Service {number}", organization=organization, email=email)
    return emails_of([organization.pk]).get(organization.pk)


def test_its_own_address_comes_first() -> None:
    assert reached("desk@example.org", "choir@example.org") == "desk@example.org"


def test_one_that_all_its_services_share_will_do() -> None:
    assert reached("", "choir@example.org", "", "choir@example.org") == "choir@example.org"


def test_among_several_nobody_guesses() -> None:
    assert reached("", "choir@example.org", "walks@example.org") is None


def test_without_any_there_is_none() -> None:
    assert reached("", "") is None
