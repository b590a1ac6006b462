"""The pages of the people around somebody, and of those who are let in."""

from livingwell.circles.views.around import add, change, circle, member, move, take_away
from livingwell.circles.views.invited import invitation, sharing
from livingwell.circles.views.inviting import invite, take_back

__all__ = [
    "add",
    "change",
    "circle",
    "invitation",
    "invite",
    "member",
    "move",
    "sharing",
    "take_away",
    "take_back",
]
