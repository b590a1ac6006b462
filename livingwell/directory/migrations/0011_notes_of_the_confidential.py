"""The place of a confidential entry can be taken out of the notes of its versions, as out of what they say."""

from django.db import migrations

STAYS = """
CREATE OR REPLACE FUNCTION directory_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'content') = (to_jsonb(OLD) - 'content')
        AND NEW.content = OLD.content || '{"locations": []}'::jsonb THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'content' - 'note') = (to_jsonb(OLD) - 'content' - 'note')
        AND EXISTS (SELECT 1 FROM directory_service WHERE id = NEW.service_id AND is_confidential) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What an entry said before is never changed or removed' USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0010_looked_for")]

    operations = [migrations.RunSQL(STAYS, migrations.RunSQL.noop)]
