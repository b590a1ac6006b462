"""Counts of how often something is asked are not worth waiting for the disk: after a crash they begin anew."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunSQL("ALTER TABLE core_rate SET UNLOGGED", "ALTER TABLE core_rate SET LOGGED")
    ]
