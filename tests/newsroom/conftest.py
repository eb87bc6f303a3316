"""The newsroom in this process: its rows, a visitor of its public pages, and the staff's desks.

Django is set up once a process, as the office, which opens the same rows.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.test.utils import override_settings

from pasokh.core.people import Role
from pasokh.newsroom.django_settings import MIDDLEWARE, PLACE, TEMPLATES
from pasokh.newsroom.rooms import ROOMS
from pasokh.newsroom.rows import ROWS
from tests.office.conftest import control_room, database  # noqa: F401 - fixtures
from tests.office.people import make_person, sign_in

PUBLIC: dict[str, Any] = {
    "ROOT_URLCONF": "pasokh.newsroom.urls",
    "PASOKH_PLACE": PLACE,
    "PASOKH_OFFSET": "pasokh.newsroom.clock.offset_minutes",
    "MIDDLEWARE": MIDDLEWARE,
    "TEMPLATES": TEMPLATES,
    "STATIC_URL": f"/{PLACE}/static/",
    "CSRF_FAILURE_VIEW": "pasokh.newsroom.trouble.form_too_old",
}


@pytest.fixture
def rows(database: Any) -> None:  # noqa: F811
    """The newsroom's tables, all empty."""
    assert database
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            model._base_manager.using(ROWS).all().delete()


@pytest.fixture
def visitor(rows: None) -> Iterator[Client]:
    """A browser at the public's pages, from an address of its own."""
    with override_settings(**PUBLIC):
        yield Client(SERVER_NAME="127.0.0.1")


@pytest.fixture
def desk(rows: None, control_room: str) -> Callable[..., Client]:  # noqa: F811
    """Give a browser in which somebody of these roles has signed in at the office."""

    def signed_in(*roles: Role, **fields: Any) -> Client:
        return sign_in(make_person(*roles, **fields))

    return signed_in
