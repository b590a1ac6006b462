"""Every message to or about a person, shown to them and to those who see that part of their page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from livingwell.consent.doors import page
from livingwell.contacting import queries
from livingwell.core.http import id_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from livingwell.consent.doors import Page


@require_safe
@page()
def messages(request: HttpRequest, page: Page) -> HttpResponse:
    """When each went, which way, what it said while that is kept, and whether it arrived; forty at a time."""
    before = id_of(request.GET.get("before", ""))
    rows = queries.letters_of(page.person, page.viewer, at=page.at, before=before)
    context = {
        "page": page,
        "letters": rows,
        "more": len(rows) == queries.A_PAGE,
        "from_start": before is None,
        "unreached": queries.unreached(page),
    }
    return render(request, "contacting/messages.jinja", context)
