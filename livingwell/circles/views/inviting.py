"""Inviting one of the people around somebody to be there for them, and taking that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from livingwell.circles import actions
from livingwell.circles.forms import InviteForm, Lasting
from livingwell.circles.models import CarerInvitation, CircleMember, Sent
from livingwell.consent.doors import page
from livingwell.consent.models import How, Part
from livingwell.core.errors import Refusal
from livingwell.core.pictures import qr
from livingwell.core.templating import site

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from livingwell.consent.doors import Page


@require_http_methods(["GET", "HEAD", "POST"])
@page(Part.CONSENTS)
def invite(request: HttpRequest, page: Page, member: UUID) -> HttpResponse:
    """Choose what one of them may see and until when, and how the link reaches them."""
    found = _found(page, member)
    form = InviteForm(request.POST or None, own=page.own, initial=_to_begin_with(page, found))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            link = actions.invite(
                found,
                parts=[Part(part) for part in said["parts"]],
                lasts_until=form.lasts_until(page.at),
                sent=Sent(said["sent"]),
                to=said["to"],
                signed=said["signed"],
                site=str(site(request)["site_url"]),
                by=page.viewer,
                at=page.at,
                how=How(said.get("how", How.SCREEN)),
                said=said.get("said", ""),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if said["sent"] != Sent.LINK:
                return HttpResponseRedirect(page.url("circles:member", member=found.pk))
            context = {"page": page, "one": found, "link": link, "picture": qr(link)}
            return render(request, "circles/link.jinja", context)
    context = {"page": page, "one": found, "form": form}
    return render(request, "circles/invite.jinja", context, status=422 if form.errors else 200)


@require_POST
@page(Part.CONSENTS)
def take_back(request: HttpRequest, page: Page, member: UUID) -> HttpResponse:
    """Take an invitation back; its link opens nothing more."""
    found = _found(page, member)
    mine = CarerInvitation.objects.visible_to(page.viewer, at=page.at, change=True)
    for invitation in mine.open(page.at).filter(member=found):
        actions.take_back(invitation, by=page.viewer, at=page.at)
    return HttpResponseRedirect(page.url("circles:member", member=found.pk))


def _found(page: Page, member: UUID) -> CircleMember:
    if Part.CONSENTS not in page.changes:
        raise Http404
    around = CircleMember.objects.visible_to(page.viewer, at=page.at)
    found = around.filter(person=page.person, left_at=None, pk=member).select_related("person").first()
    if found is None:
        raise Http404
    return found


def _to_begin_with(page: Page, member: CircleMember) -> dict[str, str]:
    """What is filled in already: nothing that would let anybody see more than was chosen."""
    sent, to = Sent.LINK, ""
    if member.email:
        sent, to = Sent.EMAIL, member.email
    elif member.phone:
        sent, to = Sent.TEXT, member.phone
    return {"lasts": Lasting.SEASON, "sent": sent, "to": to, "signed": page.person.called}
