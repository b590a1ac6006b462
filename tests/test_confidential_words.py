"""What people wrote of a place before and after it became confidential does not tell where it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from livingwell.directory.actions import editing, merging, private, visits
from livingwell.directory.models import About, Assured, How, PrivateSite, Service, Version
from livingwell.directory.tests.test_private import tables_that_tell
from livingwell.keeping.actions import answers, calls, reports
from livingwell.keeping.actions.private import keep_private, silence_all
from livingwell.keeping.models import Call
from livingwell.keeping.tests.make import entry, refuge

pytestmark = pytest.mark.django_db
TOLD = "Come round to 7 Quillfeather Mews, SE5 7QX"
SITE = "https://livingwell.example"


def everybody_tells(service: Service) -> None:
    """A visitor, a reporter, the group and a volunteer each write where it is, wherever they can write."""
    at = timezone.now()
    visits.tell(service, {"entrance": TOLD}, went_on=date(2026, 5, 1), by="a visitor", at=at)
    report = reports.say(service, About.WHERE, address="192.0.2.1", site=SITE, at=at)
    reports.add_words(report, TOLD)
    by: Any = {"how": Assured.LINK, "by": "choir@example.org", "at": at}
    answers.correct(
        service, {"fees_description": f"Free. {TOLD}", "name": f"Harbour, {TOLD}"}, note=TOLD, **by
    )
    answers.still_right(service, note=TOLD, **by)
    editing.change(service, {"description": TOLD}, by="edna@example.org", how=How.SCREEN, at=at, note=TOLD)
    turn = Call.objects.create(
        service=service, opened_at=at, opened_by="win@example.org", held_until=at + timedelta(minutes=15)
    )
    calls.no_answer(turn, by="win@example.org", at=at, note=TOLD)
    answers.has_closed(service, note=f"Moved. {TOLD}", **by)


def test_what_was_written_before_is_silenced_with_it() -> None:
    service = refuge(kind="service")
    everybody_tells(service)
    assert len(tables_that_tell()) > 6

    keep_private(service, by="edna@example.org", at=timezone.now())

    assert tables_that_tell() == {"directory_privatesite"}


def test_what_becomes_confidential_by_its_list_is_silenced_too() -> None:
    service = refuge(kind="service")
    everybody_tells(service)

    private.make_confidential(service, by="Havens of the south", at=timezone.now())
    silence_all()

    assert tables_that_tell() == {"directory_privatesite"}


def test_what_was_made_one_with_it_is_silenced_with_it() -> None:
    service, other = refuge(kind="service"), refuge("Harbour House", kind="service")
    merging.merge("service", service.pk, other.pk, choose=["locations"], by="edna", at=timezone.now())

    keep_private(service, by="edna@example.org", at=timezone.now())

    assert tables_that_tell() == {"directory_privatesite"}


def test_where_it_is_can_be_written_though_nobody_knew_it() -> None:
    service = entry("Harbour Refuge")
    keep_private(service, by="edna@example.org", at=timezone.now())
    new = {"name": "Gosling Hall", "addresses": [{"address_1": "12 Gosling Row", "postal_code": "SE5 8ZZ"}]}

    editing.change(service, {"locations": [new]}, by="edna@example.org", how=How.SCREEN, at=timezone.now())

    assert "12 Gosling Row" in PrivateSite.objects.get(service=service).words


def test_what_is_written_afterwards_is_silenced_as_it_comes() -> None:
    service = refuge(kind="service")
    keep_private(service, by="edna@example.org", at=timezone.now())

    everybody_tells(service)

    assert tables_that_tell() == {"directory_privatesite"}


def test_an_editor_who_writes_its_place_into_the_entry_writes_it_into_the_private_site() -> None:
    service = refuge(kind="service")
    keep_private(service, by="edna@example.org", at=timezone.now())
    new = {"name": "Gosling Hall", "addresses": [{"address_1": "12 Gosling Row", "postal_code": "SE5 8ZZ"}]}

    editing.change(service, {"locations": [new]}, by="edna@example.org", how=How.SCREEN, at=timezone.now())

    assert "12 Gosling Row" in PrivateSite.objects.get(service=service).words
    assert "Gosling" not in str(list(Version.objects.values_list("content", flat=True)))


def test_an_old_version_put_back_does_not_make_it_public() -> None:
    service = refuge(kind="service")
    editing.change(service, {"alert": "Ring first"}, by="edna", how=How.SCREEN, at=timezone.now())
    keep_private(service, by="edna@example.org", at=timezone.now())
    first = Version.objects.filter(service=service).earliest("number")

    editing.restore(first, by="edna", at=timezone.now())

    service.refresh_from_db()
    assert service.is_confidential
    assert tables_that_tell() == {"directory_privatesite"}
