"""Where entries come from: how each source fares, what it sent last, and adding, changing, pausing one."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livingwell.directory.actions import pull_queue, pulling
from livingwell.directory.models import Source
from livingwell.directory.queries import sources
from livingwell.keeping.access import staff, who
from livingwell.keeping.forms.sources import SourceForm
from livingwell.people.permissions import may_edit_the_directory


@require_safe
@staff(may_edit_the_directory)
def listed(request: HttpRequest) -> HttpResponse:
    found = sources.health(at=timezone.now())
    return render(request, "keeping/sources/list.jinja", {"sources": found})


@require_safe
@staff(may_edit_the_directory)
def one(request: HttpRequest, slug: str) -> HttpResponse:
    health = sources.health_of(slug, at=timezone.now())
    if health is None:
        raise Http404
    return render(
        request,
        "keeping/sources/one.jinja",
        {
            "source": health,
            "readings": sources.readings_of(slug),
            "not_seen": sources.not_seen_of(slug),
            "asked": "asked" in request.GET,
        },
    )


@require_safe
@staff(may_edit_the_directory)
def reading(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    health, found = sources.health_of(slug, at=timezone.now()), sources.reading(slug, number)
    if health is None or found is None:
        raise Http404
    return render(request, "keeping/sources/reading.jinja", {"source": health, "reading": found})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(may_edit_the_directory)
def add(request: HttpRequest) -> HttpResponse:
    form = SourceForm(request.POST or None, taken=set(Source.objects.values_list("slug", flat=True)))
    if request.method == "POST" and form.is_valid():
        kept = pulling.keep_source(form.slug, form.values)
        if form.reads:
            pull_queue.ask_for(kept.slug, by=who(request))
        return _to(kept.slug)
    return render(request, "keeping/sources/form.jinja", {"form": form, "source": None})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(may_edit_the_directory)
def change(request: HttpRequest, slug: str) -> HttpResponse:
    source = _source(slug)
    now = {
        "name": source.name,
        "url": source.url,
        "way": source.way,
        "every_hours": str(source.every_hours),
        "licence": source.licence,
    }
    form = SourceForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        pulling.keep_source(slug, form.values)
        return _to(slug)
    return render(request, "keeping/sources/form.jinja", {"form": form, "source": source})


@require_POST
@staff(may_edit_the_directory)
def pause(request: HttpRequest, slug: str) -> HttpResponse:
    pulling.pause(_source(slug), by=who(request), at=timezone.now())
    return _to(slug)


@require_POST
@staff(may_edit_the_directory)
def go_on(request: HttpRequest, slug: str) -> HttpResponse:
    pulling.go_on(_source(slug))
    return _to(slug)


@require_POST
@staff(may_edit_the_directory)
def read_now(request: HttpRequest, slug: str) -> HttpResponse:
    """The worker reads it, a little later than now."""
    source = _source(slug)
    pull_queue.ask_for(source.slug, by=who(request), whole=request.POST.get("whole") == "yes")
    return HttpResponseRedirect(f"{reverse('keeping:source', kwargs={'slug': slug})}?asked=yes")


def _source(slug: str) -> Source:
    found = Source.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _to(slug: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("keeping:source", kwargs={"slug": slug}))
