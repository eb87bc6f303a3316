"""Pictures as they come from a camera, made fit to be published: small, plain, without a past.

What is kept is drawn anew from the pixels, so nothing that lay beside them comes along: no place,
no owner's name, no second picture inside.
"""

from hashlib import sha256
from io import BytesIO

from msgspec import Struct
from PIL import Image, ImageOps

from pasokh.control_room.news_texts import picture_file

# With its form around it, what the front lets through to the office.
BYTES_MAX = 1_900_000
PIXELS_MAX = 60_000_000
SIDE_MAX = 2_000
SIDE_MIN = 32
_QUALITY = 82
_FORMS = ("JPEG", "PNG", "WEBP")


class PictureUnfit(ValueError):
    """A picture that is not taken; the text is a word: bytes, form, pixels, small."""


class KeptPicture(Struct, frozen=True):
    """A picture as it is kept. `name`: of its file, by the SHA-256 of `raw`."""

    sha256: str
    media: str
    width: int
    height: int
    raw: bytes

    @property
    def name(self) -> str:
        """Its file."""
        return picture_file(self.sha256, self.media)


def draw_anew(raw: bytes) -> KeptPicture:
    """Draw a picture anew, no side longer than SIDE_MAX; PictureUnfit says why not."""
    if len(raw) > BYTES_MAX:
        raise PictureUnfit("bytes")
    try:
        with Image.open(BytesIO(raw), formats=_FORMS) as given:
            _look(given)
            turned = ImageOps.exif_transpose(given)
            see_through = turned.has_transparency_data
            drawn = turned.convert("RGBA" if see_through else "RGB")
    except PictureUnfit:
        raise
    # SyntaxError is what Pillow calls a broken PNG.
    except (Image.DecompressionBombError, SyntaxError, OSError, ValueError) as error:
        raise PictureUnfit("form") from error
    drawn.thumbnail((SIDE_MAX, SIDE_MAX))
    # A new picture of the pixels alone: what Pillow remembers of the old file stays behind.
    plain = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
    into = BytesIO()
    if see_through:
        plain.save(into, "PNG", optimize=True)
    else:
        plain.save(into, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    kept = into.getvalue()
    media = "image/png" if see_through else "image/jpeg"
    return KeptPicture(sha256(kept).hexdigest(), media, plain.width, plain.height, kept)


def _look(given: Image.Image) -> None:
    """Refuse by what the head of the file says, before anything of it is unpacked."""
    if given.width * given.height > PIXELS_MAX:
        raise PictureUnfit("pixels")
    if min(given.size) < SIDE_MIN:
        raise PictureUnfit("small")
