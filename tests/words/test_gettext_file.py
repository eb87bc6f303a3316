"""Our catalogues are read as a library that knows the whole format reads them."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pasokh.words import say
from pasokh.words.gettext_file import GettextWrong, read_gettext

FOLDER = Path(say.__file__).parent / "catalogues"
HEAD = 'msgid ""\nmsgstr ""\n"Language: fa\\n"\n\n'


@pytest.mark.slow
@pytest.mark.parametrize("language", say.LANGUAGES)
def test_every_catalogue_says_what_babel_finds_in_it(language: str) -> None:
    found: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            found |= {str(one.id): str(one.string) for one in read_po(file, language) if one.id}
    assert say.CATALOGUES[language] == found


def test_a_sentence_may_go_over_lines_and_say_what_must_be_escaped() -> None:
    text = HEAD + '# why\nmsgid "a."\n"b"\nmsgstr ""\n"one\\n"\n"\\"two\\" \\\\ \\tthree"\n'
    assert read_gettext(text) == {"a.b": 'one\n"two" \\ \tthree'}


@pytest.mark.parametrize(
    "form",
    [
        'msgctxt "door"\nmsgid "a"\nmsgstr "b"\n',
        'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\n',
        'msgid "a"\nmsgstr "b"\nmsgid "a"\nmsgstr "c"\n',
        'msgid "a"\nmsgstr "b\n',
        'msgid "a"\nmsgstr "\\q"\n',
    ],
)
def test_what_our_files_do_not_have_is_refused(form: str) -> None:
    with pytest.raises(GettextWrong):
        read_gettext(HEAD + form)
