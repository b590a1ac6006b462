"""What to expect when you go, told by people who went."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from livingwell.core.errors import Refusal
from livingwell.directory.actions import visits
from livingwell.directory.models import Visit, VisitStatus
from livingwell.directory.queries.visits import how_many_wait, shown, waiting
from livingwell.directory.tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def told(**said: str) -> Visit:
    said = said or {"entrance": "The blue door beside the chemist"}
    return visits.tell(make.service(), said, went_on=date(2026, 10, 14), by="a visitor", at=NOW)


def test_nobody_reads_it_before_somebody_has_read_it() -> None:
    visit = told()

    assert shown(visit.service_id) == ()
    assert [each.pk for each in waiting()] == [visit.pk]

    visits.show(visit, by="Edna", at=NOW)

    ((heading, answer),) = shown(visit.service_id)[0].answers
    assert (heading, answer) == ("Finding the way in", "The blue door beside the chemist")
    assert how_many_wait() == 0


def test_the_day_is_forgotten_and_only_the_month_kept() -> None:
    assert told().went_on == date(2026, 10, 1)


def test_what_is_left_out_is_deleted() -> None:
    visit = told(anything="Ask for Joe Bloggs of 7 Acre Lane")

    visits.leave_out(visit, by="Edna", at=NOW)

    assert visit.anything == ""
    assert visit.status == VisitStatus.NOT_SHOWN


def test_what_was_decided_is_not_decided_twice() -> None:
    visit = told()
    visits.leave_out(visit, by="Edna", at=NOW)

    with pytest.raises(Refusal, match="decided about this already"):
        visits.show(visit, by="Edna", at=NOW)


def test_the_database_keeps_no_words_of_what_is_not_shown() -> None:
    visit = told()
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(status="not shown", decided_at=NOW, decided_by="Edna")


def test_an_empty_form_says_what_to_do_and_a_full_one_thanks(client: Client) -> None:
    service = make.service()
    page = f"/directory/services/{service.pk}/been-there/"
    month = f"{datetime.now(tz=UTC):%Y-%m}-01"

    empty = client.post(page, {"went_on": month})
    assert "Write something in at least one of the boxes." in empty.content.decode()
    full = client.post(page, {"went_on": month, "welcome": "Bea, with tea"})
    assert "Thank you" in full.content.decode()
    assert Visit.objects.get().welcome == "Bea, with tea"
