"""Our gettext files, read: an id and a sentence each, which may go over several lines.

Every process begins with all of them, so they are read by this and not by a library that knows
the whole format: it took a third of a second each time. What is not of the few forms that our
files have is refused, never passed over.
"""

import re

_FORM = re.compile(r'(?:(msgid|msgstr) )?"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


class GettextWrong(ValueError):
    """A line is not of a form that our catalogues have; it says which."""


def read_gettext(text: str) -> dict[str, str]:
    """Give the sentence of each id; the head of the file, whose id is empty, is left out.

    GettextWrong for a form that our files do not have: a plural, a context, a doubled id.
    """
    said: dict[str, str] = {}
    at, into = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        found = _FORM.fullmatch(line)
        if found is None:
            raise GettextWrong(f"line {number}: {line}")
        into, part = found[1] or into, _plain(found[2], number)
        if found[1] == "msgid":
            at = part
        elif into == "msgid":
            at += part
        elif found[1] is None:
            said[at] += part
        elif at in said:
            raise GettextWrong(f"line {number}: {at} is said a second time")
        else:
            said[at] = part
    said.pop("", None)
    return said


def _plain(quoted: str, number: int) -> str:
    if "\\" not in quoted:
        return quoted
    try:
        return _ESCAPED.sub(lambda found: _MEANT[found[1]], quoted)
    except KeyError as fault:
        raise GettextWrong(f"line {number}: \\{fault.args[0]}") from None
