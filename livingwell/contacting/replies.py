"""What we text back to somebody who texts us. Each fits one text; `tests/test_inbound.py` sees to it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from livingwell.messaging.texts import ONE, length, plain, shortened

MOST: Final = 3
"""How many texts a search word brings at most."""


def help_now() -> str:
    """HELP: the numbers that matter, first of all."""
    return _(
        "In danger: 999. NHS 111, press 2, any time. Samaritans 116 123. Text SHOUT to 85258. "
        "To find things near you text FOOD SW2. STOP ends texts."
    )


def what_works() -> str:
    """For anything that we do not understand."""
    return _(
        "Sorry, we did not understand. A person will read it. Text HELP for numbers to ring now, "
        "or what you need and where: FOOD SW2. STOP ends texts."
    )


def nothing_asked() -> str:
    """YES or NO where there is no question open."""
    return _("Thank you. We have no question open for you. Text HELP for numbers to ring now.")


def answer_so(how: str) -> str:
    """YES or NO where the question takes other words. `how`: which."""
    return _("Thank you. To this question please answer in another way. %(how)s") % {"how": _(how)}


def nothing_found() -> str:
    """A search that found nothing with a number to ring."""
    return _(
        "We found nothing with a phone number for that. Try one word and a postcode: FOOD SW2. Or text HELP."
    )


def thanks(*, call: bool) -> str:
    """For an answer to a question of ours."""
    if call:
        return _("Thank you for saying so. Somebody will ring you. If it cannot wait text HELP for numbers.")
    return _("Thank you. That is good to know. Text HELP if you want numbers to ring.")


def found(name: str, phone: str) -> str:
    """One service: its name, cut where it has to be, and its number whole."""
    phone = plain(phone)
    return f"{shortened(plain(name), ONE - length(phone) - 2)}: {phone}"
