"""The topics that there are, for whoever writes a release and whoever wants to hear of some.

Both choose from one list and read what is typed alike, so that one topic has one spelling.
"""

import re
from collections.abc import Collection

from pasokh.newsroom.outlets.wanted import URGENT
from pasokh.newsroom.site.models import ReleaseTopic, TopicNaming
from pasokh.newsroom.site.shown import topic_names
from pasokh.sites.languages import spoken
from pasokh.words.digits import latin_digits
from pasokh.words.say import LANGUAGES
from pasokh.words.spelling import key, sort_key

# What every newsroom has from its first day on.
FROM_THE_FIRST = ("traffic", "weather", "prevention", "figures", "cyber", "drills", URGENT)
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
APART = re.compile("[,;\n\u060c\u061b]")


def known_topics() -> list[tuple[str, str]]:
    """List codes and names of the topics, by name in the language that is spoken.

    Those of our own releases that are out; what waits names no topic before its hour.
    """
    return _by_name(_codes_out())


def topics_to_write() -> list[tuple[str, str]]:
    """List what the office chooses from: those, and what it named and nothing is out of yet."""
    return _by_name(codes_to_write())


def codes_to_write() -> set[str]:
    """Give the codes of `topics_to_write`."""
    return _codes_out() | set(TopicNaming.objects.values_list("code", flat=True))


def topics_typed(typed: str, codes: Collection[str]) -> tuple[str, ...] | None:
    """Read topics by name or code, parted by commas; codes by spaces too. None: one is neither.

    `codes`: whose names are read. A code that is none of them is given as it was typed.
    """
    found: list[str] = []
    names = named_by(codes)
    for part in APART.split(typed):
        named = names.get(key(part))
        found += [named] if named else latin_digits(part).lower().split()
    if not all(CODE.fullmatch(one) for one in found):
        return None
    return tuple(dict.fromkeys(found))


def named_by(codes: Collection[str]) -> dict[str, str]:
    """Give the topics by each of their names, as it is searched."""
    return {
        key(name): code
        for language in LANGUAGES
        for code, name in topic_names(codes, language).items()
    }


def _codes_out() -> set[str]:
    ours = ReleaseTopic.objects.filter(version__release__source="")
    return {*FROM_THE_FIRST, *ours.values_list("code", flat=True)}


def _by_name(codes: Collection[str]) -> list[tuple[str, str]]:
    return sorted(topic_names(codes, spoken()).items(), key=lambda one: sort_key(one[1]))
