"""Settled days go out: files, leaves, a checkpoint, and the proofs beside what they prove.

Beside the key lie what waits for another day and the salts of the rows that stay secret, one file
a day. Each step may be done again: a day that was begun and not ended gives the same files and
the same leaves, so a crash between any two steps is mended by publishing again.
"""

from secrets import token_bytes

import msgspec

from pasokh.account.disclosure.days import Carried
from pasokh.account.disclosure.rows import Side
from pasokh.account.open_data.settings import OpenSettings
from pasokh.account.proofs.commitment import SALT_BYTES
from pasokh.account.proofs.leaf import FigureLeaf, OpenRowsLeaf, write_leaf
from pasokh.account.proofs.proof_file import SUFFIX
from pasokh.account.publication import figure_path, publish_day
from pasokh.account.published_counts import FILE
from pasokh.account.rows import SettledDay
from pasokh.adapters.archive.definitions import definition_files
from pasokh.adapters.archive.files import Files
from pasokh.adapters.archive.open_data import OpenData, leaves_of
from pasokh.adapters.archive.transparency import TransparencyLog
from pasokh.core.time import iso_day


class Publisher:
    """Publishes days in their order into one public folder and one public log."""

    def __init__(
        self,
        public: Files,
        private: Files,
        log: TransparencyLog,
        responsible: str,
        *,
        settings: OpenSettings | None = None,
    ) -> None:
        """`private` is for this alone. `responsible`: who answers for the figures, in words.

        `settings`: what open data says of its publisher, if not that these are responsible.
        """
        self._public = public
        self._private = private
        self._log = log
        self._responsible = responsible
        self._open_data = OpenData(private, settings or OpenSettings(responsible))

    def publish(self, settled: SettledDay, counted: bytes | None = None) -> list[str] | None:
        """Publish a day and give the paths of its figures; None when it is out as it was before.

        `counted`: what the telephone switch counted of it, as it is published beside.

        Rows go out once. What a revision changed is not published here.
        """
        day = iso_day(settled.figure.day)
        if settled.figure.figure_version.value != "final":
            return None
        salts = self._salts(day, settled)
        publication = publish_day(
            settled,
            settled.lists,
            self._waiting_before(day),
            salts.__getitem__,
            self._responsible,
            definitions=definition_files(),
            counted=counted,
        )
        opened = self._open_data.of_day(settled, publication)
        for path, raw in (publication.files | opened).items():
            self._public.write(path, raw)
        leaves = (*publication.leaves, *leaves_of(opened))
        places = self._log.append([write_leaf(leaf) for leaf in leaves])
        self._log.sign()
        figures = []
        for leaf, place in zip(leaves, places, strict=True):
            if isinstance(leaf, FigureLeaf):
                path = figure_path(leaf)
                self._public.write(path + SUFFIX, self._log.proof_of(place))
                figures.append(path)
            elif isinstance(leaf, OpenRowsLeaf) and leaf.path.endswith(f"/{FILE}"):
                # No figure is made of it, so no figure proves it.
                self._public.write(leaf.path + SUFFIX, self._log.proof_of(place))
        self._open_data.keep(settled, publication, opened)
        self._private.write(f"waiting/{day}.json", msgspec.json.encode(publication.waiting))
        return figures

    def publish_index(self) -> None:
        """Write and sign what is about all days: index, catalogue, definitions, licence."""
        found = self._open_data.around()
        for path, raw in found.items():
            self._public.write(path, raw)
        self._log.append([write_leaf(leaf) for leaf in leaves_of(found)])
        self._log.sign()

    def _salts(self, day: str, settled: SettledDay) -> dict[str, bytes]:
        """Give each row its salt: the one that it has, when the day was begun before."""
        path = f"salts/{day}.json"
        known: dict[str, bytes] = {}
        if f"{day}.json" in self._private.names("salts"):
            known = msgspec.json.decode(self._private.read(path), type=dict[str, bytes])
        salts = {
            call.call_id: known.get(call.call_id) or token_bytes(SALT_BYTES)
            for call in settled.rows.calls
        }
        if salts != known:
            self._private.write(path, msgspec.json.encode(salts))
        return salts

    def _waiting_before(self, day: str) -> dict[Side, Carried]:
        before = [name for name in self._private.names("waiting") if name < f"{day}.json"]
        if not before:
            return {}
        raw = self._private.read(f"waiting/{max(before)}")
        return msgspec.json.decode(raw, type=dict[Side, Carried])
