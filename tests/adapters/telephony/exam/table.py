"""The table of the exam's page: `python -m tests.adapters.telephony.exam.table`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pasokh.cli_judge import judge
from tests.adapters.telephony.exam.kinds import KINDS, scenario


def rows() -> Iterator[str]:
    """A row a kind: its verdict, what follows, and the place or why there is none."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kind.xml"
        for kind, (message, _code, _reason) in KINDS.items():
            path.write_bytes(scenario(message))
            found = judge(path)
            answer = f"`{found.verdict}`" + (f" {found.code}" if found.code else "")
            place = next((p for p in found.locations if p.latitude is not None), None)
            where = f"`{found.no_location}`" if place is None else place.shape
            yield f"| `{kind}` | {answer} | {' '.join(found.events)} | {where} |"


if __name__ == "__main__":
    sys.stdout.write("\n".join(rows()) + "\n")
