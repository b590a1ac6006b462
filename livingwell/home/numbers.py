"""Numbers that people may need at any hour. They stand here, not in the database, so they always show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Number:
    """One number: how it is written, what pressing it does, who answers and when."""

    written: str | Promise
    link: str
    who: str | Promise
    what: str | Promise
    when: str | Promise


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers for one kind of trouble."""

    name: str | Promise
    numbers: Sequence[Number]


_ALWAYS = _("Free, day and night")
_FREE = _("Free")

NOW = Group(
    _("When it cannot wait"),
    (
        Number(
            "999",
            "tel:999",
            _("Police, ambulance, fire"),
            _("Somebody is hurt or in danger right now."),
            _ALWAYS,
        ),
        Number(
            _("111, option 2"),
            "tel:111",
            _("NHS"),
            _("You, or somebody with you, cannot go on like this."),
            _ALWAYS,
        ),
        Number(
            "116 123",
            "tel:116123",
            _("Samaritans"),
            _("To talk about anything at all, for as long as it takes."),
            _ALWAYS,
        ),
        Number(
            _("Text SHOUT to 85258"),
            "sms:85258?body=SHOUT",
            _("Shout"),
            _("If you would rather write than talk."),
            _ALWAYS,
        ),
    ),
)

MORE = (
    Group(
        _("Thoughts of ending your life"),
        (
            Number(
                "0800 068 4141",
                "tel:08000684141",
                _("HOPELINE247, Papyrus"),
                _("For people under 35, and anyone worried about one."),
                _ALWAYS,
            ),
            Number(
                "0800 58 58 58",
                "tel:0800585858",
                _("CALM"),
                _("For anyone, when life is too much."),
                _("Free, 5pm to midnight"),
            ),
        ),
    ),
    Group(
        _("Somebody hurts or frightens you"),
        (
            Number(
                "0808 2000 247",
                "tel:08082000247",
                _("National Domestic Abuse Helpline"),
                _("For women hurt or controlled at home."),
                _ALWAYS,
            ),
            Number(
                "0808 801 0327",
                "tel:08088010327",
                _("Men’s Advice Line"),
                _("For men hurt or controlled at home."),
                _FREE,
            ),
            Number(
                "0800 999 5428",
                "tel:08009995428",
                _("Galop"),
                _("For LGBTQ+ people hurt at home or attacked for who they are."),
                _FREE,
            ),
            Number(
                "0808 500 2222",
                "tel:08085002222",
                _("Rape Crisis"),
                _("After rape or any unwanted touch, last night or long ago."),
                _ALWAYS,
            ),
        ),
    ),
    Group(
        _("Children and young people"),
        (
            Number(
                "0800 1111",
                "tel:08001111",
                _("Childline"),
                _("For anyone under 19, about anything. It does not show on most phone bills."),
                _ALWAYS,
            ),
            Number(
                "0808 800 5000",
                "tel:08088005000",
                _("NSPCC"),
                _("For grown-ups who are worried about a child."),
                _FREE,
            ),
        ),
    ),
    Group(
        _("A home, money, food"),
        (
            Number(
                "0808 800 4444",
                "tel:08088004444",
                _("Shelter"),
                _("You may lose your home, or have nowhere tonight."),
                _FREE,
            ),
            Number(
                "0808 808 4000",
                "tel:08088084000",
                _("National Debtline"),
                _("What you can do about debts."),
                _FREE,
            ),
            Number(
                "0800 144 8848",
                "tel:08001448848",
                _("Citizens Advice"),
                _("Benefits, bills, work, rights: most things."),
                _FREE,
            ),
        ),
    ),
    Group(
        _("Company, loss and looking after someone"),
        (
            Number(
                "0800 470 8090",
                "tel:08004708090",
                _("The Silver Line"),
                _("A chat at any hour, for people over 55."),
                _ALWAYS,
            ),
            Number("0808 808 1677", "tel:08088081677", _("Cruse"), _("After somebody has died."), _FREE),
            Number(
                "0808 808 7777",
                "tel:08088087777",
                _("Carers UK"),
                _("For people who look after someone."),
                _FREE,
            ),
        ),
    ),
    Group(
        _("Drink, drugs, gambling"),
        (
            Number(
                "0300 123 1110",
                "tel:03001231110",
                _("Drinkline"),
                _("Your own drinking or somebody else’s."),
                _("Like ringing a home number"),
            ),
            Number(
                "0300 123 6600",
                "tel:03001236600",
                _("FRANK"),
                _("Straight facts about drugs."),
                _("Like ringing a home number"),
            ),
            Number(
                "0808 8020 133",
                "tel:08088020133",
                _("National Gambling Helpline"),
                _("Your own gambling or somebody else’s."),
                _ALWAYS,
            ),
        ),
    ),
)
