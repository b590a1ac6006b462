"""The SQL of the one rule that says which pages are open to whom, for the app's migrations.

`livingwell_pages(actor, moment, part, to change, only this page)` gives the ids. Its four ways in are: one's own page;
a live consent to oneself; a live consent to an organization in which one works with people now; an emergency, to look
only. A consent for an introduction opens no page: its receiver reads what the introduction says. The functions run with
the rights of the tables' owner (SECURITY DEFINER), or they would ask themselves. Where the transaction means only some
of the pages that people share (`acting.only`), no others of them are open.
`ROWS 2` tells the planner that somebody works for one or two organizations: by itself it takes a function for a
thousand rows, and then reads every consent there is.
A plan that is made once serves every call (`force_generic_plan`): to make it anew takes as long as the rule itself.
It is asked in FROM, which takes all its ids at once: after SELECT they come one by one, twice as slowly.
To change the rule, change it here and add a migration that runs it again.
"""

from __future__ import annotations

from typing import Final

from livingwell.consent.walls import SAFE
from livingwell.core.roles import WEB_ROLE
from livingwell.people.models import WITH_PEOPLE

ROLE: Final = f"""
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{WEB_ROLE}') THEN
        BEGIN
            CREATE ROLE {WEB_ROLE} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
            GRANT {WEB_ROLE} TO CURRENT_USER;
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE EXCEPTION 'The database role {WEB_ROLE} is missing and this role may not create it. Ask whoever runs '
                'the database for: CREATE ROLE {WEB_ROLE} LOGIN; GRANT {WEB_ROLE} TO %;', CURRENT_USER;
        END;
    END IF;
END $$;
GRANT USAGE ON SCHEMA public TO {WEB_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {WEB_ROLE};
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {WEB_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {WEB_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {WEB_ROLE};
"""

_HOLDS: Final = """consent.purpose <> 'introduction' AND consent.given_at <= moment AND consent.until > moment
          AND (consent.withdrawn_at IS NULL OR consent.withdrawn_at > moment)
          AND consent.person_id BETWEEN coalesce(only_page, '00000000-0000-0000-0000-000000000000')
                                    AND coalesce(only_page, 'ffffffff-ffff-ffff-ffff-ffffffffffff')"""
_SOME: Final = "(coalesce(current_setting('livingwell.among', true), '') <> '')"
_AMONG: Final = "unnest(nullif(current_setting('livingwell.among', true), '')::uuid[])"
"""Whether only some of the pages that people share are meant, and which. OFFSET 0 has each of them looked up: else all
consents of an organization are read beside them."""

FUNCTIONS: Final = f"""
CREATE OR REPLACE FUNCTION livingwell_actor() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('livingwell.actor', true), '')::uuid $$;

CREATE OR REPLACE FUNCTION livingwell_at() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT coalesce(nullif(current_setting('livingwell.at', true), '')::timestamptz, now()) $$;

CREATE OR REPLACE FUNCTION livingwell_works_with_people(actor uuid, moment timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE ROWS 2 {SAFE} AS $$
    SELECT held.organization_id FROM people_membership held
    WHERE held.account_id = actor AND held.organization_id IS NOT NULL
      AND held.role IN ({", ".join(f"'{role}'" for role in WITH_PEOPLE)})
      AND held.started_at <= moment AND (held.ended_at IS NULL OR held.ended_at > moment)
$$;

CREATE OR REPLACE FUNCTION livingwell_pages(
    actor uuid, moment timestamptz, asked text, to_change boolean, only_page uuid
) RETURNS SETOF uuid LANGUAGE sql STABLE {SAFE} SET plan_cache_mode = force_generic_plan AS $$
    WITH me AS (SELECT id FROM people_account WHERE id = actor AND is_active),
    place AS MATERIALIZED (SELECT livingwell_works_with_people(me.id, moment) AS id FROM me),
    given AS (
        SELECT consent.person_id, consent.parts, consent.purpose, consent.may_change
        FROM me JOIN consent_consent consent ON consent.account_id = me.id
        WHERE (NOT {_SOME} OR consent.person_id IN (SELECT {_AMONG})) AND {_HOLDS}
        UNION ALL
        SELECT consent.person_id, consent.parts, consent.purpose, consent.may_change
        FROM place JOIN consent_consent consent ON consent.organization_id = place.id
        WHERE NOT {_SOME} AND {_HOLDS}
        UNION ALL
        SELECT consent.*
        FROM place, {_AMONG} AS page, LATERAL (
            SELECT consent.person_id, consent.parts, consent.purpose, consent.may_change
            FROM consent_consent consent WHERE consent.organization_id = place.id AND consent.person_id = page
            AND {_HOLDS} OFFSET 0
        ) consent
        WHERE {_SOME}
    )
    SELECT person.id FROM me JOIN consent_person person ON person.account_id = me.id
    WHERE person.id = coalesce(only_page, person.id)
    UNION
    SELECT person_id FROM given
    WHERE (may_change OR NOT to_change)
      AND (asked IS NULL OR asked = ANY (parts) OR (asked = 'consents' AND purpose = 'keep'))
    UNION
    SELECT emergency.person_id FROM me JOIN consent_emergency emergency ON emergency.opened_by_id = me.id
    WHERE NOT to_change AND emergency.opened_at <= moment AND emergency.until > moment
      AND asked IS DISTINCT FROM 'consents'
      AND emergency.person_id = coalesce(only_page, emergency.person_id)
      AND emergency.organization_id IN (SELECT id FROM place)
$$;

CREATE OR REPLACE FUNCTION livingwell_open(asked text, to_change boolean) RETURNS SETOF uuid
LANGUAGE sql STABLE {SAFE} AS $$
    SELECT page FROM livingwell_pages(
        livingwell_actor(), livingwell_at(), asked, to_change,
        nullif(current_setting('livingwell.page', true), '')::uuid) AS page
$$;

CREATE OR REPLACE FUNCTION livingwell_is_privacy_lead() RETURNS boolean LANGUAGE sql STABLE {SAFE} AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_membership held JOIN people_account account ON account.id = held.account_id
        WHERE held.account_id = livingwell_actor() AND account.is_active AND held.organization_id IS NULL
          AND held.role = 'privacy lead' AND held.started_at <= livingwell_at()
          AND (held.ended_at IS NULL OR held.ended_at > livingwell_at()))
$$;

CREATE OR REPLACE FUNCTION livingwell_begins(page uuid) RETURNS boolean LANGUAGE sql STABLE {SAFE} AS $$
    SELECT EXISTS (
        SELECT 1 FROM consent_person WHERE id = page AND started_by_id = livingwell_actor() AND account_id IS NULL)
       AND NOT EXISTS (SELECT 1 FROM consent_consent WHERE person_id = page)
$$;

CREATE OR REPLACE FUNCTION livingwell_let_go(page uuid, account uuid, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE {SAFE} AS $$
BEGIN
    IF account <> coalesce(livingwell_actor(), account) OR NOT EXISTS (
        SELECT 1 FROM consent_person person WHERE person.id = page AND person.erased_at IS NULL
        AND (person.account_id = account OR (person.account_id IS NULL
             AND page IN (SELECT livingwell_pages(account, moment, 'consents', true, page)))))
    THEN
        RETURN false;
    END IF;
    UPDATE consent_consent SET withdrawn_at = moment, withdrawn_by_id = account
    WHERE person_id = page AND withdrawn_at IS NULL;
    UPDATE consent_person SET account_id = NULL, called = '', erased_at = moment, erased_by_id = account
    WHERE id = page;
    RETURN true;
END $$;
"""

GONE: Final = """
DROP FUNCTION IF EXISTS livingwell_let_go(uuid, uuid, timestamptz);
DROP FUNCTION IF EXISTS livingwell_begins(uuid);
DROP FUNCTION IF EXISTS livingwell_is_privacy_lead();
DROP FUNCTION IF EXISTS livingwell_open(text, boolean);
DROP FUNCTION IF EXISTS livingwell_pages(uuid, timestamptz, text, boolean, uuid);
DROP FUNCTION IF EXISTS livingwell_works_with_people(uuid, timestamptz);
DROP FUNCTION IF EXISTS livingwell_at();
DROP FUNCTION IF EXISTS livingwell_actor();
"""
