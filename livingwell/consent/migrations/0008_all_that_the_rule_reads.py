"""The rule that says which pages are open to whom reads all it needs of an organization's consents from the index."""


from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0007_some_pages'),
        ('directory', '0010_looked_for'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='consent',
            name='consent_by_organization',
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['organization', 'person'], include=('parts', 'purpose', 'may_change', 'given_at', 'until', 'withdrawn_at'), name='consent_by_organization'),
        ),
    ]
