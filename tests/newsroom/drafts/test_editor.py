"""A release from its first word to its last, at the office's own pages and a real control room."""

from collections.abc import Callable
from pathlib import Path

import httpx
import msgspec
import pytest
from django.conf import settings

from pasokh.control_room.views_news import NewsSheet
from pasokh.core.people import Role
from pasokh.newsroom.drafts.at_desk import news_sheet
from pasokh.newsroom.drafts.models import AskedCommand, Draft, DraftSave
from pasokh.newsroom.drafts.telling import tell_changes
from pasokh.newsroom.drafts.telling_hours import tell_new_hours
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.site.copying import copy_news
from pasokh.press.texts import NewsText
from pasokh.words.say import say
from tests.adapters.archive.settled import judged_anew, settled_day
from tests.adapters.archive.test_publishing import DAY as PUBLISHED_DAY
from tests.adapters.archive.test_publishing import Office
from tests.newsroom.drafts.conftest import OFFERED, SHARE, PressDesk, text_of
from tests.newsroom.drafts.test_pictures import OWNER, photo
from tests.newsroom.outlets.people import accredited
from tests.newsroom.site.press_office import begin_anew

pytestmark = pytest.mark.slow
At = Callable[..., PressDesk]
RECORDED = "days/2024-10-04/recorded-share-1.0.json"
WORDS = {"title_fa": "جاده بسته است", "body_fa": "تا ظهر."}
CHAINS = {"topic_fa": "زنجیر چرخ", "topic_en": "Snow chains"}


def logged(news_id: str) -> object:
    sheet: NewsSheet = news_sheet()
    return next((one for one in sheet.news if one.news_id == news_id), None)


def laid(digest: str) -> NewsText:
    file = settings.PASOKH_NEWSROOM.texts / f"{digest}.json"
    return msgspec.json.decode(file.read_bytes(), type=NewsText)


def versions(draft: Draft) -> list[object]:
    found = logged(draft.news_id)
    return list(found.versions) if found else []  # type: ignore[attr-defined]


def with_figure(desk: PressDesk, draft: Draft, choice: str = f"{SHARE}@1") -> None:
    desk.write(draft, "figures", **WORDS)
    answer = desk.client.post(f"{desk.at}{draft.news_id}/figures/", {"figure": choice})
    assert answer.status_code == 302, text_of(answer)


def test_a_release_without_figures_is_written_reviewed_and_let_out_by_one(at_press: At) -> None:
    desk = at_press()
    draft = desk.begin()
    assert desk.write(draft, "send", title_fa="x").status_code == 400
    assert desk.write(draft, "send", **WORDS).status_code == 302
    assert versions(draft) == []
    page = desk.page(draft, "review/")
    assert say("fa", "editor.approve") in page
    assert "تا ظهر." in page
    assert desk.review(draft, reason=" ").status_code == 400
    answer = desk.review(draft)
    assert answer.status_code == 302, text_of(answer)
    (version,) = versions(draft)
    assert laid(version.text_sha256).words["fa"].title == WORDS["title_fa"]  # type: ignore[attr-defined]
    (asked,) = AskedCommand.objects.all()
    assert asked.settled == "accepted"
    assert say("fa", "editor.standing.out") in desk.page(draft, "out/")
    assert desk.client.get(f"{desk.at}{draft.news_id}/").status_code == 302, "nothing is in work"
    assert WORDS["title_fa"] in text_of(desk.client.get(desk.at))


def test_a_figure_is_written_by_the_office_and_nobody_types_its_digits(at_press: At) -> None:
    desk, other = at_press(), at_press(Role.SUPERVISOR)
    draft = desk.begin("statistics")
    with_figure(desk, draft)
    forged = {"shown": "99%", "figures": f'[{{"path": "{SHARE}", "shown": {{"fa": "۹۹٪"}}}}]'}
    body = {"body_fa": "سهم {figure:1} بود."}
    assert desk.write(draft, "send", **body, **forged).status_code == 302
    draft.refresh_from_db()
    assert draft.contents["figures"] == [{"path": SHARE, "decimals": 1}]
    assert "99" not in str(draft.contents)
    page = desk.page(draft, "review/")
    assert say("fa", "editor.needs_other") in page
    assert say("fa", "editor.approve") not in page
    refused = desk.review(draft)
    assert refused.status_code == 400
    assert say("fa", "editor.no.same_person") in text_of(refused)
    answer = other.review(draft)
    assert answer.status_code == 302, text_of(answer)
    (version,) = versions(draft)
    (quoted,) = laid(version.text_sha256).told.quoted  # type: ignore[attr-defined]
    part, whole = 0, 0
    raw = msgspec.json.decode((settings.PASOKH_NEWSROOM.published / SHARE).read_bytes())
    part, whole = raw["value"]["part"], raw["value"]["whole"]
    assert quoted.shown["en"] == f"{100 * part / whole:.1f}%"
    assert version.figures == (SHARE,)  # type: ignore[attr-defined]


def test_a_count_is_rounded_aloud_and_its_exact_value_stands_beside_it_for_the_review(
    at_press: At,
) -> None:
    desk, other = at_press(), at_press(Role.SUPERVISOR)
    draft = desk.begin("statistics")
    with_figure(desk, draft, f"{OFFERED}@-3")
    desk.write(draft, "send", body_fa="{figure:1} تماس آمد.", body_en="", title_en="")
    page = desk.page(draft, "review/")
    assert "حدود ۱۴٬۰۰۰ تماس آمد." in page
    assert "۱۴٬۲۰۷" in page
    assert other.review(draft).status_code == 302
    (version,) = versions(draft)
    (quoted,) = laid(version.text_sha256).told.quoted  # type: ignore[attr-defined]
    assert (quoted.decimals, quoted.shown["en"]) == (-3, "about 14,000")


def test_a_figure_that_was_revised_is_said_and_the_newer_one_taken_by_a_button(
    at_press: At, published: Path
) -> None:
    office = Office(published.parent)
    first = settled_day(PUBLISHED_DAY, 1_500, 7)
    office.release(first)
    desk = at_press()
    draft = desk.begin("statistics")
    desk.write(draft, **WORDS | {"body_fa": "سهم {figure:1} بود."})
    desk.client.post(f"{desk.at}{draft.news_id}/figures/", {"figure": f"{RECORDED}@1"})
    assert say("fa", "editor.found.revised", number=1) not in desk.page(draft)
    office.release(judged_anew(first, 20))
    assert say("fa", "editor.found.revised", number=1) in desk.page(draft)
    assert desk.write(draft, "renew-figure:1").status_code == 302
    draft.refresh_from_db()
    (figure,) = draft.contents["figures"]
    assert figure["path"] == RECORDED.replace(".json", "-revised-1.json")
    assert figure["decimals"] == 1
    assert say("fa", "editor.found.revised", number=1) not in desk.page(draft)
    assert desk.write(draft, "renew-figure:7").status_code == 302, "no such figure: nothing is done"


@pytest.mark.parametrize(
    "figure",
    [
        "",
        f"{SHARE}@9",
        f"{SHARE}@-1",
        f"{OFFERED}@-4",
        f"../{SHARE}@1",
        "days/x.json@0",
    ],
)
def test_what_is_not_published_so_is_no_figure_of_a_draft(at_press: At, figure: str) -> None:
    desk = at_press()
    draft = desk.begin()
    answer = desk.client.post(f"{desk.at}{draft.news_id}/figures/", {"figure": figure})
    assert answer.status_code == 400
    draft.refresh_from_db()
    assert draft.contents["figures"] == []


def test_figures_are_searched_by_day_and_name(at_press: At) -> None:
    desk = at_press()
    draft = desk.begin()
    found = text_of(desk.client.get(f"{desk.at}{draft.news_id}/figures/", {"name": "operational"}))
    assert f"{SHARE}@2" in found
    assert f"{SHARE}@0" in found
    none = desk.client.get(f"{desk.at}{draft.news_id}/figures/", {"day": "1405/01/01"})
    assert say("fa", "editor.figure.none") in text_of(none)


def test_two_people_write_and_nothing_is_lost(at_press: At) -> None:
    one, two = at_press(), at_press(Role.SUPERVISOR)
    draft = one.begin()
    one.write(draft, **WORDS)
    draft.refresh_from_db()
    base = draft.version
    assert two.write(draft, title_en="The road is closed").status_code == 302
    joined = one.write(draft, version=base, title_en="", lead_fa="کولاک")
    assert joined.status_code == 302
    assert "title_en" in joined["Location"]
    draft.refresh_from_db()
    assert draft.contents["title_en"] == "The road is closed"
    assert draft.contents["lead_fa"] == "کولاک"
    late = two.write(draft, version=base, title_en="Road closed", lead_fa="")
    assert late.status_code == 400
    page = text_of(late)
    assert "The road is closed" in page
    assert 'value="Road closed"' in page
    draft.refresh_from_db()
    assert draft.contents["title_en"] == "The road is closed"
    assert two.write(draft, title_en="Road closed").status_code == 302
    kept = [row.contents["title_en"] for row in DraftSave.objects.filter(draft=draft)]
    assert {"The road is closed", "Road closed"} <= set(kept)


def test_what_was_reviewed_is_what_is_approved(at_press: At) -> None:
    desk, other = at_press(), at_press()
    draft = desk.begin()
    desk.write(draft, "send", **WORDS)
    draft.refresh_from_db()
    seen = draft.version
    other.write(draft, body_fa="تا شب.")
    answer = desk.review(draft, version=seen)
    assert say("fa", "editor.no.changed") in text_of(answer)
    assert say("fa", "editor.no.state") in text_of(desk.review(draft)), "it was not sent again"
    assert versions(draft) == []


def test_a_draft_is_given_back_with_a_reason(at_press: At) -> None:
    desk, other = at_press(), at_press(Role.SUPERVISOR)
    draft = desk.begin()
    desk.write(draft, "send", **WORDS)
    assert say("fa", "editor.no.reason") in text_of(other.review(draft, "return", reason=""))
    assert other.review(draft, "return", reason="کدام کیلومتر؟").status_code == 302
    draft.refresh_from_db()
    assert draft.state == "writing"
    assert "کدام کیلومتر؟" in desk.page(draft)


def test_numbers_that_quarrel_need_a_reason_that_the_log_keeps(at_press: At) -> None:
    desk = at_press()
    draft = desk.begin()
    quarrel = "از ۱٬۰۰۰ تماس، ۴۰۰ تماس عملیاتی بود، یعنی ۷۰ درصد."
    desk.write(draft, "send", title_fa="تماس‌ها", body_fa=quarrel)
    assert say("fa", "editor.no.although") in text_of(desk.review(draft))
    assert desk.review(draft, although="نقل قول است").status_code == 302
    (version,) = versions(draft)
    assert "نقل قول است" in version.reason  # type: ignore[attr-defined]


def test_the_checker_runs_as_one_writes_and_hints_are_taken_at_once(at_press: At) -> None:
    desk = at_press()
    draft = desk.begin("promotion")
    typed = {"kind": "promotion", "title_fa": "كتاب", "body_fa": "۷۰ درصد راضی اند و می روند ."}
    told = desk.client.post(f"{desk.at}{draft.news_id}/check/", typed).json()
    assert [(one["field"], one["stops"]) for one in told["findings"]] == [("body_fa", True)]
    assert {(one["field"], one["better"]) for one in told["hints"]} >= {
        ("title_fa", "ک"),
        ("body_fa", "می\u200cروند"),
    }
    draft.refresh_from_db()
    assert draft.contents["title_fa"] == "", "a check saves nothing"
    desk.write(draft, "mend", **typed)
    draft.refresh_from_db()
    assert draft.contents["title_fa"] == "کتاب"
    assert draft.contents["body_fa"] == "۷۰ درصد راضی اند و می‌روند."
    assert desk.write(draft, "send").status_code == 400, "a promotion with a number of its own"


def test_what_cannot_be_read_is_said_and_what_was_typed_stays(at_press: At) -> None:
    desk = at_press()
    draft = desk.begin()
    answer = desk.write(draft, day="۱۴۰۵/۱۳/۱", time="9", topics="Ab!", **WORDS)
    assert answer.status_code == 400
    page = text_of(answer)
    for typed in ("۱۴۰۵/۱۳/۱", "Ab!", WORDS["body_fa"], say("fa", "editor.typed.topics")):
        assert typed in page
    draft.refresh_from_db()
    assert draft.version == 1


def test_a_correction_takes_four_steps_and_one_of_a_figure_needs_another(at_press: At) -> None:
    desk, other = at_press(), at_press(Role.SUPERVISOR)
    draft = desk.begin()
    desk.write(draft, "send", **WORDS)
    desk.review(draft)
    opened = desk.client.post(f"{desk.at}{draft.news_id}/correct/")
    assert opened.status_code == 302
    changed = {"body_fa": "تا سه.", "mistake": "fact", "correction_fa": "ساعت نادرست بود."}
    assert desk.write(draft, "publish", **changed, reason="").status_code == 400
    answer = desk.write(draft, "publish", **changed, reason="راهداری گفت")
    assert answer.status_code == 302, text_of(answer)
    assert [one.mistake for one in versions(draft)] == [None, "fact"]  # type: ignore[attr-defined]
    text = laid(versions(draft)[1].text_sha256)  # type: ignore[attr-defined]
    assert text.correction == {"fa": "ساعت نادرست بود."}
    desk.client.post(f"{desk.at}{draft.news_id}/correct/")
    figure = {"body_fa": "تا چهار.", "mistake": "figure", "correction_fa": "عدد نادرست بود."}
    assert desk.write(draft, "publish", **figure, reason="x").status_code == 400
    assert desk.write(draft, "send").status_code == 302
    assert desk.review(draft).status_code == 400
    assert other.review(draft).status_code == 302
    assert len(versions(draft)) == 3


def test_a_correction_whose_numbers_quarrel_asks_why_on_its_own_page(at_press: At) -> None:
    desk = at_press()
    draft = desk.begin()
    desk.write(draft, "send", **WORDS)
    desk.review(draft)
    desk.client.post(f"{desk.at}{draft.news_id}/correct/")
    quarrel = {"body_fa": "از ۱٬۰۰۰ تماس، ۴۰۰ تماس عملیاتی بود، یعنی ۷۰ درصد."}
    quarrel |= {"mistake": "fact", "correction_fa": "نادرست بود.", "reason": "x"}
    refused = text_of(desk.write(draft, "publish", **quarrel))
    assert say("fa", "editor.no.although") in refused
    assert 'name="although"' in refused
    answer = desk.write(draft, "publish", **quarrel, although="نقل قول است")
    assert answer.status_code == 302
    assert len(versions(draft)) == 2


def test_a_correction_that_changes_nothing_is_refused_by_the_log_with_its_reason(
    at_press: At,
) -> None:
    desk = at_press()
    draft = desk.begin()
    desk.write(draft, "send", **WORDS)
    desk.review(draft)
    desk.client.post(f"{desk.at}{draft.news_id}/correct/")
    answer = desk.write(draft, "publish", mistake="typo", reason="x")
    assert answer.status_code == 400
    assert 'role="alert"' in text_of(answer)
    draft.refresh_from_db()
    assert draft.state == "review"
    assert len(versions(draft)) == 1
    assert AskedCommand.objects.order_by("-id")[0].settled not in ("", "accepted")


def test_what_waits_is_moved_and_withdrawn_with_a_reason(at_press: At) -> None:
    desk = at_press()
    draft = desk.begin()
    hour = {"day": "2036-11-30", "time": "09:30", "embargoed": "on"}
    desk.write(draft, "send", **WORDS, **hour)
    desk.review(draft)
    begin_anew()
    copy_news()
    page = desk.page(draft, "out/")
    for told in ("standing.embargoed", "moves_embargo", "withdraws_embargo"):
        assert say("fa", f"editor.{told}") in page
    assert desk.out(draft, "move", day="2036-12-01", time="10:00", reason="").status_code == 400
    assert desk.out(draft, "move", day="x", time="10:00", reason="r").status_code == 400
    before = versions(draft)[0].out_at  # type: ignore[attr-defined]
    moved = {"day": "2036-12-01", "time": "10:00", "reason": "تعطیل است"}
    assert desk.out(draft, "move", **moved).status_code == 302
    assert versions(draft)[0].out_at > before  # type: ignore[attr-defined]
    _, outlet = accredited()
    copy_news()
    assert (tell_new_hours(), tell_new_hours()) == (1, 0), "by the log, whoever moved it"
    assert desk.out(draft, "withdraw", reason="نادرست است").status_code == 302
    for _ in range(2):
        tell_changes()
    told = OutgoingLetter.objects.filter(to=outlet.email, subject__contains=draft.news_id)
    assert [one.key.partition("-")[0] for one in told.order_by("pk")] == ["moved", "changed"]
    page = desk.page(draft, "out/")
    assert say("fa", "editor.standing.withdrawn") in page
    assert "نادرست است" in page
    assert desk.client.post(f"{desk.at}{draft.news_id}/correct/").status_code == 404


def test_what_was_let_out_by_hand_and_waits_is_changed_before_its_hour(at_press: At) -> None:
    desk = at_press()
    draft = desk.begin()
    hour = {"day": "2036-11-30", "time": "09:30", "embargoed": "on"}
    desk.write(draft, "send", **WORDS, **hour, topics="snow-chains", **CHAINS)
    desk.review(draft)
    news_id = draft.news_id
    Draft.objects.all().delete()
    assert say("fa", "editor.replace") in text_of(desk.client.get(desk.at))
    assert desk.client.post(f"{desk.at}{news_id}/correct/").status_code == 302
    row = Draft.objects.get(news_id=news_id)
    (waits,) = versions(row)
    assert row.number == 2
    assert row.contents["body_fa"] == WORDS["body_fa"]
    assert row.contents["out_at"] == waits.out_at  # type: ignore[attr-defined]
    page = desk.page(row)
    assert say("fa", "editor.replaces_waiting") in page
    assert 'name="correction_fa"' not in page, "nobody read what was wrong"
    changed = {"body_fa": "تا سه.", "mistake": "fact", "reason": "راهداری گفت"}
    answer = desk.write(row, "publish", **changed, **hour)
    assert answer.status_code == 302, text_of(answer)
    first, second = versions(row)
    assert first.replaced  # type: ignore[attr-defined]
    assert second.out_at == waits.out_at  # type: ignore[attr-defined]
    assert second.embargoed  # type: ignore[attr-defined]
    assert laid(second.text_sha256).words["fa"].body == "تا سه."  # type: ignore[attr-defined]
    out = desk.page(row, "out/")
    assert say("fa", "editor.replaced") in out
    assert say("fa", "editor.standing.embargoed") in out


def test_what_waits_and_is_sent_for_review_stands_beside_what_it_replaces(at_press: At) -> None:
    desk, other = at_press(), at_press(Role.SUPERVISOR)
    draft = desk.begin()
    hour = {"day": "2036-11-30", "time": "09:30"}
    desk.write(draft, "send", **WORDS, **hour)
    desk.review(draft)
    desk.client.post(f"{desk.at}{draft.news_id}/correct/")
    desk.write(draft, "send", body_fa="تا چهار.", mistake="figure", **hour)
    page = other.page(draft, "review/")
    assert say("fa", "editor.was_waiting") in page
    assert WORDS["body_fa"] in page
    assert other.review(draft).status_code == 302
    assert [one.replaced for one in versions(draft)] == [True, False]  # type: ignore[attr-defined]


def test_who_is_not_of_the_press_office_finds_nothing(at_press: At, control_room: str) -> None:
    desk = at_press()
    draft = desk.begin()
    taker = at_press(Role.CALL_TAKER)
    for part in ("", "review/", "figures/", "pictures/", "out/", "check/"):
        assert taker.client.get(f"{desk.at}{draft.news_id}/{part}").status_code == 403
    assert httpx.get(f"{control_room}/views/news").status_code in (401, 403)


def test_pictures_are_taken_in_with_words_in_each_language(at_press: At, tmp_path: Path) -> None:
    desk = at_press()
    draft = desk.begin()
    desk.write(draft, "pictures", **WORDS)
    address = f"{desk.at}{draft.news_id}/pictures/"
    assert desk.client.post(address, {}).status_code == 400
    broken = tmp_path / "x.jpg"
    broken.write_bytes(b"no picture")
    with broken.open("rb") as file:
        refused = desk.client.post(address, {"picture": file})
    assert say("fa", "editor.no.picture_form") in text_of(refused)
    good = tmp_path / "y.jpg"
    good.write_bytes(photo())
    with good.open("rb") as file:
        assert desk.client.post(address, {"picture": file}).status_code == 302
    draft.refresh_from_db()
    (picture,) = draft.contents["pictures"]
    shown = desk.client.get(f"{address}{picture['sha256']}/")
    assert shown["Content-Type"] == "image/jpeg"
    assert OWNER.encode() not in shown.content
    assert desk.write(draft, "send").status_code == 400, "its words are missing"
    told = {"credit": "روابط عمومی", "licence": "CC BY 4.0", "alt_fa": "کولاک", "caption_fa": "راه"}
    words = {f"{name}-{picture['sha256']}": word for name, word in told.items()}
    assert desk.write(draft, "send", **words).status_code == 302
    assert desk.review(draft).status_code == 302
    (version,) = versions(draft)
    (kept,) = laid(version.text_sha256).told.pictures  # type: ignore[attr-defined]
    assert (kept.credit, kept.alt) == ("روابط عمومی", {"fa": "کولاک"})
    assert (settings.PASOKH_NEWSROOM.pictures / f"{kept.sha256}.jpg").is_file()
    desk.client.post(f"{desk.at}{draft.news_id}/correct/")


def test_a_release_that_was_let_out_by_hand_is_taken_up_from_what_everybody_reads(
    at_press: At, published: Path
) -> None:
    desk = at_press()
    draft = desk.begin()
    desk.write(draft, "send", **WORDS)
    desk.review(draft)
    (version,) = versions(draft)
    out = {
        "news_id": draft.news_id,
        "number": 1,
        "kind": "statement",
        "out_at": "2026-11-29T06:00:00.000Z",
        "text": msgspec.to_builtins(laid(version.text_sha256)),  # type: ignore[attr-defined]
        "text_sha256": version.text_sha256,  # type: ignore[attr-defined]
    }
    file = published / "news" / draft.news_id / "1.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(msgspec.json.encode(out))
    news_id = draft.news_id
    Draft.objects.all().delete()
    assert desk.client.post(f"{desk.at}{news_id}/correct/").status_code == 302
    row = Draft.objects.get(news_id=news_id)
    assert (row.number, row.contents["body_fa"]) == (2, WORDS["body_fa"])
