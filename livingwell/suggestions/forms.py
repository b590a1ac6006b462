"""What somebody says when they ask what is around."""

from contextlib import suppress
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from livingwell.themes.vocabulary import vocabulary

LONGEST_STORY = 10_000


class ServicesField(forms.Field):
    """Any number of services by their ids; what is not an id is passed over, for nobody types these."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: list[str] | None) -> frozenset[UUID]:
        ids = set()
        for text in value or []:
            with suppress(ValueError):
                ids.add(UUID(text))
        return frozenset(ids)


def theme_choices() -> list[tuple[str, str]]:
    """Each theme of the vocabulary: slug and label."""
    return [(slug, theme.label) for slug, theme in vocabulary().themes.items()]


class AskForm(forms.Form):
    """A story, or themes, or both; and roughly where. The rest is what was said about earlier suggestions."""

    story = forms.CharField(
        label=_("What’s going on, and what would you like?"),
        required=False,
        max_length=LONGEST_STORY,
        widget=forms.Textarea,
        error_messages={
            "max_length": _(
                "That is more than we can read at once. Please shorten it to %(limit_value)d characters."
            )
        },
    )
    near = forms.CharField(label=_("Where are you, roughly?"), required=False, max_length=80)
    theme = forms.MultipleChoiceField(label=_("Themes"), required=False, choices=theme_choices)
    without = forms.MultipleChoiceField(required=False, choices=theme_choices)
    not_for_me = ServicesField(required=False)
    more_like = ServicesField(required=False)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        if not self.errors and not str(cleaned.get("story", "")).strip() and not cleaned.get("theme"):
            self.add_error("story", _("Write a few words about what is going on, or pick a theme below."))
        return cleaned
