"""What an invitation offers, and the yes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from livingwell.circles import queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """What an invitation offers."""
    found = queries.invitation_meant(secret, at=timezone.now())
    return render(request, "core/errors/404.jinja", {"invited": found}, status=404)
