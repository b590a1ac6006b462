"""My list: what somebody kept, on screen, on paper, by text and by e-mail; and the short addresses that lead back."""

from __future__ import annotations

from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from livingwell.core.errors import Refusal
from livingwell.core.http import HOUR, too_often
from livingwell.core.pictures import qr
from livingwell.core.templating import site, site_url
from livingwell.core.views import forbidden
from livingwell.directory.queries.pages import service_page
from livingwell.handouts import actions, chosen, codes, letters, paper
from livingwell.handouts.forms import EmailForm, TextForm
from livingwell.handouts.queries import Entry, entries, gone, service_of, services_of
from livingwell.messaging.models import Channel
from livingwell.messaging.queries import can_send, only_pretends

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest

    View = Callable[..., HttpResponse]
    Made = Callable[[str, dict[str, object]], bytes]

FORMS: Final = {Channel.TEXT: TextForm, Channel.EMAIL: EmailForm}


def from_our_own_page(view: View) -> View:
    """Only forms of ours may change a list. The origin says so, not a token, so a page that offers it can be cached.

    Whoever merely comes by is shown the list.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return redirect("handouts:list")
        origin = request.headers.get("Origin") or request.headers.get("Referer", "")
        if urlsplit(origin).netloc not in {request.get_host(), urlsplit(settings.SITE_URL).netloc} - {""}:
            return forbidden(request, PermissionError())
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)


def listed(request: HttpRequest) -> chosen.Chosen:
    """What stands on the list of whoever asks."""
    return getattr(request, "my_list", ())


@from_our_own_page
def keep(request: HttpRequest) -> HttpResponse:
    """Keep something or take it off (the middleware has done it), and go back to the same place."""
    asked = chosen.ids([*request.POST.getlist("keep"), *request.POST.getlist("unkeep")])
    if request.headers.get("Accept") == "application/json":
        now = listed(request)
        return JsonResponse({"number": len(now), "kept": bool(asked and asked[0] in now)})
    came_from = urlsplit(request.headers.get("Referer", ""))
    ours = came_from.netloc == request.get_host() and not came_from.path.startswith("//")
    full = len(listed(request)) >= chosen.MOST and not set(asked) & set(listed(request))
    back = ""
    if asked and ours and "no_way_back" not in request.POST:
        back = came_from._replace(scheme="", netloc="", fragment=f"keep-{asked[0]}").geturl()
    if back and not full:
        look = "" if request.COOKIES else f"{reverse('handouts:kept')}?{urlencode({'back': back})}"
        return redirect(look or back)
    return render(request, "handouts/kept.jinja", {"full": full, "most": chosen.MOST, "back": back})


@require_safe
@cache_control(private=True, no_store=True)
def kept(request: HttpRequest) -> HttpResponse:
    """On the way back after the first thing was kept: whether the browser holds the list at all."""
    back = request.GET.get("back", "")
    if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)):
        back = reverse("handouts:list")
    if listed(request):
        return redirect(back)
    return render(request, "handouts/kept.jinja", {"no_cookies": True, "back": back})


@from_our_own_page
def change(request: HttpRequest) -> HttpResponse:
    """Put the list in another order, or empty it."""
    now = listed(request)
    moved = ""
    for name, by in (("up", -1), ("down", 1)):
        for service in chosen.ids(request.POST.getlist(name)):
            now = chosen.moved(now, service, by)
            moved = f"#entry-{service}"
    for service in chosen.ids(request.POST.getlist("take")):
        now = chosen.kept(now, service)
    if "empty" in request.POST:
        now = ()
    request.my_list = now  # type: ignore[attr-defined]
    return redirect(f"{reverse('handouts:list')}{moved}")


@require_safe
@cache_control(private=True, no_store=True)
def my_list(request: HttpRequest) -> HttpResponse:
    """What is on the list, in its order."""
    shown = entries(listed(request))
    context = {"entries": shown, "gone": gone(listed(request), shown), "can_print": paper.can_be_made()}
    return render(request, "handouts/list.jinja", context)


@require_safe
@cache_control(private=True)
def from_paper(request: HttpRequest) -> HttpResponse:
    """The list that a square on paper leads to. Whoever likes can make it their own."""
    asked = [codes.as_typed(code) for code in request.GET.get("s", "").split(".")][: chosen.MOST]
    services = services_of(asked)
    shown = entries(services)
    return render(request, "handouts/from_paper.jinja", {"entries": shown, "gone": gone(services, shown)})


@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """The page that a short address leads to."""
    service = service_of(codes.as_typed(code))
    if service is None:
        raise Http404
    return redirect("directory:service", pk=service)


@require_safe
@cache_control(private=True, no_store=True)
def list_pdf(request: HttpRequest) -> HttpResponse:
    """The list for paper."""
    return _list_on(request, paper.large, "handouts/list_paper.jinja", _("my-list"))


@require_safe
@cache_control(private=True, no_store=True)
def list_folded(request: HttpRequest) -> HttpResponse:
    """The list on one sheet, to fold in the middle."""
    return _list_on(request, paper.folded, "handouts/list_folded.jinja", _("my-list"))


def _list_on(request: HttpRequest, made: Made, template: str, name: str) -> HttpResponse:
    shown = entries(listed(request))
    if not shown:
        return redirect("handouts:list")
    words = actions.short_addresses(entry.service_id for entry in shown)
    address = f"{_site(request)}{reverse('handouts:from-paper')}?s={'.'.join(words[each.service_id] for each in shown)}"
    context: dict[str, object] = {
        "entries": shown,
        "gone": gone(listed(request), shown),
        "links": _links(request, shown),
        "qr": qr(address, border=0),
    }
    return _pdf(request, made, template, context, name)


@require_safe
@cache_control(private=True)
def leaflet_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One service for paper."""
    return _leaflet_on(request, pk, paper.pdf, "handouts/leaflet_paper.jinja")


@require_safe
@cache_control(private=True)
def leaflet_folded(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One service on one sheet, to fold in the middle."""
    return _leaflet_on(request, pk, paper.folded, "handouts/leaflet_folded.jinja")


def _leaflet_on(request: HttpRequest, pk: UUID, made: Made, template: str) -> HttpResponse:
    page = service_page(pk, at=timezone.now())
    shown = entries([pk])
    if page is None or not shown:
        raise Http404
    link = _links(request, shown)[pk]
    context = {"page": page, "entry": shown[0], "link": link, "qr": qr(f"{_scheme(request)}{link}", border=0)}
    return _pdf(request, made, template, context, _("leaflet"))


def _pdf(
    request: HttpRequest, made: Made, template: str, context: dict[str, object], name: str
) -> HttpResponse:
    if not paper.can_be_made():
        return render(request, "handouts/no_paper.jinja", status=503)
    pages = made(template, {**site(request), **context, "printed_on": timezone.localdate()})
    response = HttpResponse(pages, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def send_list(request: HttpRequest, channel: str) -> HttpResponse:
    """Text or e-mail the list to oneself."""
    shown = entries(listed(request))
    if not shown:
        return redirect("handouts:list")
    return _send(request, Channel(channel), shown, reverse("handouts:list"))


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def send_service(request: HttpRequest, pk: UUID, channel: str) -> HttpResponse:
    """Text or e-mail one service to oneself."""
    shown = entries([pk])
    if not shown:
        raise Http404
    return _send(request, Channel(channel), shown, shown[0].card.url)


def _send(request: HttpRequest, channel: Channel, shown: Sequence[Entry], back: str) -> HttpResponse:
    if not can_send(channel):
        raise Http404
    links = _links(request, shown)
    words = letters.words(channel, shown, links, _scheme(request))
    form = FORMS[channel](request.POST or None, initial={"occasion": uuid4()})
    context = {"form": form, "channel": channel, "words": words, "entries": shown, "back": back}
    context["pretends"] = only_pretends(channel)
    status = 422
    if request.method == "POST" and form.is_valid() and too_often(request, "HANDOUTS_PER_HOUR", within=HOUR):
        form.add_error(
            "to", _("Too much has gone out from where you are. Try again in an hour, or print it.")
        )
        status = 429
    elif form.is_valid():
        try:
            actions.send(
                channel,
                form.cleaned_data["to"],
                words.subject,
                words.bodies,
                occasion=str(form.cleaned_data["occasion"]),
                most=settings.HANDOUTS_PER_ADDRESS_A_DAY,
                within=timedelta(days=1),
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("to", str(refusal))
        else:
            return render(request, "handouts/sent.jinja", context)
    return render(request, "handouts/send.jinja", context, status=status if form.errors else 200)


def _links(request: HttpRequest, shown: Sequence[Entry]) -> dict[UUID, str]:
    """The short address of each, as it is printed: without https://."""
    host = _site(request).partition("://")[2]
    words = actions.short_addresses(entry.service_id for entry in shown)
    return {service: f"{host}{reverse('short', args=[word])}" for service, word in words.items()}


def _site(request: HttpRequest) -> str:
    return site_url(request)


def _scheme(request: HttpRequest) -> str:
    return "".join(_site(request).partition("://")[:2])
