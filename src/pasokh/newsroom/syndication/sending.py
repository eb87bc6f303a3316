"""Brings what waits to who asked: many at once, so that one slow receiver holds up nobody.

A row is taken in hand before it is sent, so that no other process sends it too. It is settled only
when its address answered, so after a crash it is sent again; receivers know it by its id, or get a
feed that they have.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from secrets import randbelow
from typing import Any, NamedTuple

from pasokh.core.time import DAY, HOUR, MINUTE, SECOND, Instant, Span
from pasokh.newsroom.outside import (
    OutsideAnswer,
    OutsideRefused,
    OutsideRequest,
    OutsideSilent,
    ask_outside,
)
from pasokh.newsroom.rows import together
from pasokh.newsroom.syndication.hub import (
    delivery_answered,
    delivery_request,
    intent_answered,
    intent_request,
)
from pasokh.newsroom.syndication.models import HubDelivery, HubIntent, WebhookDelivery
from pasokh.newsroom.syndication.webhooks import webhook_request

_log = logging.getLogger(__name__)
HANDS = 24
_GONE = 410
# Longer than a request waits for a free hand and its answer; after a crash it is sent again then.
_IN_HAND = 2 * MINUTE
# After each try that failed; when there is none any more, it is given up.
_ASKED = (10 * SECOND, MINUTE, 5 * MINUTE)
_FED = (10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR)
# As the Standard Webhooks advise: three days.
_TOLD = (
    *(5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR),
    *(10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR),
)


class _Kind(NamedTuple):
    """Rows of one kind: how they are sent, what an answer does, when they are tried again.

    `any_answer` settles them, whatever it is. `beside`: other tables that a request needs.
    """

    model: Any
    request: Callable[[Any, Instant], OutsideRequest | None]
    answered: Callable[[Any, OutsideAnswer, Instant], None]
    waits: tuple[Span, ...]
    any_answer: bool = False
    beside: tuple[str, ...] = ()

    def rows(self) -> Any:
        """Give the rows, with what their requests need of other tables."""
        return (
            self.model.objects.select_related(*self.beside) if self.beside else self.model.objects
        )


_KINDS = (
    _Kind(
        HubIntent,
        lambda row, _: intent_request(row),
        intent_answered,
        _ASKED,
        any_answer=True,
    ),
    _Kind(
        HubDelivery,
        lambda row, _: delivery_request(row),
        lambda row, answer, _: delivery_answered(row, answer),
        _FED,
        beside=("subscription",),
    ),
    _Kind(WebhookDelivery, webhook_request, lambda _row, _answer, _now: None, _TOLD),
)


class _Sent(NamedTuple):
    kind: _Kind
    pk: int
    made_at: Instant
    again: bool
    answer: "Future[OutsideAnswer]"


class Courier:
    """What is on its way. `turn` is called again and again by one thread."""

    def __init__(self, hands: int = HANDS) -> None:
        """`hands`: how many requests are on their way at once."""
        self._hands = hands
        # As many again lie ready, so that no hand waits while answers are written down.
        self._most = 2 * hands
        self._pool = ThreadPoolExecutor(hands, thread_name_prefix="syndication")
        self._sent: dict[tuple[Any, int], _Sent] = {}

    def turn(self, now: Instant) -> int:
        """Settle what was answered, and send what is due; give how many were settled."""
        done = {key: sent for key, sent in self._sent.items() if sent.answer.done()}
        if done:
            with together():
                for kind in _KINDS:
                    _settle(kind, {one.pk: one for one in done.values() if one.kind is kind}, now)
            for key in done:
                del self._sent[key]
        for kind, row in _in_hand(list(self._due(now)), now):
            request = kind.request(row, now)
            if request is None:
                kind.model.objects.filter(pk=row.pk).update(settled_at=now)
                continue
            answer = self._pool.submit(ask_outside, request)
            self._sent[kind.model, row.pk] = _Sent(
                kind, row.pk, row.made_at, bool(row.tries), answer
            )
        return len(done)

    def wait(self, seconds: float) -> bool:
        """Wait until something is answered, no longer than that; False when nothing can be."""
        away = [sent.answer for sent in self._sent.values()]
        if away:
            wait(away, seconds, FIRST_COMPLETED)
        return bool(away)

    @property
    def on_its_way(self) -> int:
        """How many requests nobody has answered yet, some of them not sent yet."""
        return len(self._sent)

    def _due(self, now: Instant) -> Iterator[tuple[_Kind, Any]]:
        """Give what is due and not on its way; what failed before gets half of the hands."""
        again = sum(sent.again for sent in self._sent.values())
        room = self._most - len(self._sent)
        for kind in _KINDS:
            away = [pk for model, pk in self._sent if model is kind.model]
            rows = kind.rows().filter(settled_at=None, next_at__lte=now)
            for row in rows.exclude(pk__in=away).order_by("tries", "next_at")[: self._most]:
                if not room:
                    return
                if row.tries and again >= self._hands // 2:
                    break
                again += bool(row.tries)
                room -= 1
                yield kind, row


def _in_hand(due: list[tuple[_Kind, Any]], now: Instant) -> list[tuple[_Kind, Any]]:
    """Take what is due in hand, before any of it is sent; give what no other sender had first."""
    if not due:
        return []
    with together():
        return [(kind, row) for kind, row in due if _taken(kind.model, row, now)]


def _taken(model: Any, row: Any, now: Instant) -> bool:
    same = model.objects.filter(
        pk=row.pk, settled_at=None, made_at=row.made_at, next_at=row.next_at
    )
    return bool(same.update(next_at=now + _IN_HAND))


def _settle(kind: _Kind, sent: dict[int, _Sent], now: Instant) -> None:
    """Write down what was answered. A row may be gone meanwhile with its subscription."""
    rows = kind.rows().filter(settled_at=None, pk__in=sent) if sent else ()
    # Owed anew while it was on its way: then it is sent again.
    answered = [row for row in rows if row.made_at == sent[row.pk].made_at]
    for row in answered:
        _note(kind, row, sent[row.pk].answer, now)
    kind.model.objects.bulk_update(answered, ["status", "settled_at", "next_at", "tries"])


def _note(kind: _Kind, row: Any, told: "Future[OutsideAnswer]", now: Instant) -> None:
    fault = told.exception()
    if fault is not None and not isinstance(fault, OutsideRefused | OutsideSilent):
        # A fault of ours: it is said, and holds up nothing else that waits.
        _log.error("%s could not be sent", row, exc_info=fault)
    answer = told.result() if fault is None else None
    row.status = answer.status if answer else 0
    if answer is not None:
        kind.answered(row, answer, now)
    settled = answer is not None and (kind.any_answer or answer.is_good or answer.status == _GONE)
    if settled or isinstance(fault, OutsideRefused) or row.tries >= len(kind.waits):
        row.settled_at = now
    else:
        row.next_at = now + _wait(kind.waits[row.tries], answer)
        row.tries += 1


def _wait(usual: Span, answer: OutsideAnswer | None) -> Span:
    """Wait as long as usual, and a little more or less than others; longer where that was asked."""
    asked = answer.headers.get("retry-after", "") if answer else ""
    seconds = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0  # noqa: PLR2004
    return max(usual + randbelow(usual // 10), min(seconds * SECOND, DAY))
