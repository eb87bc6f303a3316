"""News releases in the public folder: each version that is out, with its pictures and its proof.

The text is what the office laid down before the version was approved: a file named by its SHA-256,
which the log holds. It names its pictures by theirs. Each step may be done again; the proof is
written last.
"""

from collections.abc import Iterator
from hashlib import sha256

from pasokh.account.proofs.canonical import NotCanonical, canonical
from pasokh.account.proofs.leaf import CorrectionLeaf, Leaf, ReleaseLeaf, write_leaf
from pasokh.account.proofs.proof_file import SUFFIX
from pasokh.adapters.archive.files import Files
from pasokh.adapters.archive.transparency import TransparencyLog
from pasokh.control_room.news_texts import builtins_of, picture_path, read_text
from pasokh.core.time import iso_instant
from pasokh.press.texts import NewsGone, NewsPicture, NewsText, PublishedNews
from pasokh.press.views import NewsOut, VersionOut, WithdrawnNews

_FOLDER = "news"
_WITHDRAWN = "withdrawn.json"


class NewsFolder:
    """Lets news releases out. `texts` and `pictures` are where the office lays what it approves."""

    def __init__(
        self, public: Files, texts: Files, log: TransparencyLog, pictures: Files | None = None
    ) -> None:
        """Nothing is read yet. Without `pictures` no text that shows one goes out."""
        self._public = public
        self._texts = texts
        self._log = log
        self._pictures = pictures
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
            text = read_text(raw)
            published = canonical(builtins_of(_published(one, text)))
        except NotCanonical as fault:
            self.missing[path] = f"the text {digest} cannot be published: {fault}"
            return False
        lacking = [picture for picture in text.told.pictures if not self._lay(one, picture)]
        if lacking:
            self.missing[path] = f"the picture {lacking[0].sha256} is not there, or is another one"
            return False
        name, found = f"{_FOLDER}/{one.news_id}", sha256(published).hexdigest()
        self._out(path, published, ReleaseLeaf(name, one.number, path, found, one.figures))
        return True

    def _lay(self, one: VersionOut, picture: NewsPicture) -> bool:
        """Put a picture beside the texts that show it, so that it goes when they go."""
        path = picture_path(one.news_id, picture)
        folder, _, name = path.rpartition("/")
        if name in self._public.names(folder):
            return True
        if self._pictures is None:
            return False
        try:
            raw = self._pictures.read(name)
        except FileNotFoundError:
            return False
        if sha256(raw).hexdigest() != picture.sha256:
            return False
        self._public.write(path, raw)
        return True

    def _withdraw(self, gone: WithdrawnNews) -> bool:
        """Say why in the place of the texts, then take them away."""
        folder = f"{_FOLDER}/{gone.news_id}"
        path = f"{folder}/{_WITHDRAWN}"
        fresh = not self._is_out(path)
        if fresh:
            told = NewsGone(gone.news_id, gone.why, iso_instant(gone.at))
            raw = canonical(builtins_of(told))
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


def _published(one: VersionOut, text: NewsText) -> PublishedNews:
    out_at = iso_instant(one.out_at)
    return PublishedNews(
        one.news_id, one.number, one.kind, out_at, text, one.text_sha256, one.figures, one.mistake
    )
