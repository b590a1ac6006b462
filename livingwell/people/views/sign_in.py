"""Signing in and out: an address, a code that comes back, and a second step for staff."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import (
    perform_login,
    perform_password_login,
    record_authentication,
)
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livingwell.core.actions import count
from livingwell.core.errors import Refusal
from livingwell.core.http import at_most
from livingwell.messaging.addresses import masked
from livingwell.messaging.models import Channel
from livingwell.people import actions, permissions, proof
from livingwell.people.codes import GOOD_FOR, TRIES, Challenge, challenge_of
from livingwell.people.forms import CodeForm, PasswordForm, SignInForm
from livingwell.people.invented import INVENTED, TRY_AS
from livingwell.people.views.carrying import carried, carrying

if TYPE_CHECKING:
    from django.http import HttpRequest

    from livingwell.people.models import Account

CHALLENGE = "sign-in code"
NEXT = "sign-in next"
ADDING = "sign-in adds"


def safe_next(request: HttpRequest, wanted: str) -> str:
    """Where to go on, if that is on this site; else nothing."""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""


def _and_next(name: str, wanted: str) -> HttpResponseRedirect:
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return HttpResponseRedirect(reverse(name) + query)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_most("CODES_PER_TEN_MINUTES", within=timedelta(minutes=10))
@carrying
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an e-mail address or a mobile number, and send a code there. Known or not, the answer is the same."""
    wanted = safe_next(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method != "POST":
        if request.user.is_authenticated:
            return HttpResponseRedirect(wanted or reverse("people:after"))
        return _sign_in_page(request, SignInForm(initial={"next": wanted}), wanted)
    if carried(request) and "address" not in request.POST:  # on their way, with what they want to keep
        return _sign_in_page(request, SignInForm(initial={"next": wanted}), wanted)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form, wanted, status=422)
    channel, address = form.cleaned_data["address"]
    try:
        challenge = actions.send_code(channel, address, by="sign-in", at=timezone.now())
    except Refusal as refusal:
        form.add_error("address", str(refusal))
        return _sign_in_page(request, form, wanted, status=429)
    keep(request, challenge, wanted)
    return HttpResponseRedirect(reverse("people:code"))


def _sign_in_page(request: HttpRequest, form: SignInForm, wanted: str, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "next": wanted,
        "try_as": TRY_AS if settings.DEMONSTRATION else (),
        "providers": settings.SOCIALACCOUNT_PROVIDERS["oidc"]["APPS"],
    }
    return render(request, "people/sign_in.jinja", context, status=status)


def keep(request: HttpRequest, challenge: Challenge, wanted: str, *, adding: bool = False) -> None:
    """Note in the session which code was sent, where to go on, and whether it proves a new address of one's own."""
    request.session[CHALLENGE] = challenge.kept()
    request.session[NEXT] = wanted
    request.session[ADDING] = adding


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@carrying
def code(request: HttpRequest) -> HttpResponse:
    """Take the code that was sent, and begin a session, or note that somebody has just proven who they are."""
    at = timezone.now()
    challenge = challenge_of(request.session.get(CHALLENGE))
    if challenge is None:
        return HttpResponseRedirect(reverse("people:sign-in"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        tried = count("code", challenge.id, within=GOOD_FOR * 2, at=at)
        if challenge.is_over(at) or tried > TRIES:
            request.session.pop(CHALLENGE)
            return render(request, "people/code_over.jinja", status=410)
        if challenge.fits(form.cleaned_data["code"]):
            return _proven(request, challenge)
        form.add_error("code", _not_that(TRIES - tried))
    context = {"form": form, "to": masked(challenge.channel, challenge.address), "channel": challenge.channel}
    return render(request, "people/code.jinja", context, status=422 if form.errors else 200)


def _not_that(left: int) -> str:
    if not left:
        return _("That is not the code we sent. Ask for a new one.")
    more = ngettext("You can try once more.", "You can try %(count)s more times.", left) % {"count": left}
    return _("That is not the code we sent. Check it.") + " " + more


def _proven(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    request.session.pop(CHALLENGE)
    wanted = safe_next(request, request.session.pop(NEXT, ""))
    adding = request.session.pop(ADDING, False)
    if request.user.is_authenticated:
        own = request.user
        if adding:
            actions.add_address(own, challenge.channel, challenge.address)
        elif challenge.address in {own.email, own.phone}:
            record_authentication(request, own, method="code", reauthenticated=True)
        return HttpResponseRedirect(wanted or reverse("people:account"))
    account = actions.account_for(challenge.channel, challenge.address)
    email = account.email if challenge.channel == Channel.EMAIL else None
    record_authentication(request, account, method="code", email=email)
    login = Login(user=account, email=email, redirect_url=wanted or None)
    answer: HttpResponse = perform_login(request, login)
    return answer


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@at_most("CODES_PER_TEN_MINUTES", within=timedelta(minutes=10))
@carrying
def password(request: HttpRequest) -> HttpResponse:
    """Sign in with a password, for whoever chose to have one."""
    wanted = safe_next(request, request.POST.get("next") or request.GET.get("next") or "")
    on_their_way = bool(carried(request)) and "address" not in request.POST
    form = PasswordForm(None if on_their_way else request.POST or None, initial={"next": wanted})
    if form.is_bound and form.is_valid():
        channel, address = form.cleaned_data["address"]
        said = {"phone" if channel == Channel.TEXT else "email": address}
        try:
            account = get_adapter().authenticate(request, **said, password=form.cleaned_data["password"])
            if account is None:
                raise get_adapter().validation_error("email_password_mismatch")
        except ValidationError as error:
            form.add_error(None, error)
        else:
            login = Login(user=account, email=said.get("email"), redirect_url=wanted or None)
            answer: HttpResponse = perform_password_login(request, said, login)
            return answer
    return render(
        request, "people/password.jinja", {"form": form, "next": wanted}, status=422 if form.errors else 200
    )


@require_safe
@login_required
def after(request: HttpRequest) -> HttpResponse:
    """Where somebody lands who only wanted to sign in: at their work, be it people or entries, or at their account."""
    at = timezone.now()
    if permissions.works_with_people(request.user, at=at):
        return HttpResponseRedirect("/walking-with/")
    works = permissions.may_verify(request.user, at=at)
    return HttpResponseRedirect("/keeping/" if works else reverse("people:account"))


@never_cache
@require_safe
@login_required
def second_step(request: HttpRequest) -> HttpResponse:
    """Staff take a second step, with what they have; or are shown how to get one."""
    wanted = safe_next(request, request.GET.get("next", ""))
    if proof.second_step_taken(request):
        return HttpResponseRedirect(wanted or reverse("people:after"))
    if proof.has_second_step(cast("Account", request.user)):
        return _and_next("people:prove", wanted)
    return render(request, "people/second_step.jinja", {"next": wanted})


@never_cache
@require_safe
@login_required
def prove(request: HttpRequest) -> HttpResponse:
    """Somebody about to do something grave shows once more who they are, in the best way they have."""
    wanted = safe_next(request, request.GET.get("next", ""))
    best = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
    return HttpResponseRedirect(f"{best}?{urlencode({'next': wanted})}" if wanted else best)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_most("CODES_PER_TEN_MINUTES", within=timedelta(minutes=10))
@login_required
def prove_by_code(request: HttpRequest) -> HttpResponse:
    """Send a code to one's own address, to show that one still sits there."""
    own = cast("Account", request.user)
    wanted = safe_next(request, request.POST.get("next") or request.GET.get("next") or "")
    channel, address = (Channel.EMAIL, own.email) if own.email else (Channel.TEXT, own.phone)
    if request.method == "POST":
        keep(request, actions.send_code(channel, address, by=str(own.pk), at=timezone.now()), wanted)
        return HttpResponseRedirect(reverse("people:code"))
    return render(request, "people/prove.jinja", {"next": wanted, "to": masked(channel, address)})


@require_POST
@carrying
def as_invented(request: HttpRequest, who: str) -> HttpResponse:
    """One press signs in as somebody invented. There is no such page outside the demonstration."""
    if not settings.DEMONSTRATION or who not in {one.slug for one in INVENTED}:
        raise Http404
    one = next(one for one in INVENTED if one.slug == who)
    account = actions.let_in(one, at=timezone.now())
    record_authentication(request, account, method="demonstration")
    wanted = safe_next(request, request.POST.get("next", "")) or reverse(one.lands)
    answer: HttpResponse = perform_login(request, Login(user=account, redirect_url=wanted))
    return answer
