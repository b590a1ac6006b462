"""Where only some pages are meant, the consents of each are looked up, instead of all of an organization."""

from django.db import migrations

from livingwell.consent import rules


class Migration(migrations.Migration):
    dependencies = [("consent", "0008_all_that_the_rule_reads")]

    operations = [migrations.RunSQL(rules.FUNCTIONS, migrations.RunSQL.noop)]
