"""Which write to an introduction, or to the consent it rests on, changes its Task: as triggers of the database.

One trigger a statement, not a row, and one small row for each introduction that it changed.
"""

from __future__ import annotations

from typing import Final

from livingwell.consent.walls import SAFE

SAID: Final = (
    "id, status, consent_id, sent_at, read_on, contacted_on, met_on, because, because_words, instead, wait_weeks, "
    "weight"
)
"""The columns of an introduction that its Task is made of."""

INSTALL: Final = f"""
CREATE FUNCTION exchange_touch_begun() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $$
BEGIN
    INSERT INTO exchange_touch (referral_id) SELECT id FROM fresh;
    RETURN NULL;
END $$;
CREATE FUNCTION exchange_touch_changed() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $$
BEGIN
    INSERT INTO exchange_touch (referral_id)
        SELECT id FROM (SELECT {SAID} FROM fresh EXCEPT SELECT {SAID} FROM stale) changed;
    RETURN NULL;
END $$;
CREATE FUNCTION exchange_touch_consent() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $$
BEGIN
    INSERT INTO exchange_touch (referral_id)
        SELECT referral.id FROM referrals_referral referral JOIN (
            SELECT id, until, withdrawn_at FROM fresh EXCEPT SELECT id, until, withdrawn_at FROM stale
        ) changed ON referral.consent_id = changed.id;
    RETURN NULL;
END $$;
CREATE TRIGGER exchange_touch_begun AFTER INSERT ON referrals_referral REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION exchange_touch_begun();
CREATE TRIGGER exchange_touch_changed AFTER UPDATE ON referrals_referral
    REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION exchange_touch_changed();
CREATE TRIGGER exchange_touch_consent AFTER UPDATE ON consent_consent
    REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION exchange_touch_consent();
INSERT INTO exchange_touch (referral_id) SELECT id FROM referrals_referral ORDER BY started_at, id;
"""

REMOVE: Final = """
DROP FUNCTION IF EXISTS exchange_touch_begun() CASCADE;
DROP FUNCTION IF EXISTS exchange_touch_changed() CASCADE;
DROP FUNCTION IF EXISTS exchange_touch_consent() CASCADE;
"""
