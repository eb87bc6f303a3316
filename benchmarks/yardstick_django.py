"""The yardstick of S3: one ORM save a request, as a person would write it, at its quickest.

A synchronous view behind WSGI with no middleware; the token's digest in memory; one save and
so one transaction a request, in the same SQLite with the same durability (WAL, FULL).
"""

import json
import os
from hashlib import sha256

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["YARDSTICK_FILE"],
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
                "timeout": 20,
            },
        }
    },
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
)
django.setup()

_DIGEST = sha256(os.environ["YARDSTICK_TOKEN"].encode()).hexdigest()


class Command(models.Model):
    """A command as one row."""

    command_id = models.CharField(max_length=64, unique=True)
    taken_at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=80)
    call_id = models.CharField(max_length=64)
    channel = models.CharField(max_length=16)
    origin = models.CharField(max_length=16)
    county = models.CharField(max_length=64)
    body = models.TextField()

    class Meta:
        """Where the table is."""

        app_label = "yardstick"
        db_table = "command"

    def __str__(self) -> str:
        """Name the row."""
        return self.command_id


def offer_call(request: HttpRequest) -> HttpResponse:
    """Take an order, save it, answer."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if sha256(token.encode()).hexdigest() != _DIGEST:
        return JsonResponse({"error": "token"}, status=401)
    order = json.loads(request.body)
    asked = order["command"]
    row = Command(
        command_id=order["id"],
        actor="call_taker:benchmark",
        call_id=asked["call_id"],
        channel=asked["channel"],
        origin=asked["origin"],
        county=asked["county"],
        body=request.body.decode(),
    )
    row.save()
    answer = JsonResponse({"command_id": row.command_id, "first_seq": row.pk, "last_seq": row.pk})
    answer["content-length"] = str(len(answer.content))
    return answer


urlpatterns = [path("commands/offer-call", offer_call)]

with connection.schema_editor() as editor:
    if "command" not in connection.introspection.table_names():
        editor.create_model(Command)
connection.close()

application = get_wsgi_application()
# The same view under our own server, so that only what lies behind it differs.
asgi = get_asgi_application()
