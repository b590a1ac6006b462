"""What is done without anybody pressing a button: asking what is due, and what silence means.

Each question is one transaction: it stands as asked, its message is in the outbox and the next day is set, or none of
it. A worker that dies in between has done nothing, and the next one begins there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.consent.models import Part
from livingwell.contacting import actions as contacting
from livingwell.contacting.models import About
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.linkwork.models import Lead
from livingwell.recall import wording
from livingwell.recall.actions.checking_in import PERMITTED
from livingwell.recall.actions.listing import put_on_list
from livingwell.recall.actions.telling import tell
from livingwell.recall.models import Ask, AskedBy, CheckIn, Silence, Why
from livingwell.recall.queries import KEY, hour_here, lead_to_tell, way_to, way_to_worker

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.messaging.models import Channel
    from livingwell.people.models import Account

DAYS_TO_ANSWER: Final = 3


def ask_due(*, at: datetime) -> int:
    """Ask everything that is due by now; how many were asked."""
    asked = 0
    while ask_next(at=at):
        asked += 1
    return asked


def ask_next(*, at: datetime) -> bool:
    """Ask the one that is longest due and that no other worker has; whether there was one."""
    with transaction.atomic():
        check_in = (
            CheckIn.objects.due(day_of(at), hour_here(at))
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("person", "agreed_by")
            .order_by("next_on", "pk")
            .first()
        )
        if check_in is None:
            return False
        _ask(check_in, at=at)
        here = day_of(at)
        CheckIn.objects.filter(pk=check_in.pk).update(next_on=here + timedelta(days=check_in.every))
        return True


def _ask(check_in: CheckIn, *, at: datetime, again: bool = False) -> None:
    here = day_of(at)
    ask, new = Ask.objects.get_or_create(
        check_in=check_in,
        due_on=here,
        again=again,
        defaults={
            "person": check_in.person,
            "question": check_in.question,
            "answer_by": here + timedelta(days=min(check_in.every - 1, DAYS_TO_ANSWER)),
            "asked_at": at,
            "asked_by": check_in.agreed_by,
        },
    )
    if new and check_in.way != AskedBy.SITE:
        _carry(ask, check_in, at=at)


def _carry(ask: Ask, check_in: CheckIn, *, at: datetime) -> None:
    """In the way they chose, while it is open; else the question waits on their page."""
    key = f"{KEY}{ask.pk}"
    way = AskedBy(check_in.way)
    link = f"{settings.SITE_URL}/my-page/" if check_in.may_link and settings.SITE_URL else ""
    written = contacting.write(
        check_in.person,
        About.CHECK_IN,
        key=key,
        by=None,
        at=at,
        part=Part.CHECK_INS,
        words=wording.question(ask.question, link),
        only=PERMITTED[way],
    )
    if written.call_owed:
        _have_rung(check_in.person, Why.CHECK_IN, key, by=check_in.agreed_by, at=at)


def _have_rung(person: Person, why: Why, occasion: str, *, by: Account, at: datetime) -> None:
    """Onto the list of their link worker's organization, where they let it know how to reach them."""
    lead = Lead.objects.live().filter(person=person).select_related("organization", "account").first()
    if lead is None:
        return
    try:
        put_on_list(
            person,
            lead.organization,
            why,
            worried=_("They asked for it themselves"),
            due_on=day_of(at),
            owner=lead.account if lead_to_tell(lead, at=at) else None,
            occasion=occasion,
            by=by,
            at=at,
        )
    except Refusal:
        return


def see_to_silences(*, at: datetime) -> int:
    """Look at each question whose time to answer is over; do what was chosen where it is the second in a row."""
    seen = 0
    while _see_to_one(at=at):
        seen += 1
    return seen


def _see_to_one(*, at: datetime) -> bool:
    with transaction.atomic():
        silent = Ask.objects.filter(answered_at=None, followed_at=None, answer_by__lt=day_of(at))
        ask = silent.select_for_update(skip_locked=True, of=("self",)).order_by("due_on", "again").first()
        if ask is None:
            return False
        Ask.objects.filter(pk=ask.pk).update(followed_at=at, followed_by=ask.asked_by_id)
        check_in = CheckIn.objects.select_related("person", "agreed_by", "member").get(pk=ask.check_in_id)
        if check_in.stopped_at is None and not ask.again and _in_a_row(ask) == 2:
            _do_what_was_chosen(ask, check_in, at=at)
        return True


def _in_a_row(ask: Ask) -> int:
    """How many in a row got no answer, up to this one. Asked once more is no question of its own."""
    before = Ask.objects.filter(check_in=ask.check_in_id, again=False, due_on__lte=ask.due_on)
    silent = 0
    for answered in before.order_by("-due_on").values_list("answered_at", flat=True)[:3]:
        if answered is not None:
            break
        silent += 1
    return silent


def _do_what_was_chosen(ask: Ask, check_in: CheckIn, *, at: datetime) -> None:
    person, key = check_in.person, f"silence:{ask.pk}"
    if check_in.silence == Silence.AGAIN:
        _ask(check_in, at=at, again=True)
    elif check_in.silence == Silence.MEMBER and check_in.member:
        way = way_to(check_in.member)
        if way:
            _tell_of_silence(way, check_in.member.called, person, key, at=at)
    elif check_in.silence == Silence.LINK_WORKER:
        lead = Lead.objects.live().filter(person=person).first()
        account = lead_to_tell(lead, at=at) if lead else None
        if account:
            _tell_of_silence(way_to_worker(account), str(account), person, key, at=at)
        _have_rung(person, Why.SILENCE, key, by=check_in.agreed_by, at=at)


def _tell_of_silence(
    way: tuple[Channel, str], receiver: str, person: Person, key: str, *, at: datetime
) -> None:
    tell(
        way,
        person,
        About.CHECK_IN,
        receiver=receiver,
        subject=_("Keeping in touch, as they asked"),
        words=wording.silent_twice,
        key=key,
        by=None,
        at=at,
        by_day=True,
    )
