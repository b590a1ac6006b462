"""Invitations: somebody around a person is asked to be there for them, and may then see what the person chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from livingwell.circles.models.member import CircleMember
from livingwell.consent.models import PARTS, Consent, How, Part, pages_open_to
from livingwell.core.constraints import one_of, together

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account


class Sent(models.TextChoices):
    """How the link reaches them."""

    EMAIL = "email", _("By e-mail")
    TEXT = "text", _("By text message")
    LINK = "link", _("I’ll hand it over myself")


ANSWERED: Final = Q(accepted_at__isnull=False) | Q(withdrawn_at__isnull=False)


class CarerInvitationQuerySet(models.QuerySet["CarerInvitation"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> CarerInvitationQuerySet:
        """Those of one's own page, or of a page that one keeps with its person."""
        return self.filter(person__in=pages_open_to(viewer, Part.CONSENTS, at=at, change=change))

    def open(self, at: datetime) -> CarerInvitationQuerySet:
        """Those whose link still opens something."""
        return self.filter(_opens(at))

    def going_on(self, at: datetime) -> CarerInvitationQuerySet:
        """Those, and the ones that were accepted and whose consent holds."""
        return self.filter(_opens(at) | Q(consent__in=Consent.objects.live(at).values("pk")))


def _opens(at: datetime) -> Q:
    return Q(accepted_at=None, withdrawn_at=None, until__gt=at, lasts_until__gt=at)


class CarerInvitation(models.Model):
    """That a person asks somebody to be there for them: a link, good once and until a day, and what it lets them see.

    The consent is made when they say yes, in the name of whoever invited. Only a hash of the link's secret is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey("consent.Person", on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(CircleMember, on_delete=models.PROTECT, related_name="invitations")
    parts = ArrayField(models.CharField(max_length=12))
    lasts_until = models.DateTimeField()
    """Until when they will be able to see these parts."""
    how = models.CharField(max_length=9, choices=How)
    said = models.TextField(blank=True)
    """What the person said, where somebody else invites for them."""
    sent = models.CharField(max_length=5, choices=Sent)
    sent_to = models.CharField(max_length=254, blank=True)
    """The address it went to: only its owner may say yes. Empty for a link handed over, and once it is answered."""
    secret_hash = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret in the link, in hexadecimal."""
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    objects = CarerInvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("how", How.values),
            one_of("sent", Sent.values),
            together("accepted_at", "accepted_by", "consent"),
            together("withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="circles_carerinvitation_one_end",
            ),
            models.CheckConstraint(
                condition=Q(parts__contained_by=[part.value for part in PARTS]) & Q(parts__len__gt=0),
                name="circles_carerinvitation_names_parts",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("invited_at"), lasts_until__gt=F("invited_at")),
                name="circles_carerinvitation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(secret_hash__regex=r"^[0-9a-f]{64}$"),  # noqa: S106 - a pattern
                name="circles_carerinvitation_keeps_a_hash",
            ),
            models.CheckConstraint(
                condition=(Q(sent_to="") & (Q(sent=Sent.LINK) | ANSWERED))
                | (~Q(sent_to="") & ~Q(sent=Sent.LINK) & ~ANSWERED),
                name="circles_carerinvitation_address_gone_when_answered",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-invited_at"], name="circles_invitation_by_person")
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
