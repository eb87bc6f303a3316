"""The chart of the last hour: both directions, both themes, an hour, a minute, none at all."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from pasokh.words.digits import digits, number
from pasokh.words.say import LANGUAGES
from tests.browser.modules import STATIC, page_with, served

pytestmark = pytest.mark.browser

MINUTE = 60_000
# 2026-11-29 00:00 in Tehran, which has been 3:30 before universal time since 2022.
MIDNIGHT = 1_795_897_800_000
DRAWN = """async ([direction, begins, counts]) => {
  document.body.innerHTML = "<div id=host></div>";
  const host = document.getElementById("host");
  host.style.cssText = `width: 600px; direction: ${direction};
    --p4: #f000; --late: #f000; --wait: #f000; --soft: #f000; --line: #f000`;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  host.style.setProperty("--accent", dark ? "rgb(0, 255, 0)" : "rgb(0, 0, 255)");
  const said = [];
  const clock = (at) => {
    const minute = Math.floor(at / 60000) + 210;
    return `${Math.floor(minute / 60) % 24}:${minute % 60}`;
  };
  const time = (at) => (said.push(clock(at)), clock(at));
  const say = { offsetMinutes: 210, number: String, time };
  const made = new window.chart.MinuteChart(host, say);
  await made.open();
  made.show(begins, [counts]);
  await new Promise((done) => setTimeout(done, 200));
  const canvas = host.querySelector("canvas");
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const places = [];
  for (let at = 0; at < pixels.length; at += 4) {
    const wanted = dark ? pixels[at + 1] : pixels[at + 2];
    const other = dark ? pixels[at + 2] : pixels[at + 1];
    if (pixels[at + 3] > 128 && wanted > 128 && other < 128) {
      places.push(((at / 4) % canvas.width) / canvas.width);
    }
  }
  made.close();
  places.sort((one, two) => one - two);
  return { drawn: places.length, middle: places[Math.floor(places.length / 2)] ?? null, said };
}"""

WRITTEN = """async ([language, begins, counts]) => {
  document.body.innerHTML = "<div id=host style='width: 600px'></div>";
  const written = [];
  const own = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
    written.push(text);
    return own.call(this, text, ...where);
  };
  const say = new window.say.Say({ language, messages: {}, offsetMinutes: 210 });
  const made = new window.chart.MinuteChart(document.getElementById("host"), say);
  await made.open();
  made.show(begins, [counts]);
  await new Promise((done) => setTimeout(done, 200));
  made.close();
  CanvasRenderingContext2D.prototype.fillText = own;
  return written;
}"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with served(STATIC) as address:
        page = page_with(
            chromium, address, chart="desk/kernel/minute_chart.js", say="desk/kernel/say.js"
        )
        yield page
        page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_hour_runs_the_way_the_page_is_read(page: Page, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type] # one of two words
    begins = [MIDNIGHT + minute * MINUTE for minute in range(60)]
    # Nothing but a hill in the last quarter: most of its line stands where the hour ends.
    counts = [40 if minute >= 45 and minute % 2 else 0 for minute in range(60)]
    ltr = page.evaluate(DRAWN, ["ltr", begins, counts])
    rtl = page.evaluate(DRAWN, ["rtl", begins, counts])
    assert ltr["drawn"] > 0
    assert rtl["drawn"] > 0
    assert ltr["middle"] > 0.6
    assert rtl["middle"] < 0.4
    assert {"0:0", "0:10", "0:50"} <= set(ltr["said"])


def test_one_minute_is_a_point_and_no_minute_is_an_empty_field(page: Page) -> None:
    assert page.evaluate(DRAWN, ["rtl", [MIDNIGHT], [3]])["drawn"] > 0
    assert page.evaluate(DRAWN, ["rtl", [], []])["drawn"] == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_marks_are_written_as_every_other_number_is(page: Page, language: str) -> None:
    begins = [MIDNIGHT + minute * MINUTE for minute in range(60)]
    written = set(page.evaluate(WRITTEN, [language, begins, [1_234] * 60]))
    assert {digits(language, f"00:{minute}0") for minute in range(6)} <= written
    assert number(language, 1_000) in written
    latin = {text for text in written if any(one.isascii() and one.isdigit() for one in text)}
    assert bool(latin) == (language != "fa"), latin
