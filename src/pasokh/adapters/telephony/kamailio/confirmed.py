"""Up to which step all is on our disk: what the switch may forget, and what it must repeat."""

from pasokh.adapters.telephony.kamailio.wire import SwitchWord


class Confirmed:
    """Numbers of one life of the switch: `upto` without a gap, and those beyond a gap."""

    def __init__(self) -> None:
        """Know nothing before the switch's greeting."""
        self.boot = 0
        self.upto = 0
        self._beyond: set[int] = set()

    @property
    def missing(self) -> bool:
        """Tell whether a step before the last one has not come."""
        return bool(self._beyond)

    def begin(self, boot: int, upto: int) -> None:
        """Take the switch's word for what we confirmed before."""
        if boot != self.boot:
            self._beyond.clear()
        self.boot, self.upto = boot, upto if boot != self.boot else max(upto, self.upto)
        self._close()

    def take(self, step: SwitchWord) -> bool:
        """Note a step that is on the disk; False when it came before."""
        if step.boot != self.boot:
            return True
        if step.number <= self.upto or step.number in self._beyond:
            return False
        self._beyond.add(step.number)
        self._close()
        return True

    def _close(self) -> None:
        while self.upto + 1 in self._beyond:
            self.upto += 1
            self._beyond.discard(self.upto)
