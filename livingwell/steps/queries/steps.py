"""The steps of a page, each with its pieces, who walks along, and what has become of where it came from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from livingwell.circles.models import CircleMember
from livingwell.core.dates import day_of
from livingwell.directory.freshness import Standing
from livingwell.directory.models import Status as Running
from livingwell.steps.models import LIVE, Stage, Status, Step, Walks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from typing import Any
    from uuid import UUID

    from django.db.models import QuerySet

    from livingwell.consent.doors import Page
    from livingwell.directory.models import Service
    from livingwell.people.models import Account


LONG_AGO_FIRST = ("chosen_at", "id")


@dataclass(frozen=True, slots=True)
class Voice:
    """How steps are told: to the person themself or to somebody else, who of those around them is called what."""

    own: bool
    names: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class OfService:
    """What a step was chosen from, and in `since` plainly what has become of it (empty while it runs as it did)."""

    pk: UUID
    name: str
    url: str
    """Where to read of it; empty where it has no page any more."""
    since: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A step without its pieces: all that somebody wrote, how far it is and who walks along."""

    pk: UUID
    words: str
    why: str
    first: str
    stage: Stage
    status: Status
    companion: str
    """As the person would say it ("by myself", a name), or somebody else; empty where nobody is named yet."""
    walks: Walks | None
    walks_member: UUID | None
    walks_account: UUID | None
    service: OfService | None
    ask_on: date | None
    asks: bool
    """Whether the day to ask again has come."""
    chosen_at: datetime
    moved_at: datetime
    changed_at: datetime
    version: int
    parent: UUID | None

    @property
    def live(self) -> bool:
        return self.status in LIVE


@dataclass(frozen=True, slots=True)
class StepShown(Piece):
    """A step with the smaller ones that it is broken into, in the order in which they were added."""

    pieces: tuple[Piece, ...] = ()

    @property
    def pieces_done(self) -> int:
        return sum(piece.status == Status.COMPLETED for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Steps:
    """All the steps of a page: what is chosen or begun by when its turn is, and what came of the others."""

    now: tuple[StepShown, ...]
    next: tuple[StepShown, ...]
    later: tuple[StepShown, ...]
    not_now: tuple[StepShown, ...]
    done: tuple[StepShown, ...]
    changed_my_mind: tuple[StepShown, ...]

    @property
    def all(self) -> tuple[StepShown, ...]:
        return (
            *self.now,
            *self.next,
            *self.later,
            *self.not_now,
            *self.done,
            *self.changed_my_mind,
        )

    @property
    def asking(self) -> tuple[Piece, ...]:
        """Those of which the person wanted to be asked by now, pieces too."""
        every = [piece for step in self.all for piece in (step, *step.pieces)]
        return tuple(sorted((piece for piece in every if piece.asks), key=lambda one: str(one.ask_on)))


def steps_of(page: Page) -> Steps:
    """The steps of an open page, as its viewer may see them. Two queries, however many there are."""
    rows = rows_of(page.person.pk, page.viewer, at=page.at)
    return sorted_out(rows, voice_of(page), on=day_of(page.at))


def step_of(page: Page, pk: UUID) -> StepShown | None:
    """One step of a page, or a piece, with its pieces; None where there is none, or none for this viewer."""
    rows = rows_of(page.person.pk, page.viewer, at=page.at).filter(pk=pk)
    pieces = rows_of(page.person.pk, page.viewer, at=page.at).filter(parent=pk)
    voice, on = voice_of(page), day_of(page.at)
    return next((_whole(row, list(pieces), voice, on) for row in rows), None)


def voice_of(page: Page) -> Voice:
    """How its viewer is told of a page: names only where they may see that part of it."""
    seen = CircleMember.objects.visible_to(page.viewer, at=page.at).filter(person=page.person)
    return Voice(page.own, dict(seen.values_list("pk", "called")))


def rows_of(person: UUID, viewer: Account, *, at: datetime) -> QuerySet[Step]:
    """The rows behind it, the oldest first."""
    related = ("service__merged_into", "walks_account")
    steps = Step.objects.visible_to(viewer, at=at).filter(person=person)
    return steps.select_related(*related).order_by(*LONG_AGO_FIRST)


def sorted_out(rows: Iterable[Step], voice: Voice, *, on: date) -> Steps:
    """Rows of one page, sorted by what they are to the person."""
    rows = list(rows)
    pieces: dict[UUID, list[Step]] = defaultdict(list)
    for row in rows:
        if row.parent_id is not None:
            pieces[row.parent_id].append(row)
    shown = [_whole(row, pieces[row.pk], voice, on) for row in rows if row.parent_id is None]

    def at_stage(stage: Stage) -> tuple[StepShown, ...]:
        return tuple(step for step in shown if step.live and step.stage == stage)

    def that_is(status: Status) -> tuple[StepShown, ...]:
        return tuple(step for step in shown if step.status == status)

    return Steps(
        now=at_stage(Stage.NOW),
        next=at_stage(Stage.NEXT),
        later=at_stage(Stage.LATER),
        not_now=that_is(Status.ON_HOLD),
        done=that_is(Status.COMPLETED),
        changed_my_mind=that_is(Status.CANCELLED),
    )


def piece(row: Step, voice: Voice, on: date) -> Piece:
    """One row as it is told."""
    return Piece(**_told(row, voice, on))


def _whole(row: Step, pieces: Sequence[Step], voice: Voice, on: date) -> StepShown:
    return StepShown(**_told(row, voice, on), pieces=tuple(piece(each, voice, on) for each in pieces))


def _told(row: Step, voice: Voice, on: date) -> dict[str, Any]:
    status = Status(row.status)
    return {
        "pk": row.pk,
        "words": row.words,
        "why": row.why,
        "first": row.first,
        "stage": Stage(row.stage),
        "status": status,
        "companion": companion_of(row, voice),
        "walks": Walks(row.walks) if row.walks else None,
        "walks_member": row.walks_member_id,
        "walks_account": row.walks_account_id,
        "service": of_service(row.service) if row.service else None,
        "ask_on": row.ask_on,
        "asks": row.ask_on is not None and row.ask_on <= on and status in (*LIVE, Status.ON_HOLD),
        "chosen_at": row.chosen_at,
        "moved_at": row.moved_at,
        "changed_at": row.changed_at,
        "version": row.version,
        "parent": row.parent_id,
    }


def companion_of(step: Step, voice: Voice) -> str:
    """Who walks along, in words; empty where nobody is named."""
    if step.walks_member_id is not None:
        unnamed = _("somebody close to me") if voice.own else _("somebody close to them")
        return voice.names.get(step.walks_member_id, unnamed)
    if step.walks == Walks.SELF:
        return _("by myself") if voice.own else _("by themself")
    if step.walks_account is not None:
        unnamed = _("somebody who works with me") if voice.own else _("somebody who works with them")
        return step.walks_account.name or unnamed
    return step.walks_name


def of_service(service: Service) -> OfService:
    """What a suggestion has become since somebody chose it, said plainly."""
    into, url, since = service.merged_into, service.get_absolute_url(), ""
    if into is not None:
        since, url = _("This is part of “%(name)s” now.") % {"name": into.name}, into.get_absolute_url()
        if into.name == service.name:
            since = ""
    elif service.status == Running.DEFUNCT:
        since, url = _("This has closed for good. Your step is still yours."), ""
    elif service.status == Running.INACTIVE:
        since = _("This is not running at the moment.")
    elif service.status == Running.TEMPORARILY_CLOSED:
        since = _("This is closed for now.")
    elif service.standing >= Standing.HIDDEN:
        since = _("Nobody could tell us whether this is still on. Ring before you go.")
    return OfService(service.pk, service.name, url, since)
