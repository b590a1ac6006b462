"""Making the pages of the demonstration's made-up people, with the actions that their own presses would call."""

from livingwell.home.actions.showing import show

__all__ = ["show"]
