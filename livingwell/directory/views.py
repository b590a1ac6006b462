"""The directory's pages: searching it, looking through it, and the page of each service and organization."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from livingwell.core.http import at_most, too_often
from livingwell.core.templating import site_url
from livingwell.directory import drawn, schema_org
from livingwell.directory.actions import looked_for, visits
from livingwell.directory.forms import USUAL_MILES, SearchForm
from livingwell.directory.forms_questions import STEPS, QuestionsForm
from livingwell.directory.forms_visit import VisitForm
from livingwell.directory.models import Service, Status
from livingwell.directory.queries import map as maps
from livingwell.directory.queries.browse import groups, theme_counts
from livingwell.directory.queries.cards import cards
from livingwell.directory.queries.pages import organization_page, service_page
from livingwell.directory.queries.search import COUNTED, PAGE, Found, Wanted, look_up, search
from livingwell.directory.queries.words import is_postcode, place_meant, point, speller
from livingwell.themes import danger
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest
    from markupsafe import Markup

    from livingwell.directory.queries.cards import Card
    from livingwell.directory.queries.words import Point

WIDER: Final = (
    "day",
    "part",
    "free",
    "access",
    "language",
    "online",
    "phone",
    "group",
    "kind",
    "age",
    "within",
)
"""What is let go when somebody widens a search that found nothing: not the words, the theme or the place."""
ON_AN_ORGANIZATION: Final = 100  # services shown on the page of one organization


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results, ready to be shown.

    `meant`: how many were asked for. `beside`: from which of the cards on they are only near to that.
    """

    cards: list[Card]
    meant: int
    many: bool
    beside: int
    page: int
    pages: int
    themes: list[tuple[str, str]]
    any_word: bool
    mended: str
    near: Point | None
    unknown_place: str
    place_meant: str
    in_vain: bool
    """Nothing that was asked for was found, or nothing of it near though a place was given."""


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Search. A need need not stand in an address: the same form is answered when it is posted."""
    posted = request.method == "POST"
    data = (request.POST if posted else request.GET).copy()
    if data:
        data.setdefault("within", USUAL_MILES)
    form = SearchForm(data or None, initial={"within": USUAL_MILES})
    form.is_valid()
    asked = form.asked if form.is_bound else {}
    context: dict[str, object] = {
        "form": form,
        "narrowing": drawn.narrowing(form),
        "posted": posted,
        "asked": asked,
    }
    if asked.keys() - {"exact", "within"}:
        results = _results(form, timezone.now())
        if results.page > results.pages and not posted:
            return redirect(_address(asked, page=results.pages))
        if results.in_vain and results.page == 1:
            said = [str(asked["theme"])] if "theme" in asked else []
            _in_vain(request, [*said, *(slug for slug, _label in results.themes)], str(asked.get("near", "")))
        context |= {
            "results": results,
            "told": drawn.told(results.cards),
            "map": maps.of_cards(results.cards),
            "tiles": settings.MAP_TILES,
            "dangers": {each.kind for each in danger.look(str(asked.get("q", "")))},
            "data": _list_data(request, results.cards),
            "address": _address,
            "theme_label": vocabulary().themes[form.cleaned_data["theme"]].label if "theme" in asked else "",
            "wider": {name: value for name, value in asked.items() if name not in WIDER}
            | ({"within": "25"} if results.near else {}),
            "narrowed": form.narrowed or (results.near is not None and asked.get("within") != "25"),
        }
    else:
        context["groups"] = groups()
    return render(request, "directory/search.jinja", context)


def _in_vain(request: HttpRequest, themes: Iterable[str], place: str) -> None:
    """Count a search that found nothing; not what a browser only fetches ahead, nor a machine that asks all day."""
    ahead = request.method == "HEAD" or "prefetch" in request.headers.get("Sec-Purpose", "")
    if not ahead and not too_often(request, "IN_VAIN_PER_HOUR", within=timedelta(hours=1)):
        looked_for.count(themes, place=place, on=timezone.localdate())


def _pages(found: Found) -> int:
    """How many pages there are of what was found; at least one, and none beyond what is counted."""
    return max(1, -(-min(found.total, COUNTED) // PAGE))


def _results(form: SearchForm, at: datetime) -> Results:
    said = form.cleaned_data
    typed = (said.get("q") or "").strip()
    literal = bool(said.get("exact"))
    place = (said.get("near") or "").strip()
    near = point(place) if place else None
    if not place and not literal and is_postcode(typed) and (near := point(typed)):
        typed = ""  # somebody who wrote only a postcode asks what is near it
    look = look_up(typed, literal=literal)
    mended = typed if look.literal or not typed else speller(look.edition).mend(typed)
    meant = place_meant(place) if place and near is None else ""
    page = said.get("page") or 1
    found = search(form.wanted(words=mended, near=near, at=at), page, look=look)
    labels = vocabulary().themes
    shown = _cards(found, look.edition)
    asked_for = {hit.listing: hit.km for hit in found.hits if not hit.beside}
    return Results(
        cards=shown,
        meant=min(found.meant, COUNTED),
        many=found.meant > COUNTED,
        beside=sum(card.listing_id in asked_for for card in shown),
        page=page,
        pages=_pages(found),
        themes=[(slug, labels[slug].label) for slug in found.themes],
        any_word=found.any_word,
        mended=mended if mended != typed else "",
        near=near,
        unknown_place=place if place and near is None else "",
        place_meant=meant,
        in_vain=not found.meant or (near is not None and all(km is None for km in asked_for.values())),
    )


def _cards(found: Found, number: int | None = None) -> list[Card]:
    away = {hit.listing: hit.km for hit in found.hits}
    return cards([hit.listing for hit in found.hits], away, number=number)


def _address(asked: Mapping[str, object], **changed: object) -> str:
    """The address of a search with some of it changed; None leaves a thing out."""
    said = {name: value for name, value in {**asked, **changed}.items() if value is not None}
    return f"{reverse('directory:search')}?{urlencode(said, doseq=True)}"


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """A way in by short questions, one a screen. The answers travel in the form; nothing of them is kept.

    An address says which question at most (`?go=2`), never an answer.
    """
    form = QuestionsForm(request.POST if request.method == "POST" else {})
    form.is_valid()
    go = (request.POST if request.method == "POST" else request.GET).get("go", "0")
    step = int(go) if go in map(str, range(len(STEPS) + 1)) else 0
    carried = [
        (name, value)
        for number, names in enumerate(STEPS)
        for name in names
        if number != step
        for value in request.POST.getlist(name)
    ]
    context = {"form": form, "step": step, "steps": len(STEPS), "carried": carried}
    if step < len(STEPS):
        fields = [form[name] for name in STEPS[step]]
        return render(request, "directory/question.jinja", context | {"fields": fields})
    return render(request, "directory/questions_answer.jinja", context | _answered(request, form))


def _answered(request: HttpRequest, form: QuestionsForm) -> dict[str, object]:
    """What there is for the answers, page by page."""
    at = timezone.now()
    page = form.cleaned_data.get("page") or 1
    place = str(form.cleaned_data.get("near") or "").strip()
    near = point(place) if place else None
    found = search(form.wanted(near=near, at=at), page)
    if page == 1 and (not found.total or (near is not None and all(hit.km is None for hit in found.hits))):
        _in_vain(request, form.themes, place)
    return {
        "cards": _cards(found),
        "total": min(found.total, COUNTED),
        "many": found.total > COUNTED,
        "page": page,
        "pages": _pages(found),
        "asked": [
            (number, form[STEPS[number][0]].label, form.answered(number)) for number in range(len(STEPS))
        ],
        "unknown_place": place if place and near is None else "",
    }


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """Everything that a service can be about, to look through."""
    return render(request, "directory/themes.jinja", {"groups": groups()})


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is for one theme."""
    if slug not in vocabulary().themes or vocabulary().themes[slug].kind == "offer":
        raise Http404
    chosen = vocabulary().themes[slug]
    page = _page_number(request)
    found = search(Wanted(themes=(slug,), on=timezone.now()), page)
    pages = _pages(found)
    if page > pages:
        return redirect(f"{request.path}?{urlencode({'page': pages})}")
    shown = _cards(found)
    counts = theme_counts()
    near = [*chosen.helped_by, *chosen.related]
    also = [(other, vocabulary().themes[other].label) for other in dict.fromkeys(near) if counts.get(other)]
    context = {
        "theme": chosen,
        "cards": shown,
        "map": maps.of_cards(shown),
        "tiles": settings.MAP_TILES,
        "data": _list_data(request, shown),
        "total": min(found.total, COUNTED),
        "many": found.total > COUNTED,
        "page": page,
        "pages": pages,
        "also": also[:8],
    }
    return render(request, "directory/theme.jinja", context)


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return min(max(int(asked), 1), 500) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1


@require_safe
def service(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page of one service. Of one that has closed for good it says so, and where to look instead."""
    page = service_page(pk, at=timezone.now())
    if page is None:
        raise Http404
    if page.service.merged_into:
        return redirect(page.service.merged_into)  # not for good: browsers would remember it after an undo
    if page.service.status == Status.DEFUNCT:
        return render(request, "directory/closed.jinja", {"page": page}, status=410)
    data = schema_org.of_service(page, site_url(request))
    return render(
        request,
        "directory/service.jinja",
        {
            "page": page,
            "map": maps.of_service(page),
            "tiles": settings.MAP_TILES,
            "data": schema_org.script(data),
        },
    )


@at_most("VISITS_PER_HOUR", within=timedelta(hours=1))
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def been_there(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where somebody who went tells others what to expect."""
    service = get_object_or_404(Service.objects.public(), pk=pk)
    now = timezone.now()
    form = VisitForm(request.POST or None, today=timezone.localdate(now))
    told = request.method == "POST" and form.is_valid()
    if told:
        went_on = date.fromisoformat(form.cleaned_data["went_on"])
        visits.tell(service, form.cleaned_data, went_on=went_on, by="a visitor", at=now)
    return render(request, "directory/been_there.jinja", {"service": service, "form": form, "told": told})


@require_safe
def organization(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page of one organization with what it offers."""
    page = organization_page(pk)
    if page is None:
        raise Http404
    if page.organization.merged_into:
        return redirect(page.organization.merged_into)
    data = schema_org.of_organization(page, site_url(request))
    shown = cards(page.listings[:ON_AN_ORGANIZATION])
    return render(
        request,
        "directory/organization.jinja",
        {
            "page": page,
            "cards": shown,
            "more": len(page.listings) > len(shown),
            "data": schema_org.script(data),
        },
    )


def _list_data(request: HttpRequest, shown: Sequence[Card]) -> Markup | str:
    """What a list says to programs that read the page; nothing where it holds nothing."""
    return schema_org.script(schema_org.of_list(shown, site_url(request))) if shown else ""
