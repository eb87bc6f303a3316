"""What is given out: pictures drawn anew with their words, documents, and nothing that runs."""

from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from PIL import Image

from pasokh.newsroom.meetings.deeds import give_out
from pasokh.newsroom.meetings.files import GivenFile, read_file
from pasokh.newsroom.meetings.forms import MaterialForm
from pasokh.newsroom.meetings.models import MaterialFile, Meeting
from pasokh.newsroom.meetings.refusals import MeetingRefused
from pasokh.sites.clock import instant_now
from tests.newsroom.meetings.scene import a_meeting

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
WHERE = b"36.2605 59.6168"


def picture() -> bytes:
    """A picture whose maker noted where it was taken."""
    into = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = WHERE.decode()
    Image.new("RGB", (64, 48), "teal").save(into, "JPEG", exif=exif)
    return into.getvalue()


def out(meeting: Meeting, given: GivenFile, **told: str) -> str:
    words = {"title_fa": "جدول"} | told
    give_out(meeting, words, given, by="p-1", now=instant_now())
    return f"/newsroom/agenda/files/{MaterialFile.objects.get(pk=given.digest).name}"


def test_a_picture_leaves_its_past_behind_and_a_document_is_what_its_bytes_say() -> None:
    raw = picture()
    assert WHERE in raw
    drawn = read_file(raw, "x.pdf")
    assert (drawn.media, drawn.width, drawn.height) == ("image/jpeg", 64, 48)
    assert WHERE not in drawn.raw
    assert read_file(PDF, "x.exe").media == "application/pdf"
    assert read_file("شهرستان,تماس\n".encode(), "x.CSV").media == "text/csv"
    for raw, name in (
        (b"MZ\x90\x00", "x.csv"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "x.svg"),
        (b"<script>alert(1)</script>", "x.html"),
        (b"\xff\xfe", "x.txt"),
        (b"", "x.txt"),
    ):
        with pytest.raises(MeetingRefused):
            read_file(raw, name)


@pytest.mark.slow
def test_what_is_given_out_is_taken_by_everybody_once_the_meeting_is_announced(
    visitor: Client,
) -> None:
    meeting, draft = a_meeting(), a_meeting(announced_at=None)
    table = out(meeting, read_file(b"a,b\n", "x.csv"))
    words = {"alt_fa": "میدان", "credit": "دفتر", "licence": "CC BY 4.0"}
    shown = out(meeting, read_file(picture(), "x.jpg"), **words)
    hidden = out(draft, read_file(PDF, "x.pdf"))
    answer = visitor.get(table)
    assert answer.content == b"a,b\n"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert visitor.get(shown)["Content-Type"] == "image/jpeg"
    assert visitor.get(hidden).status_code == 404
    assert visitor.get(table.replace(".csv", ".html")).status_code == 404
    assert visitor.get(table[:-5] + "0.csv").status_code == 404
    page = unescape(visitor.get(f"/newsroom/en/agenda/{meeting.pk}/").content.decode())
    assert table in page
    assert 'alt="میدان"' in page
    assert "CC BY 4.0" in page


@pytest.mark.parametrize(
    ("typed", "file", "wrong"),
    [
        ({"url": "https://example.com/a"}, None, []),
        ({"url": ""}, PDF, []),
        ({"url": "https://example.com/a"}, PDF, ["url"]),
        ({"url": ""}, None, ["url"]),
        ({"url": ""}, picture(), ["file"]),
        ({"url": "", "alt_fa": "x", "credit": "x", "licence": "x"}, picture(), []),
        ({"url": "", "alt_fa": "x", "credit": "x"}, picture(), ["file"]),
        ({"url": "", "credit": "x", "licence": "x"}, picture(), ["file"]),
        ({"url": "javascript:alert(1)"}, None, ["url"]),
    ],
)
def test_a_link_or_a_file_and_a_picture_with_its_words(
    database: object, typed: dict[str, str], file: bytes | None, wrong: list[str]
) -> None:
    fields = QueryDict(mutable=True)
    fields.update({"title_fa": "x"} | typed)
    files = {} if file is None else {"file": SimpleUploadedFile("x", file)}
    assert list(MaterialForm(fields, files).errors) == wrong
