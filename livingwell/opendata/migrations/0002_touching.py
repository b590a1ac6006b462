from django.db import migrations

from livingwell.opendata import touching


class Migration(migrations.Migration):
    dependencies = [("opendata", "0001_initial"), ("directory", "0001_initial")]
    operations = [migrations.RunSQL(touching.install() + touching.ALL, touching.remove())]
