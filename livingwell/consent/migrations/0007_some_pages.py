"""Where only some pages are meant, only their consents are read."""

from django.db import migrations

from livingwell.consent import rules


class Migration(migrations.Migration):
    dependencies = [("consent", "0006_works_for_one_or_two")]

    operations = [migrations.RunSQL(rules.FUNCTIONS, migrations.RunSQL.noop)]
