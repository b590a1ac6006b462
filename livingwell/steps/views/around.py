"""What's around for somebody: suggestions for the words of their page, and what they say to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livingwell.consent.actions import start
from livingwell.consent.doors import page, signed_in
from livingwell.consent.models import Part
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.core.http import id_of
from livingwell.directory.models import Service
from livingwell.steps import actions, queries
from livingwell.steps.forms import AskForm, NearForm, ReasonForm
from livingwell.steps.models import Choice, Verdict

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse, QueryDict

    from livingwell.consent.doors import Page
    from livingwell.people.models import Account
    from livingwell.steps.queries import Chosen


@require_http_methods(["GET", "POST"])
@page(Part.PLAN)
def around(request: HttpRequest, *, page: Page) -> HttpResponse:
    """Suggestions for the words of the page. By POST with a place, which is kept nowhere."""
    said = id_of(request.GET.get("said", ""))
    return _around(request, page, queries.choice_of(page, said) if said else None)


@require_POST
@page(Part.PLAN)
def answer(request: HttpRequest, *, page: Page) -> HttpResponse:
    """One press: choose as a step, not for me, ask me later."""
    service = _service(request.POST.get("service", ""))
    near = _near(request)
    doing: dict[str, Any] = {
        "by": page.viewer,
        "at": page.at,
        "offered": queries.offered_by(page, queries.wishes(page), service.pk, near=near),
    }
    verdict = request.POST.get("verdict", "")
    if verdict == Verdict.CHOSEN:
        step = actions.choose(page.person, service, **doing)
        return redirect(page.url("steps:step", step=step.pk))
    if verdict == Verdict.NOT_FOR_ME:
        choice = actions.turn_down(page.person, service, **doing)
    elif verdict == Verdict.LATER:
        choice = actions.ask_later(page.person, service, **doing)
    else:
        raise Http404
    if near:
        return _around(request, page, queries.choice_of(page, choice.pk))
    return redirect(f"{page.url('steps:around')}?said={choice.pk}")


@require_http_methods(["GET", "POST"])
@page(Part.PLAN)
def said(request: HttpRequest, choice: UUID, *, page: Page) -> HttpResponse:
    """Why not, if somebody likes to say; or another day to be asked."""
    shown = queries.choice_of(page, choice)
    if shown is None or shown.verdict == Verdict.CHOSEN:
        raise Http404
    later = shown.verdict == Verdict.LATER
    form = (
        AskForm(_posted(request))
        if later
        else ReasonForm(_posted(request), initial={"reason": shown.reason}, own=page.own)
    )
    if request.method == "POST" and form.is_valid():
        row = _row(page, choice)
        try:
            if isinstance(form, AskForm):
                actions.put_off(row, form.on(day_of(page.at)), at=page.at)
            else:
                actions.say_why(row, form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error("day", str(refusal))
        else:
            return redirect(page.url("steps:refused"))
    context = {"page": page, "choice": shown, "form": form, "later": later}
    return render(request, "steps/said.jinja", context, status=422 if form.errors else 200)


@require_POST
@page(Part.PLAN)
def back(request: HttpRequest, choice: UUID, *, page: Page) -> HttpResponse:
    """One press: offer it again."""
    actions.bring_back(_row(page, choice), by=page.viewer, at=page.at)
    return redirect(page.url("steps:refused" if "stay" in request.POST else "steps:around"))


@require_safe
@page(Part.PLAN)
def refused(request: HttpRequest, *, page: Page) -> HttpResponse:
    """All that somebody said no to, or put off, each with the way back."""
    said = queries.choices_of(page, Verdict.NOT_FOR_ME, Verdict.LATER)
    context = {
        "page": page,
        "nos": [one for one in said if one.verdict == Verdict.NOT_FOR_ME],
        "laters": [one for one in said if one.verdict == Verdict.LATER],
        "may_change": Part.PLAN in page.changes,
    }
    return render(request, "steps/refused.jinja", context)


@require_http_methods(["GET", "POST"])
@signed_in
def choose(request: HttpRequest, service: UUID, *, viewer: Account, at: datetime) -> HttpResponse:
    """Make something found in public a step on one's own page, which begins with it where there was none."""
    wanted = _service(str(service))
    if request.method != "POST":
        return render(request, "steps/choose.jinja", {"service": wanted})
    person = start(by=viewer, at=at)
    step = actions.choose(person, wanted, by=viewer, at=at)
    address = step.get_absolute_url()
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"address": address})
    return redirect(address)


def _around(request: HttpRequest, page: Page, said: Chosen | None) -> HttpResponse:
    near = _near(request)
    context = {
        "page": page,
        "around": queries.around(page, queries.wishes(page), near=near),
        "form": NearForm(initial={"near": near}),
        "near": near,
        "said": said,
        "may_change": Part.PLAN in page.changes,
    }
    return render(request, "steps/around.jinja", context)


def _near(request: HttpRequest) -> str:
    form = NearForm(request.POST)
    return str(form.cleaned_data["near"]) if form.is_valid() else ""


def _service(pk: str) -> Service:
    return get_object_or_404(Service.objects.select_related("merged_into"), pk=id_of(pk))


def _row(page: Page, pk: UUID) -> Choice:
    """The row to change, through the scoped door."""
    held = Choice.objects.visible_to(page.viewer, at=page.at, change=True)
    return get_object_or_404(held.live(), person=page.person, pk=pk)


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also where every field was left empty."""
    return request.POST if request.method == "POST" else None
