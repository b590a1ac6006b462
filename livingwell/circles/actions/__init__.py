"""What may be done about the people around somebody, and to let one of them in."""

from livingwell.circles.actions.around import add, change, erase, move, take_away
from livingwell.circles.actions.inviting import accept, invite, take_back

__all__ = ["accept", "add", "change", "erase", "invite", "move", "take_away", "take_back"]
