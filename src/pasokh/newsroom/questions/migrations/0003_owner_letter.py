"""Owners who are written to. As Django wrote it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds whether the owner of a question got a letter when it was handed to them."""

    dependencies = [
        ("questions", "0002_handed"),
    ]

    operations = [
        migrations.AddField(
            model_name="pressquestion",
            name="owner_letter",
            field=models.CharField(blank=True, max_length=10),
        ),
    ]
