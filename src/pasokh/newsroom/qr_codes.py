"""QR codes of what we write: drawn in a page, or as a picture that goes with a letter."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe

# A telephone reads it from a creased paper too, at the smallest size that is still looked at.
_ERRORS = "m"
_SCALE = 8


def drawn(text: str) -> SafeString:
    """Draw it for a page: SVG of two colours that no style of the page changes."""
    made = segno.make_qr(text, error=_ERRORS)
    # No text of anybody is in it, only its squares.
    return mark_safe(made.svg_inline(scale=_SCALE, dark="#000", light="#fff", omitsize=True))  # noqa: S308


def picture(text: str) -> bytes:
    """Give it as PNG."""
    file = BytesIO()
    segno.make_qr(text, error=_ERRORS).save(file, kind="png", scale=_SCALE)
    return file.getvalue()
