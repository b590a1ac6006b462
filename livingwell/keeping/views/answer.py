"""The pages behind the link in our message: no account, no script; opening them confirms nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

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
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from livingwell.keeping.models import Asking
    from livingwell.keeping.queries.answering import Asked


@dataclass(frozen=True, slots=True)
class Link:
    """A link that is good still: what was asked by it, and when it was opened."""

    token: str
    asking: Asking
    at: datetime

    def entry(self, pk: UUID) -> Asked:
        """The entry, if this link is about it. A link opens its own entries and no others."""
        for each in asked(self.asking):
            if each.service.pk == pk:
                return each
        raise Http404


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page behind a link: `view(request, link, …)`, or that the link is over. Never kept by a browser."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, token: str, **named: Any) -> HttpResponse:
        at = timezone.now()
        found = open_asking(token, at=at)
        if found is None:
            return render(request, "keeping/answer_over.jinja", status=410)
        return view(request, Link(token, found, at), **named)

    return opened


@by_link
def answer(request: HttpRequest, link: Link) -> HttpResponse:
    """What we ask about. One entry is asked about here; of several, each has a page."""
    if request.method == "POST" and request.POST.get("say") == "not mine":
        asking.not_theirs(link.asking, at=link.at)
        return render(request, "keeping/answer_not_theirs.jinja")
    entries = asked(link.asking)
    if len(entries) == 1 and not entries[0].answer:
        return entry(request, link.token, pk=entries[0].service.pk)
    left = [each for each in entries if not each.answer]
    return render(
        request,
        "keeping/answer_list.jinja",
        {"entries": entries, "left": left, "token": link.token, "answered": len(left) < len(entries)},
    )


@by_link
def entry(request: HttpRequest, link: Link, pk: UUID) -> HttpResponse:
    """What we say of one entry, and four buttons."""
    chosen = link.entry(pk)
    to = link.asking.to
    if request.method == "POST" and request.POST.get("say") == "right":
        answers.still_right(chosen.service, how=Assured.LINK, by=to, assurer=to, at=link.at)
        return redirect("keeping:answer", link.token)
    context = {"page": service_page(pk, at=link.at), "token": link.token, "entry": chosen}
    return render(request, "keeping/answer.jinja", context)


@by_link
def change(request: HttpRequest, link: Link, pk: UUID) -> HttpResponse:
    """A short form of what changes most, filled in with what we say."""
    chosen = link.entry(pk)
    page, sheet = service_page(pk, at=link.at), sheet_of(pk)
    if page is None:
        raise Http404
    now = said_now(page, sheet)
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_bound and form.is_valid():
        made = correction(now, form.cleaned_data, sheet, on=timezone.localdate(link.at))
        by = {"how": Assured.LINK, "by": link.asking.to, "assurer": link.asking.to, "at": link.at}
        if made.values or made.note:
            answers.correct(chosen.service, made.values, note=made.note, **by)  # type: ignore[arg-type]
        else:
            answers.still_right(chosen.service, **by)  # type: ignore[arg-type]
        return redirect("keeping:answer", link.token)
    context = {"form": form, "token": link.token, "entry": chosen}
    return render(request, "keeping/answer_change.jinja", context)


@by_link
def room(request: HttpRequest, link: Link, pk: UUID) -> HttpResponse:
    """How much room there is."""
    chosen = link.entry(pk)
    to = link.asking.to
    form = RoomForm(request.POST if request.method == "POST" else None, on=timezone.localdate(link.at))
    if form.is_bound and form.is_valid():
        answers.say_room(chosen.service, form.said(), how=Assured.LINK, by=to, assurer=to, at=link.at)
        return redirect("keeping:answer", link.token)
    context = {"form": form, "token": link.token, "entry": chosen}
    return render(request, "keeping/answer_room.jinja", context)


@by_link
def closed(request: HttpRequest, link: Link, pk: UUID) -> HttpResponse:
    """That it has closed, said twice, since a thumb slips."""
    chosen = link.entry(pk)
    if request.method == "POST":
        answers.has_closed(chosen.service, how=Assured.LINK, by=link.asking.to, at=link.at)
        return redirect("keeping:answer", link.token)
    return render(request, "keeping/answer_closed.jinja", {"token": link.token, "entry": chosen})
