"""Brings what waits to who asked: many at once, so that one slow receiver holds up nobody.

A row is settled only when its address answered, so after a crash it is sent again; receivers know
it by its id, or get a feed that they have. Only this process sends.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
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

HANDS = 24
_GONE = 410
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

    `any_answer` settles them, whatever it is.
    """

    model: Any
    request: Callable[[Any, Instant], OutsideRequest | None]
    answered: Callable[[Any, OutsideAnswer, Instant], None]
    waits: tuple[Span, ...]
    any_answer: bool = False


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
        self._pool = ThreadPoolExecutor(hands, thread_name_prefix="syndication")
        self._sent: dict[tuple[Any, int], _Sent] = {}

    def turn(self, now: Instant) -> int:
        """Settle what was answered, and send what is due; give how many were settled."""
        done = {key: sent for key, sent in self._sent.items() if sent.answer.done()}
        if done:
            with together():
                for sent in done.values():
                    _settle(sent, now)
            for key in done:
                del self._sent[key]
        for kind, row in self._due(now):
            request = kind.request(row, now)
            if request is None:
                kind.model.objects.filter(pk=row.pk).update(settled_at=now)
                continue
            answer = self._pool.submit(ask_outside, request)
            self._sent[kind.model, row.pk] = _Sent(
                kind, row.pk, row.made_at, bool(row.tries), answer
            )
        return len(done)

    @property
    def on_its_way(self) -> int:
        """How many requests nobody has answered yet."""
        return len(self._sent)

    def _due(self, now: Instant) -> Iterator[tuple[_Kind, Any]]:
        """Give what is due and not on its way; what failed before gets half of the hands."""
        again = sum(sent.again for sent in self._sent.values())
        for kind in _KINDS:
            away = [pk for model, pk in self._sent if model is kind.model]
            rows = kind.model.objects.filter(settled_at=None, next_at__lte=now)
            for row in rows.exclude(pk__in=away).order_by("tries", "next_at")[: self._hands]:
                if len(self._sent) >= self._hands:
                    return
                if row.tries and again >= self._hands // 2:
                    break
                again += bool(row.tries)
                yield kind, row


def _settle(sent: _Sent, now: Instant) -> None:
    row = sent.kind.model.objects.filter(pk=sent.pk, settled_at=None).first()
    # Gone with its subscription, or owed anew while it was on its way: then it is sent again.
    if row is None or row.made_at != sent.made_at:
        return
    fault = sent.answer.exception()
    if fault is not None and not isinstance(fault, OutsideRefused | OutsideSilent):
        raise fault
    answer = sent.answer.result() if fault is None else None
    row.status = answer.status if answer else 0
    if answer is not None:
        sent.kind.answered(row, answer, now)
    settled = answer is not None and (
        sent.kind.any_answer or answer.is_good or answer.status == _GONE
    )
    if settled or isinstance(fault, OutsideRefused) or row.tries >= len(sent.kind.waits):
        row.settled_at = now
    else:
        row.next_at = now + _wait(sent.kind.waits[row.tries], answer)
        row.tries += 1
    if sent.kind.model.objects.filter(pk=row.pk).exists():
        row.save()


def _wait(usual: Span, answer: OutsideAnswer | None) -> Span:
    """Wait as long as usual, and a little more or less than others; longer where that was asked."""
    asked = answer.headers.get("retry-after", "") if answer else ""
    seconds = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0  # noqa: PLR2004
    return max(usual + randbelow(usual // 10), min(seconds * SECOND, DAY))
