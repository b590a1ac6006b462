"""What is typed in the room with somebody, to choose a link worker, to stand in, and to take a page over."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import How
from livingwell.core.dates import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from livingwell.directory.models import Organization
    from livingwell.linkwork.queries import Candidate, Colleague

MONTHS: Final = (
    ("12", _("12 months")),
    ("6", _("6 months")),
    ("3", _("3 months")),
    ("1", _("1 month")),
)
DAYS: Final = {"12": 365, "6": 182, "3": 91, "1": 30}
HOWS: Final = (
    (How.IN_PERSON.value, _("Said yes, here in the room")),
    (How.PHONE.value, _("Said yes on the phone")),
    (How.PAPER.value, _("Signed on paper")),
)
SENTENCE: Final = _(
    "Yes, keep a page for me. You and your team may read it and write in it with me. "
    "I can have it read to me or printed, and I can stop this whenever I like."
)


class BeginForm(forms.Form):
    """A page in the room. Only the yes has to be there."""

    organization = forms.ChoiceField(
        label=_("For which organisation?"),
        error_messages={"required": _("Choose for which organisation you keep this page.")},
    )
    said = forms.CharField(
        label=_("Read this out, and change it to what they say"),
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": _("Write down what they said when they agreed.")},
    )
    how = forms.ChoiceField(
        label=_("How did they say yes?"),
        choices=HOWS,
        error_messages={"required": _("Press how they said yes. Without their yes there is no page.")},
    )
    called = forms.CharField(label=_("A name they like to hear"), max_length=80, required=False)
    matters = forms.CharField(
        label=_("What matters to them, in their words"),
        max_length=5000,
        required=False,
        widget=forms.Textarea,
    )
    months = forms.ChoiceField(label=_("For how long?"), choices=MONTHS, initial="12", required=False)
    walks = forms.BooleanField(label=_("They want me as their link worker"), required=False)

    def __init__(self, *args: Any, organizations: Sequence[Organization], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"said": str(SENTENCE), "months": "12"})
        super().__init__(*args, **kwargs)
        self.organizations = {str(one.pk): one for one in organizations}
        choices = [(pk, one.name) for pk, one in self.organizations.items()]
        field = self.fields["organization"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
            field.required = len(choices) > 1

    def clean_organization(self) -> Organization:
        """The organization named, or the only one there is."""
        chosen = self.cleaned_data["organization"] or next(iter(self.organizations))
        return self.organizations[chosen]

    def until(self, at: datetime) -> datetime:
        """The end of the last day for which they said yes."""
        last = day_of(at) + timedelta(days=DAYS[self.cleaned_data["months"] or "12"])
        return timezone.make_aware(datetime.combine(last, time(23, 59)))


class ChooseForm(forms.Form):
    """Whom somebody wants as their link worker: one of those who are let in, or nobody for now."""

    NOBODY = "nobody"
    lead = forms.ChoiceField(
        label=_("Who should it be?"), error_messages={"required": _("Choose somebody, or nobody for now.")}
    )

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {one.key: one for one in candidates}
        field = self.fields["lead"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                *((one.key, f"{one.name}, {one.organization_name}") for one in candidates),
                (self.NOBODY, _("Nobody for now")),
            ]

    def chosen(self) -> Candidate | None:
        """Who was chosen; None for nobody."""
        return self.candidates.get(self.cleaned_data["lead"])


class CoverForm(forms.Form):
    """Who is away, from when until when, and who stands in."""

    away = forms.ChoiceField(label=_("Who is away?"), error_messages={"required": _("Choose who is away.")})
    covering = forms.ChoiceField(
        label=_("Who stands in?"), error_messages={"required": _("Choose who stands in.")}
    )
    from_on = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput,
        error_messages={
            "required": _("Type the first day."),
            "invalid": _("Type the first day like 24/12/2026."),
        },
    )
    until_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput,
        error_messages={
            "required": _("Type the last day."),
            "invalid": _("Type the last day like 24/12/2026."),
        },
    )

    def __init__(self, *args: Any, colleagues: Sequence[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {f"{one.account}:{one.organization}": one for one in colleagues}
        several = len({one.organization for one in colleagues}) > 1
        choices = [
            (key, f"{one.name}, {one.organization_name}" if several else one.name)
            for key, one in self.colleagues.items()
        ]
        for name in ("away", "covering"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("Choose")), *choices]

    def clean(self) -> dict[str, Any]:
        """Both as colleagues; of one organization, or it is said beside the second."""
        said = super().clean() or {}
        away, covering = (self.colleagues.get(str(said.get(name))) for name in ("away", "covering"))
        if away and covering and away.organization != covering.organization:
            raise ValidationError({"covering": _("Choose a colleague of the same organisation.")})
        return said


class SearchForm(forms.Form):
    """Part of a name. It is sent, not put into an address."""

    words = forms.CharField(label=_("Part of a name"), max_length=80, required=False)


class TakeOverForm(forms.Form):
    """The code from the paper."""

    code = forms.CharField(
        label=_("The code on your paper"),
        max_length=40,
        error_messages={"required": _("Type the twelve letters that stand on your paper.")},
    )
