"""Typing the code from a paper: the page that was kept with somebody becomes theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from livingwell.consent.doors import signed_in
from livingwell.core.actions import count
from livingwell.core.errors import Refusal
from livingwell.core.http import HOUR, at_most
from livingwell.core.views import too_many
from livingwell.linkwork import actions
from livingwell.linkwork.forms import TakeOverForm

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from livingwell.people.models import Account

TRIES: Final = 10
"""How often one account may try a code in an hour."""


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@at_most("CODES_PER_TEN_MINUTES", within=timedelta(minutes=10))
@signed_in
def take_over(request: HttpRequest, *, viewer: Account, at: datetime) -> HttpResponse:
    """Take the code, or say kindly why not."""
    form = TakeOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if count("take over", str(viewer.pk), within=HOUR, at=at) > TRIES:
            return too_many(request)
        try:
            person = actions.take_over(form.cleaned_data["code"], by=viewer, at=at)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            return HttpResponseRedirect(reverse("link-worker:taken-over", kwargs={"pk": person.pk}))
    return render(request, "linkwork/take_over.jinja", {"form": form}, status=422 if form.errors else 200)
