"""What goes to a receiver about somebody is shown to that person."""

from __future__ import annotations

import pytest

from livingwell.consent.tests import make as persons
from livingwell.contacting.models import Letter
from livingwell.people.tests.make import signed_in
from livingwell.referrals.tests import make

pytestmark = pytest.mark.django_db


def test_what_went_to_a_receiver_is_shown_without_the_receivers_link() -> None:
    person = persons.page_of()
    assert person.account
    make.sent(person)
    page = signed_in(person.account).get(f"/page/{person.pk}/messages/").content.decode()
    assert "E-mail to Choir for everyone" in page
    assert "(a link)" in page
    assert "/answer/" not in page


def test_a_deleted_page_takes_it_along() -> None:
    person = persons.page_of()
    assert person.account
    make.sent(person)
    signed_in(person.account).post(f"/page/{person.pk}/take-away/delete/", {"sure": "yes"})
    assert not Letter.objects.exists()
