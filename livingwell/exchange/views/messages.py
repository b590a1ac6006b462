"""The PRSB's messages about an introduction, to hand on: as a letter (PDF) and for a program (JSON)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from livingwell.consent.doors import page
from livingwell.consent.models import Did, Part
from livingwell.core.templating import site
from livingwell.exchange import prsb
from livingwell.handouts import paper
from livingwell.referrals import queries
from livingwell.referrals.models import Referral

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest

    from livingwell.consent.doors import Page

TITLES = {
    prsb.Message.REFERRAL: "Referral to social prescribing",
    prsb.Message.BACK: "Message back about a referral",
}


@require_safe
@page(Part.PLAN, did=Did.TOOK)
def as_json(request: HttpRequest, page: Page, introduction: UUID, message: prsb.Message) -> HttpResponse:
    """The message for a program, under the headings of the standard."""
    groups = _groups(request, page, introduction, message)
    answer = HttpResponse(
        orjson.dumps(prsb.as_json(message, groups), option=orjson.OPT_INDENT_2),
        content_type="application/json",
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{message.value}.json"'
    return answer


@require_safe
@page(Part.PLAN, did=Did.PRINTED)
def as_letter(request: HttpRequest, page: Page, introduction: UUID, message: prsb.Message) -> HttpResponse:
    """The same as a letter for the GP or whoever referred."""
    return as_paper(request, message, _groups(request, page, introduction, message), at=page.at)


def as_paper(
    request: HttpRequest, message: prsb.Message, groups: tuple[prsb.Group, ...], *, at: datetime
) -> HttpResponse:
    """A message as a letter (PDF); where none can be made here, a page that says so."""
    if not paper.can_be_made():
        return render(request, "handouts/no_paper.jinja", status=503)
    context = {
        **site(request),
        "title": TITLES[message],
        "groups": groups,
        "printed_on": timezone.localdate(at),
    }
    made = paper.pdf("exchange/letter.jinja", context)
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{message.value}.pdf"'
    return answer


def _groups(
    request: HttpRequest, page: Page, introduction: UUID, message: prsb.Message
) -> tuple[prsb.Group, ...]:
    """The message under its headings. Whether it helped is told only where the person themself ticks that."""
    shown = queries.introduction_of(page.person, introduction, page.viewer, at=page.at)
    if shown is None or not prsb.there_is(message, shown):
        raise Http404
    row = Referral.objects.visible_to(page.viewer, at=page.at).select_related("sender").get(pk=introduction)
    tell_helped = page.own and request.GET.get("helped") == "on"
    return prsb.groups(message, shown, sender=row.sender.name if row.sender else "", tell_helped=tell_helped)
