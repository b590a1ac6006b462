"""Keeping in touch, on somebody's page: what they chose, on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from livingwell.consent.doors import page
from livingwell.consent.models import Part
from livingwell.recall import queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from livingwell.consent.doors import Page


@require_safe
@page(Part.CHECK_INS)
def keeping_in_touch(request: HttpRequest, *, page: Page) -> HttpResponse:
    """What they chose, and for the person themself and whoever keeps the page who is told on a bad day."""
    day = queries.bad_day(page.person, page.viewer, at=page.at) if Part.CONSENTS in page.sees else None
    return render(request, "recall/keeping_in_touch.jinja", {"page": page, "day": day})
