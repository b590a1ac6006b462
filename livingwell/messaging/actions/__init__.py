"""Sending: one door for every message that leaves."""

from livingwell.messaging.actions.keeping import wipe
from livingwell.messaging.actions.news import forget_sender
from livingwell.messaging.actions.sending import cancel, send
from livingwell.messaging.actions.stopping import is_stopped, start, stop

__all__ = ["cancel", "forget_sender", "is_stopped", "send", "start", "stop", "wipe"]
