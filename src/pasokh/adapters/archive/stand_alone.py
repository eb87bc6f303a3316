"""The stand-alone verifier as it is published: one file beside the data, the one that ships."""

from pathlib import Path

from pasokh.adapters.archive.files import Files

VERIFIER_PATH = "verify_figure.py"
# In an installed package, and in a checkout.
_PLACES = (
    Path(__file__).parents[2] / "tools" / VERIFIER_PATH,
    Path(__file__).parents[4] / "tools" / VERIFIER_PATH,
)


def publish_verifier(public: Files) -> None:
    """Put the verifier into the published folder, unless it is there as it should be."""
    ours = next(place for place in _PLACES if place.is_file()).read_bytes()
    try:
        there = public.read(VERIFIER_PATH)
    except FileNotFoundError:
        there = b""
    if there != ours:
        public.write(VERIFIER_PATH, ours)
