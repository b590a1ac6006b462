"""What messages say: the person's own question, and neither the network nor health."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from livingwell.contacting.models import About
from livingwell.contacting.words import WORDS, Words, as_text
from livingwell.messaging.texts import plain

NAME: Final = 40
BY_MAIL: Final = gettext_noop(
    "Answer on your own page if you like. You asked for this question, and can skip it."
)

MISSED: Final = gettext_noop(
    "We missed you. That is all right. Somebody from there will ring to hear how you are."
)
MISSED_PEERS: Final = gettext_noop(
    "We missed you. That is all right. Somebody from the group that you chose will ring to hear how you are."
)


def question(own: str, link: str = "") -> Words:
    """Their own question as a message; an e-mail holds the link only where they allowed it."""
    asked = WORDS[About.CHECK_IN]
    return Words(asked.subject, own, asked.reply, theirs=True, by_mail=BY_MAIL, link=link)


def fits(own: str) -> bool:
    """Whether nothing of their own question is lost where it is texted."""
    return plain(own) in as_text(question(own), "")


def missed(*, for_peers: bool) -> Words:
    """That somebody was missed, and who rings: it names nobody."""
    who = MISSED_PEERS if for_peers else MISSED
    return Words(WORDS[About.MISSED].subject, who)


def glad_to_hear(called: str) -> str:
    """What is sent on a bad day to those whom the person chose: nothing of why."""
    if called.strip():
        return _("%(name)s would be glad to hear from you today. They chose you to be told.") % _name(called)
    return _("Somebody who chose you to be told would be glad to hear from you today.")


def silent_twice(called: str) -> str:
    """What is sent to whom the person chose to be told of two silences."""
    if called.strip():
        return _(
            "%(name)s asked us to tell you that we have not heard from them lately. A call would be good."
        ) % _name(called)
    return _(
        "Somebody who chose you asked us to tell you that we have not heard from them lately. Please ring them."
    )


def _name(called: str) -> dict[str, str]:
    return {"name": called.strip()[:NAME].rstrip()}


def nobody_known() -> str:
    """The answer to WOBBLE from a number with which nobody signs in who has a page."""
    return _("We do not know this number, so nobody was told. To talk now, free, day or night: 116 123.")


def were_told() -> str:
    """The answer to WOBBLE where somebody was told."""
    return f"{_('Done. Those you chose have been told.')} {_talk()}"


def were_told_already() -> str:
    """The answer to WOBBLE where all were told within the last day."""
    return f"{_('Those you chose were told already today.')} {_talk()}"


def nobody_chosen() -> str:
    """The answer to WOBBLE where nobody can be told."""
    return f"{_('You have chosen nobody to be told yet.')} {_talk()}"


def not_good() -> str:
    """The answer to a check-in that was answered with: not good."""
    return _("Thank you for saying so. Text HELP for numbers to ring now.")


def _talk() -> str:
    return _("To talk to somebody now, free, day or night: 116 123.")
