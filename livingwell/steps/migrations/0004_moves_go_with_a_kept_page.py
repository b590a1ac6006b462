"""Moves of steps are deleted with a page by its owner, or by whoever keeps it with somebody who has no account."""

from django.db import migrations

from livingwell.consent import walls
from livingwell.consent.models.part import Part

ONES_OWN = f"person_id IN (SELECT id FROM consent_person WHERE account_id = {walls.MINE})"
KEPT = (
    "person_id IN (SELECT id FROM consent_person WHERE account_id IS NULL) "
    f"AND {walls.opened(Part.CONSENTS, change=True)}"
)


class Migration(migrations.Migration):
    dependencies = [("steps", "0003_one_of_the_circle")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY remove ON steps_stepmove USING ({ONES_OWN} OR ({KEPT}))",
            f"ALTER POLICY remove ON steps_stepmove USING ({ONES_OWN})",
        )
    ]
