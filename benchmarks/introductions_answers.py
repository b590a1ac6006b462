"""Many receivers say yes by their links at once, some twice: how many a second, and whether each counted once."""

import os
import threading
import time
from collections import Counter
from http.client import HTTPConnection
from itertools import count
from urllib.parse import urlencode

from benchmarks import served

WORKERS = 2
CLIENTS = 8
A_SECOND = 200.0
WARMING = 100
FORGERY = "a" * 32
BODY = urlencode({"say": "yes", "csrfmiddlewaretoken": FORGERY})
HEADERS = {
    "Cookie": f"csrftoken={FORGERY}",
    "Content-Type": "application/x-www-form-urlencoded",
    "Content-Length": str(len(BODY)),
}


def measure(number: int) -> int:
    """Answer this many links once each, for the speed, and as many twice each, for the count.

    0 where it is fast enough and each counted once.
    """
    numbers = _waiting(2 * number + WARMING)
    first, often = numbers[:WARMING], numbers[WARMING + number :]
    port = served.free_port()
    # As `./lw serve` starts it with WEB_WORKERS=2, with room for one address to answer so often.
    server = served.serve(port, workers=WORKERS, threads=4, ANSWERS_PER_TEN_MINUTES="10000000")
    try:
        _answers(port, first)  # each worker makes its connections and plans
        began, load = time.perf_counter(), os.getloadavg()[0]
        came = _answers(port, numbers[WARMING : WARMING + number])
        seconds = time.perf_counter() - began
        came += _answers(port, [each for each in often for _ in range(2)])
    finally:
        server.terminate()
        server.wait(timeout=20)
    return _report(numbers, came, number / seconds, load)


def _report(numbers: list[int], came: Counter[int], a_second: float, load: float) -> int:
    moves = _moves(numbers)
    once = sum(1 for each in moves.values() if each == 1)
    lost, doubled = len(numbers) - len(moves), sum(1 for each in moves.values() if each > 1)
    print(
        f"\nAnswers by link: {WORKERS} web workers, {CLIENTS} connections from one process, load {load:.1f}"
    )
    print(f"  {a_second:.0f} introductions accepted a second, each link once (at least {A_SECOND:.0f})")
    print(f"  answers, with half of the links twice: {dict(came)}")
    print(f"  {len(numbers):,} links: {once:,} accepted once, {lost} lost, {doubled} doubled")
    return int(a_second < A_SECOND or once != len(numbers) or set(came) != {302})


def _waiting(number: int) -> list[int]:
    """Numbers of introductions that wait for an answer, spread over those there are."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k FROM generate_series(1, (SELECT count(*) FROM referrals_referral)) k "
            "JOIN referrals_referral referral ON referral.id = md5('referral' || k)::uuid "
            "WHERE referral.status = 'sent' ORDER BY md5(k::text) LIMIT %s",
            [number],
        )
        return [k for (k,) in cursor.fetchall()]


def _moves(numbers: list[int]) -> dict[int, int]:
    """For each introduction that is accepted now, how often it was moved there."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k, count(*) FROM unnest(%s::int[]) k "
            "JOIN referrals_referral referral ON referral.id = md5('referral' || k)::uuid "
            "JOIN referrals_move move ON move.referral_id = referral.id "
            "WHERE referral.status = 'accepted' AND move.before = 'sent' AND move.after = 'accepted' GROUP BY k",
            [numbers],
        )
        return dict(cursor.fetchall())


def _answers(port: int, numbers: list[int]) -> Counter[int]:
    """Say yes to each over a few connections that are kept open; how often came which status."""
    from benchmarks.introductions_rows import IN_A_LINK

    came: Counter[int] = Counter()
    place = count()
    lock = threading.Lock()

    def some() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        mine: Counter[int] = Counter()
        while (at := next(place)) < len(numbers):
            connection.request("POST", f"/answer/{IN_A_LINK}{numbers[at]}/", BODY, HEADERS)
            answer = connection.getresponse()
            answer.read()
            mine[answer.status] += 1
        connection.close()
        with lock:
            came.update(mine)

    threads = [threading.Thread(target=some) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came
