"""The SQL of saying yes to an invitation, for the app's migrations.

Whoever says yes may not write a consent for somebody else: the walls forbid it. So the database does it itself, and
looks for itself: at the hash of the secret, at the day, at the address the link was sent to, at whether whoever
invited could still let somebody in, and that it is the first time. Of two who say yes at once the second waits and
finds it used.
"""

from __future__ import annotations

from typing import Final

FUNCTIONS: Final = """
CREATE FUNCTION circles_invitation_meant(secret text, moment timestamptz) RETURNS SETOF circles_carerinvitation
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT asked.* FROM circles_carerinvitation asked JOIN consent_person person ON person.id = asked.person_id
    WHERE asked.secret_hash = encode(sha256(convert_to(secret, 'UTF8')), 'hex')
      AND asked.accepted_at IS NULL AND asked.withdrawn_at IS NULL
      AND asked.until > coalesce(nullif(current_setting('livingwell.at', true), '')::timestamptz, moment)
      AND asked.lasts_until > coalesce(nullif(current_setting('livingwell.at', true), '')::timestamptz, moment)
      AND person.erased_at IS NULL
      AND asked.person_id IN (
          SELECT livingwell_pages(asked.invited_by_id, moment, 'consents', true, asked.person_id))
$$;

CREATE FUNCTION circles_invitation_shown(secret text, moment timestamptz)
RETURNS TABLE (called text, own_of uuid, parts varchar[], lasts_until timestamptz, until timestamptz, sent_to varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT person.called, person.account_id, asked.parts, asked.lasts_until, asked.until, asked.sent_to
    FROM circles_invitation_meant(secret, moment) asked JOIN consent_person person ON person.id = asked.person_id
$$;

CREATE FUNCTION circles_invitation_accept(secret text, account uuid, moment timestamptz) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    actor uuid := coalesce(livingwell_actor(), account);
    instant timestamptz := coalesce(nullif(current_setting('livingwell.at', true), '')::timestamptz, moment);
    made uuid := gen_random_uuid();
    asked circles_carerinvitation;
BEGIN
    PERFORM 1 FROM circles_carerinvitation
        WHERE secret_hash = encode(sha256(convert_to(secret, 'UTF8')), 'hex') FOR UPDATE;
    SELECT * INTO asked FROM circles_invitation_meant(secret, instant);
    IF NOT FOUND THEN RETURN NULL; END IF;
    PERFORM 1 FROM people_account one WHERE one.id = actor AND one.is_active
        AND (asked.sent_to = '' OR asked.sent_to IN (one.email, one.phone));
    IF NOT FOUND THEN RETURN NULL; END IF;
    PERFORM 1 FROM consent_person WHERE id = asked.person_id AND account_id IS DISTINCT FROM actor FOR UPDATE;
    IF NOT FOUND THEN RETURN NULL; END IF;
    UPDATE consent_consent SET withdrawn_at = instant, withdrawn_by_id = asked.invited_by_id
        WHERE person_id = asked.person_id AND account_id = actor AND purpose = 'family' AND withdrawn_at IS NULL;
    INSERT INTO consent_consent (id, person_id, account_id, parts, purpose, may_change, given_at, given_by_id,
                                 until, how, said, lawful_basis)
        VALUES (made, asked.person_id, actor, asked.parts, 'family', false, instant, asked.invited_by_id,
                asked.lasts_until, asked.how, asked.said, 'consent');
    UPDATE circles_carerinvitation SET accepted_at = instant, accepted_by_id = actor, consent_id = made, sent_to = ''
        WHERE id = asked.id;
    INSERT INTO consent_event (id, person_id, kind, part, happened_at, happened_by_id, about) VALUES
        (gen_random_uuid(), asked.person_id, 'consent given', 'consents', instant, asked.invited_by_id, made),
        (gen_random_uuid(), asked.person_id, 'carer joined', 'consents', instant, actor, asked.member_id);
    RETURN asked.person_id;
END $$;

REVOKE EXECUTE ON FUNCTION circles_invitation_meant(text, timestamptz) FROM PUBLIC;
"""

GONE: Final = """
DROP FUNCTION circles_invitation_accept(text, uuid, timestamptz);
DROP FUNCTION circles_invitation_shown(text, timestamptz);
DROP FUNCTION circles_invitation_meant(text, timestamptz);
"""
