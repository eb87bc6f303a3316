"""The API against its own document: examples hold, and schemathesis finds no failure."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from pasokh.adapters.api.examples import example_of
from pasokh.adapters.api.intake import order_of
from pasokh.adapters.api.openapi import document_of
from pasokh.adapters.api.scopes import command_name
from pasokh.adapters.api.views import VIEWS
from pasokh.control_room.decide import COMMANDS
from tests.adapters.api.process import headers_of, running

DOCUMENT = json.loads(document_of("0"))


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


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("centre")
    headers = headers_of(folder)
    with running(folder) as (url, _):
        yield url, headers


# The token is sent with every call, so a case without one would be called with one all the same;
# test_door.py asks without.
CONFIG = schemathesis.Config.from_dict({"generation": {"with-security-parameters": False}})
# Of /desk/nearby a document cannot say that one of two fields is needed; test_desk.py asks it.
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT, config=CONFIG).exclude(
    path_regex="(stream|nearby)$"
)


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_schemathesis_finds_no_failure(
    case: schemathesis.Case, centre: tuple[str, dict[str, str]]
) -> None:
    url, headers = centre
    response = case.call_and_validate(base_url=url, headers=headers)
    assert response.status_code < 500
