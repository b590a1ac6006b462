"""The front door, and the few pages that say what this is and what it does with what people write."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from livingwell.home import numbers, ways_in
from livingwell.people.invented import TRY_AS


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    context = {"liked": ways_in.LIKED, "hard": ways_in.HARD, "now": numbers.NOW}
    return render(request, "home/front.jinja", context | {"try_as": TRY_AS if settings.DEMONSTRATION else ()})


@require_safe
def numbers_that_matter(request: HttpRequest) -> HttpResponse:
    return render(request, "home/numbers.jinja", {"now": numbers.NOW, "more": numbers.MORE})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "home/about.jinja")


@require_safe
def your_words(request: HttpRequest) -> HttpResponse:
    return render(request, "home/your_words.jinja")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "home/privacy.jinja")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.jinja")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines are welcome: people look for help there first."""
    return render(request, "home/robots.jinja", content_type="text/plain; charset=utf-8")
