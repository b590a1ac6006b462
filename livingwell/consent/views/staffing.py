"""Who may open the pages of staff that concern persons: by what they do, and with a second step."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from livingwell.consent.doors import second_step
from livingwell.core.views import forbidden
from livingwell.people import permissions
from livingwell.people.models import Account, Role
from livingwell.people.proof import second_step_taken

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]


def for_those_who(allowed: Callable[[Account, datetime], bool]) -> Callable[[View], View]:
    """Inside `doors.signed_in`: let in those for whom this holds, once their second step is taken; others 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Any, viewer: Account, at: datetime, **named: Any
        ) -> HttpResponse:
            if not allowed(viewer, at):
                return forbidden(request, PermissionError())
            if not second_step_taken(request):
                return second_step(request)
            return view(request, *args, viewer=viewer, at=at, **named)

        return guarded

    return decorate


def leads_privacy(account: Account, at: datetime) -> bool:
    """Whether this is a privacy lead of the network."""
    return permissions.holds(account, Role.PRIVACY_LEAD, at=at)
