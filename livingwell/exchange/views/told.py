"""The message back, for an organization that the person wants to be told: by a link, without an account."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livingwell.core.http import at_most, private
from livingwell.exchange import prsb
from livingwell.exchange.views.messages import as_paper
from livingwell.referrals import actions, links, queries
from livingwell.referrals.acting import by_link

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_safe
@at_most("ANSWERS_PER_TEN_MINUTES", within=timedelta(minutes=10))
def page(request: HttpRequest, secret: str) -> HttpResponse:
    """What came of it, on a screen."""
    return _told(request, secret, paper=False)


@never_cache
@require_safe
@at_most("ANSWERS_PER_TEN_MINUTES", within=timedelta(minutes=10))
def letter(request: HttpRequest, secret: str) -> HttpResponse:
    """The same as a letter (PDF), to keep with the person's notes."""
    return _told(request, secret, paper=True)


def _told(request: HttpRequest, secret: str, *, paper: bool) -> HttpResponse:
    at = timezone.now()
    with by_link(links.hash_of(secret), at=at):
        found = queries.told_back()
        if found is None:
            return private(render(request, "referrals/link_over.jinja", status=410))
        actions.opened(found.back, at=at)
        groups = prsb.groups(
            prsb.Message.BACK,
            found.one,
            sender=found.sender,
            called=found.called,
            tell_helped=found.back.helped,
        )
        outcome = prsb.OUTCOMES[found.one.status]
        context = {"told": found, "groups": groups, "outcome": outcome}
        if paper:
            return private(as_paper(request, prsb.Message.BACK, groups, at=at))
        return private(render(request, "exchange/told.jinja", context))
