"""The SQL by which a page that was kept with somebody becomes theirs, for the app's migrations.

Only this function may write down whose page it is. It does so for whoever acts in the transaction, once for each code:
a second use waits for the first and finds the code used. It answers the id of the page, or why not.
An own page on which nothing stands gives way (the row stays, as after an erasure); any other is left alone.
"""

from typing import Final

from livingwell.consent.walls import MINE

TAKE_OVER: Final = f"""
CREATE OR REPLACE FUNCTION livingwell_take_over(code_hash text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    me uuid;
    moment timestamptz := livingwell_at();
    code linkwork_papercode%ROWTYPE;
    page consent_person%ROWTYPE;
    own consent_person%ROWTYPE;
BEGIN
    SELECT id INTO me FROM people_account WHERE id = {MINE} AND is_active FOR NO KEY UPDATE;
    SELECT * INTO code FROM linkwork_papercode WHERE hashed = code_hash FOR UPDATE;
    IF me IS NULL OR code.id IS NULL THEN RETURN 'unknown'; END IF;
    IF code.used_at IS NOT NULL OR code.withdrawn_at IS NOT NULL OR code.until <= moment THEN RETURN 'over'; END IF;
    SELECT * INTO page FROM consent_person WHERE id = code.person_id FOR NO KEY UPDATE;
    IF page.account_id IS NOT NULL OR page.erased_at IS NOT NULL THEN RETURN 'over'; END IF;
    SELECT * INTO own FROM consent_person WHERE account_id = me FOR NO KEY UPDATE;
    IF own.id IS NOT NULL THEN
        IF livingwell_something_stands(own.id) THEN RETURN 'own page'; END IF;
        UPDATE consent_person SET account_id = NULL, called = '', erased_at = moment, erased_by_id = me
        WHERE id = own.id;
    END IF;
    UPDATE consent_person SET account_id = me, called = coalesce(nullif(called, ''), own.called, '')
    WHERE id = page.id;
    UPDATE linkwork_papercode SET used_at = moment, used_by_id = me WHERE id = code.id;
    RETURN page.id;
END $$;
"""  # noqa: S608 - a name of our own

SOMETHING_STANDS: Final = """
CREATE OR REPLACE FUNCTION livingwell_something_stands(page uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    held record;
    there boolean;
BEGIN
    FOR held IN
        SELECT relation.conrelid::regclass AS rows, pointing.attname AS points
        FROM pg_constraint relation
        JOIN pg_attribute pointing
          ON pointing.attrelid = relation.conrelid AND pointing.attnum = relation.conkey[1]
        WHERE relation.contype = 'f' AND relation.confrelid = 'consent_person'::regclass
          AND relation.conrelid <> 'consent_event'::regclass
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s WHERE %I = $1)', held.rows, held.points)
        INTO there USING page;
        IF there THEN RETURN true; END IF;
    END LOOP;
    RETURN false;
END $$;
REVOKE EXECUTE ON FUNCTION livingwell_something_stands(uuid) FROM PUBLIC;
"""

GONE: Final = """
DROP FUNCTION IF EXISTS livingwell_take_over(text);
DROP FUNCTION IF EXISTS livingwell_something_stands(uuid);
"""
