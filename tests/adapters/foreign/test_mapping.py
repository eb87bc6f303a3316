import pytest

from pasokh.adapters.foreign.columns import places_of
from pasokh.adapters.foreign.mapping import (
    MappingFault,
    load_mapping,
    parse_mapping,
    report_rules,
    shipped_names,
    span_of,
)

SMALL = """
name = "small"
title = "A small log"
[stamps]
offered = "came"
"""

WRONG = {
    "not TOML": ("name = ", "is not TOML"),
    "nothing": ("", "missing required field `name`"),
    "a key that is no key": (SMALL + "[units]\ncolum = 'u'", "key units: Object contains unknown"),
    "a kind that is no kind": (SMALL + "[[rule]]\nthen = 'sent'", "key rule[0].then"),
    "a span in fortnights": (SMALL + "[dirty]\nslip = '1 fortnight'", "key dirty.slip"),
    "a code of nobody": (SMALL + "[[rule]]\nthen = 'nuisance'\ncode = 'Z'", "key rule[0].code"),
    "an origin without tests": (SMALL + "[[origin]]\norigin = 'unit'\nwhen = []", "origin[0].when"),
    "a pattern with a loose bracket": (
        SMALL + "[[rule]]\nthen = 'dispatched'\nwhen = [{ field = 'a', matches = '(' }]",
        "key rule[0].when[0].matches: '(' is no regular expression",
    ),
    "a unit pattern with a loose star": (SMALL + "[units]\nfield = '*'", "key units.field"),
}


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_mapping_names_its_file_and_the_key(text: str, says: str) -> None:
    with pytest.raises(MappingFault) as fault:
        parse_mapping(text, "wrong.toml")
    assert str(fault.value).startswith("wrong.toml: ")
    assert says in str(fault.value)


def test_a_name_that_is_not_shipped_lists_those_that_are() -> None:
    with pytest.raises(MappingFault, match=r"no mapping is called 'atlantis'.*dublin.*milwaukee"):
        load_mapping("atlantis")


def test_a_path_that_leads_nowhere_says_so() -> None:
    with pytest.raises(MappingFault, match=r"nowhere\.toml: can not be read"):
        load_mapping("nowhere.toml")


def test_every_missing_column_is_named_with_its_key() -> None:
    mapping = parse_mapping(
        SMALL + "closed = 'over'\n[columns]\nid = 'no'\n[[rule]]\nthen = 'dispatched'\n"
        "when = [{ field = 'unit', empty = false }]",
        "small.toml",
    )
    with pytest.raises(MappingFault) as fault:
        places_of(mapping, ["came", "what"], "small.toml")
    said = str(fault.value)
    assert "key columns.id names the column 'no'" in said
    assert "key stamps.closed names the column 'over'" in said
    assert "key rule[0].when[0].field names the column 'unit'" in said
    assert said.endswith("name one that is there: came, what")


def test_the_shipped_mappings_are_six_and_all_can_be_read() -> None:
    names = shipped_names()
    assert len(names) == 6
    for name in names:
        mapping = load_mapping(name)
        assert mapping.name == name
        assert mapping.notes, f"{name} says nothing about its source"


def test_a_mapping_of_ones_own_needs_only_a_path(tmp_path: pytest.TempPathFactory) -> None:
    path = tmp_path / "own.toml"
    path.write_text(SMALL)
    assert load_mapping(str(path)).stamps.offered == "came"


def test_what_the_report_needs_goes_with_the_mapping() -> None:
    rules = report_rules(
        parse_mapping(
            SMALL + "[intervals]\nunit = 'min'\nnegative = 'in'\nlongest = '6h'\n"
            "[[rival]]\nname = 'r'\nsays = 'other'\nwithout_types = ['x']",
            "small.toml",
        )
    )
    assert (rules.unit, rules.unit_span, rules.negative_in) == ("min", 60_000, True)
    assert rules.longest == 6 * 3_600_000
    assert rules.rivals[0].without_types == {"x"}


def test_spans_are_read_with_their_unit() -> None:
    assert [span_of(text) for text in ("90 s", "5min", "2h", "1d", "")] == [
        90_000,
        300_000,
        7_200_000,
        86_400_000,
        None,
    ]
