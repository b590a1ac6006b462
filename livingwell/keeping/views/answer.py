"""The pages behind the link in our message: no account, no script; opening them confirms nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livingwell.directory.models import Assured
from livingwell.directory.queries.pages import service_page
from livingwell.directory.queries.sheet import sheet_of
from livingwell.keeping.actions import answers, asking
from livingwell.keeping.corrections import correction, said_now
from livingwell.keeping.forms.answers import CorrectionForm, RoomForm
from livingwell.keeping.queries.answering import asked, open_asking

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from livingwell.keeping.models import Asking
    from livingwell.keeping.queries.answering import Asked

READ: Final = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(READ)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What we ask about. One entry is asked about here; of several, each has a page."""
    found = open_asking(token, at=timezone.now())
    if found is None:
        return _over(request)
    if request.method == "POST" and request.POST.get("say") == "not mine":
        asking.not_theirs(found, at=timezone.now())
        return render(request, "keeping/answer_not_theirs.jinja")
    entries = asked(found)
    if len(entries) == 1 and not entries[0].answer:
        return entry(request, token, entries[0].service.pk)
    left = [each for each in entries if not each.answer]
    return render(
        request,
        "keeping/answer_list.jinja",
        {"entries": entries, "left": left, "token": token, "answered": len(left) < len(entries)},
    )


@never_cache
@require_http_methods(READ)
def entry(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    """What we say of one entry, and four buttons."""
    at = timezone.now()
    found = open_asking(token, at=at)
    if found is None:
        return _over(request)
    chosen = _chosen(found, pk)
    if request.method == "POST" and request.POST.get("say") == "right":
        answers.still_right(chosen.service, how=Assured.LINK, by=found.to, assurer=found.to, at=at)
        return redirect("keeping:answer", token)
    return render(
        request, "keeping/answer.jinja", {"page": service_page(pk, at=at), "token": token, "entry": chosen}
    )


@never_cache
@require_http_methods(READ)
def change(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    """A short form of what changes most, filled in with what we say."""
    at = timezone.now()
    found = open_asking(token, at=at)
    if found is None:
        return _over(request)
    chosen = _chosen(found, pk)
    page, sheet = service_page(pk, at=at), sheet_of(pk)
    if page is None:
        raise Http404
    now = said_now(page, sheet)
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_bound and form.is_valid():
        made = correction(now, form.cleaned_data, sheet, on=timezone.localdate(at))
        by = {"how": Assured.LINK, "by": found.to, "assurer": found.to, "at": at}
        if made.values or made.note:
            answers.correct(chosen.service, made.values, note=made.note, **by)  # type: ignore[arg-type]
        else:
            answers.still_right(chosen.service, **by)  # type: ignore[arg-type]
        return redirect("keeping:answer", token)
    return render(request, "keeping/answer_change.jinja", {"form": form, "token": token, "entry": chosen})


@never_cache
@require_http_methods(READ)
def room(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    """How much room there is."""
    at = timezone.now()
    found = open_asking(token, at=at)
    if found is None:
        return _over(request)
    chosen = _chosen(found, pk)
    form = RoomForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answers.say_room(chosen.service, form.said(), how=Assured.LINK, by=found.to, assurer=found.to, at=at)
        return redirect("keeping:answer", token)
    return render(request, "keeping/answer_room.jinja", {"form": form, "token": token, "entry": chosen})


@never_cache
@require_http_methods(READ)
def closed(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    """That it has closed, said twice, since a thumb slips."""
    at = timezone.now()
    found = open_asking(token, at=at)
    if found is None:
        return _over(request)
    chosen = _chosen(found, pk)
    if request.method == "POST":
        answers.has_closed(chosen.service, how=Assured.LINK, by=found.to, at=at)
        return redirect("keeping:answer", token)
    return render(request, "keeping/answer_closed.jinja", {"token": token, "entry": chosen})


def _chosen(found: Asking, pk: UUID) -> Asked:
    """The entry, if this link is about it. A link opens its own entries and no others."""
    for each in asked(found):
        if each.service.pk == pk:
            return each
    raise Http404


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "keeping/answer_over.jinja", status=410)
