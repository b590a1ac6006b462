"""How to reach somebody: permission to get in touch, apart from consent to share."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from livingwell.consent import actions, queries
from livingwell.consent.doors import page
from livingwell.consent.forms import ReachForm
from livingwell.consent.models import Part

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from livingwell.consent.doors import Page


@require_http_methods(["GET", "HEAD", "POST"])
@page(Part.CONTACT)
def reach(request: HttpRequest, *, page: Page) -> HttpResponse:
    """How to reach me: seen by those who may, changed by the person and whoever keeps the page."""
    said = queries.contact_of(page.person, page.viewer, at=page.at)
    today = timezone.localdate(page.at)
    if request.method == "POST":
        form = ReachForm(request.POST, today=today)
        if form.is_valid():
            actions.say_how_to_reach(page.person, form.cleaned_data, by=page.viewer, at=page.at)
            return HttpResponseRedirect(page.url("consent:reach") + "?kept=yes")
    else:
        form = ReachForm(today=today, initial=_typed(said))
    context = {
        "page": page,
        "said": said,
        "form": form,
        "may_change": Part.CONTACT in page.changes,
        "kept": "kept" in request.GET,
    }
    return render(request, "consent/reach.jinja", context, status=422 if form.errors else 200)


def _typed(said: queries.ContactSeen) -> dict[str, Any]:
    born = said.born_on
    return {
        **asdict(said),
        "ways": [value for value, _label in said.ways],
        "born_on": f"{born.day}/{born.month}/{born.year}" if born else "",
    }
