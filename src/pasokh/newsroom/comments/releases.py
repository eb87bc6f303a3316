"""Which releases may be talked about: those that are out, as the public folder has them."""

import msgspec
from django.conf import settings

from pasokh.press.texts import PublishedNews

_NEWS = msgspec.json.Decoder(PublishedNews)


def title_of(news_id: str, language: str) -> str | None:
    """Give the title of the version that everybody reads; None when there is none.

    In another language when the release has none in this one.
    """
    folder = settings.PASOKH_NEWSROOM.published
    if folder is None:
        return None
    numbers = [
        int(path.stem) for path in (folder / "news" / news_id).glob("*.json") if path.stem.isdigit()
    ]
    if not numbers:
        return None
    text = (folder / "news" / news_id / f"{max(numbers)}.json").read_bytes()
    try:
        words = _NEWS.decode(text).text.words
    except msgspec.ValidationError:  # what lies there says that it was withdrawn
        return None
    return (words.get(language) or next(iter(words.values()))).title
