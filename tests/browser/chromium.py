"""Which browser the tests drive."""

import os
import shutil

NO_CHROMIUM = "no chromium: apt-get install chromium-headless-shell, or set PASOKH_CHROMIUM"


def chromium_here() -> str | None:
    """Debian's Chromium, or the one that PASOKH_CHROMIUM names. Nothing is ever downloaded.

    The shell first: the same engine without the window that nobody sees, at half the work.
    """
    wanted = os.environ.get("PASOKH_CHROMIUM")
    names = (wanted,) if wanted else ("chromium-headless-shell", "chromium")
    return next(filter(None, map(shutil.which, names)), None)
