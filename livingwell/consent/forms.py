"""What is typed and chosen to share parts of a page, to be reached, in an emergency, and by a privacy lead."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livingwell.consent import nhs_number
from livingwell.consent.models import PARTS, Grounds, How, Purpose, Verdict, Way
from livingwell.consent.sought import Sought
from livingwell.core.errors import Refusal
from livingwell.messaging import addresses

if TYPE_CHECKING:
    from datetime import date

    from livingwell.directory.models import Organization

DAY_FORMATS: Final = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%d %B %Y", "%d %b %Y"]
LAST_YEAR: Final = 2199
LONG: Final = 4000
HOW_SAID: Final = [how for how in How if how is not How.SCREEN]
TO_ORGANIZATIONS: Final = [Purpose.HELP, Purpose.CARE, Purpose.KEEP]


class WhoForm(forms.Form):
    """The name of an organization to look for."""

    name = forms.CharField(
        label=_("What is the organisation called?"),
        max_length=120,
        error_messages={"required": _("Type the name, or the beginning of it.")},
    )


class ShareForm(forms.Form):
    """What one organization may see, for what and until when; and what was said, when it was said to somebody."""

    parts = forms.MultipleChoiceField(
        label=_("What may they see?"),
        choices=[(part.value, part.label) for part in PARTS],
        error_messages={"required": _("Choose at least one part of the page.")},
    )
    purpose = forms.ChoiceField(
        label=_("What is it for?"),
        choices=[(purpose.value, purpose.label) for purpose in TO_ORGANIZATIONS],
        error_messages={"required": _("Choose what it is for.")},
    )
    until = forms.DateField(
        label=_("Until which day?"),
        input_formats=DAY_FORMATS,
        error_messages={
            "required": _("Say until which day."),
            "invalid": _("Type a day like 25/11/2027."),
        },
    )
    how = forms.ChoiceField(
        label=_("How did they say yes?"),
        choices=[(how.value, how.label) for how in HOW_SAID],
        error_messages={"required": _("Choose how they said yes.")},
    )
    said = forms.CharField(
        label=_("What did they say?"),
        help_text=_("In their words, as far as you can. They can read it here."),
        max_length=LONG,
        error_messages={"required": _("Write down what they said when they agreed.")},
    )

    def __init__(self, *args: Any, own: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("until", a_year_after(today).isoformat())
        self.initial.setdefault("purpose", Purpose.HELP.value)
        if own:
            del self.fields["how"], self.fields["said"]

    def clean_until(self) -> datetime:
        """The moment at which the chosen day is over."""
        day: date = self.cleaned_data["until"]
        if day < self.today:
            raise ValidationError(_("Choose a last day that is still to come."))
        if day.year > LAST_YEAR:
            raise ValidationError(_("Choose a day that you may live to see. You can share again later."))
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def a_year_after(day: date) -> date:
    """The same day next year, or the last of February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


class ReachForm(forms.Form):
    """How to reach somebody. Each line may stay empty."""

    ways = forms.MultipleChoiceField(
        label=_("How may we get in touch?"),
        help_text=_("Choose as many as you like, or none."),
        choices=[(way.value, way.label) for way in Way],
        required=False,
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    address = forms.CharField(label=_("Address"), max_length=500, required=False)
    best_time = forms.CharField(
        label=_("Best time"),
        help_text=_("For example: mornings, not on Mondays."),
        max_length=200,
        required=False,
    )
    may_leave_word = forms.BooleanField(label=_("If I do not answer, you may leave word"), required=False)
    word_to_leave = forms.CharField(
        label=_("What may the message say?"),
        help_text=_("If this stays empty, a message says a first name and a number, and no more."),
        max_length=300,
        required=False,
    )
    full_name = forms.CharField(label=_("Full name"), max_length=200, required=False)
    born_on = forms.DateField(
        label=_("Date of birth"),
        help_text=_("For example, 27/3/1985"),
        input_formats=DAY_FORMATS,
        required=False,
        error_messages={"invalid": _("Type the date of birth like 27/3/1985.")},
    )
    nhs_number = forms.CharField(
        label=_("NHS number"),
        help_text=_("Ten digits. It stands on letters from the surgery."),
        max_length=20,
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_born_on(self) -> date | None:
        return _born(self.cleaned_data["born_on"], self.today)

    def clean_nhs_number(self) -> str:
        return _number(self.cleaned_data["nhs_number"])

    def clean_phone(self) -> str:
        return _phone(self.cleaned_data["phone"])

    def clean_email(self) -> str:
        typed = str(self.cleaned_data["email"])
        try:
            return addresses.email(typed) if typed else ""
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal


class EmergencyForm(forms.Form):
    """Whom, why, and for whom somebody opens a page without consent."""

    organization = forms.ChoiceField(
        label=_("For whom do you do this?"), error_messages={"required": _("Choose for whom you do this.")}
    )
    grounds = forms.ChoiceField(
        label=_("Why can it not wait for their yes?"),
        choices=Grounds.choices,
        error_messages={"required": _("Choose why it cannot wait.")},
    )
    words = forms.CharField(
        label=_("What has happened?"),
        help_text=_("A sentence or two. The person and the privacy lead read this."),
        max_length=LONG,
        error_messages={"required": _("Write down what has happened.")},
    )
    full_name = forms.CharField(label=_("Full name"), max_length=200, required=False)
    born_on = forms.DateField(
        label=_("Date of birth"),
        help_text=_("For example, 27/3/1985"),
        input_formats=DAY_FORMATS,
        required=False,
        error_messages={"invalid": _("Type the date of birth like 27/3/1985.")},
    )
    nhs_number = forms.CharField(label=_("NHS number"), max_length=20, required=False)
    phone = forms.CharField(label=_("Phone number"), max_length=40, required=False)

    def __init__(self, *args: Any, organizations: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(one.pk): one for one in organizations}
        field = self.fields["organization"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(pk, one.name) for pk, one in self.by_id.items()]
        if len(organizations) == 1:
            del self.fields["organization"]

    @property
    def chosen(self) -> Organization:
        """For whom they act."""
        only = next(iter(self.by_id.values()))
        return self.by_id.get(self.cleaned_data.get("organization", ""), only)

    @property
    def sought(self) -> Sought:
        """Whom they look for."""
        named = ("full_name", "born_on", "nhs_number", "phone")
        return Sought(**{name: self.cleaned_data[name] for name in named})

    def clean_nhs_number(self) -> str:
        return _number(self.cleaned_data["nhs_number"])

    def clean_phone(self) -> str:
        return _phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if self.errors.keys() & {"full_name", "born_on", "nhs_number", "phone"}:
            return said
        if bool(said["full_name"]) != bool(said["born_on"]):
            missing = "born_on" if said["full_name"] else "full_name"
            self.add_error(missing, _("A name needs the date of birth beside it, and the other way round."))
        elif not (said["full_name"] or said["nhs_number"] or said["phone"]):
            self.add_error(
                "full_name",
                _("Type the full name and date of birth, or the NHS number, or the phone number."),
            )
        return said


class WordsForm(forms.Form):
    """Optional words to a question."""

    words = forms.CharField(label=_("What do you want to know?"), max_length=LONG, required=False)


class AnswerForm(forms.Form):
    """The privacy lead's answer."""

    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("The person reads this on their page."),
        max_length=LONG,
        error_messages={"required": _("Write the answer. The person reads it on their page.")},
    )


class ReviewForm(forms.Form):
    """What the privacy lead found about an emergency."""

    verdict = forms.ChoiceField(
        label=_("Was it right to look?"),
        choices=Verdict.choices,
        error_messages={"required": _("Choose whether it was right.")},
    )
    words = forms.CharField(
        label=_("What did you find?"),
        help_text=_("The person reads this on their page."),
        max_length=LONG,
        error_messages={"required": _("Write down what you found. The person reads it on their page.")},
    )


def _born(day: date | None, today: date) -> date | None:
    if day is not None and (day > today or day.year < 1890):
        raise ValidationError(_("Check the year of birth."))
    return day


def _number(typed: str) -> str:
    digits = nhs_number.plain(typed)
    if digits and not nhs_number.is_right(digits):
        raise ValidationError(_("That is not an NHS number. It has ten digits. Check each of them."))
    return digits


def _phone(typed: str) -> str:
    number = " ".join(typed.split())
    if number and (not addresses.WRITTEN.fullmatch(number) or not 9 <= len(_digits(number)) <= 15):
        raise ValidationError(_("Type the whole number with its area code, such as 020 7946 0123."))
    if len(number) > 20:
        return _digits(number) if not number.startswith("+") else f"+{_digits(number)}"
    return number


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))
