"""The rule who may see what, and the walls around the tables about persons."""

from django.db import migrations

from livingwell.consent import rules, walls
from livingwell.consent.models.part import Part

PERSON = walls.opened(None, "id")
CONSENTS = walls.opened(Part.CONSENTS)
CONSENTS_CHANGE = walls.opened(Part.CONSENTS, change=True)
MINE = walls.MINE
ANY_PART = walls.opened(None)


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0001_initial"),
        ("people", "0002_sign_in_and_invitations"),
    ]

    operations = [
        migrations.RunSQL(rules.ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(rules.FUNCTIONS, rules.GONE),
        walls.own_rules(
            "consent_person",
            see=PERSON,
            add=f"started_by_id = {MINE} AND (account_id IS NULL OR account_id = {MINE})",
            change=walls.opened(Part.STORY, "id", change=True),
            columns="called",
        ),
        walls.of_part("consent_contact", Part.CONTACT),
        walls.own_rules(
            "consent_consent",
            see=f"{CONSENTS} OR account_id = {MINE} "
            f"OR organization_id IN (SELECT livingwell_works_with_people({MINE}, livingwell_at()))",
            add=f"given_by_id = {MINE} AND ({CONSENTS_CHANGE} OR livingwell_begins(person_id))",
            change=f"{CONSENTS_CHANGE} OR account_id = {MINE}",
            columns="withdrawn_at, withdrawn_by_id, said",
        ),
        walls.own_rules(
            "consent_access",
            see=f"{CONSENTS} OR done_by_id = {MINE} OR {walls.PRIVACY_LEAD}",
            add=f"done_by_id = {MINE} AND {ANY_PART}",
        ),
        walls.own_rules(
            "consent_emergency",
            see=f"{CONSENTS} OR opened_by_id = {MINE} OR {walls.PRIVACY_LEAD}",
            add=f"opened_by_id = {MINE} "
            f"AND organization_id IN (SELECT livingwell_works_with_people({MINE}, livingwell_at()))",
            change=walls.PRIVACY_LEAD,
            columns="reviewed_at, reviewed_by_id, verdict, verdict_words",
        ),
        walls.own_rules(
            "consent_question",
            see=f"{CONSENTS} OR {walls.PRIVACY_LEAD}",
            add=f"asked_by_id = {MINE} AND {CONSENTS_CHANGE}",
            change=f"{CONSENTS_CHANGE} OR {walls.PRIVACY_LEAD}",
            columns="words, answered_at, answered_by_id, answer",
        ),
        walls.own_rules(
            "consent_event",
            see=walls.each_part(),
            add=f"happened_by_id = {MINE} AND ({ANY_PART} OR {walls.PRIVACY_LEAD})",
        ),
    ]
