"""Many persons and introductions for a measurement, made in the database itself. All of them are invented.

Each row is told by its number: the same size gives the same rows, but for the days, which are counted back from today.
"""

import sys
import time

from django.db import connection, transaction

ORGANIZATIONS = 500
PRACTICES = 50
THE_LARGEST = 5_000
A_PERSON = 3
IN_A_LINK = "an-invented-link-for-a-measurement-"
"""What stands in the link of introduction number n, with n behind it. Only its hash is in the database."""

ROWS = """
INSERT INTO directory_source (slug, name, url, licence, cursor, every_hours, paused_by, way)
VALUES ('synthetic', 'Synthetic', '', '', '{{}}', 24, '', 'hand') ON CONFLICT DO NOTHING;

INSERT INTO directory_organization (id, source_id, original_id, name, alternate_name, description, email, website,
    tax_status, tax_id, legal_status, logo, uri, invented, stand_in)
SELECT md5('organization' || n)::uuid, 'synthetic', 'organization' || n, 'Neighbours number ' || n, '', '', '', '',
    '', '', '', '', '', true, false
FROM generate_series(0, {organizations} - 1) n;

INSERT INTO directory_service (id, source_id, original_id, organization_id, name, alternate_name, description, url,
    email, status, interpretation_services, application_process, fees_description, wait_time, accreditations,
    eligibility_description, assurer_email, licenses, alert, kind, kind_by_hand, what_to_expect, text_number, invented,
    is_confidential)
SELECT md5('service' || n || '-' || m)::uuid, 'synthetic', 'service' || n || '-' || m,
    md5('organization' || n)::uuid, 'Group ' || m || ' of ' || n, '', '', '', '', 'active', '', '', '', '', '', '',
    '', '', '', 'group', false, '', '', true, false
FROM generate_series(0, {organizations} - 1) n, generate_series(0, 1) m;

INSERT INTO people_account (id, password, email, phone, name, is_active, epoch, invented)
SELECT md5('worker' || n)::uuid, '!', 'worker' || n || '@example.org', '', 'Worker ' || n, true, 0, true
FROM generate_series(0, {organizations} * 2 - 1) n
UNION ALL
SELECT md5('account' || n)::uuid, '!', 'person' || n || '@example.org', '', 'Person ' || n, true, 0, true
FROM generate_series(0, {persons} - 1, 2) n;

INSERT INTO people_membership (account_id, organization_id, role, started_at, started_by, ended_by)
SELECT md5('worker' || n)::uuid, md5('organization' || n % {organizations})::uuid,
    CASE WHEN n < {organizations} THEN 'clinician' ELSE 'link worker' END, now() - interval '1 year', 'measuring', ''
FROM generate_series(0, {organizations} * 2 - 1) n;

INSERT INTO consent_person (id, account_id, called, started_at, started_by_id, invented)
SELECT md5('person' || n)::uuid, CASE WHEN n % 2 = 0 THEN md5('account' || n)::uuid END, 'Person ' || n,
    now() - interval '300 days',
    md5(CASE WHEN n % 2 = 0 THEN 'account' || n ELSE 'worker' || n % {practices} END)::uuid, true
FROM generate_series(0, {persons} - 1) n;

INSERT INTO consent_contact (person_id, full_name, born_on, nhs_number, phone, email, address, ways, best_time,
    may_leave_word, word_to_leave)
SELECT md5('person' || n)::uuid, 'Person Number ' || n, date '1950-01-01' + n % 15000, '', '07700 900' || 100 + n % 900,
    '', '', ARRAY['phone'], '', false, ''
FROM generate_series(0, {persons} - 1) n;

INSERT INTO consent_consent (id, person_id, organization_id, parts, purpose, may_change, given_at, given_by_id, until,
    how, said, lawful_basis)
SELECT md5('kept' || n)::uuid, md5('person' || n)::uuid, md5('organization' || n % {practices})::uuid,
    ARRAY['contact', 'story', 'plan'], 'keep', true, now() - interval '299 days',
    md5('worker' || n % {practices})::uuid, now() + interval '1 year', 'in person', 'Yes.', 'consent'
FROM generate_series(0, {persons} - 1) n;

CREATE TEMPORARY TABLE made AS
SELECT k, md5('referral' || k)::uuid AS id, k % {persons} AS p, md5('person' || k % {persons})::uuid AS person,
    CASE WHEN k < {largest} THEN 0
         ELSE 1 + (k % {persons} * 7919 + k / {persons} * 167) % ({organizations} - 1) END AS o,
    (ARRAY['draft', 'sent', 'sent', 'sent', 'sent', 'sent', 'sent', 'sent', 'accepted', 'accepted', 'accepted',
           'accepted', 'met', 'met', 'declined', 'declined', 'closed', 'closed', 'closed', 'withdrawn'])[1 + k % 20]
        AS status,
    date_trunc('day', now()) - make_interval(days => (k * 37 % 180)::int, mins => (k % 1440)::int) AS sent_at,
    md5('worker' || k % {persons} % {practices})::uuid AS sender
FROM generate_series(0, {persons} * {a_person} - 1) k;

INSERT INTO consent_consent (id, person_id, organization_id, parts, purpose, may_change, given_at, given_by_id, until,
    how, said, lawful_basis, withdrawn_at, withdrawn_by_id)
SELECT md5('introduced' || k)::uuid, person, md5('organization' || o)::uuid, ARRAY['contact'], 'introduction', false,
    sent_at, sender, sent_at + interval '183 days', 'in person', 'Yes.', 'consent',
    CASE WHEN status = 'withdrawn' THEN now() END, CASE WHEN status = 'withdrawn' THEN sender END
FROM made WHERE status <> 'draft';

INSERT INTO referrals_referral (id, person_id, service_id, organization_id, weight, consent_id, status, started_at,
    started_by_id, sender_id, owner_id, sent_at, sent_by_id, answer_by, back_on, answered_on, read_on, contacted_on,
    met_on, because, because_words, instead, helped)
SELECT id, person, md5('service' || o || '-' || k % 2)::uuid, md5('organization' || o)::uuid,
    (ARRAY['warm', 'referral'])[1 + k % 2], CASE WHEN status <> 'draft' THEN md5('introduced' || k)::uuid END, status,
    sent_at - interval '1 hour', sender, md5('organization' || p % {practices})::uuid, sender,
    CASE WHEN status <> 'draft' THEN sent_at END, CASE WHEN status <> 'draft' THEN sender END,
    CASE WHEN status <> 'draft' THEN sent_at::date + 7 END,
    CASE WHEN status = 'sent' AND sent_at::date + 7 < current_date THEN sent_at::date + 8 END,
    CASE WHEN status NOT IN ('draft', 'sent', 'withdrawn')
         THEN least(current_date, sent_at::date + (k * 13 % 16)::int) END,
    NULL,
    CASE WHEN status IN ('met', 'closed') THEN sent_at::date + 4 END,
    CASE WHEN status IN ('met', 'closed') THEN sent_at::date + 9 END,
    CASE WHEN status = 'declined' THEN 'full' ELSE '' END, '', '', CASE WHEN status = 'closed' THEN 'yes' ELSE '' END
FROM made;

INSERT INTO referrals_said (id, person_id, referral_id, place, heading, words)
SELECT md5('said' || k || '-' || m)::uuid, person, id, m,
    (ARRAY['Call me', 'My phone', 'Anything else'])[m + 1],
    (ARRAY['Person ' || p, '07700 900' || 100 + p % 900, 'I like a quiet room. I used to sing.'])[m + 1]
FROM made, generate_series(0, 2) m;

INSERT INTO referrals_move (id, person_id, referral_id, before, after, moved_at, moved_by_id, through)
SELECT md5('sent' || k)::uuid, person, id, 'draft', 'sent', sent_at, sender, 'screen' FROM made WHERE status <> 'draft'
UNION ALL
SELECT md5('answered' || k)::uuid, person, id, 'sent',
    CASE WHEN status IN ('met', 'closed') THEN 'accepted' ELSE status END,
    least(now(), sent_at + make_interval(hours => (k * 13 % 400)::int)), NULL, 'link'
FROM made WHERE status NOT IN ('draft', 'sent')
UNION ALL
SELECT md5('met' || k)::uuid, person, id, 'accepted', 'met', least(now(), sent_at + interval '20 days'), NULL, 'link'
FROM made WHERE status IN ('met', 'closed')
UNION ALL
SELECT md5('closed' || k)::uuid, person, id, 'met', 'closed', least(now(), sent_at + interval '30 days'), sender,
    'screen'
FROM made WHERE status = 'closed';

INSERT INTO referrals_link (id, person_id, referral_id, secret, made_at, made_by_id, until)
SELECT md5('link' || k)::uuid, person, id, encode(sha256(convert_to('{secret}' || k, 'UTF8')), 'hex'), sent_at, sender,
    now() + interval '30 days'
FROM made WHERE status = 'sent';
DROP TABLE made;

INSERT INTO recall_entry (id, person_id, organization_id, why, words, worried, due_on, by_on, occasion, owner_id,
    added_at, added_by_id, because)
SELECT md5('recall' || n)::uuid, md5('person' || n)::uuid, md5('organization' || n % {practices})::uuid,
    (ARRAY['worry', 'missed', 'promise', 'hard day', 'silence'])[1 + n % 5], 'They sounded low.', 'Their sister',
    current_date + (n * 37 % 90)::int - 20, CASE WHEN n % 7 = 0 THEN current_date + (n % 5)::int END, '',
    CASE WHEN n % 3 = 0 THEN md5('worker' || n % {practices})::uuid END, now() - interval '20 days',
    md5('worker' || n % {practices})::uuid, ''
FROM generate_series(0, {persons} / 2 - 1) n;

INSERT INTO recall_attempt (id, person_id, entry_id, outcome, next, next_on, because, done_at, done_by_id)
SELECT md5('attempt' || n || '-' || m)::uuid, md5('person' || n)::uuid, md5('recall' || n)::uuid, 'no answer', 'ring',
    current_date + 3, '', now() - make_interval(days => m + 2), md5('worker' || n % {practices})::uuid
FROM generate_series(0, {persons} / 2 - 1) n, generate_series(0, 1) m;
"""

OURS = (
    "recall_attempt, recall_entry, "
    "referrals_link, referrals_move, referrals_said, referrals_referral, consent_consent, consent_contact, "
    "consent_person, people_membership, people_account, directory_service, directory_organization"
)


def fill(persons: int) -> None:
    """Make the scratch database hold this many persons with three introductions each."""
    assert connection.settings_dict["NAME"].startswith("livingwell_bench_"), "only ever in a scratch database"
    began = time.perf_counter()
    script = ROWS.format(
        organizations=ORGANIZATIONS,
        practices=PRACTICES,
        persons=persons,
        a_person=A_PERSON,
        largest=min(THE_LARGEST, persons),
        secret=IN_A_LINK,
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {OURS} CASCADE")
        for statement in script.split(";\n"):
            if statement.strip():
                cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    sys.stderr.write(f"Made {persons:,} persons in {time.perf_counter() - began:.0f} s.\n")
