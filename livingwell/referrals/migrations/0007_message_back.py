"""Whom the person wants to be told what came of an introduction, behind walls; what was sent is found by its sender."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from livingwell.consent import walls
from livingwell.consent.models.part import Part
from livingwell.referrals import rules

PLAN, PLAN_CHANGE = walls.opened(Part.PLAN), walls.opened(Part.PLAN, change=True)
MINE = walls.MINE
HELD = "(SELECT livingwell_by_link())"
TOLD_BACK = "(SELECT livingwell_told_back())"
RECEIVED = f"(sent_at IS NOT NULL AND organization_id IN (SELECT livingwell_works_with_people({MINE}, livingwell_at())))"


def seen(*others: str) -> str:
    """Who sees an introduction."""
    ways = (f"owner_id = {MINE}", RECEIVED, f"id = {HELD}", *others, PLAN)
    return f"ALTER POLICY see ON referrals_referral USING ({' OR '.join(ways)})"


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0010_taken_at_once'),
        ('directory', '0010_looked_for'),
        ('referrals', '0006_answered_by_text'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MessageBack',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('helped', models.BooleanField(default=False)),
                ('chosen_at', models.DateTimeField()),
                ('stopped_at', models.DateTimeField(null=True)),
                ('secret', models.CharField(blank=True, max_length=64)),
                ('sent_on', models.DateField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('opened_on', models.DateField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['sender', '-sent_at'], name='referrals_sent'),
        ),
        migrations.AddField(
            model_name='messageback',
            name='chosen_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='messageback',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization'),
        ),
        migrations.AddField(
            model_name='messageback',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consent.person'),
        ),
        migrations.AddField(
            model_name='messageback',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages_back', to='referrals.referral'),
        ),
        migrations.AddField(
            model_name='messageback',
            name='stopped_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='messageback',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stopped_at__isnull', False), ('stopped_by__isnull', False)), models.Q(('stopped_at__isnull', True), ('stopped_by__isnull', True)), _connector='OR'), name='referrals_messageback_stopped_at_stopped_by_together'),
        ),
        migrations.AddConstraint(
            model_name='messageback',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_on__isnull', False), ('until__isnull', False)), models.Q(('sent_on__isnull', True), ('until__isnull', True)), _connector='OR'), name='referrals_messageback_sent_on_until_together'),
        ),
        migrations.AddConstraint(
            model_name='messageback',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_on', None), ('secret', ''), ('sent_on', None)), models.Q(models.Q(('secret', ''), _negated=True), ('sent_on__isnull', False)), _connector='OR'), name='referrals_messageback_sent_with_a_link'),
        ),
        migrations.AddConstraint(
            model_name='messageback',
            constraint=models.UniqueConstraint(condition=models.Q(('stopped_at__isnull', True)), fields=('referral',), name='referrals_messageback_one_for_an_introduction'),
        ),
        migrations.AddConstraint(
            model_name='messageback',
            constraint=models.UniqueConstraint(condition=models.Q(('secret', ''), _negated=True), fields=('secret',), name='referrals_messageback_secret_once'),
        ),
        migrations.RunSQL(
            rules.TOLD_BACK,
            "DROP FUNCTION livingwell_told_back_of(); DROP FUNCTION livingwell_told_back()",
        ),
        walls.own_rules(
            "referrals_messageback",
            see=f"{PLAN} OR referral_id = {TOLD_BACK}",
            add=f"chosen_by_id = {MINE} AND {PLAN_CHANGE}",
            change=f"{PLAN_CHANGE} OR referral_id = {TOLD_BACK}",
            columns="helped, stopped_at, stopped_by_id, opened_on",
            delete=PLAN_CHANGE,
        ),
        migrations.RunSQL(seen(f"id = {TOLD_BACK}"), seen()),
    ]
