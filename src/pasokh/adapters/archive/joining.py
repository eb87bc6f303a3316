"""What was too few for its day is joined with other days' when a month goes out."""

from pasokh.account.disclosure.rows import PublicRow
from pasokh.account.joined_corrections import JoinedCorrections, publish_joined
from pasokh.account.publication import rows_path
from pasokh.account.publication_month import read_rows
from pasokh.account.releases import Release
from pasokh.adapters.archive.accounts import Accounts
from pasokh.adapters.archive.files import Files
from pasokh.core.time import day_from_iso, iso_day


def join_month(accounts: Accounts, public: Files, release: Release) -> JoinedCorrections | None:
    """Join what has waited since corrections were last joined, up to the month of this release."""
    month = iso_day(release.to_day)
    last = accounts.last_joined(month)
    after = min(accounts.days(), default=month)
    first = day_from_iso(after) if last is None else day_from_iso(last) + 1
    changes = {}
    rows: list[PublicRow] = []
    for day in range(first, release.to_day + 1):
        found = accounts.change(iso_day(day), month)
        if found is not None:
            changes[day], corrections = found
            for path in (rows_path(iso_day(day)), *corrections):
                rows += read_rows(public.read(path))
    return publish_joined((first, release.to_day), release.from_day, changes, rows)
