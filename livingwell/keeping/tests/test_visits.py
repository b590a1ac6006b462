"""Reading what people who went wrote, before others read it."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from livingwell.directory.actions import visits
from livingwell.directory.models import Visit
from livingwell.directory.tests import make
from livingwell.people.tests.make import editor, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def test_an_editor_shows_it_and_then_it_stands_on_the_page(client: Client) -> None:
    said = {"welcome": "Bea, with tea"}
    visit = visits.tell(make.service(), said, went_on=date(2026, 10, 1), by="a visitor", at=NOW)
    staff = signed_in(editor())
    assert "Bea, with tea" in staff.get("/keeping/visits/").content.decode()

    staff.post(f"/keeping/visits/{visit.pk}/", {"outcome": "show"})

    assert "Bea, with tea" in client.get(visit.service.get_absolute_url()).content.decode()
    assert client.post(f"/keeping/visits/{visit.pk}/", {"outcome": "leave"}).status_code == 302
    assert Visit.objects.get().welcome == "Bea, with tea"
