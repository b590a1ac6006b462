"""Signing in elsewhere by OpenID Connect, stricter than allauth alone: every signature, nonce and issuer is checked.

NHS login, CIS2 and Entra differ only in configuration (livingwell/config/providers.py).
"""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest

BEARER: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SIGNED_WITH: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Never "none", never a shared secret: only the provider can have made such a signature."""
MINUTES_OF_AN_ASSERTION: Final = 4
SECONDS_CLOCKS_MAY_DIFFER: Final = 60


def nonce_of(state: str) -> str:
    """What the provider must write into the token: bound to this session by its state."""
    return hashlib.sha256(f"nonce|{state}".encode()).hexdigest()


class Client(OAuth2Client):  # type: ignore[misc]
    """How we speak to the provider: with a nonce, and with a signed statement in place of a secret where it asks so."""

    app: Any

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, str]) -> str:
        url = super().get_redirect_url(
            authorization_url, scope, {**extra_params, "nonce": nonce_of(self.state)}
        )
        return str(url)

    def get_access_token(
        self, code: str, pkce_code_verifier: str | None = None, extra_data: dict[str, str] | None = None
    ) -> Any:
        said = dict(extra_data or {})
        if self.app.settings["private_key"]:
            said |= {"client_assertion_type": BEARER, "client_assertion": self._assertion()}
        return super().get_access_token(code, pkce_code_verifier=pkce_code_verifier, extra_data=said)

    def _assertion(self) -> str:
        at = int(time.time())
        return jwt.encode(
            {
                "iss": self.consumer_key,
                "sub": self.consumer_key,
                "aud": self.access_token_url,
                "jti": str(uuid4()),
                "iat": at,
                "exp": at + MINUTES_OF_AN_ASSERTION * 60,
            },
            self.app.settings["private_key"],
            algorithm=self.app.settings["algorithm"],
            headers={"kid": self.app.settings["key_id"]} if self.app.settings["key_id"] else None,
        )


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """What is asked of a provider, and what of its answer is believed."""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        wanted = str(self.get_provider().app.settings["issuer"]).rstrip("/")
        if str(config.get("issuer", "")).rstrip("/") != wanted:
            raise OAuth2Error("The provider says it is somebody else.")
        return config

    def get_client(self, request: HttpRequest, app: Any) -> Client:
        client = Client(
            request,
            app.client_id,
            app.secret,
            self.access_token_method,
            self.access_token_url,
            self.get_callback_url(request, app),
            basic_auth=not app.settings["private_key"],
        )
        client.app = app
        return client

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        address = reverse("oidc_callback", kwargs={"provider_id": self.provider_id})
        return str(build_absolute_uri(request, address))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        claims = self._verified(
            app, str(kwargs["response"].get("id_token", "")), request.GET.get("state", "")
        )
        data: dict[str, Any] = {"id_token": claims}
        if "userinfo_endpoint" in self.openid_config:
            told = self._fetch_user_info(token.token)
            if told.get("sub") != claims["sub"]:
                raise OAuth2Error("The provider speaks of two people.")
            data["userinfo"] = {**claims, **told}
        return self.get_provider().sociallogin_from_response(request, data)

    def _verified(self, app: Any, token: str, state: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") not in SIGNED_WITH:
                raise OAuth2Error("The token is not signed in a way we trust.")
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key(header),
                algorithms=[header["alg"]],
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=SECONDS_CLOCKS_MAY_DIFFER,
                options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("The token cannot be trusted.") from error
        if claims["nonce"] != nonce_of(state):
            raise OAuth2Error("The token was made for another session.")
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The token was made for somebody else.")
        return claims

    def _key(self, header: dict[str, Any]) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        for one in answer.json()["keys"]:
            if one.get("kid") == header.get("kid") and one.get("use", "sig") == "sig":
                return jwt.PyJWK.from_json(json.dumps(one), algorithm=header["alg"]).key
        raise OAuth2Error("The token is signed with a key the provider does not show.")


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """One provider of the configuration. What a visitor writes into the address changes nothing of what is asked."""

    id = "oidc"
    name = "OpenID Connect"
    oauth2_adapter_class = Adapter
    supports_token_authentication = False

    def get_callback_url(self) -> str:
        return reverse("oidc_callback", kwargs={"provider_id": self.app.provider_id})

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return list(self.get_scope())

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return dict(self.get_auth_params())


provider_classes = [Provider]
