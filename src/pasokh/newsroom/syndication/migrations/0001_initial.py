"""The first tables of the syndication room."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django made it."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="HubTopic",
            fields=[
                ("topic", models.CharField(max_length=300, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="HubIntent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.BigIntegerField()),
                ("next_at", models.BigIntegerField()),
                ("tries", models.IntegerField(default=0)),
                ("status", models.IntegerField(default=0)),
                ("settled_at", models.BigIntegerField(null=True)),
                ("mode", models.CharField(max_length=12)),
                ("topic", models.CharField(max_length=300)),
                ("callback", models.CharField(max_length=1000)),
                ("host", models.CharField(db_index=True, max_length=300)),
                ("secret", models.CharField(blank=True, max_length=200)),
                ("lease_seconds", models.IntegerField()),
                ("challenge", models.CharField(max_length=64)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["settled_at", "next_at"], name="hubintent_waiting")
                ],
            },
        ),
        migrations.CreateModel(
            name="HubSubscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(db_index=True, max_length=300)),
                ("callback", models.CharField(max_length=1000)),
                ("host", models.CharField(db_index=True, max_length=300)),
                ("secret", models.CharField(blank=True, max_length=200)),
                ("until", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("topic", "callback"), name="one_subscription")
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.BigIntegerField()),
                ("next_at", models.BigIntegerField()),
                ("tries", models.IntegerField(default=0)),
                ("status", models.IntegerField(default=0)),
                ("settled_at", models.BigIntegerField(null=True)),
                ("url", models.CharField(max_length=1000)),
                ("secrets", models.CharField(max_length=400)),
                ("event_id", models.CharField(max_length=120)),
                ("body", models.TextField()),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["settled_at", "next_at"], name="webhookdelivery_waiting")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("url", "event_id"), name="one_event_an_address")
                ],
            },
        ),
        migrations.CreateModel(
            name="HubDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.BigIntegerField()),
                ("next_at", models.BigIntegerField()),
                ("tries", models.IntegerField(default=0)),
                ("status", models.IntegerField(default=0)),
                ("settled_at", models.BigIntegerField(null=True)),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="syndication.hubsubscription",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["settled_at", "next_at"], name="hubdelivery_waiting")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("subscription",),
                        name="one_waiting_delivery",
                    )
                ],
            },
        ),
    ]
