"""Taking a page away: on paper, as a file a person can read, as a file another system can read. And deleting it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from livingwell.consent.actions import remember
from livingwell.consent.doors import page
from livingwell.consent.models import Did, Kind, Part
from livingwell.core.templating import site
from livingwell.handouts import paper
from livingwell.pages import actions, fhir, queries, taking
from livingwell.pages.forms import DeleteForm, PaperForm
from livingwell.people.proof import prove_again

if TYPE_CHECKING:
    from django.http import HttpRequest

    from livingwell.consent.doors import Page


@require_safe
@page()
def take_away(request: HttpRequest, page: Page) -> HttpResponse:
    """The ways of taking the page along, and of deleting it."""
    context = {"page": page, "form": PaperForm(sees=page.sees), "can_print": paper.can_be_made()}
    return render(request, "pages/take_away.jinja", context)


@require_safe
@page(did=Did.PRINTED)
def on_paper(request: HttpRequest, page: Page) -> HttpResponse:
    """The page, or the parts chosen, as a PDF in large type."""
    if not paper.can_be_made():
        return render(request, "handouts/no_paper.jinja", status=503)
    form = PaperForm(request.GET or None, sees=page.sees)
    parts = set(form.cleaned_data["parts"]) if form.is_bound and form.is_valid() else set()
    context = {
        **site(request),
        "page": page,
        "whole": queries.whole(page),
        "parts": parts or {part.value for part in page.sees},
        "printed_on": timezone.localdate(page.at),
    }
    _note(page, Kind.PRINTED)
    return _file(paper.pdf("pages/paper.jinja", context), "application/pdf", _("my-page") + ".pdf")


@require_safe
@page(did=Did.TOOK)
def as_json(request: HttpRequest, page: Page) -> HttpResponse:
    """All of it as JSON under the PRSB's headings."""
    made = taking.as_headings(
        page.person.called,
        queries.whole(page),
        queries.timeline(page, number=None),
        queries.in_touch(page),
        at=page.at,
    )
    _note(page, Kind.TAKEN_AWAY)
    return _file(_json(made), "application/json", "my-page.json")


@require_safe
@page(did=Did.TOOK)
def as_fhir(request: HttpRequest, page: Page) -> HttpResponse:
    """The plan as a FHIR R4 bundle."""
    made = fhir.bundle(page.person.pk, page.person.called, queries.whole(page), at=page.at)
    _note(page, Kind.TAKEN_AWAY)
    return _file(_json(made), "application/fhir+json", "my-page.fhir.json")


def _note(page: Page, kind: Kind) -> None:
    remember(page.person, kind, Part.CONSENTS, by=page.viewer, at=page.at)


def _json(made: dict[str, object]) -> bytes:
    return json.dumps(made, ensure_ascii=False, indent=2).encode()


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@prove_again
@page(Part.CONSENTS)
def delete(request: HttpRequest, page: Page) -> HttpResponse:
    """What goes and what stays, and the button. Whoever sits there has just shown who they are."""
    if not page.own and page.person.account_id is not None:
        raise Http404
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.erase(page.person, by=page.viewer, at=page.at)
        return render(request, "pages/deleted.jinja")
    return render(
        request, "pages/delete.jinja", {"page": page, "form": form}, status=422 if form.errors else 200
    )
