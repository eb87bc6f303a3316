"""How long something is kept and why, in words: a line of the table of retention."""

from pasokh.control_room.retention import Retention
from pasokh.core.time import DAY
from pasokh.words.say import say


def kept_line(language: str, row: Retention) -> tuple[str, ...]:
    """Give a row's cells: its name, what it is, how long, since when, by whom, then, ground."""
    kind = row.kind.value
    if row.keep is None:
        kept = say(language, "retention.no_end")
    else:
        kept = say(language, "retention.days", days=row.keep // DAY)
    return (
        kind,
        say(language, f"retention.{kind}.what"),
        kept,
        say(language, f"retention.{kind}.since"),
        say(language, f"retention.ended_by.{row.ended_by.value}"),
        say(language, f"retention.{kind}.then"),
        say(language, f"retention.{kind}.basis"),
    )
