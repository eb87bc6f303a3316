"""The pages of reference data in a browser, on a real control room: preview, log, files."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from time import monotonic, sleep
from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.base import Template
from django.test import Client, override_settings
from django.test.utils import instrumented_test_render
from msgspec.structs import replace

from pasokh.core.people import Role
from pasokh.core.time import DAY
from pasokh.office.models import ListImport
from pasokh.office.reference import importing
from pasokh.office.reference.protocol_text import steps_text
from pasokh.office.reference.seen import ListSeen, centre_clock, list_seen
from pasokh.reference.entries import AreaEntry, CapabilityEntry, ListName, StationEntry
from pasokh.sites.control_room import control_room as line
from pasokh.words.jalali import jalali
from pasokh.words.say import say
from tests.adapters.api.process import free_port
from tests.office.people import make_person, sign_in
from tests.reference.test_protocols import HURT

pytestmark = [pytest.mark.usefixtures("control_room"), pytest.mark.slow]
AT = "/office/fa/reference"
_numbers = count(1)


@pytest.fixture(scope="module", autouse=True)
def _seen_contexts() -> Iterator[None]:
    """Let a test see what a page was drawn with."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", instrumented_test_render)
        yield


@pytest.fixture(scope="module")
def keeper(control_room: str) -> Client:
    """An administrator's browser."""
    return sign_in(make_person(Role.ADMINISTRATOR))


def fresh(name: str) -> str:
    """A code that no other test has."""
    return f"{name}-{next(_numbers)}"


def hidden(page: str, field: str) -> str:
    found = re.search(rf'name="{field}" value="([^"]*)"', page)
    assert found is not None, page
    return found[1]


def preview(client: Client, name: str, of: str = "", **typed: str) -> Any:
    return client.post(f"{AT}/{name}/set/?code={of}", typed)


def give(client: Client, name: str, page: Any) -> Any:
    assert page.status_code == 200, page.content.decode()
    return client.post(f"{AT}/{name}/give/", {"change": hidden(page.content.decode(), "change")})


def put(client: Client, name: str, of: str = "", **typed: str) -> None:
    answer = give(client, name, preview(client, name, of, **typed))
    assert answer.status_code == 302, answer.content.decode()


def now_in(name: ListName) -> dict[str, Any]:
    return dict(list_seen(name).at(centre_clock().now))


def upload(client: Client, name: str, text: str, **typed: str) -> Any:
    file = SimpleUploadedFile("list.csv", text.encode("utf-8-sig"), "text/csv")
    return client.post(f"{AT}/{name}/import/", {"file": file, **typed})


def until_done(number: int) -> ListImport:
    end = monotonic() + 30
    while monotonic() < end:
        found = ListImport.objects.get(pk=number)
        if found.done and not importing.is_sending(found):
            return found
        sleep(0.02)
    raise AssertionError("the import did not end")


def test_a_change_is_shown_before_it_is_sent_and_signed_by_the_person(keeper: Client) -> None:
    code = fresh("cap")
    page = preview(keeper, "capability", code=code, name_fa="سگ پليس", name_en="Dogs")
    text = page.content.decode()
    assert say("fa", "lists.preview_about") in text
    assert say("fa", "lists.at_once") in text
    assert "سگ پلیس" in text
    assert code not in now_in(ListName.CAPABILITY)
    assert give(keeper, "capability", page).status_code == 302
    assert now_in(ListName.CAPABILITY)[code] == CapabilityEntry("سگ پلیس", "Dogs")
    entry = keeper.get(f"{AT}/capability/entry/?code={code}").content.decode()
    assert say("fa", "lists.step.current") in entry


def test_a_form_sent_twice_has_one_effect(keeper: Client) -> None:
    code = fresh("cap")
    page = preview(keeper, "capability", code=code, name_fa="سگ", name_en="Dogs")
    assert give(keeper, "capability", page).status_code == 302
    seen = list_seen(ListName.CAPABILITY).line(code)
    assert give(keeper, "capability", page).status_code == 302
    assert list_seen(ListName.CAPABILITY).line(code) == seen


def test_what_somebody_else_changed_meanwhile_is_shown_again_and_not_overwritten(
    keeper: Client,
) -> None:
    code = fresh("cap")
    put(keeper, "capability", code=code, name_fa="سگ", name_en="Dogs")
    mine = preview(keeper, "capability", code, name_fa="سگ", name_en="Big dogs")
    put(keeper, "capability", code, name_fa="سگ", name_en="Small dogs")
    answer = give(keeper, "capability", mine)
    assert answer.status_code == 200
    assert say("fa", "lists.changed_meanwhile") in answer.content.decode()
    assert now_in(ListName.CAPABILITY)[code].name_en == "Small dogs"
    assert give(keeper, "capability", answer).status_code == 302
    assert now_in(ListName.CAPABILITY)[code].name_en == "Big dogs"


def test_what_is_wrong_is_said_at_its_field(keeper: Client) -> None:
    page = preview(keeper, "capability", code="Not A Code", name_fa="Dogs", name_en="")
    assert page.status_code == 422
    errors = {f.name: f.errors for f in page.context["fields"]}
    assert errors["code"] == [say("fa", "lists.wrong.code", typed="Not A Code")]
    assert errors["name_fa"] == [say("fa", "lists.wrong.persian", typed="Dogs")]
    assert errors["name_en"] == [say("fa", "lists.wrong.blank")]


def test_a_no_of_the_machine_is_said_at_its_field(keeper: Client) -> None:
    one, two = fresh("u"), fresh("u")
    typed = {"name_fa": "گشت", "name_en": "Patrol", "call_sign": f"s{one}"}
    late = preview(keeper, "unit", code=two, **typed)
    put(keeper, "unit", code=one, **typed)
    answer = give(keeper, "unit", late)
    assert answer.status_code == 422
    errors = {f.name: f.errors for f in answer.context["fields"]}
    assert errors["call_sign"] == [
        say("fa", "refusal.call_sign_taken", call_sign=typed["call_sign"], unit=one)
    ]
    assert two not in now_in(ListName.UNIT)


def test_guided_questions_are_told_in_words_before_they_count(keeper: Client) -> None:
    kind, code = fresh("kind"), fresh("asked")
    put(keeper, "incident_type", code=kind, name_fa="نوع", name_en="Kind", priority="3")
    steps = steps_text((HURT,)).replace("115", "")
    typed = {"code": code, "name_fa": "پرسش‌ها", "name_en": "Questions", "types": kind}
    wrong = preview(keeper, "protocol", **typed, steps=f"{steps}  colour: red\n")
    assert wrong.status_code == 422
    assert say("fa", "lists.field.steps") in wrong.content.decode()
    page = preview(keeper, "protocol", **typed, steps=steps.replace("\n", "\r\n"))
    told = page.content.decode()
    assert page.status_code == 200, told
    assert all(text in told for text in (HURT.text_fa, HURT.text_en, say("fa", "lists.questions")))
    give(keeper, "protocol", page)
    (version,) = now_in(ListName.PROTOCOL)[code].steps
    assert version.answers[0].service == ""
    assert keeper.get(f"{AT}/protocol/entry/?code={code}").status_code == 200


def test_a_change_may_begin_on_a_day_of_either_calendar(keeper: Client) -> None:
    code, clock = fresh("area"), centre_clock()
    put(keeper, "area", code=code, name_fa="توس", name_en="Tus", kind="county")
    ahead = centre_clock().now + 40 * DAY
    day = datetime.fromtimestamp(ahead // 1000, UTC).date()
    year, month, of_month = jalali(day)
    typed = f"{year}/{month}/{of_month}".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    put(
        keeper,
        "area",
        code,
        name_fa="توس نو",
        name_en="New Tus",
        kind="county",
        effective_day=typed,
        effective_time="۰۶:۳۰",
    )
    found = list_seen(ListName.AREA).line(code)
    assert found is not None
    first, second = found.versions
    assert isinstance(first.entry, AreaEntry)
    assert first.entry.name_en == "Tus"
    civil = second.effective_at + clock.utc_offset_minutes * 60_000
    assert datetime.fromtimestamp(civil // 1000, UTC).date() == day
    assert civil % DAY == (6 * 60 + 30) * 60_000
    assert found.at(centre_clock().now) == first.entry
    past = preview(keeper, "area", code, name_fa="ت", name_en="T", effective_day="1404/1/1")
    assert past.context["when_errors"] == [say("fa", "lists.when.past", typed="1404/1/1")]
    lost = preview(keeper, "area", code, name_fa="ت", name_en="T", effective_day="1404/13/1")
    assert lost.status_code == 422


def test_an_end_names_what_leans_on_the_entry_and_is_no_deletion(keeper: Client) -> None:
    area, station = fresh("area"), fresh("st")
    put(keeper, "area", code=area, name_fa="توس", name_en="Tus", kind="county")
    put(keeper, "station", code=station, name_fa="کلانتری", name_en="Station", county=area)
    page = keeper.post(f"{AT}/area/end/?code={area}", {})
    assert [(f.list_name, f.codes) for f in page.context["followers"]] == [
        (ListName.STATION, (station,))
    ]
    refused = give(keeper, "area", page)
    assert refused.status_code == 422
    assert station in refused.content.decode()
    assert give(keeper, "station", keeper.post(f"{AT}/station/end/?code={station}", {}))
    again = keeper.post(f"{AT}/area/end/?code={area}", {})
    assert give(keeper, "area", again).status_code == 302
    assert area not in now_in(ListName.AREA)
    entry = keeper.get(f"{AT}/area/entry/?code={area}").content.decode()
    assert say("fa", "lists.step_ended") in entry
    ended = keeper.get(f"{AT}/area/?show=ended&q={area}").content.decode()
    assert f"code={area}" in ended


def test_a_list_is_searched_in_any_spelling_and_sorted_as_the_dictionary(keeper: Client) -> None:
    word = f"کاوه{next(_numbers)}"
    for name in ("پل", "آب", "گل"):
        put(keeper, "capability", code=fresh("cap"), name_fa=f"{name} {word}", name_en="Word")
    page = keeper.get(f"{AT}/capability/", {"q": word.replace("ک", "ك")})
    assert [shown.label.split()[0] for shown in page.context["lines"]] == ["آب", "پل", "گل"]
    assert keeper.get(f"{AT}/capability/", {"q": "nothing-like-it"}).context["lines"] == []
    assert keeper.get(f"{AT}/capability/?page=999").status_code == 200


def test_a_supervisor_changes_units_and_stations_only(control_room: str) -> None:
    client = sign_in(make_person(Role.SUPERVISOR))
    assert client.get(f"{AT}/area/").status_code == 200
    for page in ("set/", "end/", "import/"):
        assert client.get(f"{AT}/area/{page}?code=x").status_code == 403
    code = fresh("st")
    put(client, "station", code=code, name_fa="کلانتری", name_en="Station")
    assert now_in(ListName.STATION)[code] == StationEntry("کلانتری", "Station")


def test_others_see_no_lists_and_no_list_is_made_up(keeper: Client) -> None:
    client = sign_in(make_person(Role.DISPATCHER))
    assert client.get(f"{AT}/").status_code == 403
    assert keeper.get(f"{AT}/people/").status_code == 404
    assert keeper.get(f"{AT}/area/entry/?code=nowhere").status_code == 404
    assert keeper.get(f"{AT}/").status_code == 200
    assert keeper.get("/office/en/reference/area/").status_code == 200


def test_a_preview_of_somebody_else_or_changed_on_its_way_is_not_sent(keeper: Client) -> None:
    code = fresh("cap")
    page = preview(keeper, "capability", code=code, name_fa="سگ", name_en="Dogs")
    change = hidden(page.content.decode(), "change")
    other = sign_in(make_person(Role.ADMINISTRATOR))
    for client, sent in ((other, change), (keeper, change[:-1]), (keeper, "")):
        answer = client.post(f"{AT}/capability/give/", {"change": sent})
        assert answer.status_code == 403
    assert keeper.post(f"{AT}/area/give/", {"change": change}).status_code == 403
    assert code not in now_in(ListName.CAPABILITY)


def test_a_file_is_tried_first_sent_once_confirmed_and_counts_its_rows(keeper: Client) -> None:
    one, two = fresh("cap"), fresh("cap")
    put(keeper, "capability", code=one, name_fa="سگ", name_en="Dogs")
    rows = f"code,name_fa,name_en\n{one},سگ,Police dogs\n{two},اسب,Horses\n"
    page = keeper.get(upload(keeper, "capability", rows).url)
    assert page.context["counts"] == {"new": 1, "changed": 1, "same": 0, "wrong": 0}
    assert two not in now_in(ListName.CAPABILITY)
    path = page.wsgi_request.path
    stale = keeper.post(path, {"shown": "another dry run"})
    assert say("fa", "lists.changed_meanwhile") in stale.content.decode()
    assert keeper.post(path, {"shown": page.context["shown"]}).status_code == 302
    done = until_done(int(path.rstrip("/").rpartition("/")[2]))
    assert (done.accepted, done.total, done.refused) == (2, 2, [])
    found = now_in(ListName.CAPABILITY)
    assert (found[one].name_en, found[two].name_en) == ("Police dogs", "Horses")
    assert keeper.get(path).context["done"] is True


def test_a_download_is_a_file_that_changes_nothing(keeper: Client) -> None:
    put(keeper, "area", code=fresh("area"), name_fa="توس", name_en="Tus", kind="county")
    for name in ("area", "capability", "station", "unit"):
        data = keeper.get(f"{AT}/{name}/download/").content.decode("utf-8-sig")
        if data.count("\n") > 1:
            counts = keeper.get(upload(keeper, name, data).url).context["counts"]
            assert counts["same"] == data.count("\r\n") - 1
            assert counts["new"] == counts["changed"] == counts["wrong"] == 0


def test_a_file_with_a_wrong_row_is_not_sent_at_all(keeper: Client) -> None:
    code = fresh("cap")
    rows = f"code,name_fa,name_en\n{code},سگ,Dogs\nx-1,Dogs,سگ\n"
    page = keeper.get(upload(keeper, "capability", rows).url)
    assert say("fa", "lists.dry_run_wrong", count=1) in page.content.decode()
    keeper.post(page.wsgi_request.path, {"shown": page.context["shown"]})
    assert code not in now_in(ListName.CAPABILITY)
    swapped = upload(keeper, "capability", f"code,name_fa,colour\n{code},سگ,Dogs\n")
    assert swapped.status_code == 422
    assert "colour" in swapped.content.decode()


def test_rows_may_be_pasted_and_another_s_file_is_not_shown(keeper: Client) -> None:
    code = fresh("cap")
    pasted = keeper.post(
        f"{AT}/capability/import/", {"rows": f"code\tname_fa\tname_en\r\n{code}\tسگ\tDogs"}
    )
    assert keeper.get(pasted.url).context["counts"]["new"] == 1
    other = sign_in(make_person(Role.ADMINISTRATOR))
    assert other.get(pasted.url).status_code == 404


def test_a_sending_that_was_broken_off_goes_on_without_doing_anything_twice(
    keeper: Client,
) -> None:
    codes = [fresh("cap") for _ in range(4)]
    rows = "code,name_fa,name_en\n" + "".join(f"{code},سگ,Dogs\n" for code in codes)
    page = keeper.get(upload(keeper, "capability", rows).url)
    imported = ListImport.objects.get(pk=int(page.wsgi_request.path.rstrip("/").rpartition("/")[2]))
    key = keeper.cookies["pasokh_session"].value
    # The process falls after two rows, and before it could write down the second one.
    verdicts = importing.verdicts_of(imported, centre_clock())
    importing.send_rows(imported, verdicts[:2], key)
    fallen = {"begun": True, "done": False, "total": 4, "accepted": 1}
    ListImport.objects.filter(pk=imported.pk).update(**fallen)
    seqs = {one.code: one.seq for one in list_seen(ListName.CAPABILITY).lines}
    # The same ids get the same receipts: nothing is done twice.
    imported.refresh_from_db()
    importing.send_rows(imported, verdicts[:2], key)
    assert {one.code: one.seq for one in list_seen(ListName.CAPABILITY).lines} == seqs
    ListImport.objects.filter(pk=imported.pk).update(**fallen)
    # The same file again is the import that was broken off; what is in the log is not sent.
    again = keeper.get(upload(keeper, "capability", rows).url)
    assert again.wsgi_request.path == page.wsgi_request.path
    assert say("fa", "lists.stopped", accepted=1, total=4) in again.content.decode()
    assert again.context["sends"] == 2
    keeper.post(again.wsgi_request.path, {"shown": again.context["shown"]})
    done = until_done(imported.pk)
    assert (done.accepted, done.refused) == (4, [])
    assert set(codes) <= set(now_in(ListName.CAPABILITY))


def test_without_the_control_room_nothing_is_half_done(keeper: Client) -> None:
    page = preview(keeper, "capability", code=fresh("cap"), name_fa="سگ", name_en="Dogs")
    away = replace(settings.PASOKH, control_room_url=f"http://127.0.0.1:{free_port()}")
    with override_settings(PASOKH=away):
        assert keeper.get(f"{AT}/").status_code == 503
        assert give(keeper, "capability", page).status_code == 503
    assert give(keeper, "capability", page).status_code == 302


def test_the_office_reads_what_the_control_room_shows() -> None:
    text = line().look("/views/reference/timer")
    assert msgspec.json.decode(text, type=ListSeen).lines == list_seen(ListName.TIMER).lines
