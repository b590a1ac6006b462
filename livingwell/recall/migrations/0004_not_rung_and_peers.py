"""Who does not want to be rung, and by whom; and entries that only the peer supporters of an organization see."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from livingwell.consent import walls
from livingwell.consent.models.part import Part

CONTACT, CONSENTS = walls.opened_among_many(Part.CONTACT), walls.opened_among_many(Part.CONSENTS)
CHANGING = walls.opened_among_many(Part.CONSENTS, change=True)
WORKS = f"organization_id IN (SELECT livingwell_works_with_people({walls.MINE}, livingwell_at()))"
PEER = f"""organization_id IN (
    SELECT held.organization_id FROM people_membership held
    WHERE held.account_id = {walls.MINE} AND held.role = 'peer supporter' AND held.started_at <= livingwell_at()
      AND (held.ended_at IS NULL OR held.ended_at > livingwell_at()))"""

ASKED_BEFORE = """
    INSERT INTO recall_notrung (id, person_id, organization_id, asked_at, asked_by_id)
    SELECT DISTINCT ON (attempt.person_id, entry.organization_id)
           gen_random_uuid(), attempt.person_id, entry.organization_id, attempt.done_at, attempt.done_by_id
    FROM recall_attempt attempt JOIN recall_entry entry ON entry.id = attempt.entry_id
    WHERE attempt.outcome = 'not to be rung'
    ORDER BY attempt.person_id, entry.organization_id, attempt.done_at
"""


def _policies(also: str) -> str:
    return f"""
        ALTER POLICY see ON recall_entry USING (({CONTACT} AND {WORKS}{also}) OR {CONSENTS});
        ALTER POLICY change ON recall_entry USING (({CONTACT} AND {WORKS}{also}) OR {CHANGING});
    """


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0008_all_that_the_rule_reads'),
        ('directory', '0010_looked_for'),
        ('recall', '0003_promised_first'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='for_peers',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name='NotRung',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='not_rung', to='consent.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), _connector='OR'), name='recall_notrung_ended_at_ended_by_together'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person', 'organization'), name='recall_notrung_once')],
            },
        ),
        migrations.RunSQL(ASKED_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(_policies(f" AND (NOT for_peers OR {PEER})"), _policies("")),
        walls.own_rules(
            "recall_notrung",
            see=f"({walls.opened(Part.CONTACT)} AND {WORKS}) OR {walls.opened(Part.CONSENTS)}",
            add=f"asked_by_id = {walls.MINE} AND (({walls.opened(Part.CONTACT)} AND {WORKS})"
            f" OR {walls.opened(Part.CONSENTS, change=True)})",
            change=walls.opened(Part.CONSENTS, change=True),
            columns="ended_at, ended_by_id",
            delete=walls.opened(Part.CONSENTS, change=True),
        ),
    ]
