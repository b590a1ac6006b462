"""Whoever sent an introduction hears that there is news of it, and sees what came of all that they sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from livingwell.consent.actions import withdraw
from livingwell.consent.models import Consent, How, Part
from livingwell.consent.tests import make as persons
from livingwell.directory.models import Service
from livingwell.messaging.models import Message
from livingwell.people.models import Role
from livingwell.people.tests.make import signed_in
from livingwell.referrals import actions, queries
from livingwell.referrals.models import Because, Helped, Referral, Through, Weight
from livingwell.referrals.tests import make

if TYPE_CHECKING:
    from livingwell.people.models import Account

pytestmark = pytest.mark.django_db


def gp() -> Account:
    return persons.worker("gita", Role.CLINICIAN)


def sent_by(sender: Account, called: str = "Mo") -> Referral:
    """An introduction that a surgery sent for somebody whose page it keeps."""
    person = persons.kept_with(sender, called=called)
    at = timezone.now() - timedelta(days=1)
    referral = actions.draft(
        person,
        Service.objects.filter(name__startswith="Choir").first() or make.choir(),
        weight=Weight.WARM,
        said=[("Call me", called)],
        by=sender,
        at=at,
        sender=persons.organization(),
    )
    actions.approve_and_send(
        referral, parts=[Part.CONTACT], how=How.IN_PERSON, said="Yes", by=sender, at=at, site=make.SITE
    )
    referral.refresh_from_db()
    return referral


def heard(account: Account) -> list[str]:
    """What was told to an account once the worker has done its jobs, twice."""
    for job in ProcrastinateJob.objects.filter(task_name="livingwell.referrals.tasks.tell"):
        by = UUID(job.args["by"]) if job.args["by"] else None
        for _time in range(2):
            actions.tell(UUID(job.args["referral"]), actions.News(job.args["news"]), by=by, at=timezone.now())
    return list(Message.objects.filter(to=account.email).order_by("queued_at").values_list("body", flat=True))


def page_of(viewer: Account) -> str:
    return signed_in(viewer).get("/introductions/sent/").content.decode()


def test_the_sender_hears_once_that_they_met_and_once_that_it_is_done_without_a_word_of_whom() -> None:
    referral = sent_by(gp())
    actions.met(referral, by=None, through=Through.LINK, at=timezone.now())
    assert len(heard(gp())) == 1
    actions.helped(referral, Helped.YES, by=persons.worker(), at=timezone.now())
    words = heard(gp())
    assert len(words) == 2
    assert not [word for word in ("Mo", "Choir", "met", "Yes") if any(word in each.split() for each in words)]


def test_who_did_it_is_not_told_of_it() -> None:
    referral = sent_by(gp())
    actions.met(referral, by=gp(), through=Through.SCREEN, at=timezone.now())
    assert heard(gp()) == []


def test_the_surgery_sees_what_came_of_what_it_sent() -> None:
    met, declined = sent_by(gp(), "Mo"), sent_by(gp(), "Ada")
    actions.met(met, by=None, through=Through.LINK, at=timezone.now())
    actions.decline(
        declined, Because.FULL, instead="Tuesdays", by=None, through=Through.LINK, at=timezone.now()
    )
    for viewer in (gp(), persons.worker()):
        page = page_of(viewer)
        assert "Mo, to Choir for everyone" in page
        assert "You met on" not in page
        assert "They met on" in page
        assert "They say: We are full at the moment" in page
        assert "Instead they offer: Tuesdays" in page


def test_others_and_those_without_a_yes_see_nothing() -> None:
    referral = sent_by(gp())
    other = persons.worker("otto", at_place="Other House")
    assert "Nothing was sent yet." in page_of(other)
    keep = Consent.objects.live(timezone.now()).get(person=referral.person, purpose="keep")
    withdraw(keep, by=gp(), at=timezone.now())
    assert "Nothing was sent yet." in page_of(gp())


def test_what_was_not_sent_is_not_there() -> None:
    person = persons.kept_with(gp())
    actions.draft(
        person,
        make.choir(),
        weight=Weight.WARM,
        said=[("Call me", "Mo")],
        by=gp(),
        at=timezone.now(),
        sender=persons.organization(),
    )
    assert "Nothing was sent yet." in page_of(gp())


def test_a_long_list_goes_on() -> None:
    for number in range(26):
        sent_by(gp(), f"Mo{number}")
    places = [persons.organization().pk]
    first = queries.sent_from(places, gp(), at=timezone.now())
    second = queries.sent_from(places, gp(), at=timezone.now(), before=first.earlier)
    assert (len(first.rows), len(second.rows), second.earlier) == (25, 1, None)
    assert {row.id for row in first.rows}.isdisjoint(row.id for row in second.rows)
    assert "Earlier ones" in page_of(gp())


def test_an_inbox_goes_on_after_its_first_screen() -> None:
    receiver = persons.worker("rosa", at_place="Singing Neighbours")
    for number in range(26):
        sent_by(gp(), f"Mo{number}")
    inbox = signed_in(receiver)
    first, second = (inbox.get(f"/introductions/{end}").content.decode() for end in ("", "?page=2"))
    assert first.count("lw-card__title") == 25
    assert second.count("lw-card__title") == 1
    assert "Next" in first
    assert "Waiting for your answer (26)" in second
