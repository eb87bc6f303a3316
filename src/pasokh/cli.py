"""The command `pasokh`: what a person types. Imports of a subcommand wait until it is called."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pasokh.cli_answering import add_answering
from pasokh.cli_archive import add_archive
from pasokh.cli_book import add_book, book_deed
from pasokh.cli_check import add_check
from pasokh.cli_definitions import add_definitions
from pasokh.cli_door import door_deed
from pasokh.cli_erase import add_erase
from pasokh.cli_exchange import add_i3
from pasokh.cli_logs import reading
from pasokh.cli_news import add_news
from pasokh.cli_newsroom_import import add_newsroom_import
from pasokh.cli_places import add_landlines, add_places
from pasokh.cli_protocols import add_protocols
from pasokh.cli_rows import add_rows
from pasokh.cli_settled import add_settled
from pasokh.cli_telephone import add_telephone

if TYPE_CHECKING:
    from typing import TypeAlias

    from pasokh.adapters.storage.log_reader import LogReader
    from pasokh.drivers.cases.form import Case
    from pasokh.settings import Settings

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001

# Exit codes: 0 done, 1 done and the answer is no, 2 could not be done as asked.
NO = 1
BAD_INPUT = 2

# An empty centre, until somebody says otherwise: Persian name, Tehran's offset.
CENTRE = "مرکز پاسخ"
TEHRAN = 210


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and give its exit code."""
    if not __debug__:
        print("pasokh keeps its assertions: start Python without -O", file=sys.stderr)
        return BAD_INPUT
    given = sys.argv[1:] if arguments is None else list(arguments)
    parsed = _parser().parse_args(given, argparse.Namespace(given=given))
    run: Callable[[argparse.Namespace], int] = parsed.run
    return run(parsed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pasokh", description="The open emergency call centre.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    _add_centre(commands)
    _add_tokens(commands)
    _add_log(commands)
    add_answering(commands)
    add_check(commands)
    add_places(commands)
    add_landlines(commands)
    add_protocols(commands)
    add_telephone(commands)
    add_archive(commands)
    add_definitions(commands)
    add_settled(commands)
    add_erase(commands)
    add_news(commands)
    add_newsroom_import(commands)
    add_rows(commands)

    cases = commands.add_parser("cases", help="run judged cases on the machine")
    cases.add_argument("file", type=Path, help="a file of cases (JSON)")
    cases.set_defaults(run=_cases)

    replay = commands.add_parser("replay", help="turn the machine by another centre's log")
    replay.add_argument("file", type=Path, help="the foreign log (CSV or JSON, .gz too)")
    replay.add_argument("--mapping", required=True, help="a shipped mapping's name, or a TOML file")
    replay.add_argument("--json", action="store_true", help="print the report as JSON")
    replay.add_argument("--out", type=Path, help="an empty folder to keep log and report in")
    replay.set_defaults(run=_replay)
    return parser


def _add_centre(commands: "Commands") -> None:
    run = commands.add_parser("run", help="keep a centre running: the demo, or an empty one")
    serve = commands.add_parser("serve", help="serve a centre in this process, once")
    office = commands.add_parser("office", help="serve a centre's office: people and desks' pages")
    invite = commands.add_parser("invite", help="make a link that lets a person in")
    invite.add_argument("person_id", help="what the log calls the person")
    invite.add_argument("--role", required=True, help="the role, if the person is new")
    invite.add_argument("--person-name", default="", help="the name, if the person is new")
    manage = commands.add_parser("manage", help="run a command of Django on a centre's office")
    manage.add_argument("django", nargs="+", help="for example: check --deploy, after a --")
    door = commands.add_parser("door", help="serve a centre's public doors")
    newsroom = commands.add_parser("newsroom", help="serve a centre's newsroom to everybody")
    book = commands.add_parser("book", help="write the transparency book of a year")
    add_book(book)
    publishing = commands.add_parser("publishing", help="publish what is due, hour by hour")
    deeds = (run, _run), (serve, _serve), (office, _office), (invite, _invite), (manage, _manage)
    public = (publishing, _publishing), (door, door_deed(_settings)), (newsroom, _newsroom)
    for parser, deed in (*deeds, *public, (book, book_deed(_settings))):
        parser.add_argument("--empty", action="store_true", help="no invented province")
        parser.add_argument(
            "--data", type=Path, help="its folder (default: data/demo, data/centre)"
        )
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8110, help="port to listen on")
        parser.add_argument(
            "--behind",
            action="append",
            default=[],
            metavar="ADDRESS",
            help="a proxy in front, believed about who asks; may be repeated",
        )
        parser.add_argument("--name", default=CENTRE, help="what an empty centre is called")
        parser.add_argument("--utc-offset", type=int, default=TEHRAN, help="its offset in minutes")
        parser.add_argument("--scenario", type=Path, help="a drill's file")
        parser.add_argument(
            "--pace", type=int, default=1, help="how fast the drill goes: 0 1 10 60"
        )
        parser.add_argument("--language", default="fa", help="fa or en")
        parser.set_defaults(run=deed)


def _add_tokens(commands: "Commands") -> None:
    token = commands.add_parser("token", help="let machines in, by scope")
    deeds = token.add_subparsers(required=True, metavar="DEED")
    add = deeds.add_parser("add", help="make a token; it is printed once")
    add.add_argument("name", help="what the log calls its holder")
    add.add_argument("--role", required=True, help="the role its deeds are done in")
    add.add_argument("--scope", required=True, action="append", help="what it is good for")
    add.add_argument("--days", type=int, help="days until it ends")
    listing = deeds.add_parser("list", help="say which there are")
    revoke = deeds.add_parser("revoke", help="end a token now")
    revoke.add_argument("name")
    for parser, deed in ((add, _token_add), (listing, _token_list), (revoke, _token_revoke)):
        parser.add_argument(
            "--data", type=Path, default=Path("data/centre"), help="the data folder"
        )
        parser.set_defaults(run=deed)


def _add_log(commands: "Commands") -> None:
    log = commands.add_parser("log", help="check a log or say where it ends")
    log_commands = log.add_subparsers(required=True, metavar="DEED")
    verify = log_commands.add_parser("verify", help="check that it is dense, ordered and chained")
    verify.add_argument("log", type=Path, help="the log's file")
    verify.add_argument("--heads", type=Path, help="heads written down earlier, one a line")
    verify.set_defaults(run=_log_verify)
    head = log_commands.add_parser("head", help="print the head, to be written down elsewhere")
    head.add_argument("log", type=Path, help="the log's file")
    head.set_defaults(run=_log_head)
    add_i3(log_commands, reading)

    figure = commands.add_parser("figure", help="print a day's figures, or make one again")
    figure.add_argument("log", type=Path, help="the log's file")
    wanted = figure.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--day", help="a civil day, as 2026-11-03")
    wanted.add_argument("--check", metavar="ID", help="recompute this figure, compare the bytes")
    figure.set_defaults(run=_figure)


def _run(arguments: argparse.Namespace) -> int:
    from pasokh.drivers.supervisor import supervise
    from pasokh.settings import NEWSROOM_FILE, SettingsRefused, has_newsroom
    from pasokh.settings_publishing import told_of_publishing

    say = partial(print, file=sys.stderr, flush=True)
    pasokh = [sys.executable, "-m", "pasokh.cli"]
    serve, office, door, newsroom, publishing = (
        [*pasokh, deed, *arguments.given[1:]]
        for deed in ("serve", "office", "door", "newsroom", "publishing")
    )
    beside = {"the office": office, "the doors": door}
    if has_newsroom(_settings(arguments)):
        beside["the newsroom"] = newsroom
    else:
        say(f"pasokh: no newsroom is open: there is no {NEWSROOM_FILE} in the data folder")
    try:
        told = told_of_publishing(_settings(arguments))
        if told.on:
            beside["the publishing"] = publishing
        say(f"pasokh: {told.words}")
    except SettingsRefused as refusal:
        say(f"pasokh: nothing is published: {refusal}")
    return supervise(serve, say, beside)


def _publishing(arguments: argparse.Namespace) -> int:
    from threading import Thread

    from pasokh.drivers.live_clock import WallClock
    from pasokh.wiring_past import show_past
    from pasokh.wiring_publishing import serve

    settings = _settings(arguments)
    if settings.drill:
        # Beside what it publishes of itself, and gone with this process.
        Thread(target=show_past, args=(settings, WallClock().now()), daemon=True).start()
    return serve(settings)


def _serve(arguments: argparse.Namespace) -> int:
    from pasokh.wiring import serve

    return serve(_settings(arguments))


def _office(arguments: argparse.Namespace) -> int:
    from pasokh.drivers.supervisor import EXIT_CANNOT_START
    from pasokh.wiring_office import address_of

    settings = _settings(arguments)
    if not _office_set_up(settings):
        return EXIT_CANNOT_START
    from pasokh.office.opening import serve

    serve(address_of(settings), partial(print, "pasokh:", file=sys.stderr, flush=True))
    return 0


def _newsroom(arguments: argparse.Namespace) -> int:
    from pasokh.drivers.supervisor import EXIT_CANNOT_START
    from pasokh.newsroom.newsroom_settings import NewsroomRefused
    from pasokh.settings import SettingsRefused
    from pasokh.wiring_newsroom import address_of, set_up

    settings = _settings(arguments)
    try:
        set_up(settings)
    except (NewsroomRefused, SettingsRefused) as refusal:
        print(f"pasokh: {refusal}", file=sys.stderr)
        return EXIT_CANNOT_START
    from pasokh.newsroom.opening import serve

    serve(address_of(settings), partial(print, "pasokh:", file=sys.stderr, flush=True))
    return 0


def _invite(arguments: argparse.Namespace) -> int:
    if not _office_set_up(_settings(arguments)):
        return BAD_INPUT
    from django.core.exceptions import ValidationError

    from pasokh.office.opening import invite_by_hand

    try:
        link = invite_by_hand(arguments.person_id, arguments.person_name, arguments.role)
    except (ValidationError, ValueError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    print(link)
    return 0


def _manage(arguments: argparse.Namespace) -> int:
    if not _office_set_up(_settings(arguments)):
        return BAD_INPUT
    from pasokh.office.opening import manage

    manage(arguments.django)
    return 0


def _office_set_up(settings: "Settings") -> bool:
    """Set Django up; its models can be imported only afterwards."""
    from pasokh.office.office_settings import OfficeRefused
    from pasokh.settings import SettingsRefused
    from pasokh.wiring_office import set_up

    try:
        set_up(settings)
    except (OfficeRefused, SettingsRefused) as refusal:
        print(f"pasokh: {refusal}", file=sys.stderr)
        return False
    return True


def _settings(arguments: argparse.Namespace) -> "Settings":
    from pasokh.settings import Settings

    return Settings(
        data=arguments.data or Path("data/centre" if arguments.empty else "data/demo"),
        host=arguments.host,
        port=arguments.port,
        drill=not arguments.empty,
        scenario=arguments.scenario,
        pace=arguments.pace,
        language=arguments.language,
        name=arguments.name,
        utc_offset_minutes=arguments.utc_offset,
        behind=tuple(arguments.behind),
    )


def _token_add(arguments: argparse.Namespace) -> int:
    from pasokh.adapters.api.scopes import Scope
    from pasokh.adapters.api.tokens import TokenRefused, add_token
    from pasokh.core.people import Role
    from pasokh.core.time import DAY
    from pasokh.drivers.live_clock import WallClock

    now = WallClock().now()
    try:
        token = add_token(
            arguments.data,
            name=arguments.name,
            role=Role(arguments.role),
            scopes=[Scope(scope) for scope in arguments.scope],
            now=now,
            expires_at=None if arguments.days is None else now + arguments.days * DAY,
        )
    except (TokenRefused, ValueError) as error:
        print(f"{error}; roles: {', '.join(Role)}; scopes: {', '.join(Scope)}", file=sys.stderr)
        return BAD_INPUT
    print(token)
    return 0


def _token_list(arguments: argparse.Namespace) -> int:
    from pasokh.adapters.api.tokens import list_tokens
    from pasokh.core.time import iso_instant

    for row in list_tokens(arguments.data):
        ends = "never" if row.expires_at is None else iso_instant(row.expires_at)
        print(f"{row.name}  {row.role}  {','.join(row.scopes)}  ends {ends}")
    return 0


def _token_revoke(arguments: argparse.Namespace) -> int:
    from pasokh.adapters.api.tokens import TokenRefused, revoke_token

    try:
        revoke_token(arguments.data, arguments.name)
    except TokenRefused as error:
        print(error, file=sys.stderr)
        return NO
    return 0


def _replay(arguments: argparse.Namespace) -> int:
    with ExitStack() as stack:
        out = arguments.out or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="pasokh-replay-"))
        )
        return _replay_into(arguments, out)


def _replay_into(arguments: argparse.Namespace, out: Path) -> int:
    from pasokh.adapters.foreign.mapping import MappingFault
    from pasokh.adapters.foreign.report_text import report_text
    from pasokh.adapters.foreign.source import open_foreign_log
    from pasokh.adapters.storage.schema import StorageRefused
    from pasokh.adapters.storage.sqlite_log import SqliteLog
    from pasokh.drivers.ports_replay import ForeignLogFault
    from pasokh.drivers.replay.replay import as_json, replay

    try:
        source = open_foreign_log(arguments.file, arguments.mapping)
        out.mkdir(parents=True, exist_ok=True)
        log = SqliteLog(out / "log.sqlite")
        report = as_json(replay(source, log, out))
        log.close()
    except (MappingFault, ForeignLogFault, StorageRefused, OSError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    print(report.decode() if arguments.json else report_text(json.loads(report)))
    return 0


def _cases(arguments: argparse.Namespace) -> int:
    from pasokh.drivers.cases.form import CaseFileError, read_cases

    try:
        cases = read_cases(arguments.file.read_bytes())
        return max([_judge(case) for case in cases], default=0)
    except (CaseFileError, OSError) as error:
        print(f"{arguments.file}: {error}", file=sys.stderr)
        return BAD_INPUT


def _judge(case: "Case") -> int:
    from pasokh.adapters.storage.sqlite_log import SqliteLog
    from pasokh.drivers.cases.judge import answer, differences, run

    with tempfile.TemporaryDirectory(prefix="pasokh-case-") as folder:
        log = SqliteLog(Path(folder) / "log.sqlite")
        refusals = run(case, log)
        given = answer(case, log.read())
        log.close()
    print(json.dumps(given, ensure_ascii=False))
    found = differences(case, given)
    for line in (*refusals, *found):
        print(line, file=sys.stderr)
    return NO if found else 0


def _log_verify(arguments: argparse.Namespace) -> int:
    from pasokh.adapters.storage.verify import verify_file

    verdict = verify_file(arguments.log, arguments.heads)
    if verdict.fault is not None:
        print(f"{arguments.log}: {verdict.fault}", file=sys.stderr)
        return NO
    print(
        f"{arguments.log}: {verdict.head.seq} entries, dense, ordered and chained; "
        f"{verdict.heads_met} noted heads met; ends in {verdict.head.chain}"
    )
    if not arguments.heads:
        print("Not proved without --heads: that nothing was cut off the end.")
    return 0


def _log_head(arguments: argparse.Namespace) -> int:
    def show(log: "LogReader") -> int:
        head = log.head()
        print(f"{head.seq} {head.known_at} {head.chain}")
        return 0

    return reading(arguments.log, show)


def _figure(arguments: argparse.Namespace) -> int:
    def by_day(log: "LogReader") -> int:
        return _print_figures(log, arguments.day)

    def by_id(log: "LogReader") -> int:
        return _check_figure(log, arguments.check)

    return reading(arguments.log, by_day if arguments.day else by_id)


def _print_figures(log: "LogReader", text: str) -> int:
    from pasokh.core.time import day_from_iso
    from pasokh.drivers.refigure import document, figures_of

    try:
        figures = figures_of(log.read(), day_from_iso(text))
    except ValueError:
        print(f"{text!r} is no day; write it as 2026-11-03", file=sys.stderr)
        return BAD_INPUT
    for figure in figures:
        print(document(figure).decode())
    if not figures:
        print(f"no figure of {text} is in the log", file=sys.stderr)
    return 0 if figures else NO


def _check_figure(log: "LogReader", figure_id: str) -> int:
    from pasokh.drivers.refigure import refigure

    again = refigure(log.read(), figure_id)
    if again is None:
        print(f"no figure {figure_id} is in the log", file=sys.stderr)
        return NO
    print(again.recomputed.decode())
    said = "the same bytes as published" if again.same else "NOT the bytes that were published"
    print(said, file=sys.stderr)
    return 0 if again.same else NO


if __name__ == "__main__":
    sys.exit(main())
