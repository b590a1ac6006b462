"""The same walls for many: what is quickly told is asked first, and nobody's whole list is made to see one row.

When an introduction was answered stands beside it from now on, so that waits are counted without reading every move.
"""

from django.db import migrations, models
from django.db.models import Q

from livingwell.consent import walls
from livingwell.consent.models.part import Part
from livingwell.core.roles import WEB_ROLE
from livingwell.referrals import rules

PLAN, PLAN_CHANGE = walls.opened(Part.PLAN), walls.opened(Part.PLAN, change=True)
MINE = walls.MINE
HELD = "(SELECT livingwell_by_link())"
TOLD = "referral_id = ANY (ARRAY(SELECT livingwell_told()))"
RECEIVED = f"(status <> 'draft' AND organization_id IN (SELECT livingwell_works_with_people({MINE}, livingwell_at())))"
SEEN = "EXISTS (SELECT 1 FROM referrals_referral seen WHERE seen.id = referrals_move.referral_id)"
SEEN_AT_FIRST = "referral_id IN (SELECT id FROM referrals_referral)"

NOW = f"""
ALTER POLICY see ON referrals_referral USING (owner_id = {MINE} OR {RECEIVED} OR id = {HELD} OR {PLAN});
ALTER POLICY change ON referrals_referral USING (owner_id = {MINE} OR {RECEIVED} OR id = {HELD} OR {PLAN_CHANGE});
ALTER POLICY see ON referrals_said USING (
    CASE WHEN current_setting('livingwell.page', true) <> '' THEN {PLAN} OR livingwell_is_told(referral_id)
         ELSE livingwell_is_told(referral_id) OR {PLAN} END);
ALTER POLICY see ON referrals_move USING (referral_id = {HELD} OR {SEEN});
ALTER POLICY add ON referrals_move WITH CHECK (
    CASE WHEN moved_by_id IS NULL THEN referral_id = {HELD} ELSE moved_by_id = {MINE} AND {SEEN} END);
"""
BEFORE = f"""
ALTER POLICY see ON referrals_referral USING ({PLAN} OR owner_id = {MINE} OR id = {HELD} OR {RECEIVED});
ALTER POLICY change ON referrals_referral USING ({PLAN_CHANGE} OR owner_id = {MINE} OR id = {HELD} OR {RECEIVED});
ALTER POLICY see ON referrals_said USING ({PLAN} OR {TOLD});
ALTER POLICY see ON referrals_move USING ({PLAN} OR referral_id = {HELD} OR {SEEN_AT_FIRST});
ALTER POLICY add ON referrals_move WITH CHECK ((moved_by_id = {MINE} AND {SEEN_AT_FIRST})
    OR (moved_by_id IS NULL AND referral_id = {HELD}));
"""
ANSWERED = f"""
UPDATE referrals_referral referral SET answered_on = (answered.moved_at AT TIME ZONE 'Europe/London')::date
FROM (SELECT referral_id, min(moved_at) AS moved_at FROM referrals_move
      WHERE before = 'sent' AND after IN ('accepted', 'declined') GROUP BY referral_id) answered
WHERE answered.referral_id = referral.id;
GRANT UPDATE (answered_on) ON referrals_referral TO {WEB_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0002_walls"),
    ]

    operations = [
        migrations.RunSQL(rules.TOLD, "DROP FUNCTION livingwell_is_told(uuid)"),
        migrations.RunSQL(NOW, BEFORE),
        migrations.RunSQL("DROP FUNCTION livingwell_told()", rules.TOLD_AT_FIRST),
        migrations.AddField("referral", "answered_on", models.DateField(null=True)),
        migrations.RunSQL(ANSWERED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(status__in=["draft", "sent"]),
                name="referrals_referral_answered_is_not_waiting",
            ),
        ),
    ]
