"""The receiver's side: by a link or a code without an account, or signed in with an inbox."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livingwell.consent.doors import with_people
from livingwell.core.errors import Refusal
from livingwell.core.http import at_most, id_of, page_number, private
from livingwell.referrals import actions, links, queries
from livingwell.referrals.acting import by_link
from livingwell.referrals.forms import AnswerForm, CodeForm, WaitForm
from livingwell.referrals.models import Because, Through

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest

    from livingwell.people.models import Account
    from livingwell.people.work import Work
    from livingwell.referrals.queries import Received


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_most("CODES_PER_TEN_MINUTES", within=timedelta(minutes=10))
def by_code(request: HttpRequest) -> HttpResponse:
    """Type the code that was read on the phone; it opens what a link would open."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code, at = form.cleaned_data["code"], timezone.now()
        with by_link(links.hash_of(code), at=at):
            known = queries.received_by_link() is not None
        if known:
            return HttpResponseRedirect(reverse("answers:answer", kwargs={"secret": code}))
        form.add_error(
            "code", "That code opens nothing. Check it, or ask whoever read it to you for a new one."
        )
    return render(request, "referrals/by_code.jinja", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_most("ANSWERS_PER_TEN_MINUTES", within=timedelta(minutes=10))
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever holds the link reads what is said, and answers in one press."""
    at = timezone.now()
    through = Through.CODE if len(secret) < 2 * links.CODE_LENGTH else Through.LINK
    with by_link(links.hash_of(secret), at=at):
        received = queries.received_by_link()
        if received is None:
            return private(render(request, "referrals/link_over.jinja", status=410))
        return private(_answered(request, received, None, through, at, request.path))


@require_http_methods(["GET", "HEAD", "POST"])
@with_people
def received(
    request: HttpRequest, introduction: UUID, viewer: Account, at: datetime, work: Work
) -> HttpResponse:
    """The same for somebody signed in who works with people there."""
    found = queries.received_in(introduction, viewer, at=at)
    if found is None:
        raise Http404
    return _answered(request, found, viewer, Through.SCREEN, at, request.path)


def _answered(
    request: HttpRequest, received: Received, by: Account | None, through: Through, at: datetime, back: str
) -> HttpResponse:
    form = AnswerForm(request.POST if request.POST.get("say") == "no" else None)
    wait = WaitForm(request.POST if request.POST.get("say") == "wait" else None)
    context = {"one": received, "form": form, "wait": wait, "signed_in": by is not None}
    if request.method != "POST":
        if not received.over:
            actions.read(received.referral, at=at)
        return render(request, "referrals/received.jinja", context)
    if received.over:
        return render(request, "referrals/received.jinja", context, status=409)
    try:
        match request.POST.get("say"):
            case "yes":
                actions.accept(received.referral, by=by, through=through, at=at)
            case "rang":
                actions.contacted(received.referral, by=by, through=through, at=at)
            case "met":
                actions.met(received.referral, by=by, through=through, at=at)
            case "wait" if wait.is_valid():
                weeks = wait.cleaned_data["weeks"]
                actions.wait(received.referral, weeks, by=by, through=through, at=at)
            case "no" if form.is_valid():
                actions.decline(
                    received.referral,
                    Because(form.cleaned_data["because"]),
                    words=form.cleaned_data["words"],
                    instead=form.cleaned_data["instead"],
                    by=by,
                    through=through,
                    at=at,
                )
            case _:
                return render(request, "referrals/received.jinja", context, status=422)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return render(request, "referrals/received.jinja", context, status=409)
    return HttpResponseRedirect(back)


@require_safe
@with_people
def inbox(
    request: HttpRequest, viewer: Account, at: datetime, work: Work, pk: UUID | None = None
) -> HttpResponse:
    """What an organization was sent. Somebody who works with people at several chooses one."""
    places = work.places()
    organization = next((place for place in places if pk in {None, place.pk}), None)
    if organization is None:
        raise Http404
    context = {
        "organization": organization,
        "places": places,
        "inbox": queries.inbox_of(
            organization.pk, viewer, at=at, page=page_number(request.GET.get("page", ""))
        ),
    }
    return render(request, "referrals/inbox.jinja", context)


@require_safe
@with_people
def sent(request: HttpRequest, viewer: Account, at: datetime, work: Work) -> HttpResponse:
    """What was sent from where somebody works, and what came of it."""
    places = [place.pk for place in work.places()]
    before = id_of(request.GET.get("before", ""))
    rows = queries.sent_from(places, viewer, at=at, before=before)
    return render(request, "referrals/sent.jinja", {"sent": rows, "first": before is None})
