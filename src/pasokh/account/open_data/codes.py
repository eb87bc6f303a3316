"""The code lists of a day: every code that its open rows use, with its name and what it means.

They go with the day, because a county's code means the county of that day.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pasokh.account.disclosure.rows import (
    CLASSES_OF,
    Level,
    PublicLists,
    PublicRow,
    TypeTree,
)
from pasokh.account.open_data.names import Bilingual, OpenWords, PublicNames
from pasokh.account.open_data.tables import CLASSES, COUNTIES, KINDS, LEVELS


class CodeLine(Struct, frozen=True, order=True):
    """A line of a code list. `within`: the wider code of the same list, "" if there is none."""

    code: str
    title_fa: str
    title_en: str
    says_fa: str
    says_en: str
    within: str = ""


def code_lists(
    rows: Iterable[PublicRow], lists: PublicLists, names: PublicNames, words: OpenWords
) -> dict[str, tuple[CodeLine, ...]]:
    """Give the four code lists by the names of their tables."""
    used = list(rows)
    return {
        LEVELS.name: tuple(_levels(words)),
        COUNTIES.name: tuple(sorted(_counties(used, lists, names, words))),
        KINDS.name: tuple(sorted(_kinds(used, lists.types, names, words))),
        CLASSES.name: tuple(_classes(words)),
    }


def _line(code: str, title: Bilingual, says: Bilingual, within: str = "") -> CodeLine:
    return CodeLine(code, title.fa, title.en, says.fa, says.en, within)


def _levels(words: OpenWords) -> Iterator[CodeLine]:
    wider = (*(level.value for level in Level), "")[1:]
    for level, within in zip(Level, wider, strict=True):
        told = f"level.{level}"
        yield _line(level, words.both(told), words.both(f"{told}.says"), within)


def _counties(
    rows: list[PublicRow], lists: PublicLists, names: PublicNames, words: OpenWords
) -> Iterator[CodeLine]:
    listed, strange = words.both("county.says"), words.both("county.unlisted")
    for code in {row.county for row in rows if row.county} | set(lists.counties):
        title = names.counties.get(code, Bilingual(code, code))
        yield _line(code, title, listed if code in lists.counties else strange)


def _kinds(
    rows: list[PublicRow], tree: TypeTree, names: PublicNames, words: OpenWords
) -> Iterator[CodeLine]:
    usual, sensitive = words.both("kind.type"), words.both("kind.sensitive")
    for code, group in tree.groups.items():
        title = names.types.get(code, Bilingual(code, code))
        within = "" if group == code else group
        yield _line(code, title, sensitive if tree.is_sensitive(code) else usual, within)
    groups = {row.kind for row in rows if row.kind} | set(tree.groups.values()) - {""}
    # A group that is called like a type has that one's line.
    for group in groups - set(tree.groups):
        says = _members(group, tree, names, words)
        yield _line(group, Bilingual(group, group), says)


def _members(group: str, tree: TypeTree, names: PublicNames, words: OpenWords) -> Bilingual:
    """Say which types a group holds, in the order of their codes."""
    codes = sorted(code for code, own in tree.groups.items() if own == group)
    told = [names.types.get(code, Bilingual(code, code)) for code in codes]
    says, comma = words.both("kind.group"), words.both("comma")
    listed_fa = comma.fa.join(one.fa for one in told)
    listed_en = comma.en.join(one.en for one in told)
    return Bilingual(f"{says.fa} {listed_fa}".strip(), f"{says.en} {listed_en}".strip())


def _classes(words: OpenWords) -> Iterator[CodeLine]:
    for side, classes in CLASSES_OF.items():
        told = f"side.{side}"
        yield _line(side, words.both(told), words.both(f"{told}.says"))
        for name in classes:
            yield _line(name, words.both(f"class.{name}"), words.both(f"rule.{name}"), side)
