"""A shipped mapping is found by its name as a person types it."""

import pytest

from pasokh.adapters.foreign.mapping import MappingFault, load_mapping


@pytest.mark.parametrize(
    "typed", ["san-luis-obispo", "San Luis Obispo", "san_luis_obispo", "san-l"]
)
def test_spelling_does_not_matter(typed: str) -> None:
    assert load_mapping(typed).name == "san-luis-obispo"


@pytest.mark.parametrize("typed", ["san", "atlantis", ""])
def test_a_name_of_none_or_of_several_is_refused_with_the_list(typed: str) -> None:
    with pytest.raises(MappingFault, match="take one of boone-county, dublin"):
        load_mapping(typed)
