"""The site's pages: in Persian and English, without scripts, and what was wrong is said."""

import json
import re
from hashlib import sha256
from html import unescape
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.test.utils import override_settings

from pasokh.press.events import NewsKind, NewsMistake
from pasokh.press.texts import NewsPicture
from pasokh.words.say import say
from tests.newsroom.site.by_hand import lay, take_away
from tests.newsroom.site.press_office import FIGURE, PressOffice, catch_up, quoting, text_of

LANGUAGES = ("fa", "en")


def page_at(visitor: Client, path: str, status: int = 200) -> str:
    answer = visitor.get(path)
    assert answer.status_code == status, path
    return unescape(answer.content.decode())


@pytest.mark.slow
def test_the_front_shows_what_is_out_newest_first(office: PressOffice, visitor: Client) -> None:
    assert say("fa", "newsroom_site.none") in page_at(visitor, "/newsroom/fa/")
    lay(office, "2026-11-01-old", text_of("قدیمی"))
    lay(office, "2026-11-02-new", text_of("تازه"), at=1_795_100_000_000)
    catch_up()
    for language, old, new in (("fa", "قدیمی", "تازه"), ("en", "en قدیمی", "en تازه")):
        page = page_at(visitor, f"/newsroom/{language}/")
        assert 0 < page.index(f">{new}<") < page.index(f">{old}<")
        assert say(language, "news.kind.service") in page


@pytest.mark.slow
def test_a_release_shows_its_figures_as_links_and_describes_itself(
    office: PressOffice, visitor: Client
) -> None:
    lay(office, "figures", quoting(), kind=NewsKind.STATISTICS, figures=(FIGURE,))
    catch_up()
    page = page_at(visitor, "/newsroom/fa/news/figures/")
    at = f"/figures/fa/{FIGURE.removesuffix('.json')}.html"
    assert f'<a class="figure" href="{at}">۳۸٫۲٪</a>' in page
    assert "{figure:1}" not in page
    assert "38.2%" in page_at(visitor, "/newsroom/en/news/figures/")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    told = json.loads(found[1])
    assert told["@type"] == "NewsArticle"
    assert told["isBasedOn"][0]["@type"] == "Dataset"
    assert told["isBasedOn"][0]["distribution"]["contentUrl"].endswith(f"/figures/{FIGURE}")
    assert page.count("<script") == 1, "data, and nothing that runs"
    assert "۳۸٫۲٪" in page_at(visitor, "/newsroom/fa/news/figures/text/")


def test_words_of_a_release_never_become_a_page_of_their_own(
    office: PressOffice, visitor: Client
) -> None:
    bad = "</script><script>alert(1)</script>"
    lay(office, "bad", text_of(bad, bad))
    catch_up()
    raw = visitor.get("/newsroom/fa/news/bad/").content.decode()
    assert "<script>" not in raw
    assert raw.count("</script>") == 1


@pytest.mark.slow
@pytest.mark.parametrize("mistake", NewsMistake)
def test_a_correction_says_its_kind_and_reason_and_shows_what_changed(
    office: PressOffice, visitor: Client, mistake: NewsMistake
) -> None:
    reason = {"fa": "ساعت نادرست بود.", "en": "The hour was wrong."}
    again = text_of(body="از کیلومتر ۱۲ تا ۳۰ راه بسته است.\n\nراه دیگر: باغچه.", correction=reason)
    lay(office, "road", text_of(), again, mistake=mistake)
    catch_up()
    for language in LANGUAGES:
        page = page_at(visitor, f"/newsroom/{language}/news/road/")
        assert say(language, f"news.corrected.{mistake.value}") in page
        assert reason[language] in page
        assert "<del>۲۰</del><ins>۳۰</ins>" in page
        register = page_at(visitor, f"/newsroom/{language}/corrections/?mistake={mistake.value}")
        assert reason[language] in register
        assert "/news/road/#version-2" in register
    others = [one for one in NewsMistake if one is not mistake]
    for other in others:
        page = page_at(visitor, f"/newsroom/fa/corrections/?mistake={other.value}")
        assert "/news/road/" not in page
    page_at(visitor, "/newsroom/fa/corrections/?mistake=none", 404)


@pytest.mark.slow
def test_a_withdrawn_release_says_why_and_shows_no_word_of_it(
    office: PressOffice, visitor: Client
) -> None:
    lay(office, "gone", text_of("نام کسی", "متن پنهان"))
    catch_up()
    assert "متن پنهان" in page_at(visitor, "/newsroom/fa/news/gone/")
    take_away(office, "gone", "دادگاه خواست", 1_795_200_000_000)
    assert catch_up() == 1
    page = page_at(visitor, "/newsroom/fa/news/gone/", 410)
    assert "دادگاه خواست" in page
    for path in ("news/gone/", "", "news/", "corrections/", "search/?q=پنهان", "news/gone/text/"):
        assert "متن پنهان" not in unescape(visitor.get(f"/newsroom/fa/{path}").content.decode())
    assert "دادگاه خواست" in page_at(visitor, "/newsroom/fa/corrections/")


@pytest.mark.slow
def test_months_topics_and_counties_lead_to_their_releases(
    office: PressOffice, visitor: Client
) -> None:
    # 18 November 2026 is 27 Aban 1405.
    lay(office, "one", text_of("یکم", topics=("traffic",), counties=("0904",)))
    catch_up()
    assert "/newsroom/fa/news/in/1405-08/" in page_at(visitor, "/newsroom/fa/news/")
    for path in ("news/in/1405-08/", "news/about/traffic/", "news/from/0904/"):
        for language in LANGUAGES:
            assert "یکم" in page_at(visitor, f"/newsroom/{language}/{path}")
    assert say("fa", "newsroom_site.topic.traffic") in page_at(visitor, "/newsroom/fa/news/about/")
    assert "یکم" not in page_at(visitor, "/newsroom/fa/news/in/1405-09/")
    for path in ("news/in/1405-13/", "news/about/none/", "news/from/none/", "news/none/"):
        page_at(visitor, f"/newsroom/fa/{path}", 404)
    for part in ("0", "-1", "x", "99999"):
        page_at(visitor, f"/newsroom/fa/news/in/1405-08/?part={part}", 404)


@pytest.mark.slow
def test_a_long_list_comes_in_parts_that_hold_all_of_it(
    office: PressOffice, visitor: Client
) -> None:
    for number in range(23):
        name = f"n{number:02}"
        lay(office, name, text_of(name, topics=("traffic",)), at=1_795_000_000_000 + number)
    catch_up()
    pages = [page_at(visitor, f"/newsroom/en/news/about/traffic/?part={n}") for n in (1, 2)]
    found = [re.findall(r"/news/(n\d\d)/", page) for page in pages]
    assert found[0] + found[1] == [f"n{number:02}" for number in reversed(range(23))]
    assert 'rel="next"' in pages[0]
    assert 'rel="next"' not in pages[1]


@pytest.mark.slow
def test_the_press_telephone_is_on_every_page(office: PressOffice, visitor: Client) -> None:
    lay(office, "one", text_of(topics=("traffic",), counties=("0904",)))
    catch_up()
    newsroom = settings.PASOKH_NEWSROOM
    file = msgspec.structs.replace(newsroom.file, press_telephone="+985100000000")
    with override_settings(PASOKH_NEWSROOM=msgspec.structs.replace(newsroom, file=file)):
        for path in PATHS:
            assert "tel:+985100000000" in page_at(visitor, f"/newsroom/fa/{path}"), path


@pytest.mark.slow
def test_a_picture_has_its_words_its_credit_and_its_licence(
    office: PressOffice, visitor: Client
) -> None:
    raw = b"\x89PNG drawn"
    digest = sha256(raw).hexdigest()
    alt, caption = {"fa": "گردنهٔ برفی", "en": "A pass in snow"}, {"fa": "امروز", "en": "Today"}
    picture = NewsPicture(digest, "image/png", 640, 360, "عکاس دفتر", "CC BY 4.0", alt, caption)
    folder = settings.PASOKH_NEWSROOM.pictures
    folder.mkdir(exist_ok=True)
    (folder / f"{digest}.png").write_bytes(raw)
    lay(office, "pass", text_of(pictures=(picture,)))
    catch_up()
    for language in LANGUAGES:
        for path in ("news/pass/", "media-kit/"):
            page = page_at(visitor, f"/newsroom/{language}/{path}")
            assert f'src="/newsroom/pictures/{digest}.png" alt="{alt[language]}"' in page
            for told in (caption[language], "عکاس دفتر", "CC BY 4.0"):
                assert told in page
    assert visitor.get(f"/newsroom/pictures/{digest}.png").content == raw
    take_away(office, "pass", "why", 1_795_200_000_000)
    catch_up()
    assert visitor.get(f"/newsroom/pictures/{digest}.png").status_code == 404


@pytest.mark.slow
def test_a_page_with_its_styles_and_fonts_weighs_little(
    office: PressOffice, visitor: Client
) -> None:
    for number in range(12):
        about = {"topics": ("traffic",), "counties": ("0904",)}
        lay(office, "one" if not number else f"n{number}", text_of(f"خبر {number}", **about))
    catch_up()
    for path in PATHS:
        page = visitor.get(f"/newsroom/fa/{path}").content.decode()
        styles = [found_at(at) for at in re.findall(r'rel="stylesheet" href="([^"]+)"', page)]
        fonts = [
            style.parent / at
            for style in styles
            for at in re.findall(r'url\("([^"]+\.woff2)"\)', style.read_text())
        ]
        sizes = [one.stat().st_size for one in styles] + [
            found_at(f"/newsroom/static/page/vendor/vazirmatn/{one.name}").stat().st_size
            for one in fonts
        ]
        assert len(fonts) == 2, "with the font"
        assert len(page.encode()) + sum(sizes) < LIMIT, path


def found_at(address: str) -> Path:
    found = finders.find(address.removeprefix("/newsroom/static/"))
    assert found, address
    return Path(found)


LIMIT = 150_000
PATHS = (
    "",
    "news/",
    "news/in/1405-08/",
    "news/one/",
    "news/about/",
    "news/about/traffic/",
    "news/from/",
    "news/from/0904/",
    "corrections/",
    "search/?q=جاده",
    "media-kit/",
    "figures/",
    "calendar/",
    "method/",
)


@pytest.mark.slow
def test_links_that_share_a_release_follow_nobody(office: PressOffice, visitor: Client) -> None:
    lay(office, "one", text_of())
    catch_up()
    page = page_at(visitor, "/newsroom/fa/news/one/")
    outside = re.findall(r'href="((?:https?|mailto):[^"]+)"', page)
    own = [at for at in outside if "/newsroom/fa/news/one/" in at and "t.me" not in at]
    assert len(outside) > len(own) > 0
    assert not re.search(r"utm_|fbclid|[?&]ref=", page)
    assert not re.search(
        r'<(img|script|iframe|link)[^>]+(src|href)="https?://(?!127|localhost)', page
    )
