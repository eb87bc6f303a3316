#!/usr/bin/env python3
"""Check a log of Pasokh with nothing but Python: no part of Pasokh is used.

usage: verify_log.py LOG [--heads FILE]

LOG is the SQLite file of a centre; its writer may be at work. FILE has heads that were published
earlier, one `seq known_at chain` a line. Exit code 0: proved; 1: not, with the first fault;
2: wrong usage. How an entry is hashed: SHA-256 over these lines, a line feed between them,
    previous chain, seq, at, known_at, actor, cause (empty if none), command_id, kind, version, body
and the chain before the first entry is 64 zeros.
"""
# ruff: noqa: T201 - a command line prints

import argparse
import hashlib
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

READ = (
    "SELECT seq, at, known_at, actor, cause, command_id, kind, version, body, chain "
    "FROM entry ORDER BY seq"
)
TYPES: tuple[Any, ...] = (int, int, int, str, (int, type(None)), str, str, int, str, str)


class Fault(Exception):
    """What is wrong, and where."""


def read_heads(path: Path) -> dict[int, tuple[int, str]]:
    """Read published heads: seq -> (known_at, chain)."""
    heads: dict[int, tuple[int, str]] = {}
    for number, line in enumerate(path.read_text("utf-8").split("\n")[:-1], 1):
        try:
            seq, known_at, chain = line.split(" ")
            head = int(seq), (int(known_at), chain)
        except ValueError:
            raise Fault(f"line {number} of the heads is not `seq known_at chain`") from None
        if heads.setdefault(*head) != head[1]:
            raise Fault(f"two heads of entry {seq} contradict each other")
    return heads


def check(rows: Iterable[Any], heads: dict[int, tuple[int, str]]) -> tuple[int, int, str]:
    """Give the last head, or raise Fault at the first bad entry."""
    seq, known_at, chain = 0, 0, "0" * 64
    if heads.pop(0, (known_at, chain)) != (known_at, chain):
        raise Fault("a head of entry 0 is not 64 zeros: it was forged")
    for row in rows:
        if row[0] != seq + 1:
            raise Fault(f"entry {row[0]} follows entry {seq}: the log is not dense")
        seq = row[0]
        if not all(isinstance(f, t) for f, t in zip(row, TYPES, strict=True)):
            raise Fault(f"entry {seq} has a field of the wrong type: it was changed")
        if "\n" in row[3] + row[5] + row[6]:
            raise Fault(f"entry {seq} has a line feed inside a field: it was changed")
        if row[2] < known_at:
            raise Fault(f"entry {seq} was known before entry {seq - 1}: the log is not ordered")
        lines = (chain, *("" if field is None else str(field) for field in row[:-1]))
        if hashlib.sha256("\n".join(lines).encode()).hexdigest() != row[-1]:
            raise Fault(f"entry {seq} does not match its chain value: it was changed")
        known_at, chain = row[2], row[-1]
        if heads.pop(seq, (known_at, chain)) != (known_at, chain):
            raise Fault(f"entry {seq} is not what its head says: the log was forged")
    if heads:
        raise Fault(f"a head names entry {max(heads)}, the log ends at {seq}: it was cut")
    return seq, known_at, chain


def main() -> int:
    """Check the file named on the command line and say in words what is proved."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("log", type=Path)
    parser.add_argument("--heads", type=Path)
    asked = parser.parse_args()
    try:
        heads = read_heads(asked.heads) if asked.heads else {}
        given = len(heads)
        uri = f"{asked.log.absolute().as_uri()}?mode=ro"
        seq, known_at, chain = check(sqlite3.connect(uri, uri=True).execute(READ), heads)
    except (Fault, sqlite3.Error, OSError, UnicodeError) as error:
        print(f"NOT PROVED: {asked.log}: {error}")
        return 1
    print(f"PROVED: {seq} entries, none missing, in the order in which they were learned,")
    print("none changed since: whoever wrote down the head below finds every change before it.")
    print(f"Heads of earlier days that are all in it: {given}." if given else
          "No heads of earlier days were given, so a cut tail would not be seen.")  # fmt: skip
    print(f"Head: {seq} {known_at} {chain}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
