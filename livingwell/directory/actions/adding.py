"""Writing a new entry by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.directory.actions import versions
from livingwell.directory.actions.listing import refresh
from livingwell.directory.actions.rows import BY_HAND, checked
from livingwell.directory.models import Organization, Service, Source

if TYPE_CHECKING:
    from datetime import datetime


def add(name: str, *, organization: str, kind: str, by: str, at: datetime) -> Service:
    """A new entry of a new organization, or of one that was written here by hand under the same name."""
    if not by:
        raise Refusal(_("Say who changes this."))
    with transaction.atomic():
        source, _new = Source.objects.get_or_create(slug=BY_HAND, defaults={"name": _("Written here")})
        whole = checked("organization", "name", organization)
        owner = Organization.objects.filter(source=source, name__iexact=whole, merged_into=None).first()
        if owner is None:
            pk = uuid4()
            owner = Organization.objects.create(pk=pk, source=source, original_id=str(pk), name=whole)
        pk = uuid4()
        service = Service.objects.create(
            pk=pk,
            source=source,
            original_id=str(pk),
            organization=owner,
            name=checked("service", "name", name),
            kind=checked("service", "kind", kind),
            kind_by_hand=True,
        )
        versions.remember_first([service.pk], at=at)
        refresh([service.pk])
        return service
