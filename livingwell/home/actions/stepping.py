"""The steps of a page of the demonstration, what was said to suggestions, and whom its person was introduced to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from livingwell.consent.models import How
from livingwell.home.actions.telling import account, organization, parts, service
from livingwell.referrals import actions as referrals
from livingwell.referrals.models import Through, Weight
from livingwell.steps import actions
from livingwell.steps.companions import MYSELF, Companion
from livingwell.steps.models import Stage, Status, Walks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from livingwell.home.actions.telling import Telling
    from livingwell.home.invented_pages import Said
    from livingwell.referrals.models import Referral
    from livingwell.steps.models import Step


def steps(told: Telling, said: Iterable[Said]) -> None:
    """Each step from its choice to where it stands now, with its pieces."""
    for each in said:
        step = _step(told, each, None)
        for piece in each.get("pieces", ()):
            _step(told, piece, step)


def _step(told: Telling, said: Said, parent: Step | None) -> Step:
    chosen = told.days.ago(said["days_ago"])
    stage = Stage(said.get("stage", Stage.NOW))
    if "suggestion" in said:
        step = actions.choose(told.person, service(said["suggestion"]), by=told.by, at=chosen)
    else:
        step = actions.add(told.person, said["words"], by=told.by, at=chosen, stage=stage, parent=parent)
    values: dict[str, Any] = {name: said[name] for name in ("why", "first") if name in said}
    if stage != step.stage:
        values["stage"] = stage
    if "ask_in_days" in said:
        values["ask_on"] = told.days.day(said["ask_in_days"])
    if values:
        step = actions.change(step, values, version=step.version, by=told.by, at=chosen)
    if "with" in said:
        step = actions.walk_with(step, _companion(told, said["with"]), by=told.by, at=chosen)
    for move in said.get("moves", ()):
        moved, was = told.days.ago(move["days_ago"]), Status(step.status)
        step = actions.move(step, Status(move["to"]), was=was, by=told.by, at=moved)
    return step


def _companion(told: Telling, said: Said | str) -> Companion:
    if isinstance(said, str):
        return MYSELF
    if "member" in said:
        return Companion(Walks.MEMBER, member=told.around[said["member"]])
    if "account" in said:
        return Companion(Walks.ACCOUNT, account=account(said["account"]))
    return Companion(Walks.NAME, name=said["name"])


def choices(told: Telling, said: Iterable[Said]) -> None:
    """What they said "not for me" to, and what "ask me later"."""
    for each in said:
        wanted, moment = service(each["service"]), told.days.ago(each["days_ago"])
        if "later_in_days" in each:
            day = told.days.day(each["later_in_days"])
            actions.ask_later(told.person, wanted, by=told.by, at=moment, on=day)
        else:
            actions.turn_down(told.person, wanted, by=told.by, at=moment, reason=each["not_for_me"])


def introductions(told: Telling, said: Iterable[Said]) -> None:
    """Whom they were introduced to, up to where it stands."""
    for each in said:
        moment = told.days.ago(each["days_ago"])
        introduction = referrals.draft(
            told.person,
            service(each["service"]),
            weight=Weight(each["weight"]),
            said=[(heading, words) for heading, words in each["said"]],
            by=told.by,
            at=moment,
        )
        sent = told.days.ago(each["days_ago"])
        referrals.approve_and_send(
            introduction, parts=parts(each), how=How.SCREEN, by=told.by, at=sent, site=told.site
        )
        if "tell" in each:
            place = organization(each["tell"])
            referrals.tell_them(introduction, place, helped=False, by=told.by, at=sent)
        if "answer" in each:
            introduction.refresh_from_db()
            _answered(introduction, each["answer"], told.days.ago(each["answered_days_ago"]))


def _answered(introduction: Referral, answer: str, at: datetime) -> None:
    referrals.read(introduction, at=at)
    referrals.accept(introduction, by=None, through=Through.LINK, at=at)
    if answer == "met":
        later = at + timedelta(days=5)
        referrals.contacted(introduction, by=None, through=Through.LINK, at=at)
        referrals.met(introduction, by=None, through=Through.LINK, at=later)
