"""The verification round, one screen a call; and the entries where nobody could be reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from livingwell.core.errors import Refusal
from livingwell.directory.describe import calm
from livingwell.directory.queries.pages import service_page
from livingwell.directory.queries.sheet import sheet_of
from livingwell.keeping import room as rooms
from livingwell.keeping.access import staff, who
from livingwell.keeping.actions import calls
from livingwell.keeping.corrections import correction, said_now
from livingwell.keeping.forms.answers import CorrectionForm, NoteForm, RoomHeardForm
from livingwell.keeping.models import Call, Heard
from livingwell.keeping.queries.ringing import day_of, unreached
from livingwell.people.permissions import may_edit_the_directory, may_verify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class _Forms:
    """What is written down of one call."""

    form: CorrectionForm
    room: RoomHeardForm
    note: NoteForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff(may_verify)
def start(request: HttpRequest) -> HttpResponse:
    """How the day is going, and the button for the next one. Opening the page takes nothing."""
    at = timezone.now()
    if request.method == "POST":
        call = calls.take_next(by=who(request), at=at)
        return redirect("keeping:call", call.pk) if call else redirect("keeping:round")
    mine = Call.objects.filter(outcome="", opened_by=who(request), held_until__gt=at).first()
    last = Call.objects.filter(ended_by=who(request)).order_by("-ended_at").first()
    return render(
        request,
        "keeping/round.jinja",
        {"day": day_of(who(request), at=at), "mine": mine, "last": last if "done" in request.GET else None},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff(may_verify)
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """One place to ring: the number, what to ask, what we say now to correct beside it, what came of it."""
    at = timezone.now()
    turn = get_object_or_404(Call.objects.select_related("service"), pk=pk, opened_by=who(request))
    page, sheet = service_page(turn.service_id, at=at), sheet_of(turn.service_id)
    if page is None:
        raise Http404
    now = said_now(page, sheet)
    data = request.POST if request.method == "POST" else None
    heard = _Forms(
        CorrectionForm(data, initial=now), RoomHeardForm(data, on=timezone.localdate(at)), NoteForm(data)
    )
    if data is not None:
        fine = all([heard.form.is_valid(), heard.room.is_valid(), heard.note.is_valid()])
        outcome = data.get("outcome", "")
        talked = outcome in (Heard.CONFIRMED, Heard.CHANGED)
        if fine or not talked:
            try:
                _write_down(turn, outcome, heard, now, sheet, by=who(request), at=at)
            except Refusal as refusal:
                heard.form.add_error(None, str(refusal))
            else:
                return redirect(f"{reverse('keeping:round')}?done=1")
    context = {
        "form": heard.form,
        "room": heard.room,
        "note": heard.note,
        "call": turn,
        "page": page,
        "ring": page.phones or page.organization_phones,
    }
    return render(request, "keeping/call.jinja", context)


def _write_down(
    turn: Call,
    outcome: str,
    heard: _Forms,
    now: Mapping[str, str],
    sheet: Mapping[str, Any],
    *,
    by: str,
    at: datetime,
) -> None:
    note = heard.note.cleaned_data.get("note", "")
    if outcome == Heard.NO_ANSWER:
        calls.no_answer(turn, by=by, at=at, note=note)
    elif outcome == Heard.CLOSED:
        calls.closed(turn, by=by, at=at, note=note)
    elif outcome in (Heard.CONFIRMED, Heard.CHANGED):
        made = correction(now, heard.form.cleaned_data, sheet, on=timezone.localdate(at))
        values = dict(made.values)
        if heard.room.cleaned_data["room"]:
            values["capacities"] = rooms.rows(heard.room.said(), sheet["capacities"], at=at)
        if values or made.note:
            calls.changed(turn, values, by=by, at=at, note=made.note or note)
        else:
            calls.confirmed(turn, by=by, at=at, note=note)
    else:
        calls.let_go(turn, by=by, at=at)


@require_safe
@staff(may_edit_the_directory)
def not_reached(request: HttpRequest) -> HttpResponse:
    """Entries that were rung three times and where nobody ever answered."""
    found = [(calm(each.name), each) for each in unreached()[:200]]
    return render(request, "keeping/unreached.jinja", {"entries": found})
