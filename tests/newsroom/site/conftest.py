"""A press office at work: by its folder alone, or with a control room."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests.newsroom.site.press_office import PressOffice


@pytest.fixture
def office(visitor: Client, tmp_path: Path) -> Iterator[PressOffice]:
    """Without a control room: the public folder alone speaks."""
    with PressOffice(tmp_path).at_work() as working:
        yield working


@pytest.fixture
def live_office(visitor: Client, control_room: str, tmp_path: Path) -> Iterator[PressOffice]:
    """With a control room, whose log has what waits."""
    with PressOffice(tmp_path, control_room).at_work() as working:
        yield working
