"""What an archive says of the days that it has."""

import msgspec


class ArchivedFile(msgspec.Struct, frozen=True):
    """One file of the archive; `path` is below the archive's folder."""

    path: str
    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What the archive has of a day, and the entry of the log that holds the day's figure."""

    day: str
    figure_id: str
    figure_version: str
    seq: int
    chain: str
    files: tuple[ArchivedFile, ...]
