"""The line: what the newsroom refuses to be, held against its imports, settings, rows and deeds.

The page that states it is docs/reference/newsroom-line.md.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from inspect import getsource, signature

import pytest
from django.apps import apps
from msgspec.structs import fields

from pasokh.newsroom.mail import deeds as mail
from pasokh.newsroom.newsroom_settings import NewsroomFile, NewsroomSettings
from pasokh.newsroom.rooms import ROOMS
from tests.house.tree import Source, read_checkout

HOME = "pasokh.newsroom"
# Whatever reaches an address outside this machine goes through one of these.
REACHING = frozenset(
    "httpx requests aiohttp httpcore urllib3 urllib.request http.client socket ssl smtplib ftplib "
    "imaplib poplib xmlrpc asyncio websockets uvicorn telnetlib selenium playwright subprocess "
    "django.core.mail".split()
)
# module -> what it may reach with: the mail server of the settings, and addresses that others
# registered with us (subscribers; feeds of outlets that agreed).
MAY_REACH = {
    f"{HOME}.mail.deeds": {"smtplib", "ssl"},
    f"{HOME}.outside": {"httpx", "socket"},
}
MAY_ASK_OUTSIDE = {"syndication", "coverage", "outlets"}
# What makes the links by which a reader passes an address on, with the reader's own program.
SHARING = {f"{HOME}.site.release_page"}
# Names of places where people have accounts; nothing of ours may hold one of those.
PLATFORMS = re.compile(
    r"telegram|twitter|tweet|instagram|facebook|whatsapp|mastodon|bluesky|youtube|linkedin|eitaa|"
    r"rubika|soroush|bale\b|platform|social|(?<![a-z])bot_|_bot(?![a-z])|api_key|access_token|oauth",
    re.IGNORECASE,
)
# What would make a person's file, or a scale on which outlets stand.
OF_PERSONS = frozenset(
    "byline reporter journalist columnist writer tone mood sentiment stance loyalty loyal "
    "friendly hostile score rank rating influence followers reliability blacklist whitelist "
    "favourite prediction risk psychology".split()
)
# room.Model.field -> why it is none of that
EXCUSED: dict[str, str] = {}
OF_OURS = re.compile(r"^(drafts|site|trust)\.")  # where an author is one of the staff


def sources() -> list[Source]:
    found = [
        source
        for source in read_checkout()
        if source.path.startswith("src/pasokh/newsroom/") and source.is_python
    ]
    assert len(found) > 20
    return found


def imported(source: Source) -> set[str]:
    """Every module that a file names, and every name that it takes out of one."""
    names: set[str] = set()
    for node in source.nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def reaches(source: Source) -> set[str]:
    return {
        library
        for library in REACHING
        for name in imported(source)
        if name == library or name.startswith(f"{library}.")
    }


@pytest.mark.slow
def test_the_newsroom_speaks_to_its_mail_server_and_to_whoever_registered_and_to_nobody_else() -> (
    None
):
    found = {source.module: reaches(source) for source in sources()}
    reaching = {module: names for module, names in found.items() if names}
    assert f"{HOME}.mail.deeds" in reaching, "the search finds what is there"
    for module, names in reaching.items():
        assert names <= MAY_REACH.get(module, set()), module
    askers = {
        source.module.split(".")[2] for source in sources() if f"{HOME}.outside" in imported(source)
    }
    assert askers <= MAY_ASK_OUTSIDE


def test_no_setting_is_an_account_at_another_place() -> None:
    names = [field.name for kind in (NewsroomFile, NewsroomSettings) for field in fields(kind)]
    assert "mail_from" in names
    assert [name for name in names if PLATFORMS.search(name)] == []


@pytest.mark.slow
def test_no_file_of_the_newsroom_names_a_platform_that_it_could_write_to() -> None:
    """A reader may pass an address on by a link of theirs; only a template may hold such a link."""
    found = {source.module for source in sources() if PLATFORMS.search(source.text)}
    assert found <= SHARING


@pytest.mark.slow
def test_a_letter_has_one_sender_and_no_deed_chooses_another() -> None:
    assert list(signature(mail.send).parameters) == ["to", "subject", "body", "key", "qr"]
    written = {source.module: source.text.count('"From"') for source in sources()}
    writing = {module: count for module, count in written.items() if count}
    assert writing == {mail.__name__: 1}, "one place writes who it is from"
    assert "settings.PASOKH_NEWSROOM.file.mail_from" in getsource(mail)


def _columns() -> Iterator[str]:
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            for column in model._meta.get_fields():
                yield f"{room}.{model.__name__}.{column.name}"


def test_no_row_is_a_persons_file_or_a_scale_of_outlets() -> None:
    columns = list(_columns())
    assert len(columns) > 50
    wrong = [
        name
        for name in columns
        if OF_PERSONS & set(name.rpartition(".")[2].split("_")) and name not in EXCUSED
    ]
    assert wrong == []
    authors = [name for name in columns if "author" in name.rpartition(".")[2].split("_")]
    assert [name for name in authors if not OF_OURS.match(name)] == [], "an author of others"


# Deeds that stand under a person's name take that name as `by`.
Deed = tuple[str, str]


def _deeds(found: list[Source]) -> dict[Deed, ast.FunctionDef]:
    return {
        (source.module, node.name): node
        for source in found
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef)
    }


def _calls(source: Source, node: ast.AST) -> Iterator[Deed]:
    """Every function that is named in a piece of code, by the module from which it comes."""
    came = {
        alias.asname or alias.name: (f"{one.module}", alias.name)
        for one in source.tree.body
        if isinstance(one, ast.ImportFrom)
        for alias in one.names
    }
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            yield came.get(inner.id, (source.module, inner.id))
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
            whole = came.get(inner.value.id)
            if whole is not None:
                yield f"{whole[0]}.{whole[1]}", inner.attr


def by_themselves(found: list[Source]) -> set[Deed]:
    """Whatever the threads beside the pages may come to, however far down."""
    files: Mapping[str, Source] = {source.module: source for source in found}
    deeds = _deeds(found)
    waiting = [
        deed
        for module, source in files.items()
        if module.endswith(".beside")
        for deed in _calls(source, source.tree)
    ]
    reached: set[Deed] = set()
    while waiting:
        deed = waiting.pop()
        if deed in deeds and deed not in reached:
            reached.add(deed)
            waiting += _calls(files[deed[0]], deeds[deed])
    return reached


def _in_a_name(node: ast.FunctionDef) -> bool:
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return any(argument.arg in {"by", "person", "person_id"} for argument in every)


@pytest.mark.slow
def test_nothing_is_done_in_a_persons_name_by_itself() -> None:
    found = sources()
    deeds = _deeds(found)
    reached = by_themselves(found)
    assert (f"{HOME}.mail.deeds", "post_waiting") in reached, "the threads are found"
    assert sum(map(_in_a_name, deeds.values())) > 5, "and there are deeds in a name"
    assert sorted(deed for deed in reached if _in_a_name(deeds[deed])) == []


@pytest.mark.slow
@pytest.mark.parametrize("how", ["from {} import answer", "from {} import answer as told"])
def test_a_machine_that_answers_is_found(how: str) -> None:
    desk = f"{HOME}.questions.deeds"
    name = how.rsplit(maxsplit=1)[-1]
    text = f"{how.format(desk)}\ndef act():\n    {name}(1, by='p')\nDEEDS = ((1.0, act),)\n"
    found = [*sources(), Source("src/pasokh/newsroom/odd/beside.py", text)]
    assert (desk, "answer") in by_themselves(found)
