"""One cell as people write it: read into a value of an entry, and written back.

Text is brought into the house's spelling, digits may be of any of the three kinds. What cannot
be told apart by shape is told apart by script, so that two swapped columns do not pass.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import msgspec

from pasokh.office.reference.cells_wrong import CellWrong
from pasokh.office.reference.columns import Column, ColumnKind
from pasokh.office.reference.protocol_text import read_steps, steps_text
from pasokh.reference.entries import Hours, ProtocolStep, Question
from pasokh.words.digits import latin_digits
from pasokh.words.spelling import display

# A code is typed, read aloud and compared: lower case, so that a name in its column is seen.
_CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_WHOLE = re.compile(r"[0-9]{1,9}")
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{1,12})?")
_NUMBER = re.compile(r"\+?[0-9*#][0-9*# -]{0,30}")
_LIST_MARKS = re.compile("[\\s,;\u060c\u061b]+")
_HOURS_MARKS = re.compile("[;\u061b]")
_PARTED = re.compile(r"(?<!\\)\|")
_ESCAPES = {"\\n": "\n", "\\|": "|", "\\\\": "\\"}


def read_cell(column: Column, text: str) -> Any:
    """Read a cell; CellWrong says what is not right. An empty one of an optional column is None."""
    # In YAML the spaces before a word say what belongs to what.
    shown = text if column.kind is ColumnKind.STEPS else display(text)
    if not shown.strip():
        if column.needed:
            raise CellWrong("lists.wrong.blank")
        return None
    return _READ[column.kind](column, shown)


def write_cell(value: Any) -> str:
    """Write a value as a cell that reads as the same value."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        steps = tuple(one for one in value if isinstance(one, ProtocolStep))
        if steps:
            return steps_text(steps)
        questions = [one for one in value if isinstance(one, Question)]
        return "\n".join(map(_question_line, questions)) if questions else " ".join(value)
    return str(value)


def _code(_column: Column, text: str) -> str:
    code = latin_digits(text)
    if not _CODE.fullmatch(code):
        raise CellWrong("lists.wrong.code", typed=text[:80])
    return code


def _persian(_column: Column, text: str) -> str:
    """Names may hold signs and digits, but what is called Persian has a letter of its script."""
    if not any(_is_of("ARABIC", letter) for letter in text):
        raise CellWrong("lists.wrong.persian", typed=text[:80])
    return text


def _latin(_column: Column, text: str) -> str:
    strange = any(_is_of("ARABIC", letter) for letter in text)
    if strange or not any(_is_of("LATIN", letter) for letter in text):
        raise CellWrong("lists.wrong.latin", typed=text[:80])
    return text


def _is_of(script: str, letter: str) -> bool:
    return letter.isalpha() and unicodedata.name(letter, "").startswith(script)


def _plain(_column: Column, text: str) -> str:
    return latin_digits(text) if not any(map(str.isalpha, text)) else text


def _number(_column: Column, text: str) -> str:
    number = latin_digits(text)
    if not _NUMBER.fullmatch(number):
        raise CellWrong("lists.wrong.number", typed=text[:80])
    return number


def _hours(_column: Column, text: str) -> str:
    """Days may be written large, and hours with any digits."""
    spans = _HOURS_MARKS.split(latin_digits(text).lower())
    hours = "; ".join(" ".join(span.split()) for span in spans)
    try:
        return msgspec.convert(hours, Hours)
    except msgspec.ValidationError as error:
        raise CellWrong("lists.wrong.hours", typed=text[:80]) from error


def _choice(column: Column, text: str) -> str:
    if text not in column.choices:
        raise CellWrong("lists.wrong.choice", typed=text[:80], choices=", ".join(column.choices))
    return text


def _whole(_column: Column, text: str) -> int:
    number = latin_digits(text)
    if not _WHOLE.fullmatch(number):
        raise CellWrong("lists.wrong.whole", typed=text[:80])
    return int(number)


def _degrees(_column: Column, text: str) -> float:
    # The Persian decimal mark, and the minus that is shown.
    number = latin_digits(text).replace("\u066b", ".").replace("\u2212", "-")
    if not _DEGREES.fullmatch(number):
        raise CellWrong("lists.wrong.degrees", typed=text[:80])
    return float(number)


def _code_named(_column: Column, text: str) -> str:
    return latin_digits(text)


def _codes_named(_column: Column, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, _LIST_MARKS.split(latin_digits(text)))))


def _card(_column: Column, text: str) -> tuple[Question, ...]:
    """Each line a question in both languages, parted by a bar."""
    return tuple(_question(number, line) for number, line in enumerate(text.split("\n"), 1) if line)


def _steps(_column: Column, text: str) -> tuple[ProtocolStep, ...]:
    return read_steps(text)


def _question(number: int, line: str) -> Question:
    parts = [_plain_text(part.strip()) for part in _PARTED.split(line)]
    if len(parts) != 2 or not all(parts):  # noqa: PLR2004 - in two languages
        raise CellWrong("lists.wrong.card", line=number)
    column = Column("card", ColumnKind.CARD, needed=True)
    return Question(_persian(column, parts[0]), _latin(column, parts[1]))


def _question_line(question: Question) -> str:
    return f"{_escaped(question.text_fa)} | {_escaped(question.text_en)}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _plain_text(text: str) -> str:
    return re.sub(r"\\[n|\\]", lambda found: _ESCAPES[found[0]], text)


_READ: dict[ColumnKind, Callable[[Column, str], Any]] = {
    ColumnKind.CODE: _code,
    ColumnKind.PERSIAN: _persian,
    ColumnKind.LATIN: _latin,
    ColumnKind.PLAIN: _plain,
    ColumnKind.NUMBER: _number,
    ColumnKind.HOURS: _hours,
    ColumnKind.CHOICE: _choice,
    ColumnKind.WHOLE: _whole,
    ColumnKind.DEGREES: _degrees,
    ColumnKind.REFERS: _code_named,
    ColumnKind.REFERS_MANY: _codes_named,
    ColumnKind.CARD: _card,
    ColumnKind.STEPS: _steps,
}
