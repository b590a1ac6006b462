"""The walls around leads, codes on paper and what was seen to; and how a page is taken over."""

from django.db import migrations

from livingwell.consent import walls
from livingwell.consent.models.part import Part
from livingwell.linkwork import taking_over_sql

CONSENTS = walls.opened(Part.CONSENTS)
CONSENTS_CHANGE = walls.opened(Part.CONSENTS, change=True)
PLAN = walls.opened(Part.PLAN)
ANY_PART = walls.opened(None)
MINE = walls.MINE


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0002_walls"),
        ("linkwork", "0001_leads_covers_codes"),
    ]

    operations = [
        walls.own_rules(
            "linkwork_lead",
            see=f"{PLAN} OR {CONSENTS} OR (account_id = {MINE} AND {ANY_PART})",
            add=f"chosen_by_id = {MINE} AND {CONSENTS_CHANGE}",
            change=CONSENTS_CHANGE,
            columns="ended_at, ended_by_id",
        ),
        walls.own_rules(
            "linkwork_papercode",
            see=CONSENTS,
            add=f"made_by_id = {MINE} AND {CONSENTS_CHANGE}",
            change=CONSENTS_CHANGE,
            columns="withdrawn_at, withdrawn_by_id",
            delete=CONSENTS_CHANGE,
        ),
        walls.own_rules(
            "linkwork_seento",
            see=ANY_PART,
            add=f"seen_by_id = {MINE} AND {ANY_PART}",
            delete=CONSENTS_CHANGE,
        ),
        migrations.RunSQL(
            [taking_over_sql.SOMETHING_STANDS, taking_over_sql.TAKE_OVER], taking_over_sql.GONE
        ),
    ]
