"""What FHIR R4 asks of each kind of resource that a referral is made of, as far as we read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.exchange.outcomes import Issue, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from livingwell.exchange.reading import Element

TASK: Final = (
    "draft requested received accepted rejected ready cancelled in-progress on-hold failed completed "
    "entered-in-error"
)
REQUEST: Final = "draft active on-hold revoked completed entered-in-error unknown"
INTENT: Final = "proposal plan directive order original-order reflex-order filler-order instance-order option"


@dataclass(frozen=True, slots=True)
class Shape:
    """The elements that have to be there: codes with their values, objects, lists; and of which one is enough."""

    codes: Mapping[str, str] | None = None
    objects: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    known: Mapping[str, str] | None = None
    """Values of codes that may be left out."""


SHAPES: Final[Mapping[str, Shape]] = {
    "Patient": Shape(known={"gender": "male female other unknown"}),
    "Organization": Shape(one_of=("identifier", "name")),
    "HealthcareService": Shape(),
    "ServiceRequest": Shape(codes={"status": REQUEST, "intent": INTENT}, objects=("subject",)),
    "Task": Shape(codes={"status": TASK, "intent": f"unknown {INTENT}"}),
    "Consent": Shape(
        codes={"status": "draft proposed active rejected inactive entered-in-error"},
        objects=("scope",),
        lists=("category",),
        one_of=("policy", "policyRule"),
    ),
    "CarePlan": Shape(
        codes={"status": REQUEST, "intent": "proposal plan order option"}, objects=("subject",)
    ),
}
LISTS: Final = (
    "identifier",
    "name",
    "telecom",
    "address",
    "note",
    "category",
    "performer",
    "extension",
    "output",
)
"""Elements that are lists of objects wherever they stand in a resource of a referral."""


def see_that_it_is_whole(resource: Element) -> None:
    """That a resource has what FHIR asks of its kind. Raises Problem, with everything that stands in the way."""
    shape = SHAPES.get(resource.where)
    if shape is None:
        kinds = ", ".join(SHAPES)
        words = f"We read no {resource.where}: a referral is made of {kinds}."
        raise Problem(422, Issue("not-supported", words, resource.where))
    issues = [*_codes(resource, shape), *_objects(resource, shape)]
    if shape.one_of and not any(resource.has(name) for name in shape.one_of):
        either = " or ".join(shape.one_of)
        issues.append(Issue("required", f"{resource.where} needs {either}.", resource.where))
    if issues:
        raise Problem(422, *issues)


def _codes(resource: Element, shape: Shape) -> list[Issue]:
    issues: list[Issue] = []
    needed, known = shape.codes or {}, shape.known or {}
    for name, values in {**needed, **known}.items():
        try:
            code = resource.text(name, needed=name in needed)
        except Problem as problem:
            issues += problem.issues
            continue
        if code and code not in values.split():
            where = f"{resource.where}.{name}"
            words = f"{where} is “{code[:40]}”, which is none of: {', '.join(values.split())}."
            issues.append(Issue("code-invalid", words, where))
    return issues


def _objects(resource: Element, shape: Shape) -> list[Issue]:
    issues: list[Issue] = []
    for name in shape.objects:
        try:
            resource.must(name)
        except Problem as problem:
            issues += problem.issues
    for name in LISTS:
        if name == "name" and resource.where != "Patient":
            continue
        try:
            found = resource.many(name)
        except Problem as problem:
            issues += problem.issues
            continue
        if name in shape.lists and not found:
            where = f"{resource.where}.{name}"
            issues.append(Issue("required", f"{where} is missing.", where))
    return issues
