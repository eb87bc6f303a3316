"""The command `pasokh log i3`: the log as other centres read it. Imports wait as in `cli`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TypeAlias

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001
    Reading: TypeAlias = Callable[[Path, Callable[[Any], int]], int]


def add_i3(log_commands: "Commands", reading: "Reading") -> None:
    """Add the deed; `reading` opens a log and says what is wrong with it."""
    i3 = log_commands.add_parser("i3", help="print it as i3 log events, one JSON object a line")
    i3.add_argument("log", type=Path, help="the log's file")
    i3.add_argument("--element", default="centre.invalid", help="domain name of who logs")
    i3.add_argument("--agency", default="", help="domain name of the agency; else the element's")
    i3.set_defaults(run=lambda arguments: reading(arguments.log, lambda log: _i3(log, arguments)))


def _i3(log: Any, arguments: argparse.Namespace) -> int:
    import msgspec

    from pasokh.adapters.exchange.i3_writing import I3Element, I3Writer
    from pasokh.control_room.codec import fact_of

    element = I3Element(arguments.element, arguments.agency or arguments.element)
    for event in I3Writer(element).events(map(fact_of, log.read())):
        sys.stdout.write(msgspec.json.encode(event).decode() + "\n")
    return 0
