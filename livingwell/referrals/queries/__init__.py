"""What is read of introductions: by the person, by those who sent them, by those who receive them."""

from livingwell.referrals.queries.agreed import yes_to_all_of
from livingwell.referrals.queries.already import Already, As, already
from livingwell.referrals.queries.back import Told, ToldBack, could_be_told, told_back, told_of
from livingwell.referrals.queries.inbox import Arrived, Inbox, inbox_of
from livingwell.referrals.queries.received import Received, received_by_link, received_in
from livingwell.referrals.queries.sayable import Item, items_of
from livingwell.referrals.queries.sent import AllSent, Sent, sent_from
from livingwell.referrals.queries.shown import Shown, introduction_of, introductions_of

__all__ = [
    "AllSent",
    "Already",
    "Arrived",
    "As",
    "Inbox",
    "Item",
    "Received",
    "Sent",
    "Shown",
    "Told",
    "ToldBack",
    "already",
    "could_be_told",
    "inbox_of",
    "introduction_of",
    "introductions_of",
    "items_of",
    "received_by_link",
    "received_in",
    "sent_from",
    "told_back",
    "told_of",
    "yes_to_all_of",
]
