"""Which write to which table changes what we publish of which service or organization, as triggers of the database."""

from __future__ import annotations

from typing import Final

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
CONTACT: Final = "directory_contact of ON of.id = {rows}.contact_id"
PHONE: Final = "directory_phone of ON of.id = {rows}.phone_id"


def _through(join: str) -> tuple[str, ...]:
    """The services of what owns a phone's contact, or a language's phone."""
    return (
        f"SELECT of.service_id FROM {{rows}} JOIN {join} WHERE of.service_id IS NOT NULL",
        f"SELECT at.service_id FROM {{rows}} JOIN {join} "
        "JOIN directory_serviceatlocation at ON at.id = of.service_at_location_id OR at.location_id = of.location_id",
        f"SELECT offered.id FROM {{rows}} JOIN {join} "
        "JOIN directory_service offered ON offered.organization_id = of.organization_id",
    )


def _owner_through(join: str) -> str:
    return f"SELECT of.organization_id FROM {{rows}} JOIN {join} WHERE of.organization_id IS NOT NULL"


SERVICES: Final[dict[str, tuple[str, ...]]] = {
    "service": ("SELECT {rows}.id FROM {rows}",),
    "servicetheme": (SERVICE,),
    "costoption": (SERVICE,),
    "requireddocument": (SERVICE,),
    "servicearea": (SERVICE,),
    "servicecapacity": (SERVICE,),
    "serviceatlocation": (SERVICE,),
    "schedule": (SERVICE, AT, PLACE),
    "funding": (SERVICE,),
    "contact": (SERVICE, AT, PLACE, BODY),
    "phone": (SERVICE, AT, PLACE, BODY, *_through(CONTACT)),
    "language": (SERVICE, PLACE, *_through(PHONE)),
    "location": (
        "SELECT at.service_id FROM {rows} JOIN directory_serviceatlocation at ON at.location_id = {rows}.id",
    ),
    "address": (PLACE,),
    "accessibility": (PLACE,),
    "organization": (
        "SELECT offered.id FROM {rows} JOIN directory_service offered ON offered.organization_id = {rows}.id",
    ),
    "program": (
        "SELECT offered.id FROM {rows} JOIN directory_service offered ON offered.program_id = {rows}.id",
    ),
    "attribute": ("SELECT {rows}.link_id FROM {rows} WHERE {rows}.link_entity = 'service'",),
    "metadata": ("SELECT {rows}.resource_id FROM {rows} WHERE {rows}.resource_type = 'service'",),
    "taxonomyterm": (
        "SELECT said.link_id FROM {rows} JOIN directory_attribute said "
        "ON said.taxonomy_term_id = {rows}.id AND said.link_entity = 'service'",
    ),
}
"""For each table of the directory, queries of the services that its changed rows belong to."""

ORGANIZATIONS: Final[dict[str, tuple[str, ...]]] = {
    "organization": ("SELECT {rows}.id FROM {rows}",),
    "organizationidentifier": (OWNER,),
    "program": (OWNER,),
    "location": (OWNER,),
    "funding": (OWNER,),
    "contact": (OWNER,),
    "phone": (OWNER, _owner_through(CONTACT)),
    "language": (_owner_through(PHONE),),
    "service": (OWNER,),
    "attribute": ("SELECT {rows}.link_id FROM {rows} WHERE {rows}.link_entity = 'organization'",),
}
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
}
"""Columns whose change counts, where a table has others that we keep for ourselves: when it was last seen or asked."""


def install() -> str:
    """The SQL that makes the functions and triggers, and says once that everything there is has changed."""
    return "\n".join([*(_table(table) for table in sorted(SERVICES.keys() | ORGANIZATIONS.keys())), _FIRST])


def remove() -> str:
    """The SQL that takes them away."""
    return "\n".join(
        f"DROP FUNCTION IF EXISTS opendata_touch_{table}() CASCADE;"
        for table in sorted(SERVICES.keys() | ORGANIZATIONS.keys())
    )


_FIRST: Final = """
INSERT INTO opendata_touch (transaction, subject, subject_id)
    SELECT 0, 'service', id FROM directory_service UNION ALL SELECT 0, 'organization', id FROM directory_organization
    ON CONFLICT DO NOTHING;
"""


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
    parts = [
        f"SELECT '{subject}', each.* FROM ({query.format(rows='changed')}) each"
        for subject, queries in (("service", SERVICES), ("organization", ORGANIZATIONS))
        for query in queries.get(table, ())
    ]
    changed = CHANGED[event].format(said=SAID.get(table, "*"))
    return (
        f"WITH {changed} INSERT INTO opendata_touch (transaction, subject, subject_id) "
        f"SELECT DISTINCT pg_current_xact_id()::text::bigint, found.* FROM ({' UNION ALL '.join(parts)}) found "
        "ON CONFLICT DO NOTHING;"
    )
