"""Accounts, and what each may do: the roles that somebody holds for the network or for one organization."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import one_of, together

if TYPE_CHECKING:
    from collections.abc import Iterator
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


WITH_PEOPLE: Final = (Role.LINK_WORKER, Role.CLINICIAN, Role.PEER_SUPPORTER)
"""Who works with people for an organization, and so sees what a person shares with it."""

OF_ORGANIZATIONS: Final = (*WITH_PEOPLE, Role.PROVIDER)
"""Held for one organization by its name; the other roles are for the whole network."""


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of this id: it is what signs somebody in, as addresses come and go."""
        return self.get(pk=username or "")


class Account(AbstractBaseUser):
    """Somebody who can sign in, by e-mail or mobile number or both. A page of one's own needs none."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=16, blank=True)
    name = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    invented = models.BooleanField(default=False)
    epoch = models.PositiveIntegerField(default=0)
    """Raised to end every session at once: a session knows the epoch it began in."""

    USERNAME_FIELD = "id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = []

    objects = AccountManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="people_account_email_in_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+[1-9][0-9]{6,14}$"),
                name="people_account_phone_whole",
            ),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""), name="people_account_can_be_reached"
            ),
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="people_account_email_once"
            ),
            models.UniqueConstraint(
                fields=["phone"], condition=~Q(phone=""), name="people_account_phone_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.phone

    def get_session_auth_hash(self) -> str:
        """What a session must know to go on: it ends when the password changes or the epoch is raised."""
        return self._of_this_epoch(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._of_this_epoch(secret)

    def _of_this_epoch(self, secret: str | bytes | None) -> str:
        said = f"{self.password}|{self.epoch}"
        return salted_hmac("livingwell.people.session", said, secret=secret, algorithm="sha256").hexdigest()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live(self, at: datetime) -> MembershipQuerySet:
        """Those that hold at a moment, of accounts that may sign in."""
        return self.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=at), account__is_active=True, started_at__lte=at
        )

    def with_people(self, at: datetime) -> MembershipQuerySet:
        """Those by which somebody works with people for an organization now."""
        return self.live(at).filter(role__in=WITH_PEOPLE, organization__isnull=False)


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


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> InvitationQuerySet:
        """Those that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, until__gt=at)


class Invitation(models.Model):
    """That somebody is asked to take up a role: a link to one e-mail address, good once and until a day."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role)
    organization = models.ForeignKey(
        "directory.Organization", null=True, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField()
    invited_by = models.TextField()
    until = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.TextField(blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("role", Role.values),
            together("accepted_at", "accepted_by"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="people_invitation_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="people_invitation_one_end",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="people_invitation_email_in_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} until {self.until:%Y-%m-%d}"
