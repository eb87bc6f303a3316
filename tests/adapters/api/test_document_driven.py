"""The API against its own document: schemathesis finds no failure.

Its cases are made while tests are gathered, which takes long: see `pytest_ignore_collect`.
"""

import json
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from pasokh.adapters.api.openapi import document_of
from tests.adapters.api.process import headers_of, running

# The token is sent with every call, so a case without one would be called with one all the same;
# test_door.py asks without.
CONFIG = schemathesis.Config.from_dict({"generation": {"with-security-parameters": False}})


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("centre")
    headers = headers_of(folder)
    with running(folder) as (url, _):
        yield url, headers


# Of /desk/nearby a document cannot say that one of two fields is needed; test_desk.py asks it.
SCHEMA = schemathesis.openapi.from_dict(json.loads(document_of("0")), config=CONFIG).exclude(
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
