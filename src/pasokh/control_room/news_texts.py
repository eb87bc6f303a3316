"""Texts of news releases as bytes: the one way in which they are hashed, approved and published."""

from typing import Any

import msgspec

from pasokh.account.proofs.canonical import NotCanonical, canonical
from pasokh.press.texts import NewsPicture, NewsText

_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def write_text(text: NewsText) -> bytes:
    """Write a text as it is hashed, approved and published; NotCanonical when it cannot be."""
    return canonical(builtins_of(text))


def read_text(raw: bytes) -> NewsText:
    """Read a text; NotCanonical when it is none, or is not written in the one way."""
    try:
        text = msgspec.json.decode(raw, type=NewsText)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotCanonical(f"this is no text of a news release: {error}") from error
    if write_text(text) != raw:
        raise NotCanonical("this text is not written in the one way in which it can be")
    return text


def picture_path(news_id: str, picture: NewsPicture) -> str:
    """Say where a picture lies in the public folder: beside the texts that show it."""
    return f"news/{news_id}/{picture_file(picture.sha256, picture.media)}"


def picture_file(digest: str, media: str) -> str:
    """Name the file of a picture by the SHA-256 of its bytes, in every folder where one lies."""
    return f"{digest}.{_SUFFIXES[media]}"


def builtins_of(value: object) -> Any:
    """Give a struct as what JSON holds."""
    return msgspec.to_builtins(value, str_keys=True)
