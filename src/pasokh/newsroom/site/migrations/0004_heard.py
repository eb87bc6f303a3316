"""When what waits opens, and when the control room was heard."""

from typing import Any

from django.db import migrations, models
from django.db.models import F

from pasokh.sites.clock import instant_now


def fill(apps: Any, editor: Any) -> None:
    """Open what other newsrooms published; our own opens by the folder, or once it is heard of."""
    rows = editor.connection.alias
    releases = apps.get_model("site", "NewsRelease").objects.using(rows)
    versions = apps.get_model("site", "ReleaseVersion").objects.using(rows)
    releases.update(opens_at=F("out_at"))
    versions.update(opens_at=F("out_at"))
    out, theirs = {"out_at__lte": instant_now()}, releases.exclude(source="").values("pk")
    releases.filter(**out).exclude(source="", withdrawn_at=None).update(opens_at=0)
    versions.filter(**out, release_id__in=theirs).update(opens_at=0)
    versions.filter(until_at__lte=instant_now(), release_id__in=theirs).update(until_at=0)


class Migration(migrations.Migration):
    """Adds the columns by which the lock of an embargo closes when nobody is heard."""

    dependencies = [
        ("site", "0003_topic_naming"),
    ]

    operations = [
        migrations.AddField(
            model_name="copyturn",
            name="heard_at",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="newsrelease",
            name="opens_at",
            field=models.BigIntegerField(default=2**63 - 1),
        ),
        migrations.AddField(
            model_name="releaseversion",
            name="opens_at",
            field=models.BigIntegerField(default=2**63 - 1),
        ),
        migrations.RunPython(fill),
        migrations.AddIndex(
            model_name="releaseversion",
            index=models.Index(fields=["opens_at"], name="version_opens_at"),
        ),
    ]
