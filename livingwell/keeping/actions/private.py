"""Keeping a place private in what waits, was answered and was noted about it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.directory.actions.private import make_confidential, secret_of
from livingwell.directory.models import Service
from livingwell.keeping.models import Call, Confirmation, Proposal

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.directory.hiding import Secret


def keep_private(service: Service, *, by: str, at: datetime, site: str = "") -> None:
    """Keep secret where it is, here and in the directory. `site`: where it is, if it is not said yet."""
    with transaction.atomic():
        make_confidential(service, by=by, at=at, site=site)
        _silence(service.pk)


def silence_all() -> None:
    """Take their places out of what stands here about all that are confidential: an import may have made them so."""
    for service in Service.objects.filter(is_confidential=True).values_list("pk", flat=True):
        with transaction.atomic():
            _silence(service)


def _silence(service: UUID) -> None:
    secret = secret_of([service])
    for each in Proposal.objects.select_for_update().filter(service=service):
        before = (each.values, each.note, each.reason)
        kept = {name: value for name, value in each.values.items() if name != "locations"}
        each.values = secret.hide_in(kept)
        each.note = secret.hide(each.note) or ("" if each.values else _("[kept private]"))
        each.reason = secret.hide(each.reason)
        if (each.values, each.note, each.reason) != before:
            each.save(update_fields=["values", "note", "reason"])
    _hide_notes(Call.objects.filter(service=service), secret)
    _hide_notes(Confirmation.objects.filter(service=service), secret)


def _hide_notes(rows: QuerySet[Call] | QuerySet[Confirmation], secret: Secret) -> None:
    for pk, note in rows.exclude(note="").values_list("pk", "note"):
        if (fresh := secret.hide(note)) != note:
            rows.filter(pk=pk).update(note=fresh)
