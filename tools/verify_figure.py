#!/usr/bin/env python3
"""Check a published figure of Pasokh with nothing but Python 3.9: no part of Pasokh is used.

FROM is the published folder or its http(s) address, FIGURE the figure's path there, KEY a public
key, `name+id+base64`, which you have from somewhere else than FROM. Exit code 1: not proved, 2:
wrong usage. Formats: C2SP signed-note, tlog-proof and tlog-cosignature; RFC 6962 and RFC 8032.
"""

# ruff: noqa: B905, E401, I001, PLR2004, S310, T201, UP035 - Python 3.9; prints; only http(s)
import argparse, base64, csv, hashlib, json, pathlib, re, sys, urllib.request
from collections import Counter
from http.client import HTTPException
from typing import Any, Callable

LIMIT = 32 * 1024 * 1024
KEYS = "cutoff definition_id definition_version figure_id inputs kind responsible supersedes value"
FORMS: Any = {
    "count": ({"count": "classes"}, "{count}"),
    "share": ({"part": "numerator", "whole": "base"}, "{part} / {whole} = {percent} %"),
    "quantiles": ({}, "n {n}: p50 {p50} s, p90 {p90} s, p95 {p95} s"),
}
P, D = 2**255 - 19, -121665 * pow(121666, -1, 2**255 - 19)
ORDER, NUMBER = 2**252 + 27742317777372353535851937790883648493, "0|[1-9][0-9]{0,18}"
SAID = {
    "en": """PROVED: {said} ({figure_id})
Leaf {index} of {size} in the log of {log}, signed by it; made of {files}, unchanged since.
Cosigned by {cosigned} of {of}; 0 means: others may be shown another log.
NOT PROVED: that each call was recorded truthfully, nor that no newer figure replaced this one.""",
    "fa": """ثابت شد: {said} ({figure_id})
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
    twice = _times(number >> 1, _added(point, point)) if number else (0, 1, 1, 0)
    return _added(twice, point) if number & 1 else twice


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
    good = [is_signature(log[2], text.encode(), b) for n, i, b in signed if (n, i) == log[:2]]
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


def recompute(tables: list[bytes], value: dict[str, Any]) -> dict[str, Any]:
    """Make the figure again: sums of `count` by `class` or `upto`, in the rows that fit `where`."""
    timed, by, counts = value["form"] == "quantiles", FORMS[value["form"]][0], Counter()
    column, form = ("upto", "[0-9]{0,9}") if timed else ("class", ".+")
    for table in tables:
        lines = [f"{line}\n" for line in table.decode("utf-8-sig").split("\n") if line.strip("\r")]
        for row in csv.DictReader(lines, strict=True):
            if all(row.get(name) == said for name, said in value["where"].items()):
                word, count = row.get(column), row.get("count") or ""
                fit = word is not None and re.fullmatch(form, word, re.DOTALL)
                _need(fit and re.fullmatch("-?[0-9]{1,9}", count), f"a row lacks {column} or count")
                counts[str(word)] += int(count)
    if timed:
        whole, ends = sum(counts.values()), sorted(int(end) for end in counts if end)
        upto = {end: sum(counts[to] for to in counts if to and int(to) <= end) for end in ends}
        least = [next((e for e in ends if upto[e] * 100 >= whole * p), None) for p in (50, 90, 95)]
        return dict(zip(("n", "p50", "p90", "p95"), [whole, *least]))
    found = {key: sum(counts[name] for name in set(value[by[key]])) for key in by}
    if "decimals" in value:
        part, whole = found["part"], found["whole"]
        found["percent"] = round(100 * part / whole, value["decimals"]) if whole else None
    return found


def check(read: Callable[[str], bytes], path: str, log: Any, witnesses: Any) -> dict[str, Any]:
    """Check a figure wholly; give what is to be told, or raise one of WRONG."""
    raw = read(path)
    told, figure = check_proof(read(path + ".tlog-proof"), raw, log, witnesses), json.loads(raw)
    text = json.dumps(figure, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    _need(text.encode() == raw, "it is not written in the one way in which it can be")
    value, files = figure["value"], {name: read(name) for name in figure["inputs"]}
    for name, digest in figure["inputs"].items():
        _need(hashlib.sha256(files[name]).hexdigest() == digest, f"{name} was changed")
    found = recompute([files[name] for name in files if name.endswith(".csv")], value)
    lists, said = FORMS[value["form"]]
    keys = ["form", "where", *lists.values(), *found, *["decimals"][: "percent" in found]]
    fit = figure["kind"] == "figure" and sorted([*figure, *value]) == sorted(KEYS.split() + keys)
    fit = fit and all(type(value[by]) is list for by in lists.values())
    fit = fit and all(type(it) not in (bool, float) or it % 1 for it in value.values())
    _need(fit and value.get("decimals", 0) in range(5), "its value has not the keys of its form")
    _need(all(found[key] == value[key] for key in found), f"the rows give {found}")
    return {**figure, **told, "said": said.format(**value), "files": ", ".join(files)}


def _read(source: str, path: str) -> bytes:
    _need(not {"", ".", ".."} & set(re.split(r"[/\\]", path)), f"{path!r} is no published path")
    base = source if re.match("https?://", source) else pathlib.Path(source).absolute().as_uri()
    with urllib.request.urlopen(f"{base}/{urllib.request.quote(path)}", timeout=20) as file:
        return bytes(file.read(LIMIT))


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
    print(SAID["fa" if asked.fa else "en"].format(**told, of=len(witnesses)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
