"""Fetching from other people's servers: patient, polite, bounded, and never from inside our own network."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import httpcore
import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

UNREACHABLE: Final = "unreachable"
PRIVATE: Final = "private"
LOCKED: Final = "locked"
MISSING: Final = "missing"
BROKEN: Final = "broken"
BUSY: Final = "busy"
TOO_LARGE: Final = "too large"
NOT_A_FEED: Final = "not a feed"
PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
MOST_HOPS: Final = 5
BLOCK: Final = 64 * 1024


class Trouble(Exception):
    """A source could not be read. The message is for staff; `after`: seconds it asked us to stay away."""

    def __init__(self, kind: str, message: str, *, after: float = 0.0) -> None:
        super().__init__(message)
        self.kind, self.after = kind, after


@dataclass(frozen=True, slots=True)
class Manners:
    """How to behave. Bytes and seconds. `inside`: may also reach this machine and its network."""

    agent: str
    inside: bool = False
    plain_http: bool = False
    tries: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0
    connect: float = 10.0
    read: float = 60.0
    whole: float = 1_800.0
    largest_page: int = 100_000_000
    largest_file: int = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What came. `body` is empty where it was written to a file."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class _Guarded(httpcore.NetworkBackend):
    """Connects only to addresses of the public internet, looked up once, so that a name cannot change its mind."""

    def __init__(self) -> None:
        self.backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        address = public_address(host, port)
        return self.backend.connect_tcp(address, port, timeout, local_address, socket_options)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        raise Trouble(PRIVATE, "Its address is inside this machine, so we do not go there.")

    def sleep(self, seconds: float) -> None:
        self.backend.sleep(seconds)


def public_address(host: str, port: int) -> str:
    """An address of a host, if all that it has are public. Raises Trouble or httpcore.ConnectError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"no such host: {error}") from error
    addresses = [str(each[4][0]) for each in found]
    for address in addresses:
        if not _is_public(address):
            raise Trouble(
                PRIVATE, f"{host} is inside a private network, and we read only from the public internet."
            )
    return addresses[0]


def _is_public(address: str) -> bool:
    """Whether anybody on the internet would reach this address; those that hide another are opened."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        hidden = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if hidden is not None:
            return _is_public(str(hidden))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return _is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


@dataclass(slots=True)
class Fetcher:
    """Gets pages and files. `told` gathers what went wrong on the way and was got over."""

    manners: Manners
    sleep: Callable[[float], object] = time.sleep
    told: list[str] = field(default_factory=list)
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        transport = httpx.HTTPTransport(retries=0, trust_env=False)
        if not self.manners.inside:
            transport._pool = httpcore.ConnectionPool(
                ssl_context=ssl.create_default_context(), max_connections=2, network_backend=_Guarded()
            )
        manners = self.manners
        self.client = httpx.Client(
            transport=transport,
            headers={"User-Agent": manners.agent, "Accept": "application/json, */*;q=0.5"},
            timeout=httpx.Timeout(manners.read, connect=manners.connect),
            follow_redirects=True,
            max_redirects=MOST_HOPS,
            trust_env=False,
            event_hooks={"request": [self._look]},
        )

    def close(self) -> None:
        self.client.close()

    def page(self, url: str, params: Mapping[str, str | int] | None = None) -> Answer:
        """One answer, in memory. Raises Trouble."""
        where = str(httpx.URL(url).copy_merge_params(dict(params or {})))
        return self._patiently(where, {}, None, self.manners.largest_page)

    def file(self, url: str, to: Path, *, etag: str = "", modified: str = "") -> Answer:
        """A file, streamed to a path; status 304 where it is the same as before. Raises Trouble."""
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in asked.items() if value}
        return self._patiently(url, headers, to, self.manners.largest_file)

    def _look(self, request: httpx.Request) -> None:
        """Before each request, those after a redirect too."""
        if request.url.scheme == "http" and not self.manners.plain_http:
            raise Trouble(
                PRIVATE, f"{request.url.host} wants to be read without encryption (http, not https)."
            )
        if request.url.scheme not in {"http", "https"} or not request.url.host:
            raise Trouble(PRIVATE, "Its address is not a web address that starts with https://.")

    def _patiently(self, url: str, headers: Mapping[str, str], to: Path | None, largest: int) -> Answer:
        wait = self.manners.first_wait
        for attempt in range(1, self.manners.tries + 1):
            try:
                answer = self._once(url, headers, to, largest)
            except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
                raise Trouble(
                    PRIVATE, "Its address is not a web address that starts with https://."
                ) from error
            except httpx.TooManyRedirects as error:
                raise Trouble(BROKEN, "It sends us from one address to the next without end.") from error
            except (httpx.HTTPError, httpcore.NetworkError, httpcore.TimeoutException) as error:
                said, status, after = _in_words(error), 0, 0.0
            else:
                if answer.status not in PASSING:
                    return _good(answer)
                said, status = f"it answered {answer.status}", answer.status
                after = _retry_after(answer.headers)
            if after > self.manners.longest_wait:
                raise Trouble(BUSY, f"It asked us to wait {_minutes(after)}.", after=after)
            if attempt == self.manners.tries:
                busy = status == HTTPStatus.TOO_MANY_REQUESTS
                kind = BUSY if busy else BROKEN if status else UNREACHABLE
                raise Trouble(kind, f"We tried {attempt} times, and each time {said}.")
            pause = after or wait
            self.told.append(
                f"{_short(url)}: {said}; tried again after {pause:g} {'second' if pause == 1 else 'seconds'}"
            )
            self.sleep(pause)
            wait = min(wait * 2, self.manners.longest_wait)
        raise AssertionError("unreachable")

    def _once(self, url: str, headers: Mapping[str, str], to: Path | None, largest: int) -> Answer:
        until = time.monotonic() + self.manners.whole
        with self.client.stream("GET", url, headers=dict(headers)) as response:
            kept = bytearray()
            size = 0
            with to.open("wb") if to and response.is_success else _Nowhere() as out:
                for block in response.iter_bytes(BLOCK):
                    size += len(block)
                    if size > largest:
                        raise Trouble(
                            TOO_LARGE, f"It sent more than {largest // 1_000_000:,} MB, so we stopped."
                        )
                    if time.monotonic() > until:
                        raise Trouble(UNREACHABLE, "It sends so slowly that we stopped waiting.")
                    if to and response.is_success:
                        out.write(block)
                    else:
                        kept += block
            return Answer(response.status_code, dict(response.headers), bytes(kept))


class _Nowhere:
    """A file that is none."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_args: object) -> None:
        return None


def _good(answer: Answer) -> Answer:
    status = answer.status
    if status == HTTPStatus.NOT_MODIFIED or status < HTTPStatus.MULTIPLE_CHOICES:
        return answer
    if status in {401, 402, 403, 407}:
        raise Trouble(LOCKED, f"It did not let us in (it answered {status}).")
    if status in {404, 410}:
        raise Trouble(MISSING, f"There is nothing at its address any more (it answered {status}).")
    raise Trouble(BROKEN, f"It did not understand us (it answered {status}).")


def _in_words(error: Exception) -> str:
    if isinstance(
        error, (httpx.ConnectTimeout, httpx.ReadTimeout, httpx.PoolTimeout, httpcore.TimeoutException)
    ):
        return "it did not answer in time"
    if isinstance(error, (httpx.ConnectError, httpcore.ConnectError)):
        return "it could not be reached"
    return "the connection broke off"


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds that an answer asks us to wait, said as a number or as a moment."""
    said = headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
        sent = parsedate_to_datetime(headers["date"]) if "date" in headers else None
    except (TypeError, ValueError):
        return 0.0
    if sent is None:
        return 0.0
    return max(0.0, (_aware(moment) - _aware(sent)).total_seconds())


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _minutes(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    return f"{minutes} minutes" if minutes != 1 else "a minute"


def _short(url: str) -> str:
    parts = httpx.URL(url)
    return f"{parts.host}{parts.path}"
