"""The API's own document: its examples hold, and each operation has its name and problems."""

import json
from typing import Any

import msgspec
import pytest

from pasokh.adapters.api.examples import example_of
from pasokh.adapters.api.intake import order_of
from pasokh.adapters.api.openapi import document_of
from pasokh.adapters.api.scopes import command_name
from pasokh.adapters.api.views import VIEWS
from pasokh.control_room.decide import COMMANDS

DOCUMENT = json.loads(document_of("0"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", COMMANDS, ids=command_name)
def test_the_example_of_each_command_is_one(kind: Any) -> None:
    operation = DOCUMENT["paths"][f"/commands/{command_name(kind)}"]["post"]
    example = operation["requestBody"]["content"]["application/json"]["example"]
    order = msgspec.convert(example, order_of(kind))
    assert type(order.command) is kind


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.path)
def test_the_example_of_each_view_is_one(view: Any) -> None:
    assert msgspec.convert(example_of(view.given), view.given) is not None


def test_each_operation_has_its_own_name_and_its_problems() -> None:
    operations = [o for methods in DOCUMENT["paths"].values() for o in methods.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert all("400" in operation["responses"] for operation in operations)
