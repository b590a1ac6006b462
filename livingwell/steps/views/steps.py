"""The steps of a page: the list, a new one, one step with all that can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livingwell.consent.doors import page
from livingwell.consent.models import Part
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.steps import actions, queries
from livingwell.steps.companions import MYSELF, Companion
from livingwell.steps.forms import AskForm, ChangeForm, NewForm, PieceForm, WithForm
from livingwell.steps.models import Stage, Status, Step, Walks

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse, QueryDict

    from livingwell.consent.doors import Page
    from livingwell.steps.queries import StepShown

MOVES = {status.value: status for status in Status}


@require_safe
@page(Part.PLAN)
def steps(request: HttpRequest, *, page: Page) -> HttpResponse:
    """All steps, by when their turn is, with what the person wanted to be asked again on top."""
    listed = queries.steps_of(page)
    context = {"page": page, "steps": listed, "gone": queries.let_in_no_more(page, listed.all), **_may(page)}
    return render(request, "steps/list.jinja", context)


@require_http_methods(["GET", "POST"])
@page(Part.PLAN)
def new(request: HttpRequest, *, page: Page) -> HttpResponse:
    """A step in somebody's own words."""
    form = NewForm(_posted(request), own=page.own)
    if request.method == "POST" and form.is_valid():
        try:
            step = actions.add(
                page.person,
                form.cleaned_data["words"],
                stage=form.cleaned_data["stage"],
                by=page.viewer,
                at=page.at,
            )
        except Refusal as refusal:
            form.add_error("words", str(refusal))
        else:
            return redirect(page.url("steps:step", step=step.pk))
    return _form(request, "steps/new.jinja", page, form)


@require_safe
@page(Part.PLAN)
def step(request: HttpRequest, step: UUID, *, page: Page) -> HttpResponse:
    """One step: what it says, who walks along, its pieces, and what can be done with it now."""
    return _shown(request, page, _step(page, step), PieceForm())


@require_http_methods(["GET", "POST"])
@page(Part.PLAN)
def change(request: HttpRequest, step: UUID, *, page: Page) -> HttpResponse:
    """What a step says. Whoever wrote at the same time is not overwritten."""
    shown = _step(page, step)
    said = {name: getattr(shown, name) for name in ("words", "why", "first", "stage", "ask_on", "version")}
    form = ChangeForm(_posted(request), initial=said, own=page.own)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            actions.change(
                _row(page, step), values, version=values.pop("version"), by=page.viewer, at=page.at
            )
        except actions.Overtaken as refusal:
            typed = ChangeForm({**request.POST.dict(), "version": shown.version}, own=page.own)
            context = {"page": page, "form": typed, "step": shown, "overtaken": str(refusal)}
            return render(request, "steps/change.jinja", context, status=409)
        except Refusal as refusal:
            form.add_error("ask_on", str(refusal))
        else:
            return redirect(page.url("steps:step", step=step))
    return _form(request, "steps/change.jinja", page, form, step=shown)


@require_http_methods(["GET", "POST"])
@page(Part.PLAN)
def walks_with(request: HttpRequest, step: UUID, *, page: Page) -> HttpResponse:
    """Who walks along; and, if the person likes, the beginning of the step in the same press."""
    shown = _step(page, step)
    beside = queries.beside(page)
    form = WithForm(_posted(request), beside=beside, initial=_walks(shown, beside), own=page.own)
    if request.method == "POST" and form.is_valid():
        companion = _companion(form, beside)
        try:
            if "begin" in request.POST:
                _move(request, page, step, Status.ACTIVE, companion=companion)
            else:
                actions.walk_with(_row(page, step), companion, by=page.viewer, at=page.at)
        except Refusal as refusal:
            form.add_error("who", str(refusal))
        else:
            return redirect(page.url("steps:step", step=step))
    return _form(request, "steps/with.jinja", page, form, step=shown)


@require_POST
@page(Part.PLAN)
def move(request: HttpRequest, step: UUID, *, page: Page) -> HttpResponse:
    """One press: begin, done, changed my mind, not now, start again. Should it not fit any more, it says so."""
    asked = request.POST.get("to", "")
    try:
        if asked == "again":
            actions.again(_row(page, step), was=_was(request), by=page.viewer, at=page.at)
        elif asked == "myself":
            _move(request, page, step, Status.ACTIVE, companion=MYSELF)
        elif asked in MOVES:
            _move(request, page, step, MOVES[asked])
        else:
            raise Http404
    except Refusal as refusal:
        return _shown(request, page, _step(page, step), PieceForm(), refused=str(refusal), status=409)
    whole = _step(page, step).parent if request.POST.get("back") == "whole" else None
    return redirect(page.url("steps:step", step=whole or step) + ("#pieces" if whole else ""))


@require_POST
@page(Part.PLAN)
def stage(request: HttpRequest, step: UUID, *, page: Page) -> HttpResponse:
    """One press: now, next, later."""
    form = ChangeForm(request.POST)
    form.is_valid()
    to, version = form.cleaned_data.get("stage"), form.cleaned_data.get("version")
    if not to or not version:
        raise Http404
    values = {"stage": Stage(to)}
    try:
        actions.change(_row(page, step), values, version=version, by=page.viewer, at=page.at)
    except Refusal as refusal:
        return _shown(request, page, _step(page, step), PieceForm(), refused=str(refusal), status=409)
    return redirect(page.url("steps:step", step=step))


@require_POST
@page(Part.PLAN)
def piece(request: HttpRequest, step: UUID, *, page: Page) -> HttpResponse:
    """A smaller piece of a step."""
    form = PieceForm(request.POST)
    if form.is_valid():
        try:
            actions.add(
                page.person,
                form.cleaned_data["words"],
                parent=_row(page, step),
                by=page.viewer,
                at=page.at,
            )
        except Refusal as refusal:
            form.add_error("words", str(refusal))
        else:
            return redirect(page.url("steps:step", step=step) + "#pieces")
    return _shown(request, page, _step(page, step), form, status=422)


@require_http_methods(["GET", "POST"])
@page(Part.PLAN)
def ask(request: HttpRequest, step: UUID, *, page: Page) -> HttpResponse:
    """When to ask again. Of what is "not now" there is always a day."""
    shown = _step(page, step)
    form = AskForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        values = {"ask_on": form.on(day_of(page.at))}
        try:
            actions.change(_row(page, step), values, version=_version(request), by=page.viewer, at=page.at)
        except Refusal as refusal:
            form.add_error("day", str(refusal))
        else:
            return redirect(page.url("steps:step", step=step))
    return _form(request, "steps/ask.jinja", page, form, step=shown)


def _may(page: Page) -> dict[str, bool]:
    return {"may_change": Part.PLAN in page.changes}


def _step(page: Page, pk: UUID) -> StepShown:
    found = queries.step_of(page, pk)
    if found is None:
        raise Http404
    return found


def _row(page: Page, pk: UUID) -> Step:
    """The row to change, through the scoped door."""
    held = Step.objects.visible_to(page.viewer, at=page.at, change=True)
    found = held.filter(person=page.person, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _was(request: HttpRequest) -> Status:
    asked = request.POST.get("was", "")
    if asked not in MOVES:
        raise Http404
    return MOVES[asked]


def _version(request: HttpRequest) -> int:
    asked = request.POST.get("version", "")
    if not asked.isdecimal():
        raise Http404
    return int(asked)


def _move(request: HttpRequest, page: Page, pk: UUID, to: Status, companion: Companion | None = None) -> None:
    actions.move(_row(page, pk), to, was=_was(request), by=page.viewer, at=page.at, companion=companion)


def _walks(shown: StepShown, beside: tuple[queries.Beside, ...]) -> dict[str, str]:
    """What the form holds at first: who walks along already, else me alone."""
    if shown.walks == Walks.NAME:
        return {"who": "name", "name": shown.companion}
    known = {f"member:{shown.walks_member}", f"account:{shown.walks_account}"}
    unseen = "" if shown.walks in {Walks.MEMBER, Walks.ACCOUNT} else "self"
    return {"who": next((one.key for one in beside if one.key in known), unseen)}


def _companion(form: WithForm, beside: tuple[queries.Beside, ...]) -> Companion:
    chosen = form.cleaned_data["who"]
    if chosen == Walks.NAME:
        return Companion(Walks.NAME, name=form.cleaned_data["name"])
    return next((one.companion for one in beside if one.key == chosen), MYSELF)


def _shown(
    request: HttpRequest,
    page: Page,
    shown: StepShown,
    piece_form: PieceForm,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "page": page,
        "step": shown,
        "parent": queries.step_of(page, shown.parent) if shown.parent else None,
        "because": queries.because_of(page, shown.pk),
        "gone": queries.let_in_no_more(page, [shown, *shown.pieces]),
        "form": piece_form,
        "refused": refused,
        **_may(page),
    }
    return render(request, "steps/step.jinja", context, status=status)


def _form(request: HttpRequest, template: str, page: Page, form: object, **more: object) -> HttpResponse:
    status = 422 if getattr(form, "errors", None) else 200
    return render(request, template, {"page": page, "form": form, **more}, status=status)


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also where every field was left empty."""
    return request.POST if request.method == "POST" else None
