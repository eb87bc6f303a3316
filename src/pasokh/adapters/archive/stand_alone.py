"""The verifiers as they are published beside the data: one file of Python, and a page."""

from collections.abc import Iterator
from pathlib import Path

from pasokh.account.proofs.note import PublicKey
from pasokh.adapters.archive.files import Files

VERIFIER_PATH = "verify_figure.py"
PAGE_PATH = "verify.html"
KEY_PATH = "log-key.txt"
# In an installed package, and in a checkout.
_PLACES = (Path(__file__).parents[2] / "tools", Path(__file__).parents[4] / "tools")


def publish_verifier(public: Files, key: PublicKey) -> None:
    """Put the verifiers into the published folder, unless they are there as they should be.

    The log's public key lies beside them, for readers who have it from nowhere else: the page
    says what that is worth.
    """
    for path, raw in stand_alone_files(key):
        _put(public, path, raw)


def stand_alone_files(key: PublicKey) -> Iterator[tuple[str, bytes]]:
    """Yield the key and the verifiers as they are published, with their paths."""
    tools = next(place for place in _PLACES if (place / VERIFIER_PATH).is_file())
    yield KEY_PATH, f"{key}\n".encode()
    for file in (tools / VERIFIER_PATH, tools / PAGE_PATH, *sorted((tools / "verify").iterdir())):
        yield file.relative_to(tools).as_posix(), file.read_bytes()


def _put(public: Files, path: str, ours: bytes) -> None:
    try:
        there = public.read(path)
    except FileNotFoundError:
        there = b""
    if there != ours:
        public.write(path, ours)
