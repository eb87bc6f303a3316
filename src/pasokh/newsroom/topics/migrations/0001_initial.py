"""The topics: the first tables."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django made it."""

    initial = True

    dependencies = [
        ("outlets", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProposedTopic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic_id", models.CharField(max_length=32, unique=True)),
                ("county", models.CharField(db_index=True, max_length=64)),
                ("title", models.CharField(max_length=160)),
                ("why", models.CharField(max_length=1000)),
                ("suggestion", models.CharField(blank=True, max_length=80)),
                ("by_office", models.CharField(blank=True, max_length=64)),
                ("proposed_at", models.BigIntegerField()),
                ("state", models.CharField(default="proposed", max_length=12)),
                ("owner", models.CharField(blank=True, max_length=120)),
                ("due_on", models.IntegerField(null=True)),
                ("news_id", models.CharField(blank=True, max_length=64)),
                ("covered", models.IntegerField(null=True)),
                (
                    "outlet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to="outlets.outlet",
                    ),
                ),
            ],
            options={
                "ordering": ["-proposed_at", "topic_id"],
            },
        ),
        migrations.CreateModel(
            name="TopicRemark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.CharField(blank=True, max_length=64)),
                ("words", models.CharField(max_length=1000)),
                ("at", models.BigIntegerField()),
                (
                    "outlet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="outlets.outlet",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="topics.proposedtopic",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TopicStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=12)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("by", models.CharField(blank=True, max_length=64)),
                ("at", models.BigIntegerField()),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="topics.proposedtopic",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TopicVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wanted", models.BooleanField()),
                ("at", models.BigIntegerField()),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="outlets.outlet",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="topics.proposedtopic",
                    ),
                ),
            ],
            options={
                "ordering": ["outlet__name_key"],
                "constraints": [
                    models.UniqueConstraint(fields=("topic", "outlet"), name="one_vote")
                ],
            },
        ),
    ]
