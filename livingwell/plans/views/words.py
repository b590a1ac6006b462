"""Writing about oneself, one thing a screen, and seeing what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from livingwell.consent.doors import page as door
from livingwell.consent.models import Part
from livingwell.plans import actions, screens
from livingwell.plans.forms import SectionForm
from livingwell.plans.models import SECTIONS_OF, Section
from livingwell.plans.queries import themes_of
from livingwell.plans.sections import around
from livingwell.suggestions.queries import theme_groups
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from livingwell.consent.doors import Page
    from livingwell.plans.screens import Screen

WHERE = {Part.STORY: "plans:words", Part.PLAN: "plans:plan", Part.CRISIS_CARD: "plans:bad-days"}
"""The page on which each part stands as a whole."""


@require_http_methods(["GET", "HEAD", "POST"])
@door(Part.STORY)
def story(request: HttpRequest, *, page: Page) -> HttpResponse:
    """What matters to somebody, and what was heard in it."""
    return _overview(request, page, Part.STORY)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Part.PLAN)
def plan(request: HttpRequest, *, page: Page) -> HttpResponse:
    """What somebody would like to change, and how to support them."""
    return _overview(request, page, Part.PLAN)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Part.CRISIS_CARD)
def bad_days(request: HttpRequest, *, page: Page) -> HttpResponse:
    """What comes before a bad day, what helps, what does not, and which days are hard."""
    return _overview(request, page, Part.CRISIS_CARD)


def _overview(request: HttpRequest, page: Page, part: Part) -> HttpResponse:
    if request.method == "POST":
        _correct(request, page)
        return HttpResponseRedirect(page.url(WHERE[part]) + "#heard")
    context = {
        "page": page,
        "shown": screens.overview(page, part, earlier=_named(request.GET.get("from"))),
        "parts": [(each, page.url(WHERE[each])) for each in SECTIONS_OF if each in page.sees],
        "changes": part in page.changes,
    }
    return render(request, "plans/overview.jinja", context)


def _correct(request: HttpRequest, page: Page) -> None:
    """Yes, that; or no, not that."""
    for answer, act in (("yes", actions.keep), ("no", actions.refuse)):
        if (theme := request.POST.get(answer, "")) in vocabulary():
            act(page.person, theme, by=page.viewer, at=page.at)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, *, pk: UUID, section: str) -> HttpResponse:
    """One thing to say. Every way on saves what is in the box: to the next, past it, back, to the end."""
    named = _named(section)
    if named is None:
        raise Http404
    return _SECTION[named.part](request, pk=pk, section=named)


def _section(request: HttpRequest, *, page: Page, section: Section) -> HttpResponse:
    if section.part not in page.changes:
        return HttpResponseRedirect(page.url(WHERE[section.part]))
    if request.method != "POST":
        shown = screens.screen(page, section, earlier=_named(request.GET.get("from")))
        form = SectionForm(section, initial={"text": shown.text, "over": shown.version})
        return _section_page(request, page, shown, form)
    earlier = _named(request.POST.get("from"))
    form = SectionForm(section, request.POST)
    if not form.is_valid():
        shown = screens.screen(page, section, earlier=earlier, typed=request.POST.get("text", ""))
        return _section_page(request, page, shown, form, status=422)
    go = request.POST.get("go", "next")
    if go != "theirs":
        try:
            _write(page, section, form, both=go == "both")
        except actions.Meanwhile as meanwhile:
            return _both(request, page, section, form, meanwhile)
    _correct(request, page)
    if "quiet" in request.POST:
        shown = screens.screen(page, section, earlier=earlier)
        form = SectionForm(section, initial={"text": shown.text, "over": shown.version})
        return _section_page(request, page, shown, form)
    return HttpResponseRedirect(_onward(request, page, section, go))


_SECTION = {part: door(part)(_section) for part in SECTIONS_OF}


def _write(page: Page, section: Section, form: SectionForm, *, both: bool) -> None:
    text = form.cleaned_data["text"]
    if both:
        text = f"{screens.screen(page, section).text}\n\n{text}"
    actions.write(page.person, section, text, over=form.cleaned_data["over"], by=page.viewer, at=page.at)


def _both(
    request: HttpRequest, page: Page, section: Section, form: SectionForm, meanwhile: actions.Meanwhile
) -> HttpResponse:
    """Two wrote at once: what stands there now, and what was typed, for them to choose."""
    shown = screens.screen(page, section, typed=form.cleaned_data["text"])
    again = SectionForm(
        section, initial={"text": form.cleaned_data["text"], "over": meanwhile.stands.version}
    )
    again.reason = str(meanwhile)  # type: ignore[attr-defined]
    return _section_page(request, page, shown, again, status=409, clash=meanwhile.stands.text)


def _section_page(
    request: HttpRequest,
    page: Page,
    shown: Screen,
    form: SectionForm,
    *,
    status: int = 200,
    clash: str = "",
) -> HttpResponse:
    context = {
        "page": page,
        "shown": shown,
        "form": form,
        "clash": clash,
        "here": page.url("plans:section", section=shown.section.value),
        "overview": page.url(WHERE[shown.section.part]),
    }
    return render(request, "plans/section.jinja", context, status=status)


def _onward(request: HttpRequest, page: Page, section: Section, go: str) -> str:
    """The address of what comes next."""
    if "yes" in request.POST or "no" in request.POST:
        earlier = _named(request.POST.get("from"))
        query = f"?{urlencode({'from': earlier.value})}" if earlier else ""
        return page.url("plans:section", section=section.value) + query + "#heard"
    before, after = around(section, page.changes)
    there = {"back": before, "stop": None}.get(go, after)
    there_is = page.url("plans:section", section=there.value) if there else page.url(WHERE[section.part])
    return f"{there_is}?{urlencode({'from': section.value})}"


@require_http_methods(["GET", "HEAD", "POST"])
@door(Part.STORY)
def themes(request: HttpRequest, *, page: Page) -> HttpResponse:
    """The themes by group, to add what was not heard."""
    if Part.STORY not in page.changes:
        return HttpResponseRedirect(page.url("plans:words"))
    if request.method == "POST":
        picked = [slug for slug in request.POST.getlist("theme") if slug in vocabulary()]
        actions.pick(page.person, picked, by=page.viewer, at=page.at)
        return HttpResponseRedirect(page.url("plans:words") + "#heard")
    has = {theme.slug for theme in themes_of(page.person, page.viewer, at=page.at)}
    groups = [(group, [theme for theme in ones if theme.slug not in has]) for group, ones in theme_groups()]
    return render(
        request, "plans/themes.jinja", {"page": page, "groups": [each for each in groups if each[1]]}
    )


def _named(name: str | None) -> Section | None:
    return Section(name) if name in Section.values else None
