"""Writing an introduction, sending it, answering it, and what comes after."""

from livingwell.referrals.actions.after import (
    ask_whether_it_helped,
    bring_back,
    helped,
    helped_by_text,
    withdraw_without_consent,
)
from livingwell.referrals.actions.answering import accept, contacted, decline, met, read, wait
from livingwell.referrals.actions.back import opened
from livingwell.referrals.actions.choosing import tell_nobody, tell_them
from livingwell.referrals.actions.erasing import erase
from livingwell.referrals.actions.moving import move
from livingwell.referrals.actions.sending import (
    CONSENT_DAYS,
    approve_and_send,
    code_for,
    draft,
    send_on,
    withdraw,
)
from livingwell.referrals.actions.telling import News, tell

__all__ = [
    "CONSENT_DAYS",
    "News",
    "accept",
    "approve_and_send",
    "ask_whether_it_helped",
    "bring_back",
    "code_for",
    "contacted",
    "decline",
    "draft",
    "erase",
    "helped",
    "helped_by_text",
    "met",
    "move",
    "opened",
    "read",
    "send_on",
    "tell",
    "tell_nobody",
    "tell_them",
    "wait",
    "withdraw",
    "withdraw_without_consent",
]
