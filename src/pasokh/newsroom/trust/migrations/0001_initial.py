"""The tables of the survey and of complaints."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the tables."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AskedDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.IntegerField(unique=True)),
                ("count", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(blank=True, max_length=60)),
                ("contact", models.CharField(blank=True, max_length=120)),
                ("text", models.TextField(max_length=2000)),
                ("received_at", models.BigIntegerField(db_index=True)),
                ("passed_at", models.BigIntegerField(null=True)),
                ("passed_as", models.CharField(blank=True, max_length=40)),
                ("passed_by", models.CharField(blank=True, max_length=64)),
                ("answered_at", models.BigIntegerField(db_index=True, null=True)),
                ("answer", models.TextField(blank=True, max_length=4000)),
                ("answered_by", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
            fields=[
                (
                    "answer_id",
                    models.BigAutoField(primary_key=True, serialize=False),
                ),
                ("month", models.CharField(db_index=True, max_length=7)),
                ("listened", models.SmallIntegerField(null=True)),
                ("respected", models.SmallIntegerField(null=True)),
                ("explained", models.SmallIntegerField(null=True)),
                ("again", models.SmallIntegerField(null=True)),
                ("text", models.TextField(blank=True, max_length=2000)),
            ],
        ),
        migrations.CreateModel(
            name="SurveyTokenUsed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("day", models.IntegerField(db_index=True)),
            ],
        ),
    ]
