"""News releases in the public folder: each version that is out, with its proof.

The text is what the office laid down before the version was approved: a file named by its SHA-256,
which the log holds. Each step may be done again; the proof is written last.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import msgspec

from pasokh.account.proofs.canonical import NotCanonical, canonical
from pasokh.account.proofs.leaf import CorrectionLeaf, Leaf, ReleaseLeaf, write_leaf
from pasokh.account.proofs.proof_file import SUFFIX
from pasokh.adapters.archive.files import Files
from pasokh.adapters.archive.transparency import TransparencyLog
from pasokh.core.time import iso_instant
from pasokh.press.texts import NewsGone, NewsText, PublishedNews
from pasokh.press.views import NewsOut, VersionOut, WithdrawnNews

_FOLDER = "news"
_WITHDRAWN = "withdrawn.json"


class NewsFolder:
    """Lets news releases out. `texts` is where the office lays what it approves."""

    def __init__(self, public: Files, texts: Files, log: TransparencyLog) -> None:
        """Nothing is read yet."""
        self._public = public
        self._texts = texts
        self._log = log
        # What cannot go out, by its path: which text is missing, or is another one.
        self.missing: dict[str, str] = {}

    def release(self, out: NewsOut) -> Iterator[str]:
        """Publish every version that is out and is not in the folder; yield the paths."""
        self.missing = {}
        for one in out.versions:
            if self._text(one):
                yield news_path_of(one)
        for gone in out.withdrawn:
            if self._withdraw(gone):
                yield f"{_FOLDER}/{gone.news_id}/{_WITHDRAWN}"
        wanted = {one.text_sha256 for one in out.versions if news_path_of(one) in self.missing}
        for name in self._texts.names(""):
            if name.removesuffix(".json") in out.over - wanted:
                self._texts.remove(name)

    def _text(self, one: VersionOut) -> bool:
        path, digest = news_path_of(one), one.text_sha256
        if self._is_out(path):
            return False
        try:
            raw = self._texts.read(f"{digest}.json")
        except FileNotFoundError:
            self.missing[path] = f"the text {digest} is not there"
            return False
        if sha256(raw).hexdigest() != digest:
            self.missing[path] = f"the file of the text {digest} holds another text"
            return False
        try:
            published = canonical(_builtins(_published(one, read_text(raw))))
        except NotCanonical as fault:
            self.missing[path] = f"the text {digest} cannot be published: {fault}"
            return False
        name, found = f"{_FOLDER}/{one.news_id}", sha256(published).hexdigest()
        self._out(path, published, ReleaseLeaf(name, one.number, path, found, one.figures))
        return True

    def _withdraw(self, gone: WithdrawnNews) -> bool:
        """Say why in the place of the texts, then take them away."""
        folder = f"{_FOLDER}/{gone.news_id}"
        path = f"{folder}/{_WITHDRAWN}"
        fresh = not self._is_out(path)
        if fresh:
            told = NewsGone(gone.news_id, gone.why, iso_instant(gone.at))
            raw = canonical(_builtins(told))
            digest = sha256(raw).hexdigest()
            self._out(path, raw, CorrectionLeaf(folder, path, digest, gone.why))
        for name in self._public.names(folder):
            if not name.startswith(_WITHDRAWN):
                self._public.remove(f"{folder}/{name}")
        return fresh

    def _out(self, path: str, raw: bytes, leaf: Leaf) -> None:
        self._public.write(path, raw)
        (place,) = self._log.append([write_leaf(leaf)])
        self._log.sign()
        self._public.write(path + SUFFIX, self._log.proof_of(place))

    def _is_out(self, path: str) -> bool:
        folder, _, name = path.rpartition("/")
        return name + SUFFIX in self._public.names(folder)


def news_path_of(one: VersionOut) -> str:
    """Say where a version of a news release lies in the public folder."""
    return f"{_FOLDER}/{one.news_id}/{one.number}.json"


def write_text(text: NewsText) -> bytes:
    """Write a text as it is hashed, approved and published; NotCanonical when it cannot be."""
    return canonical(_builtins(text))


def read_text(raw: bytes) -> NewsText:
    """Read a text; NotCanonical when it is none, or is not written in the one way."""
    try:
        text = msgspec.json.decode(raw, type=NewsText)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotCanonical(f"this is no text of a news release: {error}") from error
    if write_text(text) != raw:
        raise NotCanonical("this text is not written in the one way in which it can be")
    return text


def _published(one: VersionOut, text: NewsText) -> PublishedNews:
    out_at = iso_instant(one.out_at)
    return PublishedNews(
        one.news_id, one.number, one.kind, out_at, text, one.text_sha256, one.figures, one.mistake
    )


def _builtins(value: object) -> Any:
    return msgspec.to_builtins(value, str_keys=True)
