"""The same thing twice: pairs to look at, two side by side, made one, and made two again."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from livingwell.directory.actions import doubling, merging
from livingwell.directory.models import Double, Merge
from livingwell.directory.queries import doubles as queries
from livingwell.keeping.access import staff, who
from livingwell.people.permissions import may_edit_the_directory


@require_safe
@staff(may_edit_the_directory)
def doubles(request: HttpRequest) -> HttpResponse:
    return render(
        request, "keeping/doubles.jinja", {"pairs": queries.to_look_at(), "waiting": queries.waiting()}
    )


@require_safe
@staff(may_edit_the_directory)
def double(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Two side by side. `keep=other`: the other way round."""
    pair = queries.pair(pk)
    if pair is None:
        raise Http404
    turned = request.GET.get("keep") == "other"
    kept, other = (pair.other, pair.one) if turned else (pair.one, pair.other)
    fields = queries.fields(pair.thing, kept.id, other.id)
    context = {"pair": pair, "kept": kept, "other": other, "fields": fields, "turned": turned}
    return render(request, "keeping/double.jinja", context)


@require_POST
@staff(may_edit_the_directory)
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    pair = queries.pair(pk)
    if pair is None:
        raise Http404
    turned = request.POST.get("keep") == "other"
    kept, other = (pair.other, pair.one) if turned else (pair.one, pair.other)
    choose = [
        field.name
        for field in queries.fields(pair.thing, kept.id, other.id)
        if request.POST.get(f"field-{field.name}") == "other"
    ]
    merging.merge(pair.thing, kept.id, other.id, choose=choose, by=who(request), at=timezone.now())
    return redirect("keeping:merged")


@require_POST
@staff(may_edit_the_directory)
def different(request: HttpRequest, pk: UUID) -> HttpResponse:
    doubling.say_different(get_object_or_404(Double, pk=pk), by=who(request), at=timezone.now())
    return redirect("keeping:doubles")


@require_safe
@staff(may_edit_the_directory)
def merged(request: HttpRequest) -> HttpResponse:
    return render(request, "keeping/merged.jinja", {"merged": queries.merged()})


@require_POST
@staff(may_edit_the_directory)
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    merging.undo(get_object_or_404(Merge, pk=pk), by=who(request), at=timezone.now())
    return redirect("keeping:merged")
