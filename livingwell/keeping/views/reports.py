"""What people say is wrong, one screen a report: what we say beside what they say, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from livingwell.core.errors import Refusal
from livingwell.core.templating import site_url
from livingwell.directory.actions.versions import number_of
from livingwell.directory.models import About, Report
from livingwell.directory.queries.pages import service_page
from livingwell.directory.queries.sheet import sheet_of
from livingwell.keeping.access import staff, who
from livingwell.keeping.actions import reports
from livingwell.keeping.corrections import correction, said_now
from livingwell.keeping.forms.answers import CorrectionForm
from livingwell.keeping.forms.reports import SentenceForm
from livingwell.keeping.queries.reports import waiting, what_we_say
from livingwell.people.permissions import may_edit_the_directory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
@staff(may_edit_the_directory)
def listed(request: HttpRequest) -> HttpResponse:
    return render(request, "keeping/reports.jinja", {"lines": waiting(at=timezone.now())})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(may_edit_the_directory)
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One report. What is typed stays where something cannot be kept."""
    at = timezone.now()
    report = get_object_or_404(Report.objects.open().select_related("service"), pk=pk)
    page, sheet = service_page(report.service_id, at=at), sheet_of(report.service_id)
    if page is None:
        raise Http404
    now = said_now(page, sheet)
    data = request.POST if request.method == "POST" else None
    form, sentence = CorrectionForm(data, initial=now), SentenceForm(data)
    if data is not None and sentence.is_valid():
        try:
            if _decide(request, report, form, now, sheet, sentence.cleaned_data["sentence"], at=at):
                return redirect("keeping:reports")
        except Refusal as refusal:
            form.is_valid()
            form.add_error(None, str(refusal))
    context = {
        "report": report,
        "page": page,
        "about": About(report.about),
        "said": what_we_say(page)[About(report.about)],
        "form": form,
        "sentence": sentence,
        "version": data.get("version") if data else number_of(report.service_id),
        "alike": Report.objects.open()
        .filter(service=report.service, about=report.about)
        .exclude(pk=report.pk)[:20],
    }
    return render(request, "keeping/report.jinja", context)


def _decide(
    request: HttpRequest, report: Report, form: CorrectionForm, now: Mapping[str, str], sheet: Mapping[str, Any],
    sentence: str, *, at: datetime,
) -> bool:  # fmt: skip
    """Whether it is done; otherwise the form says what is amiss."""
    by, outcome = who(request), request.POST.get("outcome", "")
    if outcome == "was right":
        reports.was_right(report, by=by, at=at, sentence=sentence)
    elif outcome == "not found":
        reports.not_found_out(report, by=by, at=at, sentence=sentence)
    elif outcome == "closed":
        reports.has_closed(report, by=by, at=at, sentence=sentence)
    elif outcome == "ask":
        reports.ask_its_people(report, site=site_url(request), by=by, at=at)
    elif not form.is_valid():
        return False
    else:
        made = correction(now, form.cleaned_data, sheet, on=timezone.localdate(at))
        if made.note:
            form.add_error("hours", made.note)
            return False
        version = request.POST.get("version", "")
        expected = int(version) if version.isdecimal() and len(version) < 9 else 0
        reports.put_right(report, made.values, by=by, at=at, sentence=sentence, expected=expected)
    return True
