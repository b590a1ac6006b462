"""Accounts, the codes that prove who somebody is, roles, and invitations to them."""

from livingwell.people.actions.accounts import (
    account_for,
    add_address,
    end_session,
    end_sessions,
    invent,
    named,
)
from livingwell.people.actions.codes import send_code
from livingwell.people.actions.invitations import accept, invite, withdraw
from livingwell.people.actions.roles import appoint, dismiss, let_in, let_in_the_invented

__all__ = [
    "accept",
    "account_for",
    "add_address",
    "appoint",
    "dismiss",
    "end_session",
    "end_sessions",
    "invent",
    "invite",
    "let_in",
    "let_in_the_invented",
    "named",
    "send_code",
    "withdraw",
]
