"""Beginning a page with somebody in the room: one screen, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from livingwell.consent.doors import with_people
from livingwell.consent.models import How
from livingwell.core.errors import Refusal
from livingwell.core.http import id_of
from livingwell.core.views import forbidden
from livingwell.linkwork import actions, queries
from livingwell.linkwork.forms import BeginForm
from livingwell.linkwork.roles import BEGIN
from livingwell.people.models import Role

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from livingwell.people.models import Account
    from livingwell.people.work import Work


@sensitive_post_parameters("said", "called", "matters")
@require_http_methods(["GET", "HEAD", "POST"])
@with_people
def begin(request: HttpRequest, *, viewer: Account, at: datetime, work: Work) -> HttpResponse:
    """The empty form, with what was begun just now above it."""
    organizations, leads = work.places(*BEGIN), work.places(Role.LINK_WORKER)
    if not organizations:
        return forbidden(request, PermissionError())
    form = BeginForm(request.POST or None, organizations=organizations)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            person = actions.begin(
                said["organization"],
                how=How(said["how"]),
                said=said["said"],
                until=form.until(at),
                called=said["called"],
                matters=said["matters"],
                walks=said["walks"] and said["organization"] in leads,
                by=viewer,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(f"{reverse('linkwork:begin')}?begun={person.pk}")
    begun = id_of(request.GET.get("begun", ""))
    context = {
        "form": form,
        "several": len(organizations) > 1,
        "leads": bool(leads),
        "begun": None if form.is_bound or begun is None else queries.begun(begun, viewer, at=at),
    }
    return render(request, "linkwork/begin.jinja", context, status=422 if form.errors else 200)
