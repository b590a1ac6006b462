"""What a Task that is put back says: the receiver's answer to an introduction, or precisely why it cannot be one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.exchange import codes
from livingwell.exchange.outcomes import Issue, Problem
from livingwell.exchange.reading import Element
from livingwell.referrals.models import MOST_WEEKS, Because

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

FOLLOWS: Final[Mapping[str, tuple[str, ...]]] = {
    "requested": ("received", "accepted", "on-hold", "in-progress", "completed", "rejected", "failed"),
    "received": ("accepted", "on-hold", "in-progress", "completed", "rejected", "failed"),
    "accepted": ("on-hold", "in-progress", "completed", "rejected", "failed"),
    "on-hold": ("on-hold", "in-progress", "completed", "rejected", "failed"),
    "in-progress": ("completed", "rejected", "failed"),
    "completed": (),
    "rejected": (),
    "failed": (),
    "cancelled": (),
}
"""Which status of a Task a receiver may put after which."""

NOT_OURS: Final[Mapping[str, str]] = {
    "cancelled": "Only the person stops an introduction. To say no, put “rejected” with a reason.",
    "draft": "What was sent does not become a draft again.",
    "ready": "Put “received”, or an answer.",
    "entered-in-error": "What was sent stays. Put “rejected” with a reason.",
}
NEED_A_REASON: Final = frozenset({"rejected", "failed"})
FIXED: Final = ("focus", "for", "requester", "owner")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver says: a reason where they say no, the weeks where they say yes with a wait."""

    status: str
    because: Because | None = None
    words: str = ""
    instead: str = ""
    weeks: int = 0


def answer_of(task: Element, now: Mapping[str, Any]) -> Answer | None:
    """What is said with this Task, which stands as `now`; None where nothing is new. Raises Problem."""
    status = task.text("status", needed=True)
    for name in FIXED:
        _unchanged(task, name, now)
    if status == now["status"] and not (
        status == "on-hold" and _weeks(task) != _weeks(Element(dict(now), "Task"))
    ):
        return None
    if status in NOT_OURS:
        raise _business(NOT_OURS[status])
    if status not in FOLLOWS:
        raise Problem(422, Issue("code-invalid", f"A Task has no status “{status[:40]}”.", "Task.status"))
    if status not in FOLLOWS[now["status"]]:
        could = ", ".join(FOLLOWS[now["status"]]) or "nothing"
        raise _business(f"This Task is “{now['status']}”. After that comes {could}, not “{status}”.")
    if status == "on-hold":
        return Answer(status, weeks=_weeks(task))
    if status not in NEED_A_REASON:
        return Answer(status)
    because, words = _reason(task, status)
    return Answer(status, because, words, _instead(task))


def _unchanged(task: Element, name: str, now: Mapping[str, Any]) -> None:
    named = task.one(name)
    if named is None:
        return
    reference = named.text("reference")
    held = now.get(name, {}).get("reference", "")
    if reference and reference != held and not reference.endswith(f"/{held}"):
        raise Problem(
            422,
            Issue("business-rule", f"Task.{name} stays “{held}”: only the answer changes.", f"Task.{name}"),
        )


def _reason(task: Element, status: str) -> tuple[Because, str]:
    reason = task.one("statusReason")
    if reason is None:
        words = f"“{status}” needs Task.statusReason: the person will read why."
        raise Problem(422, Issue("required", words, "Task.statusReason"))
    text = reason.text("text")
    known = [
        codes.BY_CODE[code.text("code")]
        for code in reason.many("coding")
        if code.text("system").endswith(f"/CodeSystem/{codes.REASON}") and code.text("code") in codes.BY_CODE
    ]
    because = Because.CANNOT_REACH if status == "failed" else (known[0] if known else Because.OTHER)
    if because is Because.CANNOT_REACH and status == "rejected":
        raise _business("Not reached is the status “failed”, not “rejected”.")
    shown = next((code.text("display") for code in reason.many("coding") if code.has("display")), "")
    if because is Because.OTHER and not (text or shown):
        words = "Task.statusReason needs a text: the person will read why."
        raise Problem(422, Issue("required", words, "Task.statusReason.text"))
    words = text or shown if because in {Because.OTHER, Because.CANNOT_REACH} else text
    return because, "" if words == str(because.label) and because is not Because.OTHER else words


def _instead(task: Element) -> str:
    for output in task.many("output"):
        for code in output.must("type").many("coding"):
            if code.text("code") == codes.OFFERED:
                return output.text("valueString", needed=True)
    return ""


def _weeks(task: Element) -> int:
    """The wait of a yes with a wait, in whole weeks."""
    for output in task.many("output"):
        if any(code.text("code") == codes.WAIT for code in output.must("type").many("coding")):
            duration = output.must("valueDuration")
            if duration.text("code", needed=True) != codes.WEEK:
                raise duration.wrong("code", f"must be “{codes.WEEK}”: a wait is said in weeks")
            value = duration.value.get("value")
            if not isinstance(value, int | float) or value not in range(1, MOST_WEEKS + 1):
                raise duration.wrong("value", f"must be whole weeks, from 1 to {MOST_WEEKS}", needed=True)
            return int(value)
    words = f"“on-hold” is a yes with a wait: it needs an output of the type “{codes.WAIT}”, with the weeks."
    raise Problem(422, Issue("required", words, "Task.output"))


def _business(words: str) -> Problem:
    return Problem(422, Issue("business-rule", words, "Task.status"))
