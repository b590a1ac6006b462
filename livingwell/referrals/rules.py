"""The SQL of who else than the person's own circle may read and answer an introduction, for the app's migration.

A receiver is whoever works with people in the organization it was sent to, or holds its link. Both read what is said
only while it is asked or taken on and the consent it rests on holds. Whom the person wants to be told what came of it
reads that alone, by a link of their own.
"""

from __future__ import annotations

from typing import Final

from livingwell.consent.walls import SAFE

TOLD_AT_FIRST: Final = f"""
CREATE OR REPLACE FUNCTION livingwell_told() RETURNS SETOF uuid LANGUAGE sql STABLE {SAFE} AS $$
    SELECT referral.id FROM referrals_referral referral JOIN consent_consent consent ON consent.id = referral.consent_id
    WHERE referral.status IN ('sent', 'accepted', 'met')
      AND consent.given_at <= livingwell_at() AND consent.until > livingwell_at()
      AND (consent.withdrawn_at IS NULL OR consent.withdrawn_at > livingwell_at())
      AND (referral.id = livingwell_by_link()
           OR (referral.organization_id IN (SELECT livingwell_works_with_people(livingwell_actor(), livingwell_at()))
               AND referral.person_id = coalesce(
                   nullif(current_setting('livingwell.page', true), '')::uuid, referral.person_id)))
$$;
"""

TOLD: Final = f"""
CREATE OR REPLACE FUNCTION livingwell_is_told(introduction uuid) RETURNS boolean LANGUAGE sql STABLE {SAFE} AS $$
    SELECT EXISTS (
        SELECT 1 FROM referrals_referral referral JOIN consent_consent consent ON consent.id = referral.consent_id
        WHERE referral.id = introduction AND referral.status IN ('sent', 'accepted', 'met')
          AND consent.given_at <= livingwell_at() AND consent.until > livingwell_at()
          AND (consent.withdrawn_at IS NULL OR consent.withdrawn_at > livingwell_at())
          AND (referral.id = livingwell_by_link()
               OR (referral.organization_id IN (
                       SELECT livingwell_works_with_people(livingwell_actor(), livingwell_at()))
                   AND referral.person_id = coalesce(
                       nullif(current_setting('livingwell.page', true), '')::uuid, referral.person_id))))
$$;
"""
"""Asked of one introduction, by its key: among many it costs what it costs among few."""

FUNCTIONS: Final = f"""
CREATE OR REPLACE FUNCTION livingwell_by_link() RETURNS uuid LANGUAGE sql STABLE {SAFE} AS $$
    SELECT link.referral_id FROM referrals_link link
    WHERE link.secret = nullif(current_setting('livingwell.link', true), '') AND link.until > livingwell_at()
$$;
{TOLD_AT_FIRST}
CREATE OR REPLACE FUNCTION livingwell_sends_on_a_live_consent() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $$
BEGIN
    IF NEW.status = 'sent' AND OLD.status <> 'sent' AND NOT EXISTS (
        SELECT 1 FROM consent_consent consent
        WHERE consent.id = NEW.consent_id AND consent.person_id = NEW.person_id
          AND consent.organization_id = NEW.organization_id
          AND consent.given_at <= NEW.sent_at AND consent.until > NEW.sent_at
          AND (consent.withdrawn_at IS NULL OR consent.withdrawn_at > NEW.sent_at))
    THEN
        RAISE EXCEPTION 'An introduction is sent only on a live consent to its receiver.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'referrals_referral_on_a_live_consent';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referrals_referral_on_a_live_consent BEFORE UPDATE OF status ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION livingwell_sends_on_a_live_consent();
"""

TOLD_BACK: Final = f"""
CREATE OR REPLACE FUNCTION livingwell_told_back() RETURNS uuid LANGUAGE sql STABLE {SAFE} AS $$
    SELECT referral.id
    FROM referrals_messageback back JOIN referrals_referral referral ON referral.id = back.referral_id
    WHERE back.secret = nullif(current_setting('livingwell.link', true), '')
      AND back.until > livingwell_at() AND back.stopped_at IS NULL
      AND referral.status IN ('declined', 'met', 'closed')
      AND EXISTS (
        SELECT 1 FROM consent_consent consent
        WHERE consent.person_id = back.person_id AND consent.organization_id = back.organization_id
          AND consent.purpose <> 'introduction' AND 'plan' = ANY (consent.parts)
          AND consent.given_at <= livingwell_at() AND consent.until > livingwell_at()
          AND (consent.withdrawn_at IS NULL OR consent.withdrawn_at > livingwell_at()))
$$;
CREATE OR REPLACE FUNCTION livingwell_told_back_of() RETURNS text LANGUAGE sql STABLE {SAFE} AS $$
    SELECT person.called FROM referrals_referral referral JOIN consent_person person ON person.id = referral.person_id
    WHERE referral.id = livingwell_told_back()
$$;
"""
"""The introduction of which the holder of the link is told what came of it, and of whom: while the person wants that,
and lets them see the plan.
"""

GONE: Final = """
DROP TRIGGER IF EXISTS referrals_referral_on_a_live_consent ON referrals_referral;
DROP FUNCTION IF EXISTS livingwell_sends_on_a_live_consent();
DROP FUNCTION IF EXISTS livingwell_told();
DROP FUNCTION IF EXISTS livingwell_by_link();
"""
