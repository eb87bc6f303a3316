"""Whether a protocol can be walked: every path ends, every step is reached, every digit is one."""

from collections.abc import Iterator

from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.reference.entries import ProtocolAnswer, ProtocolEntry, ProtocolStep
from pasokh.reference.protocols import END, SKIPPED, ways


def ill_formed(code: str, entry: ProtocolEntry) -> Refusal | None:
    """Refuse a protocol that cannot be walked, and say what is wrong where."""
    return next(_flaws(code, entry), None)


def _flaws(code: str, entry: ProtocolEntry) -> Iterator[Refusal]:
    """Yield what is wrong; the way of the steps is looked at when each step is right by itself."""
    seen: set[str] = set()
    for step in entry.steps:
        if step.id in seen or step.id == END:
            yield refuse(Reason.PROTOCOL_STEP_DOUBLE, entry=code, step=step.id)
        seen.add(step.id)
        yield from _wrong_step(code, step)
    for step in entry.steps:
        for way in ways(step):
            if way != END and way not in seen:
                yield refuse(Reason.PROTOCOL_NEXT_UNKNOWN, entry=code, step=step.id, then=way)
    yield from _wrong_way(code, entry)


def _wrong_step(code: str, step: ProtocolStep) -> Iterator[Refusal]:
    ids: set[str] = set()
    keys: set[str] = set()
    if not (step.text_fa.strip() and step.text_en.strip()):
        yield refuse(Reason.PROTOCOL_TEXT_BLANK, entry=code, step=step.id)
    for answer in step.answers:
        for reason in _wrong_answer(answer, ids, keys):
            yield refuse(reason, entry=code, step=step.id, answer=answer.id, key=answer.key)
        ids.add(answer.id)
        keys.add(answer.key)


def _wrong_answer(answer: ProtocolAnswer, ids: set[str], keys: set[str]) -> Iterator[Reason]:
    if answer.id in ids or answer.id == SKIPPED:
        yield Reason.PROTOCOL_ANSWER_DOUBLE
    if answer.key in keys:
        yield Reason.PROTOCOL_KEY_DOUBLE
    if not (answer.text_fa.strip() and answer.text_en.strip()):
        yield Reason.PROTOCOL_TEXT_BLANK
    if not _reasoned(answer):
        yield Reason.PROTOCOL_REASON_MISSING


def _reasoned(answer: ProtocolAnswer) -> bool:
    """A priority has its reason in both languages, and a reason has a priority."""
    said = {bool(answer.because_fa.strip()), bool(answer.because_en.strip())}
    return said == {answer.priority is not None}


def _wrong_way(code: str, entry: ProtocolEntry) -> Iterator[Refusal]:
    follows = {step.id: set(ways(step)) - {END} for step in entry.steps}
    reached = _reached(entry.steps[0].id, follows)
    for step_id in follows:
        if step_id not in reached:
            yield refuse(Reason.PROTOCOL_UNREACHED, entry=code, step=step_id)
    for step_id in _in_circles(follows):
        yield refuse(Reason.PROTOCOL_CIRCLE, entry=code, step=step_id)


def _reached(first: str, follows: dict[str, set[str]]) -> set[str]:
    reached, ahead = {first}, [first]
    while ahead:
        new = follows.get(ahead.pop(), set()) - reached
        reached |= new
        ahead += new
    return reached


def _in_circles(follows: dict[str, set[str]]) -> list[str]:
    """Take away steps that lead only to the end, again and again: what stays goes in a circle."""
    left = dict(follows)
    while ended := [step_id for step_id, then in left.items() if not then & left.keys()]:
        for step_id in ended:
            del left[step_id]
    return list(left)
