"""A page for a browser when what it asked for cannot be shown: plain words, no style, no script."""

from html import escape

from pasokh.adapters.api.sentences import KINDS
from pasokh.words.say import DEFAULT

_PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<h1>{title}</h1>
<p>{mend}</p>
</html>
"""


def trouble_page(kind: str, language: str) -> bytes:
    """Write the page of a kind of problem (HTML)."""
    told = KINDS[kind]
    return _PAGE.format(
        language=language,
        direction="rtl" if language == DEFAULT else "ltr",
        title=escape(told.title[language]),
        mend=escape(told.mend[language]),
    ).encode()
