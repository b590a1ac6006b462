"""What may be done with somebody's words, the themes in them, and their hard days."""

from livingwell.plans.actions.hard_days import change_date, drop_date, name_date
from livingwell.plans.actions.reading import keep, pick, refuse
from livingwell.plans.actions.writing import Meanwhile, erase, put, write

__all__ = [
    "Meanwhile",
    "change_date",
    "drop_date",
    "erase",
    "keep",
    "name_date",
    "pick",
    "put",
    "refuse",
    "write",
]
