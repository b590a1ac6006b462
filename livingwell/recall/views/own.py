"""Keeping in touch, on somebody's page: what they chose, what they answer, who means to ring them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livingwell.circles.models import CircleMember
from livingwell.consent.doors import page
from livingwell.consent.models import Part
from livingwell.core.errors import Refusal
from livingwell.directory.models import Organization
from livingwell.recall import actions, queries
from livingwell.recall.forms import AgreementsForm, AnswerForm, CheckInForm
from livingwell.recall.models import (
    Answer,
    Ask,
    AskedBy,
    CheckIn,
    Entry,
    Hour,
    NotRung,
    Often,
    Peers,
    Silence,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from livingwell.consent.doors import Page

HERE = "recall:keeping-in-touch"


@require_safe
@page(Part.CHECK_INS)
def keeping_in_touch(request: HttpRequest, *, page: Page) -> HttpResponse:
    """What they chose, and for the person themself and whoever keeps the page who is told on a bad day."""
    keeps = Part.CONSENTS in page.sees
    context = {
        "page": page,
        "touch": queries.touch_of(page.person, page.viewer, at=page.at),
        "day": queries.bad_day(page.person, page.viewer, at=page.at) if keeps else None,
        "form": AnswerForm(),
        "may_change": Part.CHECK_INS in page.changes,
    }
    return render(request, "recall/keeping_in_touch.jinja", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Part.CHECK_INS)
def check_in(request: HttpRequest, *, page: Page) -> HttpResponse:
    """Choose what is asked, how and how often, and what two silences mean."""
    if Part.CHECK_INS not in page.changes:
        raise Http404
    offered = queries.allies_of(page.person, page.viewer, at=page.at, chosen=False)
    form = CheckInForm(request.POST or None, offered=offered, initial=_as_agreed(page))
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree(page.person, _wish(form, page), by=page.viewer, at=page.at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(page.url(HERE))
    context = {"page": page, "form": form}
    return render(request, "recall/check_in.jinja", context, status=422 if form.errors else 200)


def _as_agreed(page: Page) -> dict[str, object]:
    known = CheckIn.objects.visible_to(page.viewer, at=page.at).filter(person=page.person)
    names = ("question", "way", "every", "hour", "silence", "member", "may_link")
    return known.values(*names).first() or {}


def _wish(form: CheckInForm, page: Page) -> actions.Wish:
    said = form.cleaned_data
    member = said["member"] and get_object_or_404(
        CircleMember.objects.visible_to(page.viewer, at=page.at), person=page.person, pk=said["member"]
    )
    return actions.Wish(
        way=AskedBy(said["way"]),
        every=Often(said["every"]),
        hour=Hour(said["hour"]),
        question=said["question"],
        silence=Silence(said["silence"]),
        member=member,
        may_link=said["may_link"],
    )


@require_POST
@page(Part.CHECK_INS)
def stop(request: HttpRequest, *, page: Page) -> HttpResponse:
    """Ask no more: one press."""
    actions.stop(page.person, by=page.viewer, at=page.at)
    return HttpResponseRedirect(page.url(HERE))


@require_POST
@page(Part.CHECK_INS)
def answer(request: HttpRequest, *, page: Page, ask: UUID) -> HttpResponse:
    """Answer the question, or skip it."""
    asked = get_object_or_404(
        Ask.objects.visible_to(page.viewer, at=page.at, change=True), person=page.person, pk=ask
    )
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        actions.answer(asked, Answer(said["answer"]), said["words"], by=page.viewer, at=page.at)
    return HttpResponseRedirect(page.url(HERE))


@require_http_methods(["GET", "HEAD", "POST"])
@page(Part.CONSENTS)
def agreements(request: HttpRequest, *, page: Page) -> HttpResponse:
    """Agree beforehand whom to try when they cannot be reached, and who rings after a missed appointment."""
    places = queries.may_have_peers(page.person, page.viewer, at=page.at)
    peers = Peers.objects.visible_to(page.viewer, at=page.at).filter(person=page.person).first()
    steps = queries.ladder_of(page.person, page.viewer, at=page.at)
    initial = {"steps": "\n".join(steps), "peers": str(peers.organization_id) if peers else ""}
    form = AgreementsForm(request.POST or None, places=places, initial=initial)
    if request.method == "POST":
        form = AgreementsForm(request.POST, places=places)
        if form.is_valid():
            lines = form.cleaned_data["steps"].splitlines()
            actions.agree_on_ladder(page.person, lines, by=page.viewer, at=page.at)
            named = form.cleaned_data["peers"]
            chosen = get_object_or_404(Organization, pk=named) if named else None
            actions.choose_peers(page.person, chosen, by=page.viewer, at=page.at)
            return HttpResponseRedirect(page.url(HERE))
    context = {"page": page, "form": form}
    return render(request, "recall/agreements.jinja", context, status=422 if form.errors else 200)


@require_POST
@page(Part.CONSENTS)
def take_off(request: HttpRequest, *, page: Page, entry: UUID) -> HttpResponse:
    """Please do not ring: the entry is closed, for this reason."""
    found = Entry.objects.visible_to(page.viewer, at=page.at)
    actions.take_off(get_object_or_404(found, person=page.person, pk=entry), by=page.viewer, at=page.at)
    return HttpResponseRedirect(page.url(HERE))


@require_POST
@page(Part.CONSENTS)
def may_ring(request: HttpRequest, *, page: Page, said: UUID) -> HttpResponse:
    """They may ring again: one press takes “please don’t ring” back."""
    found = NotRung.objects.visible_to(page.viewer, at=page.at, change=True)
    actions.may_ring_again(get_object_or_404(found, person=page.person, pk=said), by=page.viewer, at=page.at)
    return HttpResponseRedirect(page.url(HERE))
