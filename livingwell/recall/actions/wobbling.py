"""A bad day: choosing beforehand who is told, and telling them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.consent.actions import remember
from livingwell.consent.models import Kind, Part, Person
from livingwell.contacting.actions import reply
from livingwell.contacting.models import About
from livingwell.people.models import Account
from livingwell.recall import wording
from livingwell.recall.actions.telling import tell
from livingwell.recall.models import Ally, Telling, Wobble
from livingwell.recall.queries import allies_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from livingwell.messaging.models import Inbound
    from livingwell.recall.queries import Reachable

A_DAY: Final = timedelta(hours=24)


def choose_allies(person: Person, chosen: Collection[UUID], *, by: Account, at: datetime) -> None:
    """These are told on a bad day, and nobody else. Ids as `queries.could_be_told` offers them; others are let be."""
    offered = {one.whom: one for one in allies_of(person, by, at=at, chosen=False)}
    wanted = [offered[whom].member for whom in chosen if whom in offered]
    with transaction.atomic():
        for ally in Ally.objects.filter(person=person):
            if ally.member_id not in wanted:
                Ally.objects.filter(pk=ally.pk).delete()
        Ally.objects.bulk_create(
            [Ally(person=person, member_id=member, chosen_at=at, chosen_by=by) for member in wanted],
            ignore_conflicts=True,
        )


def wobble(person: Person, *, by: Account, at: datetime) -> Wobble:
    """Tell those who were chosen that today is a bad day, each at most once in 24 hours, without a word of why.

    Pressed twice at once, the second press waits for the first and finds everybody told.
    """
    with transaction.atomic():
        said = Wobble.objects.create(person=person, said_at=at, said_by=by)
        chosen = allies_of(person, by, at=at)
        Telling.objects.bulk_create(
            [
                Telling(
                    person=person,
                    wobble=said,
                    whom=one.whom,
                    called=one.called,
                    told_at=at,
                    told_by=by,
                    rests_until=at + A_DAY,
                )
                for one in sorted(chosen, key=lambda one: one.whom)
            ],
            ignore_conflicts=True,
        )
        told = set(Telling.objects.filter(wobble=said).values_list("whom", flat=True))
        for one in chosen:
            if one.whom in told:
                _tell(one, person, said, by=by, at=at)
        remember(person, Kind.WOBBLE, Part.CONSENTS, by=by, at=at, about=said.pk)
        return said


def _tell(one: Reachable, person: Person, said: Wobble, *, by: Account, at: datetime) -> None:
    """Whoever asked us to stop gets nothing, and is not counted as told."""
    told = tell(
        (one.channel, one.to),
        person,
        About.BAD_DAY,
        receiver=one.called,
        subject=_("Somebody would be glad to hear from you"),
        words=wording.glad_to_hear,
        key=f"wobble:{said.pk}:{one.whom}",
        by=by,
        at=at,
    )
    if not told:
        Telling.objects.filter(wobble=said, whom=one.whom).delete()


def wobble_by_text(inbound: Inbound, at: datetime) -> None:
    """The text WOBBLE: the number has to be that with which somebody with a page signs in."""
    number = inbound.sender if inbound.sender.startswith("+") else f"+{inbound.sender}"
    account = Account.objects.filter(phone=number, is_active=True).first()
    person = Person.objects.filter(account=account).first() if account else None
    if account is None or person is None:
        answer = wording.nobody_known()
    else:
        answer = _answer(wobble(person, by=account, at=at), at)
    reply(inbound, answer, at=at)


def _answer(said: Wobble, at: datetime) -> str:
    told = Telling.objects.filter(person=said.person_id, rests_until__gt=at)
    if told.filter(wobble=said).exists():
        return wording.were_told()
    return wording.were_told_already() if told.exists() else wording.nobody_chosen()
