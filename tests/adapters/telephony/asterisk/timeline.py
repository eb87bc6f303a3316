"""Calls of an Asterisk as recorded ones of a real 22.10.1, in any number, at any time, interleaved.

A step is a line of queue_log or a packet, in the order of the switch: it writes its log first.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from random import Random

from msgspec import Struct
from msgspec.structs import replace

RECORDED = Path(__file__).parent / "recorded"
BEGAN = 1_795_456_900_000
_STAMP = re.compile(r"^Timestamp: (\d+)\.(\d+)$", re.MULTILINE)


class Step(Struct, frozen=True):
    """What the switch does at a moment (ms): a line of its log, or a packet."""

    at: int
    line: str = ""
    packet: str = ""

    @property
    def event(self) -> str:
        return said(self.packet, "Event")


class Story(Struct, frozen=True):
    """A call, how it ends, and what the centre should have of it."""

    uniqueid: str
    number: str
    steps: tuple[Step, ...]
    outcome: str


def said(packet: str, name: str) -> str:
    found = re.search(rf"^{name}: (.*)$", packet, re.MULTILINE)
    return found[1] if found else ""


def recorded(name: str) -> list[str]:
    return [text for text in (RECORDED / name).read_text().split("\n\n") if text.strip()]


ANSWERED = tuple(text.strip("\n") for text in recorded("ami_answered.txt"))
ABANDONED = tuple(text.strip("\n") for text in recorded("ami_abandoned.txt"))


def answered(n: int, at: int, op: int = 1, talk: int = 700, ring: int = 100) -> Story:
    """The recorded answered call: it rings for `ring` ms and talks for `talk` ms."""
    packets = _shaped(ANSWERED, n, at, op)
    up = next(step.at for step in packets if step.event == "AgentConnect")
    over = next(step.at for step in packets if step.event == "HangupRequest")
    rang = next(step.at for step in packets if step.event == "DialState")
    longer, later = max(0, ring - (up - rang)), max(0, talk - (over - up))
    moved = [
        replace(step, at=step.at + longer * (step.at > rang) + later * (step.at >= over))
        for step in packets
    ]
    return _story(n, at, moved, "CallAnswered", _logged_answer(n, at, op, moved))


def abandoned(n: int, at: int, op: int = 1, wait: int = 0) -> Story:
    """The recorded caller who gives up while it rings."""
    packets = _shaped(ABANDONED, n, at, op)
    gave_up = next(step.at for step in packets if step.event == "HangupRequest")
    moved = [replace(step, at=step.at + wait * (step.at >= gave_up)) for step in packets]
    log = {
        "QueueCallerJoin": f"NONE|ENTERQUEUE||{number(n)}|1",
        "QueueCallerAbandon": f"Op {op}|RINGCANCELED|{wait + 63}\nNONE|ABANDON|1|1|0",
    }
    return _story(n, at, moved, "CallAbandoned", log)


def no_answer(n: int, at: int, op: int, then: int, ring: int = 3_000) -> Story:
    """A telephone rings in vain, and the next one is taken up."""
    first = _shaped(ANSWERED, n, at, op)
    last = next(place for place, step in enumerate(first) if step.event == "DialState")
    called = next(step for step in first if step.event == "AgentCalled")
    dialled = next(step for step in first if step.event == "DialEnd")
    out = first[last].at + ring
    silent = called.packet.replace("Event: AgentCalled", "Event: AgentRingNoAnswer", 1)
    vain = [
        Step(out, packet=f"{silent}\nRingTime: {ring}"),
        Step(out, packet=dialled.packet.replace("DialStatus: ANSWER", "DialStatus: NOANSWER")),
    ]
    second = _shaped(ANSWERED, n, at, then, member=4)
    second = [replace(step, at=step.at + out + 100 - at) for step in second]
    again = next(place for place, step in enumerate(second) if step.event == "AgentCalled")
    moved = [*first[: last + 1], *vain, *second[again:]]
    log = _logged_answer(n, at, then, moved)
    log["AgentRingNoAnswer"] = f"Op {op}|RINGNOANSWER|{ring}"
    return _story(n, at, moved, "CallAnswered", log)


def race_won(n: int, at: int, op: int = 1) -> Story:
    """Answer and hang-up at once, and the answer was first: it talks for no time."""
    return replace(answered(n, at, op, talk=0), outcome="CallAnswered")


def race_lost(n: int, at: int, op: int = 1) -> Story:
    """Answer and hang-up at once, and the hang-up was first: the telephone was taken up in vain."""
    story = abandoned(n, at, op)
    took_up = [
        replace(step, packet=step.packet.replace("DialStatus: CANCEL", "DialStatus: ANSWER"))
        for step in story.steps
    ]
    return replace(story, steps=tuple(took_up))


def sent_on(n: int, at: int, *, fallback: bool) -> Story:
    """Nobody of the queue takes it; the dialplan rings a telephone that is no member."""
    story = abandoned(n, at, 1, wait=1_000)
    left = f"{story.uniqueid}|sos|NONE|EXITWITHTIMEOUT|1|1|1"
    steps: list[Step] = []
    for step in story.steps:
        if step.line and "ABANDON" in step.line:
            steps.append(Step(step.at - 900, line=f"{(step.at - 900) // 1_000}|{left}"))
            if fallback:
                dial = next(s.packet for s in story.steps if s.event == "DialEnd")
                dial = dial.replace("DialStatus: CANCEL", "DialStatus: ANSWER")
                dial = dial.replace(uniqueid(n, at, 1), uniqueid(n, at, 9))
                steps.append(Step(step.at - 500, packet=dial))
        elif "RINGCANCELED" not in step.line and step.event != "QueueCallerAbandon":
            steps.append(step)
    outcome = "CallFellBack" if fallback else "CallAbandoned"
    return replace(story, steps=tuple(steps), outcome=outcome)


def mixed(seed: int, calls: int, a_second: float, positions: int = 8) -> list[Story]:
    """A centre's calls: most answered, some given up, some that ring in vain first, some races."""
    rng = Random(seed)  # noqa: S311 - a test's chance, no secret
    made = []
    for n in range(1, calls + 1):
        at = BEGAN + round(n * 1_000 / a_second) + rng.randrange(40)
        op = rng.randrange(positions)
        kind = rng.random()
        if kind < 0.55:
            made.append(answered(n, at, op, rng.randrange(200, 1_500), rng.randrange(100, 900)))
        elif kind < 0.8:
            made.append(abandoned(n, at, op, rng.randrange(900)))
        elif kind < 0.9:
            made.append(no_answer(n, at, op, (op + 1) % positions, rng.randrange(500, 2_000)))
        else:
            made.append(rng.choice((race_won, race_lost))(n, at, op))
    return made


def interleaved(stories: Iterable[Story]) -> list[Step]:
    """All steps in the order of the switch, with its own oddity: 116 of 2,000 AgentComplete were
    recorded without a Uniqueid, which is one in 17.
    """
    steps = [step for story in stories for step in story.steps]
    steps.sort(key=lambda step: step.at)
    return [_nameless(step) if place % 17 == 0 else step for place, step in enumerate(steps)]


def _nameless(step: Step) -> Step:
    if step.event != "AgentComplete":
        return step
    return replace(step, packet=re.sub(r"(?m)^(Uniqueid|Linkedid): .*\n", "", step.packet))


def number(n: int) -> str:
    return f"+98915000{n:04}"


def uniqueid(n: int, at: int, member: int = 0) -> str:
    return f"{at // 1_000}.{n}{member}"


def _shaped(packets: tuple[str, ...], n: int, at: int, op: int, member: int = 1) -> list[Step]:
    """Recorded packets as another call's, begun at another moment."""
    old = said(packets[0], "Uniqueid")
    seconds, counter = old.split(".")
    telephone = f"{seconds}.{int(counter) + 1}"
    began = _moment(packets[0])
    names = {
        telephone: uniqueid(n, at, member),
        old: uniqueid(n, at),
        said(packets[0], "CallerIDNum"): number(n),
        said(packets[0], "Channel"): f"PJSIP/trunk-{n:08x}",
    }
    made = []
    for packet in packets:
        text = packet
        for before, after in names.items():
            text = text.replace(before, after)
        text = re.sub(r"PJSIP/op\d+-[0-9a-f]+", f"PJSIP/op{op}-{n * 10 + member:08x}", text)
        text = re.sub(r"PJSIP/op\d+$", f"PJSIP/op{op}", text, flags=re.MULTILINE)
        text = re.sub(r"^MemberName: Op \d+$", f"MemberName: Op {op}", text, flags=re.MULTILINE)
        made.append(Step(at + _moment(packet) - began, packet=text))
    return made


def _moment(packet: str) -> int:
    found = _STAMP.search(packet)
    assert found is not None
    return int(found[1]) * 1_000 + int(found[2][:3])


def _logged_answer(n: int, at: int, op: int, steps: list[Step]) -> dict[str, str]:
    up = next(step.at for step in steps if step.event == "AgentConnect")
    over = next(step.at for step in steps if step.event == "HangupRequest")
    talked = over // 1_000 - up // 1_000
    return {
        "QueueCallerJoin": f"NONE|ENTERQUEUE||{number(n)}|1",
        "AgentConnect": f"Op {op}|CONNECT|0|{uniqueid(n, at, 1)}|0",
        "AgentComplete": f"Op {op}|COMPLETECALLER|0|{talked}|1",
    }


def _story(n: int, at: int, steps: list[Step], outcome: str, log: dict[str, str]) -> Story:
    made: list[Step] = []
    for step in sorted(steps, key=lambda step: step.at):
        for line in filter(None, log.get(step.event, "").split("\n")):
            text = f"{step.at // 1_000}|{uniqueid(n, at)}|sos|{line}"
            made.append(Step(step.at, line=text))
        stamp = f"Timestamp: {step.at // 1_000}.{step.at % 1_000:03}000"
        made.append(replace(step, packet=_STAMP.sub(stamp, step.packet)))
    return Story(uniqueid(n, at), number(n), tuple(made), outcome)
