"""Linking systems up, what they answer and send, and the order in which they hear of changes."""

from livingwell.exchange.actions.answering import answer
from livingwell.exchange.actions.linking import end, link_up
from livingwell.exchange.actions.missing import note_missed
from livingwell.exchange.actions.sending import Taken, take_in
from livingwell.exchange.actions.settling import settle, settle_all

__all__ = ["Taken", "answer", "end", "link_up", "note_missed", "settle", "settle_all", "take_in"]
