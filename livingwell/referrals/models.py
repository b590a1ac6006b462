"""Introductions (referrals), what is said in them, each move they made, and the links by which receivers answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import Part, Person, pages_open_to
from livingwell.core.constraints import one_of, together
from livingwell.people.models import Membership

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from livingwell.people.models import Account


class Weight(models.TextChoices):
    """How much is handed over. The lightest that serves is offered first."""

    SIGNPOST = "signpost", _("Tell me where it is, I go by myself")
    WARM = "warm", _("Somebody rings there, or comes along the first time")
    REFERRAL = "referral", _("They get in touch with me and take it from there")


class Status(models.TextChoices):
    """Where an introduction stands. It is not over when it is accepted."""

    DRAFT = "draft", _("Being written")
    SENT = "sent", _("Sent, waiting for an answer")
    ACCEPTED = "accepted", _("They said yes")
    DECLINED = "declined", _("They cannot")
    MET = "met", _("You have met")
    CLOSED = "closed", _("Done")
    WITHDRAWN = "withdrawn", _("Stopped")


NEXT: Mapping[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.SENT, Status.WITHDRAWN}),
    Status.SENT: frozenset({Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN}),
    Status.ACCEPTED: frozenset({Status.MET, Status.DECLINED, Status.CLOSED, Status.WITHDRAWN}),
    Status.DECLINED: frozenset(),
    Status.MET: frozenset({Status.CLOSED, Status.WITHDRAWN}),
    Status.CLOSED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}
OPEN: Final = (Status.DRAFT, Status.SENT, Status.ACCEPTED, Status.MET)
TOLD: Final = (Status.SENT, Status.ACCEPTED, Status.MET)
"""The states in which a receiver may read what is said."""
MOST_WEEKS: Final = 104
"""The longest wait that can be named. What takes longer is no yes."""
ANSWERS: Final = (Status.ACCEPTED, Status.DECLINED)
OUTCOMES: Final = (Status.DECLINED, Status.MET, Status.CLOSED)
"""The states in which there is something to tell those who sent it, and the GP."""


class Because(models.TextChoices):
    """Why a receiver cannot, in plain words. Nobody is told that they are not ill enough, or too ill."""

    FULL = "full", _("We are full at the moment")
    NOT_WHAT_WE_DO = "not what we do", _("This is not what we do")
    TOO_FAR = "too far", _("We do not work where they live")
    CANNOT_REACH = "cannot reach", _("We tried and could not reach them")
    OTHER = "other", _("Something else")


class Helped(models.TextChoices):
    """What the person says afterwards, if they like to say anything."""

    YES = "yes", _("Yes, it helped")
    A_BIT = "a bit", _("A bit")
    NO = "no", _("No, not really")
    RATHER_NOT = "rather not", _("I would rather not say")


class Through(models.TextChoices):
    """By which way a move was made."""

    SCREEN = "screen", _("signed in")
    LINK = "link", _("by a link")
    CODE = "code", _("by a code read over the phone")
    TEXT = "text", _("by text")
    CLOCK = "clock", _("by itself")
    EXCHANGE = "exchange", _("from another system")


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> ReferralQuerySet:
        """Those on pages whose plan this viewer sees, and those they own. Receivers have `received_by`."""
        return self.filter(
            Q(person__in=pages_open_to(viewer, Part.PLAN, at=at, change=change)) | Q(owner=viewer)
        )

    def received_by(self, viewer: Account, *, at: datetime) -> ReferralQuerySet:
        """Those sent to an organization in which this viewer works with people now."""
        works_for = Membership.objects.with_people(at).filter(account=viewer).values("organization")
        return self.filter(organization__in=works_for, sent_at__isnull=False)

    def open(self) -> ReferralQuerySet:
        """Those that are not over."""
        return self.filter(status__in=OPEN)

    def unanswered_on(self, day: date) -> ReferralQuerySet:
        """Those sent whose last day for an answer has passed, and that have not come back yet."""
        return self.filter(status=Status.SENT, answer_by__lt=day, back_on=None)

    def waited_until(self, day: date) -> ReferralQuerySet:
        """Those on a waiting list of which the day to ask again has come, and that have not come back for it yet."""
        not_back = Q(back_on=None) | Q(back_on__lt=F("ask_on"))
        return self.filter(not_back, status=Status.ACCEPTED, ask_on__lte=day)


class Referral(models.Model):
    """That a person is introduced to one service, in a weight they chose. It rests on a consent and has an owner."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    """Who receives it: the organization of the service when it was written."""
    weight = models.CharField(max_length=8, choices=Weight)
    consent = models.ForeignKey(
        "consent.Consent", null=True, on_delete=models.PROTECT, related_name="referrals"
    )
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(
        "directory.Organization", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """For whom it was sent; nobody: the person introduces themself."""
    owner = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="owned_referrals")
    """Who sees to it now. Never nobody."""
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateField(null=True)
    """Unanswered after this day it comes back."""
    back_on = models.DateField(null=True)
    read_on = models.DateField(null=True)
    """When a receiver first opened it."""
    answered_on = models.DateField(null=True)
    """When a receiver first said yes or no: the day of that move."""
    contacted_on = models.DateField(null=True)
    met_on = models.DateField(null=True)
    because = models.CharField(max_length=15, choices=Because, blank=True)
    because_words = models.TextField(blank=True)
    wait_weeks = models.PositiveSmallIntegerField(null=True)
    """They said yes, but it takes about so many weeks: the person is on their waiting list."""
    ask_on = models.DateField(null=True)
    """On a waiting list: the day on which its owner asks again, so that it is not forgotten."""
    instead = models.TextField(blank=True)
    """What the receiver offers instead, in their words."""
    helped = models.CharField(max_length=10, choices=Helped, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("weight", Weight.values),
            one_of("status", Status.values),
            one_of("because", Because.values, blank=True),
            one_of("helped", Helped.values, blank=True),
            together("sent_at", "sent_by"),
            together("wait_weeks", "ask_on"),
            models.CheckConstraint(
                condition=Q(wait_weeks__isnull=True)
                | Q(status=Status.ACCEPTED, contacted_on__isnull=True, wait_weeks__range=(1, MOST_WEEKS)),
                name="referrals_referral_waits_after_a_yes",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN])
                | Q(consent__isnull=False, sent_at__isnull=False, answer_by__isnull=False),
                name="referrals_referral_rests_on_a_consent",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.DECLINED) | ~Q(because=""),
                name="referrals_referral_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(because=Because.OTHER) | ~Q(because_words=""),
                name="referrals_referral_other_reason_in_words",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(status__in=[Status.DRAFT, Status.SENT]),
                name="referrals_referral_answered_is_not_waiting",
            ),
            models.UniqueConstraint(
                fields=["person", "service"],
                condition=Q(status__in=OPEN),
                name="referrals_referral_one_open_for_person_and_service",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "status", "sent_at"], name="referrals_inbox"),
            models.Index(fields=["owner", "status"], name="referrals_owned"),
            models.Index(fields=["sender", "-sent_at"], name="referrals_sent"),
            models.Index(fields=["answer_by"], condition=Q(status=Status.SENT), name="referrals_unanswered"),
            models.Index(fields=["ask_on"], condition=Q(ask_on__isnull=False), name="referrals_ask_again"),
        ]

    def __str__(self) -> str:
        return f"referral {self.pk}"


class SaidQuerySet(models.QuerySet["Said"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> SaidQuerySet:
        """What is said in introductions on pages whose plan this viewer sees."""
        return self.filter(person__in=pages_open_to(viewer, Part.PLAN, at=at, change=change))


class Said(models.Model):
    """One thing that the receiver is told: taken from the page or written anew, and approved by the person."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="said")
    place = models.PositiveSmallIntegerField()
    heading = models.TextField()
    """The PRSB heading or our own, as it stood on the page."""
    words = models.TextField()

    objects = SaidQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "place"], name="referrals_said_in_order"),
            models.CheckConstraint(condition=~Q(words=""), name="referrals_said_something"),
        ]

    def __str__(self) -> str:
        return f"said {self.pk}"


class MoveQuerySet(models.QuerySet["Move"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> MoveQuerySet:
        """Moves of introductions on pages whose plan this viewer sees, and of those they own."""
        return self.filter(Q(person__in=pages_open_to(viewer, Part.PLAN, at=at)) | Q(referral__owner=viewer))


class Move(models.Model):
    """That an introduction went from one state to another, when, by whom, by which way. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="moves")
    before = models.CharField(max_length=9, choices=Status, blank=True)
    after = models.CharField(max_length=9, choices=Status)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    """Nobody where a receiver answered by a link: then the organization did."""
    through = models.CharField(max_length=8, choices=Through)

    objects = MoveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("before", Status.values, blank=True),
            one_of("after", Status.values),
            one_of("through", Through.values),
        ]
        indexes: ClassVar = [models.Index(fields=["referral", "moved_at"], name="referrals_history")]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


class LinkQuerySet(models.QuerySet["Link"]):
    def visible_to(self, viewer: Account, *, at: datetime) -> LinkQuerySet:
        """Links of introductions on pages whose plan this viewer sees. A receiver comes by the secret itself."""
        return self.filter(person__in=pages_open_to(viewer, Part.PLAN, at=at))


class Link(models.Model):
    """A way for a receiver without an account to answer one introduction, until a day. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="links")
    secret = models.CharField(max_length=64, unique=True)
    """SHA-256 of what stands in the link, or of the code that is read over the phone, in hexadecimal."""
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gt=F("made_at")), name="referrals_link_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"


class MessageBackQuerySet(models.QuerySet["MessageBack"]):
    def visible_to(self, viewer: Account, *, at: datetime, change: bool = False) -> MessageBackQuerySet:
        """Those on pages whose plan this viewer sees. Whoever is told comes by the secret itself."""
        return self.filter(person__in=pages_open_to(viewer, Part.PLAN, at=at, change=change))

    def live(self) -> MessageBackQuerySet:
        """Those that nobody has stopped."""
        return self.filter(stopped_at=None)


class MessageBack(models.Model):
    """That a person wants one organization, which they let in, to be told what came of an introduction.

    It is told once, by a link that opens what came of it until a day, until it is stopped, or until that organization
    may no longer see the plan. Only the hash of the link is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="messages_back")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    helped = models.BooleanField(default=False)
    """Whether they are told, too, whether it helped."""
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    secret = models.CharField(max_length=64, blank=True)
    """SHA-256 of what stands in the link, in hexadecimal; empty before it went."""
    sent_on = models.DateField(null=True)
    until = models.DateTimeField(null=True)
    opened_on = models.DateField(null=True)
    """When the link was first opened."""

    objects = MessageBackQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            together("stopped_at", "stopped_by"),
            together("sent_on", "until"),
            models.CheckConstraint(
                condition=Q(secret="", sent_on=None, opened_on=None)
                | (~Q(secret="") & Q(sent_on__isnull=False)),
                name="referrals_messageback_sent_with_a_link",
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(stopped_at__isnull=True),
                name="referrals_messageback_one_for_an_introduction",
            ),
            models.UniqueConstraint(
                fields=["secret"], condition=~Q(secret=""), name="referrals_messageback_secret_once"
            ),
        ]

    def __str__(self) -> str:
        return f"message back {self.pk}"
