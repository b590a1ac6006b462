"""On somebody's page: who their link worker is, reading it back, and the sheet by which they take it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from livingwell.consent.actions import withdraw
from livingwell.consent.doors import page as door
from livingwell.consent.models import Consent, Part
from livingwell.core.errors import Refusal
from livingwell.core.http import id_of
from livingwell.core.pictures import qr
from livingwell.core.templating import site_url
from livingwell.linkwork import actions, queries
from livingwell.linkwork.forms import ChooseForm
from livingwell.people.models import Account

if TYPE_CHECKING:
    from django.http import HttpRequest

    from livingwell.consent.doors import Page


@require_http_methods(["GET", "HEAD", "POST"])
@door(Part.CONSENTS)
def link_worker(request: HttpRequest, *, page: Page) -> HttpResponse:
    """Who walks with them, and choosing somebody else, or nobody."""
    candidates = queries.candidates(page.person, page.viewer, at=page.at)
    form = ChooseForm(request.POST or None, candidates=candidates)
    if request.method == "POST" and form.is_valid():
        try:
            _choose(form, page)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(page.url("link-worker:chosen"))
    lead = queries.lead_of(page.person, page.viewer, at=page.at)
    if lead and not form.is_bound:
        form.initial["lead"] = f"{lead.account}:{lead.organization}"
    context = {
        "page": page,
        "form": form,
        "lead": lead,
        "anybody": bool(candidates),
        "overlaps": queries.overlaps_of(page.person, page.viewer, at=page.at),
    }
    return render(request, "linkwork/link_worker.jinja", context, status=422 if form.errors else 200)


def _choose(form: ChooseForm, page: Page) -> None:
    chosen = form.chosen()
    if chosen is None:
        actions.choose_nobody(page.person, by=page.viewer, at=page.at)
        return
    account = get_object_or_404(Account, pk=chosen.account)
    place = queries.organization(chosen.organization)
    actions.choose(page.person, account, place, by=page.viewer, at=page.at)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Part.CONSENTS)
def read_back(request: HttpRequest, *, page: Page) -> HttpResponse:
    """All that stands on a page that is kept with its person, large, to read aloud; and that it was read."""
    _kept(page)
    if request.method == "POST":
        actions.read_back(page.person, by=page.viewer, at=page.at)
        return HttpResponseRedirect(page.url("link-worker:read-back"))
    return render(request, "linkwork/read_back.jinja", {"page": page, "read": queries.to_read(page)})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Part.CONSENTS)
def sheet(request: HttpRequest, *, page: Page) -> HttpResponse:
    """A sheet with a code, shown once, to print and hand over. Taking a code back."""
    _kept(page)
    context: dict[str, object] = {"page": page}
    if request.method == "POST" and "take_back" in request.POST:
        actions.take_back_code(page.person, by=page.viewer, at=page.at)
        return HttpResponseRedirect(page.url("link-worker:sheet"))
    if request.method == "POST":
        code, made = actions.print_code(page.person, by=page.viewer, at=page.at)
        address = f"{site_url(request)}{reverse('take-over:take-over')}"
        context |= {"code": code, "until": made.until, "address": address, "picture": qr(address)}
        return render(request, "linkwork/sheet.jinja", context)
    context["out"] = queries.code_out(page.person, page.viewer, at=page.at)
    return render(request, "linkwork/sheet_before.jinja", context)


def _kept(page: Page) -> None:
    """Only for pages that are kept with somebody who does not sign in."""
    if page.own or page.person.account_id is not None:
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@door(Part.CONSENTS)
def taken_over(request: HttpRequest, *, page: Page) -> HttpResponse:
    """Right after taking a page over: who kept it with them, to stop or to let go on."""
    if not page.own:
        raise Http404
    live = Consent.objects.visible_to(page.viewer, at=page.at).live(page.at).filter(person=page.person)
    if request.method == "POST":
        consent = get_object_or_404(live, pk=id_of(request.POST.get("stop", "")))
        withdraw(consent, by=page.viewer, at=page.at)
        return HttpResponseRedirect(page.url("link-worker:taken-over"))
    keepers = live.select_related("organization", "account").order_by("given_at")
    return render(request, "linkwork/taken_over.jinja", {"page": page, "keepers": keepers})
