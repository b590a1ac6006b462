"""A page that is kept for somebody can be deleted at their word, by whoever keeps it."""

from django.db import migrations

from livingwell.consent import rules


class Migration(migrations.Migration):
    dependencies = [("consent", "0004_emergencies")]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION IF EXISTS livingwell_let_go(uuid, timestamptz);" + rules.FUNCTIONS,
            migrations.RunSQL.noop,
        )
    ]
