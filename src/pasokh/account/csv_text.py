"""Tables as CSV, the same bytes for the same rows: RFC 4180, UTF-8, one line feed behind a line."""

import csv
from collections.abc import Iterable, Sequence


class _Text(list[str]):
    """What the csv module can write to without a file."""

    write = list.append


def csv_text(columns: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    """Write a head of column names and the lines below it."""
    text = _Text()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(lines)
    return "".join(text).encode()
