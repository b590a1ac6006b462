"""The walls take all open pages at once, not one by one."""

from django.db import migrations

from livingwell.consent import rules


class Migration(migrations.Migration):
    dependencies = [("consent", "0009_each_of_some_pages")]

    operations = [migrations.RunSQL(rules.FUNCTIONS, migrations.RunSQL.noop)]
