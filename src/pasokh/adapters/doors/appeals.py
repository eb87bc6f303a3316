"""What an appeal says, and its tracking code. Nothing is refused, and reading never raises."""

from secrets import choice
from urllib.parse import parse_qs

from msgspec import Struct

from pasokh.adapters.doors.handings import DoorOrder, Handing, digest_of
from pasokh.adapters.doors.knocks import OFTEN, Became, Knock
from pasokh.adapters.doors.letters import LINE_MAX, TEXT_MAX, in_both, number_in
from pasokh.answer.commands_appeals import ReceiveAppeal
from pasokh.core.machine import Words
from pasokh.words.tracking import tracking_code, typed_code


class AppealSaid(Struct, frozen=True):
    """An appeal, read out of the fields that a browser sends."""

    code: str
    number: str
    name: str
    text: str
    cut: bool


def new_code() -> str:
    """Make a tracking code."""
    return tracking_code(choice)


def appeal_of(code: str) -> str:
    """Name the appeal of a code; the code does not follow from it."""
    return digest_of("appeal", code)


def appeal_in(body: bytes) -> AppealSaid:
    """Read a form's fields."""
    fields = parse_qs(body.decode("utf-8", "replace"), encoding="utf-8", errors="replace")
    said = {name: values[-1].strip() for name, values in fields.items()}
    text = said.get("text", "").replace("\r\n", "\n")
    return AppealSaid(
        code=typed_code(said.get("code", "")),
        number=number_in(said.get("number", "")),
        name=said.get("name", "")[:LINE_MAX],
        text=text[:TEXT_MAX],
        cut=len(text) > TEXT_MAX or said.get("cut", "") == "1",
    )


def appeal_handing(knock: Knock) -> Handing:
    """Say what follows: an appeal. Other words under the same code are one more of the number."""
    said = appeal_in(knock.body)
    lines = [said.text] if said.text else []
    if said.cut:
        lines.append(in_both("letter.cut"))
    if knock.often > OFTEN:
        lines.append(in_both("appeal.often", count=knock.often))
    words = Words(name=said.name, number=said.number, text="\n".join(lines))
    key = digest_of(knock.whose, knock.body)[:24]
    more = DoorOrder(f"appeal-more-{key}", ReceiveAppeal(key), knock.at, words)
    first = DoorOrder(
        f"appeal-{key}",
        ReceiveAppeal(knock.whose),
        knock.at,
        words,
        otherwise={"appeal_exists": more},
    )
    return Handing("", Became.JOINED, (first,))
