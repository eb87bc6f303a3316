"""The page that checks a figure, in Chromium: one verdict with the other two, in words, by axe."""

import shutil
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import ModuleType
from urllib.parse import urlencode

import pytest
from msgspec import structs, to_builtins
from playwright.sync_api import Browser, Page, expect

from pasokh.account.proofs.checkpoint import Checkpoint
from pasokh.account.proofs.leaf import CorrectionLeaf, FigureLeaf, read_leaf, write_leaf
from pasokh.account.proofs.merkle import MerkleTree, leaf_hash
from pasokh.account.proofs.note import ED25519, NoteFault, write_note
from pasokh.account.proofs.recomputed import recomputed
from pasokh.account.proofs.tiles import hashes_in, read_bundle, tiles_of, write_bundle
from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue, Value
from pasokh.adapters.archive.centre_log import opened_log
from pasokh.adapters.archive.cosigning import collect
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.mirror import mirror_at
from pasokh.adapters.archive.signing import SigningKey, read_signing_key
from pasokh.adapters.archive.stand_alone import publish_verifier
from pasokh.adapters.archive.witness import Witness
from pasokh.adapters.doors.pages import HEADERS
from tests.adapters.archive.published import (
    DEFINITION_PATH,
    FIGURE_PATH,
    NOW,
    ROWS_PATH,
    Published,
)
from tests.adapters.archive.test_publishing import Office
from tests.adapters.archive.test_verify_figure import ROWS, TABLES, VALUES
from tests.browser.accessibility import violations
from tests.browser.modules import served
from tests.browser.three import (
    Case,
    Said,
    alone_module,
    alone_says,
    browser_says,
    files_of,
    package_says,
)

pytestmark = pytest.mark.browser

PROOF_PATH = f"{FIGURE_PATH}.tlog-proof"
SWITCH_PATH = "figures/switch.csv"
SWITCH = b"""from,to,side,offered,answered,not_answered
2026-11-02T20:30:00.000Z,2026-11-03T20:30:00.000Z,switch,1003,950,53
2026-11-02T20:30:00.000Z,2026-11-03T20:30:00.000Z,log,1001,948,53
"""
MADE = ("count", "part", "whole", "percent", "n", "p50", "p90", "p95")
SAID = {
    "fa": (
        "ثابت شد",
        "کنار داده‌هاست",
        "ثابت نشد",
        "۳۸۲ از ۱٬۰۰۰، برابر ۳۸٫۲ درصد",
        "هیچ‌یک از ۵ برگ تازه‌تر",
        "۱٬۰۰۳",
        "شمار سوئیچ در کنار آمار هست، اما",
    ),
    "en": (
        "PROVED",
        "beside the data",
        "NOT PROVED",
        "382 of 1,000, which is 38.2 percent",
        "none of 5 later leaves replaced",
        "1,003",
        "but it was changed since",
    ),
}
_RECOMPUTED = """async (cases) => {
  const { NotProved, recomputed } = await import("/verify/check.js");
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return cases.map(([table, value]) => {
    try {
      return recomputed([["x.csv", bytes(table)]], value);
    } catch (fault) {
      if (!(fault instanceof NotProved)) throw fault;
      return null;
    }
  });
}"""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A figure that a witness cosigned, with a full tile of leaves before it and some behind."""
    shown = Published(tmp_path_factory.mktemp("published"), before=290)
    witness = Witness(DiskFiles(shown.witness_file.parent), "state.json", shown.witness)
    note = write_note(witness.look(mirror_at(str(shown.public)), shown.log, NOW, first=True))
    with opened_log(shown.public, shown.key_file) as log:
        collect(log, shown.log, DiskFiles(shown.public), note, [shown.witness.public])
    shown.renew_proof()
    shown.publish_beside(SWITCH_PATH, SWITCH)
    shown.grow(4)
    (shown.public / "witnesses.txt").write_text(f"{shown.witness.public}\n")
    publish_verifier(DiskFiles(shown.public), shown.log)
    return shown


@pytest.fixture(scope="module")
def address(shown: Published) -> Iterator[str]:
    """The folder under the policy with which a centre's public doors give it away."""
    with served(shown.public, HEADERS) as found:
        yield found


@pytest.fixture(scope="module")
def page(chromium: Browser, address: str) -> Page:
    page = chromium.new_page()
    page.goto(f"{address}/verify.html?language=en")
    return page


@pytest.fixture(scope="module")
def alone() -> ModuleType:
    return alone_module()


def changed(shown: Published, files: dict[str, bytes | None]) -> Case:
    return Case(files, str(shown.log), str(shown.witness.public))


def signed(shown: Published, size: int, root: bytes, name: str = "") -> bytes:
    """What the log's own key would say of another tree."""
    key = read_signing_key(shown.key_file, ED25519)
    return write_note(key.signed(Checkpoint(name or shown.log.name, size, root).text))


def check_three(
    page: Page, alone: ModuleType, base: dict[str, bytes], cases: list[Case]
) -> list[Said]:
    """Let all three judge; give what the page said. They must agree on every case."""
    told = browser_says(page, base, cases)
    for case, said in zip(cases, told, strict=True):
        ours = package_says(base, case)
        where = f"{sorted(case.changed)}: {said} but {ours}"
        assert (said.alone, said.now) == (ours.alone, ours.now), where
        assert said.alone == alone_says(alone, base, case), where
        assert bool(said.reason) == (said.now is None)
    return told


def later(shown: Published, folder: Path, leaf: bytes) -> dict[str, bytes | None]:
    """What is other in the folder when the log has one more leaf."""
    public, keys = folder / "public", folder / "keys"
    shutil.copytree(shown.public, public)
    shutil.copytree(shown.key_file.parent, keys)
    with opened_log(public, keys / shown.key_file.name) as log:
        log.append([leaf])
        log.sign()
    before, after = files_of(shown.public), files_of(public)
    gone: dict[str, bytes | None] = dict.fromkeys(before.keys() - after.keys())
    return gone | {path: raw for path, raw in after.items() if before.get(path) != raw}


def another_past(shown: Published, base: dict[str, bytes]) -> dict[str, bytes | None]:
    """A log of the same size by the same key, whole in itself, whose leaf 280 is another."""
    leaves = [
        *read_bundle(base["tile/entries/000"], 256),
        *read_bundle(base["tile/entries/001.p/41"], 41),
    ]
    leaves[280] = b"{}"
    tree = MerkleTree(map(leaf_hash, leaves))
    files: dict[str, bytes | None] = {
        tile.path: hashes_in(tile, tree) for tile in tiles_of(tree.size)
    }
    files["tile/entries/001.p/41"] = write_bundle(leaves[256:])
    return files | {"checkpoint": signed(shown, tree.size, tree.root())}


def flipped(base: dict[str, bytes], path: str, at: int) -> dict[str, bytes | None]:
    raw = base[path]
    return {path: raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]}


def test_each_kind_of_change_is_found_for_what_it_is(
    page: Page, alone: ModuleType, shown: Published, tmp_path: Path
) -> None:
    base = files_of(shown.public)
    figure = read_leaf(base[FIGURE_PATH])
    assert isinstance(figure, FigureLeaf)
    newer = write_leaf(structs.replace(figure, figure_id="new", supersedes=figure.figure_id))
    better = write_leaf(CorrectionLeaf(figure.figure_id, "x", "0" * 64, "why"))

    def put(path: str, was: bytes, other: bytes) -> dict[str, bytes | None]:
        assert was in base[path]
        return {path: base[path].replace(was, other, 1)}

    changes: dict[str, tuple[dict[str, bytes | None], str]] = {
        "nothing": ({}, ""),
        "a row": (put(ROWS_PATH, b"300", b"301"), "input"),
        "the figure": (put(FIGURE_PATH, b"382", b"383"), "log"),
        "its form": (put(FIGURE_PATH, b"38.2,", b"38.20,"), "leaf"),
        "the definition": (put(DEFINITION_PATH, b"of all", b"of few"), "input"),
        "no definition": ({DEFINITION_PATH: None}, "unreadable"),
        "the proof": (put(PROOF_PATH, b"index 291", b"index 290"), "log"),
        "no proof": ({PROOF_PATH: b"x"}, "proof"),
        "its note": (put(PROOF_PATH, b"\n292\n", b"\n293\n"), "signature"),
        "the checkpoint": (put("checkpoint", b"\n297\n", b"\n298\n"), "signature"),
        "no checkpoint": ({"checkpoint": None}, "unreadable"),
        "no note": ({"checkpoint": b"x"}, "note"),
        "another log": ({"checkpoint": signed(shown, 297, b"r" * 32, "x.example")}, "origin"),
        "a bundle": (flipped(base, "tile/entries/001.p/41", 9), "tile"),
        "a tile": (flipped(base, "tile/0/001.p/41", 40), "tile"),
        "a tile before": (flipped(base, "tile/1/000.p/1", 5), "tile"),
        "another root": ({"checkpoint": signed(shown, 297, b"r" * 32)}, "tile"),
        "another past": (another_past(shown, base), "split_view"),
        "rolled back": ({"checkpoint": signed(shown, 291, b"r" * 32)}, "back"),
        "superseded": (later(shown, tmp_path / "newer", newer), "replaced"),
        "corrected": (later(shown, tmp_path / "better", better), "replaced"),
    }
    other = SigningKey(shown.log.name, ED25519, b"o" * 32).public
    keys = {str(other): "signature", str(shown.witness.public): "key", str(shown.log)[:-4]: "key"}
    cases = [changed(shown, files) for files, _ in changes.values()]
    cases += [Case({}, key, str(shown.witness.public)) for key in keys]
    told = check_three(page, alone, base, cases)
    assert told[0] == Said(1, 5)
    reasons = [reason for _, reason in changes.values()] + [*keys.values()]
    found = dict(zip([*changes, *keys], told, strict=True))
    assert {name: said.reason for name, said in found.items()} == dict(
        zip(found, reasons, strict=True)
    )


def test_three_programs_prove_every_figure_of_a_published_day(
    page: Page, alone: ModuleType, shown: Published, tmp_path: Path
) -> None:
    office = Office(tmp_path)
    ((figures,), base) = office.publish((20_000, 700)), files_of(office.public)
    assert figures is not None
    forms = {read_leaf(base[path]).value.__class__ for path in figures}
    assert forms == {CountValue, QuantilesValue, ShareValue}
    witness = str(shown.witness.public)
    told = check_three(page, alone, base, [Case({}, office.name, witness, f) for f in figures])
    assert [said.reason for said in told] == [""] * len(figures)


def test_three_programs_agree_on_changed_bytes(
    page: Page, alone: ModuleType, shown: Published
) -> None:
    base = files_of(shown.public)
    cases = [
        changed(shown, {path: raw[:at] + bytes([raw[at] ^ 1 << bit]) + raw[at + 1 :]})
        for path in (FIGURE_PATH, PROOF_PATH, ROWS_PATH, DEFINITION_PATH, "checkpoint")
        if (raw := base[path])
        for at in range(0, len(raw), 17)
        for bit in {at % 8, 5}
    ]
    told = check_three(page, alone, base, cases)
    assert len(told) > 120
    assert Said(1, 5) not in told, "a cosignature that is none counts as none"


def rows_and_rules() -> Iterator[tuple[bytes, Value]]:
    """Open rows in all ways of writing, drawn ones, and shares that lie between two numbers."""
    rng = Random(7)  # noqa: S311 - a seed, no secret
    for table in (ROWS, *(table for table, _ in TABLES)):
        yield from ((table.encode(), value) for value in VALUES)
    for _ in range(150):
        first, second, third = (rng.choice((0, 1, 3, rng.randrange(10_000))) for _ in range(3))
        table = f"class,upto,count\nO1,5,{first}\nV,,{second}\nX,015,{third}\n".encode()
        yield table, ShareValue(("O1",), ("O1", "V", "X"), 0, 0, None, rng.randrange(5))
        yield table, QuantilesValue(0, None, None, None)
    for part in range(64):
        table = b"class,count\nO1,%d\nV,%d\n" % (part, 64 - part)
        yield from ((table, ShareValue(("O1",), ("O1", "V"), 0, 0, None, n)) for n in range(5))


def made_by_package(table: bytes, value: Value) -> dict[str, object] | None:
    try:
        made: dict[str, object] = to_builtins(recomputed([table], value))
    except NoteFault:
        return None
    return {key: made[key] for key in MADE if key in made}


def made_alone(alone: ModuleType, table: bytes, value: Value) -> dict[str, object] | None:
    try:
        made: dict[str, object] = alone.recompute([table], to_builtins(value))
    except (*alone.WRONG, alone.csv.Error):
        return None
    return made


def test_three_programs_make_the_same_of_the_same_rows(page: Page, alone: ModuleType) -> None:
    cases = list(rows_and_rules())
    asked = [[b64encode(table).decode(), to_builtins(value)] for table, value in cases]
    found = page.evaluate(_RECOMPUTED, asked)
    assert found == [made_by_package(*case) for case in cases]
    assert found == [made_alone(alone, *case) for case in cases]
    assert None in found


@pytest.mark.parametrize("language", SAID)
def test_a_reader_checks_a_figure_by_keyboard_and_reads_what_was_not_proved(
    chromium: Browser, address: str, shown: Published, language: str
) -> None:
    proved, beside, not_proved, value, newer, switch, changed_switch = SAID[language]
    page = chromium.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}/verify.html?language={language}")
    page.locator("#figure").press_sequentially(FIGURE_PATH)
    page.locator("#figure").press("Enter")
    verdict = page.locator(".verdict")
    expect(verdict).to_contain_text(beside)
    page.locator("#log").fill(str(shown.log))
    page.locator("#log").press("Enter")
    expect(verdict).to_have_text(proved)
    told = page.locator("#told")
    for words in (value, str(shown.log), "press office", DEFINITION_PATH, newer, switch):
        expect(told).to_contain_text(words)
    assert violations(page) == []
    counted = shown.public / SWITCH_PATH
    counted.write_bytes(SWITCH.replace(b"1003", b"1001"))
    page.reload()
    expect(told).to_contain_text(changed_switch)
    counted.write_bytes(SWITCH)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    rows = shown.public / ROWS_PATH
    raw = rows.read_bytes()
    rows.write_bytes(raw.replace(b"300", b"299"))
    page.reload()
    expect(verdict).to_have_text(not_proved)
    expect(told).to_contain_text(ROWS_PATH)
    rows.write_bytes(raw)
    assert violations(page) == []
    assert faults == []
    assert all(url.startswith(f"{address}/") for url in asked)
    page.close()


def test_it_works_from_a_folder_of_a_mirror(chromium: Browser, shown: Published) -> None:
    page = chromium.new_page()
    with served(shown.public.parent) as found:
        query = urlencode({"language": "en", "figure": FIGURE_PATH, "log": str(shown.log)})
        page.goto(f"{found}/public/verify.html?{query}")
        expect(page.locator(".verdict")).to_have_text("PROVED")
    page.close()


def test_a_browser_that_cannot_check_signatures_never_says_proved(
    chromium: Browser, address: str
) -> None:
    for fake in (
        "SubtleCrypto.prototype.importKey = () => Promise.reject(new Error('no Ed25519'))",
        "SubtleCrypto.prototype.verify = () => Promise.resolve(true)",
        "Object.defineProperty(crypto, 'subtle', { value: undefined })",
    ):
        page = chromium.new_page()
        page.add_init_script(fake)
        page.goto(f"{address}/verify.html?language=en&figure={FIGURE_PATH}")
        expect(page.locator(".verdict")).to_have_text("NOT PROVED")
        expect(page.locator("#told")).to_contain_text("cannot check signatures")
        page.close()
