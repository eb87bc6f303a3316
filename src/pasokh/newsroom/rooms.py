"""The rooms of the newsroom, each a Django application, and what each has beside its rows.

A room's parts are found by their names: `urls` (the public's pages, by language), `plain_urls`
(what programs read, the same in every language), `desk_urls` (the staff's pages), `waiting` (what
the staff has to do there), `beside` (what the public's process does again and again) and `demo`
(what a demonstration invents).
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

_HERE = "pasokh.newsroom"
ROOMS = tuple(
    room
    for room in (
        "site",
        "syndication",
        "drafts",
        "outlets",
        "topics",
        "meetings",
        "questions",
        "comments",
        "coverage",
        "trust",
        "mail",
    )
    if find_spec(f"{_HERE}.{room}")
)
APPS = (_HERE, *(f"{_HERE}.{room}" for room in ROOMS))


def parts(name: str) -> Iterator[Any]:
    """Give this part of every room that has one, in the order of rooms."""
    for room in ROOMS:
        if find_spec(f"{_HERE}.{room}.{name}"):
            yield import_module(f"{_HERE}.{room}.{name}")
