"""What is published of each day so far, kept beside the key: for its corrections and its month.

Beside it lies how each day was judged last, and what was said of several days together.
"""

from typing import TypeAlias

import msgspec

from pasokh.account.disclosure.joined import DayChange, sums
from pasokh.account.revision import DayAccount
from pasokh.adapters.archive.release_folder import ReleaseFolder

_JOINED = "joined"
_Moved: TypeAlias = dict[str, dict[str, int]]


class Accounts:
    """The accounts of the days of one folder. Each publication of a day adds one."""

    def __init__(self, folder: ReleaseFolder) -> None:
        """Nothing is read yet."""
        self._folder = folder

    def before(self, day: str, name: str) -> DayAccount | None:
        """Give the newest account of a day that this publication has not made itself."""
        number, found = 0, None
        while (raw := self._folder.kept(f"accounts/{day}.{number}.json")) is not None:
            account = msgspec.json.decode(raw, type=DayAccount)
            if account.made_by == name:
                break
            number, found = number + 1, account
        return found

    def keep(self, day: str, account: DayAccount) -> None:
        """Keep an account; before the mark that its publication is out."""
        path = f"accounts/{day}.{account.number}.json"
        self._folder.private.write(path, msgspec.json.encode(account))

    def keep_judged(self, day: str, classes: dict[str, int]) -> None:
        """Keep how a day was judged last, said or not."""
        self._folder.private.write(f"judged/{day}.json", msgspec.json.encode(classes))

    def keep_joined(self, month: str, moved: dict[str, dict[str, int]]) -> None:
        """Keep what a month's joined corrections hold of each day."""
        self._folder.private.write(f"{_JOINED}/{month}.json", msgspec.json.encode(moved))

    def joined(self, day: str, before: str = "") -> dict[str, int]:
        """Sum what was said of a day together with others, by months before one or by all."""
        found = (
            msgspec.json.decode(self._folder.private.read(f"{_JOINED}/{month}.json"), type=_Moved)
            for month in self._joined_months(before)
        )
        return sums(moved.get(day, {}) for moved in found)

    def days(self) -> set[str]:
        """Name the days whose rows are out."""
        return {name.partition(".")[0] for name in self._folder.private.names("accounts")}

    def last_joined(self, before: str) -> str | None:
        """Name the last month before this one whose joined corrections are out."""
        return max(self._joined_months(before), default=None)

    def change(self, day: str, before: str) -> tuple[DayChange, tuple[str, ...]] | None:
        """Say how a day was judged last and what of it is said, and name its own corrections.

        None when its rows are not out. `before`: a month that joins corrections now.
        """
        account = self.before(day, "")
        if account is None:
            return None
        said = sums((account.classes, self.joined(day, before)))
        raw = self._folder.kept(f"judged/{day}.json")
        now = said if raw is None else msgspec.json.decode(raw, type=dict[str, int])
        return DayChange(said, now, alone=account.number > 0), account.tables[1:]

    def _joined_months(self, before: str) -> list[str]:
        names = (name.removesuffix(".json") for name in self._folder.private.names(_JOINED))
        return [month for month in names if not before or month < before]
