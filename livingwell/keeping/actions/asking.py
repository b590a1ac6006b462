"""Asking the people of entries whether all is still right, before it is due; and what their silence does."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import DateField, Max
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.directory.actions.standing import assured_by_source, stand
from livingwell.directory.freshness import QUESTIONS
from livingwell.directory.models import Service
from livingwell.keeping import letters
from livingwell.keeping.actions import SYSTEM
from livingwell.keeping.links import token_of
from livingwell.keeping.models import Ask, Asking, Confirmation
from livingwell.keeping.queries.due import addresses, watched
from livingwell.messaging.actions import send
from livingwell.messaging.models import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.directory.freshness import Standing
    from livingwell.keeping.queries.due import Watched

HERE: Final = ZoneInfo("Europe/London")
ENTRIES_A_MESSAGE: Final = 10
LINK_DAYS: Final = 60
"""Long enough for two reminders and a holiday, short enough for a link that lies about in a mailbox."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How many messages went out, about how many entries, and how many addresses could not be written to."""

    messages: int
    entries: int
    refused: int


def ask_those_who_know(*, site: str, at: datetime, at_most: int = 500) -> Sent:
    """Write to everybody whose entries are due soon: one message an address, however many entries it has.

    `site`: where our pages are, for the link. Who has more entries than fit one message gets the rest another day.
    Safe to repeat on the same day.
    """
    on = at.astimezone(HERE).date()
    due = {each.service: each for each in watched(on) if each.question(on)}
    by_address: dict[str, list[Watched]] = defaultdict(list)
    for service, email in addresses(due.keys()).items():
        by_address[email].append(due[service])
    urgent = sorted(by_address.items(), key=lambda item: (min(each.due_on for each in item[1]), item[0]))
    messages = entries = refused = 0
    for email, some in urgent[:at_most]:
        chosen = sorted(some, key=lambda each: (each.due_on, each.name))[:ENTRIES_A_MESSAGE]
        try:
            _ask(email, chosen, site=site, on=on, at=at)
        except Refusal:
            refused += 1  # cannot be right, or asked us to stop: the round of volunteers rings instead
        else:
            messages, entries = messages + 1, entries + len(chosen)
    return Sent(messages, entries, refused)


def _ask(email: str, chosen: list[Watched], *, site: str, on: date, at: datetime) -> None:
    number = max(each.question(on) for each in chosen)
    last = [each for each in chosen if each.question(on) == QUESTIONS]
    hidden_on = max(max(on + timedelta(days=each.pace.wait), each.due_on) for each in last) if last else None
    until = at + timedelta(days=LINK_DAYS)
    pk = uuid4()
    with transaction.atomic():
        message = send(
            channel=Channel.EMAIL,
            to=email,
            subject=letters.subject(number),
            body=letters.body(
                [each.name for each in chosen],
                link=f"{site}/keeping/answer/{token_of(pk)}/",
                number=number,
                until=until.astimezone(HERE).date(),
                hidden_on=hidden_on,
            ),
            key=f"ask:{on}:{min(each.service for each in chosen)}",
            at=at,
            by=SYSTEM,
        )
        if Asking.objects.filter(message=message).exists():
            return
        Asking.objects.create(pk=pk, to=email, message=message, asked_at=at, asked_by=SYSTEM, until=until)
        Ask.objects.bulk_create(
            Ask(
                asking_id=pk,
                service_id=each.service,
                number=each.question(on),
                told=each.question(on) == QUESTIONS,
            )
            for each in chosen
        )


def ask_now(service: Service, *, site: str, by: str, at: datetime) -> Asking:
    """Ask the people of one entry at once, as somebody says that it is wrong. Refusal where there is no address."""
    email = addresses([service.pk]).get(service.pk)
    if not email:
        raise Refusal(_("We have no e-mail address for it. Ring them instead."))
    on = at.astimezone(HERE).date()
    until = at + timedelta(days=LINK_DAYS)
    pk = uuid4()
    words = letters.body(
        [service.name],
        link=f"{site}/keeping/answer/{token_of(pk)}/",
        number=1,
        until=until.astimezone(HERE).date(),
        hidden_on=None,
    )
    with transaction.atomic():
        message = send(
            channel=Channel.EMAIL,
            to=email,
            subject=letters.subject(1),
            body=words,
            key=f"ask-now:{on}:{service.pk}",
            at=at,
            by=by,
        )
        if known := Asking.objects.filter(message=message).first():
            return known
        asking = Asking.objects.create(
            pk=pk, to=email, message=message, asked_at=at, asked_by=by, until=until
        )
        Ask.objects.create(asking=asking, service=service, number=1)
        return asking


def not_theirs(asking: Asking, *, at: datetime) -> None:
    """Whoever has this address is not the one to ask: what we asked there does not count, and we ask no more."""
    Asking.objects.filter(pk=asking.pk, not_theirs_at=None).update(not_theirs_at=at, not_theirs_by=asking.to)


def look_over(*, at: datetime) -> int:
    """Put every entry where silence, or an answer, has put it by today; how many moved."""
    on = at.astimezone(HERE).date()
    moved = 0
    some: dict[UUID, Standing] = {}
    for each in watched(on):
        now = each.standing(on)
        if now != each.stands:
            some[each.service] = now
        if len(some) >= 1_000:
            moved += stand(some)
            some = {}
    moved += stand(some)
    assured_by_source(list(_said_later_by_source()))
    return moved


def _said_later_by_source() -> Iterable[UUID]:
    """Entries that a person confirmed, and for which their list has a later date by now."""
    told = Service.objects.exclude(assured_how="").exclude(assured_date=None)
    dates = dict(told.values_list("pk", "assured_date"))
    last = (
        Confirmation.objects.filter(service__in=dates)
        .order_by()
        .values_list("service_id")
        .annotate(last=Cast(Max("said_at"), DateField()))
    )
    return (pk for pk, day in last if (said := dates[pk]) and said > day + timedelta(days=1))
