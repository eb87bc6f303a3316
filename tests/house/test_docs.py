"""The docs say what is there: made parts are fresh, names exist, examples run, trees agree."""

import ast
import contextlib
import hashlib
import io
import re
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.inspect import StructType, type_info

from pasokh.account.definitions import CallClass
from pasokh.adapters.foreign.mapping import Mapping, parse_mapping, shipped_names
from pasokh.cli import main
from pasokh.control_room.codec import KINDS, UPCASTERS
from pasokh.control_room.decide import COMMANDS
from pasokh.core.people import Role
from pasokh.core.refusal import Reason
from pasokh.drivers.cases.form import CaseFile
from pasokh.drivers.drill.scenario import Scenario
from pasokh.settings import Settings
from tests.house.reference import filled, pages
from tests.house.tree import ROOT

DOCS = ROOT / "docs"
FOLDERS = ("start", "guides", "reference", "reasons")
LANGUAGES = {"en": DOCS, "fa": DOCS / "fa"}
# Written by script/bench for both languages at once: figures, no prose.
MADE_ELSEWHERE = {"reference/speed.md"}
WALK_LINES_MAX = 1_200
WALK_FILES = 7

_HEADING = re.compile(r"^(#+) ", re.MULTILINE)
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)(#[^)]*)?\)")
_STATION = re.compile(r"^## \S+ (src/pasokh/\S+\.py)$(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"`([A-Za-z_]\w*)`")
_FA_WORDS_NEVER = (
    "رخداد ",
    "درخواست",
    "کاربر",
    "اپراتور",
    "خودرو",
    "منطقه",
    "وظیفه",
    "شدت",
    "متریک",
)


def _tree(language: str) -> set[str]:
    root = LANGUAGES[language]
    return {
        path.relative_to(root).as_posix()
        for folder in FOLDERS
        for path in (root / folder).glob("*.md")
    } - MADE_ELSEWHERE


def _page(language: str, name: str) -> str:
    return (LANGUAGES[language] / name).read_text("utf-8")


def _prose(page: str) -> str:
    return _FENCED.sub("", page)


def _outline(page: str) -> list[str]:
    return _HEADING.findall(_prose(page))


def test_each_page_is_in_both_languages() -> None:
    english, persian = _tree("en"), _tree("fa")
    assert english, "no page at all"
    assert english == persian, sorted(english ^ persian)


@pytest.mark.parametrize("name", sorted(_tree("en") & _tree("fa")))
def test_both_languages_have_the_same_headings(name: str) -> None:
    assert _outline(_page("en", name)) == _outline(_page("fa", name))


@pytest.mark.parametrize("name", sorted(_tree("en") & _tree("fa")))
def test_both_languages_have_the_same_examples(name: str) -> None:
    assert _FENCED.findall(_page("en", name)) == _FENCED.findall(_page("fa", name))


def test_made_parts_are_what_the_code_says() -> None:
    stale = [
        path.relative_to(ROOT).as_posix()
        for language, path in pages()
        if filled(language, text := path.read_text("utf-8")) != text
    ]
    assert not stale, f"run `python -m tests.house.reference`: {stale}"


def test_every_link_leads_to_a_file() -> None:
    lost = [
        f"{path.relative_to(ROOT)}: {link}"
        for _, path in pages()
        for link, _ in _LINK.findall(_prose(path.read_text("utf-8")))
        if not (path.parent / link).exists()
    ]
    assert not lost


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_the_machine_is_in_the_reference(language: str) -> None:
    said = "".join(_page(language, f"reference/{name}.md") for name in ("commands", "log"))
    names = [kind.__name__ for kind in COMMANDS]
    names += [*KINDS, *(reason.value for reason in Reason), *(role.value for role in Role)]
    missing = [name for name in names if not re.search(rf"\b{name}\b", said)]
    assert not missing
    classes = _page(language, "reference/definitions.md")
    assert not [name for name in CallClass if f"| {name.value} |" not in classes]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "there is no upcaster"), ("fa", "بالابری نیست")]
)
def test_the_log_page_says_whether_there_are_upcasters(language: str, said: str) -> None:
    assert (said in _page(language, "reference/log.md")) is not bool(UPCASTERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_a_sentence(language: str) -> None:
    page = _page(language, "reference/commands.md")
    said = set(re.findall(r"^### (\w+)\n\n\S", page, re.MULTILINE))
    silent = {kind.__name__ for kind in COMMANDS} - said
    assert not silent


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_walk_is_seven_short_files(language: str) -> None:
    files = [path for path, _ in _STATION.findall(_page(language, "start/one-call.md"))]
    assert len(files) == len(set(files)) == WALK_FILES
    lines = sum(len((ROOT / path).read_text("utf-8").splitlines()) for path in files)
    assert lines < WALK_LINES_MAX


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_walk_names_what_exists(language: str) -> None:
    stations = _STATION.findall(_page(language, "start/one-call.md"))
    lost = [
        f"{path}: {name}"
        for path, told in stations
        for name in sorted(set(_NAMED.findall(told)) - _names_in(ROOT / path))
    ]
    assert stations
    assert not lost


def _names_in(path: Path) -> set[str]:
    """Functions and classes that a file defines, and the fields and variables that it names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
    return found


@pytest.mark.parametrize("name", ["start/one-call.md", "reference/log.md"])
def test_the_example_runs_and_prints_what_the_page_says(name: str) -> None:
    blocks = _FENCED.findall(_page("en", name))
    ran = 0
    for (kind, program), (_, printed) in pairwise(blocks):
        if kind == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(program, name, "exec"), {"__name__": "example"})  # noqa: S102 - our page
            assert out.getvalue() == printed
            ran += 1
    assert ran


def test_the_worked_chain_is_what_sha256sum_gives() -> None:
    page = _page("en", "reference/log.md")
    lines = re.search(r"^printf '(.*?)' \| sha256sum$", page, re.DOTALL | re.MULTILINE)
    told = re.search(r"^([0-9a-f]{64})  -$", page, re.MULTILINE)
    assert lines
    assert told
    hashed = lines[1].replace("\\n", "\n").encode()
    assert hashlib.sha256(hashed).hexdigest() == told[1]


@pytest.mark.parametrize("name", sorted(_tree("fa")))
def test_persian_keeps_to_the_glossary(name: str) -> None:
    page = _prose(_page("fa", name))
    assert not [
        word for word in _FA_WORDS_NEVER if word in page and name != "reference/glossary.md"
    ]
    assert "ي" not in page
    assert "ك" not in page


def _keys_of(kind: type[Struct]) -> set[str]:
    """Every key that a file of this shape may have, at any depth."""
    found: set[str] = set()
    waiting: list[object] = [type_info(kind)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, StructType):
            found |= {field.encode_name for field in node.fields}
            waiting += [field.type for field in node.fields]
        else:
            parts = [getattr(node, name, ()) for name in ("type", "item_type", "value_type")]
            waiting += [part for part in (*parts, *getattr(node, "types", ())) if part]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("cases", CaseFile),
        ("mapping", Mapping),
        ("scenario", Scenario),
        ("settings", Settings),
    ],
)
def test_every_key_of_a_file_is_in_the_reference(
    language: str, name: str, kind: type[Struct]
) -> None:
    page = _page(language, f"reference/{name}.md")
    keys = _keys_of(kind) - {"p50", "p90"}
    assert keys
    assert not sorted(key for key in keys if not re.search(rf"\b{key}\b", page))


def test_every_shipped_mapping_is_named() -> None:
    page = _page("en", "reference/mapping.md")
    assert not [name for name in shipped_names() if f"`{name}`" not in page]


def test_the_example_mapping_is_one() -> None:
    blocks = dict(_FENCED.findall(_page("en", "reference/mapping.md")))
    assert parse_mapping(blocks["toml"], "mapping.md").rule


def test_the_guide_to_mappings_works(tmp_path: Path) -> None:
    blocks = dict(_FENCED.findall(_page("en", "guides/write-a-mapping.md")))
    for name, block in (("calls.csv", "csv"), ("town.toml", "toml")):
        (tmp_path / name).write_text(blocks[block], "utf-8")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(["replay", f"{tmp_path}/calls.csv", "--mapping", f"{tmp_path}/town.toml"])
    assert code == 0
    assert not set(blocks["text"].splitlines()) - {
        line.rstrip() for line in out.getvalue().split("\n")
    }


def test_the_example_case_comes_out_as_it_says(tmp_path: Path) -> None:
    blocks = dict(_FENCED.findall(_page("en", "reference/cases.md")))
    (tmp_path / "cases.json").write_text(blocks["json"], "utf-8")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(["cases", f"{tmp_path}/cases.json"])
    assert code == 0
    assert out.getvalue() == blocks["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_of_the_command_line_is_named(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = re.findall(r"^    (\w+)", capsys.readouterr().out, re.MULTILINE)
    page = _page(language, "reference/settings.md")
    assert listed
    assert not [name for name in listed if f"`pasokh {name}" not in page]
