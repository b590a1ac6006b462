"""Introductions on a page: those there are, writing one, reading it back, sending it, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livingwell.consent.doors import page
from livingwell.consent.models import How, Part
from livingwell.core.errors import Refusal
from livingwell.core.templating import site
from livingwell.directory.describe import calm
from livingwell.directory.models import Organization, Service
from livingwell.linkwork.roles import BEGIN
from livingwell.people.work import work_of
from livingwell.referrals import actions, queries
from livingwell.referrals.forms import HelpedForm, MessageBackForm, WriteForm, YesForm
from livingwell.referrals.models import Helped, Referral, Status, Through, Weight

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from livingwell.consent.doors import Page


@require_safe
@page(Part.PLAN)
def introductions(request: HttpRequest, page: Page) -> HttpResponse:
    """All introductions of this page, open ones first."""
    rows = queries.introductions_of(page.person, page.viewer, at=page.at)
    return render(request, "referrals/introductions.jinja", {"page": page, "introductions": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@page(Part.PLAN)
def write(request: HttpRequest, page: Page, service: UUID) -> HttpResponse:
    """Choose how, and what of the page is said: the first of two screens."""
    found = get_object_or_404(Service.objects.select_related("organization"), pk=service)
    items = queries.items_of(page.person, page.viewer, at=page.at)
    form = WriteForm(
        request.POST or None,
        offered=items,
        own=page.own,
        initial={"items": [item.key for item in items if item.key in {"called", "phone"}]},
    )
    if request.method == "POST" and form.is_valid():
        said = [(item.heading, item.words) for item in form.chosen()]
        said.append((str(form.fields["words"].label), form.cleaned_data["words"]))
        try:
            referral = actions.draft(
                page.person,
                found,
                weight=Weight(form.cleaned_data["weight"]),
                said=said,
                by=page.viewer,
                at=page.at,
                sender=_works_for(page),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(page.url("referrals:introduction", introduction=referral.pk))
    context = {"page": page, "form": form, "service": found, "name": calm(found.name)}
    return render(request, "referrals/write.jinja", context, status=422 if form.errors else 200)


def _works_for(page: Page) -> Organization | None:
    """For whom somebody else acts: the organization by which they were let in."""
    if page.own:
        return None
    let_in = {getattr(ground, "organization_id", None) for ground in page.grounds.values()}
    places = work_of(page.viewer, at=page.at).places()
    return next((place for place in places if place.pk in let_in), None)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Part.PLAN)
def introduction(request: HttpRequest, page: Page, introduction: UUID) -> HttpResponse:
    """One introduction. Not sent yet: exactly what will be said, and the yes to it. Afterwards: where it stands."""
    referral, shown = _found(page, introduction)
    form = YesForm(request.POST or None)
    may_send = _may_send(page)
    draft = shown.status == Status.DRAFT  # while it is one, nobody is chosen
    told = None if draft else queries.told_of(introduction, page.viewer, at=page.at)
    telling = _telling_form(request, page, told)
    if request.method == "POST" and not may_send:
        raise PermissionDenied
    if request.method == "POST" and (page.own or form.is_valid()) and telling.is_valid():
        how = How.SCREEN if page.own else How(form.cleaned_data["how"])
        said = "" if page.own else form.cleaned_data["said"]
        items = queries.items_of(page.person, page.viewer, at=page.at)
        headings = {heading for heading, _words in shown.said}
        parts = sorted({item.part for item in items if item.heading in headings} | {Part.STORY})
        actions.approve_and_send(
            referral,
            parts=parts,
            how=how,
            said=said,
            by=page.viewer,
            at=page.at,
            site=str(site(request)["site_url"]),
        )
        if telling.cleaned_data["organization"]:
            _tell(referral, telling, page)
        return HttpResponseRedirect(page.url("referrals:introduction", introduction=referral.pk))
    context = {"page": page, "one": shown, "form": form, "may_send": may_send, "helped": HelpedForm()}
    context |= {"told": told, "telling": telling}
    context["begins"] = not page.own and bool(work_of(page.viewer, at=page.at).places(*BEGIN))
    name = "referrals/introduction.jinja"
    if draft:
        name = "referrals/read_back.jinja"
        context["already"] = queries.already(referral, page.viewer, at=page.at)
    return render(request, name, context, status=422 if request.method == "POST" else 200)


@require_POST
@page(Part.PLAN)
def withdraw(request: HttpRequest, page: Page, introduction: UUID) -> HttpResponse:
    """Take it back: in one press, at any time."""
    referral, _shown = _found(page, introduction)
    actions.withdraw(referral, by=page.viewer, at=page.at)
    return HttpResponseRedirect(page.url("referrals:introductions"))


@require_POST
@page(Part.PLAN)
def code(request: HttpRequest, page: Page, introduction: UUID) -> HttpResponse:
    """A code to read to the receiver on the phone. It is shown this once."""
    referral, shown = _found(page, introduction)
    if shown.status != Status.SENT:
        raise Http404
    made = actions.code_for(referral, by=page.viewer, at=page.at)
    return render(request, "referrals/code.jinja", {"page": page, "one": shown, "code": made})


@require_POST
@page(Part.PLAN)
def met(request: HttpRequest, page: Page, introduction: UUID) -> HttpResponse:
    """The person has been there, or they have come."""
    referral, _shown = _found(page, introduction)
    actions.met(referral, by=page.viewer, through=Through.SCREEN, at=page.at)
    return HttpResponseRedirect(page.url("referrals:introduction", introduction=referral.pk))


@require_POST
@page(Part.PLAN)
def helped(request: HttpRequest, page: Page, introduction: UUID) -> HttpResponse:
    """Did it help? With the answer the introduction is done."""
    referral, _shown = _found(page, introduction)
    form = HelpedForm(request.POST)
    if form.is_valid():
        actions.helped(referral, Helped(form.cleaned_data["helped"]), by=page.viewer, at=page.at)
    return HttpResponseRedirect(page.url("referrals:introduction", introduction=referral.pk))


@require_POST
@page(Part.PLAN)
def told(request: HttpRequest, page: Page, introduction: UUID) -> HttpResponse:
    """Choose who is told what came of it, or nobody: by the person, or by who writes down their word."""
    if not _may_send(page):
        raise PermissionDenied
    referral, shown = _found(page, introduction)
    form = _telling_form(request, page, None)
    if shown.status == Status.DRAFT or not form.is_valid():
        raise Http404  # Only what stood there can be chosen.
    if form.cleaned_data["organization"]:
        _tell(referral, form, page)
    else:
        actions.tell_nobody(referral, by=page.viewer, at=page.at)
    return HttpResponseRedirect(page.url("referrals:introduction", introduction=referral.pk))


def _may_send(page: Page) -> bool:
    return page.own or Part.CONSENTS in page.changes


def _telling_form(request: HttpRequest, page: Page, told: queries.Told | None) -> MessageBackForm:
    could = queries.could_be_told(page.person, page.viewer, at=page.at) if _may_send(page) else ()
    initial = {"organization": str(told.organization) if told else "", "helped": bool(told and told.helped)}
    data = request.POST if request.method == "POST" else None
    return MessageBackForm(data, own=page.own, could=could, initial=initial)


def _tell(referral: Referral, form: MessageBackForm, page: Page) -> None:
    organization = Organization.objects.get(pk=form.cleaned_data["organization"])
    helped = form.cleaned_data["helped"]
    actions.tell_them(referral, organization, helped=helped, by=page.viewer, at=page.at)


def _found(page: Page, pk: UUID) -> tuple[Referral, queries.Shown]:
    shown = queries.introduction_of(page.person, pk, page.viewer, at=page.at)
    if shown is None:
        raise Http404
    return Referral.objects.visible_to(page.viewer, at=page.at).select_related("person").get(pk=pk), shown
