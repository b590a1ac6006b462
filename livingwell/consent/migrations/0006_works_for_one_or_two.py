"""Somebody works for one or two organizations, not for a thousand: the planner may look their consents up."""

from django.db import migrations

from livingwell.consent import rules


class Migration(migrations.Migration):
    dependencies = [("consent", "0005_letting_go_of_a_kept_page")]

    operations = [migrations.RunSQL(rules.FUNCTIONS, migrations.RunSQL.noop)]
