"""Row-level security: a second wall behind `visible_to`, for migrations of each table about persons.

The web process asks the database as the role WEB_ROLE, which owns nothing and cannot bypass these policies. For whom it
asks stands in the transaction (`acting`). A query that forgets `visible_to`, through whatever door, then finds nothing.
Each helper gives the operation that puts a table behind the wall.
"""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

from livingwell.consent.models.part import PARTS, Part
from livingwell.core.roles import WEB_ROLE


def of_part(table: str, part: Part, column: str = "person_id") -> RunSQL:
    """Rows that all belong to one part of the page in `column`: seen and changed by those who may see and change it."""
    return _wall(table, _open(part, column, change=False), _open(part, column, change=True))


def of_its_part(table: str, column: str = "person_id") -> RunSQL:
    """Rows that say in their column `part` which part of the page they belong to."""
    return _wall(table, _each_part(column, change=False), _each_part(column, change=True))


def own_rules(
    table: str, *, see: str, add: str, change: str = "", columns: str = "", delete: str = ""
) -> RunSQL:
    """Rules of its own, each a SQL condition. Without `change` no row is ever changed, without `delete` none deleted;
    `columns` names the only ones that may change.
    """
    rules = [
        f"CREATE POLICY see ON {table} FOR SELECT USING ({see})",
        f"CREATE POLICY add ON {table} FOR INSERT WITH CHECK ({add})",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {WEB_ROLE}",
    ]
    if change:
        rules.append(f"CREATE POLICY change ON {table} FOR UPDATE USING ({change})")
        rules.append(f"GRANT UPDATE {f'({columns})' if columns else ''} ON {table} TO {WEB_ROLE}")
    if delete:
        rules.append(f"CREATE POLICY remove ON {table} FOR DELETE USING ({delete})")
        rules.append(f"GRANT DELETE ON {table} TO {WEB_ROLE}")
    return RunSQL(_up(table, rules), _down(table))


def opened(part: Part | None, column: str = "person_id", *, change: bool = False) -> str:
    """A SQL condition: the acting viewer may see (or change) this part, or any, of the page in `column`."""
    return _open(part, column, change=change)


def opened_among_many(part: Part, column: str = "person_id", *, change: bool = False) -> str:
    """The same for tables that are read as lists of an organization: rows are not sought page by page."""
    return f"{column} IN (SELECT livingwell_open('{part.value}', {str(change).lower()}))"


def each_part(column: str = "person_id") -> str:
    """A SQL condition: the acting viewer may see the part named in the row's column `part`."""
    return _each_part(column, change=False)


SAFE: Final = "SECURITY DEFINER SET search_path = public, pg_temp"
"""How a function runs that has to look behind the walls: as the tables' owner, and with no other names in its way."""

MINE: Final = "livingwell_actor()"
"""The acting account's id, in SQL."""

PRIVACY_LEAD: Final = "(SELECT livingwell_is_privacy_lead())"
"""A SQL condition: who acts is a privacy lead of the network."""


def _wall(table: str, see: str, change: str) -> RunSQL:
    rules = [
        f"CREATE POLICY see ON {table} FOR SELECT USING ({see})",
        f"CREATE POLICY add ON {table} FOR INSERT WITH CHECK ({change})",
        f"CREATE POLICY change ON {table} FOR UPDATE USING ({change}) WITH CHECK ({change})",
        f"CREATE POLICY remove ON {table} FOR DELETE USING ({change})",
    ]
    return RunSQL(_up(table, rules), _down(table))


def _up(table: str, rules: list[str]) -> str:
    return ";\n".join([f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", *rules])


def _down(table: str) -> str:
    drops = [f"DROP POLICY IF EXISTS {name} ON {table}" for name in ("see", "add", "change", "remove")]
    grant = f"GRANT UPDATE, DELETE ON {table} TO {WEB_ROLE}"
    return ";\n".join([*drops, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY", grant])


def _open(part: Part | None, column: str, *, change: bool) -> str:
    """The subquery names no row of the table, so it is asked once a statement, not once a row."""
    asked = f"'{part.value}'" if part else "NULL"
    return f"{column} = ANY (ARRAY(SELECT livingwell_open({asked}, {str(change).lower()})))"


def _each_part(column: str, *, change: bool) -> str:
    cases = " ".join(
        f"WHEN '{part.value}' THEN {_open(part, column, change=change)}" for part in (*PARTS, Part.CONSENTS)
    )
    return f"CASE part {cases} ELSE false END"
