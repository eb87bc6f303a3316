"""The key by which names are sorted is compared sign by sign, whatever language a server is for."""

from typing import Any

from django.db import migrations

_BY_SIGNS = 'ALTER TABLE outlets_outlet ALTER COLUMN name_key TYPE varchar(400) COLLATE "C"'


def _by_signs(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":  # SQLite does so anyway
        editor.execute(_BY_SIGNS)


class Migration(migrations.Migration):
    """Sets the collation."""

    dependencies = [("outlets", "0002_webhooks")]
    operations = [migrations.RunPython(_by_signs, migrations.RunPython.noop)]
