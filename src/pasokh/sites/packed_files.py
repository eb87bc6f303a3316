"""Files under static/, sent packed: the modules of a desk weigh a third of what they do plain.

Packed once when the office starts, into a folder of its own; the files themselves stay as they are.
"""

from collections.abc import Mapping
from gzip import compress
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

_PACKS = frozenset({".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt"})
_WORTH = 0.9


class PackedFiles(WhiteNoiseMiddleware):
    """WhiteNoise, which sends what lies packed beside a file to whoever takes it."""

    def get_static_file(
        self, path: str, url: str, stat_cache: Mapping[str, Any] | None = None
    ) -> StaticFile:
        """Give the file with its packed form, where packing is worth it."""
        plain: StaticFile = super().get_static_file(path, url, stat_cache)
        packed = _packed(Path(path), settings.PASOKH.data / "packed_pages")
        if packed is None:
            return plain
        headers = [
            (name, value)
            for name, value in plain.alternatives[-1][2]
            if name.lower() not in ("content-length", "vary")
        ]
        return StaticFile(path, headers, encodings={"gzip": str(packed)})


def _packed(path: Path, folder: Path) -> Path | None:
    if path.suffix not in _PACKS:
        return None
    plain = path.read_bytes()
    packed = folder / f"{sha256(plain).hexdigest()}.gz"
    if packed.exists():
        return packed
    data = compress(plain, mtime=0)
    if len(data) > _WORTH * len(plain):
        return None
    folder.mkdir(mode=0o700, exist_ok=True)
    # A crash between the two leaves a half file under another name only.
    half = packed.with_suffix(".half")
    half.write_bytes(data)
    half.replace(packed)
    return packed
