"""For those who ring people: the list, one person at a time, what came of it, and who else may see to it."""

from __future__ import annotations

from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livingwell.consent.acting import only
from livingwell.consent.actions import look
from livingwell.consent.doors import open_page, signed_in
from livingwell.consent.models import Did, Part, Person
from livingwell.core.dates import day_of
from livingwell.core.errors import Refusal
from livingwell.core.views import forbidden
from livingwell.directory.models import Organization
from livingwell.recall import actions, queries
from livingwell.recall.forms import AddForm, OutcomeForm
from livingwell.recall.models import Because, Entry, Next, Outcome, Why

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest

    from livingwell.people.models import Account


def with_people(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let only those in who work with people for an organization now."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *, viewer: Account, at: datetime, **named: Any) -> HttpResponse:
        places = queries.works_for(viewer, at=at)
        if not places:
            return forbidden(request, PermissionError())
        return view(request, viewer=viewer, at=at, places=places, **named)

    return guarded


@require_safe
@with_people
def listed(
    request: HttpRequest, *, viewer: Account, at: datetime, places: tuple[tuple[UUID, str], ...]
) -> HttpResponse:
    """Everyone who is to be rung, those promised soonest first."""
    mine = request.GET.get("whose") == "mine"
    context = {
        "list": queries.listed(viewer, at=at, mine=mine),
        "mine": mine,
        "places": places,
    }
    return render(request, "recall/list.jinja", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_people
def add(
    request: HttpRequest, *, viewer: Account, at: datetime, places: tuple[tuple[UUID, str], ...]
) -> HttpResponse:
    """Put somebody on the list, or note that they did not come."""
    people = queries.may_be_listed(viewer, at=at)
    today = day_of(at)
    initial = {"due_on": f"{today:%d/%m/%Y}", "worried": str(viewer)}
    form = AddForm(request.POST or None, people=people, places=places, initial=initial)
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
def calling(
    request: HttpRequest, *, viewer: Account, at: datetime, places: tuple[tuple[UUID, str], ...]
) -> HttpResponse:
    """One person at a time. POST takes the next one, or puts the one at hand back."""
    if request.method == "POST":
        if "back" in request.POST:
            actions.put_back(by=viewer, at=at)
            return HttpResponseRedirect(reverse("ringing:list"))
        entry = actions.take_next(by=viewer, at=at)
        where = reverse("ringing:calling") if entry else reverse("ringing:list")
        return HttpResponseRedirect(where)
    mine = Entry.objects.visible_to(viewer, at=at).open().filter(calling_by=viewer)
    found = mine.filter(organization__in=[place for place, _name in places]).first()
    if found is None:
        return HttpResponseRedirect(reverse("ringing:list"))
    return _call(request, found, viewer, at, calling=True)


@require_http_methods(["GET", "HEAD", "POST"])
@with_people
def entry(
    request: HttpRequest, *, viewer: Account, at: datetime, places: tuple[tuple[UUID, str], ...], entry: UUID
) -> HttpResponse:
    """One person on the list. POST says what came of a call and what is next, both at once."""
    found = get_object_or_404(Entry.objects.visible_to(viewer, at=at).open(), pk=entry)
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
        call = queries.call_of(found.pk, viewer, at=at)
        if call is None:
            raise Http404
        opened = open_page(call.row.person, viewer, at=at)
        look(opened.person, Did.LOOKED, {Part.CONTACT: opened.grounds[Part.CONTACT]}, by=viewer, at=at)
    context = {
        "call": call,
        "form": form or OutcomeForm(),
        "calling": calling,
        "colleagues": queries.colleagues(found.organization_id, at=at, peers=found.for_peers),
    }
    return render(request, "recall/call.jinja", context, status=422 if form else 200)


@require_POST
@with_people
def hand_over(
    request: HttpRequest, *, viewer: Account, at: datetime, places: tuple[tuple[UUID, str], ...], entry: UUID
) -> HttpResponse:
    """Somebody else sees to it from now on, or whoever rings next."""
    found = get_object_or_404(Entry.objects.visible_to(viewer, at=at).open(), pk=entry)
    chosen = request.POST.get("to", "")
    able = {
        str(one.pk): one for one in queries.colleagues(found.organization_id, at=at, peers=found.for_peers)
    }
    if chosen and chosen not in able:
        raise Http404
    actions.hand_over(found, able.get(chosen), by=viewer, at=at)
    return HttpResponseRedirect(reverse("ringing:list"))
