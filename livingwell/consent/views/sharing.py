"""Who can see what: the one screen, stopping, and sharing with one organization in three screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livingwell.consent import actions, queries, telling
from livingwell.consent.actions.allowing import TAKEN_BACK_WITHIN
from livingwell.consent.doors import page
from livingwell.consent.forms import ShareForm, WhoForm
from livingwell.consent.models import PARTS, How, Part, Purpose
from livingwell.core.errors import Refusal
from livingwell.directory.models import Organization

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from livingwell.consent.doors import Page


@require_safe
@page(Part.CONSENTS)
def who_sees(request: HttpRequest, *, page: Page) -> HttpResponse:
    """Everybody who can see something, and what."""
    context = {
        "page": page,
        "who": queries.who_sees(page.person, page.viewer, at=page.at, taken_back_within=TAKEN_BACK_WITHIN),
        "emergencies": queries.emergencies_of(page.person, page.viewer, at=page.at),
        "questions": queries.questions_of(page.person, page.viewer, at=page.at),
        "may_change": Part.CONSENTS in page.changes,
    }
    return render(request, "consent/who_sees.jinja", context)


@require_POST
@page(Part.CONSENTS)
def stop(request: HttpRequest, consent: UUID, *, page: Page) -> HttpResponse:
    """Stop it, in one press."""
    found = queries.consent_of(page.person, consent, page.viewer, at=page.at)
    if found is None:
        raise Http404
    actions.withdraw(found, by=page.viewer, at=page.at)
    return HttpResponseRedirect(page.url("consent:who-sees"))


@require_POST
@page(Part.CONSENTS)
def take_back(request: HttpRequest, consent: UUID, *, page: Page) -> HttpResponse:
    """Take back a stop that was pressed a moment ago."""
    found = queries.consent_of(page.person, consent, page.viewer, at=page.at)
    if found is None:
        raise Http404
    try:
        actions.give_again(found, by=page.viewer, at=page.at)
    except Refusal as refusal:
        return render(request, "core/errors/409.jinja", {"reason": str(refusal)}, status=409)
    return HttpResponseRedirect(page.url("consent:who-sees"))


@require_http_methods(["GET", "HEAD", "POST"])
@page(Part.CONSENTS, writes=False)
def share(request: HttpRequest, *, page: Page) -> HttpResponse:
    """First screen: who. An organization by its name; a category is refused in a sentence."""
    form = WhoForm(request.POST or None)
    found, category = None, False
    if form.is_valid():
        name = form.cleaned_data["name"]
        found = queries.places_named(name)
        category = not found and queries.is_a_category(name)
        if category:
            form.add_error(
                "name",
                _(
                    "Name one organisation. You can only say yes to somebody you can name, "
                    "so a group like “%(name)s” cannot be let in."
                )
                % {"name": name},
            )
    context = {"page": page, "form": form, "found": found, "category": category}
    return render(request, "consent/share_who.jinja", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Part.CONSENTS, writes=False)
def share_what(request: HttpRequest, organization: UUID, *, page: Page) -> HttpResponse:
    """Second screen: what, for what, until when. Then the third reads it back."""
    place = _place(organization, page)
    again = "change" in request.POST
    form = _form(request, page)
    if request.method != "POST" or again or not form.is_valid():
        return _what(request, page, place, form, again=again)
    parts = [Part(value) for value in form.cleaned_data["parts"]]
    context = {
        "page": page,
        "place": place,
        "form": form,
        "parts": [(part, telling.WORDS[part]) for part in PARTS if part in parts],
        "purpose": Purpose(form.cleaned_data["purpose"]),
        "keeps": form.cleaned_data["purpose"] == Purpose.KEEP,
        "until": queries.last_day(form.cleaned_data["until"]),
    }
    return render(request, "consent/share_read_back.jinja", context)


@require_POST
@page(Part.CONSENTS)
def share_yes(request: HttpRequest, organization: UUID, *, page: Page) -> HttpResponse:
    """The yes to what was read back."""
    place = _place(organization, page)
    form = _form(request, page)
    if not form.is_valid():
        return _what(request, page, place, form)
    said = form.cleaned_data
    try:
        actions.give(
            page.person,
            organization=Organization.objects.get(pk=place.id),
            parts=[Part(value) for value in said["parts"]],
            purpose=Purpose(said["purpose"]),
            may_change=said["purpose"] == Purpose.KEEP,
            until=said["until"],
            how=How.SCREEN if page.own else How(said["how"]),
            said=said.get("said", ""),
            by=page.viewer,
            at=page.at,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _what(request, page, place, form)
    return HttpResponseRedirect(page.url("consent:who-sees"))


def _form(request: HttpRequest, page: Page) -> ShareForm:
    typed = request.POST if request.method == "POST" else None
    return ShareForm(typed, own=page.own, today=timezone.localdate(page.at))


def _place(organization: UUID, page: Page) -> queries.Place:
    found = queries.place(organization, at=page.at)
    if found is None:
        raise Http404
    return found


def _what(
    request: HttpRequest, page: Page, place: queries.Place, form: ShareForm, *, again: bool = False
) -> HttpResponse:
    context = {
        "page": page,
        "place": place,
        "form": form,
        "parts": [(part, telling.WORDS[part]) for part in PARTS],
    }
    wrong = form.is_bound and bool(form.errors) and not again
    return render(request, "consent/share_what.jinja", context, status=422 if wrong else 200)
