"""Walls around introductions: the person and theirs, those who receive it, and whoever holds its link."""

from django.db import migrations

from livingwell.consent import walls
from livingwell.consent.models.part import Part
from livingwell.referrals import rules

PLAN, PLAN_CHANGE = walls.opened(Part.PLAN), walls.opened(Part.PLAN, change=True)
MINE = walls.MINE
HELD = "(SELECT livingwell_by_link())"
TOLD = "ARRAY(SELECT livingwell_told())"
RECEIVED = f"(status <> 'draft' AND organization_id IN (SELECT livingwell_works_with_people({MINE}, livingwell_at())))"


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0001_initial"),
        ("consent", "0002_walls"),
    ]

    operations = [
        migrations.RunSQL(rules.FUNCTIONS, rules.GONE),
        walls.own_rules(
            "referrals_referral",
            see=f"{PLAN} OR owner_id = {MINE} OR id = {HELD} OR {RECEIVED}",
            add=f"started_by_id = {MINE} AND {PLAN_CHANGE}",
            change=f"{PLAN_CHANGE} OR owner_id = {MINE} OR id = {HELD} OR {RECEIVED}",
            columns="status, consent_id, owner_id, sent_at, sent_by_id, answer_by, back_on, read_on, contacted_on, met_on, "
            "because, because_words, instead, helped, weight",
        ),
        walls.own_rules(
            "referrals_said",
            see=f"{PLAN} OR referral_id = ANY ({TOLD})",
            add=PLAN_CHANGE,
            delete=PLAN_CHANGE,
        ),
        walls.own_rules(
            "referrals_move",
            see=f"{PLAN} OR referral_id = {HELD} OR referral_id IN (SELECT id FROM referrals_referral)",
            add=f"(moved_by_id = {MINE} AND referral_id IN (SELECT id FROM referrals_referral)) "
            f"OR (moved_by_id IS NULL AND referral_id = {HELD})",
        ),
        walls.own_rules(
            "referrals_link",
            see=PLAN,
            add=f"made_by_id = {MINE} AND {PLAN_CHANGE}",
            delete=PLAN_CHANGE,
        ),
    ]
