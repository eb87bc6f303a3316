"""What a reader typed, checked: each field with the sentence of what is wrong with it."""

import unicodedata

from django.http import QueryDict
from msgspec import Struct

from pasokh.newsroom.comments.deeds import CommentSaid
from pasokh.newsroom.comments.rules import NAME_MAX, TEXT_MAX
from pasokh.newsroom.email_address import AddressFlaw, read_address

# Only machines fill it: people do not see it.
TRAP = "homepage"


class TypedComment(Struct, frozen=True):
    """The fields as they were typed, so that nothing has to be typed twice; and what is wrong."""

    name: str
    email: str
    text: str
    wrong: dict[str, str]
    address: str = ""

    def said(self, news_id: str, language: str) -> CommentSaid:
        """Give it as it is kept: the words exactly as they were typed."""
        return CommentSaid(news_id, self.name.strip(), self.address, self.text, language)


def read_comment(fields: QueryDict) -> TypedComment:
    """Read a form; `wrong` holds ids of messages by field."""
    name, email = fields.get("name", ""), fields.get("email", "")
    text = plain(fields.get("text", ""))
    address = read_address(email)
    wrong = {
        "name": _words_wrong(name, NAME_MAX, lines=False),
        "email": address.value if isinstance(address, AddressFlaw) else "",
        "text": _words_wrong(text, TEXT_MAX, lines=True),
        TRAP: "filled" if fields.get(TRAP) else "",
    }
    told = {
        field: f"newsroom.comments.wrong.{field}.{what}" for field, what in wrong.items() if what
    }
    return TypedComment(name, email, text, told, "" if told.get("email") else str(address))


def plain(text: str) -> str:
    """Give a text with one kind of line end, as browsers send another than they show."""
    return text.replace("\r\n", "\n").strip("\n")


def _words_wrong(text: str, most: int, *, lines: bool) -> str:
    if not text.strip():
        return "empty"
    if len(text) > most:
        return "long"
    unreadable = any(
        unicodedata.category(sign) in ("Cc", "Cs") and not (lines and sign in "\n\t")
        for sign in text
    )
    return "unreadable" if unreadable else ""
