"""Writing an introduction, sending it, answering it, and what comes after."""

from livingwell.referrals.actions.after import bring_back, helped, withdraw_without_consent
from livingwell.referrals.actions.answering import accept, contacted, decline, met, read
from livingwell.referrals.actions.erasing import erase
from livingwell.referrals.actions.moving import move
from livingwell.referrals.actions.sending import approve_and_send, code_for, draft, withdraw

__all__ = [
    "accept",
    "approve_and_send",
    "bring_back",
    "code_for",
    "contacted",
    "decline",
    "draft",
    "erase",
    "helped",
    "met",
    "move",
    "read",
    "withdraw",
    "withdraw_without_consent",
]
