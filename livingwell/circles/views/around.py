"""The circle, drawn and listed; and a short screen each to add somebody, change them, move them, take them away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livingwell.circles import actions, queries
from livingwell.circles.forms import MemberForm
from livingwell.circles.models import CircleMember, Close
from livingwell.circles.picture import Standing, drawn
from livingwell.consent.actions import withdraw
from livingwell.consent.doors import page
from livingwell.consent.models import Consent, Part
from livingwell.core.errors import Refusal

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from livingwell.consent.doors import Page


@require_safe
@page(Part.CIRCLE)
def circle(request: HttpRequest, page: Page) -> HttpResponse:
    """The people around somebody: a picture, and the same as a list."""
    shown = queries.circle_of(page.person, page.viewer, at=page.at)
    never = _("don’t ring")
    standing = [Standing(one.called, one.close, never if one.never_rung else "") for one in shown.members]
    middle = _("You") if page.own else page.person.called or _("Them")
    context = {
        "page": page,
        "circle": shown,
        "rings": [(close, shown.in_ring(close)) for close in Close],
        "picture": drawn(middle, standing),
        "changes": Part.CIRCLE in page.changes,
    }
    return render(request, "circles/circle.jinja", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Part.CIRCLE)
def add(request: HttpRequest, page: Page) -> HttpResponse:
    """Name somebody who matters."""
    _may_change(page)
    form = MemberForm(
        request.POST or None, own=page.own, with_reason=_with_reason(page), initial={"close": Close.MIDDLE}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(page.person, form.cleaned_data, by=page.viewer, at=page.at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(page.url("circles:circle"))
    return _form(request, page, form, None)


@require_safe
@page(Part.CIRCLE)
def member(request: HttpRequest, page: Page, member: UUID) -> HttpResponse:
    """All that is said of one of them, and what can be done."""
    shown = queries.circle_of(page.person, page.viewer, at=page.at)
    one = next((each for each in shown.members if each.id == member), None)
    if one is None:
        raise Http404
    order = list(Close)
    place = order.index(one.close)
    context = {
        "page": page,
        "one": one,
        "nearer": order[place - 1] if place else None,
        "farther": order[place + 1] if place + 1 < len(order) else None,
        "changes": Part.CIRCLE in page.changes,
        "lets_in": Part.CONSENTS in page.changes,
    }
    return render(request, "circles/member.jinja", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Part.CIRCLE)
def change(request: HttpRequest, page: Page, member: UUID) -> HttpResponse:
    """Say something else about one of them."""
    found = _found(page, member)
    names = [*MemberForm.base_fields]
    now = {name: getattr(found, name) for name in names if name != "reason"}
    if _with_reason(page):
        why = queries.reason_of(found, page.viewer, at=page.at)
        now["reason"] = why
    form = MemberForm(request.POST or None, own=page.own, with_reason=_with_reason(page), initial=now)
    if request.method == "POST" and form.is_valid():
        actions.change(found, form.cleaned_data, by=page.viewer, at=page.at)
        return HttpResponseRedirect(page.url("circles:member", member=found.pk))
    return _form(request, page, form, found)


@require_POST
@page(Part.CIRCLE)
def move(request: HttpRequest, page: Page, member: UUID) -> HttpResponse:
    """Move one of them nearer or farther, in one press."""
    wanted = request.POST.get("close", "")
    if wanted not in Close.values:
        raise Http404
    actions.move(_found(page, member), Close(wanted), by=page.viewer, at=page.at)
    return HttpResponseRedirect(page.url("circles:circle"))


@require_http_methods(["GET", "HEAD", "POST"])
@page(Part.CIRCLE)
def take_away(request: HttpRequest, page: Page, member: UUID) -> HttpResponse:
    """Take one of them out; and, unless that is unticked, end what they may see."""
    found = _found(page, member)
    shown = queries.circle_of(page.person, page.viewer, at=page.at)
    sees = next((each.sees for each in shown.members if each.id == found.pk), None)
    if request.method == "POST":
        if sees is not None and request.POST.get("stop"):
            consent = Consent.objects.visible_to(page.viewer, at=page.at).filter(pk=sees.consent).first()
            if consent is not None:
                withdraw(consent, by=page.viewer, at=page.at)
        actions.take_away(found, by=page.viewer, at=page.at)
        return HttpResponseRedirect(page.url("circles:circle"))
    return render(request, "circles/take_away.jinja", {"page": page, "one": found, "sees": sees})


def _form(request: HttpRequest, page: Page, form: MemberForm, found: CircleMember | None) -> HttpResponse:
    context = {"page": page, "form": form, "one": found, "more": found is not None or form.errors}
    return render(request, "circles/form.jinja", context, status=422 if form.errors else 200)


def _found(page: Page, member: UUID) -> CircleMember:
    """One of those around the person, to be changed. Raises Http404 for anybody else."""
    _may_change(page)
    mine = CircleMember.objects.visible_to(page.viewer, at=page.at, change=True)
    found = mine.filter(person=page.person, left_at=None, pk=member).select_related("person").first()
    if found is None:
        raise Http404
    return found


def _may_change(page: Page) -> None:
    if Part.CIRCLE not in page.changes:
        raise Http404


def _with_reason(page: Page) -> bool:
    """Whether this viewer is shown why somebody must not be rung: the person, and who keeps the page with them."""
    return Part.CONSENTS in page.changes
