"""Opening one page without consent: who, why, at once, for four hours; and closing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from livingwell.consent import actions, queries
from livingwell.consent.doors import page, signed_in, with_people
from livingwell.consent.forms import EmergencyForm
from livingwell.consent.models import Grounds, Part
from livingwell.core.errors import Refusal
from livingwell.core.templating import site
from livingwell.people.proof import prove_again

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from livingwell.consent.doors import Page
    from livingwell.people.models import Account
    from livingwell.people.work import Work


@require_http_methods(["GET", "HEAD", "POST"])
@with_people
@prove_again
def emergency(request: HttpRequest, *, viewer: Account, at: datetime, work: Work) -> HttpResponse:
    """Whom, why and for whom; then straight to the page."""
    organizations = work.places()
    form = EmergencyForm(request.POST if request.method == "POST" else None, organizations=organizations)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_in_emergency(
                form.sought,
                organization=form.chosen,
                grounds=Grounds(form.cleaned_data["grounds"]),
                words=form.cleaned_data["words"],
                site=str(site(request)["site_url"]),
                by=viewer,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(f"/page/{opened.person_id}/")
    context = {
        "form": form,
        "organizations": organizations,
        "open": queries.open_emergencies_of(viewer, at=at),
    }
    return render(request, "consent/emergency.jinja", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def end(request: HttpRequest, emergency: UUID, *, viewer: Account, at: datetime) -> HttpResponse:
    """Close the page that one opened, before its time."""
    found = queries.emergency(emergency, viewer, at=at)
    if found is None:
        raise Http404
    actions.end(found, by=viewer, at=at)
    return HttpResponseRedirect(reverse("consent:emergency"))


@require_POST
@page(Part.CONSENTS)
def shut(request: HttpRequest, emergency: UUID, *, page: Page) -> HttpResponse:
    """The person shuts their page that somebody opened in an emergency."""
    found = queries.emergency(emergency, page.viewer, at=page.at)
    if found is None or found.person_id != page.person.pk:
        raise Http404
    actions.end(found, by=page.viewer, at=page.at)
    return HttpResponseRedirect(page.url("consent:who-sees"))
