"""A real centre with its newsroom: `pasokh run` with office, doors, publishing and newsroom."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.adapters.api.process import CLEAR
from tests.browser.desks import DeskCentre, desk_centre, until

PRESS_TELEPHONE = "+442079460110"  # kept for fiction by the regulator


@contextmanager
def newsroom_centre(
    folder: Path, *, smtp: str = "", before: Callable[[Path], None] = lambda _: None
) -> Iterator[tuple[DeskCentre, str]]:
    """Give the centre and the address of its public doors; `before` gets its folder.

    `smtp`: the mail server that the newsroom brings its letters to.
    """

    def lay_out(data: Path) -> None:
        (data / "publishing.toml").write_text('responsible = "press office"\n')
        letters = f'smtp = "{smtp}"\nsmtp_tls = false\nmail_from = "press@example.org"\n'
        (data / "newsroom.toml").write_text(
            f'press_telephone = "{PRESS_TELEPHONE}"\n' + (letters if smtp else "")
        )
        before(data)

    with desk_centre(folder, seats=0, before=lay_out) as centre:
        host, _, port = centre.url.rpartition(":")
        public = f"{host}:{int(port) + 1}"
        until(lambda: _is_open(public), "the newsroom is open")
        yield centre, public


def _is_open(public: str) -> bool:
    try:
        return httpx.get(f"{public}/newsroom/fa/", verify=CLEAR).status_code < 500
    except httpx.TransportError:
        return False
