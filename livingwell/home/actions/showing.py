"""One page of the demonstration: words, themes, people, hard days, who may see what, who looked, who walks along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from livingwell.circles import actions as circles
from livingwell.circles.models import Sent
from livingwell.consent import actions as consent
from livingwell.consent.models import Access, Did, How, Person, Purpose
from livingwell.home.actions.stepping import choices, introductions, steps
from livingwell.home.actions.telling import Telling, account, organization, parts
from livingwell.home.invented_pages import Days
from livingwell.linkwork import actions as linkwork
from livingwell.plans import actions as plans
from livingwell.plans.days import Day
from livingwell.plans.models import Section

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.consent.models import Consent
    from livingwell.home.invented_pages import Said


def show(said: Said, *, site: str, at: datetime) -> bool:
    """Make the page that a file tells, whole or not at all. False where its person has a page already: it stays."""
    by = account(said["account"])
    if Person.objects.filter(account=by).exists():
        return False
    with transaction.atomic():
        days = Days(at)
        person = consent.start(by=by, at=days.ago(said["days_ago"]), called=said["called"])
        told = Telling(person, by, days, site)
        _words(told, said)
        _around(told, said)
        _hard_days(told, said)
        for each in said["consents"]:
            _consent(told, each)
        _lead(told, said["lead"])
        steps(told, said["steps"])
        choices(told, said["choices"])
        introductions(told, said["introductions"])
        return True


def _words(told: Telling, said: Said) -> None:
    began = said["days_ago"]
    consent.say_how_to_reach(told.person, said["contact"], by=told.by, at=told.days.ago(began))
    for name, text in said["words"].items():
        plans.write(told.person, Section(name), text, over=0, by=told.by, at=told.days.ago(began))
    plans.pick(told.person, said["themes"], by=told.by, at=told.days.ago(began))
    for theme in said.get("not_themes", ()):
        plans.refuse(told.person, theme, by=told.by, at=told.days.ago(began))


def _around(told: Telling, said: Said) -> None:
    for each in said["circle"]:
        member = circles.add(told.person, each, by=told.by, at=told.days.ago(said["days_ago"]))
        told.around[member.called] = member
    carer = said.get("carer")
    if carer:
        link = circles.invite(
            told.around[carer["member"]],
            parts=parts(carer),
            lasts_until=told.days.ahead(carer["for_days"]),
            sent=Sent.LINK,
            to="",
            signed=told.person.called,
            site=told.site,
            by=told.by,
            at=told.days.ago(carer["days_ago"]),
        )
        secret = link.rstrip("/").rpartition("/")[2]
        circles.accept(secret, by=account(carer["account"]), at=told.days.ago(carer["days_ago"] - 1))


def _hard_days(told: Telling, said: Said) -> None:
    for each in said["hard_days"]:
        day, once = told.days.day(each["in_days"]), each.get("once", False)
        plans.name_date(
            told.person,
            what=each["what"],
            falls=Day(day.day, day.month, day.year if once else None, yearly=not once),
            days_before=each["days_before"],
            by=told.by,
            at=told.days.ago(said["days_ago"]),
        )


def _consent(told: Telling, said: Said) -> None:
    given = consent.give(
        told.person,
        organization=organization(said["organization"]),
        parts=parts(said),
        purpose=Purpose(said["purpose"]),
        may_change=said.get("may_change", False),
        how=How.SCREEN,
        until=told.days.ahead(said["for_days"]),
        by=told.by,
        at=told.days.ago(said["days_ago"]),
    )
    for each in said.get("looks", ()):
        _look(told, given, each)
    if "withdrawn_days_ago" in said:
        consent.withdraw(given, by=told.by, at=told.days.ago(said["withdrawn_days_ago"]))


def _look(told: Telling, given: Consent, said: Said) -> None:
    who, moment = account(said["by"]), told.days.ago(said["days_ago"])
    did = Did(said.get("did", Did.LOOKED))
    consent.look(told.person, did, dict.fromkeys(parts(said), given), by=who, at=moment)
    if "asked_why" in said:
        seen = Access.objects.get(person=told.person, done_by=who, done_at=moment)
        asked_at = told.days.ago(said["asked_days_ago"])
        consent.ask_why(seen, site=told.site, by=told.by, at=asked_at, words=said["asked_why"])


def _lead(told: Telling, said: Said) -> None:
    linkwork.choose(
        told.person,
        account(said["account"]),
        organization(said["organization"]),
        by=told.by,
        at=told.days.ago(said["days_ago"]),
    )
