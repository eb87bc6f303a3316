"""Letters that come later in a flood. As Django wrote it; what waited has had its letter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds when a letter went."""

    dependencies = [
        ("comments", "0002_words_stand"),
    ]

    operations = [
        migrations.AddField(
            model_name="unconfirmedcomment",
            name="letter_at",
            field=models.BigIntegerField(db_index=True, null=True),
        ),
        migrations.RunSQL(
            "UPDATE comments_unconfirmedcomment SET letter_at = at", migrations.RunSQL.noop
        ),
    ]
