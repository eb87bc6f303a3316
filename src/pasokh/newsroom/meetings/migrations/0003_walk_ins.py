"""People who come without having registered. As Django wrote it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds whether somebody walked in."""

    dependencies = [
        ("meetings", "0002_material_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="meetingseat",
            name="walked_in",
            field=models.BooleanField(default=False),
        ),
    ]
