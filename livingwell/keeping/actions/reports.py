"""Taking in that something is wrong, warning staff where several say the same, and telling what came of it."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.directory.actions.editing import change
from livingwell.directory.actions.private import hidden
from livingwell.directory.models import About, How, Report, ReportStatus
from livingwell.directory.models import Status as Running
from livingwell.directory.models.report import NEXT, OVER
from livingwell.directory.queries.reports import SEVERAL, people_who_say
from livingwell.keeping import letters
from livingwell.keeping.actions import SYSTEM
from livingwell.keeping.actions.asking import ask_now
from livingwell.messaging import addresses
from livingwell.messaging.actions import send
from livingwell.messaging.models import Channel
from livingwell.people.models import Membership, Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from livingwell.directory.models import Service

HERE: Final = ZoneInfo("Europe/London")
SENDER_KEPT: Final = timedelta(days=15)
CONTACT_KEPT: Final = timedelta(days=30)
"""Whoever was not told by then is not told: we do not keep people's addresses for our own slowness."""
WORDS_KEPT: Final = timedelta(days=90)
VISITOR: Final = "a visitor"
LONGEST: Final = 1_000


def say(service: Service, about: About, *, address: str, site: str, at: datetime) -> Report:
    """Somebody says that this is wrong. The same from one internet address on one day is one, until it is decided."""
    day = at.astimezone(HERE).date()
    sender = _sender(service, about, address)
    same = Report.objects.filter(service=service, about=about, day=day, sender=sender)
    if known := same.first():
        return known
    try:
        with transaction.atomic():
            made = Report.objects.create(
                service=service, about=about, day=day, sender=sender, said_at=at, said_by=VISITOR
            )
            if about == About.CLOSED:
                _warn_of_closing(service, site=site, at=at)
            return made
    except IntegrityError:
        return same.get()


def add_words(report: Report, words: str) -> None:
    """What they write beside it; of a confidential place nothing that would tell where it is."""
    clean = hidden(report.service_id, words.strip()[:LONGEST])
    Report.objects.open().filter(pk=report.pk).update(words=clean)


def add_contact(report: Report, typed: str) -> None:
    """Where to tell them what came of it. Raises Refusal for what is neither an e-mail address nor a mobile number."""
    contact = addresses.whole(_channel(typed), typed)
    Report.objects.open().filter(pk=report.pk).update(contact=contact)


def put_right(
    report: Report, values: Mapping[str, Any], *, by: str, at: datetime, sentence: str = "", expected: int
) -> None:
    """Make the entry say what is true, and tell whoever told us. `expected`: see `editing.change`."""
    with transaction.atomic():
        made = change(report.service, values, by=by, how=How.REPORT, at=at, expected=expected)
        if made is None:
            raise Refusal(_("Nothing is changed yet. Change what was wrong, or say that it was right."))
        _end(report, ReportStatus.PUT_RIGHT, letters.PUT_RIGHT, by=by, at=at, sentence=sentence)


def has_closed(report: Report, *, by: str, at: datetime, sentence: str = "") -> None:
    """It has closed: the entry goes, and all who said so are told."""
    with transaction.atomic():
        change(report.service, {"status": Running.DEFUNCT.value}, by=by, how=How.REPORT, at=at)
        _end(report, ReportStatus.PUT_RIGHT, letters.PUT_RIGHT, by=by, at=at, sentence=sentence)
        for each in Report.objects.open().filter(service=report.service):
            _tell(_decide(each, ReportStatus.PUT_RIGHT, by=by, at=at), letters.CLOSED, "", by=by, at=at)


def was_right(report: Report, *, by: str, at: datetime, sentence: str = "") -> None:
    """What we say is right after all."""
    _end(report, ReportStatus.WAS_RIGHT, letters.WAS_RIGHT, by=by, at=at, sentence=sentence)


def not_found_out(report: Report, *, by: str, at: datetime, sentence: str = "") -> None:
    """We tried, and do not know."""
    _end(report, ReportStatus.NOT_FOUND, letters.NOT_FOUND, by=by, at=at, sentence=sentence)


def ask_its_people(report: Report, *, site: str, by: str, at: datetime) -> None:
    """Send the people of the entry the link by which they answer. The report stays open until they do."""
    with transaction.atomic():
        decided = _decide(report, ReportStatus.ASKED, by=by, at=at)
        ask_now(decided.service, site=site, by=by, at=at)


def got_through(service: Service, *, by: str, at: datetime) -> None:
    """Somebody of ours rang and they answered: whoever could not get through is told so."""
    with transaction.atomic():
        for report in Report.objects.open().filter(service=service, about=About.UNREACHED):
            _tell(
                _decide(report, ReportStatus.WAS_RIGHT, by=by, at=at), letters.GOT_THROUGH, "", by=by, at=at
            )


def forget(*, at: datetime) -> int:
    """Erase what is kept too long: contacts of those not told, words, and hashes of addresses; of how many reports."""
    with transaction.atomic():
        contacts = Report.objects.filter(said_at__lt=at - CONTACT_KEPT).exclude(contact="").update(contact="")
        senders = Report.objects.filter(said_at__lt=at - SENDER_KEPT).exclude(sender="").update(sender="")
        words = Report.objects.filter(said_at__lt=at - WORDS_KEPT).exclude(words="").update(words="")
    return contacts + senders + words


def _end(report: Report, status: ReportStatus, letter: Any, *, by: str, at: datetime, sentence: str) -> None:
    """One answer for this report, and for all others that say the same of the same entry."""
    with transaction.atomic():
        _tell(_decide(report, status, by=by, at=at), letter, sentence, by=by, at=at)
        for each in Report.objects.open().filter(service=report.service, about=report.about):
            _tell(_decide(each, status, by=by, at=at), letter, sentence, by=by, at=at)


def _decide(report: Report, status: ReportStatus, *, by: str, at: datetime) -> Report:
    now = Report.objects.select_for_update(of=("self",)).select_related("service").get(pk=report.pk)
    if status not in NEXT[ReportStatus(now.status)]:
        raise Refusal(_("Somebody has looked at this already."))
    contact = now.contact
    now.status, now.decided_at, now.decided_by = status, at, by
    if status in OVER:  # who says it again says something new
        now.contact = now.sender = ""
    now.save(update_fields=["status", "decided_at", "decided_by", "contact", "sender"])
    now.contact = contact  # for the message that tells them; the row has it no more
    return now


def _tell(report: Report, letter: Any, sentence: str, *, by: str, at: datetime) -> None:
    if not report.contact:
        return
    channel = _channel(report.contact)
    try:
        send(
            channel=channel,
            to=report.contact,
            subject=_("What came of what you told us"),
            body=letters.outcome(report.service.name, str(letter), sentence.strip()),
            key=f"report:{report.pk}",
            at=at,
            by=by,
            forget=True,
        )
    except Refusal:  # they asked us to stop meanwhile, or no way is set up
        return


def _warn_of_closing(service: Service, *, site: str, at: datetime) -> None:
    number = people_who_say(service.pk, About.CLOSED, at=at)
    if number < SEVERAL:
        return
    editors = Membership.objects.live(at).filter(role=Role.EDITOR, organization=None)
    for email in editors.exclude(account__email="").values_list("account__email", flat=True):
        try:
            send(
                channel=Channel.EMAIL,
                to=email,
                subject=_("Several people say that a place has closed"),
                body=letters.several_say_closed(service.name, number, link=f"{site}/keeping/reports/"),
                key=f"closed:{service.pk}:{at:%G-%V}:{hashlib.sha256(email.encode()).hexdigest()[:12]}",
                at=at,
                by=SYSTEM,
            )
        except Refusal:
            continue


def _channel(typed: str) -> Channel:
    return Channel.EMAIL if "@" in typed else Channel.TEXT


def _sender(service: Service, about: About, address: str) -> str:
    said = f"report|{service.pk}|{about}|{address}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()
