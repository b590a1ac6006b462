"""The people around somebody, and the invitations to be there for them."""

from livingwell.circles.models.invitation import CarerInvitation, Sent
from livingwell.circles.models.member import CircleMember, Close, Reason, Ring, Who

__all__ = ["CarerInvitation", "CircleMember", "Close", "Reason", "Ring", "Sent", "Who"]
