"""Reading what people who went wrote, before others read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from livingwell.directory.actions import visits
from livingwell.directory.models import Visit
from livingwell.directory.queries.visits import waiting
from livingwell.keeping.access import staff, who
from livingwell.people.permissions import may_edit_the_directory

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
@staff(may_edit_the_directory)
def listed(request: HttpRequest) -> HttpResponse:
    return render(request, "keeping/visits.jinja", {"visits": waiting()})


@require_POST
@staff(may_edit_the_directory)
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show it to everybody, or leave it out and delete its words."""
    visit = get_object_or_404(Visit, pk=pk)
    act = visits.show if request.POST.get("outcome") == "show" else visits.leave_out
    act(visit, by=who(request), at=timezone.now())
    return redirect("keeping:visits")
