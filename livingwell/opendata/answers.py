"""How the open data answers: JSON for anybody, with one plain sentence where something is wrong."""

from __future__ import annotations

import hashlib
import json
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec

import orjson
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse, StreamingHttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from livingwell.opendata.asked import NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

Rest = ParamSpec("Rest")
ASKED_BY: Final = ("GET", "HEAD", "POST")
MINUTE: Final = 60


class Problem(Exception):
    """Something cannot be answered: the HTTP status, and one sentence that says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def shared(
    view: Callable[Concatenate[HttpRequest, Rest], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    """Every answer of the view, errors too, may be read by any page on the web, and none of them is a web page."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return for_anybody(HttpResponse(status=204))
        if request.method not in ASKED_BY:
            refused = problem(405, "Ask by GET, or by POST with the same parameters.")
            refused.headers["Allow"] = "GET, HEAD, OPTIONS, POST"
            return for_anybody(refused)
        try:
            return for_anybody(view(request, *args, **kwargs))
        except NotUnderstood as error:
            return for_anybody(problem(400, error.sentence, error.parameter))
        except Problem as error:
            return for_anybody(problem(error.status, error.sentence))

    return answered  # type: ignore[return-value]  # csrf_exempt keeps the view's own type


def for_anybody(response: HttpResponseBase) -> HttpResponseBase:
    headers = response.headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS, POST"
    headers["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match, If-Modified-Since"
    headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Retry-After"
    headers["Access-Control-Max-Age"] = "86400"
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def problem(status: int, sentence: str, parameter: str = "") -> HttpResponse:
    said = {"error": sentence} | ({"parameter": parameter} if parameter else {})
    return HttpResponse(orjson.dumps(said), status=status, content_type="application/json")


def too_often() -> HttpResponse:
    """Kindly: nothing is wrong with the asking, only with how often."""
    response = problem(
        429, "That was a lot in a short time. Wait ten minutes, or take everything at once from the package."
    )
    response.headers["Retry-After"] = str(10 * MINUTE)
    return response


def answer(
    request: HttpRequest,
    what: Any,
    *,
    modified: datetime | None = None,
    content_type: str = "application/json",
) -> HttpResponseBase:
    """The thing as JSON, or as the bytes it already is; 304 where the asker has it."""
    content = what if isinstance(what, bytes) else orjson.dumps(what)
    etag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    response = HttpResponse(content, content_type=content_type)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=60" if request.method != "POST" else "no-store"
    since = None
    if modified:
        since = int(modified.timestamp())
        response.headers["Last-Modified"] = http_date(since)
    patch_vary_headers(response, ["Accept-Encoding"])
    if request.method == "POST":
        return response
    found = get_conditional_response(request, etag=etag, last_modified=since, response=response)
    return found or response


def stream(parts: Iterable[bytes], content_type: str, name: str = "") -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type=content_type)
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def given(request: HttpRequest) -> dict[str, list[str]]:
    """The parameters of the address, and those of the body where the question was posted."""
    try:
        found = {name: [str(each) for each in values] for name, values in request.GET.lists()}
        if request.method == "POST":
            found |= _posted(request)
    except RequestDataTooBig:
        raise Problem(413, "That is more than a question needs. Send only the parameters.") from None
    except (MultiPartParserError, UnreadablePostError, SuspiciousOperation, UnicodeError):
        raise NotUnderstood(
            "body", "We cannot read what was sent. Send JSON, or the fields of a form."
        ) from None
    return found


def _posted(request: HttpRequest) -> dict[str, list[str]]:
    if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return {name: [str(each) for each in values] for name, values in request.POST.lists()}
    if not request.body.strip():
        return {}
    sentence = 'Send the parameters as one JSON object, such as {"search": "singing"}.'
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise NotUnderstood("body", sentence) from None
    if not isinstance(body, dict):
        raise NotUnderstood("body", sentence)
    return {str(name): _texts(str(name), value) for name, value in body.items() if value is not None}


def _texts(name: str, value: object) -> list[str]:
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, str | int | float):
        return [str(value)]
    if isinstance(value, list) and all(isinstance(each, str | int | float) for each in value):
        return [text for each in value for text in _texts(name, each)]
    raise NotUnderstood(name, f"{name} is one value, or a list of values.")
