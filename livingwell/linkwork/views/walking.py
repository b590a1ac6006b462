"""For those who work with people: today's list, everyone, and who stands in for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livingwell.consent.doors import with_people
from livingwell.consent.models import Person
from livingwell.core.errors import Refusal
from livingwell.core.http import page_number
from livingwell.core.views import forbidden
from livingwell.linkwork import actions, queries
from livingwell.linkwork.forms import CoverForm, SearchForm
from livingwell.linkwork.roles import BEGIN
from livingwell.people.models import Account, Role

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from livingwell.people.work import Work


@require_safe
@with_people
def today(request: HttpRequest, *, viewer: Account, at: datetime, work: Work) -> HttpResponse:
    """Who needs a human today, and nothing else."""
    context = {
        "today": queries.today(viewer, work, at=at, page=page_number(request.GET.get("page", ""))),
        "begins": bool(work.places(*BEGIN)),
        "leads": bool(work.places(Role.LINK_WORKER)),
    }
    return render(request, "linkwork/today.jinja", context)


@require_POST
@with_people
def see_to(request: HttpRequest, *, viewer: Account, at: datetime, work: Work) -> HttpResponse:
    """Note that a thing on the list has been seen to: only one that stands there."""
    try:
        pk, about = UUID(request.POST.get("person", "")), UUID(request.POST.get("about", ""))
    except ValueError as error:
        raise Http404 from error
    person = get_object_or_404(Person.objects.visible_to(viewer, at=at), pk=pk)
    for one in queries.needs_of(person.pk, viewer, work, at=at):
        if one.about == about and one.need == request.POST.get("need"):
            actions.see_to(person, one.need, about, by=viewer, at=at)
    return HttpResponseRedirect(reverse("linkwork:today"))


@require_http_methods(["GET", "HEAD", "POST"])
@with_people
def everyone(request: HttpRequest, *, viewer: Account, at: datetime, work: Work) -> HttpResponse:
    """All who let somebody's organizations in, a screen at a time, or those with a name like what was typed."""
    form = SearchForm(request.POST or None)
    words = form.cleaned_data["words"].strip() if form.is_valid() else ""
    page = page_number((request.POST or request.GET).get("page", ""))
    found = queries.everyone(viewer, work, at=at, words=words, page=page)
    return render(request, "linkwork/everyone.jinja", {"form": form, "words": words, "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
@with_people
def cover(request: HttpRequest, *, viewer: Account, at: datetime, work: Work) -> HttpResponse:
    """Who stands in for whom; arrange it, or end it."""
    colleagues = queries.colleagues_of(viewer, at=at)
    if not colleagues:
        return forbidden(request, PermissionError())
    if request.method == "POST" and (ending := request.POST.get("end", "")):
        return _come_back(ending, viewer, at)
    own = next((f"{one.account}:{one.organization}" for one in colleagues if one.account == viewer.pk), "")
    form = CoverForm(request.POST or None, colleagues=colleagues, initial={"away": own})
    if request.method == "POST" and form.is_valid():
        try:
            _arrange(form, viewer, at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(reverse("linkwork:cover"))
    context = {"form": form, "covers": queries.covers_of(viewer, at=at), "alone": len(colleagues) < 2}
    return render(request, "linkwork/cover.jinja", context, status=422 if form.errors else 200)


def _arrange(form: CoverForm, viewer: Account, at: datetime) -> None:
    said = form.cleaned_data
    away, covering = form.colleagues[said["away"]], form.colleagues[said["covering"]]
    accounts = Account.objects.in_bulk([away.account, covering.account])
    actions.cover(
        accounts[away.account],
        accounts[covering.account],
        queries.organization(away.organization),
        from_on=said["from_on"],
        until_on=said["until_on"],
        by=viewer,
        at=at,
    )


def _come_back(ending: str, viewer: Account, at: datetime) -> HttpResponse:
    try:
        held = queries.may_end(viewer, UUID(ending), at=at)
    except ValueError as error:
        raise Http404 from error
    if held is None:
        raise Http404
    actions.come_back(held, by=viewer, at=at)
    return HttpResponseRedirect(reverse("linkwork:cover"))
