"""Since when somebody works here no longer: their name is kept for a time only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the time. Who left before it counts from the first night after it."""

    dependencies = [("office", "0002_list_import")]

    operations = [
        migrations.AddField(
            model_name="officeperson",
            name="left_at",
            field=models.BigIntegerField(editable=False, null=True),
        ),
    ]
