"""What is published of each day so far, kept beside the key: for its corrections and its month."""

import msgspec

from pasokh.account.revision import DayAccount
from pasokh.adapters.archive.release_folder import ReleaseFolder


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
