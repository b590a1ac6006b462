"""Naming who matters, saying more about them, moving them nearer or farther, taking them away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from livingwell.circles.models import CarerInvitation, CircleMember, Close, Reason, Ring
from livingwell.consent.actions import remember
from livingwell.consent.models import Kind, Part
from livingwell.core.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from livingwell.consent.models import Person
    from livingwell.people.models import Account

AT_MOST: Final = 60
"""How many people one circle holds: more than anybody has named, and no way to fill the database."""


def add(person: Person, values: Mapping[str, Any], *, by: Account, at: datetime) -> CircleMember:
    """Name somebody who matters. `values`: fields of `CircleMember`, `called` among them, and `reason`.

    Raises Refusal where they are called nothing, or the circle is full.
    """
    known, reason = _taken_apart(values)
    if not str(known.get("called", "")).strip():
        raise Refusal(_("Say what they are called. It can be any name you like."))
    with transaction.atomic():
        if CircleMember.objects.filter(person=person, left_at=None).count() >= AT_MOST:
            raise Refusal(
                _("There is room for %(count)s here. Take somebody off first.") % {"count": AT_MOST}
            )
        member = CircleMember.objects.create(person=person, added_at=at, added_by=by, **known)
        _give_reason(member, reason)
        remember(person, Kind.CIRCLE_CHANGED, Part.CIRCLE, by=by, at=at, about=member.pk)
        return member


def change(member: CircleMember, values: Mapping[str, Any], *, by: Account, at: datetime) -> None:
    """Say something else about somebody: the fields named and no others. With "must not be rung" the number goes."""
    known, reason = _taken_apart(values)
    if "called" in known and not str(known["called"]).strip():
        raise Refusal(_("Say what they are called. It can be any name you like."))
    with transaction.atomic():
        CircleMember.objects.filter(pk=member.pk, left_at=None).update(**known)
        _give_reason(member, reason)
        remember(member.person, Kind.CIRCLE_CHANGED, Part.CIRCLE, by=by, at=at, about=member.pk)


def move(member: CircleMember, close: Close, *, by: Account, at: datetime) -> None:
    """Move somebody nearer or farther."""
    change(member, {"close": close}, by=by, at=at)


def take_away(member: CircleMember, *, by: Account, at: datetime) -> None:
    """Take somebody out, with all that was said about them, and the invitations that went to them.

    Where something else on the page names them, a step for one, only what they are called stays, shown nowhere else.
    What they were let see is ended by `consent.actions.withdraw`.
    """
    with transaction.atomic():
        Reason.objects.filter(member=member).delete()
        CarerInvitation.objects.filter(member=member).delete()
        try:
            with transaction.atomic():
                CircleMember.objects.filter(pk=member.pk).delete()
                connection.check_constraints()  # also what names them behind a wall
        except (ProtectedError, IntegrityError):
            bare = {"who": "", "who_words": "", "ring": "", "phone": "", "email": "", "together": ""}
            CircleMember.objects.filter(pk=member.pk).update(
                **bare, supports=False, again=False, left_at=at, left_by=by
            )
        remember(member.person, Kind.CIRCLE_CHANGED, Part.CIRCLE, by=by, at=at, about=member.pk)


def erase(person: Person) -> None:
    """Delete everything about the people around somebody. What names them on other parts of the page goes first."""
    with transaction.atomic():
        Reason.objects.filter(person=person).delete()
        CarerInvitation.objects.filter(person=person).delete()
        CircleMember.objects.filter(person=person).delete()


def _taken_apart(values: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
    """The fields of a member, and the reason, which stands in a table of its own; None: nothing is said about it."""
    known = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    reason = known.pop("reason", None)
    if known.get("ring") == Ring.NEVER:
        known["phone"] = ""
    return known, reason


def _give_reason(member: CircleMember, words: str | None) -> None:
    if words is None:
        return
    if words:
        Reason.objects.update_or_create(member=member, defaults={"person": member.person, "words": words})
    else:
        Reason.objects.filter(member=member).delete()
