"""Other places people may sign in with (NHS login, CIS2, Entra, any OpenID Connect provider): one YAML file.

docs/how-to/sign-in.md says what stands in it. Secrets may be left out of the file: `secret_from` and
`private_key_from` name files that hold them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured

KNOWN = {
    "id",
    "name",
    "client_id",
    "server_url",
    "issuer",
    "secret_from",
    "private_key_from",
    "key_id",
    "algorithm",
    "scope",
    "auth_params",
    "two_steps",
    "trusts_email",
}


def read(path: str) -> list[dict[str, Any]]:
    """The providers of a file as allauth knows them; none where no file is named."""
    if not path:
        return []
    file = Path(path)
    try:
        written = yaml.safe_load(file.read_text(encoding="utf-8")) or []
    except (OSError, yaml.YAMLError) as error:
        raise ImproperlyConfigured(f"SIGN_IN_PROVIDERS: {path} cannot be read: {error}") from error
    return [_provider(one, file.parent) for one in written]


def with_two_steps(providers: list[dict[str, Any]]) -> list[str]:
    """Those that ask for a second step themselves, so that we need not."""
    return [one["provider_id"] for one in providers if one["settings"]["two_steps"]]


def _provider(one: dict[str, Any], folder: Path) -> dict[str, Any]:
    missing = {"id", "name", "client_id", "server_url"} - one.keys()
    if missing or one.keys() - KNOWN:
        strange = sorted(missing) or sorted(one.keys() - KNOWN)
        raise ImproperlyConfigured(
            f"SIGN_IN_PROVIDERS: look at {', '.join(strange)} of {one.get('id', 'one')}."
        )
    local = one["server_url"].startswith(("http://localhost:", "http://127.0.0.1:"))
    if not local and not one["server_url"].startswith("https://"):
        raise ImproperlyConfigured(
            f"SIGN_IN_PROVIDERS: the server_url of {one['id']} must start with https://."
        )
    key = _held(one.get("private_key_from"), folder)
    return {
        "provider_id": one["id"],
        "name": one["name"],
        "client_id": one["client_id"],
        "secret": _held(one.get("secret_from"), folder).strip(),
        "settings": {
            "server_url": one["server_url"],
            "issuer": one.get("issuer", one["server_url"]),
            "token_auth_method": "private_key_jwt" if key else "client_secret_basic",
            "private_key": key,
            "key_id": one.get("key_id", ""),
            "algorithm": one.get("algorithm", "RS512"),
            "scope": one.get("scope", ["openid", "profile", "email"]),
            "auth_params": one.get("auth_params", {}),
            "oauth_pkce_enabled": True,
            "two_steps": bool(one.get("two_steps", False)),
            "email_authentication": bool(one.get("trusts_email", False)),
        },
    }


def _held(name: str | None, folder: Path) -> str:
    return (folder / name).read_text(encoding="utf-8") if name else ""
