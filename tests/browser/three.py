"""One published folder in memory, changed in many ways, and what each of three programs says of it.

The package, the stand-alone file and the page's modules in a browser are given the same bytes.
"""

import importlib.util
from base64 import b64encode
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import Struct
from playwright.sync_api import Page

from pasokh.account.proofs.note import NoteFault, PublicKey, read_key
from pasokh.adapters.archive.checking import check_figure, check_newest
from pasokh.adapters.archive.mirror import MirrorFault
from tests.adapters.archive.published import FIGURE_PATH
from tests.house.tree import ROOT

_SCRIPT = """async ([base, cases]) => {
  const { NotProved, checkFigure, checkLogOfNow } = await import("/verify/check.js");
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const known = Object.fromEntries(Object.entries(base).map(([name, raw]) => [name, bytes(raw)]));
  const told = [];
  for (const { changed, log, witness, path } of cases) {
    const files = { ...known };
    for (const [name, raw] of Object.entries(changed)) files[name] = raw && bytes(raw);
    const read = async (name) => {
      const raw = Object.hasOwn(files, name) ? files[name] : null;
      if (raw === null) throw new NotProved("unreadable", name);
      return raw;
    };
    const one = { alone: null, now: null, reason: "" };
    try {
      const found = await checkFigure(read, path, log, [witness]);
      one.alone = found.cosigned.length;
      one.now = (await checkLogOfNow(read, found)).later;
    } catch (fault) {
      if (!(fault instanceof NotProved)) throw fault;
      one.reason = fault.reason;
    }
    told.push(one);
  }
  return told;
}"""


class Case(Struct, frozen=True):
    """Files that are other than they were (None: gone), the keys of the reader, the figure."""

    changed: dict[str, bytes | None]
    log: str
    witness: str
    path: str = FIGURE_PATH


class Said(Struct, frozen=True):
    """How many cosigned; how many leaves came later; None where it is not proved; why not."""

    alone: int | None
    now: int | None
    reason: str = ""


class MemoryMirror:
    """The Mirror port over files in memory."""

    def __init__(self, files: dict[str, bytes | None]) -> None:
        self._files = files

    def read(self, path: str, limit: int = 2**25) -> bytes:
        raw = self._files.get(path)
        if raw is None or len(raw) > limit:
            raise MirrorFault(path)
        return raw


def files_of(public: Path) -> dict[str, bytes]:
    return {
        path.relative_to(public).as_posix(): path.read_bytes()
        for path in sorted(public.rglob("*"))
        if path.is_file()
    }


def package_says(base: dict[str, bytes], case: Case) -> Said:
    mirror = MemoryMirror(base | case.changed)
    try:
        log, witness = read_key(case.log, [1]), read_key(case.witness, [4])
        found = check_figure(mirror, case.path, log, [witness])
    except (NoteFault, MirrorFault) as fault:
        return Said(None, None, str(fault))
    alone = len(found.cosigned.witnesses)
    return _newest(mirror, log, found, alone)


def _newest(mirror: MemoryMirror, log: PublicKey, found: Any, alone: int) -> Said:
    try:
        return Said(alone, check_newest(mirror, log, found))
    except (NoteFault, MirrorFault) as fault:
        return Said(alone, None, str(fault))


def alone_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("alone", ROOT / "tools" / "verify_figure.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def alone_says(alone: ModuleType, base: dict[str, bytes], case: Case) -> int | None:
    files = base | case.changed

    def read(path: str) -> bytes:
        raw = files.get(path)
        if raw is None:
            raise FileNotFoundError(path)
        return raw

    try:
        keys = alone._key(case.log, 1), [alone._key(case.witness, 4)]
        told = alone.check(read, case.path, *keys)
    except (*alone.WRONG, alone.csv.Error):
        return None
    count: int = told["cosigned"]
    return count


def browser_says(page: Page, base: dict[str, bytes], cases: list[Case]) -> list[Said]:
    """Let the page's modules judge all cases in one go."""
    based = {name: b64encode(raw).decode() for name, raw in base.items()}
    told = [
        {
            "changed": {
                name: None if raw is None else b64encode(raw).decode()
                for name, raw in case.changed.items()
            },
            "log": case.log,
            "witness": case.witness,
            "path": case.path,
        }
        for case in cases
    ]
    found = page.evaluate(_SCRIPT, [based, told])
    return [Said(one["alone"], one["now"], one["reason"]) for one in found]
