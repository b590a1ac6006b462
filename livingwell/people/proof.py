"""How well a session has shown who it is: signed in, with a second step, and just now."""

from __future__ import annotations

import time
from functools import wraps
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from livingwell.people.models import Account

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

STAFF_HOURS: Final = 8
JUST_NOW: Final = 10 * 60
SECOND_STEPS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def second_step_taken(request: HttpRequest) -> bool:
    """Whether this session passed a second step within a working day. Needed before any page of staff opens.

    A provider that asks for two steps itself counts where its configuration says so. In the demonstration, and only
    there, an account that was invented needs none.
    """
    if needs_none(request.user):
        return True
    return any(
        _is_second(record) and _age(record) < STAFF_HOURS * 3600
        for record in get_authentication_records(request, _account(request))
    )


def recently_proven(request: HttpRequest) -> bool:
    """Whether whoever sits there has shown within ten minutes who they are, with the second step if they have one."""
    account = _account(request)
    if account is None:
        return False
    if needs_none(account):
        return True
    with_second = has_second_step(account)
    return any(
        _age(record) < JUST_NOW and (not with_second or _is_second(record))
        for record in get_authentication_records(request, account)
    )


def prove_again(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view that does something grave run only for somebody who has just shown who they are."""

    @wraps(view)
    def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not recently_proven(request):
            back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
            return HttpResponseRedirect(f"{reverse('people:prove')}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    return careful


def has_second_step(account: Account) -> bool:
    """Whether somebody has an app or a passkey."""
    return bool(second_steps(account))


def second_steps(account: Account) -> set[int]:
    """The apps and passkeys somebody has, by id."""
    return set(Authenticator.objects.filter(user=account, type__in=SECOND_STEPS).values_list("pk", flat=True))


def _account(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


def needs_none(user: object) -> bool:
    """Whether this is somebody invented, in the demonstration: there, and only there, one press is enough."""
    return bool(settings.DEMONSTRATION and isinstance(user, Account) and user.invented)


def _is_second(record: dict[str, Any]) -> bool:
    if record.get("method") == "socialaccount":
        return record.get("provider") in settings.PROVIDERS_WITH_TWO_STEPS
    return record.get("method") == "mfa"


def _age(record: dict[str, Any]) -> float:
    return time.time() - float(record.get("at", 0))
