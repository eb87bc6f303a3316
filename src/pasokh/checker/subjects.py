"""What a number is about: the topics named right after it, else those named right before it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pasokh.checker import cues
from pasokh.checker.claims import Claim
from pasokh.checker.numbers import Amount, AmountUnit
from pasokh.checker.topics import BASES, About, Hit

_VERBS = (About.OPERATIONAL, About.NOT_OPERATIONAL)
_NEAR = 60
# what may stand between a share and its base without an "of"
_FILLED = re.compile(r" *(?:(?:این|کل|همه) ?)*")
_PAIR_GAP = 110


class Subjects:
    """The amounts of one text among its topics; `claim` says what one of them is about."""

    def __init__(
        self,
        text: str,
        hits: list[Hit],
        amounts: list[Amount],
        sentences: list[int],
        spans: Sequence[tuple[int, int]],
    ) -> None:
        """`text` has names and periods blanked out; each amount has the number of its sentence."""
        self._text = text
        self._hits = hits
        self._starts = [hit.start for hit in hits]
        self._amounts = amounts
        self._sentences = sentences
        self._spans = spans
        self._wholes = self._find_wholes()
        self._pairs = self._find_pairs()
        # topics that an earlier number has taken: 'prevention' in '42 % prevention and 49 % ...'
        self._taken: set[int] = set()

    def claim(self, at: int) -> Claim:
        """Say what an amount is about."""
        amount, pair = self._amounts[at], self._pairs.get(at)
        ahead = self._ahead(at, pair)
        behind = [
            hit
            for hit in self._between(*self._behind_span(at if pair is None else min(at, pair)))
            if hit.start not in self._taken
        ]
        middle = self._middle(at, pair)
        if amount.is_share:
            tied = pair is not None or at in self._wholes
            about, base = self._share(amount, ahead, behind, middle, tied=tied)
        else:
            about, base = self._count(at, pair, ahead, behind, middle), None
        if pair is None or at > pair:
            self._taken |= {hit.start for hit in [*middle, *ahead]}
        return Claim(
            amount,
            self._sentences[at],
            about,
            base,
            per=self._per(at),
            part=bool(cues.PART_OF.search(self._text, *self._around(at))),
            growth=self._growth(at),
            earlier=bool(cues.BEFORE.search(self._text, *self._clause(at))),
            pair=pair,
            whole=self._wholes.get(at),
            narrow=any(hit.about is About.THING for hit in ahead),
        )

    def _find_pairs(self) -> dict[int, int]:
        """A count with its share right beside it: 1,796 of them (3.2 %)."""
        pairs: dict[int, int] = {}
        for at, (one, other) in enumerate(pairwise(self._amounts)):
            mixed = one.is_share != other.is_share
            counts = {one.unit, other.unit} - {AmountUnit.PERCENT, AmountUnit.PART} == {
                AmountUnit.COUNT
            }
            if mixed and counts and at not in pairs and self._beside(at, one, other):
                first = at - 1 if other.is_share and at - 1 in self._wholes else at
                pairs |= {first: at + 1, at + 1: first}
        for at in self._wholes:
            # 'a quarter of the 40,000 calls, 14,000, were nuisance'
            if at + 2 < len(self._amounts) and not {at, at + 2} & set(pairs):
                share, count = self._amounts[at], self._amounts[at + 2]
                if share.is_share and self._is_aside(at + 1, count):
                    pairs |= {at: at + 2, at + 2: at}
        return pairs

    def _is_aside(self, at: int, count: Amount) -> bool:
        """Whether a bare number stands between two commas, or in brackets, behind an amount."""
        if count.is_share or self._sentences[at] != self._sentences[at + 1]:
            return False
        between = self._text[self._amounts[at].end : count.opens]
        closed = self._text[count.end : count.end + 1] in (",", "،", ")", ".", "")
        return closed and cues.PAIRED.fullmatch(between) is not None

    def _find_wholes(self) -> dict[int, int]:
        """A count or a share, and the count that it is a part of: 5,000 of 40,000 calls."""
        return {
            at: at + 1
            for at, (one, other) in enumerate(pairwise(self._amounts))
            if other.unit is AmountUnit.COUNT
            if one.is_share or (one.unit is AmountUnit.COUNT and one.value < other.value)
            if self._sentences[at] == self._sentences[at + 1]
            if cues.PART_OF_NEXT.fullmatch(self._text, one.end, other.opens)
        }

    def _beside(self, at: int, one: Amount, other: Amount) -> bool:
        if self._sentences[at] != self._sentences[at + 1] or other.opens - one.end > _PAIR_GAP:
            return False
        between = self._text[one.end : other.opens]
        named = self._between(one.end, other.start)
        if named and named[0].about is About.THING:
            return False
        if other.is_share and cues.LINKED.search(between):
            return cues.OF_THEM.match(self._text, other.end) is None
        if not cues.PAIRED.fullmatch(between):
            return False
        loose = between.rstrip().endswith((",", "،"))
        closed = self._text[other.end : other.end + 1] in (",", "،", ".", "")
        # 'half of the calls, 5,100, led to a mission': the number stands alone
        of_base = one.is_share and bool(cues.PART_OF_NEXT.match(between))
        return not loose or (closed and (of_base or not one.is_share))

    def _limits(self, at: int) -> tuple[int, int]:
        """From the end of the amount before to the start of the one after, in the sentence."""
        start, end = self._spans[self._sentences[at]]
        if at and self._sentences[at - 1] == self._sentences[at]:
            start = self._amounts[at - 1].end
        if at + 1 < len(self._amounts) and self._sentences[at + 1] == self._sentences[at]:
            end = self._amounts[at + 1].opens
        return start, end

    def _around(self, at: int) -> tuple[int, int]:
        start, _ = self._limits(at)
        ahead = self._ahead_span(at)[1]
        return start, ahead

    def _clause(self, at: int) -> tuple[int, int]:
        """The clause around an amount."""
        return self._behind_span(at)[0], self._ahead_span(at)[1]

    def _ahead_span(self, at: int, pair: int | None = None) -> tuple[int, int]:
        """Up to the end of the clause; the comma or bracket that closes a pair does not end it."""
        start, end = self._amounts[at].end, self._limits(at)[1]
        closing = "),،" if pair is not None else ")"
        closes = start < end and self._text[start] in closing
        found = cues.BOUNDARY.search(self._text, start + closes, end)
        return start, found.start() if found else end

    def _behind_span(self, at: int) -> tuple[int, int]:
        start = self._limits(at)[0]
        end = self._amounts[at].opens
        last = start
        for found in cues.BOUNDARY.finditer(self._text, start, end):
            if self._text[found.end() : end].strip():
                last = found.end()
        return last, end

    def _ahead(self, at: int, pair: int | None) -> list[Hit]:
        """The topics behind an amount; for '5,000 of 40,000 calls' those behind its whole."""
        last = at if pair is None else max(at, pair)
        if at in self._wholes:
            own = self._between(*self._ahead_span(at))
            return own + self._between(*self._ahead_span(self._wholes[at]))[1:]
        found = self._between(*self._ahead_span(last, pair))
        if pair is not None and all(hit.about in BASES for hit in found):
            found += self._past_aside(at, pair)
        return found[:1] if at - 1 in self._wholes else found

    def _past_aside(self, at: int, pair: int) -> list[Hit]:
        """'A tenth of them, that is 5,200 calls, were nuisance': what stands behind the aside."""
        first, last = sorted((at, pair))
        between = self._text[self._amounts[first].end : self._amounts[last].opens]
        _, end = self._ahead_span(last, pair)
        closing = self._text[end : end + 1]
        if not ("(" in between and closing == ")") and not (
            {",", "،"} & set(between) and closing in (",", "،") and closing
        ):
            return []
        limit = self._limits(last)[1]
        found = cues.BOUNDARY.search(self._text, end + 1, limit)
        return self._between(end, found.start() if found else limit)

    def _between(self, start: int, end: int) -> list[Hit]:
        first = bisect_left(self._starts, start)
        return self._hits[first : bisect_left(self._starts, end)]

    def _middle(self, at: int, pair: int | None) -> list[Hit]:
        if pair is None:
            return []
        one, other = sorted((at, pair))
        return self._between(self._amounts[one].end, self._amounts[other].opens)

    def _count(
        self, at: int, pair: int | None, ahead: list[Hit], behind: list[Hit], middle: list[Hit]
    ) -> About | None:
        """A count is about the most exact topic beside it."""
        amount = self._amounts[at]
        if amount.unit is not AmountUnit.COUNT:
            return None
        if amount.value.denominator > 1 and not self._per(at):
            return About.THING  # nobody takes three and a half calls
        inside = middle if pair is not None and pair > at else []
        near = _abouts(inside or ahead)
        back = _abouts(hit for hit in behind if not self._is_base(hit))
        if not near:
            return _exact(back) or next(reversed(back), None)
        if near[0] is About.THING:
            return About.THING
        # '... of the missions 500 calls': which of the two is counted is not certain
        unsure = near[0] is About.CALLS and _exact(back) is not None
        return _exact([*near, *_abouts(ahead)]) or (None if unsure else near[0])

    def _share(
        self,
        amount: Amount,
        ahead: list[Hit],
        behind: list[Hit],
        middle: list[Hit],
        *,
        tied: bool,
    ) -> tuple[About | None, About | None]:
        """A share is of the base named with it, and about the other topic."""
        base = self._base(amount, ahead)
        people = len(ahead) > 1 and ahead[1].about in (About.SATISFIED, About.DISSATISFIED)
        if base is None and ahead and ahead[0].about is About.THING and not (tied or people):
            return About.THING, None
        if base is None and ahead and not people and self._is_whole(amount, ahead[0]):
            return None, None
        named = _others([*middle, *ahead], base)
        about = _verb(named) or (named[0] if len(set(named)) == 1 else None)
        if about is None and not named:
            back = _abouts(hit for hit in behind if not self._is_base(hit))
            about = _exact(back) or (About.MISSIONS if About.MISSIONS in back else None)
        return about, base or self._far_base(amount)

    def _base(self, amount: Amount, ahead: list[Hit]) -> About | None:
        """'Of the missions', or a bare 'تماس‌ها' right after the share."""
        bases = [hit for hit in ahead if hit.about in BASES]
        if not bases:
            return None
        first = bases[0]
        if self._is_base(first):
            return first.about
        close = _FILLED.fullmatch(self._text, amount.end, first.start) is not None
        follows = len(ahead) > 1 or first.about is About.CALLS
        return first.about if close and follows and first.about is not About.OPERATIONAL else None

    def _is_whole(self, amount: Amount, hit: Hit) -> bool:
        """'40 % of the fires', «۳۰ درصد سرقت‌ها»: a share of them, and not that they are it."""
        if hit.about in BASES:
            return False
        close = not self._text[amount.end : hit.start].strip()
        return self._is_base(hit) or (close and self._text[hit.start : hit.end].endswith(" ها"))

    def _far_base(self, amount: Amount) -> About | None:
        """'Of all calls to the centre, 48 %': the base named in the clause before."""
        start = max(0, amount.opens - _NEAR)
        end = amount.opens
        for stop in cues.SENTENCE_END.finditer(self._text, start, end):
            start = stop.end()
        hits = [hit for hit in self._between(start, end) if hit.about in BASES]
        return next((hit.about for hit in reversed(hits) if self._is_base(hit)), None)

    def _is_base(self, hit: Hit) -> bool:
        window = self._text[max(0, hit.start - 24) : hit.start]
        return bool(cues.BASE_BEFORE.search(window))

    def _per(self, at: int) -> int | None:
        """Hours of the unit of time that the clause of an amount names."""
        amount = self._amounts[at]
        if amount.unit is not AmountUnit.COUNT:
            return None
        ahead, behind = self._ahead_span(at), self._behind_span(at)
        found = cues.PER.search(self._text, *ahead) or cues.PER.search(self._text, *behind)
        if found is None and at == self._first_of(at):
            found = cues.PER.search(self._text, self._limits(at)[0], amount.opens)
        if found is None or found.lastgroup is None:
            return None
        return cues.PER_HOURS[found.lastgroup]

    def _first_of(self, at: int) -> int:
        return bisect_left(self._sentences, self._sentences[at])

    def _growth(self, at: int) -> int:
        """1 when an amount is a growth, -1 when it is a fall, 0 when it is neither."""
        amount = self._amounts[at]
        ahead = self._text[slice(*self._ahead_span(at))]
        behind = self._text[slice(*self._behind_span(at))]
        found = cues.GROWTH.match(ahead.lstrip()) or _last_growth(behind)
        if found is None and amount.is_share:
            found = cues.GROWTH.search(ahead)
        if found is None:
            return 0
        return -1 if found["down"] else 1


def _last_growth(behind: str) -> re.Match[str] | None:
    """'A growth of 23 percent', 'grew by 17 percent': the word stands right before the number."""
    every = list(cues.GROWTH.finditer(behind))
    if not every:
        return None
    found = every[-1]
    gap = behind[found.end() :].strip(" :")
    return (
        found if gap in ("", "of", "by", "to", "به میزان", "به", "معادل", "حدود", "داشت") else None
    )


def _abouts(hits: Iterable[Hit]) -> list[About]:
    return [hit.about for hit in hits]


def _others(hits: Iterable[Hit], base: About | None) -> list[About]:
    """What is named beside the base; 'the rest' only when nothing more exact is."""
    named: list[About] = [
        about for about in _abouts(hits) if about not in (About.CALLS, About.THING)
    ]
    if base in named:
        named.remove(base)
    plain: list[About] = [about for about in named if about not in (About.REST, About.OTHER)]
    return plain or named


def _exact(abouts: Sequence[About]) -> About | None:
    """The one topic among several that is more exact than calls; None when there are two."""
    verb = _verb(abouts)
    if verb is not None:
        return verb
    exact = {about for about in abouts if about not in (About.CALLS, About.THING)}
    if len(exact) > 1:
        exact -= {About.MISSIONS, About.INCIDENTS}
    return next(iter(exact)) if len(exact) == 1 else None


def _verb(abouts: Sequence[About]) -> About | None:
    return next((about for about in abouts if about in _VERBS), None)
