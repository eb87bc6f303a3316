"""Rows of a file that is in no order, or newest first, brought into the order of time.

Sorted in runs that fit in memory; the runs wait on disk and are merged. Row numbers stay those of
the file.
"""

from collections.abc import Callable, Iterator
from heapq import merge
from itertools import islice
from operator import itemgetter
from tempfile import TemporaryFile
from typing import IO, TypeAlias

import msgspec

from pasokh.adapters.foreign.predicates import Fields
from pasokh.core.time import Instant

ROWS_PER_RUN = 50_000

_Keyed: TypeAlias = tuple[Instant, int, list[str]]
_BY_TIME_THEN_ROW = itemgetter(0, 1)
_DECODER = msgspec.json.Decoder(_Keyed)


def by_time(
    rows: Iterator[tuple[int, Fields]], offered: Callable[[Fields], Instant]
) -> Iterator[tuple[int, Fields]]:
    """Yield numbered rows in the order of `offered`; rows of the same moment in file order."""
    keyed = ((offered(fields), row, list(fields)) for row, fields in rows)
    runs: list[Iterator[_Keyed]] = []
    while run := sorted(islice(keyed, ROWS_PER_RUN), key=_BY_TIME_THEN_ROW):
        runs.append(_spilled(run) if len(run) == ROWS_PER_RUN else iter(run))
    for _, row, fields in merge(*runs, key=_BY_TIME_THEN_ROW):
        yield row, fields


def _spilled(run: list[_Keyed]) -> Iterator[_Keyed]:
    """Write a run to a file without a name now, and give a reader of it."""
    file = TemporaryFile()  # noqa: SIM115 - its reader closes it
    file.writelines(msgspec.json.encode(keyed) + b"\n" for keyed in run)
    file.seek(0)
    return _read_back(file)


def _read_back(file: IO[bytes]) -> Iterator[_Keyed]:
    with file:
        for line in file:
            yield _DECODER.decode(line)
