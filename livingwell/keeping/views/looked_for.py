"""What people looked for and did not find, for those who see to it that there is more."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from livingwell.directory.queries.looked_for import FEWEST, Block, blocks
from livingwell.keeping.access import staff
from livingwell.people.permissions import may_edit_the_directory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

WEEKS: Final = (4, 12, 24, 48)
USUAL: Final = 12


@require_safe
@staff(may_edit_the_directory)
def looked_for(request: HttpRequest) -> HttpResponse:
    """The last so many weeks, in blocks of four; as a table for a spreadsheet with ?as=csv."""
    asked = request.GET.get("weeks", "")
    weeks = int(asked) if asked in map(str, WEEKS) else USUAL
    found = blocks(on=timezone.localdate(), weeks=weeks)
    if request.GET.get("as") == "csv":
        return _csv(found)
    context = {"blocks": found, "weeks": weeks, "choices": WEEKS, "fewest": FEWEST}
    return render(request, "keeping/looked_for.jinja", context)


def _csv(found: Sequence[Block]) -> HttpResponse:
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(["from", "to", "theme", "area", "searches"])
    for block in found:
        rows.writerows([block.first, block.last, each.theme, each.area, each.count] for each in block.missed)
    response = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="looked-for.csv"'
    return response
