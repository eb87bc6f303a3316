"""What every test shares: the browser's place, why a test is left out, and the row at the end."""

import gc
import re
from pathlib import Path

import pytest
from hypothesis import settings

from tests.browser.chromium import NO_CHROMIUM, chromium_here
from tests.house.row import FIELDS

# No test asserts a time: a busy machine is not a broken one.
settings.register_profile("house", deadline=None)
# The commit tier looks for a mistake; the whole run, for the last one.
settings.register_profile("quick", deadline=None, max_examples=15)

# A file that says of all its tests that they are not in the commit tier.
_WHOLLY_OUT = re.compile(
    r"^pytestmark = (\[[^\]]*?|.*?)\bpytest\.mark\.(slow|browser|bare)\b", re.MULTILINE
)

# The files that take longest, the longest first.
LONGEST = (
    "test_pages_seen.py",
    "test_bare_machine.py",
    "test_bench_smoke.py",
    "test_rows_on_postgresql.py",
    "test_document_driven.py",
    "test_phone_window.py",
    "test_chaos.py",
    "test_recordings.py",
    "test_desks_seen.py",
    "test_newsroom_topics.py",
    "test_newsroom_comments.py",
    "test_newsroom_drafts.py",
    "test_strangers.py",
    "test_newsroom_site.py",
    "test_frame.py",
    "test_counts.py",
    "test_dialling.py",
    "test_real_calls.py",
    "test_live_page.py",
    "test_kill_sweep.py",
    "test_drill_measured.py",
    "test_newsroom_meetings.py",
    "test_journeys.py",
    "test_voices_lost.py",
    "test_every_byte.py",
    "test_calendar_keys.py",
    "test_voice_card.py",
    "test_verify_readings.py",
    "test_earlier.py",
    "test_told_places.py",
    "test_gates.py",
    "test_doors.py",
    "test_line.py",
    "test_verify_page.py",
    "test_demonstrated_past.py",
    "test_marks.py",
    "test_real_people.py",
    "test_workbench_attacker.py",
    "test_kernel.py",
    "test_figure_pages.py",
    "test_check_page.py",
    "test_folder_attacker.py",
    "test_behind_tls.py",
    "test_hand_offs.py",
    "test_news_verified.py",
    "test_real_centre.py",
    "test_workbench_page.py",
    "test_calls_killed.py",
    "test_recorded_call_backs.py",
)


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser, for playwright's executable_path."""
    found = chromium_here()
    assert found, "tests with this fixture carry the marker `browser`"
    return Path(found)


def _quick(config: pytest.Config) -> bool:
    return "not slow" in (config.option.markexpr or "")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("quick" if _quick(config) else "house")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out of the commit tier, unread, what is wholly out of it.

    Each worker would import it, and all that it imports, only to leave out each of its tests.
    """
    return True if _quick(config) and _wholly_out(collection_path) else None


def _wholly_out(path: Path) -> bool:
    if path.is_dir():
        tests = list(path.rglob("test_*.py"))
        return bool(tests) and all(map(_wholly_out, tests))
    return path.suffix == ".py" and bool(_WHOLLY_OUT.search(path.read_text("utf-8")))


# What is gathered stays to the end: the collector need not walk over it again and again.
gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # A file stays with one worker: the longest ones first, or the others wait for it at the end.
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))
    if chromium_here():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say our figures after each run of the rules, so that whoever makes them worse sees it."""
    passed = terminalreporter.stats.get("passed", ())
    for figures in (said for one in passed for name, said in one.user_properties if name == "row"):
        terminalreporter.write_sep("-", "the house in figures")
        terminalreporter.write_line(f"| {FIELDS} |\n| {figures} |")
