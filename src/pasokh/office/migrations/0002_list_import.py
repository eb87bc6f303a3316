"""Files of reference data, from their dry run to their last row."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the table of files."""

    dependencies = [("office", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ListImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("list_name", models.CharField(max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("table", models.BinaryField()),
                ("made_at", models.BigIntegerField()),
                ("effective_at", models.BigIntegerField(null=True)),
                ("begun", models.BooleanField(default=False)),
                ("done", models.BooleanField(default=False)),
                ("total", models.IntegerField(default=0)),
                ("accepted", models.IntegerField(default=0)),
                ("refused", models.JSONField(default=list)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
