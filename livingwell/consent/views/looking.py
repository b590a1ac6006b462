"""Who looked, and asking why."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from livingwell.consent import actions, queries
from livingwell.consent.doors import page
from livingwell.consent.forms import WordsForm
from livingwell.consent.models import Part
from livingwell.core.templating import site

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from livingwell.consent.doors import Page


@require_safe
@page(Part.CONSENTS)
def who_looked(request: HttpRequest, *, page: Page) -> HttpResponse:
    """Each look and change by anybody else, newest first, a page at a time."""
    before = _moment(request.GET.get("before", ""))
    context = {
        "page": page,
        "looks": queries.who_looked(page.person, page.viewer, at=page.at, own=page.own, before=before),
        "questions": queries.questions_of(page.person, page.viewer, at=page.at) if before is None else (),
        "first": before is None,
        "may_ask": Part.CONSENTS in page.changes,
    }
    return render(request, "consent/who_looked.jinja", context)


@require_POST
@page(Part.CONSENTS)
def ask_why(request: HttpRequest, access: UUID, *, page: Page) -> HttpResponse:
    """Ask why somebody looked, in one press, with words or without."""
    look = queries.access_asked_about(page.person, access, page.viewer, at=page.at)
    form = WordsForm(request.POST)
    if look is None:
        raise Http404
    words = form.cleaned_data["words"] if form.is_valid() else request.POST.get("words", "")[:4000]
    actions.ask_why(look, words=words, site=str(site(request)["site_url"]), by=page.viewer, at=page.at)
    return HttpResponseRedirect(page.url("consent:who-looked") + "#asked")


def _moment(typed: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return found if timezone.is_aware(found) else None
