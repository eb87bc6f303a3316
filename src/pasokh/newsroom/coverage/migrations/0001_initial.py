"""The first tables of the coverage room."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django made it."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Coverage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("link", models.CharField(max_length=2000)),
                ("told_at", models.BigIntegerField(db_index=True)),
                ("news_id", models.CharField(db_index=True, max_length=64)),
                ("number", models.IntegerField()),
                ("matched_by", models.CharField(max_length=10)),
                ("verdict", models.CharField(db_index=True, max_length=10)),
                ("set_aside_by", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "ordering": ["-told_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="OutletFeed",
            fields=[
                ("outlet_id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("outlet_name", models.CharField(max_length=120)),
                ("url", models.CharField(max_length=300)),
                ("etag", models.CharField(blank=True, max_length=300)),
                ("modified", models.CharField(blank=True, max_length=100)),
                ("read_at", models.BigIntegerField(null=True)),
                ("next_at", models.BigIntegerField(db_index=True, default=0)),
                ("tries", models.IntegerField(default=0)),
                ("trouble", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="CorrectionRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_by", models.CharField(max_length=64)),
                ("asked_at", models.BigIntegerField()),
                ("words", models.TextField()),
                (
                    "coverage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="coverage.coverage",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="coverage",
            name="feed",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="found",
                to="coverage.outletfeed",
            ),
        ),
        migrations.AddConstraint(
            model_name="coverage",
            constraint=models.UniqueConstraint(fields=("feed", "link"), name="one_coverage_a_link"),
        ),
    ]
