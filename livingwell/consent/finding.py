"""The SQL by which one person is found in an emergency, and an emergency ended, for the app's migrations.

`livingwell_find_one` gives at most one id and nothing else: by full name and date of birth, by NHS number or by phone,
to somebody who works with people. Two persons alike are none. Both run with the rights of the tables' owner.
"""

from __future__ import annotations

from typing import Final

from livingwell.consent.walls import SAFE

FIND: Final = f"""
CREATE OR REPLACE FUNCTION livingwell_digits(number text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT regexp_replace(regexp_replace(number, '\\D', '', 'g'), '^(0044|44)?0?', '') $$;

CREATE INDEX consent_contact_by_phone ON consent_contact (livingwell_digits(phone)) WHERE phone <> '';

CREATE OR REPLACE FUNCTION livingwell_plain(name text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT lower(btrim(regexp_replace(name, '\\s+', ' ', 'g'))) $$;

CREATE OR REPLACE FUNCTION livingwell_find_one(
    asking uuid, moment timestamptz, name text, born date, number text, telephone text
) RETURNS uuid LANGUAGE sql STABLE {SAFE} AS $$
    WITH allowed AS (
        SELECT 1 WHERE coalesce(livingwell_actor(), asking) = asking
          AND EXISTS (SELECT 1 FROM people_account WHERE id = asking AND is_active)
          AND EXISTS (SELECT 1 FROM livingwell_works_with_people(asking, moment))
    ), found AS (
        SELECT person_id FROM allowed, consent_contact
        WHERE number <> '' AND nhs_number = number
        UNION
        SELECT person_id FROM allowed, consent_contact
        WHERE btrim(name) <> '' AND born_on = born AND livingwell_plain(full_name) = livingwell_plain(name)
        UNION
        SELECT person_id FROM allowed, consent_contact
        WHERE length(livingwell_digits(telephone)) >= 9
          AND phone <> '' AND livingwell_digits(phone) = livingwell_digits(telephone)
        UNION
        SELECT person.id FROM allowed, people_account account
        JOIN consent_person person ON person.account_id = account.id
        WHERE length(livingwell_digits(telephone)) >= 9 AND account.phone = '+44' || livingwell_digits(telephone)
    )
    SELECT CASE WHEN count(*) = 1 THEN (array_agg(person_id))[1] END FROM found
$$;
"""

END: Final = f"""
CREATE OR REPLACE FUNCTION livingwell_end_emergency(which uuid, account uuid, moment timestamptz) RETURNS void
LANGUAGE sql VOLATILE {SAFE} AS $$
    UPDATE consent_emergency SET until = moment
    WHERE id = which AND opened_at < moment AND until > moment
      AND coalesce(livingwell_actor(), account) = account
      AND (opened_by_id = account OR livingwell_is_privacy_lead()
           OR person_id IN (SELECT livingwell_pages(account, moment, 'consents', true, NULL)))
$$;
"""

GONE: Final = """
DROP FUNCTION IF EXISTS livingwell_end_emergency(uuid, uuid, timestamptz);
DROP FUNCTION IF EXISTS livingwell_find_one(uuid, timestamptz, text, date, text, text);
DROP FUNCTION IF EXISTS livingwell_plain(text);
DROP INDEX IF EXISTS consent_contact_by_phone;
DROP FUNCTION IF EXISTS livingwell_digits(text);
"""
