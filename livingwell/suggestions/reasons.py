"""Why something is offered, in plain words that quote what the person said."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from livingwell.suggestions.choosing import Choice
from livingwell.themes.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Reason:
    """The whole sentence, and the person's own words in it (empty where they picked a theme from a list)."""

    text: str
    because: str


def of(choice: Choice, vocabulary: Vocabulary) -> Reason:
    """The reason for a choice: its best match, and with what it helps where that is not the same thing."""
    best = choice.matches[0]
    wish = best.wish
    if wish.because:
        why = _("Because you said “%(words)s”") % {"words": wish.because}
    elif wish.picked:
        why = _("Because you chose “%(theme)s”") % {"theme": wish.theme.label}
    else:
        return Reason(_("A good place to start"), "")
    if best.theme != wish.theme.slug and best.theme in vocabulary.themes:
        how = vocabulary.themes[best.theme].label
        return Reason(_("%(why)s: %(how)s") % {"why": why, "how": _lowered(how)}, wish.because)
    return Reason(why, wish.because)


def _lowered(label: str) -> str:
    """A label inside a sentence: its first letter small, unless the word is written in capitals (GP, DIY, LGBTQ+)."""
    first = label.split()[0]
    return label if len(first) > 1 and first[1].isupper() else label[0].lower() + label[1:]
