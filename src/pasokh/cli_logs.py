"""Opening a log from the command line: it is only read, and what is wrong is said in words."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pasokh.adapters.storage.log_reader import LogReader

BAD_INPUT = 2


def reading(path: Path, deed: Callable[["LogReader"], int]) -> int:
    """Do something with a log and close it; BAD_INPUT when it cannot be read or is damaged."""
    from pasokh.adapters.storage.log_reader import read_only
    from pasokh.adapters.storage.schema import StorageRefused
    from pasokh.drivers.recovery import LogDamaged

    try:
        log = read_only(path)
    except StorageRefused as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    try:
        return deed(log)
    except LogDamaged as error:
        print(f"{path}: {error}", file=sys.stderr)
        return BAD_INPUT
    finally:
        log.close()
