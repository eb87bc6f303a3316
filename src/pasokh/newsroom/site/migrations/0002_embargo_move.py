"""Hours that were moved under embargo. As Django wrote it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the table of moves of which nobody was told yet."""

    dependencies = [
        ("site", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmbargoMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("news_id", models.CharField(db_index=True, max_length=64)),
                ("was", models.BigIntegerField()),
                ("out_at", models.BigIntegerField()),
            ],
        ),
    ]
