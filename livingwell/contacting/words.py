"""The words of each message to a person: plain, short, and such that nobody who reads over a shoulder learns anything.

Where the person said what a message may say (`word_to_leave`), it opens with that; else neither the network nor health
is named. To add a message, add it to About and here; `tests/test_words.py` sees that it fits and gives nothing away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from livingwell.contacting.models import About, Answer
from livingwell.messaging.texts import ONE, length, plain, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

STOP: Final = gettext_noop("STOP ends these texts.")
HELLO: Final = gettext_noop("Hello.")
TELLS: Final = re.compile(
    r"living ?well|network|health|\bnhs\b|clinic|surgery|doctor|\bgp\b|nurse|therap|mental|hospital|medic|patient"
    r"|\bcare\b|carer|crisis|wellbeing|link worker|referr|https?:",
    re.IGNORECASE,
)
"""What would tell somebody else who writes, and why."""


@dataclass(frozen=True, slots=True)
class Words:
    """One message: its subject in e-mails, what it says, how to `reply` to a text, and which answer asks for a call.

    `theirs`: the text is the person's own, who says of themself what they like. `by_mail` goes on where there is room;
    `link` is one that the person allowed in e-mails.
    """

    subject: str
    text: str
    reply: str = ""
    call_on: Answer | None = None
    theirs: bool = False
    by_mail: str = ""
    link: str = ""

    @property
    def asks(self) -> bool:
        """Whether it asks something that a text answers."""
        return bool(self.reply)

    @property
    def neutral(self) -> bool:
        """Whether nothing of ours in it tells who writes, or why."""
        ours = (self.subject, "" if self.theirs else self.text, self.reply, self.by_mail)
        return not TELLS.search(" ".join(ours))


WORDS: Final[Mapping[About, Words]] = {
    About.CHECK_IN: Words(
        gettext_noop("A hello"),
        gettext_noop("How are you today?"),
        gettext_noop("Reply 1 good, 2 so-so, 3 not good, or SKIP."),
    ),
    About.REMINDER: Words(
        gettext_noop("A reminder"),
        gettext_noop("You wanted to be reminded of something today. It stands on your page."),
    ),
    About.RING: Words(
        gettext_noop("A call for you"),
        gettext_noop("Somebody tried to ring you. There is no hurry: they will try again."),
    ),
    About.MISSED: Words(
        gettext_noop("A hello"),
        gettext_noop("We missed you. That is all right."),
        gettext_noop("Reply YES if you would like a call, NO if not."),
        Answer.YES,
    ),
    About.INTRODUCTION: Words(
        gettext_noop("An answer for you"),
        gettext_noop("There is an answer for you. It stands on your page, or ask whoever helps you with it."),
    ),
    About.HELPED: Words(
        gettext_noop("A question for you"),
        gettext_noop("You tried something new. Did it help?"),
        gettext_noop("Reply YES if it helped, NO if not really."),
    ),
    About.PAGE: Words(
        gettext_noop("Something new for you"),
        gettext_noop("Something new stands on your page. Look when you like."),
    ),
    About.BAD_DAY: Words(
        gettext_noop("A hello"), gettext_noop("We heard you. Somebody you chose will be in touch.")
    ),
}


def as_text(words: Words, opening: str) -> str:
    """One text of at most 160 plain signs. The person's own opening gives way where there is not room for all."""
    end = plain(" ".join(filter(None, (words.reply and _(words.reply), _(STOP)))))
    said = shortened(plain(_(words.text)), ONE - length(end) - 1)
    opening = _ended(plain(opening)) or plain(_(HELLO))
    room = ONE - length(f" {said} {end}")
    return f"{shortened(opening, room)} {said} {end}" if room >= length(_(HELLO)) else f"{said} {end}"


def as_mail(words: Words, opening: str) -> str:
    """The same for an e-mail or a letter, with how to change what is sent."""
    change = _("You said that we may write to you. You can change that at any time: tell whoever helps you.")
    more = (words.by_mail and _(words.by_mail), words.link)
    return "\n\n".join(filter(None, (_ended(opening) or _(HELLO), _(words.text), *more, change)))


def _ended(words: str) -> str:
    words = " ".join(words.split())
    return words if not words or words[-1] in ".?!" else f"{words}."
