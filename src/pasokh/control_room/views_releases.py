"""What was decided about releases, for who looks after the calendar."""

from msgspec import Struct

from pasokh.account.releases import ReleaseDesk
from pasokh.control_room.state import Centre
from pasokh.core.time import Day


class ReleaseSheet(Struct, frozen=True):
    """All of it, true up to the entry `seq`: the calendar follows from it by `releases.Plan`."""

    seq: int
    utc_offset_minutes: int
    opened_day: Day | None
    desk: ReleaseDesk


def releases_now(centre: Centre) -> ReleaseSheet:
    """Show the desk of releases as it stands."""
    account = centre.account
    return ReleaseSheet(
        centre.seq, account.utc_offset_minutes, account.opened_day, account.releases
    )
