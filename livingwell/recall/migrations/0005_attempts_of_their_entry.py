"""The wall around attempts looks up the entry of each, instead of reading all entries there are."""

from django.db import migrations

from livingwell.consent import walls
from livingwell.consent.models.part import Part

CONTACT, CONSENTS = walls.opened(Part.CONTACT), walls.opened(Part.CONSENTS)
ENTRY = "EXISTS (SELECT 1 FROM recall_entry entry WHERE entry.id = recall_attempt.entry_id)"
AT_FIRST = "entry_id IN (SELECT id FROM recall_entry)"


def _policies(entry: str) -> str:
    return f"""
        ALTER POLICY see ON recall_attempt USING ({entry} AND ({CONTACT} OR {CONSENTS}));
        ALTER POLICY add ON recall_attempt WITH CHECK (done_by_id = {walls.MINE} AND {CONTACT} AND {entry});
    """


class Migration(migrations.Migration):
    dependencies = [("recall", "0004_not_rung_and_peers")]

    operations = [migrations.RunSQL(_policies(ENTRY), _policies(AT_FIRST))]
