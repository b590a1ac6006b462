"""Standing in: from the first day to the last, no two at once, known to the person."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from livingwell.core.errors import Refusal
from livingwell.linkwork import actions, queries
from livingwell.linkwork.models import Cover
from livingwell.linkwork.tests import make
from livingwell.people.models import Account
from livingwell.people.tests.make import signed_in

pytestmark = pytest.mark.django_db


def arranged(
    away: Account, covering: Account, first: date, last: date, at_place: str = "Riverside Surgery"
) -> Cover:
    return actions.cover(
        away,
        covering,
        make.organization(at_place),
        from_on=first,
        until_on=last,
        by=away,
        at=timezone.now(),
    )


def day(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def test_who_stands_in_has_them_on_their_list_from_the_first_day_to_the_last() -> None:
    lena, max_ = make.worker(), make.worker("max")
    person = make.walked_with(lena)
    now = timezone.now()
    arranged(lena, max_, day(1), day(3))

    seen = [make.today(max_, at=now + timedelta(days=after)).walked_with for after in range(6)]

    assert seen == [0, 1, 1, 1, 0, 0]
    lead = queries.lead_of(person, max_, at=now + timedelta(days=2))
    assert lead
    assert (lead.name, lead.covered_by) == ("Lena", "Max")


def test_the_person_sees_who_stands_in_and_only_then() -> None:
    lena, max_ = make.worker(), make.worker("max")
    person = make.own_page_with(lena)
    assert person.account
    client = signed_in(person.account)
    assert "stands in" not in client.get(f"/page/{person.pk}/link-worker/").content.decode()

    arranged(lena, max_, day(0), day(3))

    assert "Max stands in" in client.get(f"/page/{person.pk}/link-worker/").content.decode()


def test_it_is_arranged_and_ended_on_a_page() -> None:
    lena, max_ = make.worker(), make.worker("max")
    place = make.organization().pk
    client = signed_in(max_)  # a colleague may do it: who is ill cannot
    asked = {
        "away": f"{lena.pk}:{place}",
        "covering": f"{max_.pk}:{place}",
        "from_on": f"{day(0):%d/%m/%Y}",
        "until_on": f"{day(5):%d/%m/%Y}",
    }

    assert client.post("/walking-with/cover/", asked).status_code == 302
    assert "You stand in for Lena" in client.get("/walking-with/").content.decode()
    client.post("/walking-with/cover/", {"end": Cover.objects.get().pk})

    assert "You stand in for Lena" not in client.get("/walking-with/").content.decode()


def test_no_two_stand_in_for_one_at_once() -> None:
    lena, max_, nina = make.worker(), make.worker("max"), make.worker("nina")
    arranged(lena, max_, day(1), day(5))

    with pytest.raises(Refusal, match="already"):
        arranged(lena, nina, day(5), day(8))
    arranged(lena, nina, day(6), day(8))


def test_the_database_itself_refuses_a_second_at_once() -> None:
    lena, max_, nina = make.worker(), make.worker("max"), make.worker("nina")
    held = arranged(lena, max_, day(1), day(5))
    with pytest.raises(IntegrityError, match="linkwork_cover_one_at_a_time"), transaction.atomic():
        Cover.objects.create(
            away=lena,
            covering=nina,
            organization=held.organization,
            from_on=day(3),
            until_on=day(3),
            arranged_at=timezone.now(),
            arranged_by=lena,
        )


def test_who_works_for_two_may_be_covered_in_each() -> None:
    lena, max_ = make.worker(), make.worker("max")
    make.worker("lena", at_place="The Mosaic")
    olu = make.worker("olu", at_place="The Mosaic")
    make.walked_with(lena)
    arranged(lena, max_, day(0), day(5))
    arranged(lena, olu, day(0), day(5), at_place="The Mosaic")

    assert make.today(max_).walked_with == 1
    assert make.today(olu).walked_with == 0


@pytest.mark.parametrize(("first", "last", "why"), [(5, 1, "before the first"), (-5, -1, "over")])
def test_days_make_sense(first: int, last: int, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        arranged(make.worker(), make.worker("max"), day(first), day(last))


def test_who_is_away_stands_in_for_nobody() -> None:
    lena, max_, nina = make.worker(), make.worker("max"), make.worker("nina")
    arranged(max_, nina, day(0), day(5))

    with pytest.raises(Refusal, match="Max is away"):
        arranged(lena, max_, day(3), day(8))


def test_nobody_of_another_organization_stands_in_or_arranges_it() -> None:
    lena, otto = make.worker(), make.worker("otto", at_place="Elsewhere")
    with pytest.raises(Refusal, match="same organisation"):
        arranged(lena, otto, day(0), day(5))
    held = arranged(lena, make.worker("max"), day(0), day(5))

    assert signed_in(otto).post("/walking-with/cover/", {"end": held.pk}).status_code == 404
    assert Cover.objects.on(day(0)).exists()
