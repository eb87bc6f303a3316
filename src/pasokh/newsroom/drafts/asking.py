"""Asking the log: each command is written down before it is given, and asked again by its id.

After a crash nobody knows whether a command arrived. The log does: it lists every version. What is
not there is asked again with the same id, which gives the same receipt and is no second deed.
"""

from collections.abc import Callable
from secrets import randbits
from typing import Any

import msgspec

from pasokh.control_room.views_news import NewsSheet
from pasokh.core.ids import time_ordered_id
from pasokh.core.time import MINUTE, Instant
from pasokh.newsroom.drafts.deeds import ASKED, REVIEW, SETTLED, WRITING, DraftRefused, note
from pasokh.newsroom.drafts.laying import LaidText, WaitingTexts, lay_and_give
from pasokh.newsroom.drafts.models import AskedCommand, Draft
from pasokh.newsroom.rows import together
from pasokh.press.commands import ApproveNews, RescheduleNews, WithdrawNews
from pasokh.sites.control_room import Told

APPROVE, MOVE, WITHDRAW = "approve-news", "reschedule-news", "withdraw-news"
_STEPS = {APPROVE: "approved", MOVE: "moved", WITHDRAW: "withdrawn"}
_ACCEPTED, _TAKEN_BACK = "accepted", "taken-back"
# Longer than any request lives on the way to the control room.
_ON_ITS_WAY = 1 * MINUTE
# Gives a command as the person who asks: its id, its name, and what it says.
Give = Callable[[str, str, dict[str, Any]], Told]


def ask(
    draft: Draft,
    name: str,
    command: ApproveNews | RescheduleNews | WithdrawNews,
    person: str,
    now: Instant,
    *,
    text: LaidText | None = None,
) -> AskedCommand:
    """Write down what will be asked; DraftRefused when an answer is still awaited."""
    with together():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        if row.asked.filter(settled="").exists():
            raise DraftRefused("waits")
        if name == APPROVE:
            if row.version != draft.version or row.state not in (WRITING, REVIEW):
                raise DraftRefused("changed")
            row.state = ASKED
            row.save(update_fields=["state"])
        asked: AskedCommand = AskedCommand.objects.create(
            command_id=time_ordered_id(now, randbits(74)),
            draft=row,
            name=name,
            command=msgspec.to_builtins(command),
            text=text.raw.decode() if text else "",
            person=person,
            at=now,
        )
        return asked


def give(asked: AskedCommand, line: Give, texts: WaitingTexts, now: Instant) -> Told:
    """Give what was written down, for the first time or once more.

    ControlRoomAway leaves it as it is, to be given again.
    """
    told: list[Told] = []

    def given() -> bool:
        told.append(line(asked.command_id, asked.name, asked.command))
        return told[0].accepted

    if asked.text:
        lay_and_give(texts, LaidText(asked.text.encode()), given)
    else:
        given()
    _settle(asked, told[0].reason, told[0].sentence, now)
    return told[0]


def reconcile(draft: Draft, sheet: NewsSheet, now: Instant) -> AskedCommand | None:
    """Settle what the log has; give what nobody knows the answer of yet, or None."""
    waiting: AskedCommand | None = draft.asked.filter(settled="").order_by("at").first()
    if waiting is not None and _is_in(waiting, sheet):
        _settle(waiting, "", "", now)
        return None
    return waiting


def take_back(waiting: AskedCommand, person: str, now: Instant) -> None:
    """Give up a command that never arrived: DraftRefused while it may still be on its way."""
    if now - waiting.at < _ON_ITS_WAY:
        raise DraftRefused("on_its_way")
    _settle(waiting, _TAKEN_BACK, "", now, person)


def _is_in(waiting: AskedCommand, sheet: NewsSheet) -> bool:
    command = waiting.command
    news = next((one for one in sheet.news if one.news_id == command["news_id"]), None)
    if news is None:
        return False
    if waiting.name == WITHDRAW:
        return news.withdrawn_at is not None
    if waiting.name == APPROVE:
        number = command["number"]
        there = news.versions[number - 1 : number]
        return bool(there) and there[0].text_sha256 == command["text_sha256"]
    return news.versions[-1].out_at == command["out_at"]


def _settle(
    asked: AskedCommand, reason: str, sentence: str, now: Instant, person: str = ""
) -> None:
    with together():
        settled = reason or _ACCEPTED
        if AskedCommand.objects.filter(pk=asked.pk, settled=settled).exists():
            return  # somebody saw it in the log before its answer came
        asked.settled, asked.told, asked.text = settled, sentence, ""
        asked.save(update_fields=["settled", "told", "text"])
        draft = asked.draft
        if asked.name == APPROVE:
            Draft.objects.filter(pk=draft.pk).update(state=REVIEW if reason else SETTLED)
        step = _TAKEN_BACK if reason == _TAKEN_BACK else "refused" if reason else _STEPS[asked.name]
        note(draft, step, person or asked.person, now, sentence or asked.command["reason"])
