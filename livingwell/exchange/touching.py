"""Which write to an introduction, or to the consent it rests on, changes its Task, and in which order: as SQL.

One trigger a statement, not a row, and one small row for each introduction that it changed. Who asks by the web may not
read or write these rows, only have them put in order.
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

SETTLE: Final = f"""
CREATE FUNCTION livingwell_exchange_settle(most integer) RETURNS bigint LANGUAGE plpgsql VOLATILE {SAFE} AS $$
DECLARE done bigint;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM exchange_touch) THEN
        RETURN 0;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('exchange.settle'));
    WITH first AS (
        SELECT id FROM exchange_touch ORDER BY id LIMIT most
    ), taken AS (
        DELETE FROM exchange_touch WHERE id IN (SELECT id FROM first) RETURNING id, referral_id
    ), each AS (
        SELECT referral_id, row_number() OVER (ORDER BY min(id)) AS place FROM taken GROUP BY 1
    ), start AS (
        SELECT greatest(clock_timestamp(), (SELECT max(modified) FROM exchange_change)) AS moment
    ), kept AS (
        INSERT INTO exchange_change (referral_id, modified)
        SELECT each.referral_id, start.moment + each.place * interval '1 microsecond'
        FROM each CROSS JOIN start JOIN referrals_referral referral ON referral.id = each.referral_id
        ON CONFLICT (referral_id) DO UPDATE SET modified = EXCLUDED.modified
    )
    SELECT count(*) INTO done FROM taken;
    RETURN done;
END $$;
"""
"""Each statement in it sees what was committed before it began: so the moments are given after the lock was had."""

SETTLE_GONE: Final = "DROP FUNCTION IF EXISTS livingwell_exchange_settle(integer);"

REMOVE: Final = """
DROP FUNCTION IF EXISTS exchange_touch_begun() CASCADE;
DROP FUNCTION IF EXISTS exchange_touch_changed() CASCADE;
DROP FUNCTION IF EXISTS exchange_touch_consent() CASCADE;
"""
