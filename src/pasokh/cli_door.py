"""The command `pasokh door`: the public doors. Imports wait as in `cli`."""

import argparse
from collections.abc import Callable
from typing import Any


def door_deed(
    settings_of: Callable[[argparse.Namespace], Any],
) -> Callable[[argparse.Namespace], int]:
    """Make the deed that serves the doors of the centre that the arguments name."""

    def serve_doors(arguments: argparse.Namespace) -> int:
        from pasokh.wiring_door import serve

        return serve(settings_of(arguments))

    return serve_doors
