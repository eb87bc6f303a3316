"""The API against its own document: schemathesis finds no failure.

Every operation is a test of its own name, so that workers do not take one for another. The
sealed words that may come with an order have one shape in all commands and would make nine tenths
of the edges: they are tried in one command. Of the edges of an entry of a list, whose kinds differ
little, every fifth is tried; PASOKH_WHOLE=1 tries all.
"""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from pasokh.adapters.api.openapi import document_of
from tests.adapters.api.process import headers_of, running
from tests.house.whole import WHOLE

pytestmark = pytest.mark.slow

# The token is sent with every call, so a case without one would be called with one all the same;
# test_door.py asks without. What is drawn may be larger than 256 KiB, sound or not: 413 is right.
_REFUSED = ["400", "401", "403", "404", "405", "406", "409", "413", "415", "422", "428", "429"]
_TAKEN = ["2xx", "3xx", "401", "403", "404", "409", "413", "429"]
CONFIG = schemathesis.Config.from_dict(
    {
        "generation": {"with-security-parameters": False},
        "checks": {
            "negative_data_rejection": {"expected-statuses": _REFUSED},
            "positive_data_acceptance": {"expected-statuses": _TAKEN},
        },
    }
)
HEAD_TOO_LARGE = 431
MODES = list(GenerationMode)
WITH_WORDS = "Order_OfferCall_"
Operation = APIOperation[Any, Any, Any, Any]
Centre = tuple[str, requests.Session]


def operations(document: dict[str, Any]) -> dict[str, Operation]:
    # Of /desk/nearby a document cannot say that one of two fields is needed; test_desk.py asks it.
    schema = schemathesis.openapi.from_dict(document, config=CONFIG)
    found = list(schema.exclude(path_regex="(stream|nearby)$").get_all_operations())
    good = [result.ok() for result in found if isinstance(result, Ok)]
    assert len(good) == len(found)
    return {operation.label: operation for operation in good}


def without_words(document: dict[str, Any]) -> dict[str, Any]:
    for name, shape in document["components"]["schemas"].items():
        if name.startswith("Order_") and name != WITH_WORDS:
            shape["properties"]["words"] = {"type": "null"}
    return document


LEAN = operations(without_words(json.loads(document_of("0"))))


def edges(operation: Operation) -> Iterator[Case[Any]]:
    """Each bound that the document names, just kept and just broken."""
    generation = operation.schema.config.generation_for(operation=operation)
    cases = operation.schema.iter_coverage_cases(
        operation, generation_modes=MODES, generation_config=generation
    )
    whole = operation.label == "POST /commands/offer-call"
    step = 5 if operation.label == "POST /commands/set-entry" and not WHOLE else 1
    for case in islice(cases, 0, None, step):
        # A server takes words that the lean document has not.
        place = getattr(case.meta.phase.data, "location", None) if case.meta else None
        if whole or not str(place).startswith("/properties/words"):
            yield case


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    folder = tmp_path_factory.mktemp("centre")
    with running(folder) as (url, _), requests.Session() as line:
        line.headers.update(headers_of(folder))
        yield url, line


def whole_numbers(drawn: object) -> object:
    """JSON Schema takes 1.0 for an integer; we ask for it as 1, one number in one writing."""
    if isinstance(drawn, dict):
        return {name: whole_numbers(value) for name, value in drawn.items()}
    if isinstance(drawn, list):
        return [whole_numbers(value) for value in drawn]
    return int(drawn) if isinstance(drawn, float) and drawn.is_integer() else drawn


def assert_answered(case: Case[Any], centre: Centre) -> None:
    url, line = centre
    case.body = whole_numbers(case.body)
    answer = case.call(base_url=url, session=line)
    if answer.status_code == HEAD_TOO_LARGE:
        return  # no head that is so long is read, whatever the route
    case.validate_response(answer)
    assert answer.status_code < 500


@pytest.mark.parametrize("label", LEAN)
def test_the_edges_of_the_document_hold(label: str, centre: Centre) -> None:
    cases = list(edges(LEAN[label]))
    assert len(cases) > 3
    for case in cases:
        assert_answered(case, centre)


@pytest.mark.parametrize("label", LEAN)
@settings(max_examples=3, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_drawn_from_the_document_holds(
    label: str, centre: Centre, data: st.DataObject
) -> None:
    drawn = st.one_of(*(LEAN[label].as_strategy(generation_mode=mode) for mode in MODES))
    assert_answered(data.draw(drawn), centre)
