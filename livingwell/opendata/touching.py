"""Which write to which table changes what we publish of which service or organization, as triggers of the database."""

from __future__ import annotations

from typing import Final
from uuid import UUID

SERVICE: Final = "SELECT {rows}.service_id FROM {rows} WHERE {rows}.service_id IS NOT NULL"
AT: Final = (
    "SELECT at.service_id FROM {rows} "
    "JOIN directory_serviceatlocation at ON at.id = {rows}.service_at_location_id"
)
PLACE: Final = (
    "SELECT at.service_id FROM {rows} "
    "JOIN directory_serviceatlocation at ON at.location_id = {rows}.location_id"
)
BODY: Final = (
    "SELECT offered.id FROM {rows} "
    "JOIN directory_service offered ON offered.organization_id = {rows}.organization_id"
)
OWNER: Final = "SELECT {rows}.organization_id FROM {rows} WHERE {rows}.organization_id IS NOT NULL"
OWNER_OF_PLACE: Final = (
    "SELECT place.organization_id FROM {rows} JOIN directory_location place ON place.id = {rows}.location_id "
    "WHERE place.organization_id IS NOT NULL"
)
CONTACT: Final = "directory_contact of ON of.id = {rows}.contact_id"
PHONE: Final = "directory_phone of ON of.id = {rows}.phone_id"
PHONE_OF_CONTACT: Final = (
    "directory_phone rung ON rung.id = {rows}.phone_id JOIN directory_contact of ON of.id = rung.contact_id"
)
TERMS: Final = UUID(int=0)
"""What stands for the vocabularies of others: they change together, since their terms point at each other."""


def _through(join: str) -> tuple[str, ...]:
    """The services of what owns a phone's contact, or a language's phone."""
    return (
        f"SELECT of.service_id FROM {{rows}} JOIN {join} WHERE of.service_id IS NOT NULL",
        f"SELECT at.service_id FROM {{rows}} JOIN {join} "
        "JOIN directory_serviceatlocation at ON at.id = of.service_at_location_id OR at.location_id = of.location_id",
        f"SELECT offered.id FROM {{rows}} JOIN {join} "
        "JOIN directory_service offered ON offered.organization_id = of.organization_id",
    )


def _owner_through(join: str) -> tuple[str, ...]:
    return (
        f"SELECT of.organization_id FROM {{rows}} JOIN {join} WHERE of.organization_id IS NOT NULL",
        f"SELECT place.organization_id FROM {{rows}} JOIN {join} "
        "JOIN directory_location place ON place.id = of.location_id WHERE place.organization_id IS NOT NULL",
    )


def _about(thing: str, kind: str) -> tuple[str, ...]:
    """The services of what an attribute or a metadata row is about. `thing`, `kind`: the columns that say of what."""
    said = f"WHERE {{rows}}.{kind} ="
    return (
        f"SELECT {{rows}}.{thing} FROM {{rows}} {said} 'service'",
        f"SELECT at.service_id FROM {{rows}} JOIN directory_serviceatlocation at ON at.id = {{rows}}.{thing} "
        f"{said} 'service_at_location'",
        f"SELECT at.service_id FROM {{rows}} JOIN directory_serviceatlocation at ON at.location_id = {{rows}}.{thing} "
        f"{said} 'location'",
        f"SELECT offered.id FROM {{rows}} JOIN directory_service offered ON offered.organization_id = {{rows}}.{thing} "
        f"{said} 'organization'",
    )


def _owner_about(thing: str, kind: str) -> tuple[str, ...]:
    """The organizations, in the same way."""
    return (
        f"SELECT {{rows}}.{thing} FROM {{rows}} WHERE {{rows}}.{kind} = 'organization'",
        f"SELECT place.organization_id FROM {{rows}} JOIN directory_location place ON place.id = {{rows}}.{thing} "
        f"WHERE {{rows}}.{kind} = 'location' AND place.organization_id IS NOT NULL",
    )


SERVICES: Final[dict[str, tuple[str, ...]]] = {
    "service": ("SELECT {rows}.id FROM {rows}",),
    "servicetheme": (SERVICE,),
    "costoption": (SERVICE,),
    "requireddocument": (SERVICE,),
    "servicearea": (SERVICE,),
    "servicecapacity": (SERVICE,),
    "serviceatlocation": (SERVICE,),
    "schedule": (SERVICE, AT, PLACE),
    "funding": (SERVICE, BODY),
    "organizationidentifier": (BODY,),
    "contact": (SERVICE, AT, PLACE, BODY),
    "phone": (SERVICE, AT, PLACE, BODY, *_through(CONTACT)),
    "language": (SERVICE, PLACE, *_through(PHONE), *_through(PHONE_OF_CONTACT)),
    "location": (
        "SELECT at.service_id FROM {rows} JOIN directory_serviceatlocation at ON at.location_id = {rows}.id",
    ),
    "address": (PLACE,),
    "accessibility": (PLACE,),
    "organization": (
        "SELECT offered.id FROM {rows} JOIN directory_service offered ON offered.organization_id = {rows}.id",
    ),
    "program": (
        BODY,
        "SELECT offered.id FROM {rows} JOIN directory_service offered ON offered.program_id = {rows}.id",
    ),
    "source": (
        "SELECT offered.id FROM {rows} JOIN directory_service offered ON offered.source_id = {rows}.slug",
    ),
    "attribute": _about("link_id", "link_entity"),
    "metadata": _about("resource_id", "resource_type"),
    "taxonomy": _about("link_id", "link_entity"),
    "taxonomyterm": _about("link_id", "link_entity"),
}
"""For each table of the directory, queries of the services that its changed rows belong to."""

ORGANIZATIONS: Final[dict[str, tuple[str, ...]]] = {
    "organization": ("SELECT {rows}.id FROM {rows}",),
    "organizationidentifier": (OWNER,),
    "program": (OWNER,),
    "location": (OWNER,),
    "address": (OWNER_OF_PLACE,),
    "accessibility": (OWNER_OF_PLACE,),
    "schedule": (OWNER_OF_PLACE,),
    "funding": (OWNER,),
    "contact": (OWNER, OWNER_OF_PLACE),
    "phone": (OWNER, OWNER_OF_PLACE, *_owner_through(CONTACT)),
    "language": (OWNER_OF_PLACE, *_owner_through(PHONE), *_owner_through(PHONE_OF_CONTACT)),
    "service": (OWNER,),
    "attribute": _owner_about("link_id", "link_entity"),
    "metadata": _owner_about("resource_id", "resource_type"),
    "taxonomy": _owner_about("link_id", "link_entity"),
    "taxonomyterm": _owner_about("link_id", "link_entity"),
}
"""The same of organizations."""

BEARING: Final = {
    "taxonomyterm": "SELECT said.* FROM changed JOIN directory_attribute said ON said.taxonomy_term_id = changed.id",
    "taxonomy": "SELECT said.* FROM changed JOIN directory_taxonomyterm term ON term.taxonomy_id = changed.id "
    "JOIN directory_attribute said ON said.taxonomy_term_id = term.id",
}
"""Of a vocabulary's tables: the attributes that bear what changed. Its terms are also published by themselves."""
EVENTS: Final = {
    "INSERT": "REFERENCING NEW TABLE AS fresh",
    "UPDATE": "REFERENCING OLD TABLE AS stale NEW TABLE AS fresh",
    "DELETE": "REFERENCING OLD TABLE AS stale",
}
CHANGED: Final = {
    "INSERT": "changed AS (SELECT * FROM fresh)",
    "UPDATE": "changed AS ((SELECT {said} FROM fresh EXCEPT SELECT {said} FROM stale) UNION ALL "
    "(SELECT {said} FROM stale EXCEPT SELECT {said} FROM fresh))",
    "DELETE": "changed AS (SELECT * FROM stale)",
}
SAID: Final = {
    "service": "id, organization_id, program_id, source_id, name, alternate_name, description, url, email, status, "
    "interpretation_services, application_process, fees_description, wait_time, accreditations, "
    "eligibility_description, minimum_age, maximum_age, assured_date, assurer_email, licenses, alert, kind, "
    "what_to_expect, text_number, invented, merged_into_id",
    "servicetheme": "service_id, theme_id, applies",
    "source": "slug, name, url, licence",
}
"""Columns whose change counts, where a table has others that we keep for ourselves: when it was last seen or asked."""


def install() -> str:
    """The SQL that makes the functions and triggers."""
    return "\n".join(_table(table) for table in sorted(SERVICES.keys() | ORGANIZATIONS.keys()))


def remove() -> str:
    """The SQL that takes them away."""
    return "\n".join(
        f"DROP FUNCTION IF EXISTS opendata_touch_{table}() CASCADE;"
        for table in sorted(SERVICES.keys() | ORGANIZATIONS.keys())
    )


ALL: Final = """
INSERT INTO opendata_touch (transaction, subject, subject_id)
    SELECT 0, 'service', id FROM directory_service UNION ALL SELECT 0, 'organization', id FROM directory_organization
    ON CONFLICT DO NOTHING;
"""
"""The SQL that says once that everything there is has changed."""


def _table(table: str) -> str:
    branches = "\n".join(
        f"    {'IF' if event == 'INSERT' else 'ELSIF'} TG_OP = '{event}' THEN\n        {_insert(table, event)}"
        for event in EVENTS
    )
    triggers = "\n".join(
        f"CREATE TRIGGER opendata_touch_{event.lower()} AFTER {event} ON directory_{table} {tables} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION opendata_touch_{table}();"
        for event, tables in EVENTS.items()
    )
    return f"""
CREATE FUNCTION opendata_touch_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
{branches}
    END IF;
    RETURN NULL;
END $$;
{triggers}
"""


def _insert(table: str, event: str) -> str:
    """One statement that notes the subjects of the rows that an event changed; what stayed the same does not count."""
    ctes = [CHANGED[event].format(said=SAID.get(table, "*"))]
    rows, parts = "changed", []
    if table in BEARING:
        ctes.append(f"bearing AS ({BEARING[table]})")
        rows = "bearing"
        parts.append(f"SELECT 'terms', '{TERMS}'::uuid FROM changed")
    parts += [
        f"SELECT '{subject}', each.* FROM ({query.format(rows=rows)}) each"
        for subject, queries in (("service", SERVICES), ("organization", ORGANIZATIONS))
        for query in queries.get(table, ())
    ]
    return (
        f"WITH {', '.join(ctes)} INSERT INTO opendata_touch (transaction, subject, subject_id) "
        f"SELECT DISTINCT pg_current_xact_id()::text::bigint, found.* FROM ({' UNION ALL '.join(parts)}) found "
        "ON CONFLICT DO NOTHING;"
    )
