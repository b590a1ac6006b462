"""Telling what a place was like for those who have not been, and reading it before others do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.directory.actions.private import hidden
from livingwell.directory.models import Visit, VisitStatus
from livingwell.directory.models.visit import NEXT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from livingwell.directory.models import Service


def tell(service: Service, said: Mapping[str, str], *, went_on: date, by: str, at: datetime) -> Visit:
    """Keep what somebody found, to be read by a human before it is shown. `said`: by the names of Visit.ASKED."""
    words = {name: hidden(service.pk, said.get(name, "").strip()) for name in Visit.ASKED}
    if not any(words.values()):
        raise Refusal(_("Write something in at least one of the boxes."))
    return Visit.objects.create(
        service=service, went_on=went_on.replace(day=1), written_at=at, written_by=by, **words
    )


def show(visit: Visit, *, by: str, at: datetime) -> None:
    """Let everybody read it."""
    _decide(visit, VisitStatus.SHOWN, by=by, at=at)


def leave_out(visit: Visit, *, by: str, at: datetime) -> None:
    """Do not show it, or not any more: its words are deleted."""
    _decide(visit, VisitStatus.NOT_SHOWN, by=by, at=at, **dict.fromkeys(Visit.ASKED, ""))


def _decide(visit: Visit, status: VisitStatus, *, by: str, at: datetime, **words: str) -> None:
    with transaction.atomic():
        now = Visit.objects.select_for_update().get(pk=visit.pk)
        if status not in NEXT[VisitStatus(now.status)]:
            raise Refusal(_("Somebody has decided about this already."))
        Visit.objects.filter(pk=visit.pk).update(status=status, decided_at=at, decided_by=by, **words)
    visit.refresh_from_db()
