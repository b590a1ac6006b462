"""What messages say: the person's own question, and neither the network nor health."""

from __future__ import annotations

from django.utils.translation import gettext as _

from livingwell.messaging.texts import plain


def question_by_text(question: str) -> str:
    """The question as it is texted."""
    return plain(_("%(question)s Reply 1 good, 2 so-so, 3 not good, or SKIP.") % {"question": question})


def question_by_email(question: str, link: str) -> str:
    """The question as it is e-mailed; the link only where the person allowed it."""
    answer = (
        _("Answer here if you like: %(link)s") % {"link": link}
        if link
        else _("Answer on your own page if you like.")
    )
    return "\n\n".join([question, answer, _("You asked for this question. You can skip it.")])


def silent_twice(called: str) -> str:
    """What is sent to whom the person chose to be told of two silences."""
    if called.strip():
        return _(
            "%(name)s asked us to tell you that we have not heard from them lately. A call would be good."
        ) % {"name": called.strip()[:40]}
    return _(
        "Somebody who chose you asked us to tell you that we have not heard from them lately. Please ring them."
    )
