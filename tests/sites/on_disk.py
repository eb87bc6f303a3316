"""What the files of a database hold, read by another process."""

import subprocess
from collections.abc import Iterable
from pathlib import Path


def bytes_of(files: Iterable[Path]) -> bytes:
    """Read files of a database that this process has open.

    Whoever closes such a file drops all locks that the process has on it (POSIX): the next process
    that leaves takes the write-ahead log away, and what is written here is seen by nobody.
    """
    return subprocess.run(["cat", *sorted(files)], capture_output=True, check=True).stdout
