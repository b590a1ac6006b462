"""The first page of those who keep the network: what needs a human today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from livingwell.keeping.access import staff
from livingwell.keeping.queries import today
from livingwell.people.permissions import may_verify


@require_safe
@staff(may_verify)
def front(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    lines = [line for line in today.lines(at=at) if line.permission(request.user, at=at)]
    return render(
        request,
        "keeping/front.jinja",
        {
            "waiting": [line for line in lines if line.number],
            "quiet": [line for line in lines if not line.number],
        },
    )
