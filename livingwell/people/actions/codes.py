"""Sending a code that proves that an e-mail address or a mobile number is somebody's own."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.core.actions import count
from livingwell.core.errors import Refusal
from livingwell.messaging.actions import send
from livingwell.people.codes import DAY, GOOD_FOR, PER_ADDRESS, PER_ADDRESS_AND_DAY, Challenge, digest

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.messaging.models import Channel


def send_code(channel: Channel, address: str, *, by: str, at: datetime) -> Challenge:
    """Send six digits to an address, whether we know it or not, and answer what will recognise them.

    The outcome is the same for an address that has an account and for one that has none.
    """
    caller = f"{channel}|{address}"
    asked = count("codes", caller, within=GOOD_FOR, at=at)
    today = count("codes of a day", caller, within=DAY, at=at)
    if asked > PER_ADDRESS or today > PER_ADDRESS_AND_DAY:
        raise Refusal(
            _("We have sent several codes there already. Use the newest one, or wait a quarter of an hour.")
        )
    code = f"{secrets.randbelow(1_000_000):06d}"
    challenge = uuid4().hex
    body = _(
        "Your code is %(code)s\n\nType it into the page where you asked for it. It works for 15 minutes.\n"
        "Nobody who works with us will ever ask you for it. If you did not ask for a code, do nothing."
    )
    with suppress(Refusal), transaction.atomic():  # an address that asked us to stop gets the same answer
        send(
            channel=channel,
            to=address,
            subject=_("Your code to sign in"),
            body=body % {"code": code},
            key=f"code:{challenge}",
            at=at,
            by=by,
            forget=True,
        )
    return Challenge(challenge, str(channel), address, digest(challenge, code), at.isoformat())
