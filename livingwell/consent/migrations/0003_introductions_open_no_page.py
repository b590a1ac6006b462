"""A consent for an introduction opens no page: its receiver reads what the introduction says, and nothing else."""

from django.db import migrations

from livingwell.consent import rules


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_walls")]

    operations = [migrations.RunSQL(rules.FUNCTIONS, migrations.RunSQL.noop)]
