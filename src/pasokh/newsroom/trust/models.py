"""The rows of the survey and of complaints. No answer is of a call, a number or a day."""

from django.db import models

TEXT_MAX, NAME_MAX, CONTACT_MAX, ANSWER_MAX, NUMBER_MAX = 2_000, 60, 120, 4_000, 40
_DIGEST, _PERSON = 64, 64


class SurveyAnswer(models.Model):
    """What a caller said of a call, 1 to 5 each, None where nothing was chosen.

    `month`: of the asking in the Jalali calendar, as 1405-09; `year`: in the Gregorian one, None in
    old rows of a month in which a Gregorian year begins. The key is drawn by lot, and with it the
    row's place in the file: whoever has the order of links and of answers could join them.
    """

    answer_id = models.BigAutoField(primary_key=True)
    month = models.CharField(max_length=7, db_index=True)
    year = models.IntegerField(null=True, db_index=True)
    listened = models.SmallIntegerField(null=True)
    respected = models.SmallIntegerField(null=True)
    explained = models.SmallIntegerField(null=True)
    again = models.SmallIntegerField(null=True)
    text = models.TextField(max_length=TEXT_MAX, blank=True)

    def __str__(self) -> str:
        return f"answer of {self.month}"


class SurveyTokenUsed(models.Model):
    """The SHA-256 of a link that was used, until no link of its day is good any more.

    Its key is drawn by lot too.
    """

    digest = models.CharField(max_length=_DIGEST, unique=True)
    day = models.IntegerField(db_index=True)

    def __str__(self) -> str:
        return f"used link of day {self.day}"


class AskedDay(models.Model):
    """How many callers were asked on a day (UTC), as the log says."""

    day = models.IntegerField(unique=True)
    count = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.count} asked on day {self.day}"


class YearCount(models.Model):
    """How often something happened in a year of either calendar: it outlives what it counts."""

    year = models.IntegerField()
    what = models.CharField(max_length=40)
    count = models.BigIntegerField(default=0)

    class Meta:
        """One row of each a year."""

        constraints = (models.UniqueConstraint(fields=("year", "what"), name="a_count_a_year"),)

    def __str__(self) -> str:
        return f"{self.count} {self.what} in {self.year}"


class Complaint(models.Model):
    """A complaint on its way to 197 and back. Times in ms; words are emptied after their time.

    `code`: the SHA-256 of the tracking code. `passed_as`: the number that 197 gave it.
    """

    code = models.CharField(max_length=_DIGEST, unique=True)
    name = models.CharField(max_length=NAME_MAX, blank=True)
    contact = models.CharField(max_length=CONTACT_MAX, blank=True)
    text = models.TextField(max_length=TEXT_MAX)
    received_at = models.BigIntegerField(db_index=True)
    passed_at = models.BigIntegerField(null=True)
    passed_as = models.CharField(max_length=NUMBER_MAX, blank=True)
    passed_by = models.CharField(max_length=_PERSON, blank=True)
    answered_at = models.BigIntegerField(null=True, db_index=True)
    answer = models.TextField(max_length=ANSWER_MAX, blank=True)
    answered_by = models.CharField(max_length=_PERSON, blank=True)

    def __str__(self) -> str:
        return f"complaint {self.pk}"
