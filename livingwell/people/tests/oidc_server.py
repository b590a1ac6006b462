"""A small but real OpenID Connect provider, for the tests: it checks what clients send as the standards say."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


@dataclass
class Grant:
    """A code that was given out: to whom, and what must come with it."""

    client: str
    redirect: str
    nonce: str
    challenge: str


@dataclass
class Clients:
    """One client with a secret, and one that signs with a key of its own."""

    secret: str = "very/secret:one"
    key: rsa.RSAPrivateKey = field(default_factory=new_key)


class OidcServer:
    """Discovery, authorize, token, userinfo, keys. `spoil` changes the claims, `signer` the key that signs them."""

    def __init__(self) -> None:
        self.clients = Clients()
        self.key = new_key()
        self.signer = self.key
        self.algorithm = "RS256"
        self.spoil: dict[str, Any] = {}
        self.person: dict[str, Any] = {
            "sub": "nhs-123",
            "email": "Pat@Example.org",
            "email_verified": True,
            "name": "Pat Ellis",
        }
        self.told: dict[str, Any] = {}
        self.grants: dict[str, Grant] = {}
        self.seen: set[str] = set()
        self.asked: list[dict[str, str]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.get(self)

            def do_POST(self) -> None:
                server.token(self)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> OidcServer:
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()

    def get(self, request: BaseHTTPRequestHandler) -> None:
        address = urlsplit(request.path)
        query = {key: values[0] for key, values in parse_qs(address.query).items()}
        match address.path:
            case "/.well-known/openid-configuration":
                answer(request, 200, self.configuration())
            case "/keys":
                shown = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
                answer(request, 200, {"keys": [{**shown, "kid": "one", "use": "sig", "alg": "RS256"}]})
            case "/userinfo":
                right = request.headers["Authorization"] == "Bearer access-token"
                answer(request, 200 if right else 401, {**self.person, **self.told} if right else {})
            case "/authorize":
                answer(request, 302, {}, self.authorize(query))
            case _:
                answer(request, 404, {})

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt"],
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Where a person who agreed is sent back to. Everything a careful provider insists on is insisted on."""
        self.asked.append(query)
        assert query["response_type"] == "code"
        assert "openid" in query["scope"].split()
        assert len(query["nonce"]) >= 32
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.grants[code] = Grant(
            query["client_id"], query["redirect_uri"], query["nonce"], query["code_challenge"]
        )
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"])).decode()
        sent = {key: values[0] for key, values in parse_qs(body).items()}
        client = self.client_of(request, sent)
        grant = self.grants.pop(sent.get("code", ""), None)
        if client is None:
            return answer(request, 401, {"error": "invalid_client"})
        verifier = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        if (
            grant is None
            or grant.client != client
            or grant.redirect != sent.get("redirect_uri")
            or grant.challenge != verifier.decode().rstrip("=")
        ):
            return answer(request, 400, {"error": "invalid_grant"})
        at = int(time.time())
        claims = {"iss": self.url, "aud": client, "sub": self.person["sub"], "nonce": grant.nonce}
        said = {**claims, "iat": at, "exp": at + 300, **self.spoil}
        key: Any = "" if self.algorithm == "none" else self.signer
        if self.algorithm.startswith("HS"):
            key = "x" * 64
        token = jwt.encode(
            {name: value for name, value in said.items() if value is not None},
            key,
            algorithm=self.algorithm,
            headers={"kid": "one"},
        )
        return answer(
            request, 200, {"access_token": "access-token", "token_type": "Bearer", "id_token": token}
        )

    def client_of(self, request: BaseHTTPRequestHandler, sent: dict[str, str]) -> str | None:
        """Which client asks, if it proved itself: by its secret, or by a statement signed with its own key."""
        given = request.headers.get("Authorization", "")
        if given.startswith("Basic "):
            name, _colon, secret = base64.b64decode(given[6:]).decode().partition(":")
            return "basic" if name == "basic" and unquote(secret) == self.clients.secret else None
        if sent.get("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer":
            return None
        try:
            said = jwt.decode(
                sent["client_assertion"],
                self.clients.key.public_key(),
                algorithms=["RS512"],
                audience=f"{self.url}/token",
                issuer="signing",
                options={"require": ["exp", "jti", "sub"]},
            )
        except jwt.PyJWTError:
            return None
        if said["sub"] != "signing" or said["jti"] in self.seen or said["exp"] > time.time() + 300:
            return None
        if "client_secret" in sent:
            return None
        self.seen.add(said["jti"])
        return "signing"


def answer(
    request: BaseHTTPRequestHandler, status: int, body: dict[str, Any], location: str | None = None
) -> None:
    request.send_response(status)
    request.send_header("Content-Type", "application/json")
    if location:
        request.send_header("Location", location)
    request.end_headers()
    request.wfile.write(json.dumps(body).encode())
