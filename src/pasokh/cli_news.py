"""The command `pasokh news`: approve, move and withdraw news releases by hand, with a token."""

import argparse
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TypeAlias

    from pasokh.control_room.views_news import NewsSheet
    from pasokh.core.machine import Command
    from pasokh.press.texts import NewsText

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001

NO = 1
BAD_INPUT = 2
_SECONDS = 5
_TEXT_BYTES_MAX = 256 * 1024


class NewsUnfit(Exception):
    """What was given cannot be used; the text says what, and how to mend it."""


def add_news(commands: "Commands") -> None:
    """Add the subcommand."""
    news = commands.add_parser("news", help="approve, move and withdraw news releases")
    deeds = news.add_subparsers(required=True, metavar="DEED")
    approve = deeds.add_parser("approve", help="let one version out, at once or at a time to come")
    approve.add_argument("news_id", help="its name, part of its address: 2026-11-29-road")
    approve.add_argument("text", type=Path, help="the text (TOML: [fa] and [en] with title, body)")
    approve.add_argument("--kind", required=True, help="statistics, service, statement, promotion")
    approve.add_argument("--author", required=True, help="the id of the person who wrote it")
    approve.add_argument("--reason", required=True, help="what the review found")
    approve.add_argument("--out", default="", help="when (2026-11-29T09:30:00+03:30); now without")
    approve.add_argument("--figure", action="append", default=[], help="a published figure's path")
    approve.add_argument("--mistake", help="of what it corrects: typo, fact, figure")
    approve.add_argument("--although", default="", help="why it may say numbers that do not add up")
    move = deeds.add_parser("move", help="let what is not out yet out at another time")
    move.add_argument("news_id")
    move.add_argument("--out", required=True, help="when (2026-11-29T09:30:00+03:30)")
    move.add_argument("--reason", required=True)
    withdraw = deeds.add_parser("withdraw", help="show a release no more; the reason is published")
    withdraw.add_argument("news_id")
    withdraw.add_argument("--reason", required=True)
    for parser, deed in ((approve, _approve), (move, _move), (withdraw, _withdraw)):
        parser.add_argument("--data", type=Path, default=Path("data/centre"), help="its folder")
        parser.add_argument("--url", default="http://127.0.0.1:8110", help="the control room")
        parser.add_argument(
            "--token", type=Path, required=True, help="a file with a token of scopes press, staff"
        )
        parser.add_argument("--language", choices=("fa", "en"), default="en", help="of answers")
        parser.set_defaults(run=_told(deed))


def _told(deed: Any) -> Any:
    def run(arguments: argparse.Namespace) -> int:
        from pasokh.settings import SettingsRefused

        try:
            done: int = deed(arguments)
        except (NewsUnfit, OSError, SettingsRefused) as fault:
            print(f"pasokh: {fault}", file=sys.stderr)
            return BAD_INPUT
        return done

    return run


def _approve(arguments: argparse.Namespace) -> int:
    from pasokh.adapters.archive.files import DiskFiles
    from pasokh.control_room.news_texts import write_text
    from pasokh.newsroom.drafts.laying import LaidText, lay_and_give, next_number
    from pasokh.press.commands import ApproveNews
    from pasokh.settings_publishing import NEWS_FOLDER

    text = _text_in(arguments.text)
    _find_figures(arguments)
    _no_bare_numbers(text, arguments.kind)
    if _contradicts(text, arguments) and not arguments.although:
        return NO
    laid = LaidText(write_text(text))
    order = {
        "news_id": arguments.news_id,
        "number": next_number(_sheet(arguments), arguments.news_id),
        "kind": arguments.kind,
        "text_sha256": laid.digest,
        "out_at": _instant(arguments.out),
        "author": arguments.author,
        "reason": f"{arguments.reason} {arguments.although}".strip(),
        "figures": arguments.figure,
        "mistake": arguments.mistake,
    }
    command = _command(ApproveNews, order)
    texts = DiskFiles(arguments.data / NEWS_FOLDER, 0o600)
    done = lay_and_give(texts, laid, lambda: _give(arguments, "approve-news", command) == 0)
    return 0 if done else NO


def _move(arguments: argparse.Namespace) -> int:
    from pasokh.press.commands import RescheduleNews

    order = {
        "news_id": arguments.news_id,
        "out_at": _instant(arguments.out),
        "reason": arguments.reason,
    }
    return _give(arguments, "reschedule-news", _command(RescheduleNews, order))


def _withdraw(arguments: argparse.Namespace) -> int:
    from pasokh.press.commands import WithdrawNews

    order = {"news_id": arguments.news_id, "reason": arguments.reason}
    return _give(arguments, "withdraw-news", _command(WithdrawNews, order))


def _text_in(path: Path) -> "NewsText":
    import msgspec

    from pasokh.newsroom.drafts.laying import spelled
    from pasokh.press.texts import NewsText

    raw = path.read_bytes()
    if len(raw) > _TEXT_BYTES_MAX:
        raise NewsUnfit(f"{path}: a text has at most {_TEXT_BYTES_MAX} bytes, this {len(raw)}")
    try:
        found = tomllib.loads(raw.decode())
        correction = found.pop("correction", {})
        text = msgspec.convert({"words": found, "correction": correction}, NewsText)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise NewsUnfit(
            f"{path}: {error}; it holds [fa] or [en], or both, each with title and body"
        ) from error
    return spelled(text)


def _find_figures(arguments: argparse.Namespace) -> None:
    """Raise NewsUnfit for a figure that is not published: nobody could check it."""
    from pasokh.settings import Settings
    from pasokh.settings_publishing import read_publishing

    publishing = read_publishing(Settings(data=arguments.data))
    public = arguments.data / (publishing.public if publishing else "public")
    for path in arguments.figure:
        if not (public / f"{path}.tlog-proof").is_file():
            raise NewsUnfit(f"--figure {path} is no published figure below {public}")


def _no_bare_numbers(text: "NewsText", kind: str) -> None:
    """Raise NewsUnfit for a promotion with a number of its own: it has no provenance."""
    from pasokh.newsroom.drafts.checking import numbers_without_figure
    from pasokh.press.events import NewsKind

    if kind != NewsKind.PROMOTION.value:
        return
    for words in text.words.values():
        for written in numbers_without_figure(f"{words.title}\n\n{words.lead}\n\n{words.body}"):
            raise NewsUnfit(f"a promotion says no number but a published figure: {written}")


def _contradicts(text: "NewsText", arguments: argparse.Namespace) -> bool:
    """Say which numbers of a text contradict each other."""
    from pasokh.newsroom.drafts.checking import contradictions

    language = arguments.language
    found = [
        one
        for words in text.words.values()
        for one in contradictions(language, words.title, words.lead, words.body)
    ]
    for said, quoted in found:
        print(f"- {said}\n    {quoted}", file=sys.stderr)
    return bool(found)


def _instant(written: str) -> int:
    from datetime import datetime

    if not written:
        return 0
    try:
        at = datetime.fromisoformat(written)
    except ValueError as error:
        raise NewsUnfit(f"--out {written}: {error}; as in 2026-11-29T09:30:00+03:30") from error
    if at.tzinfo is None:
        raise NewsUnfit(f"--out {written} says no offset; as in 2026-11-29T09:30:00+03:30")
    return round(at.timestamp() * 1_000)


def _command(kind: "type[Command]", order: dict[str, Any]) -> "Command":
    import msgspec

    try:
        return msgspec.convert(order, kind)
    except msgspec.ValidationError as error:
        raise NewsUnfit(str(error)) from error


def _sheet(arguments: argparse.Namespace) -> "NewsSheet":
    import msgspec

    from pasokh.control_room.views_news import NewsSheet

    return msgspec.convert(_asked(arguments, "GET", "/views/news")[1], NewsSheet)


def _give(arguments: argparse.Namespace, name: str, command: "Command") -> int:
    """Give a command. Its id is of who asks, and of the log as it stands.

    Asked again after an answer was lost nothing is done twice: the log refuses a version that is
    there, an hour that is set and a release that is withdrawn.
    """
    from hashlib import sha256

    import msgspec

    body = msgspec.json.encode(command)
    who = sha256(arguments.token.read_bytes().strip()).digest()
    seq = str(_sheet(arguments).seq).encode()
    about = sha256(b"\n".join((name.encode(), who, seq, body))).hexdigest()
    order = {"id": f"news-{about[:40]}", "command": command}
    done, told = _asked(arguments, "POST", f"/commands/{name}", msgspec.json.encode(order))
    print(told["detail"] if not done else f"{arguments.news_id}: {name}", flush=True)
    return 0 if done else NO


def _asked(
    arguments: argparse.Namespace, method: str, path: str, body: bytes = b""
) -> tuple[bool, Any]:
    import httpx

    try:
        answer = httpx.request(
            method,
            f"{arguments.url.rstrip('/')}{path}",
            content=body,
            headers={
                "Authorization": f"Bearer {arguments.token.read_text().strip()}",
                "Content-Type": "application/json",
                "Accept-Language": arguments.language,
            },
            timeout=_SECONDS,
            trust_env=False,
        )
        told = answer.json()
    except (httpx.TransportError, ValueError) as error:
        raise NewsUnfit(
            f"the control room at {arguments.url} did not answer ({error}); ask again: nothing is "
            "done twice"
        ) from error
    if not answer.is_success and answer.status_code != httpx.codes.CONFLICT:
        raise NewsUnfit(f"the control room: {told.get('title')}: {told.get('detail')}")
    return answer.is_success, told
