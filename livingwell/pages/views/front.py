"""The front of a page, and what happened on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from livingwell.consent.doors import page
from livingwell.contacting.queries import unreached
from livingwell.core.http import id_of
from livingwell.pages import queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from livingwell.consent.doors import Page


@require_safe
@page()
def front(request: HttpRequest, page: Page) -> HttpResponse:
    """What stands on the page at a glance, and one thing to do."""
    context = {"page": page, "whole": queries.whole(page), "unreached": page.own and unreached(page)}
    return render(request, "pages/front.jinja", context)


@require_safe
@page()
def happened(request: HttpRequest, page: Page) -> HttpResponse:
    """What happened, the latest first, forty at a time."""
    before = id_of(request.GET.get("before", ""))
    rows = queries.timeline(page, before=before, to_person=page.own)
    context = {
        "page": page,
        "happened": rows,
        "more": len(rows) == queries.A_PAGE,
        "from_start": before is None,
    }
    return render(request, "pages/happened.jinja", context)
