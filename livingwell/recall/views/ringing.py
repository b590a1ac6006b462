"""For those who ring people: the list, one person at a time, what came of it, and who else may see to it."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livingwell.consent.acting import only
from livingwell.consent.actions import look
from livingwell.consent.doors import open_page, with_people
from livingwell.consent.models import Did, Part, Person
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.core.languages import current
from livingwell.directory.models import Organization
from livingwell.recall import actions, queries
from livingwell.recall.forms import AddForm, OutcomeForm
from livingwell.recall.models import Because, Next, Outcome, Why

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from livingwell.people.models import Account
    from livingwell.people.work import Work
    from livingwell.recall.models import Entry


@require_safe
@with_people
def listed(request: HttpRequest, *, viewer: Account, at: datetime, work: Work) -> HttpResponse:
    """Everyone who is to be rung, those promised soonest first."""
    mine = request.GET.get("whose") == "mine"
    context = {
        "list": queries.listed(viewer, work, at=at, mine=mine),
        "mine": mine,
        "several": len(work.places()) > 1,
    }
    return render(request, "recall/list.jinja", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_people
def add(request: HttpRequest, *, viewer: Account, at: datetime, work: Work) -> HttpResponse:
    """Put somebody on the list, or note that they did not come."""
    people = queries.may_be_listed(viewer, at=at)
    today = day_of(at)
    initial = {"due_on": f"{today:%d/%m/%Y}", "worried": str(viewer)}
    form = AddForm(request.POST or None, people=people, places=work.places(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _add(form, viewer, at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(reverse("ringing:list"))
    context = {"form": form, "anybody": bool(people)}
    return render(request, "recall/add.jinja", context, status=422 if form.errors else 200)


def _add(form: AddForm, viewer: Account, at: datetime) -> None:
    said = form.cleaned_data
    person = get_object_or_404(Person.objects.visible_to(viewer, Part.CONTACT, at=at), pk=said["person"])
    organization = get_object_or_404(Organization, pk=said["organization"])
    if said["why"] == Why.MISSED:
        actions.note_missed(person, organization, said["due_on"], by=viewer, at=at)
        return
    actions.put_on_list(
        person,
        organization,
        Why(said["why"]),
        words=said["words"],
        worried=said["worried"],
        due_on=said["due_on"],
        by=viewer,
        at=at,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@with_people
def calling(request: HttpRequest, *, viewer: Account, at: datetime, work: Work) -> HttpResponse:
    """One person at a time. POST takes the next one, or puts the one at hand back."""
    if request.method == "POST":
        if "back" in request.POST:
            actions.put_back(by=viewer, at=at)
            return HttpResponseRedirect(reverse("ringing:list"))
        entry = actions.take_next(by=viewer, at=at)
        where = reverse("ringing:calling") if entry else reverse("ringing:list")
        return HttpResponseRedirect(where)
    found = queries.to_ring(viewer, work, at=at).filter(calling_by=viewer).first()
    if found is None:
        return HttpResponseRedirect(reverse("ringing:list"))
    return _call(request, found, viewer, at, calling=True)


@require_http_methods(["GET", "HEAD", "POST"])
@with_people
def entry(request: HttpRequest, *, viewer: Account, at: datetime, work: Work, entry: UUID) -> HttpResponse:
    """One person on the list. POST says what came of a call and what is next, both at once."""
    found = get_object_or_404(queries.to_ring(viewer, work, at=at), pk=entry)
    calling = found.calling_by_id == viewer.pk
    if request.method != "POST":
        return _call(request, found, viewer, at, calling=calling)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        try:
            _say(form, found, viewer, at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if calling and actions.take_next(by=viewer, at=at):
                return HttpResponseRedirect(reverse("ringing:calling"))
            return HttpResponseRedirect(reverse("ringing:list"))
    return _call(request, found, viewer, at, calling=calling, form=form)


def _say(form: OutcomeForm, found: Entry, viewer: Account, at: datetime) -> None:
    said = form.cleaned_data
    step = Next(said["next"])
    actions.say_what_came(
        found,
        Outcome(said["outcome"]),
        step,
        next_on=day_of(at) + timedelta(days=said["days"] or 7),
        because=Because(said["because"]) if said["because"] else None,
        by=viewer,
        at=at,
    )


def _call(
    request: HttpRequest,
    found: Entry,
    viewer: Account,
    at: datetime,
    *,
    calling: bool,
    form: OutcomeForm | None = None,
) -> HttpResponse:
    with only([found.person_id]):
        call = queries.call_of(found, viewer, at=at)
        opened = open_page(found.person_id, viewer, at=at)
        if Part.CONTACT not in opened.sees:
            raise Http404
        look(opened.person, Did.LOOKED, {Part.CONTACT: opened.grounds[Part.CONTACT]}, by=viewer, at=at)
    context = {
        "call": call,
        "form": form or OutcomeForm(),
        "blank": _blank(current()),
        "calling": calling,
        "colleagues": queries.colleagues(found.organization_id, at=at, peers=found.for_peers),
    }
    return render(request, "recall/call.jinja", context, status=422 if form else 200)


@cache
def _blank(_language: str) -> SafeString:
    """The form before anything is said, drawn once: on each screen of a round of calls it is the same."""
    return render_to_string("recall/outcome.jinja", {"form": OutcomeForm()})


@require_POST
@with_people
def hand_over(
    request: HttpRequest, *, viewer: Account, at: datetime, work: Work, entry: UUID
) -> HttpResponse:
    """Somebody else sees to it from now on, or whoever rings next."""
    found = get_object_or_404(queries.to_ring(viewer, work, at=at), pk=entry)
    chosen = request.POST.get("to", "")
    able = {
        str(one.pk): one for one in queries.colleagues(found.organization_id, at=at, peers=found.for_peers)
    }
    if chosen and chosen not in able:
        raise Http404
    actions.hand_over(found, able.get(chosen), by=viewer, at=at)
    return HttpResponseRedirect(reverse("ringing:list"))
