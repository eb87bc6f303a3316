"""The topics that there are, for whoever writes a release and whoever wants to hear of some.

Both choose from one list and read what is typed alike, so that one topic has one spelling.
"""

import re

from pasokh.newsroom.outlets.wanted import URGENT
from pasokh.newsroom.site.models import ReleaseTopic
from pasokh.newsroom.site.shown import topic_name
from pasokh.sites.languages import spoken
from pasokh.words.digits import latin_digits
from pasokh.words.say import LANGUAGES
from pasokh.words.spelling import key, sort_key

# What every newsroom has from its first day on.
_FROM_THE_FIRST = ("traffic", "weather", "prevention", "figures", "cyber", "drills", URGENT)
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_APART = re.compile("[,;\n\u060c\u061b]")


def known_topics() -> list[tuple[str, str]]:
    """List codes and names of the topics, by name in the language that is spoken.

    Those of our own releases that are out; what waits names no topic before its hour.
    """
    ours = ReleaseTopic.objects.filter(version__release__source="")
    codes = {*_FROM_THE_FIRST, *ours.values_list("code", flat=True)}
    named = [(code, topic_name(code, spoken())) for code in codes]
    return sorted(named, key=lambda one: sort_key(one[1]))


def topics_typed(typed: str) -> tuple[str, ...] | None:
    """Read topics by name or code, parted by commas; codes by spaces too. None: one is neither."""
    found: list[str] = []
    names = _by_name()
    for part in _APART.split(typed):
        named = names.get(key(part))
        found += [named] if named else latin_digits(part).lower().split()
    if not all(_CODE.fullmatch(one) for one in found):
        return None
    return tuple(dict.fromkeys(found))


def _by_name() -> dict[str, str]:
    codes = [code for code, _ in known_topics()]
    return {key(topic_name(code, one)): code for one in LANGUAGES for code in codes}
