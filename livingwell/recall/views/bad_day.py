"""A bad day: one button, and what is there now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from livingwell.consent.doors import page, signed_in
from livingwell.consent.models import Part, Person
from livingwell.recall import actions, queries
from livingwell.recall.forms import AlliesForm

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from livingwell.consent.doors import Page
    from livingwell.people.models import Account


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def wobble(request: HttpRequest, *, viewer: Account, at: datetime) -> HttpResponse:
    """For whoever is signed in: one button that tells those whom they chose, and what is there now."""
    person = Person.objects.visible_to(viewer, at=at).filter(account=viewer).first()
    if person is None:
        context = {"person": None, "lines": queries.lines_open(at=at)}
        return render(
            request, "recall/wobble.jinja", context, status=409 if request.method == "POST" else 200
        )
    if request.method == "POST":
        actions.wobble(person, by=viewer, at=at)
        return HttpResponseRedirect(reverse("wobble:wobble"))
    return render(request, "recall/wobble.jinja", _shown(person, viewer, at))


def _shown(person: Person, viewer: Account, at: datetime) -> dict[str, object]:
    day = queries.bad_day(person, viewer, at=at)
    return {"person": person, "day": day, "lines": day.lines}


@require_POST
@page(Part.CONSENTS)
def press(request: HttpRequest, *, page: Page) -> HttpResponse:
    """The same button on a page: its person's, or pressed with them by whoever keeps it."""
    actions.wobble(page.person, by=page.viewer, at=page.at)
    if page.own:
        return HttpResponseRedirect(reverse("wobble:wobble"))
    return HttpResponseRedirect(page.url("recall:keeping-in-touch"))


@require_http_methods(["GET", "HEAD", "POST"])
@page(Part.CONSENTS)
def allies(request: HttpRequest, *, page: Page) -> HttpResponse:
    """Choose beforehand who is told."""
    offered = queries.allies_of(page.person, page.viewer, at=page.at, chosen=False)
    form = AlliesForm(
        request.POST or None,
        offered=offered,
        initial={"allies": [str(one.whom) for one in offered if one.chosen]},
    )
    if request.method == "POST":
        form = AlliesForm(request.POST, offered=offered)
        if form.is_valid():
            actions.choose_allies(page.person, form.cleaned_data["allies"], by=page.viewer, at=page.at)
            return HttpResponseRedirect(page.url("recall:keeping-in-touch"))
    context = {"page": page, "form": form, "anybody": bool(offered)}
    return render(request, "recall/allies.jinja", context, status=422 if form.errors else 200)
