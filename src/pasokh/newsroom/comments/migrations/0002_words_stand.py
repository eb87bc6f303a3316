"""The database itself refuses other words in a comment's place, whatever program writes."""

from typing import Any

from django.db import migrations

_TABLE = "comments_comment"
_SQLITE = f"""
CREATE TRIGGER comment_words_stand BEFORE UPDATE ON {_TABLE}
WHEN OLD.text IS NOT NEW.text OR OLD.name IS NOT NEW.name OR OLD.news_id IS NOT NEW.news_id
BEGIN SELECT RAISE(ABORT, 'a comment is never edited'); END
"""
_POSTGRESQL = f"""
CREATE FUNCTION comment_words_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a comment is never edited'; END $$;
CREATE TRIGGER comment_words_stand BEFORE UPDATE ON {_TABLE} FOR EACH ROW
WHEN (ROW(OLD.text, OLD.name, OLD.news_id) IS DISTINCT FROM ROW(NEW.text, NEW.name, NEW.news_id))
EXECUTE FUNCTION comment_words_stand()
"""


def _stand(_apps: Any, editor: Any) -> None:
    editor.execute(_POSTGRESQL if editor.connection.vendor == "postgresql" else _SQLITE)


class Migration(migrations.Migration):
    """Makes the trigger."""

    dependencies = [("comments", "0001_initial")]
    operations = [migrations.RunPython(_stand, migrations.RunPython.noop)]
