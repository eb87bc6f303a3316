"""The tables of comments."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the tables."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("comment_id", models.CharField(max_length=64, unique=True)),
                ("news_id", models.CharField(db_index=True, max_length=64)),
                ("name", models.CharField(max_length=60)),
                ("text", models.TextField(max_length=2000)),
                ("language", models.CharField(max_length=2)),
                ("email", models.CharField(blank=True, db_index=True, max_length=254)),
                ("confirmed_at", models.BigIntegerField()),
                ("last_at", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("published", "Published"),
                            ("refused", "Refused"),
                        ],
                        db_index=True,
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("held", models.JSONField(default=list)),
                ("appeal", models.CharField(blank=True, db_index=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="NetworkDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.IntegerField(unique=True)),
                ("salt", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="UnconfirmedComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(max_length=64, unique=True)),
                ("news_id", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=60)),
                ("email", models.CharField(db_index=True, max_length=254)),
                ("text", models.TextField(max_length=2000)),
                ("language", models.CharField(max_length=2)),
                ("at", models.BigIntegerField(db_index=True)),
                ("mailed", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="CommentAppeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=1000)),
                ("at", models.BigIntegerField()),
                ("decided", models.BooleanField(default=False)),
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objection",
                        to="comments.comment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CommentDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("comment_id", models.CharField(db_index=True, max_length=64)),
                ("by", models.CharField(max_length=64)),
                ("rule", models.IntegerField()),
                ("on_appeal", models.BooleanField(default=False)),
                ("waited_since", models.BigIntegerField()),
                ("at", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("comment_id", "on_appeal"), name="decided_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="NetworkCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("count", models.IntegerField(default=0)),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counts",
                        to="comments.networkday",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("day", "digest"), name="a_network_a_day")
                ],
            },
        ),
    ]
