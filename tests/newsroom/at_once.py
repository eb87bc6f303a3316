"""Deeds at the same moment: by threads of this process, or by office and newsroom as processes."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Barrier, Thread
from typing import Any

from django.db import connections

from pasokh.newsroom.rows import ROWS
from tests.office.conftest import FOLDER, PORT


def at_once(*deeds: Callable[[], object]) -> None:
    """Let each do its deed at the same moment, over a connection of its own."""
    ready = Barrier(len(deeds))

    def act(deed: Callable[[], object]) -> None:
        ready.wait()
        try:
            deed()
        finally:
            connections[ROWS].close()

    people = [Thread(target=act, args=(deed,)) for deed in deeds]
    for one in people:
        one.start()
    for one in people:
        one.join()


class OtherProcess:
    """A process over the same rows, which does what it is told."""

    def __init__(self, site: str) -> None:
        """`site`: office or newsroom."""
        line = [sys.executable, "-m", "tests.newsroom.other_process", site, str(FOLDER), str(PORT)]
        self.process = subprocess.Popen(
            line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdin
        assert self.process.stdout
        self._to, self._from = self.process.stdin, self.process.stdout

    def hear(self) -> Any:
        """Wait for what it says; nothing when it is no more."""
        said = self._from.readline()
        return json.loads(said) if said else None

    def tell(self, deed: str, *what: Any) -> None:
        """Name a deed, and what it is done with."""
        self._to.write(json.dumps([deed, what]) + "\n")
        self._to.flush()

    def end(self) -> None:
        """Let it end by itself."""
        self._to.close()
        self.process.wait(30)
        self._from.close()


@contextmanager
def processes(*sites: str) -> Iterator[list[OtherProcess]]:
    """Start processes, and let them end."""
    others = [OtherProcess(site) for site in sites]
    try:
        assert [one.hear() for one in others] == ["ready"] * len(others)
        yield others
    finally:
        for one in others:
            one.end()


def both(others: Sequence[OtherProcess], deed: str, *what: Sequence[Any]) -> list[Any]:
    """Let each do the deed at the same moment, each with its own part of `what`; say what came."""
    for one, part in zip(others, what, strict=True):
        one.tell(deed, *part)
    return [one.hear() for one in others]
