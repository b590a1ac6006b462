"""Accounts, and what each may do: the roles that somebody holds for the network or for one organization."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import one_of

if TYPE_CHECKING:
    from datetime import datetime


class Role(models.TextChoices):
    """What somebody does. A role is held for one organization, or for the network where none is named."""

    EDITOR = "editor", _("Editor of the directory")
    VERIFIER = "verifier", _("Volunteer who checks entries")
    LINK_WORKER = "link worker", _("Link worker")
    CLINICIAN = "clinician", _("Clinician")
    PEER_SUPPORTER = "peer supporter", _("Peer supporter")
    PROVIDER = "provider", _("Provider")
    BROKER = "broker", _("Time-bank broker")
    BUDGET_HOLDER = "budget holder", _("Budget holder")
    PRIVACY_LEAD = "privacy lead", _("Privacy lead")
    COMMISSIONER = "commissioner", _("Commissioner")


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of an e-mail address, in whatever case it is typed."""
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser):
    """Somebody who can sign in. A page of one's own needs none."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    email = models.EmailField(unique=True)
    name = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = []

    objects = AccountManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(email="") & Q(email=Lower("email")), name="people_account_email_in_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live(self, at: datetime) -> MembershipQuerySet:
        """Those that hold at a moment, of accounts that may sign in."""
        return self.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=at), account__is_active=True, started_at__lte=at
        )


class Membership(models.Model):
    """That an account holds a role, for an organization or for the network, from when until when, by whose word."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(
        "directory.Organization", null=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=20, choices=Role)
    started_at = models.DateTimeField()
    started_by = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("role", Role.values),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="")
                | (Q(ended_at__gte=F("started_at")) & ~Q(ended_by="")),
                name="people_membership_ended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["account", "organization", "role"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="people_membership_role_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.role}"
