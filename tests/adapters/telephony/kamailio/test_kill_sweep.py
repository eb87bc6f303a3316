"""SIGKILL on each of our processes, one after the other, at ten calls a second."""

from pathlib import Path

from tests.adapters.telephony.kamailio.kill_sweep import sweep
from tests.adapters.telephony.kamailio.switchboard import needs_switch

pytestmark = needs_switch
SECONDS = 30


def test_whoever_of_ours_is_killed_every_caller_is_served_and_counted_once(tmp_path: Path) -> None:
    swept = sweep(tmp_path, SECONDS, seed=11, say=print)
    assert swept.wrong() == []
    assert swept.calls == SECONDS * 10
    assert all(swept.kills[name] > 0 for name in ("control room", "telephone supervisor"))
    assert sum(swept.kills.values()) >= 8
    # Nobody was started beside one that lived on.
    assert "runs already" in (tmp_path / "centre.txt").read_text()
    assert "runs already" in (tmp_path / "telephone.txt").read_text()
