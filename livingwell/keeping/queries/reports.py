"""What we say of a field that somebody says is wrong, and the reports that wait for a look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _

from livingwell.directory.describe import calm
from livingwell.directory.models import About, Report, ReportStatus

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.directory.queries.pages import ServicePage

READ_AT_ONCE: Final = 100
GRAVE: Final = (About.CLOSED, About.UNREACHED)


@dataclass(frozen=True, slots=True)
class Line:
    """One report in the queue."""

    report: Report
    name: str
    about: str
    state: str
    can_tell: bool


def what_we_say(page: ServicePage) -> dict[About, tuple[str, ...]]:
    """What stands on the page, by what can be wrong with it; empty lines where we say nothing."""
    service = page.service
    numbers = tuple(each.number for each in page.phones or page.organization_phones)
    whens = page.times or tuple(line for spot in page.spots for line in spot.times)
    wheres = tuple(", ".join(spot.lines) or spot.name for spot in page.spots)
    if page.online:
        wheres = (*wheres, _("Online or by phone"))
    return {
        About.PHONE: numbers,
        About.WHEN: tuple(dict.fromkeys(whens)),
        About.WHERE: wheres,
        About.COST: (page.cost,) if page.cost else (),
        About.GETTING_IN: page.getting_in,
        About.WEBSITE: (service.url or service.organization.website,)
        if service.url or service.organization.website
        else (),
        About.DESCRIPTION: page.paragraphs[:2],
        About.CLOSED: (),
        About.UNREACHED: numbers,
        About.OTHER: (),
    }


def waiting(*, at: datetime) -> list[Line]:
    """Those that are open: that it has closed first, then the oldest. Those whose people were asked come last."""
    asked = Case(
        When(status=ReportStatus.ASKED, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    grave = Case(When(about=About.CLOSED, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Report.objects.open().filter(said_at__lte=at).select_related("service")
    ordered = rows.annotate(asked=asked, grave=grave).order_by("asked", "grave", "said_at", "pk")
    return [
        Line(
            row,
            calm(row.service.name),
            str(row.get_about_display()),
            str(row.get_status_display()),
            bool(row.contact),
        )
        for row in ordered[:READ_AT_ONCE]
    ]


def how_many_wait() -> int:
    return Report.objects.filter(status=ReportStatus.WAITING).count()
