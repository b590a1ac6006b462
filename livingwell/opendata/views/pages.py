"""The page that tells people and programs what there is to read, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from livingwell.directory.models import Service, Source
from livingwell.opendata.asked import LARGEST_PAGE, USUAL_PAGE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = {
        "licence": settings.OPEN_DATA_LICENCE,
        "sources": Source.objects.order_by("name"),
        "example": Service.objects.public().order_by("pk").first(),
        "closed_days": settings.OPEN_DATA_KEEPS_CLOSED_DAYS,
        "often": settings.OPEN_DATA_PER_TEN_MINUTES,
        "page": USUAL_PAGE,
        "largest": LARGEST_PAGE,
    }
    return render(request, "opendata/about.jinja", context)
