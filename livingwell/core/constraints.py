"""Invariants that many models share, said once."""

from collections.abc import Iterable

from django.db.models import CheckConstraint, F, Q


def together(*fields: str) -> CheckConstraint:
    """Either all of the fields are set, or none is: who and when travel as a pair."""
    all_set = Q(**{f"{field}__isnull": False for field in fields})
    none_set = Q(**{f"{field}__isnull": True for field in fields})
    return CheckConstraint(
        condition=all_set | none_set,
        name="%(app_label)s_%(class)s_" + "_".join(fields) + "_together",
    )


def one_of(field: str, values: Iterable[str], *, blank: bool = False) -> CheckConstraint:
    """The database, too, knows the permitted values of a choice."""
    permitted = [*values, ""] if blank else [*values]
    return CheckConstraint(
        condition=Q(**{f"{field}__in": permitted}),
        name=f"%(app_label)s_%(class)s_{field}_known",
    )


def not_after(first: str, second: str) -> CheckConstraint:
    """Where both are known, the first is no greater than the second: from and to, minimum and maximum."""
    return CheckConstraint(
        condition=Q(**{f"{first}__isnull": True})
        | Q(**{f"{second}__isnull": True})
        | Q(**{f"{first}__lte": F(second)}),
        name=f"%(app_label)s_%(class)s_{first}_not_after_{second}"[:60],
    )


def between(field: str, least: float, most: float) -> CheckConstraint:
    """Where it is known, the number lies between the two, both included."""
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": least, f"{field}__lte": most}),
        name=f"%(app_label)s_%(class)s_{field}_in_range",
    )
