"""What search engines may find: the pages of services, organizations and themes that are public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap, views
from django.urls import reverse

from livingwell.directory.models import Organization, Service
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


class Services(Sitemap):  # type: ignore[type-arg]
    """Those that have not closed for good. What is invented for a demonstration is left out."""

    limit = 10_000

    def items(self) -> QuerySet[Service]:
        return Service.objects.public().filter(invented=False).only("pk", "assured_date").order_by("pk")

    def lastmod(self, item: Service) -> date | None:
        return item.assured_date

    def get_latest_lastmod(self) -> None:
        """Not worth reading every service for: each says its own."""


class Organizations(Sitemap):  # type: ignore[type-arg]
    limit = 10_000

    def items(self) -> QuerySet[Organization]:
        return Organization.objects.filter(invented=False).only("pk").order_by("pk")


class Themes(Sitemap):  # type: ignore[type-arg]
    def items(self) -> list[str]:
        return [theme.slug for theme in vocabulary().themes.values() if theme.kind != "offer"]

    def location(self, item: str) -> str:
        return reverse("directory:theme", kwargs={"slug": item})


class _Ways(Sitemap):  # type: ignore[type-arg]
    def items(self) -> list[str]:
        return ["directory:search", "directory:themes"]

    def location(self, item: str) -> str:
        return reverse(item)


SECTIONS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "directory": _Ways,
    "themes": Themes,
    "services": Services,
    "organizations": Organizations,
}


def index(request: HttpRequest) -> HttpResponse:
    """The list of lists: one list may name 50,000 pages at most."""
    return views.index(request, SECTIONS, sitemap_url_name="directory:sitemap-section")


def section(request: HttpRequest, section: str) -> HttpResponse:
    """One list."""
    return views.sitemap(request, SECTIONS, section=section)
