"""What is typed about introductions: what shall be said, the yes to it, and what a receiver answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import How
from livingwell.core.forms import Asking
from livingwell.referrals.models import MOST_WEEKS, Because, Helped, Weight

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from livingwell.referrals.queries import Item


class WriteForm(Asking):
    """How, and what of the page is said, by the person or with them (`own` false).

    Nothing is ticked beforehand but the name and one way of reaching them.
    """

    weight = forms.ChoiceField(
        label=_("How would you like it?"), choices=Weight.choices, initial=Weight.REFERRAL
    )
    items = forms.MultipleChoiceField(
        label=_("What may they know?"),
        help_text=_("Only what is ticked goes to them, word for word as it stands here."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("Anything else, in your own words"), max_length=2000, required=False, widget=forms.Textarea
    )

    OF_OTHERS = {"weight": _("How would they like it? In their words")}

    def __init__(self, *args: Any, offered: Sequence[Item] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        self.offered = tuple(offered)
        choices = [(item.key, f"{item.heading}: {item.words}") for item in offered]
        cast("forms.MultipleChoiceField", self.fields["items"]).choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("items") and not data.get("words"):
            self.add_error("words", _("Tick one thing, or write one: they have to know something to answer."))
        return data

    def chosen(self) -> list[Item]:
        """The items that were ticked, in the order of the page."""
        return [item for item in self.offered if item.key in self.cleaned_data["items"]]


class YesForm(forms.Form):
    """The person's yes where somebody else writes it down: how they said it, and their words."""

    how = forms.ChoiceField(
        label=_("How did they say yes?"),
        choices=[(one.value, one.label) for one in How if one != How.SCREEN],
        initial=How.IN_PERSON,
    )
    said = forms.CharField(label=_("What did they say?"), max_length=500, initial=_("Yes, tell them this."))


class MessageBackForm(Asking):
    """Who is told what came of an introduction: one of those who may see the plan (`could`), or nobody."""

    organization = forms.ChoiceField(
        label=_("Who shall be told what comes of it?"),
        help_text=_("They get one message with a link. You can stop that at any time."),
        required=False,
        widget=forms.RadioSelect,
    )
    helped = forms.BooleanField(label=_("Tell them, too, whether it helped"), required=False)

    OF_OTHERS = {"organization": _("Who do they want to be told what comes of it?")}

    def __init__(self, *args: Any, could: Sequence[tuple[UUID, str]] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        field = cast("forms.ChoiceField", self.fields["organization"])
        field.choices = [("", _("Nobody")), *((str(pk), name) for pk, name in could)]


class AnswerForm(forms.Form):
    """A receiver's no: why, in plain words, and what they offer instead."""

    because = forms.ChoiceField(
        label=_("Why not now?"),
        choices=Because.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason that is nearest. They will read it.")},
    )
    words = forms.CharField(label=_("In your words"), max_length=500, required=False)
    instead = forms.CharField(
        label=_("What could they do instead? Who could they ask?"),
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("because") == Because.OTHER and not (data.get("words") or "").strip():
            self.add_error("words", _("Say in a few words why. They will read it."))
        return data


class WaitForm(forms.Form):
    """A receiver's yes with a wait: about how many weeks."""

    weeks = forms.IntegerField(
        label=_("About how many weeks?"),
        help_text=_("Your best guess is good enough. You can change it later."),
        min_value=1,
        max_value=MOST_WEEKS,
        error_messages={"required": _("Say about how many weeks, for example 6.")},
    )


class CodeForm(forms.Form):
    """The code that was read to somebody on the phone."""

    code = forms.CharField(
        label=_("The code you were given"),
        help_text=_("Ten letters and numbers, such as bcdf-234-ghj"),
        max_length=20,
        error_messages={"required": _("Type the code that was read to you.")},
    )


class HelpedForm(forms.Form):
    """Did it help? Any answer is fine, none too."""

    helped = forms.ChoiceField(label=_("Did it help?"), choices=Helped.choices)
