"""Where events go to an outlet's program."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django made it."""

    dependencies = [
        ("outlets", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="outlet",
            name="webhook",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="outlet",
            name="webhook_at",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="outlet",
            name="webhook_secret",
            field=models.CharField(blank=True, max_length=100),
        ),
    ]
