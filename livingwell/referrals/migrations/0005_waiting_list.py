"""A waiting list: a yes that takes about so many weeks, with a day to ask again."""

from django.conf import settings
from django.db import migrations, models

from livingwell.consent.walls import WEB_ROLE


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0007_some_pages'),
        ('directory', '0010_looked_for'),
        ('referrals', '0004_what_was_never_sent'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='referral',
            name='ask_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='wait_weeks',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('ask_on__isnull', False)), fields=['ask_on'], name='referrals_ask_again'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ask_on__isnull', False), ('wait_weeks__isnull', False)), models.Q(('ask_on__isnull', True), ('wait_weeks__isnull', True)), _connector='OR'), name='referrals_referral_wait_weeks_ask_on_together'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('wait_weeks__isnull', True), models.Q(('contacted_on__isnull', True), ('status', 'accepted'), ('wait_weeks__range', (1, 104))), _connector='OR'), name='referrals_referral_waits_after_a_yes'),
        ),
        migrations.RunSQL(
            f"GRANT UPDATE (wait_weeks, ask_on) ON referrals_referral TO {WEB_ROLE}",
            f"REVOKE UPDATE (wait_weeks, ask_on) ON referrals_referral FROM {WEB_ROLE}",
        ),
    ]
