"""Saying that something is wrong: one press chooses what, a second sends it. No account, no script, nothing asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from livingwell.core.errors import Refusal
from livingwell.core.http import address_of, at_most
from livingwell.core.templating import site_url
from livingwell.directory.models import About, Report, Status
from livingwell.directory.queries.pages import service_page
from livingwell.keeping.actions import reports
from livingwell.keeping.forms.reports import MoreForm
from livingwell.keeping.links import report_of, said_token
from livingwell.keeping.queries.reports import what_we_say

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from livingwell.directory.queries.pages import ServicePage


@require_safe
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What we say, each a press."""
    page = _page(pk)
    said = what_we_say(page)
    lines = [(about, about.label, " · ".join(said[about])) for about in About]
    return render(request, "keeping/wrong.jinja", {"page": page, "lines": lines})


@at_most("REPORTS_PER_HOUR", within=timedelta(hours=1))
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, pk: UUID, about: str) -> HttpResponse:
    """What we say of one thing, and the button that sends."""
    if about not in About.values:
        raise Http404
    page, chosen = _page(pk), About(about)
    if request.method == "POST":
        report = reports.say(
            page.service,
            chosen,
            address=address_of(request),
            site=site_url(request),
            at=timezone.now(),
        )
        return redirect("open_to_all:wrong-thanks", said_token(report.pk))
    context = {"page": page, "about": chosen, "said": what_we_say(page)[chosen]}
    return render(request, "keeping/wrong_about.jinja", context)


@never_cache
@sensitive_post_parameters()
@at_most("REPORTS_PER_HOUR", within=timedelta(hours=1))
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """It is sent. Whoever likes may add a few words, and where to tell them what came of it, within an hour."""
    pk = report_of(token)
    report = Report.objects.open().filter(pk=pk).select_related("service").first() if pk else None
    if report is None:
        return render(request, "keeping/wrong_over.jinja", status=410)
    form = MoreForm(request.POST if request.method == "POST" else None)
    done = False
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            if said["contact"]:
                reports.add_contact(report, said["contact"])
        except Refusal as refusal:
            form.add_error("contact", str(refusal))
        else:
            if said["words"]:
                reports.add_words(report, said["words"])
            done = True
    context = {
        "report": report,
        "form": form,
        "done": done,
        "told": done and bool(form.cleaned_data["contact"]),
    }
    return render(request, "keeping/wrong_thanks.jinja", context)


def _page(pk: UUID) -> ServicePage:
    page = service_page(pk, at=timezone.now())
    if page is None or page.service.merged_into or page.service.status == Status.DEFUNCT:
        raise Http404
    return page
