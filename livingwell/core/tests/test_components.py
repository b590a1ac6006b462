"""The components that pages are made of: the fields keep what was typed, the card says things in order."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.forms import Form
from django.template import engines
from django.utils import translation

from livingwell.core import filters


class BookingForm(Form):
    words = forms.CharField(label="Your words", widget=forms.Textarea, help_text="A few will do.")
    place = forms.CharField(label="Place")
    day = forms.ChoiceField(label="Day", choices=[("mo", "Monday"), ("tu", "Tuesday")])
    how = forms.ChoiceField(label="How", choices=[("ring", "Ring"), ("go", "Go")], widget=forms.RadioSelect)
    liked = forms.MultipleChoiceField(
        label="Liked", choices=[("singing", "Singing"), ("dogs", "Dogs")], widget=forms.CheckboxSelectMultiple
    )
    steps = forms.BooleanField(label="No steps", required=False)


def _page(source: str, **context: object) -> str:
    return engines["jinja2"].from_string(source).render(context)


def _field(macro: str, name: str, form: Form) -> str:
    source = f'{{% from "core/components/fields.jinja" import {macro} %}}{{{{ {macro}(form["{name}"]) }}}}'
    return _page(source, form=form)


TYPED = {
    "words": "I miss <singing>",
    "place": "",
    "day": "tu",
    "how": "go",
    "liked": ["dogs"],
    "steps": "on",
}


@pytest.mark.parametrize(
    ("macro", "name", "kept"),
    [
        ("textarea", "words", ">I miss &lt;singing&gt;</textarea>"),
        ("select", "day", '<option value="tu" selected>'),
        ("radios", "how", 'value="go" checked'),
        ("checkboxes", "liked", 'value="dogs" checked'),
        ("checkbox", "steps", 'value="on" checked'),
    ],
)
def test_a_field_keeps_what_was_typed_or_chosen(macro: str, name: str, kept: str) -> None:
    assert kept in _field(macro, name, BookingForm(TYPED))


def test_a_choice_that_was_not_made_is_not_ticked() -> None:
    assert 'value="singing" checked' not in _field("checkboxes", "liked", BookingForm(TYPED))


def test_a_mistake_is_said_on_top_and_beside_the_field_it_links_to() -> None:
    form = BookingForm(TYPED)
    summary = _page(
        '{% from "core/components/fields.jinja" import error_summary %}{{ error_summary(form) }}', form=form
    )
    field = _field("text", "place", form)

    assert '<a href="#id_place">' in summary
    assert 'id="id_place"' in field
    assert 'aria-describedby="id_place-error"' in field
    assert 'id="id_place-error"' in field


def test_those_who_hear_a_page_hear_of_a_mistake_in_its_language() -> None:
    with translation.override("fr"):
        field = _field("text", "place", BookingForm(TYPED))

    assert "Erreur:" in field
    assert "Error" not in field


def test_a_form_with_nothing_to_put_right_has_no_summary() -> None:
    form = BookingForm(TYPED | {"place": "SW9"})
    source = '{% from "core/components/fields.jinja" import error_summary %}{{ error_summary(form) }}'

    assert _page(source, form=form).strip() == ""


def test_what_a_field_asks_for_is_said_before_it() -> None:
    page = _field("textarea", "words", BookingForm())

    assert page.index("Your words") < page.index("A few will do.") < page.index("<textarea")


CARD = '{% from "core/components/suggestion_card.jinja" import suggestion_card %}'


def _suggestion(**other: object) -> SimpleNamespace:
    usual = {
        "kind": SimpleNamespace(value="group", label="A group"),
        "title": "Thursday Voices",
        "organization": "The Hall",
        "url": "/directory/1/",
        "summary": "Forty people sing by ear.",
        "facts": (("When", "Thursday 7pm"), ("Cost", "£3")),
        "confirmed": "Not confirmed yet",
        "phone": "",
        "invented": False,
        "service_id": 1,
    }
    return SimpleNamespace(**usual | other)


def test_a_card_gives_the_reason_first_then_the_name_the_facts_and_what_to_do() -> None:
    reason = {"text": "Because you said you “miss singing”.", "because": "miss singing"}
    page = _page(CARD + "{{ suggestion_card(it, reason=reason) }}", it=_suggestion(), reason=reason)
    order = [
        "miss singing",
        "A group",
        "Thursday Voices",
        "Forty people",
        "Thursday 7pm",
        "Not confirmed",
        "See more",
    ]

    assert sorted(order, key=page.index) == order


def test_a_card_marks_the_persons_own_words_and_nothing_else() -> None:
    reason = {"text": "Because you said you “love <b>”.", "because": "love <b>"}
    page = _page(CARD + "{{ suggestion_card(it, reason=reason) }}", it=_suggestion(), reason=reason)

    assert '“<mark class="lw-words">love &lt;b&gt;</mark>”' in page


def test_a_card_read_by_somebody_else_says_that_they_said_it() -> None:
    reason = {"text": "Because you said “singing”: choirs", "because": "singing"}
    page = _page(
        CARD + "{{ suggestion_card(it, reason=reason, they_said=before) }}",
        it=_suggestion(),
        reason=reason,
        before="Because they said “",
    )

    assert 'Because they said “<mark class="lw-words">singing</mark>”: choirs' in page


def test_a_line_to_ring_is_rung_from_its_card() -> None:
    line = _suggestion(kind=SimpleNamespace(value="line", label="A line to ring"), phone="0808 808 1677")
    page = _page(CARD + "{{ suggestion_card(it) }}", it=line)

    assert 'href="tel:08088081677"' in page
    assert "Ring 0808 808 1677" in page


def test_what_is_invented_says_so_on_its_card() -> None:
    assert "Invented" in _page(CARD + "{{ suggestion_card(it) }}", it=_suggestion(invented=True))
    assert "Invented" not in _page(CARD + "{{ suggestion_card(it) }}", it=_suggestion())


def test_an_address_on_paper_needs_no_https() -> None:
    assert filters.without_scheme("https://livingwell.example/numbers/") == "livingwell.example/numbers/"


def test_each_number_on_a_page_can_be_rung_or_texted() -> None:
    pages = Path(__file__).parents[2].rglob("*.jinja")
    dead = {
        (page.name, link)
        for page in pages
        for link in re.findall(r'href="([^"]*)\|telephone', page.read_text("utf-8"))
        if not re.match(r"(tel|sms):", link)
    }

    assert dead == set()
