"""Who walks with somebody on a step: themself, one of their circle, who works with them, or somebody by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from livingwell.steps.models import Walks

if TYPE_CHECKING:
    from livingwell.circles.models import CircleMember
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Companion:
    """Who walks with the person. `member`, `account` and `name` are for those kinds only."""

    walks: Walks
    member: CircleMember | None = None
    account: Account | None = None
    name: str = ""

    def fields(self) -> dict[str, Any]:
        """What a step says of it."""
        return {
            "walks": self.walks,
            "walks_member": self.member,
            "walks_account": self.account,
            "walks_name": self.name.strip(),
        }


COMPANION_FIELDS: Final = ("walks", "walks_member", "walks_account", "walks_name")
MYSELF: Final = Companion(Walks.SELF)
