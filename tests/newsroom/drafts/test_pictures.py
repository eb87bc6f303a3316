"""Pictures are drawn anew: nothing of where and by whom they were taken comes along."""

from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from pasokh.newsroom.drafts import pictures
from pasokh.newsroom.drafts.pictures import PictureUnfit, draw_anew

OWNER, PLACE = "Somebody Invented", b"36.2974N"


def photo(width: int = 400, height: int = 300, form: str = "JPEG", mode: str = "RGB") -> bytes:
    picture = Image.new(mode, (width, height), (200, 30, 30, 90)[: len(mode)])
    exif = Image.Exif()
    exif[0x013B] = OWNER  # artist
    exif[0x0112] = 6  # turned by a quarter
    exif[0x9286] = PLACE  # a remark
    into = BytesIO()
    about = PngImagePlugin.PngInfo()
    about.add_text("Author", OWNER)
    more = {"pnginfo": about} if form == "PNG" else {"comment": OWNER.encode()}
    picture.save(into, form, exif=exif, **more)
    return into.getvalue()


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB")])
def test_nothing_of_the_old_file_but_its_pixels_is_kept(form: str, mode: str) -> None:
    raw = photo(form=form, mode=mode)
    assert OWNER.encode() in raw
    kept = draw_anew(raw + b"a second file behind the first")
    assert OWNER.encode() not in kept.raw
    assert PLACE not in kept.raw
    assert b"second file" not in kept.raw
    with Image.open(BytesIO(kept.raw)) as seen:
        assert not seen.getexif()
        assert "exif" not in seen.info
        assert seen.size == (kept.width, kept.height) == (300, 400), "it stands upright"
    assert kept.media == ("image/png" if mode == "RGBA" else "image/jpeg")
    assert kept.name.startswith(sha256(kept.raw).hexdigest())


@pytest.mark.slow
def test_a_large_picture_is_made_smaller_and_keeps_its_form() -> None:
    kept = draw_anew(photo(3_000, 1_500))
    assert sorted((kept.width, kept.height)) == [1_000, 2_000]


def test_the_same_pixels_are_the_same_file() -> None:
    assert draw_anew(photo()).sha256 == draw_anew(photo()).sha256


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "form"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "form"),
        (b"GIF89a" + b"\0" * 20, "form"),
        (photo()[:200], "form"),
        (photo(form="PNG")[:120], "form"),
        (photo(20, 20), "small"),
    ],
)
def test_what_is_no_picture_of_ours_is_refused_with_a_word(raw: bytes, why: str) -> None:
    with pytest.raises(PictureUnfit, match=why):
        draw_anew(raw)


def test_limits_are_asked_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PIXELS_MAX", 100)
    with pytest.raises(PictureUnfit, match="pixels"):
        draw_anew(photo())
    monkeypatch.setattr(pictures, "BYTES_MAX", 100)
    with pytest.raises(PictureUnfit, match="bytes"):
        draw_anew(photo())
