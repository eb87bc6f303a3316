"""A press officer without a mouse writes with a figure, another reviews; mistakes are mended.

With PASOKH_SHOTS set to a folder, its pictures are left there to be looked at.
"""

import json
import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from pasokh.adapters.archive.centre_log import make_log_key
from pasokh.newsroom.drafts.figures_out import PublishedFigures
from pasokh.words.say import say
from tests.adapters.api.process import CLEAR
from tests.browser.desks import DeskCentre, until
from tests.browser.newsroom import newsroom_centre
from tests.browser.test_calendar_keys import Person
from tests.house.tree import ROOT
from tests.newsroom.drafts.test_pictures import OWNER, photo

pytestmark = pytest.mark.browser

WRITER, REVIEWER = "p-leila", "p-nasrin"
DAY = "2026-11-20"
SHARE = f"days/{DAY}/operational-share-1.0.json"
TEXTS = {
    "fa": {
        "title": "تماس های آبان",
        "mended": "تماس‌های آبان",
        "body": "سهم عملیاتی ",
        "right": "جاده تا ظهر بسته است.",
        "wrong": "جاده تا شب بسته است.",
        "what": "ساعت نادرست بود.",
    },
    "en": {
        "title": "Calls  in November",
        "mended": "Calls in November",
        "body": "The operational share was ",
        "right": "The road is closed until noon.",
        "wrong": "The road is closed until night.",
        "what": "The hour was wrong.",
    },
}
FORMS = {"fa": ("JPEG", "RGB"), "en": ("PNG", "RGBA")}
FIGURE_SECONDS = 120
CORRECTION_STEPS_MOST = 4


def lay_out(data: Path) -> None:
    """A key for the public log, and the figures of one day as they were published."""
    key = data / "publishing" / "log.key"
    key.parent.mkdir(mode=0o700)
    make_log_key(key, "news.example/test")
    shutil.copytree(ROOT / "drills/published/days" / DAY, data / "public/days" / DAY)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DeskCentre, str]]:
    with newsroom_centre(tmp_path_factory.mktemp("drafts"), before=lay_out) as running:
        yield running


class PressPerson(Person):
    """Somebody of the press office who has no mouse."""

    def __init__(self, chromium: Browser, centre: DeskCentre, person: str, language: str) -> None:
        super().__init__(chromium, centre, person, language)
        self.language = language
        self.home = f"{centre.url}/office/{language}/press/drafts/"
        self.page.goto(self.home)

    def type_into(self, selector: str, text: str) -> None:
        self.tab_to(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def go(self, selector: str) -> None:
        """Press Enter on what leads to another page, or to this one anew."""
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def begin(self) -> str:
        """Begin a release; give its id."""
        self.go("form[action$='/new/'] button")
        return self.page.url.split("?")[0].rstrip("/").rpartition("/")[2]

    def open(self, news_id: str, part: str) -> None:
        """Open it from the list by its link."""
        self.page.goto(self.home)
        self.go(f"a[href$='/{news_id}/{part}']")

    def approve(self, news_id: str) -> None:
        self.open(news_id, "review/")
        self.type_into("#reason", "read whole")
        self.go("button[value=approve]")


@pytest.fixture
def people(
    chromium: Browser, newsroom: tuple[DeskCentre, str], language: str
) -> Iterator[tuple[PressPerson, PressPerson]]:
    found = tuple(PressPerson(chromium, newsroom[0], one, language) for one in (WRITER, REVIEWER))
    yield found  # type: ignore[misc]
    for one in found:
        one.context.close()


def published(centre: DeskCentre, news_id: str, number: int) -> dict[str, Any]:
    file = centre.folder / "public/news" / news_id / f"{number}.json"
    until(file.is_file, f"version {number} is out", FIGURE_SECONDS)
    found: dict[str, Any] = json.loads(file.read_text())
    return found


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_release_with_a_figure_is_written_reviewed_by_another_and_out(
    newsroom: tuple[DeskCentre, str], people: tuple[PressPerson, PressPerson], language: str
) -> None:
    centre, _ = newsroom
    writer, reviewer = people
    text = TEXTS[language]
    writer.nothing_is_wrong(f"drafts-list-{language}")
    news_id = writer.begin()
    writer.type_into(f"#title_{language}", text["title"])
    expect(writer.page.locator("#hints li")).not_to_have_count(0)
    writer.nothing_is_wrong(f"drafts-hints-{language}")
    writer.page.keyboard.press("F8")
    expect(writer.page.locator(f"#title_{language}")).to_have_value(text["mended"])
    writer.type_into(f"#body_{language}", text["body"])
    writer.go("button[value=figures]")
    writer.type_into("#name", "operational")
    writer.go("form[role=search] button")
    writer.nothing_is_wrong(f"drafts-figures-{language}")
    writer.go(f"button[value='{SHARE}@1']")
    shown = PublishedFigures(centre.folder / "public").written(SHARE, 1)[language]
    expect(writer.page.locator("#figures output")).to_have_text(shown)
    writer.tab_to(f"#body_{language}")
    writer.page.keyboard.press("Control+End")
    writer.press_on(f"button.place[data-into=body_{language}]")
    expect(writer.page.locator(f"#body_{language}")).to_have_value(re.compile(r"\{figure:1\}"))
    expect(writer.page.locator("#findings")).to_have_text(say(language, "editor.nothing_found"))
    writer.nothing_is_wrong(f"drafts-editor-{language}")
    writer.go("button[value=send]")
    expect(writer.page.locator("main")).to_contain_text(say(language, "editor.needs_other"))
    expect(writer.page.locator("button[value=approve]")).to_have_count(0)
    expect(writer.page.locator("article")).to_contain_text(shown)
    writer.nothing_is_wrong(f"drafts-review-{language}")
    reviewer.approve(news_id)
    expect(reviewer.page.locator("main")).to_contain_text(say(language, "editor.standing.out"))
    reviewer.nothing_is_wrong(f"drafts-out-{language}")
    out = published(centre, news_id, 1)
    (quoted,) = out["text"]["about"]["quoted"]
    assert quoted["shown"][language] == shown
    assert out["text"]["words"][language]["title"] == text["mended"]


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_correction_is_out_after_at_most_four_steps(
    newsroom: tuple[DeskCentre, str], people: tuple[PressPerson, PressPerson], language: str
) -> None:
    centre, _ = newsroom
    writer, _other = people
    text = TEXTS[language]
    news_id = writer.begin()
    writer.type_into(f"#title_{language}", text["mended"])
    writer.type_into(f"#body_{language}", text["wrong"])
    writer.go("button[value=send]")
    writer.type_into("#reason", "read whole")
    writer.go("button[value=approve]")
    published(centre, news_id, 1)
    writer.page.goto(writer.home)
    steps = ["open"]
    writer.go(f"form[action$='/{news_id}/correct/'] button")
    steps.append("say what was wrong, and of which kind")
    writer.tab_to("#mistake")
    writer.page.keyboard.press("ArrowDown")
    writer.page.keyboard.press("ArrowDown")
    writer.type_into(f"#correction_{language}", text["what"])
    writer.type_into("#reason", "told by the road police")
    steps.append("change")
    writer.type_into(f"#body_{language}", text["right"])
    writer.nothing_is_wrong(f"drafts-correcting-{language}")
    steps.append("publish")
    writer.go("button[value=publish]")
    assert len(steps) <= CORRECTION_STEPS_MOST
    expect(writer.page.locator("main")).to_contain_text(say(language, "news.mistake.fact"))
    writer.nothing_is_wrong(f"drafts-corrected-{language}")
    out = published(centre, news_id, 2)
    assert out["mistake"] == "fact"
    assert out["text"]["correction"] == {language: text["what"]}
    page = centre.folder / "public" / language / "news" / f"{news_id}.html"
    until(
        lambda: page.is_file() and text["what"] in page.read_text(),
        "its page says so",
        FIGURE_SECONDS,
    )
    assert "<del>" in page.read_text()


@pytest.mark.parametrize(
    ("language", "form", "mode"), [("fa", "JPEG", "RGB"), ("en", "PNG", "RGBA")]
)
def test_a_picture_is_taken_in_with_its_words_and_is_out_without_its_past(
    newsroom: tuple[DeskCentre, str],
    people: tuple[PressPerson, PressPerson],
    language: str,
    form: str,
    mode: str,
) -> None:
    centre, public = newsroom
    writer, _ = people
    text = TEXTS[language]
    raw = photo(form=form, mode=mode)
    assert OWNER.encode() in raw
    news_id = writer.begin()
    writer.type_into(f"#title_{language}", text["mended"])
    writer.type_into(f"#body_{language}", text["right"])
    writer.go("button[value=pictures]")
    writer.tab_to("#picture")
    writer.page.set_input_files("#picture", files=[from_camera(*FORMS[language])])
    writer.nothing_is_wrong(f"drafts-picture-taken-{language}")
    writer.go("main form button.first")
    expect(writer.page.locator("#pictures img")).to_have_count(1)
    writer.go("button[value=send]")
    main = writer.page.locator("main")
    for asked in ("no_credit", "no_licence", "no_alt", "no_caption"):
        expect(main).to_contain_text(say(language, f"editor.found.{asked}", number=1))
    writer.nothing_is_wrong(f"drafts-picture-asked-{language}")
    for field in ("credit", "licence", f"alt_{language}", f"caption_{language}"):
        writer.type_into(f"[name^='{field}-']", text["what"])
    writer.go("button[value=send]")
    writer.nothing_is_wrong(f"drafts-picture-review-{language}")
    writer.type_into("#reason", "read whole")
    writer.go("button[value=approve]")
    published(centre, news_id, 1)
    at = f"{public}/newsroom/{language}/news/{news_id}/"
    until(lambda: httpx.get(at, verify=CLEAR).status_code == httpx.codes.OK, "its page", 120)
    reader = writer.context.new_page()
    reader.goto(at)
    picture = reader.locator("figure img")
    expect(picture).to_have_attribute("alt", text["what"])
    expect(reader.locator("figure figcaption")).to_contain_text(text["what"])
    is_without_its_past(httpx.get(f"{public}{picture.get_attribute('src')}", verify=CLEAR).content)
    reader.close()


def from_camera(form: str, mode: str) -> Any:
    """A file as a camera writes it: turned, with its owner's name within."""
    raw = photo(form=form, mode=mode)
    assert OWNER.encode() in raw
    media = f"image/{form.lower()}"
    return {"name": f"{OWNER}.{form.lower()}", "mimeType": media, "buffer": raw}


def is_without_its_past(raw: bytes) -> None:
    assert OWNER.encode() not in raw
    with Image.open(BytesIO(raw)) as seen:
        assert not seen.getexif()
        assert seen.size == (300, 400), "it stands upright"


@pytest.mark.parametrize("language", ["fa", "en"])
def test_everything_is_done_without_scripts(
    chromium: Browser, newsroom: tuple[DeskCentre, str], language: str
) -> None:
    centre, _ = newsroom
    context = centre.context(chromium, WRITER, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{centre.url}/office/{language}/press/drafts/")
    page.locator("form[action$='/new/'] button").click()
    page.locator(f"#title_{language}").fill(TEXTS[language]["title"])
    page.locator(f"#body_{language}").fill(TEXTS[language]["right"])
    page.locator("button[value=save]").last.click()
    expect(page.locator("#hints li")).not_to_have_count(0)
    page.locator("button[value=mend]").click()
    expect(page.locator(f"#title_{language}")).to_have_value(TEXTS[language]["mended"])
    page.locator("button[value=send]").click()
    expect(page.locator("button[value=approve]")).to_have_count(1)
    context.close()
