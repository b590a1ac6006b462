"""Accounts, the codes that prove who somebody is, roles, and invitations to them."""

from livingwell.people.actions.accounts import account_for, end_sessions, invent
from livingwell.people.actions.codes import send_code
from livingwell.people.actions.roles import appoint, dismiss

__all__ = ["account_for", "appoint", "dismiss", "end_sessions", "invent", "send_code"]
