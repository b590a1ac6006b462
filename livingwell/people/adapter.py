"""Where allauth asks us: what it says, how it sends, how long a session lasts, and when somebody proves themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from livingwell.core.http import address_of
from livingwell.messaging.actions import send
from livingwell.messaging.models import Channel
from livingwell.people import permissions
from livingwell.people.models import Account
from livingwell.people.proof import STAFF_HOURS, needs_none, recently_proven

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

WRONG: Final = _("That does not match. Check both, or ask for a code instead.")
NOTICES: Final = {
    "account/email/password_changed": _("The password of your account was changed."),
    "account/email/password_set": _("Your account has a password now."),
    "mfa/email/totp_activated": _("An app for codes was added to your account."),
    "mfa/email/totp_deactivated": _("The app for codes was taken off your account."),
    "mfa/email/recovery_codes_generated": _("New spare codes were made for your account."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was taken off your account."),
    "socialaccount/email/account_connected": _("Another way to sign in was added to your account."),
    "socialaccount/email/account_disconnected": _("A way to sign in was taken off your account."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Our answers to allauth's questions about accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": WRONG,
        "phone_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "enter_current_password": _("That is not your present password. Check it and type it again."),
        "incorrect_code": _("That code is not right. Check it and type it again."),
        "incorrect_password": _("That is not your password. Check it and type it again."),
        "too_many_login_attempts": _("That was tried too often. Wait five minutes, then try again."),
        "rate_limited": _("That was tried too often. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by a code that came back, an invitation, or a provider; never by a form of allauth."""
        return True

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Tell somebody about a change of how they sign in. Nothing else of allauth's is ever sent."""
        notice = NOTICES.get(template_prefix)
        if notice is None:
            return
        advice = gettext(
            "If that was you, there is nothing to do. If not, sign in and sign out everywhere else."
        )
        send(
            channel=Channel.EMAIL,
            to=email,
            subject=gettext("A change to how you sign in"),
            body=f"{notice} {advice}",
            key=f"sign-in-notice:{uuid4()}",
            at=timezone.now(),
            by="sign-in",
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        if isinstance(user, Account) and user.email and not user.invented:
            self.send_mail(template_prefix, user.email, context or {})

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Begin a session under a new key; a short one for staff."""
        super().login(request, user)
        at = timezone.now()
        if isinstance(user, Account) and permissions.sees_others(user, at=at):
            request.session.set_expiry(STAFF_HOURS * 3600)
            request.session["keeps"] = permissions.may_verify(user, at=at)
            request.session["walks"] = permissions.works_with_people(user, at=at)
        else:
            request.session.set_expiry(settings.SESSION_COOKIE_AGE)

    def get_phone(self, user: AbstractBaseUser) -> tuple[str, bool] | None:
        return (user.phone, True) if isinstance(user, Account) and user.phone else None

    def get_user_by_phone(self, phone: str) -> AbstractBaseUser | None:
        return Account.objects.filter(phone=phone).exclude(phone="").first()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords are counted for each address, be it an e-mail address or a number."""
        return str(credentials.get("email") or credentials.get("phone") or "")

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        """Somebody who has not shown just now who they are is sent to do so, by code if they have nothing else."""
        if self.request.user.is_authenticated and not recently_proven(self.request):
            raise ReauthenticationRequired
        return False

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Those with a second step use it; others their password or a code."""
        methods = list(super().get_reauthentication_methods(user))
        second = [method for method in methods if str(method["id"]).startswith("mfa")]
        if second or not user.is_authenticated:
            return second
        code = {
            "id": "code",
            "description": gettext("Use a code we send you"),
            "url": reverse("people:prove-by-code"),
        }
        return [*methods, code]


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Our answers to allauth's questions about those who sign in elsewhere."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> AbstractBaseUser:
        """Believe an e-mail address only if the provider has verified it."""
        account: Account = sociallogin.user
        verified = [one.email for one in sociallogin.email_addresses if one.verified is True]
        account.email = verified[0].lower() if verified else ""
        parts = (str(data.get("first_name") or ""), str(data.get("last_name") or ""))
        account.name = str(data.get("name") or " ".join(filter(None, parts)))[:80]
        return account

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Whoever comes for the first time must be reachable, and must not walk into an account of somebody else."""
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        account: Account = sociallogin.user
        known = Account.objects.filter(email=account.email).exclude(email="").exists()
        if known or not account.email:
            page = render(request, "people/code_first.jinja", {"name": sociallogin.provider.name}, status=409)
            raise ImmediateHttpResponse(page)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:
        return reverse("people:account")


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Our answers to allauth's questions about second steps."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right. Wait for the next one and type it."),
        "cannot_delete_authenticator": _(
            "Your work here needs a second step. Add another before you take this one off."
        ),
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return str(user)

    def is_mfa_enabled(self, user: AbstractBaseUser, types: list[str] | None = None) -> bool:
        """What a visitor of the demonstration adds to an invented account stands in no other visitor's way."""
        return not needs_none(user) and bool(super().is_mfa_enabled(user, types))

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        return gettext("My passkey")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep one second step at least."""
        account = authenticator.user
        others = (
            type(authenticator)
            .objects.filter(user=account, type__in=["totp", "webauthn"])
            .exclude(pk=authenticator.pk)
        )
        return others.exists() or not permissions.sees_others(account, at=timezone.now())
