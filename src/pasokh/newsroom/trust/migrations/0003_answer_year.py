"""The Gregorian year of an answer, beside its Jalali month."""

from typing import Any

from django.db import migrations, models

# A Gregorian year begins on the eleventh or twelfth day of this month.
_PARTED, _AHEAD = 10, 621


def enter_years(apps: Any, editor: Any) -> None:
    """Enter what the month already says; in which part of a parted month, nobody can say."""
    answers = apps.get_model("trust", "SurveyAnswer").objects.using(editor.connection.alias)
    for month in set(answers.values_list("month", flat=True)):
        year, of_year = map(int, month.split("-"))
        if of_year != _PARTED:
            answers.filter(month=month).update(year=year + _AHEAD + (of_year > _PARTED))


class Migration(migrations.Migration):
    """Adds it, and enters it for answers that are there."""

    dependencies = (("trust", "0002_year_counts"),)

    operations = (
        migrations.AddField(
            model_name="surveyanswer",
            name="year",
            field=models.IntegerField(db_index=True, null=True),
        ),
        migrations.RunPython(enter_years, migrations.RunPython.noop),
    )
