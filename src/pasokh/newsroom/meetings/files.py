"""Files that are given out: pictures drawn anew, and three kinds of documents. Nothing that runs.

A picture goes through the same hands as those of releases, so that no place and no name of a camera
comes along. What a document is, its first bytes say, whatever it is called.
"""

from hashlib import sha256

from msgspec import Struct

from pasokh.newsroom.drafts.pictures import BYTES_MAX, PictureUnfit, draw_anew
from pasokh.newsroom.meetings.refusals import MeetingRefused

# media type -> how its file's name ends
SUFFIXES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
    "text/csv": "csv",
    "text/plain": "txt",
}
_PDF = b"%PDF-"
_TABLES = (".csv",)
_TEXTS = (".txt", ".md")
_CONTROLS = frozenset(range(32)) - {9, 10, 13}


class GivenFile(Struct, frozen=True):
    """A file as it is kept. Width and height in pixels, 0 for what is no picture."""

    media: str
    raw: bytes
    width: int = 0
    height: int = 0

    @property
    def digest(self) -> str:
        """What it is called by."""
        return sha256(self.raw).hexdigest()

    @property
    def is_picture(self) -> bool:
        """Whether it is looked at in the page."""
        return self.media.startswith("image/")


def read_file(raw: bytes, name: str) -> GivenFile:
    """Read what somebody gave; MeetingRefused for what is not given out."""
    if not raw or len(raw) > BYTES_MAX:
        raise MeetingRefused("agenda.refused.file_size", megabytes=BYTES_MAX // 2**20)
    if raw.startswith(_PDF):
        return GivenFile("application/pdf", raw)
    small = name.lower()
    if small.endswith((*_TABLES, *_TEXTS)) and _readable(raw):
        return GivenFile("text/csv" if small.endswith(_TABLES) else "text/plain", raw)
    try:
        drawn = draw_anew(raw)
    except PictureUnfit as unfit:
        raise MeetingRefused("agenda.refused.file_kind") from unfit
    return GivenFile(drawn.media, drawn.raw, drawn.width, drawn.height)


def _readable(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not _CONTROLS & set(raw)
