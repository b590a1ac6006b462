"""The walls around steps, and what one table cannot say by itself: whose they are, and that pieces have no pieces."""

from django.db import migrations

from livingwell.consent import walls
from livingwell.consent.models.part import Part

# What hangs on a step or a choice belongs to the page that the step or the choice belongs to.
OF_ONE_PAGE = """
ALTER TABLE steps_stepmove ADD CONSTRAINT steps_stepmove_of_its_steps_page
    FOREIGN KEY (step_id, person_id) REFERENCES steps_step (id, person_id);
ALTER TABLE steps_choice ADD CONSTRAINT steps_choice_of_its_steps_page
    FOREIGN KEY (step_id, person_id) REFERENCES steps_step (id, person_id);
ALTER TABLE steps_because ADD CONSTRAINT steps_because_of_its_choices_page
    FOREIGN KEY (choice_id, person_id) REFERENCES steps_choice (id, person_id);
"""
NOT_OF_ONE_PAGE = """
ALTER TABLE steps_because DROP CONSTRAINT steps_because_of_its_choices_page;
ALTER TABLE steps_choice DROP CONSTRAINT steps_choice_of_its_steps_page;
ALTER TABLE steps_stepmove DROP CONSTRAINT steps_stepmove_of_its_steps_page;
"""

# A piece points at a step that is whole, of the same page. The database keeps both columns itself.
TWO_LEVELS = """
ALTER TABLE steps_step
    ADD COLUMN is_whole boolean GENERATED ALWAYS AS (parent_id IS NULL) STORED,
    ADD COLUMN parent_is_whole boolean GENERATED ALWAYS AS (CASE WHEN parent_id IS NOT NULL THEN true END) STORED;
ALTER TABLE steps_step ADD CONSTRAINT steps_step_whole_or_piece UNIQUE (id, person_id, is_whole);
ALTER TABLE steps_step ADD CONSTRAINT steps_step_two_levels
    FOREIGN KEY (parent_id, person_id, parent_is_whole) REFERENCES steps_step (id, person_id, is_whole);
"""
ANY_LEVELS = """
ALTER TABLE steps_step DROP CONSTRAINT steps_step_two_levels;
ALTER TABLE steps_step DROP CONSTRAINT steps_step_whole_or_piece;
ALTER TABLE steps_step DROP COLUMN parent_is_whole, DROP COLUMN is_whole;
"""
SEES = walls.opened(Part.PLAN)
CHANGES = walls.opened(Part.PLAN, change=True)
ONES_OWN = f"person_id IN (SELECT id FROM consent_person WHERE account_id = {walls.MINE})"


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0002_walls"),
        ("steps", "0001_steps"),
    ]

    operations = [
        walls.of_part("steps_step", Part.PLAN),
        walls.of_part("steps_choice", Part.PLAN),
        walls.own_rules(
            "steps_stepmove", see=SEES, add=f"moved_by_id = {walls.MINE} AND {CHANGES}", delete=ONES_OWN
        ),
        walls.of_its_part("steps_because"),
        migrations.RunSQL(OF_ONE_PAGE, NOT_OF_ONE_PAGE),
        migrations.RunSQL(TWO_LEVELS, ANY_LEVELS),
    ]
