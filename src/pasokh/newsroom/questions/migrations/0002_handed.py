"""Questions that are handed to somebody. As Django wrote it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds who handed it on, and until when the owner is to answer."""

    dependencies = [
        ("questions", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="pressquestion",
            name="handed_by",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="pressquestion",
            name="owner_due_at",
            field=models.BigIntegerField(null=True),
        ),
    ]
