"""An event is kept for each outlet by itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django made it."""

    dependencies = [
        ("syndication", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="webhookdelivery",
            name="one_event_an_address",
        ),
        migrations.AddField(
            model_name="webhookdelivery",
            name="outlet_id",
            field=models.CharField(blank=True, db_index=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.UniqueConstraint(
                fields=("outlet_id", "url", "event_id"), name="one_event_an_outlet"
            ),
        ),
    ]
