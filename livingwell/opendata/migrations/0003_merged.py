from django.db import migrations

from livingwell.opendata import touching


class Migration(migrations.Migration):
    """A merge is a change of what we publish, too."""

    dependencies = [("opendata", "0002_touching"), ("directory", "0008_doubles")]
    operations = [
        migrations.RunSQL(touching.remove(), migrations.RunSQL.noop),
        migrations.RunSQL(touching.install(), migrations.RunSQL.noop),
    ]
