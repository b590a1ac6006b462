"""The list of those to ring is read by its organization, those promised soonest first."""

from collections.abc import Callable

from django.db import migrations, models

from livingwell.consent import walls
from livingwell.consent.models.part import Part

OF_MANY, ONE_BY_ONE = walls.opened_among_many, walls.opened
WORKS = f"organization_id IN (SELECT livingwell_works_with_people({walls.MINE}, livingwell_at()))"


def _policies(opened: Callable[..., str]) -> str:
    contact, consents = opened(Part.CONTACT), opened(Part.CONSENTS)
    changing = opened(Part.CONSENTS, change=True)
    return f"""
        ALTER POLICY see ON recall_entry USING (({contact} AND {WORKS}) OR {consents});
        ALTER POLICY change ON recall_entry USING (({contact} AND {WORKS}) OR {changing});
    """


class Migration(migrations.Migration):
    dependencies = [("recall", "0002_check_ins_and_calls"), ("consent", "0007_some_pages")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(closed_at=None),
                fields=["organization", "by_on", "due_on", "id"],
                name="recall_entry_promised_first",
            ),
        ),
        migrations.RunSQL(_policies(OF_MANY), _policies(ONE_BY_ONE)),
    ]
