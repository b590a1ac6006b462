"""Editing an entry, a few boxes on each page: by editors, and by its own people, whose gravest changes wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from livingwell.core.errors import Refusal
from livingwell.directory.actions.adding import add as add_entry
from livingwell.directory.actions.editing import ChangedMeanwhile, change
from livingwell.directory.actions.rows import Unfit
from livingwell.directory.actions.versions import number_of
from livingwell.directory.models import How, Service, Version
from livingwell.directory.queries.sheet import sheet_of
from livingwell.keeping import sections
from livingwell.keeping.access import keeper, kept_by, staff, who
from livingwell.keeping.actions import answers
from livingwell.keeping.actions.proposals import propose
from livingwell.keeping.forms.answers import RoomForm
from livingwell.keeping.forms.editing import NewForm, SectionForm
from livingwell.keeping.models import Proposal
from livingwell.keeping.queries.keepers import shared_places
from livingwell.people.permissions import may_edit_the_directory

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from livingwell.keeping.queries.keepers import Keeper

READ = ["GET", "HEAD", "POST"]


@dataclass
class _Try:
    """One go at saving a section: what the page then shows."""

    version: int
    heard: str = ""
    read_back: list[tuple[str, list[str]]] = field(default_factory=list)
    both: list[tuple[str, str, str]] = field(default_factory=list)
    waits: bool = False
    saved: bool = False


@require_safe
@kept_by
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the entry says, section by section."""
    service = get_object_or_404(Service, pk=pk)
    sheet = sheet_of(pk)
    parts = [(slug, str(label), _shown(slug, sheet, service)) for slug, label in sections.SECTIONS.items()]
    context = {
        "service": service,
        "parts": parts,
        "keeper": keeper(request),
        "waiting": Proposal.objects.waiting().filter(service=service).count(),
        "saved": request.GET.get("saved", ""),
    }
    return render(request, "keeping/edit.jinja", context)


@require_http_methods(READ)
@kept_by
def section(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """One section. Where somebody else changed it meanwhile both are shown, and nothing typed is lost."""
    service = get_object_or_404(Service, pk=pk)
    by = keeper(request)
    if slug not in sections.SECTIONS or by is None:
        raise Http404
    if slug == "room":
        return _room(request, service, by)
    sheet = sheet_of(pk)
    boxes = sections.boxes(slug, sheet)
    data = request.POST if request.method == "POST" else None
    form = SectionForm(boxes, data)
    typed = data.get("version", "") if data else ""
    version = int(typed) if typed.isdecimal() and len(typed) < 9 else number_of(pk)
    attempt = _Try(version)
    if data is not None and form.is_valid():
        _save(request, service, slug, form, sheet, by, attempt)
        if attempt.saved:
            apart = service.is_confidential and slug == "where"
            return redirect(
                f"/keeping/entries/{pk}/edit/?saved={'waits' if attempt.waits else 'apart' if apart else 'yes'}"
            )
    context = {
        "service": service,
        "slug": slug,
        "label": sections.SECTIONS[slug],
        "boxes": boxes,
        "form": form,
        "attempt": attempt,
        "keeper": by,
        "waits": () if by.is_editor else sections.SENSITIVE,
    }
    return render(request, "keeping/edit_section.jinja", context)


def _save(
    request: HttpRequest, service: Service, slug: str, form: SectionForm, sheet: dict[str, Any], by: Keeper,
    attempt: _Try,
) -> None:  # fmt: skip
    at = timezone.now()
    on = timezone.localdate(at)
    base = sections.says(slug, _as_read(service, attempt.version, sheet))
    now = sections.says(slug, sheet)
    said = form.said()
    new = {name: text for name, text in said.items() if text != base.get(name, "")}
    if number_of(service.pk) != attempt.version:
        moved = [name for name, text in now.items() if text != base.get(name, "")]
        labels = {box.name: box.label for box in sections.boxes(slug, sheet)}
        attempt.both = [
            (labels[name], now[name], said.get(name, ""))
            for name in moved
            if name in new and new[name] != now[name]
        ]
        _put(form, {name: now[name] for name in moved if name not in new})
        attempt.version = number_of(service.pk)
        form.add_error(None, str(ChangedMeanwhile(None, sheet)))
        return
    made, unread = sections.values(slug, sheet, new, on=on)
    for each in unread:
        form.add_error(each.box, each.advice)
    hours = {name: text for name, text in new.items() if name.startswith("hours") and text}
    attempt.heard = "\n".join(f"{name}:{text}" for name, text in sorted(hours.items()))
    if unread:
        return
    if hours and sections.tidy(request.POST.get("heard", "")) != sections.tidy(attempt.heard):
        attempt.read_back = [
            (str(form.fields[name].label), sections.understood(text, on=on)) for name, text in hours.items()
        ]
        return
    try:
        _write(service, made, by, attempt)
    except Unfit as unfit:
        form.add_error(unfit.field if unfit.field in form.fields else None, str(unfit))
    except Refusal as refusal:
        form.add_error(None, str(refusal))


def _write(service: Service, made: dict[str, Any], by: Keeper, attempt: _Try) -> None:
    """At once what may be. What is grave, or is said of others' entries too, waits where no editor writes it."""
    at = timezone.now()
    waits: dict[str, Any] = {}
    if not by.is_editor:
        waits = {name: value for name, value in made.items() if name in sections.SENSITIVE}
        places = {
            str(place.get("id", ""))
            for place in made.get("locations", ())
            if set(place) - {"id", "here"} and place.get("id")
        }
        if places and shared_places(places, by.entries or ()):
            waits["locations"] = made["locations"]
    at_once = {name: value for name, value in made.items() if name not in waits}
    how = How.SCREEN if by.is_editor else How(by.how.value)
    if at_once:
        change(service, at_once, by=by.by, how=how, at=at, expected=attempt.version)
    if waits:
        propose(service, waits, how=by.how, by=by.by, at=at)
        attempt.waits = True
    attempt.saved = True


def _put(form: SectionForm, says: dict[str, str]) -> None:
    """Show in boxes that were not touched what somebody else has written there meanwhile."""
    form.data = {**{name: form.data.get(name, "") for name in form.fields}, **says}


def _as_read(service: Service, version: int, now: dict[str, Any]) -> dict[str, Any]:
    """The sheet that whoever writes had before them."""
    if version == number_of(service.pk):
        return now
    found = Version.objects.filter(service=service, number=max(version, 1)).first()
    return found.content if found else now


def _room(request: HttpRequest, service: Service, by: Keeper) -> HttpResponse:
    at = timezone.now()
    form = RoomForm(request.POST if request.method == "POST" else None, on=timezone.localdate(at))
    if form.is_bound and form.is_valid():
        assurer = "" if by.is_editor else by.by
        answers.say_room(service, form.said(), how=by.how, by=by.by, assurer=assurer, at=at)
        return redirect(f"/keeping/entries/{service.pk}/edit/?saved=yes")
    context = {"service": service, "form": form, "keeper": by, "label": sections.SECTIONS["room"]}
    return render(request, "keeping/edit_room.jinja", context)


def _shown(slug: str, sheet: dict[str, Any], service: Service) -> list[str]:
    if slug == "room":
        return [row["description"] for row in sheet["capacities"] if row["description"]]
    if slug in ("where", "in") and service.is_confidential:
        return []
    found = []
    for box in sections.boxes(slug, sheet):
        if not box.says or box.how == "tick":
            continue
        label = dict(box.choices).get(box.says)
        lines = box.says.splitlines()
        found += lines if label is None else [f"{box.label.rstrip('?')}: {label}"]
    return found[:8]


@require_http_methods(READ)
@staff(may_edit_the_directory)
def add(request: HttpRequest) -> HttpResponse:
    """A new entry: its name, who runs it and what it is; then the other sections."""
    form = NewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        made = add_entry(
            said["name"],
            organization=said["organization"],
            kind=said["kind"],
            by=who(request),
            at=timezone.now(),
        )
        return redirect("keeping:edit", pk=made.pk)
    return render(request, "keeping/add.jinja", {"form": form})
