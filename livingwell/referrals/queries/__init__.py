"""What is read of introductions: by the person, by those who sent them, by those who receive them."""

from livingwell.referrals.queries.agreed import yes_to_all_of
from livingwell.referrals.queries.already import Already, As, already
from livingwell.referrals.queries.inbox import Arrived, Inbox, inbox_of
from livingwell.referrals.queries.received import Received, received_by_link, received_in
from livingwell.referrals.queries.sayable import Item, items_of
from livingwell.referrals.queries.shown import Shown, introduction_of, introductions_of

__all__ = [
    "Already",
    "Arrived",
    "As",
    "Inbox",
    "Item",
    "Received",
    "Shown",
    "already",
    "inbox_of",
    "introduction_of",
    "introductions_of",
    "items_of",
    "received_by_link",
    "received_in",
    "yes_to_all_of",
]
