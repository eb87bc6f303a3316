"""The letters of Persian: what each variant is read as, and the order of the dictionary.

The order is that of the locale fa in Unicode's own tables, where و stands before ه and the
forms with a hamza follow ا.
"""

# The order of sorting: آ before ا, the hamza after it, then the other letters.
LETTERS = "آاءبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"

# Variants that stand beside a letter in the order; the text itself decides between them.
ORDERED_AS = str.maketrans(
    {"ٱ": "ا"}
    | dict.fromkeys("أٲإٳؤئ", "ء")
    | dict.fromkeys("كڪػؼ", "ک")
    | dict.fromkeys("ەہةۃۀھ", "ه")
    | dict.fromkeys("ىےيېۑۍێ", "ی")
)

# Variants that a search takes for the same letter, after Unicode's own decomposition.
SEARCHED_AS = (
    dict.fromkeys("ٱٲٳ", "ا")
    | dict.fromkeys("كڪ", "ک")
    | dict.fromkeys("ةەہۃھ", "ه")
    | dict.fromkeys("ىيے", "ی")
)

_PERSIAN_FIRST = ord("A")
_LATIN, _OTHER = "x", "z"


def _weights() -> dict[str, str]:
    """A letter -> ASCII that sorts as the letter does: Persian first, then Latin."""
    ascii_letters = [chr(code) for code in range(_PERSIAN_FIRST, _PERSIAN_FIRST + len(LETTERS))]
    latin = {letter: _LATIN + letter for letter in "abcdefghijklmnopqrstuvwxyz"}
    return dict(zip(LETTERS, ascii_letters, strict=True)) | latin


_WEIGHTS = _weights()


def weight(letter: str) -> str:
    """ASCII for one letter; letters of other scripts come last, in the order of their codes."""
    return _WEIGHTS.get(letter) or f"{_OTHER}{ord(letter):06x}"
