"""The SQL of what a linked-up system sees of introductions, for the app's migration.

It sees what those who receive at its organization see: the introductions sent there, what is said in them while they
are asked or taken on and the consent holds, and that consent. Nothing of a page, and nothing of other organizations.
"""

from __future__ import annotations

from typing import Final

from livingwell.consent.walls import SAFE
from livingwell.core.roles import WEB_ROLE

HERE: Final = "(SELECT livingwell_exchange())"
TOLD: Final = "ARRAY(SELECT livingwell_exchange_told())"

RULES: Final = f"""
CREATE OR REPLACE FUNCTION livingwell_exchange() RETURNS uuid LANGUAGE sql STABLE {SAFE} AS $$
    SELECT client.organization_id FROM exchange_client client
    WHERE client.id = nullif(current_setting('livingwell.exchange', true), '')::uuid
      AND client.made_at <= livingwell_at() AND (client.ended_at IS NULL OR client.ended_at > livingwell_at())
$$;

CREATE OR REPLACE FUNCTION livingwell_exchange_told() RETURNS SETOF uuid LANGUAGE sql STABLE {SAFE} AS $$
    SELECT referral.id FROM referrals_referral referral JOIN consent_consent consent ON consent.id = referral.consent_id
    WHERE referral.organization_id = livingwell_exchange() AND referral.status IN ('sent', 'accepted', 'met')
      AND consent.given_at <= livingwell_at() AND consent.until > livingwell_at()
      AND (consent.withdrawn_at IS NULL OR consent.withdrawn_at > livingwell_at())
$$;

CREATE POLICY exchange_see ON referrals_referral FOR SELECT
    USING (status <> 'draft' AND sent_at IS NOT NULL AND organization_id = {HERE});
CREATE POLICY exchange_change ON referrals_referral FOR UPDATE
    USING (id = ANY ({TOLD})) WITH CHECK (organization_id = {HERE});
CREATE POLICY exchange_see ON referrals_said FOR SELECT USING (referral_id = ANY ({TOLD}));
CREATE POLICY exchange_add ON referrals_move FOR INSERT
    WITH CHECK (moved_by_id IS NULL AND through = 'exchange' AND referral_id IN (
        SELECT id FROM referrals_referral WHERE organization_id = {HERE}));
CREATE POLICY exchange_see ON consent_consent FOR SELECT
    USING (purpose = 'introduction' AND organization_id = {HERE});
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON exchange_client FROM {WEB_ROLE};
"""

CHANGES: Final = f"""
ALTER TABLE exchange_touch ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON exchange_touch FROM {WEB_ROLE};
ALTER TABLE exchange_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON exchange_change FOR SELECT
    USING (EXISTS (SELECT 1 FROM referrals_referral seen WHERE seen.id = exchange_change.referral_id));
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON exchange_change FROM {WEB_ROLE};
"""
"""Whoever sees an introduction sees when it last changed; only the order itself is nobody's to write."""

CHANGES_GONE: Final = f"""
DROP POLICY IF EXISTS see ON exchange_change;
ALTER TABLE exchange_change DISABLE ROW LEVEL SECURITY;
ALTER TABLE exchange_touch DISABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON exchange_touch, exchange_change TO {WEB_ROLE};
"""

HELD: Final = f"person_id IN (SELECT person_id FROM referrals_referral WHERE id = ANY ({TOLD}))"
MISSED: Final = f"""
CREATE POLICY exchange_see ON recall_missed FOR SELECT USING (organization_id = {HERE} AND {HELD});
CREATE POLICY exchange_add ON recall_missed FOR INSERT WITH CHECK (organization_id = {HERE} AND {HELD});
"""
"""That somebody did not come is noted only of those whose introduction the organization holds."""

MISSED_GONE: Final = """
DROP POLICY IF EXISTS exchange_add ON recall_missed;
DROP POLICY IF EXISTS exchange_see ON recall_missed;
"""

GONE: Final = """
DROP POLICY IF EXISTS exchange_see ON consent_consent;
DROP POLICY IF EXISTS exchange_add ON referrals_move;
DROP POLICY IF EXISTS exchange_see ON referrals_said;
DROP POLICY IF EXISTS exchange_change ON referrals_referral;
DROP POLICY IF EXISTS exchange_see ON referrals_referral;
DROP FUNCTION IF EXISTS livingwell_exchange_told();
DROP FUNCTION IF EXISTS livingwell_exchange();
"""
