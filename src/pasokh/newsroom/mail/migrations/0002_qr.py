"""A QR code with a letter. As Django wrote it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds what it says."""

    dependencies = [
        ("mail", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingletter",
            name="qr",
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
