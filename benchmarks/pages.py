"""A search page over HTTP, beside the same page with nothing to search or read: one process, as it is served.

./lw bench pages --services 50000
"""

import argparse
import http.client
import random
import sys
import threading
import time
from urllib.parse import urlencode

from benchmarks import scratch, served
from benchmarks.queries import SPOTS, mixed

ALONE = 200
TOGETHER = 4
EACH = 100
SHARE = 0.6
LIMIT_MS = 40.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="./lw bench pages", description=__doc__.split("\n")[0])
    parser.add_argument("--services", type=int, default=50_000, help="size of the synthetic directory")
    options = parser.parse_args()
    scratch.use(f"synthetic_{options.services}")
    from benchmarks import synthetic

    synthetic.fill(options.services)
    from livingwell.directory.index import step

    step.bring_in_step()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    port = served.free_port()
    server = served.serve(port, application="benchmarks.pages_site:application", threads=4)
    try:
        return _measure(port, options.services)
    finally:
        server.terminate()
        server.wait(timeout=10)


def _addresses() -> list[str]:
    """Searches as a browser asks for them, a third near a place."""
    from livingwell.directory.models import PlaceName

    PlaceName.objects.get_or_create(
        name="brixton",
        defaults={"label": "Brixton", "latitude": SPOTS[0][0], "longitude": SPOTS[0][1], "approximate": True},
    )
    dice = random.Random(2013)
    found = []
    for query in mixed():
        asked = {"q": query.typed}
        if query.kind:
            asked["kind"] = query.kind
        if query.evening:
            asked |= {"day": "1", "part": "evening"}
        if dice.random() < 1 / 3:
            asked |= {"near": "Brixton", "within": "3"}
        found.append(f"/directory/?{urlencode(asked)}")
    return found


def _measure(port: int, services: int) -> int:
    searches = _addresses()
    bare = [f"/bare/?{urlencode({'q': 'help group'})}"]
    weights = {}
    for name, addresses in (("bare", bare), ("search", searches[:40])):
        sizes = [_get(port, [address])[1] for address in addresses * (40 if name == "bare" else 1)]
        weights[name] = sum(sizes) / len(sizes)
    alone = {name: _get_all(port, some, ALONE) for name, some in (("search", searches), ("bare", bare))}
    rates: dict[str, list[float]] = {name: [] for name in alone}
    for _turn in range(3):  # by turns, so that what else the machine does weighs on both
        for name, some in (("bare", bare), ("search", searches)):
            rates[name].append(_per_second(port, some))
    p50, p95 = (scratch.percentile(alone["search"], part) for part in (0.5, 0.95))
    share = sum(rates["search"]) / sum(rates["bare"])
    print(f"\nA search page over {services:,} synthetic services, one process")
    print(f"  alone:           p50 {p50:5.1f} ms   p95 {p95:5.1f} ms   (limit {LIMIT_MS:.0f} ms)")
    print(f"  the page bare:   p50 {scratch.percentile(alone['bare'], 0.5):5.1f} ms")
    print(f"  weight:          {weights['search'] / 1000:.0f} KB, bare {weights['bare'] / 1000:.0f} KB")
    for name, each in rates.items():
        print(f"  {name:16} {sum(each) / len(each):5.0f} a second with {TOGETHER} clients")
    print(f"  share of bare:   {share:.2f} (at least {SHARE})")
    return int(p95 > LIMIT_MS or share < SHARE)


def _get(port: int, addresses: list[str]) -> tuple[list[float], int]:
    """Each address in turn over one connection: how long each took in milliseconds, and how much came in all."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    taken, came = [], 0
    for address in addresses:
        began = time.perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        came += len(answer.read())
        assert answer.status == 200, (answer.status, address)
        taken.append((time.perf_counter() - began) * 1000)
    connection.close()
    return taken, came


def _get_all(port: int, addresses: list[str], times: int) -> list[float]:
    return _get(port, [addresses[number % len(addresses)] for number in range(times)])[0]


def _per_second(port: int, addresses: list[str]) -> float:
    def one(turn: int) -> None:
        _get(port, [addresses[(turn * EACH + number) % len(addresses)] for number in range(EACH)])

    threads = [threading.Thread(target=one, args=(turn,)) for turn in range(TOGETHER)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return TOGETHER * EACH / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
