"""How long something is kept and why, in words: a line of the table of retention."""

from pasokh.words.say import say

_DAY = 86_400_000


def kept_line(language: str, kind: str, keep: int | None, ended_by: str) -> tuple[str, ...]:
    """Give a row's cells: its name, what, how long (milliseconds), since, by whom, then, ground."""
    if keep is None:
        kept = say(language, "retention.no_end")
    else:
        kept = say(language, "retention.days", days=keep // _DAY)
    return (
        kind,
        say(language, f"retention.{kind}.what"),
        kept,
        say(language, f"retention.{kind}.since"),
        say(language, f"retention.ended_by.{ended_by}"),
        say(language, f"retention.{kind}.then"),
        say(language, f"retention.{kind}.basis"),
    )
