"""What keeping remembers: what we asked, who answered what, calls that were made, changes that wait for a look."""

from livingwell.keeping.models.answers import Confirmation, Outcome
from livingwell.keeping.models.asking import Ask, Asking
from livingwell.keeping.models.call import Call, Heard, Part
from livingwell.keeping.models.door import Door
from livingwell.keeping.models.proposal import Proposal

__all__ = ["Ask", "Asking", "Call", "Confirmation", "Door", "Heard", "Outcome", "Part", "Proposal"]
