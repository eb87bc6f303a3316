"""The parts of docs/ that are made from the code: commands, events, refusals, routes.

`python -m tests.house.reference` writes them between their marks; test_docs.py compares. What
follows from a command is read out of the decide functions themselves, so a page can not go stale.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.inspect import (
    BoolType,
    EnumType,
    Field,
    FloatType,
    IntType,
    Metadata,
    StrType,
    StructType,
    Type,
    UnionType,
    VarTupleType,
    type_info,
)

from pasokh.account.catalogue import BOUNDS, DEFINITIONS
from pasokh.account.class_values import value_of
from pasokh.account.decide import DECIDE as ACCOUNT
from pasokh.account.definitions import CallClass
from pasokh.account.expressions import Expression, Only
from pasokh.account.published_shares import SHARES
from pasokh.account.published_times import IN_TIME
from pasokh.adapters.api.scopes import SCOPES, command_name
from pasokh.adapters.api.sentences import KINDS as PROBLEMS
from pasokh.adapters.page.kept import kept_line
from pasokh.answer.decide import DECIDE as ANSWER
from pasokh.control_room import decide as joined
from pasokh.control_room.codec import KINDS
from pasokh.control_room.policies import POLICIES
from pasokh.control_room.retention import RETENTION
from pasokh.control_room.retention_places import OUTSIDE, PLACES
from pasokh.core.machine import Command, Event
from pasokh.core.people import Role
from pasokh.core.refusal import Reason
from pasokh.dispatch.decide import DECIDE as DISPATCH
from pasokh.press.decide import DECIDE as PRESS
from pasokh.reference.decide import DECIDE as REFERENCE
from pasokh.staff.decide import DECIDE as STAFF
from pasokh.words.digits import digits
from pasokh.words.say import CATALOGUES, say
from tests.house.tree import ROOT

FLOORS = {
    "reference": REFERENCE,
    "staff": STAFF,
    "answer": ANSWER,
    "dispatch": DISPATCH,
    "account": ACCOUNT,
    "press": PRESS,
}
MARK = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
# `decide` is not asked for these: they hold for every command.
EVERYWHERE = {Reason.AT_IN_FUTURE, Reason.CARRIES_NO_WORDS}

SAID: dict[str, dict[str, str]] = {
    "en": {
        "reference": "Reference floor",
        "staff": "Staff floor",
        "answer": "Answer floor",
        "dispatch": "Dispatch floor",
        "account": "Account floor",
        "press": "Press floor",
        "fields": "| field | what it takes | without it |\n|---|---|---|",
        "needed": "needed",
        "scope": "Scope",
        "person": "a person only, no machine",
        "words": "may carry words, which are sealed",
        "follows": "Follows",
        "policy": "then, by policy",
        "refused": "Refused",
        "nothing": "nothing of its own",
        "id": "an id",
        "text": "text",
        "whole": "whole number",
        "number": "number",
        "flag": "`true` or `false`",
        "list": "a list of",
        "least": "at least",
        "to": "to",
        "letters": "characters",
        "reasons": "| reason | the sentence | given by |\n|---|---|---|",
        "every": "every command",
        "none": "no command yet",
        "roles": "| role | English | Persian |\n|---|---|---|",
        "events": "| kind | version | what it says | fields |\n|---|---|---|---|",
        "classes": "| class | name | rule |\n|---|---|---|",
        "routes": "| method and path | scope |\n|---|---|",
        "anybody": "anybody",
        "problems": "| type | status | what it says | how to mend it |\n|---|---|---|---|",
        "retention": "| class | what | kept | counted from | ended by | then | ground |\n"
        "|---|---|---|---|---|---|---|",
        "unpublished": "| definition | what it counts | in the open rows |\n|---|---|---|",
        "untold": "nothing",
        "bounded": "how long at most, by the ends of bins",
        "places": "| where | class |\n|---|---|",
    },
    "fa": {
        "reference": "طبقهٔ فهرست‌ها",
        "staff": "طبقهٔ کارکنان",
        "answer": "طبقهٔ پاسخ",
        "dispatch": "طبقهٔ اعزام",
        "account": "طبقهٔ آمار",
        "press": "طبقهٔ خبر",
        "fields": "| نام | چه می‌پذیرد | اگر نیاید |\n|---|---|---|",
        "needed": "لازم است",
        "scope": "دامنه",
        "person": "فقط انسان، نه ماشین",
        "words": "می‌تواند نوشته همراه بیاورد؛ نوشته مهر می‌شود",
        "follows": "حاصل",
        "policy": "سپس خودکار",
        "refused": "رد",
        "nothing": "رد ویژه‌ای ندارد",
        "id": "شناسه",
        "text": "متن",
        "whole": "عدد صحیح",
        "number": "عدد",
        "flag": "`true` یا `false`",
        "list": "فهرستی از",
        "least": "دست‌کم",
        "to": "تا",
        "letters": "نویسه",
        "reasons": "| نشانهٔ دلیل | جمله | در پاسخ به |\n|---|---|---|",
        "every": "هر دستور",
        "none": "هنوز هیچ دستور",
        "roles": "| نقش | انگلیسی | فارسی |\n|---|---|---|",
        "events": "| نوع | نسخه | چه می‌گوید | بخش‌ها |\n|---|---|---|---|",
        "classes": "| نشانه | نام | قاعده |\n|---|---|---|",
        "routes": "| روش و راه | دامنه |\n|---|---|",
        "anybody": "همه",
        "problems": "| نوع | کد | چه می‌گوید | چاره |\n|---|---|---|---|",
        "retention": "| رده | چه | نگهداری | از | پایان به دست | سپس | پایه |\n"
        "|---|---|---|---|---|---|---|",
        "unpublished": "| تعریف | چه می‌شمارد | در سطرهای باز |\n|---|---|---|",
        "untold": "هیچ",
        "bounded": "حداکثر زمان، با مرز بازه‌ها",
        "places": "| کجا | رده |\n|---|---|",
    },
}


class Outcome:
    """What a decide function names: events that may follow, reasons for which it may refuse."""

    def __init__(self, *functions: Callable[..., Any]) -> None:
        self.events: dict[str, None] = {}
        self.reasons: dict[Reason, None] = {}
        self.commands: dict[str, None] = {}
        self._seen: set[str] = set()
        for function in functions:
            self._follow(function)

    def _follow(self, function: Callable[..., Any]) -> None:
        name = f"{function.__module__}.{function.__name__}"
        if name in self._seen:
            return
        self._seen.add(name)
        for node in ast.walk(ast.parse(inspect.getsource(function))):
            self._take(_value(node, function.__globals__))

    def _take(self, value: object) -> None:
        if isinstance(value, Reason):
            self.reasons[value] = None
        elif inspect.isfunction(value) and value.__name__.startswith("_"):
            self._follow(value)
        elif inspect.isclass(value) and issubclass(value, Event) and value is not Event:
            self.events[value.__name__] = None
        elif inspect.isclass(value) and issubclass(value, Command) and value is not Command:
            self.commands[value.__name__] = None


def outcome_of(kind: type[Command]) -> Outcome:
    """What the floor's function and the control room's guard say about a command."""
    table = next(table for table in FLOORS.values() if kind in table)
    guard = joined._GUARDS.get(kind)
    return Outcome(*([table[kind]] if guard is None else [guard, table[kind]]))


def commands_page(language: str, sentences: dict[str, str]) -> str:
    """Every command by floor; `sentences` says in the page's language what each one is."""
    said = SAID[language]
    parts = []
    for floor, table in FLOORS.items():
        parts.append(f"## {said[floor]}")
        parts += [_command(language, kind, sentences.get(kind.__name__, "")) for kind in table]
    return "\n\n".join(parts)


def events_table(language: str) -> str:
    rows = [SAID[language]["events"]]
    for name, kind in KINDS.items():
        fields = ", ".join(f"`{field}`" for field in kind.__struct_fields__)
        says = _first_line(kind) if language == "en" else _sentence(language, f"event.{name}")
        rows.append(f"| `{name}` | {kind.version} | {says} | {fields} |")
    return "\n".join(rows)


def reasons_table(language: str) -> str:
    said = SAID[language]
    givers: dict[Reason, list[str]] = {reason: [] for reason in Reason}
    for table in FLOORS.values():
        for kind in table:
            for reason in outcome_of(kind).reasons:
                givers[reason].append(f"`{kind.__name__}`")
    rows = [said["reasons"]]
    for reason in Reason:
        given = said["every"] if reason in EVERYWHERE else ", ".join(givers[reason])
        sentence = _sentence(language, f"refusal.{reason.value}")
        rows.append(f"| `{reason.value}` | {sentence} | {given or said['none']} |")
    return "\n".join(rows)


def roles_table(language: str) -> str:
    rows = [SAID[language]["roles"]]
    for role in Role:
        english, persian = (_sentence(name, f"role.{role.value}") for name in ("en", "fa"))
        rows.append(f"| `{role.value}` | {english} | {persian} |")
    return "\n".join(rows)


def classes_table(language: str) -> str:
    rows = [SAID[language]["classes"]]
    for name in CallClass:
        called, rule = (_sentence(language, f"{family}.{name}") for family in ("class", "rule"))
        rows.append(f"| {name.value} | {called} | {rule} |")
    return "\n".join(rows)


def routes_table(language: str) -> str:
    rows = [SAID[language]["routes"]]
    for (method, path), scope in SCOPES.items():
        rows.append(
            f"| `{method} {path}` | {scope.value if scope else SAID[language]['anybody']} |"
        )
    return "\n".join(rows)


def problems_table(language: str) -> str:
    rows = [SAID[language]["problems"]]
    for name, kind in PROBLEMS.items():
        rows.append(
            f"| `{name}` | {kind.status} | {kind.title[language]} | {kind.mend[language]} |"
        )
    return "\n".join(rows)


def retention_table(language: str) -> str:
    said = SAID[language]
    rows = [said["retention"]]
    for row in RETENTION.values():
        cells = kept_line(language, row)
        rows.append(f"| `{cells[0]}` | {' | '.join(cells[1:])} |")
    return "\n".join(rows)


def unpublished_table(language: str) -> str:
    """Definitions that nobody outside can make again from what is published of a day."""
    said = SAID[language]
    bounds = {bound.of: bound.name for bound in BOUNDS}
    rows = [said["unpublished"]]
    for one in DEFINITIONS:
        shown = one.name == IN_TIME or one in SHARES or _told_by_classes(one.expression)
        if not shown:
            bound = bounds.get(one.name)
            told = f"{said['bounded']}: `{bound}`" if bound else said["untold"]
            name = _sentence(language, f"definition.{one.definition_id}.name")
            rows.append(f"| `{one.name}` | {name} | {told} |")
    return "\n".join(rows)


def _told_by_classes(expression: Expression) -> bool:
    def words(only: tuple[Only, ...]) -> tuple[str, ...] | None:
        return () if [one.column for one in only] == ["call_class"] else None

    return value_of(expression, words, lambda _: 0) is not None


def places_table(language: str) -> str:
    rows = [SAID[language]["places"]]
    rows += [f"| `{place.pattern}` | `{place.kind}` |" for place in PLACES]
    for place, kind in OUTSIDE.items():
        rows.append(f"| {say(language, f'retention.lies.{place}')} | `{kind}` |")
    return "\n".join(rows)


MADE: dict[str, Callable[[str], str]] = {
    "events": events_table,
    "reasons": reasons_table,
    "roles": roles_table,
    "classes": classes_table,
    "routes": routes_table,
    "problems": problems_table,
    "retention": retention_table,
    "unpublished": unpublished_table,
    "places": places_table,
}


def filled(language: str, text: str) -> str:
    """Give a page with its made parts as the code has them now."""
    return MARK.sub(lambda mark: f"{mark[1]}{_made(language, mark[2], mark[0])}\n{mark[3]}", text)


def pages() -> Iterator[tuple[str, Path]]:
    """Every page with its language."""
    for path in sorted((ROOT / "docs").rglob("*.md")):
        yield ("fa" if path.relative_to(ROOT / "docs").parts[0] == "fa" else "en"), path


def said_on(page: str) -> dict[str, str]:
    """The sentence under each command's heading, which in Persian is written by hand."""
    return dict(re.findall(r"^### (\w+)\n\n(.+)$", page, re.MULTILINE))


def _made(language: str, name: str, before: str) -> str:
    if name != "commands":
        return MADE[name](language)
    if language == "en":
        sentences = {
            kind.__name__: inspect.getdoc(kind).replace("\n\n", " ").replace("\n", " ")
            for table in FLOORS.values()
            for kind in table
        }
        return commands_page(language, sentences)
    return commands_page(language, said_on(before))


def _command(language: str, kind: type[Command], sentence: str) -> str:
    said = SAID[language]
    outcome = outcome_of(kind)
    scope = SCOPES["POST", f"/commands/{command_name(kind)}"]
    notes = [f"{said['scope']}: `{scope.value if scope else ''}`"]
    if Reason.NEEDS_PERSON in outcome.reasons:
        notes.append(said["person"])
    if kind.may_carry_words:
        notes.append(said["words"])
    semicolon = "؛ " if language == "fa" else "; "
    lines = [f"### {kind.__name__}", "", sentence, "", said["fields"]]
    lines += [_field(language, field) for field in type_info(kind).fields]
    lines += ["", f"- {semicolon.join(notes)}"]
    lines.append(
        f"- {said['follows']}: {_ticked(language, outcome.events)}{_policy(language, outcome)}"
    )
    reasons = _ticked(language, (reason.value for reason in outcome.reasons))
    lines.append(f"- {said['refused']}: {reasons or said['nothing']}")
    return "\n".join(lines)


def _policy(language: str, outcome: Outcome) -> str:
    asked = [
        name
        for event, policy in POLICIES.items()
        if event.__name__ in outcome.events
        for name in Outcome(policy).commands
    ]
    if not asked:
        return ""
    comma = "؛ " if language == "fa" else "; "
    return f"{comma}{SAID[language]['policy']}: {_ticked(language, asked)}"


def _field(language: str, field: Field) -> str:
    missing = SAID[language]["needed"] if field.required else f"`{_default(field)}`"
    return f"| `{field.name}` | {_type(language, field.type)} | {missing} |"


def _default(field: Field) -> str:
    value = field.default
    if value is msgspec.NODEFAULT:
        value = field.default_factory()
    return msgspec.json.encode(value).decode()


def _type(language: str, kind: Type) -> str:
    if isinstance(kind, Metadata):
        return _type(language, kind.type)
    return _TYPES.get(type(kind), lambda _language, _kind: "`null`")(language, kind)


def _shape(_language: str, kind: StructType) -> str:
    """A Struct inside a command: by its fields, its tag first."""
    fields = [field.encode_name for field in kind.fields]
    named = ", ".join(f"`{name}`" for name in fields)
    return f"{{`{kind.tag_field}`: `{kind.tag}`, {named}}}" if kind.tag_field else f"{{{named}}}"


def _choice(_language: str, kind: EnumType) -> str:
    return ", ".join(f"`{member.value}`" for member in kind.cls)


def _either(language: str, kind: UnionType) -> str:
    joiner = " یا " if language == "fa" else " or "
    return joiner.join(_type(language, part) for part in kind.types)


def _list(language: str, kind: VarTupleType) -> str:
    said = SAID[language]
    least = digits(language, f" ({said['least']} {kind.min_length})") if kind.min_length else ""
    return f"{said['list']} {_type(language, kind.item_type)}{least}"


def _text(language: str, kind: StrType) -> str:
    said = SAID[language]
    if kind.pattern:
        return said["id"]
    return said["text"] + _bounds(language, kind.min_length or 0, kind.max_length, said["letters"])


def _whole(language: str, kind: IntType) -> str:
    return SAID[language]["whole"] + _bounds(language, kind.ge, kind.le, "")


_TYPES: dict[type[Type], Callable[[str, Any], str]] = {
    EnumType: _choice,
    StructType: _shape,
    UnionType: _either,
    VarTupleType: _list,
    StrType: _text,
    IntType: _whole,
    FloatType: lambda language, _kind: SAID[language]["number"],
    BoolType: lambda language, _kind: SAID[language]["flag"],
}


def _bounds(language: str, low: int | None, high: int | None, of: str) -> str:
    if high is None:
        return ""
    return digits(language, f" ({low} {SAID[language]['to']} {high} {of}".rstrip() + ")")


def _ticked(language: str, names: Any) -> str:
    return ("، " if language == "fa" else ", ").join(f"`{name}`" for name in names)


def _value(node: ast.AST, names: dict[str, Any]) -> object:
    """What a name, or a name with one dot, stands for in a module."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return getattr(names.get(node.value.id), node.attr, None)
    return names.get(node.id) if isinstance(node, ast.Name) else None


def _sentence(language: str, message_id: str) -> str:
    return CATALOGUES[language][message_id].replace("|", "\\|")


def _first_line(kind: type[Event]) -> str:
    return (inspect.getdoc(kind) or "").split("\n")[0]


if __name__ == "__main__":
    for page_language, page_path in pages():
        page_path.write_text(filled(page_language, page_path.read_text("utf-8")), "utf-8")
