"""Modules of the browser as the rules see them: which template literals they hold, and no more."""

import re
from dataclasses import dataclass

# After these a slash begins a regular expression, not a division.
_BEFORE_REGEX = re.compile(r"(?:^|[(,=:\[!&|?{};+>]|\breturn)\s*$")
_REGEX = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_STRING = re.compile(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"", re.DOTALL)
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_PLAIN = re.compile(r"[^'\"`/{}]+")


@dataclass(frozen=True)
class Template:
    """A template literal: its text with marks for the slots, and what fills them.

    In a slot's expression nested templates are left out; they are templates of their own.
    """

    line: int
    text: str
    slots: list[str]
    is_html: bool


def templates_in(text: str) -> list[Template]:
    """Every template literal of a module, nested ones included."""
    reader = _Reader(text)
    reader.code()
    return reader.found


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.at, self.found = text, 0, list[Template]()

    def code(self) -> str:
        """Read up to the closing brace of this block, or to the end."""
        kept: list[str] = []
        depth = 0
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "}" and depth == 0:
                break
            depth += (sign == "{") - (sign == "}")
            kept.append(self._step(sign, kept))
        return "".join(kept)

    def _step(self, sign: str, kept: list[str]) -> str:
        before = "".join(kept[-3:])
        if sign == "`":
            self._template(is_html=before.endswith("html"))
            return ""
        if sign == "/" and (comment := _COMMENT.match(self.text, self.at)):
            self.at = comment.end()
            return ""
        whole = _PLAIN.match(self.text, self.at) or _STRING.match(self.text, self.at)
        if sign == "/" and _BEFORE_REGEX.search(before):
            whole = _REGEX.match(self.text, self.at)
        self.at = whole.end() if whole else self.at + 1
        return whole[0] if whole else sign

    def _template(self, *, is_html: bool) -> None:
        line = self.text.count("\n", 0, self.at) + 1
        static: list[str] = []
        slots: list[str] = []
        self.at += 1
        while self.at < len(self.text) and self.text[self.at] != "`":
            if self.text.startswith("${", self.at):
                static.append(self._slot(slots))
                continue
            width = 2 if self.text[self.at] == "\\" else 1
            static.append(self.text[self.at : self.at + width])
            self.at += width
        self.at += 1
        self.found.append(Template(line, "".join(static), slots, is_html))

    def _slot(self, slots: list[str]) -> str:
        began = self.at
        self.at += 2
        expression = self.code()
        self.at += 1
        slots.append(expression)
        lines = "\n" * self.text.count("\n", began, self.at)
        return f"\ue000{len(slots) - 1}{lines}\ue001"
