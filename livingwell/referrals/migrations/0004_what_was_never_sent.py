"""What was withdrawn before it was sent is seen by nobody it would have gone to."""

from django.db import migrations

from livingwell.consent import walls
from livingwell.consent.models.part import Part

PLAN, PLAN_CHANGE = walls.opened(Part.PLAN), walls.opened(Part.PLAN, change=True)
MINE = walls.MINE
HELD = "(SELECT livingwell_by_link())"
WORKS_FOR = f"organization_id IN (SELECT livingwell_works_with_people({MINE}, livingwell_at()))"


def policies(received: str) -> str:
    """The two policies of the table, with what counts as received."""
    return f"""
        ALTER POLICY see ON referrals_referral USING (owner_id = {MINE} OR {received} OR id = {HELD} OR {PLAN});
        ALTER POLICY change ON referrals_referral
            USING (owner_id = {MINE} OR {received} OR id = {HELD} OR {PLAN_CHANGE});
    """


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_walls_among_many")]

    operations = [
        migrations.RunSQL(
            policies(f"(sent_at IS NOT NULL AND {WORKS_FOR})"),
            policies(f"(status <> 'draft' AND {WORKS_FOR})"),
        )
    ]
