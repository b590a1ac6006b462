"""The history of an entry: what changed, compared, put back; who says what, and what its source says otherwise."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from livingwell.directory.actions import editing
from livingwell.directory.models import Hold, Version
from livingwell.directory.queries import history as queries
from livingwell.keeping.access import staff, who
from livingwell.people.permissions import may_edit_the_directory, may_verify


@require_safe
@staff(may_verify)
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.history_of(pk)
    if found is None:
        raise Http404
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    if older.isdigit() and newer.isdigit() and older != newer:
        return redirect("keeping:compare", pk=pk, older=older, newer=newer)
    return render(
        request,
        "keeping/history.jinja",
        {"history": found, "chose_one": bool(older or newer), "may_restore": _may_edit(request)},
    )


@require_safe
@staff(may_verify)
def compare(request: HttpRequest, pk: UUID, older: int, newer: int) -> HttpResponse:
    sides = queries.side_by_side(pk, older, newer)
    if sides is None:
        raise Http404
    return render(request, "keeping/compare.jinja", {"sides": sides, "may_restore": _may_edit(request)})


@require_POST
@staff(may_edit_the_directory)
def restore(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    version = get_object_or_404(Version.objects.select_related("service"), service=pk, number=number)
    editing.restore(version, by=who(request), at=timezone.now())
    return redirect("keeping:history", pk=pk)


@require_safe
@staff(may_verify)
def sources(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.sources_of(pk)
    if found is None:
        raise Http404
    return render(request, "keeping/sources.jinja", {"sources": found, "may_release": _may_edit(request)})


@require_safe
@staff(may_edit_the_directory)
def otherwise(request: HttpRequest) -> HttpResponse:
    return render(request, "keeping/otherwise.jinja", {"held": queries.held()})


@require_POST
@staff(may_edit_the_directory)
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    hold = get_object_or_404(Hold.objects.select_related("service"), pk=pk)
    editing.release(hold, by=who(request), at=timezone.now())
    return redirect("keeping:sources", pk=hold.service_id)


def _may_edit(request: HttpRequest) -> bool:
    return may_edit_the_directory(request.user, at=timezone.now())
