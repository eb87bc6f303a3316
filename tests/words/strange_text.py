"""Text that tries a normaliser: letters of both scripts, every variant, marks and unseen signs."""

import gzip
import json
from random import Random

import pytest

from tests.house.tree import ROOT

# Newspaper and encyclopaedia text that stands beside the checkout where there is room for it.
CORPUS = ROOT.parent / "shared" / "data" / "text-fa"

LETTERS = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءأإؤئةيىكۀۂٱەہھڪ"
SIGNS = "\u200c\u200c \u200d\u200e\u200f\u202a\u202e\u2066\u2069\u00ad\u0640\ufeff\u00a0"
SPACES = "\t\n\r\u2028\x1f\x85"
MARKS = "\u064b\u064e\u0651\u0653\u0654\u0655\u0670\u0301\u0327\u0344"
DIGITS = "0189۰۱۸۹٠١٨٩%٪"
OTHERS = 'abzAZéßİςΣﻱﮎﷲﷺﹰﻻﳲ℀½m²①"".,،؛؟«»()/-_:…👩‍👧﴿ﬁǅम्'
ALPHABET = LETTERS * 3 + SIGNS + SPACES + MARKS + DIGITS * 2 + OTHERS


def strange_texts(count: int, seed: int = 110) -> list[str]:
    """The same texts each time."""
    chance = Random(seed)  # noqa: S311 - a seeded sample, nothing secret
    return ["".join(chance.choices(ALPHABET, k=chance.randint(0, 24))) for _ in range(count)]


def corpus_texts() -> list[str]:
    """Real Persian: articles and their questions. Skips, with the reason, where there is none."""
    path = CORPUS / "persianqa_test.jsonl.gz"
    if not path.is_file():
        pytest.skip("no ../shared/data/text-fa beside this checkout: real Persian is not tried")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [text for line in file for text in _texts(json.loads(line))]


def _texts(found: object) -> list[str]:
    if isinstance(found, str):
        return [found]
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else []
    return [text for value in inner for text in _texts(value)]
