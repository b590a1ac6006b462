"""Asking what is around, in one's own words or by picking themes; and the answer."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from livingwell.core.http import at_most
from livingwell.directory.actions import looked_for
from livingwell.suggestions import queries
from livingwell.suggestions.forms import AskForm


@require_http_methods(["GET", "HEAD", "POST"])
@at_most("STORIES_PER_TEN_MINUTES", within=timedelta(minutes=10))
@cache_control(private=True)
def suggest(request: HttpRequest) -> HttpResponse:
    """The answer to a story. It comes by POST only and is answered at once: no address, log or table ever holds it."""
    if request.method != "POST":
        return render(request, "suggestions/ask.jinja", {"form": AskForm()})
    form = AskForm(request.POST)
    if not form.is_valid():
        return render(request, "suggestions/ask.jinja", {"form": form}, status=422)
    page = queries.page(form.cleaned_data, on=timezone.localdate())
    if page.in_vain:
        looked_for.count(page.sought, place=page.near, on=timezone.localdate())
    return render(request, "suggestions/results.jinja", {"form": form, "page": page})


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """Ways in without words: the themes by group, to tick."""
    picked = request.GET.getlist("theme")
    return render(
        request,
        "suggestions/themes.jinja",
        {"groups": queries.theme_groups(), "picked": picked, "form": AskForm()},
    )
