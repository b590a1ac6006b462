"""One's own account: what we call you, how to sign in, where you are signed in, what you do here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livingwell.core.errors import Refusal
from livingwell.core.http import at_most
from livingwell.people import actions, permissions, proof, queries
from livingwell.people.forms import NameForm, SignInForm
from livingwell.people.proof import prove_again
from livingwell.people.views.sign_in import keep

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from livingwell.people.models import Account


def _own(request: HttpRequest) -> Account:
    return cast("Account", request.user)


@never_cache
@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """The page of one's own account."""
    at = timezone.now()
    page = queries.account_page(_own(request), at)
    invites = bool(permissions.may_invite_to(_own(request), None, at=at))
    providers = settings.SOCIALACCOUNT_PROVIDERS["oidc"]["APPS"]
    context = {"page": page, "invites": invites, "providers": providers}
    return render(request, "people/account.jinja", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def name(request: HttpRequest) -> HttpResponse:
    """What to call somebody."""
    form = NameForm(request.POST or None, initial={"name": _own(request).name})
    if request.method == "POST" and form.is_valid():
        actions.named(_own(request), form.cleaned_data["name"])
        return HttpResponseRedirect(reverse("people:account"))
    return render(request, "people/name.jinja", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_most("CODES_PER_TEN_MINUTES", within=timedelta(minutes=10))
@login_required
@prove_again
def add_address(request: HttpRequest) -> HttpResponse:
    """Another way for a code to reach somebody. It counts once the code came back."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        channel, address = form.cleaned_data["address"]
        try:
            challenge = actions.send_code(channel, address, by=str(_own(request).pk), at=timezone.now())
        except Refusal as refusal:
            form.add_error("address", str(refusal))
        else:
            keep(request, challenge, "", adding=True)
            return HttpResponseRedirect(reverse("people:code"))
    return render(request, "people/add_address.jinja", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where somebody is signed in, each of which they can end."""
    if request.method == "POST":
        chosen = request.POST.get("session", "")
        if chosen == "all":
            actions.end_sessions(_own(request))
            return HttpResponseRedirect("/")
        if chosen.isdecimal():
            actions.end_session(_own(request), int(chosen[:15]))
        return HttpResponseRedirect(reverse("people:sessions"))
    here = request.session.session_key or ""
    return render(request, "people/sessions.jinja", {"sessions": queries.sessions_of(_own(request), here)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role back, and with it all that it opened."""
    at = timezone.now()
    held = next((one for one in queries.roles_of(_own(request), at) if one.id == pk), None)
    if held is None:
        raise Http404
    if request.method == "POST":
        actions.dismiss(queries.membership(pk), by=str(_own(request).pk), at=at)
        return HttpResponseRedirect("/")
    return render(request, "people/leave.jinja", {"held": held})


@never_cache
@login_required
def add_app(request: HttpRequest) -> HttpResponse:
    """Add an app for codes. Its first code was just typed, so the second step is taken."""
    return _adding(request, totp.activate_totp)


@never_cache
@login_required
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey. It was just used, so the second step is taken."""
    return _adding(request, webauthn.add_webauthn)


def _adding(request: HttpRequest, view: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    own = _own(request)
    before = proof.second_steps(own)
    answer = view(request)
    if proof.second_steps(own) - before:
        record_authentication(request, own, method="mfa", type="new", reauthenticated=True)
    return answer
