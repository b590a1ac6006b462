"""What keeping does: answers, changes that wait, questions, calls."""

from typing import Final

SYSTEM: Final = "the network"
"""Who did what nobody did by hand."""
