"""Telephone numbers and e-mail addresses as people type them: made whole, checked, hidden, and hashed."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.messaging.models import Channel

MOBILE: Final = re.compile(r"\+447(?:[1-57-9]\d{8}|624\d{6})")
"""UK mobile numbers: 071 to 075 and 077 to 079, and 07624 (Isle of Man). 070 and other 076 are dear or pagers."""
WRITTEN: Final = re.compile(r"[+\d\s().\-–/]+")
LETTER_LINES: Final = (3, 7)


def whole(channel: Channel, typed: str) -> str:
    """The address in its one form; a Refusal says what is wrong with it."""
    match channel:
        case Channel.TEXT:
            return uk_mobile(typed)
        case Channel.EMAIL:
            return email(typed)
        case Channel.LETTER:
            return postal(typed)


def uk_mobile(typed: str) -> str:
    """A UK mobile number as +447…; landlines and numbers from elsewhere are refused in a sentence."""
    number = re.sub(r"\D", "", typed.replace("(0)", ""))
    if not typed.strip() or not WRITTEN.fullmatch(typed.strip()):
        raise Refusal(_("Type a UK mobile number, such as 07700 900123."))
    if typed.strip().startswith("+") or number.startswith("00"):
        number = number.removeprefix("00")
        if not number.startswith("44"):
            raise Refusal(_("We can only text UK mobile numbers. They start with 07 or +447."))
        number = number.removeprefix("44").removeprefix("0")
    elif number.startswith("447") and len(number) == 12:
        number = number.removeprefix("44")
    elif number.startswith("0"):
        number = number.removeprefix("0")
    elif not (number.startswith("7") and len(number) == 10):
        raise Refusal(_("Type the whole number, starting with 07, such as 07700 900123."))
    if number[:1] in {"1", "2", "3", "8"}:
        raise Refusal(
            _("That is not a mobile number, so it cannot get a text. Mobile numbers start with 07.")
        )
    if len(number) != 10:
        raise Refusal(
            _("A UK mobile number has 11 digits. You typed %(digits)s. Check it.")
            % {"digits": len(number) + 1}
        )
    if not MOBILE.fullmatch(f"+44{number}"):
        raise Refusal(_("That number cannot get texts. Type a UK mobile number, such as 07700 900123."))
    return f"+44{number}"


def email(typed: str) -> str:
    """An e-mail address, its domain in lower case."""
    name, _at, domain = typed.strip().rpartition("@")
    address = f"{name}@{domain.lower()}"
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refusal(_("Type an e-mail address with an @ in it, such as name@example.com.")) from error
    return address


def postal(typed: str) -> str:
    """A postal address: 3 to 7 lines, the postcode last."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if not LETTER_LINES[0] <= len(lines) <= LETTER_LINES[1]:
        raise Refusal(_("A letter needs an address of 3 to 7 lines: a name first, the postcode last."))
    return "\n".join(lines)


def masked(channel: str, address: str) -> str:
    """As much of an address as may stand in a log or on a page: "+44 … 123", "m…@example.com", "a letter to SW2"."""
    if channel == Channel.TEXT:
        return f"{address[:3]} … {address[-3:]}"
    if channel == Channel.EMAIL:
        name, _at, domain = address.rpartition("@")
        return f"{name[:1]}…@{domain}"
    return f"… {(address.splitlines() or [''])[-1].split(' ')[0]}"


def hashed(channel: str, address: str, secret: str) -> str:
    """What is kept of an address to know it again: a hash under our secret."""
    said = f"{channel}|{address.casefold()}"
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()
