"""How pages of figures say things: words with links in them, days in both calendars, shares."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from string import Formatter

from markupsafe import Markup, escape

from pasokh.account.catalogue import BOUNDS, DEFINITIONS
from pasokh.account.definitions import CallClass, FigureVersion
from pasokh.account.disclosure.rows import Side
from pasokh.account.figures import DECIMALS
from pasokh.account.figures import percent as percent_of
from pasokh.account.proofs.leaf import FigureLeaf
from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue, Value
from pasokh.account.published_shares import PART, REST
from pasokh.account.told_figures import unit_of
from pasokh.core.time import Day, day_from_iso, iso_day
from pasokh.words.digits import digits, number, percent
from pasokh.words.jalali import long_day
from pasokh.words.say import knows, message, say
from pasokh.words.told_times import told_time

_DASH = "–"
# The words of the catalogues are those of these versions.
_IN_FORCE = {one.name for one in DEFINITIONS} | {bound.name for bound in BOUNDS}
POINT = "\u066b"  # the Persian decimal point


class Tongue:
    """One language, and how it writes. What it gives is safe to put into a page."""

    def __init__(self, language: str) -> None:
        """`language` is one of ours."""
        self.language = language
        self.say = partial(say, language)
        self.number = partial(number, language)
        self.digits = partial(digits, language)
        self.percent = partial(percent, language)

    @property
    def rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self.language == "fa"

    def rich(self, message_id: str, **parts: Markup | str | int) -> Markup:
        """Say a message whose {places} may hold elements of the page."""
        said = Markup()
        for literal, name, _, _ in Formatter().parse(message(self.language, message_id)):
            said += escape(literal)
            if name:
                part = parts[name]
                said += self._part(part)
        return said

    def _part(self, part: Markup | str | int) -> Markup:
        """Bare words keep their direction, whatever stands around them."""
        if isinstance(part, int):
            return escape(self.number(part))
        return part if isinstance(part, Markup) else Markup("<bdi>{}</bdi>").format(part)

    def whole_percent(self, percent: int) -> str:
        """Write a percentage that has no decimals."""
        return f"{self.number(percent)}{self.percent_sign}"

    def instant(self, iso: str, offset: int | None = None) -> Markup:
        """Tell an instant by the clock that is `offset` minutes from UTC; without one, in UTC."""
        if offset is None:
            utc = self.digits(f"{iso[:10]} {iso[11:16]} UTC")
            told = Markup('<bdi dir="ltr">{}</bdi>').format(utc)
        else:
            told = escape(told_time(self.language, iso, offset))
        return Markup('<time datetime="{}">{}</time>').format(iso, told)

    def clock(self, offset: int) -> Markup:
        """Name the clock that is so many minutes from UTC."""
        hours, minutes = divmod(abs(offset), 60)
        name = self.digits(f"UTC{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}")
        return Markup('<bdi dir="ltr">{}</bdi>').format(name)

    def release(self, kind: str) -> str:
        """Name a kind of release; its bare word when it is none of ours."""
        said = f"figure.{kind}" if kind in set(FigureVersion) else f"figures.release_{kind}"
        return self.say(said) if knows(self.language, said) else kind

    def announced(self, kind: str) -> str:
        """Name a kind of release that is not out: what is revised is not known by then."""
        revised = kind == FigureVersion.REVISED.value
        return self.say("figures.release_judged_anew") if revised else self.release(kind)

    def tick(self, value: int, *, percent: bool) -> str:
        """Write a mark of an axis: a count, or hundredths of a percent."""
        if not percent:
            return self.number(value)
        return f"{self.number(value // 100)}{self.percent_sign}"

    @property
    def percent_sign(self) -> str:
        """The sign behind a percentage."""
        return "\u066a" if self.rtl else "%"

    def day(self, day: Day) -> Markup:
        """Name a day: in Persian by the Jalali calendar, with the Gregorian beside it."""
        iso, long = iso_day(day), long_day(self.language, day)
        if not self.rtl:
            return Markup('<time datetime="{0}">{1}</time>').format(iso, long)
        form = Markup('<time datetime="{0}">{1} <bdi class="beside" dir="ltr">{0}</bdi></time>')
        return form.format(iso, long)

    def short_day(self, day: Day) -> str:
        """Name a day without its weekday."""
        return long_day(self.language, day).split(" ", 1)[1]

    def months(self, isos: Sequence[str]) -> list[tuple[str, list[tuple[str, str]]]]:
        """Group days by the month of the language's calendar, in the order given."""
        named = [(iso, self.short_day(day_from_iso(iso))) for iso in isos]
        by_month = groupby(named, key=lambda one: one[1].split(" ", 1)[1])
        return [(month, list(days)) for month, days in by_month]

    def exact(self, value: Value) -> str:
        """Write a value with all its decimals; of times, the seconds within which nine of ten lie.

        The other points are told beside it.
        """
        match value:
            case CountValue():
                return self.number(value.count)
            case QuantilesValue():
                return self.seconds(value.p90)
            case ShareValue(percent=None):
                return _DASH
            case ShareValue():
                text = self.digits(f"{value.percent:.{value.decimals}f}")
                return f"{text.replace('.', POINT)}{self.percent_sign}" if self.rtl else f"{text}%"

    def exact_of(self, part: int, whole: int) -> str:
        """Write a share with all its decimals."""
        return self.exact(ShareValue((), (), part, whole, percent_of(part, whole), DECIMALS))

    def short(self, value: Value) -> str:
        """Write a value for a table: shares with one decimal."""
        if isinstance(value, ShareValue):
            return self.percent(value.part, value.whole)
        return self.exact(value)

    def beside(self, value: Value) -> Markup:
        """Say what a value is out of: n of m, or the other points of the times."""
        match value:
            case CountValue():
                return self.rich("figures.counted_calls")
            case QuantilesValue():
                points = {"half": value.p50, "nine": value.p90, "nineteen": value.p95}
                told = {name: self.seconds(point) for name, point in points.items()}
                return self.rich("figures.quantiles", count=value.n, **told)
            case ShareValue():
                name = f"figures.n_of_m{unit_of(value)}"
                return self.rich(name, part=value.part, whole=value.whole)

    def seconds(self, seconds: int | None) -> str:
        """Write a span; None is beyond the last bin that the rows tell apart."""
        if seconds is None:
            return self.say("figures.beyond")
        return self.say("figures.seconds", count=seconds)

    def definition(self, leaf: FigureLeaf) -> tuple[str, str]:
        """Give a definition's name and what it says; its bare id where no words are left of it."""
        definition_id = leaf.definition_id
        name = f"{definition_id}/{leaf.definition_version}"
        if name not in _IN_FORCE:
            return definition_id, ""
        return self.say(f"definition.{definition_id}.name"), self.say(
            f"definition.{definition_id}.says"
        )

    def _bin(self, above: int, upto: int | None) -> str:
        if upto is None:
            return self.say("figures.bin_over", above=above)
        return self.say("figures.bin", above=above, upto=upto)

    def class_words(self, word: str) -> str:
        """Say what stands in the column `class` of open rows: a class, or a side merged."""
        above, bin_mark, upto = word.partition("-")
        if bin_mark and above.isdigit():
            return self._bin(int(above), int(upto) if upto else None)
        if word in set(CallClass):
            return self.say(f"class.{word}")
        if word in (PART, REST):
            return self.say(f"figures.share_{word}")
        # A row of other readings has a word of its own, and its table beside it.
        return self.say(f"figures.side_{word}") if word in set(Side) else word
