"""The pages of one service and of one organization: all that is known, as people need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from livingwell.core import dates
from livingwell.core.languages import ENGLISH, AsWritten, current
from livingwell.directory import describe, freshness, opening, opening_words
from livingwell.directory.languages import code_of, name_of
from livingwell.directory.models import (
    Attribute,
    Contact,
    Kind,
    Language,
    Listing,
    Organization,
    Schedule,
    Service,
    Status,
)
from livingwell.directory.queries.due import paces
from livingwell.directory.queries.facts import times_of
from livingwell.directory.queries.history import last_word
from livingwell.directory.queries.parts import is_virtual, numbers, people, schedules_of, spot
from livingwell.directory.queries.reports import warnings
from livingwell.directory.queries.visits import shown
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from livingwell.directory.models import ServiceTheme
    from livingwell.directory.opening import Times
    from livingwell.directory.queries.parts import Number, Person, Spot
    from livingwell.directory.queries.visits import Found


@dataclass(frozen=True, slots=True)
class ServicePage:
    """All that the page of a service says; what is not known is empty."""

    service: Service
    title: str
    also: str
    kind: Kind
    organization: str
    status: str
    running: bool
    paragraphs: tuple[str, ...]
    expect: tuple[str, ...]
    visits: tuple[Found, ...]
    times: tuple[str, ...]
    times_notes: tuple[str, ...]
    open_now: bool | None
    next_time: str
    spots: tuple[Spot, ...]
    online: bool
    phones: tuple[Number, ...]
    organization_phones: tuple[Number, ...]
    people: tuple[Person, ...]
    cost: str
    who: tuple[str, ...]
    getting_in: tuple[str, ...]
    bring: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    areas: tuple[str, ...]
    room: tuple[str, ...]
    paid_by: tuple[str, ...]
    themes: tuple[tuple[str, str], ...]
    terms: tuple[str, ...]
    confirmed: str
    put_right: str
    silence: tuple[str, ...]
    warnings: tuple[str, ...]
    check_by: str


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    """What the page of an organization says, and what it offers."""

    organization: Organization
    title: str
    paragraphs: tuple[str, ...]
    phones: tuple[Number, ...]
    people: tuple[Person, ...]
    spots: tuple[Spot, ...]
    identifiers: tuple[tuple[str, str], ...]
    paid_by: tuple[str, ...]
    part_of: Organization | None
    branches: tuple[Organization, ...]
    programs: tuple[tuple[str, str], ...]
    listings: tuple[int, ...]


def service_page(pk: UUID, *, at: datetime) -> ServicePage | None:
    """The page of a service, closed ones too; None where there is none."""
    service = (
        Service.objects.for_page(pk)
        .prefetch_related(
            "organization__phones",
            "service_at_locations__location__schedules",
            "service_at_locations__location__languages",
            "service_at_locations__contacts__phones",
        )
        .first()
    )
    if service is None:
        return None
    if service.organization.merged_into:
        service.organization = service.organization.merged_into
    links = list(service.service_at_locations.all())
    links_in_order = sorted(links, key=lambda link: not link.is_intake)  # where to go first comes first
    own = [schedule for schedule in service.schedules.all() if schedule.service_at_location_id is None]
    everywhere = [*own, *(schedule for link in links for schedule in schedules_of(link, own))]
    times = times_of(dict.fromkeys(everywhere))
    listing = Listing.objects.filter(service=service).defer("words").first()
    contacts = [*service.contacts.all(), *(contact for link in links for contact in link.contacts.all())]
    languages = [
        *service.languages.all(),
        *(each for link in links for each in link.location.languages.all()),
    ]
    return ServicePage(
        service=service,
        title=describe.calm(service.name),
        also=service.alternate_name,
        kind=Kind(listing.kind if listing else service.kind),
        organization=describe.calm(service.organization.name),
        status=service.get_status_display(),
        running=service.status == Status.ACTIVE,
        paragraphs=tuple(describe.paragraphs(service.description)),
        expect=tuple(describe.paragraphs(service.what_to_expect)),
        visits=shown(service.pk),
        times=tuple(opening_words.when(times_of(own))),
        times_notes=_notes(everywhere),
        open_now=opening.is_open(times, at) if service.status == Status.ACTIVE else False,
        next_time=_next_time(times, at),
        spots=tuple(
            spot(link.location, link, own) for link in links_in_order if not is_virtual(link.location)
        ),
        online=any(is_virtual(link.location) for link in links),
        phones=numbers(service.phones.all(), service.text_number),
        organization_phones=numbers(service.organization.phones.all()),
        people=people(contacts),
        cost=describe.cost(
            [
                (option.amount, option.currency, option.option, option.amount_description)
                for option in service.cost_options.all()
                if not (option.valid_to and option.valid_to < at.date())
            ],
            service.fees_description,
        ),
        who=tuple(
            part
            for part in (
                describe.ages(service.minimum_age, service.maximum_age),
                *describe.paragraphs(service.eligibility_description),
            )
            if part
        ),
        getting_in=tuple(describe.paragraphs(service.application_process)),
        bring=tuple((document.document, document.uri) for document in service.required_documents.all()),
        languages=_languages(languages, service.interpretation_services),
        areas=tuple(dict.fromkeys(area.name or area.description for area in service.service_areas.all())),
        room=describe.room(service.capacities.all(), service.wait_time),
        paid_by=tuple(funding.source for funding in service.funding.all() if funding.source),
        themes=_themes(service.themes.all()),
        terms=_terms(service.pk),
        put_right=last_word(service.pk),
        confirmed=describe.confirmed(
            service.assured_date, service.assurer_email, service.get_assured_how_display()
        ),
        warnings=warnings(service.pk, at=at),
        silence=describe.silence(service.standing, service.assured_date),
        check_by=_check_by(service, listing.kind if listing else service.kind, at),
    )


def organization_page(pk: UUID) -> OrganizationPage | None:
    """The page of an organization; None where there is none."""
    organization = (
        Organization.objects.filter(pk=pk)
        .select_related("parent_organization", "source", "merged_into")
        .prefetch_related(
            "phones",
            Prefetch("contacts", Contact.objects.prefetch_related("phones")),
            "identifiers",
            "funding",
            "programs",
            "branches",
            "locations__addresses",
            "locations__accessibility",
            "locations__phones",
            "locations__schedules",
        )
        .first()
    )
    if organization is None:
        return None
    mine = Q(service__organization=organization) | Q(service__organization__merged_into=organization)
    listed = Listing.objects.filter(mine, service__merged_into=None).order_by(
        "service__name", "service_id", "pk"
    )
    first_of: dict[UUID, int] = {}
    for listing, service in listed.values_list("pk", "service_id"):
        first_of.setdefault(service, listing)
    return OrganizationPage(
        organization=organization,
        title=describe.calm(organization.name),
        paragraphs=tuple(describe.paragraphs(organization.description)),
        phones=numbers(organization.phones.all()),
        people=people(organization.contacts.all()),
        spots=tuple(spot(place, None, []) for place in organization.locations.all() if not is_virtual(place)),
        identifiers=tuple(
            (each.identifier_type or each.identifier_scheme, each.identifier)
            for each in organization.identifiers.all()
        ),
        paid_by=tuple(funding.source for funding in organization.funding.all() if funding.source),
        part_of=organization.parent_organization,
        branches=tuple(organization.branches.all()),
        programs=tuple((program.name, program.description) for program in organization.programs.all()),
        listings=tuple(first_of.values()),
    )


def _notes(schedules: Iterable[Schedule]) -> tuple[str, ...]:
    """What is written about times beside the rules themselves."""
    said = [
        AsWritten(text)
        for each in schedules
        for text in (each.notes, each.description if each.freq else "")
        if text
    ]
    return tuple(dict.fromkeys(said))


def _next_time(times: Sequence[Times], at: datetime) -> str:
    """The next time that it begins, for what is on now and then; empty for what is open most days."""
    if opening.weekdays(times).bit_count() > 3:
        return ""
    upcoming = opening.next_times(times, at, 1)
    if not upcoming:
        return ""
    local = upcoming[0][0].astimezone(opening.zone(times[0].timezone))
    return f"{dates.this_year(local.date())}, {opening_words.clock(local.time())}"


def _languages(languages: Iterable[Language], interpreting: str) -> tuple[str, ...]:
    named = [_language(each) for each in languages]
    return tuple(dict.fromkeys(part for part in (*named, AsWritten(interpreting)) if part))


def _language(each: Language) -> str:
    """Its name in the language of the page where we know it, and what is written beside it."""
    code = code_of(each.name, each.code)
    english = each.name or each.code
    name = english if current() == ENGLISH or not code else name_of(code, current())
    return AsWritten(f"{name} ({each.note})") if each.note else name


def _check_by(service: Service, kind: str, at: datetime) -> str:
    """By when what was last confirmed has to be confirmed again, or had to be; empty where nobody ever did."""
    themes = [tag.theme_id for tag in service.themes.all() if tag.applies]
    day = freshness.due_on(service.assured_date, paces()[freshness.risk_of(kind, themes)])
    if day is None:
        return ""
    words = (
        _("We check it again by %(day)s.")
        if day > at.date()
        else _("It has been due for a check since %(day)s.")
    )
    return words % {"day": dates.day(day)}


def _themes(tags: Iterable[ServiceTheme]) -> tuple[tuple[str, str], ...]:
    words = vocabulary().themes
    return tuple(
        (tag.theme_id, words[tag.theme_id].label) for tag in tags if tag.applies and tag.theme_id in words
    )


def _terms(service: UUID) -> tuple[str, ...]:
    rows = Attribute.objects.filter(link_id=service, link_entity="service", taxonomy_term__isnull=False)
    return tuple(
        dict.fromkeys(rows.order_by("taxonomy_term__name").values_list("taxonomy_term__name", flat=True))
    )
