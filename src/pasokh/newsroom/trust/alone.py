"""The book as one file that needs nothing else: for a desk without a network, or a binder."""

import re

from django.contrib.staticfiles.finders import find
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from pasokh.core.time import Instant
from pasokh.newsroom.trust.book import book_of

_LINKED = re.compile(r"<link rel=\"(stylesheet|icon|alternate)\"[^>]*>\n?")
_LETTERS = re.compile(r"@font-face \{.*?\}\n", re.DOTALL)
_MARK = re.compile(r"<img [^>]*> ?")
# What leads elsewhere: a file has no elsewhere.
_WAYS = re.compile(r"<(nav|footer)\b.*?</\1>\n?|<a class=\"skip\".*?</a>\n?", re.DOTALL)
_ANCHOR = re.compile(r"</?a\b[^>]*>")


def book_alone(language: str, year: int, now: Instant) -> str:
    """Write the page of a year's book with its style inside; ValueError for no year.

    The reader's own letters take the place of ours: a file with them would be four times as long.
    """
    request = HttpRequest()
    request.path = f"/newsroom/{language}/book/{year}/"
    with translation.override(language):
        page = render_to_string("newsroom/trust/book.html", book_of(language, year, now), request)
    style = _LETTERS.sub("", _read("newsroom/newsroom.css"))
    for part in (_LINKED, _MARK, _WAYS, _ANCHOR):
        page = part.sub("", page)
    return page.replace("</head>", f"<style>\n{style}</style>\n</head>", 1)


def _read(name: str) -> str:
    with open(find(name), encoding="utf-8") as file:  # noqa: PTH123 - finders give texts
        return file.read()
