"""The wall around leads asks first whether it is one's own: what else opens it is then not sought."""

from django.db import migrations

from livingwell.consent import walls
from livingwell.consent.models.part import Part

PLAN, CONSENTS = walls.opened(Part.PLAN), walls.opened(Part.CONSENTS)
OWN = f"(account_id = {walls.MINE} AND {walls.opened(None)})"


class Migration(migrations.Migration):
    dependencies = [("linkwork", "0003_messages_on_the_list")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY see ON linkwork_lead USING ({OWN} OR {PLAN} OR {CONSENTS})",
            f"ALTER POLICY see ON linkwork_lead USING ({PLAN} OR {CONSENTS} OR {OWN})",
        )
    ]
