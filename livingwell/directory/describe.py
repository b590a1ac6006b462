"""How what is known of a service is said: what it costs, who it is for, when it was confirmed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from livingwell.core import dates
from livingwell.core.languages import AsWritten
from livingwell.directory.freshness import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from livingwell.directory.models import ServiceCapacity

SIGNS: Final = {"GBP": "£", "USD": "$", "EUR": "€", "CAD": "$", "AUD": "$", "": "£"}
ANYBODYS_MAIL: Final = frozenset(
    {"gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "yahoo.com", "yahoo.co.uk"}
    | {"icloud.com", "live.co.uk", "btinternet.com", "aol.com", "protonmail.com", "nhs.net"}
)
EXTENSION: Final = re.compile(r"(?:x|ext\.?|extn\.?|extension|option)\s*(\d+)\)?$", re.IGNORECASE)
SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
SHORT: Final = 45  # characters: a sentence that says too little alone, or an "Inc."
LONGEST: Final = 180
SMALL: Final = frozenset({"AND", "OF", "THE", "FOR", "IN", "AT", "ON", "TO"})


def money(amount: Decimal, currency: str = "GBP") -> str:
    """An amount as people write it: £3, £2.50."""
    sign = SIGNS.get(currency, f"{currency} ")
    return f"{sign}{amount:.0f}" if amount == amount.to_integral_value() else f"{sign}{amount:.2f}"


def cost(options: Iterable[tuple[Decimal | None, str, str, str]], fees: str = "") -> str:
    """What it costs. Options: amount, currency, for whom or what, in words. Empty where nothing is known."""
    options = list(options)
    written = bool(fees.strip()) or any(option or words for _amount, _sign, option, words in options)
    said: list[str] = []
    for amount, currency, option, words in options:
        if amount is None:
            price = words or option
            option = option if words and option != words else ""
        else:
            price = money(amount, currency) if amount else _("Free")
            price = words if words and re.search(r"\d", words) else price
        label = f"{price} ({option})" if option and option.casefold() not in price.casefold() else price
        if label:
            said.append(label)
    if fees.strip() and fees.strip().casefold() not in {each.casefold() for each in said}:
        said.append(fees.strip())
    whole = ". ".join(each.rstrip(".") for each in dict.fromkeys(said))
    return AsWritten(whole) if written else whole


def confirmed(on: date | None, by: str = "", how: str = "") -> str:
    """When somebody last said that an entry is right, and how. Of an e-mail address only the domain is named.

    `how`: in words, as the labels of `models.Assured`.
    """
    if on is None:
        return _("Not confirmed yet")
    day = dates.weekday(on)
    who = _who(by)
    said = _("Confirmed %(day)s by %(who)s") % {"day": day, "who": who} if who else ""
    said = said or _("Confirmed %(day)s") % {"day": day}
    return _("%(confirmed)s, %(how)s") % {"confirmed": said, "how": how} if how else said


def silence(standing: int, assured_on: date | None) -> tuple[str, ...]:
    """What to know of an entry whose people did not answer; empty while it is fresh or only lowered."""
    if standing < Standing.MARKED or assured_on is None:
        return ()
    month = dates.month(assured_on)
    said = _("Nobody has told us since %(month)s that this is still right. Ring before you go.") % {
        "month": month
    }
    hidden = _("We do not suggest it to anybody until somebody tells us.")
    return (said, hidden) if standing == Standing.HIDDEN else (said,)


def room(capacities: Iterable[ServiceCapacity], wait_time: str = "") -> tuple[str, ...]:
    """How much room there is, in its people's own words or from their figures, and when they said so."""
    lines: list[str] = []
    for capacity in capacities:
        text = capacity.description
        if not text and capacity.available is not None:
            text = (
                _("Full at the moment")
                if capacity.available == 0
                else _("Room for %(number)s more (%(unit)s)")
                % {"number": capacity.available, "unit": capacity.unit}
            )
        if text and capacity.updated:
            day = dates.day(capacity.updated.date())
            text = _("%(room)s (said on %(day)s)") % {"room": text.rstrip("."), "day": day}
        lines.append(AsWritten(text) if capacity.description else text)
    if wait_time:
        lines.append(AsWritten(_("Waiting time: %(time)s") % {"time": wait_time}))
    return tuple(line for line in lines if line)


def _who(by: str) -> str:
    if "@" not in by:
        return by.strip()
    domain = by.rsplit("@", 1)[1].strip().lower()
    return "" if domain in ANYBODYS_MAIL or "." not in domain else domain


def ages(least: int | None, most: int | None) -> str:
    """Which ages it is for; empty where all or not said."""
    if least and most:
        if least == most:
            return _("Age %(age)s") % {"age": least}
        return _("Ages %(least)s to %(most)s") % {"least": least, "most": most}
    if least:
        return _("Age %(age)s and over") % {"age": least}
    if most:
        return _("Up to age %(age)s") % {"age": most}
    return ""


def opening_sentence(text: str) -> str:
    """How a description begins: its first sentence, more where that is short; cut at a word where long."""
    sentences = SENTENCE.split(" ".join(text.replace("\\n", " ").split()))
    first = sentences[0]
    for sentence in sentences[1:]:
        if len(first) >= SHORT:
            break
        first = f"{first} {sentence}"
    if len(first) <= LONGEST:
        return AsWritten(first)
    cut = first.rfind(" ", 0, LONGEST)
    return AsWritten(first[: cut if cut > 0 else LONGEST].rstrip(" ,;:–-") + "…")


def paragraphs(text: str) -> list[AsWritten]:
    """A text in paragraphs. Some feeds write a line break as a backslash and an n."""
    return [AsWritten(" ".join(part.split())) for part in re.split(r"(?:\\n|\n)\s*", text) if part.strip()]


def dialled(number: str) -> tuple[str, str]:
    """A phone number as it is dialled, and the extension that is written behind it, if any."""
    found = EXTENSION.search(number)
    return (number[: found.start()].rstrip(" ,;("), found[1]) if found else (number, "")


def calm(name: str) -> str:
    """A name written in capitals throughout, as one reads it. Short words may be initials and stay."""
    if not name.isupper() or len(name) < 12:
        return name
    return " ".join(_calm_word(word) for word in name.split())


def _calm_word(word: str) -> str:
    if word in SMALL:
        return word.lower()
    return word if len(word) < 4 else word.capitalize()
