"""Names that the office gives to topics. As Django wrote it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the table of the names of topics."""

    dependencies = [
        ("site", "0002_embargo_move"),
    ]

    operations = [
        migrations.CreateModel(
            name="TopicNaming",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(db_index=True, max_length=40)),
                ("name_fa", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
                ("by", models.CharField(max_length=64)),
                ("at", models.BigIntegerField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
    ]
