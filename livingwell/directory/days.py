"""Which days are not like others: bank holidays, and the weeks in which schools are open."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

import holidays
from django.conf import settings

NATION: Final = "ENG"


class NoTerms(Exception):
    """The file of school terms cannot be read. The message says which line, and what it should be."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one place. `nation`: ENG, SCT, WLS or NIR. `terms`: first and last days of school, both included.

    A day is in term if a term has it, and out of term if it lies between two that are known; else nobody knows.
    """

    nation: str = NATION
    terms: tuple[tuple[date, date], ...] = ()

    def bank_holiday(self, day: date) -> str:
        """The name of the bank holiday; empty on other days. Source: the package `holidays`."""
        return _bank_holidays(self.nation, day.year).get(day, "")

    def working_days_after(self, day: date, number: int) -> date:
        """The last of this many working days after a day: no Saturdays, no Sundays, no bank holidays."""
        while number > 0:
            day += timedelta(days=1)
            number -= day.weekday() < 5 and not self.bank_holiday(day)
        return day

    def in_term(self, day: date) -> bool | None:
        """Whether schools are open; None where the terms around that day are not known."""
        if any(first <= day <= last for first, last in self.terms):
            return True
        known = any(last < day for _first, last in self.terms) and any(
            day < first for first, _last in self.terms
        )
        return False if known else None


@lru_cache(maxsize=60)
def _bank_holidays(nation: str, year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("GB", subdiv=nation, years=year))


@lru_cache(maxsize=1)
def usual() -> Calendar:
    """The calendar of this copy of the network: the settings BANK_HOLIDAYS_OF and SCHOOL_TERMS."""
    return Calendar(settings.BANK_HOLIDAYS_OF, read_terms(settings.SCHOOL_TERMS))


def read_terms(path: str) -> tuple[tuple[date, date], ...]:
    """The terms of a CSV file with the columns `from` and `to` (2026-09-01); none where no file is named.

    Raises NoTerms.
    """
    if not path:
        return ()
    found = []
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
                if last < first:
                    raise NoTerms(f"{path}: the term from {first} ends before it begins.")
                found.append((first, last))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise NoTerms(
            f"{path} cannot be read as school terms with the columns from and to: {error}."
        ) from error
    return tuple(sorted(found))
