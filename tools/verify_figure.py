#!/usr/bin/env python3
"""Check a published figure of Pasokh with nothing but Python 3.9: no part of Pasokh is used.

usage: verify_figure.py FROM FIGURE --log KEY [--witness KEY]... [--fa]

FROM is the published folder or its http(s) address, FIGURE the figure's path there, KEY a public
key, `name+id+base64`, which you have from somewhere else than FROM. Exit code 0: proved; 1: not,
with the reason; 2: wrong usage. Formats: C2SP signed-note, tlog-checkpoint, tlog-proof, tlog-
cosignature; the tree of RFC 6962, the Ed25519 of RFC 8032. Where a definition lives: recompute.
"""
# ruff: noqa: B905, PLR2004, S310, T201, UP035 - Python 3.9; prints; lets only http(s) pass

import argparse
import base64
import csv
import hashlib
import json
import re
import sys
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import Any, Callable

LIMIT = 32 * 1024 * 1024
KEYS = """base cutoff decimals definition_id definition_version figure_id form inputs kind numerator
part percent responsible supersedes value where whole"""
P, D = 2**255 - 19, -121665 * pow(121666, -1, 2**255 - 19)
ORDER, NUMBER = 2**252 + 27742317777372353535851937790883648493, "0|[1-9][0-9]{0,18}"
SAID = {
    "en": """PROVED: {part} of {whole} = {percent} % ({figure_id})
Leaf {index} of {size} in the log of {log}, signed by it; made of {files}, unchanged since.
Cosigned by {cosigned} of {of}; 0 means: others may be shown another log.
NOT PROVED: that each call was recorded truthfully, nor that no newer figure replaced this one.""",
    "fa": """ثابت شد: {part} از {whole} = {percent} درصد ({figure_id})
برگ {index} از {size} برگ دفتر {log}، با امضای آن؛ ساخته از {files} که دست نخورده است.
هم‌امضا: {cosigned} از {of}؛ صفر یعنی شاید به دیگران دفتر دیگری نشان داده شود.
ثابت نشد: اینکه هر تماس راست ثبت شده، و اینکه آمار تازه‌تری جای این را نگرفته است.""",
}
WRONG = (OSError, HTTPException, ValueError, LookupError, TypeError, AttributeError, RecursionError)


def _need(holds: Any, why: str) -> None:
    if not holds:
        raise ValueError(why)


def _added(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    m, n = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    t, z = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = n - m, z - t, z + t, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: tuple[int, ...]) -> tuple[int, ...]:
    total: tuple[int, ...] = (0, 1, 1, 0)
    while number:
        total = _added(total, point) if number & 1 else total
        point, number = _added(point, point), number >> 1
    return total


def _point(raw: bytes) -> tuple[int, ...]:
    y, odd = int.from_bytes(raw, "little") % 2**255, raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    _need(y < P and x * x % P == square and (x or not odd), "the public key is no point")
    x = x if x & 1 == odd else P - x
    return x, y, 1, x * y % P


def is_signature(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature is good (RFC 8032, 5.1.7, without the cofactor)."""
    base, key = _point(b"\x58" + b"\x66" * 31), _point(public)
    number = int.from_bytes(signature[32:], "little")
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    minus = _times(int.from_bytes(digest, "little") % ORDER, (P - key[0], key[1], 1, P - key[3]))
    x, y, z, _ = _added(_times(number % ORDER, base), minus)
    flat = (y * pow(z, -1, P) % P) | (x * pow(z, -1, P) % P & 1) << 255
    return len(signature) == 64 and number < ORDER and flat.to_bytes(32, "little") == signature[:32]


def _unbased(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    _need(base64.b64encode(raw).decode() == text, f"{text[:40]!r} is not base64 as it is written")
    return raw


def _key(text: str, kind: int) -> tuple[str, bytes, bytes]:
    name, told, body = [*text.split("+", 2), "", ""][:3]
    known = hashlib.sha256(name.encode() + b"\n" + (raw := _unbased(body))).digest()[:4]
    _need(len(raw) == 33 and raw[0] == kind and known.hex() == told, f"{text}: not such a key")
    return name, known, raw[1:]


def _note(raw: bytes) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    text, _, lines = raw.decode().rpartition("\n\n")
    found = [re.fullmatch("\u2014 ([^+\\s]+) (\\S+)", line) for line in lines.split("\n")[:-1]]
    fit = text and lines.endswith("\n") and not re.search(rb"[\x00-\x09\x0b-\x1f]", raw)
    _need(fit and all(found), "the checkpoint is no signed note")
    return text + "\n", [(m[1], _unbased(m[2])[:4], _unbased(m[2])[4:]) for m in found if m]


def _root_over(leaf: bytes, index: int, size: int, path: list[bytes]) -> Any:  # RFC 9162, 2.1.3.2
    place, last, over = index, size - 1, hashlib.sha256(b"\0" + leaf).digest()
    for beside in path:
        left, right = (beside, over) if place & 1 or place == last else (over, beside)
        while left is beside and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, (last or -1) >> 1  # below 0: the path is too long
        over = hashlib.sha256(b"\1" + left + right).digest()
    return over if last == 0 and index < size else None


def check_proof(raw: bytes, leaf: bytes, log: Any, witnesses: Any) -> dict[str, Any]:
    """Check that the log signed a tree with this leaf; count the witnesses who cosigned it."""
    head, (text, signed) = raw.partition(b"\n\n")[0], _note(raw.partition(b"\n\n")[2])
    form = rf"c2sp\.org/tlog-proof@v1\n(?:extra (.*)\n)?index ({NUMBER})((?:\n.+)*)"
    found = re.fullmatch(form, head.decode("ascii"))
    _need(found, "the proof is no tlog-proof")
    _unbased(found[1] or "")
    index, path = int(found[2]), [_unbased(line) for line in found[3].split("\n")[1:]]
    bodies = [body for name, known, body in signed if (name, known) == log[:2]]
    good = [is_signature(log[2], text.encode(), body) for body in bodies]
    _need(good and all(good), f"the checkpoint is not signed by {log[0]}")
    origin, size, root, *more = text[:-1].split("\n")
    _need(origin == log[0] and re.fullmatch(NUMBER, size) and all(more), "another log's checkpoint")
    _need(_root_over(leaf, index, int(size), path) == _unbased(root), "not in the signed log")
    seen = 0
    for key in witnesses:
        said = [body for name, known, body in signed if (name, known) == key[:2]]
        at = [f"cosignature/v1\ntime {int.from_bytes(b[:8], 'big')}\n{text}".encode() for b in said]
        seen += bool(said) and all(is_signature(key[2], a, b[8:]) for a, b in zip(at, said))
    return {"index": index, "size": int(size), "log": log[0], "cosigned": seen}


def recompute(tables: list[bytes], value: dict[str, Any]) -> tuple[int, int, Any]:
    """Make the figure again: sums of `count` over classes, in the rows that fit `where`."""
    part = whole = 0
    for table in tables:
        lines = [f"{line}\n" for line in table.decode("utf-8-sig").split("\n") if line.strip("\r")]
        for row in csv.DictReader(lines, strict=True):
            if all(row.get(column) == said for column, said in value["where"].items()):
                fit = row.get("class") and re.fullmatch("-?[0-9]{1,15}", row.get("count") or "")
                _need(fit, "a row has no class, or no count that is a number")
                part += int(row["count"]) if row["class"] in value["numerator"] else 0
                whole += int(row["count"]) if row["class"] in value["base"] else 0
    return part, whole, round(100 * part / whole, value["decimals"]) if whole else None


def check(read: Callable[[str], bytes], path: str, log: Any, witnesses: Any) -> dict[str, Any]:
    """Check a figure wholly; give what is to be told, or raise one of WRONG."""
    raw = read(path)
    told = check_proof(read(path + ".tlog-proof"), raw, log, witnesses)
    figure = json.loads(raw, object_pairs_hook=lambda p: dict(p) if len(dict(p)) == len(p) else {})
    value, files = figure["value"], {name: read(name) for name in figure["inputs"]}
    _need(sorted([*figure, *value]) == KEYS.split(), "it is no figure, or says one thing twice")
    for name, digest in figure["inputs"].items():
        _need(hashlib.sha256(files[name]).hexdigest() == digest, f"{name} was changed")
    fit = type(value["numerator"]) is type(value["base"]) is list and value["decimals"] in range(7)
    _need(
        fit and (figure["kind"], value["form"]) == ("figure", "share"), "an unknown form of figure"
    )
    found = recompute([files[name] for name in files if name.endswith(".csv")], value)
    _need(found == (value["part"], value["whole"], value["percent"]), f"the rows give {found}")
    return {**value, **figure, **told, "of": len(witnesses), "files": ", ".join(figure["inputs"])}


def _read(source: str, path: str) -> bytes:
    _need(not {"", ".", ".."} & set(re.split(r"[/\\]", path)), f"{path!r} is no published path")
    base = source if re.match("https?://", source) else Path(source).absolute().as_uri()
    with urllib.request.urlopen(f"{base}/{urllib.request.quote(path)}", timeout=20) as file:
        raw: bytes = file.read(LIMIT + 1)
    _need(len(raw) <= LIMIT, f"{path} is too large")
    return raw


def main() -> int:
    """Check the figure named on the command line and say in words what is proved."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("source", metavar="FROM")
    parser.add_argument("figure", metavar="FIGURE")
    parser.add_argument("--log", required=True, help="the log's public key")
    parser.add_argument("--witness", action="append", default=[], help="a witness's public key")
    parser.add_argument("--fa", action="store_true", help="speak Persian")
    asked = parser.parse_args()
    try:
        log, witnesses = _key(asked.log, 1), [_key(text, 4) for text in asked.witness]
        told = check(lambda path: _read(asked.source, path), asked.figure, log, witnesses)
    except (*WRONG, csv.Error) as why:
        print(f"{'ثابت نشد' if asked.fa else 'NOT PROVED'}: {asked.figure}: {why}")
        return 1
    print(SAID["fa" if asked.fa else "en"].format(**told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
