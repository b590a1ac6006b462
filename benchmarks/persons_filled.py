"""Made-up persons with pages in bulk, for measuring: as many rows to a page as a busy year leaves behind.

Ten steps, twenty looks, fifteen events, two consents and a link worker with sixty people to each.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

ORGANIZATIONS: Final = 200
PEOPLE_EACH: Final = 60
NOW: Final = "date_trunc('hour', now())"
STEPS, LOOKS, EVENTS, CIRCLE = 10, 20, 15, 4


def fill(persons: int) -> None:
    """Bring the scratch database to so many persons; what is there stays."""
    from django.db import connection, transaction

    from benchmarks import synthetic
    from livingwell.consent.models import Person

    there = Person.objects.count()
    if there >= persons:
        return
    synthetic.fill(1000)
    began = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        tables = _tables(there, persons - 1)
        foreign = _without_foreign_keys(cursor, {table for table, _rows in tables})
        cursor.execute(
            "CREATE TEMP TABLE place ON COMMIT DROP AS SELECT (row_number() OVER (ORDER BY id)) - 1 AS n, id "
            "FROM directory_organization ORDER BY id LIMIT %s",
            [ORGANIZATIONS],
        )
        cursor.execute(
            "CREATE TEMP TABLE offer ON COMMIT DROP AS SELECT (row_number() OVER (ORDER BY id)) - 1 AS n, id "
            "FROM directory_service ORDER BY id LIMIT 1000"
        )
        cursor.execute(
            "CREATE TEMP TABLE heard ON COMMIT DROP AS SELECT (row_number() OVER (ORDER BY slug)) - 1 AS n, slug "
            "FROM themes_theme WHERE NOT retired ORDER BY slug LIMIT 50"
        )
        for small in ("place", "offer", "heard"):
            cursor.execute(f"CREATE INDEX ON {small} (n)")
            cursor.execute(f"ANALYZE {small}")
        for table, rows in tables:
            cursor.execute(rows)
            sys.stderr.write(f"  {table}: {cursor.rowcount:,} rows, {time.monotonic() - began:.0f} s\n")
        for table, name, rule in foreign:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {rule} NOT VALID')
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _without_foreign_keys(cursor: CursorWrapper, tables: set[str]) -> list[tuple[str, str, str]]:
    """Take the foreign keys off these tables, so that ten million rows are not looked up one by one; to put back."""
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'f' AND conrelid::regclass::text = ANY (%s)",
        [sorted(tables)],
    )
    found = [
        (str(table), str(name), str(rule).removesuffix(" NOT VALID"))
        for table, name, rule in cursor.fetchall()
    ]
    for table, name, _rule in found:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    return found


def _id(kind: str, *numbers: str) -> str:
    joined = " || '-' || ".join(numbers)
    return f"md5('{kind}' || {joined})::uuid"


PERSON, ACCOUNT = _id("person", "n"), _id("account", "n")
WORKER = _id("worker", f"(n / {PEOPLE_EACH})")
PLACE = f"(SELECT id FROM place WHERE place.n = (s.n / {PEOPLE_EACH}) % {ORGANIZATIONS})"  # noqa: S608 - our own words only, here and below
OTHER = f"(SELECT id FROM place WHERE place.n = (s.n / {PEOPLE_EACH} + 1 + s.n % 60) % {ORGANIZATIONS})"  # noqa: S608
PARTS = "ARRAY['contact','story','plan','circle','crisis card']"


def _tables(first: int, last: int) -> list[tuple[str, str]]:
    """Each table with the statement that fills it, those that others name first."""
    people = f"generate_series({first}, {last}) AS s(n)"
    workers = f"generate_series({first // PEOPLE_EACH}, {last // PEOPLE_EACH}) AS s(n)"
    one = _id("worker", "n")

    def each(number: int) -> str:
        return f"{people}, generate_series(1, {number}) AS t(k)"

    def insert(table: str, source: str, **columns: str) -> tuple[str, str]:
        names = ", ".join(f'"{name}"' for name in columns)
        values = ", ".join(columns.values())
        return table, f'INSERT INTO "{table}" ({names}) SELECT {values} FROM {source} ON CONFLICT DO NOTHING'  # noqa: S608

    account = {"password": "'!'", "is_active": "true", "epoch": "0", "phone": "''"}
    changed = {"changed_at": f"{NOW} - interval '3 days'", "changed_by_id": ACCOUNT}
    consent = {
        "person_id": PERSON, "parts": PARTS, "may_change": "n % 2 = 0", "given_at": f"{NOW} - interval '90 days'",
        "how": "'screen'", "said": "''", "lawful_basis": "'consent'", "given_by_id": ACCOUNT,
    }  # fmt: skip
    return [
        insert("people_account", people, id=ACCOUNT, email="'p' || n || '@invented.example'", name="'P' || n",
               invented="false", **account),
        insert("people_account", workers, id=one, email="'w' || n || '@invented.example'", name="'W' || n",
               invented="true", **account),
        insert("people_membership", workers, account_id=one, role="'link worker'", started_by="'bench'",
               organization_id=f"(SELECT id FROM place WHERE place.n = s.n % {ORGANIZATIONS})",  # noqa: S608
               started_at=f"{NOW} - interval '1 year'", ended_by="''"),
        insert("consent_person", people, id=PERSON, account_id=ACCOUNT, called="'Person ' || n", invented="true",
               started_at=f"{NOW} - interval '200 days'", started_by_id=ACCOUNT),
        insert("consent_contact", people, person_id=PERSON, full_name="'Person Number ' || n", nhs_number="''",
               born_on="date '1950-01-01' + (n % 20000)::int", phone="''", email="''", address="''",
               ways="ARRAY['text']", best_time="''", may_leave_word="false", word_to_leave="''"),
        insert("consent_consent", people, id=_id("first", "n"), organization_id=PLACE, purpose="'help'",
               until=f"{NOW} + (n % 180 + 1) * interval '1 day'", **consent),
        insert("consent_consent", people, id=_id("second", "n"), organization_id=OTHER, purpose="'care'",
               until=f"{NOW} + (n % 90 + 20) * interval '1 day'", **consent),
        insert("linkwork_lead", people, id=_id("lead", "n"), person_id=PERSON, account_id=WORKER,
               organization_id=PLACE, chosen_at=f"{NOW} - interval '80 days'", chosen_by_id=ACCOUNT),
        insert("plans_words", f"{people}, (VALUES ('matters','story'),('well','story'),('strengths','story'),"
               "('change','plan'),('support','plan'),('helps','crisis card')) AS t(section, part)",
               id=_id("words", "n", "section"), person_id=PERSON, section="section", part="part", version="1",
               text="'Some words of somebody made up, as long as people write them. ' || n", **changed),
        insert("plans_pagetheme", each(4), id=_id("theme", "n", "k"), person_id=PERSON, section="'matters'",
               part="'story'", standing="'read'",
               theme_id="(SELECT slug FROM heard WHERE heard.n = (s.n + k * 7) % 50)",
               **changed),
        insert("plans_harddate", people, id=_id("date", "n"), person_id=PERSON, what="'A day'", day="n % 28 + 1",
               month="n % 12 + 1", yearly="true", days_before="7", **changed),
        insert("circles_circlemember", each(CIRCLE), id=_id("member", "n", "k"), person_id=PERSON,
               called="'Friend ' || k", who="'friend'", who_words="''", close="'middle'", ring="'ask'", phone="''",
               email="''", together="''", supports="false", again="false", added_at=f"{NOW} - interval '90 days'",
               added_by_id=ACCOUNT),
        insert("steps_step", each(STEPS), id=_id("step", "n", "k"), person_id=PERSON, words="'Step ' || k", why="''",
               first="''", stage="(ARRAY['now','next','later'])[k % 3 + 1]",
               status="(ARRAY['planned','active','completed','on-hold','cancelled'])[k % 5 + 1]",
               walks="(ARRAY['','self','','',''])[k % 5 + 1]", walks_name="''", version="1",
               ask_on=f"CASE WHEN k % 5 = 3 OR k = 1 THEN {NOW}::date + (n % 60)::int - 3 END",
               service_id="CASE WHEN k % 3 = 0 THEN (SELECT id FROM offer WHERE offer.n = (s.n + k) % 1000) END",
               chosen_at=f"{NOW} - k * interval '5 days'", chosen_by_id=ACCOUNT,
               moved_at=f"{NOW} - k * interval '2 days'", moved_by_id=ACCOUNT, **changed),
        insert("steps_stepmove", each(STEPS), id=_id("move", "n", "k"), person_id=PERSON,
               step_id=_id("step", "n", "k"), number="1", before="''", status="'planned'",
               moved_at=f"{NOW} - k * interval '5 days'", moved_by_id=ACCOUNT),
        insert("consent_access", each(LOOKS), id=_id("look", "n", "k"), person_id=PERSON, did="'looked'",
               part="'plan'", consent_id=_id("first", "n"), done_by_id=WORKER,
               done_at=f"{NOW} - k * interval '70 hours'"),
        insert("consent_event", each(EVENTS), id=_id("event", "n", "k"), person_id=PERSON, kind="'wrote'",
               part="'story'", happened_at=f"{NOW} - k * interval '90 hours'", happened_by_id=ACCOUNT),
    ]  # fmt: skip
