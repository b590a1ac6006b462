"""What a linked-up system sees of introductions, and that no page of the site makes or changes one."""

from django.db import migrations

from livingwell.exchange import rules


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_initial"),
        ("referrals", "0002_walls"),
    ]

    operations = [migrations.RunSQL(rules.RULES, rules.GONE)]
