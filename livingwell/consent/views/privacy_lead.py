"""What a privacy lead owes: answers to those who ask why, and a verdict on each emergency."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from livingwell.consent import actions, queries
from livingwell.consent.doors import signed_in
from livingwell.consent.forms import AnswerForm, ReviewForm
from livingwell.consent.models import Verdict
from livingwell.consent.views.staffing import for_those_who, leads_privacy
from livingwell.core.errors import Refusal

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from livingwell.people.models import Account

LATELY = timedelta(days=28)


@require_safe
@signed_in
@for_those_who(leads_privacy)
def owed(request: HttpRequest, *, viewer: Account, at: datetime) -> HttpResponse:
    """Everything that waits, oldest first."""
    context = {"owed": queries.owed(at=at, since=at - LATELY), "today": timezone.localdate(at)}
    return render(request, "consent/owed.jinja", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@for_those_who(leads_privacy)
def question(request: HttpRequest, question: UUID, *, viewer: Account, at: datetime) -> HttpResponse:
    """One question, what was looked at, and the answer to it."""
    found = queries.question_owed(question, at=at)
    if found is None:
        raise Http404
    asked, told, looks = found
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(asked, form.cleaned_data["words"], by=viewer, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(reverse("consent:owed"))
    context = {"form": form, "question": told, "looks": looks}
    return render(request, "consent/question.jinja", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@for_those_who(leads_privacy)
def review(request: HttpRequest, emergency: UUID, *, viewer: Account, at: datetime) -> HttpResponse:
    """One emergency, what was looked at, and the verdict."""
    found = queries.review_owed(emergency, at=at)
    if found is None:
        raise Http404
    opened, told, looks = found
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.review(opened, Verdict(said["verdict"]), said["words"], by=viewer, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(reverse("consent:owed"))
    context = {"form": form, "emergency": told, "looks": looks}
    return render(request, "consent/review.jinja", context, status=422 if form.errors else 200)
