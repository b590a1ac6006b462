"""Giving somebody an account and a role, and taking a role back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from livingwell.people.models import Account, Membership

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.directory.models import Organization
    from livingwell.people.models import Role


def appoint(
    email: str, role: Role, *, by: str, at: datetime, organization: Organization | None = None, name: str = ""
) -> Membership:
    """Let the owner of an e-mail address act in a role; the account is made where there is none."""
    with transaction.atomic():
        account = Account.objects.filter(email=email.lower()).first()
        if account is None:
            account = Account(email=email.lower(), name=name)
            account.set_unusable_password()
            account.save()
        held, _made = Membership.objects.get_or_create(
            account=account,
            organization=organization,
            role=role,
            ended_at=None,
            defaults={"started_at": at, "started_by": by},
        )
        return held


def dismiss(membership: Membership, *, by: str, at: datetime) -> None:
    """End a role. Whoever held it can do nothing with it from this moment on."""
    Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=at, ended_by=by)
