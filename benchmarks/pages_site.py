"""The site with one address more: the search page's own template with its context made once and its cards drawn each
time, so that only making the page is left. What a page of this weight costs at the least.
"""

import os
from typing import Any
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.config.settings")

from livingwell.config.wsgi import application

__all__ = ["application", "urlpatterns"]

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from livingwell.config import urls
from livingwell.directory import views

_made: dict[str, dict[str, Any]] = {}


def bare(request: HttpRequest) -> HttpResponse:
    """The page of the search that is asked for first, again and again."""
    if not _made:
        with patch.object(views, "render") as seen:
            seen.return_value = HttpResponse()
            views.index(request)
        _made["page"] = seen.call_args.args[2] | {"told": ()}
    return render(request, "directory/search.jinja", _made["page"])


urlpatterns = [path("bare/", bare), *urls.urlpatterns]
handler404 = urls.handler404
handler500 = urls.handler500
settings.ROOT_URLCONF = "benchmarks.pages_site"
