"""Naming a hard day, changing it, taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from livingwell.consent.doors import page as door
from livingwell.consent.models import Part
from livingwell.core.errors import Refusal
from livingwell.plans import actions
from livingwell.plans.forms import BEFORE, HardDateForm
from livingwell.plans.models import HardDate

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from livingwell.consent.doors import Page

A_WEEK = "7"


@require_http_methods(["GET", "HEAD", "POST"])
@door(Part.CRISIS_CARD)
def new(request: HttpRequest, *, page: Page) -> HttpResponse:
    """Name a day that is hard."""
    _see_that_they_may(page)
    form = HardDateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_date(page.person, **_said(form), by=page.viewer, at=page.at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(page.url("plans:bad-days") + "#hard-days")
    return _date_page(request, page, form, page.url("plans:new-date"))


@require_http_methods(["GET", "HEAD", "POST"])
@door(Part.CRISIS_CARD)
def change(request: HttpRequest, *, page: Page, date: UUID) -> HttpResponse:
    """Say of a hard day something else than before."""
    _see_that_they_may(page)
    named = _named(page, date)
    form = HardDateForm(request.POST or None, initial=_as_typed(named))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_date(named, **_said(form), by=page.viewer, at=page.at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(page.url("plans:bad-days") + "#hard-days")
    return _date_page(request, page, form, page.url("plans:date", date=date), named)


@require_http_methods(["POST"])
@door(Part.CRISIS_CARD)
def take_back(request: HttpRequest, *, page: Page, date: UUID) -> HttpResponse:
    """It is no hard day any more."""
    actions.drop_date(_named(page, date), by=page.viewer, at=page.at)
    return HttpResponseRedirect(page.url("plans:bad-days") + "#hard-days")


def _date_page(
    request: HttpRequest, page: Page, form: HardDateForm, here: str, named: HardDate | None = None
) -> HttpResponse:
    context = {"page": page, "form": form, "here": here, "named": named}
    return render(request, "plans/hard_date.jinja", context, status=422 if form.errors else 200)


def _see_that_they_may(page: Page) -> None:
    if Part.CRISIS_CARD not in page.changes:
        raise Http404


def _named(page: Page, pk: UUID) -> HardDate:
    mine = HardDate.objects.visible_to(page.viewer, at=page.at, change=True)
    named = mine.filter(person=page.person, pk=pk).first()
    if named is None:
        raise Http404
    return named


def _said(form: HardDateForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("what", "falls", "days_before")}


def _as_typed(named: HardDate) -> dict[str, object]:
    """A hard day as it would have been typed; days before that the list does not offer become a week."""
    before = str(named.days_before)
    return {
        "what": named.what,
        "day": named.day,
        "month": str(named.month),
        "year": named.year or "",
        "comes": "yearly" if named.yearly else "once",
        "days_before": before if before in dict(BEFORE) else A_WEEK,
    }
