"""The order in which linked-up systems hear of changes, and that they may say that somebody did not come."""

from django.db import migrations, models

from livingwell.exchange import rules, touching


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0008_all_that_the_rule_reads'),
        ('exchange', '0003_who_sends'),
        ('recall', '0003_promised_first'),
        ('referrals', '0006_answered_by_text'),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('referral_id', models.UUIDField(primary_key=True, serialize=False)),
                ('modified', models.DateTimeField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Touch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('referral_id', models.UUIDField()),
            ],
        ),
        migrations.RunSQL(rules.CHANGES, rules.CHANGES_GONE),
        migrations.RunSQL(rules.MISSED, rules.MISSED_GONE),
        migrations.RunSQL(touching.INSTALL, touching.REMOVE),
        migrations.RunSQL(touching.SETTLE, touching.SETTLE_GONE),
    ]
