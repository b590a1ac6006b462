"""The way to one's own page, and its beginning."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from livingwell.consent.actions import start
from livingwell.consent.doors import signed_in
from livingwell.consent.models import Person
from livingwell.core.http import at_most
from livingwell.people.models import Account
from livingwell.plans.actions import put
from livingwell.plans.models import Section

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

LONGEST_STORY = 10_000


@sensitive_post_parameters("story")
@require_http_methods(["GET", "HEAD", "POST"])
@at_most("STORIES_PER_TEN_MINUTES", within=timedelta(minutes=10))
def my_page(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in comes to their page, or begins one with one press; others sign in and come back.

    A story that was posted here is kept on the page. Whoever has to sign in first takes it along: 307 asks the browser
    to post it on.
    """
    if request.method == "POST" and not isinstance(request.user, Account):
        to_sign_in = f"{reverse('people:sign-in')}?{urlencode({'next': reverse('my-page')})}"
        return HttpResponse(
            status=307, headers={"Location": to_sign_in, "Cache-Control": "private, no-store"}
        )
    return _mine(request)


@signed_in
def _mine(request: HttpRequest, *, viewer: Account, at: datetime) -> HttpResponse:
    if request.method == "POST":
        person = start(by=viewer, at=at)
        if story := request.POST.get("story", "")[:LONGEST_STORY].strip():
            put(person, Section.MATTERS, story, by=viewer, at=at)
        return HttpResponseRedirect(
            reverse("plans:section", kwargs={"pk": person.pk, "section": Section.MATTERS.value})
        )
    own = Person.objects.visible_to(viewer, at=at).filter(account=viewer).first()
    if own is not None:
        return HttpResponseRedirect(reverse("pages:front", kwargs={"pk": own.pk}))
    return render(request, "pages/start.jinja")
