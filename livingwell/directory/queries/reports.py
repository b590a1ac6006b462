"""What several people say is wrong with an entry at the same time: said on its page until somebody has looked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livingwell.directory.models import About, Report

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

WINDOW: Final = {About.UNREACHED: timedelta(days=7), About.CLOSED: timedelta(days=14)}
SEVERAL: Final = 2


def people_who_say(service: UUID, about: About, *, at: datetime) -> int:
    """How many different people say so of late, as far as their internet addresses tell."""
    rows = _of_late(about, at).filter(service=service)
    return rows.aggregate(number=Count("sender", distinct=True))["number"] or 0


def several_say(about: About, *, at: datetime) -> QuerySet[Report, Any]:
    """For Exists() on services: those of which several different people say so of late."""
    rows = _of_late(about, at).filter(service=OuterRef("pk")).order_by().values("service")
    return rows.annotate(number=Count("sender", distinct=True)).filter(number__gte=SEVERAL)


def warnings(service: UUID, *, at: datetime) -> tuple[str, ...]:
    """Plain sentences for the page of an entry."""
    since = at - max(WINDOW.values())
    rows = Report.objects.open().filter(service=service, said_at__gt=since, said_at__lte=at, about__in=WINDOW)
    said: dict[str, set[str]] = {}
    for about, sender, moment in rows.exclude(sender="").values_list("about", "sender", "said_at"):
        if moment > at - WINDOW[About(about)]:
            said.setdefault(about, set()).add(sender)
    found = []
    closed = len(said.get(About.CLOSED, ()))
    if closed >= SEVERAL:
        found.append(
            ngettext(
                "%(number)s person told us that this has closed. We are finding out. Ring before you go.",
                "%(number)s people told us that this has closed. We are finding out. Ring before you go.",
                closed,
            )
            % {"number": _word(closed)}
        )
    unreached = len(said.get(About.UNREACHED, ()))
    if unreached >= SEVERAL:
        found.append(
            ngettext(
                "%(number)s person could not get through by phone this week.",
                "%(number)s people could not get through by phone this week.",
                unreached,
            )
            % {"number": _word(unreached)}
        )
    return tuple(found)


def _of_late(about: About, at: datetime) -> QuerySet[Report]:
    since = at - WINDOW[about]
    return Report.objects.open().filter(about=about, said_at__gt=since, said_at__lte=at).exclude(sender="")


def _word(number: int) -> str:
    words = {2: _("Two"), 3: _("Three"), 4: _("Four"), 5: _("Five"), 6: _("Six")}
    return words.get(number, str(number))
