"""Who walks with somebody on a step: themself, somebody who works with them, or somebody by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from livingwell.steps.models import Walks

if TYPE_CHECKING:
    from livingwell.people.models import Account


@dataclass(frozen=True, slots=True)
class Companion:
    """Who walks with the person. `account` and `name` are for those kinds only."""

    walks: Walks
    account: Account | None = None
    name: str = ""

    def fields(self) -> dict[str, Any]:
        """What a step says of it."""
        return {"walks": self.walks, "walks_account": self.account, "walks_name": self.name.strip()}


MYSELF = Companion(Walks.SELF)
