"""The people of entries: a link to the address we have, and then their entries, to keep right themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from livingwell.core.http import at_most
from livingwell.core.templating import site_url
from livingwell.directory.models import Service
from livingwell.directory.queries.history import history_of
from livingwell.keeping.access import keeper, kept_by
from livingwell.keeping.actions import answers, doors
from livingwell.keeping.links import door_of
from livingwell.keeping.models import Door
from livingwell.keeping.queries.due import addresses
from livingwell.keeping.queries.keepers import entries_of
from livingwell.messaging.addresses import masked
from livingwell.messaging.models import Channel

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@at_most("DOORS_PER_HOUR", within=timedelta(hours=1))
@csrf_protect
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the link goes, and the button that sends it. Nobody types an address here."""
    service = get_object_or_404(Service.objects.public().select_related("organization"), pk=pk)
    to = addresses([pk]).get(pk, "")
    sent = request.method == "POST" and bool(to)
    if sent:
        doors.send_link(service, site=site_url(request), at=timezone.now())
    context = {"service": service, "to": masked(Channel.EMAIL, to) if to else "", "sent": sent}
    return render(request, "keeping/door_ask.jinja", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: HttpRequest, token: str) -> HttpResponse:
    """A press opens the link: a mail scanner that follows it uses nothing up."""
    at, pk = timezone.now(), door_of(token)
    door = Door.objects.unopened(at).select_related("organization").filter(pk=pk).first() if pk else None
    if door is None:
        return render(request, "keeping/door_over.jinja", status=410)
    if request.method == "POST":
        opened = doors.come_in(door.pk, at=at)
        request.session.cycle_key()
        request.session["door"] = opened.pk.hex
        return redirect("open_to_all:yours")
    return render(request, "keeping/door_open.jinja", {"door": door})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Their entries, each with how it stands; one press says that all are right."""
    at = timezone.now()
    who = keeper(request)
    if who is None or who.is_editor:
        return render(request, "keeping/door_over.jinja", status=410 if who is None else 404)
    entries = entries_of(who)
    if request.method == "POST":
        for each in entries:
            answers.still_right(each.service, how=who.how, by=who.by, assurer=who.by, at=at)
        return redirect("open_to_all:yours")
    return render(request, "keeping/yours.jinja", {"entries": entries, "keeper": who})


@kept_by
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What changed in one of their entries."""
    found = history_of(pk)
    if found is None:
        raise Http404
    return render(request, "keeping/yours_history.jinja", {"history": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Leaving ends it at once. Only a press leaves; whoever just looks sees their entries."""
    if request.method != "POST":
        return redirect("open_to_all:yours")
    who = keeper(request)
    if who is not None and who.door is not None:
        doors.leave(who.door, at=timezone.now())
    request.session.pop("door", None)
    return redirect("/")
