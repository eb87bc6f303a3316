"""The outlets: the first tables."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django made it."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Outlet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outlet_id", models.CharField(max_length=32, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("name_key", models.CharField(db_index=True, max_length=400)),
                ("answers", models.CharField(max_length=120)),
                ("email", models.CharField(max_length=254, unique=True)),
                ("county", models.CharField(db_index=True, max_length=64)),
                ("kind", models.CharField(max_length=20)),
                ("languages", models.JSONField(default=list)),
                ("audience", models.CharField(max_length=300)),
                ("address", models.CharField(max_length=300)),
                ("feed", models.CharField(blank=True, max_length=300)),
                ("feed_consent", models.BooleanField(default=False)),
                ("letters_in", models.CharField(default="fa", max_length=2)),
                ("terms_version", models.IntegerField()),
                ("terms_at", models.BigIntegerField()),
                ("registered_at", models.BigIntegerField()),
                ("asked_at", models.BigIntegerField()),
                ("confirmed_at", models.BigIntegerField(null=True)),
                ("left_at", models.BigIntegerField(null=True)),
                ("signed_out_at", models.BigIntegerField(default=0)),
                ("digest_minute", models.IntegerField(default=480)),
                ("urgent_wanted", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["name_key", "outlet_id"],
            },
        ),
        migrations.CreateModel(
            name="OutletDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("granted", models.BooleanField()),
                ("rule", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=1000)),
                ("by", models.CharField(max_length=64)),
                ("at", models.BigIntegerField()),
                ("until", models.BigIntegerField(default=0)),
                ("appeal", models.BooleanField(default=False)),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="outlets.outlet",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutletAppeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=1000)),
                ("at", models.BigIntegerField()),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeals",
                        to="outlets.outlet",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, to="outlets.outletdecision"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutletLink",
            fields=[
                (
                    "token_sha256",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("made_at", models.BigIntegerField()),
                ("expires_at", models.BigIntegerField()),
                ("used_at", models.BigIntegerField(null=True)),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="outlets.outlet",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AlertWish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=64)),
                ("county", models.CharField(blank=True, max_length=64)),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="outlets.outlet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("outlet", "topic", "county"), name="one_wish")
                ],
            },
        ),
        migrations.CreateModel(
            name="OutletDigest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.IntegerField()),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digests",
                        to="outlets.outlet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("outlet", "day"), name="one_digest_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="OutletReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("news_id", models.CharField(db_index=True, max_length=64)),
                ("number", models.IntegerField()),
                ("way", models.CharField(max_length=10)),
                ("at", models.BigIntegerField()),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="outlets.outlet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("outlet", "news_id", "number"), name="got_once")
                ],
            },
        ),
    ]
