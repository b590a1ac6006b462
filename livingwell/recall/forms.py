"""What people type and tick to keep in touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livingwell.recall.models import Answer, AskedBy, Because, Hour, Next, Often, Outcome, Silence, Why

if TYPE_CHECKING:
    from collections.abc import Iterable

    from livingwell.directory.models import Organization
    from livingwell.recall.queries import Reachable, Somebody


class AlliesForm(forms.Form):
    """Who is told on a bad day."""

    def __init__(self, *args: Any, offered: Iterable[Reachable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["allies"] = forms.TypedMultipleChoiceField(
            label=_("Who would you like us to tell?"),
            required=False,
            coerce=UUID,
            choices=[(str(one.whom), _named(one)) for one in offered],
            error_messages={"invalid_choice": _("Choose from the list.")},
        )


def _named(one: Reachable) -> str:
    return one.called if one.member else _("%(name)s, your link worker") % {"name": one.called}


class CheckInForm(forms.Form):
    """How, how often, which one question, and what two silences mean."""

    question = forms.CharField(
        label=gettext_lazy("What shall we ask?"),
        max_length=120,
        initial=gettext_lazy("How are you today?"),
        error_messages={
            "required": gettext_lazy("Say in a few words what we should ask."),
            "max_length": gettext_lazy("That is more than fits. Please shorten it to 120 characters."),
        },
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How?"),
        choices=AskedBy.choices,
        initial=AskedBy.SITE,
        error_messages={"required": gettext_lazy("Choose how.")},
    )
    may_link = forms.BooleanField(
        label=gettext_lazy("An e-mail may hold a link to this site"), required=False
    )
    every = forms.TypedChoiceField(
        label=gettext_lazy("How often?"), choices=Often.choices, coerce=int, initial=Often.WEEKLY
    )
    hour = forms.TypedChoiceField(
        label=gettext_lazy("At what time?"), choices=Hour.choices, coerce=int, initial=Hour.NOON
    )
    silence = forms.ChoiceField(
        label=gettext_lazy("If you do not answer twice in a row, what should it mean?"),
        choices=Silence.choices,
        initial=Silence.NOTHING,
        error_messages={"required": gettext_lazy("Choose what it should mean.")},
    )

    def __init__(self, *args: Any, offered: Iterable[Reachable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = forms.TypedChoiceField(
            label=_("Who of your circle?"),
            required=False,
            coerce=UUID,
            empty_value=None,
            choices=[("", _("Nobody")), *((str(one.member), one.called) for one in offered if one.member)],
        )


class AnswerForm(forms.Form):
    """How somebody is, in one press, with words if they like."""

    answer = forms.ChoiceField(
        choices=Answer.choices, error_messages={"required": gettext_lazy("Press one of the buttons.")}
    )
    words = forms.CharField(
        label=gettext_lazy("Say more, if you like"), required=False, max_length=2000, widget=forms.Textarea
    )


class AgreementsForm(forms.Form):
    """Whom to try when somebody cannot be reached, and who rings after a missed appointment."""

    steps = forms.CharField(
        label=gettext_lazy("What to do then, one step after the other"),
        required=False,
        max_length=1000,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, places: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(pk), _("A peer supporter of %(name)s") % {"name": name}) for pk, name in places]
        self.fields["peers"] = forms.ChoiceField(
            label=_("When I miss an appointment, who rings me?"),
            required=False,
            choices=[("", _("Those whose appointment it was")), *named],
        )


class AddForm(forms.Form):
    """Somebody to ring: why, who is worried, when; or an appointment that passed them by."""

    words = forms.CharField(label=gettext_lazy("Why? They can read it."), required=False, max_length=300)
    worried = forms.CharField(label=gettext_lazy("Who is worried?"), required=False, max_length=100)
    due_on = forms.DateField(
        label=gettext_lazy("When should somebody ring?"),
        input_formats=["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d"],
        error_messages={
            "required": gettext_lazy("Type a day, like 24/12/2026."),
            "invalid": gettext_lazy("Type a day, like 24/12/2026."),
        },
    )

    def __init__(
        self, *args: Any, people: Iterable[Somebody], places: Iterable[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.TypedChoiceField(
            label=_("Who?"),
            coerce=UUID,
            choices=[
                ("", ""),
                *((str(one.id), one.called or _("Somebody without a name")) for one in people),
            ],
            error_messages={"required": _("Choose who.")},
        )
        self.fields["organization"] = forms.TypedChoiceField(
            label=_("For"), coerce=UUID, choices=[(str(place.pk), place.name) for place in places]
        )
        self.fields["why"] = forms.ChoiceField(
            label=_("Why are they to be rung?"),
            choices=[(one.value, one.label) for one in (Why.WORRY, Why.PROMISE, Why.MISSED)],
            initial=Why.WORRY,
        )


class OutcomeForm(forms.Form):
    """What came of a call, and what is next: both, or neither is kept."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=Outcome.choices,
        error_messages={"required": gettext_lazy("Choose what came of it.")},
    )
    next = forms.ChoiceField(
        label=gettext_lazy("What is next?"),
        choices=Next.choices,
        error_messages={"required": gettext_lazy("Choose what is next. Both are kept together.")},
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Ring again"),
        coerce=int,
        choices=(
            (1, gettext_lazy("Tomorrow")),
            (3, gettext_lazy("In three days")),
            (7, gettext_lazy("In a week")),
            (14, gettext_lazy("In two weeks")),
            (28, gettext_lazy("In four weeks")),
            (91, gettext_lazy("In three months")),
        ),
        initial=7,
        required=False,
    )
    because = forms.ChoiceField(
        label=gettext_lazy("If you close it, why?"), choices=[("", ""), *Because.choices], required=False
    )
