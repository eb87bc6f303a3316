"""Releases that were invented, and reprints of them as outlets make them, planted in real news.

Every other release was looked at while the matching was written (`tried`); the rest is held.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pasokh.newsroom.coverage.matching import OutletEntry, OwnRelease
from pasokh.newsroom.coverage.numbers_told import NumberVerdict
from pasokh.words.digits import latin_digits

OUR_ADDRESS = "https://press.example/newsroom"
OUT_AT = 1_795_000_000_000


class Written(NamedTuple):
    """A release, and its beginning as a journalist would tell it: `anew`."""

    news_id: str
    title: str
    lead: str
    body: str
    anew: tuple[str, str] = ("", "")


_FOUND = json.loads((Path(__file__).parent / "planted.json").read_text("utf-8"))
WRITTEN = tuple(
    Written(**{**one, "anew": tuple(one.get("anew", ("", "")))}) for one in _FOUND["releases"]
)
# The same news told in nobody's words but the journalist's: what is left is a number or two.
OWN_WORDS = tuple(
    (OutletEntry(one["title"], "https://outlet.example/own", one["text"]), one["news_id"])
    for one in _FOUND["own_words"]
)
# What looks like ours and is not: other offices, other provinces, other years.
STRANGERS = tuple(
    OutletEntry(one["title"], "https://outlet.example/x", one["text"])
    for one in _FOUND["strangers"]
)
_THOUSANDS = re.compile(r"[۰-۹]{1,3}(?:٬[۰-۹]{3})+")
_HUNDREDS = re.compile(r"(?<![۰-۹٬])[۱-۹][۰-۹]{2}(?![۰-۹٬])")
_PERCENT = re.compile(r"([۰-۹]{2}) درصد")
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


class Reprint(NamedTuple):
    """An entry of a feed, of which release it is, what was done to it, and what is right to say."""

    entry: OutletEntry
    news_id: str
    how: str
    verdict: NumberVerdict


def release_of(one: Written) -> OwnRelease:
    return OwnRelease(one.news_id, (one.title,), f"{one.lead}\n\n{one.body}", OUT_AT)


def reprints_of(one: Written) -> Iterator[Reprint]:
    """Make the reprints of a release: numbers as they were unless it is said otherwise."""
    for how, edit in _EDITS.items():
        title, text = edit(one)
        if title:
            entry = OutletEntry(title, f"https://outlet.example/{how}", text)
            yield Reprint(entry, one.news_id, how, _right(how, entry))


def _right(how: str, entry: OutletEntry) -> NumberVerdict:
    told = f"{entry.title}{entry.text}".replace("۱۱۰", "")
    if not re.search("[۰-۹٠-٩0-9]|سه ", told):
        return NumberVerdict.NONE
    return NumberVerdict.WRONG if how == "wrong number" else NumberVerdict.RIGHT


def _verbatim(one: Written) -> tuple[str, str]:
    return one.title, f"{one.lead} {one.body}"


def _shortened(one: Written) -> tuple[str, str]:
    """The first two thirds of the headline, and the beginning of the first sentence."""
    title, lead = one.title.split(" "), one.lead.split(" ")
    return " ".join(title[: -(len(title) // 4) or None]), " ".join(
        lead[: len(lead) * 2 // 3]
    ) + " …"


def _rounded(one: Written) -> tuple[str, str]:
    if not _THOUSANDS.search(one.lead):
        return "", ""
    return one.title, _THOUSANDS.sub(_in_thousands, one.lead)


def _in_thousands(found: re.Match[str]) -> str:
    value = _value(found[0])
    return f"بیش از {value // 1000} هزار".translate(_PERSIAN)


def _value(number: str) -> int:
    return int(latin_digits(number).replace("٬", ""))


def _wrong(one: Written) -> tuple[str, str]:
    """The last large number of the first sentence with two of its figures in each other's place."""
    for pattern in (_THOUSANDS, _HUNDREDS, _PERCENT):
        found = [*pattern.finditer(one.lead)]
        found = [match for match in found if match[0] != "۱۱۰"]
        if found:
            old = found[-1]
            return one.title, one.lead[: old.start()] + _mistaken(old[0]) + one.lead[old.end() :]
    return "", ""


def _mistaken(number: str) -> str:
    if "درصد" in number:
        return f"{_value(number[:2]) + 11} درصد".translate(_PERSIAN)
    figures = list(number)
    figures[0] = "۹" if figures[0] != "۹" else "۴"
    return "".join(figures)


def _keyboard(one: Written) -> tuple[str, str]:
    """Arabic letters and digits, spaces for half-spaces, as old newsrooms' machines write."""
    table = str.maketrans("یک۰۱۲۳۴۵۶۷۸۹\u200c٬", "يك٠١٢٣٤٥٦٧٨٩ ,")
    return one.title.translate(table), one.lead.translate(table)


def _joined(one: Written) -> tuple[str, str]:
    """No half-spaces at all, and Latin digits."""
    return tuple(latin_digits(text).replace("\u200c", "").replace("٬", ",") for text in one[1:3])  # type: ignore[return-value]


def _anew(one: Written) -> tuple[str, str]:
    return one.anew


def _only_title(one: Written) -> tuple[str, str]:
    return one.title, ""


_EDITS: dict[str, Callable[[Written], tuple[str, str]]] = {
    "verbatim": _verbatim,
    "shortened": _shortened,
    "rounded number": _rounded,
    "wrong number": _wrong,
    "other keyboard": _keyboard,
    "joined words": _joined,
    "only the title": _only_title,
    "written anew": _anew,
}
