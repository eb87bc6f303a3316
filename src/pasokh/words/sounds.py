"""Persian names by ear and in Latin letters: for finding a name, never for printing it."""

from pasokh.words.spelling import key

# Letters that sound alike in Persian and are confused in haste or by ear.
_SOUNDS = str.maketrans("ثصذضظطحغعئؤء", "سسزززتهقااوا")
_LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_IN_LATIN = "a b p t s j ch h kh d z r z zh s sh s z t z a gh f gh k g l m n u h i"
_LATIN = dict(zip(_LETTERS, _IN_LATIN.split(), strict=True))


def sound(form: str) -> str:
    """Give a search key as it is heard: one letter for all that sound alike."""
    return form.translate(_SOUNDS)


def latin_of(name: str) -> str:
    """Write a Persian name in Latin letters, one for one: to be read and found."""
    letters = (_LATIN.get(letter, letter) for letter in key(name))
    return "".join(letter for letter in letters if letter.isascii()).strip().title()
