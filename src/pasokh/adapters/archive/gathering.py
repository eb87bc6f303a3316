"""What witnesses cosigned is fetched from where they put it, and published under the checkpoint."""

from collections.abc import Callable, Sequence

from pasokh.account.proofs.cosignature import WITNESSES_PATH, read_witnesses
from pasokh.account.proofs.note import NoteFault, PublicKey
from pasokh.adapters.archive.cosigning import collect
from pasokh.adapters.archive.files import Files
from pasokh.adapters.archive.mirror import MirrorFault, read_at
from pasokh.adapters.archive.transparency import TransparencyLog
from pasokh.core.time import MINUTE, Instant

EVERY = 10 * MINUTE


class Gathering:
    """Asks each address every ten minutes, one a turn: a slow one holds up nothing for long."""

    def __init__(
        self,
        addresses: Sequence[str],
        log: TransparencyLog,
        key: PublicKey,
        public: Files,
        say: Callable[[str], None],
    ) -> None:
        """`addresses` are files or of the web; `key` is the log's; `say` gets troubles, once."""
        self._due: dict[str, Instant] = dict.fromkeys(addresses, 0)
        self._log = log
        self._key = key
        self._public = public
        self._say = say
        self._troubles: dict[str, str] = {}

    def turn(self, now: Instant) -> None:
        """Ask whoever was not asked for longest, if it is time.

        ArchiveRefused when our key signed another log: nothing more may be signed then.
        """
        address = min(self._due, key=self._due.__getitem__, default=None)
        if address is None or self._due[address] > now:
            return
        self._due[address] = now + EVERY
        try:
            witnesses = read_witnesses(self._public.read(WITNESSES_PATH))
            collect(self._log, self._key, self._public, read_at(address), witnesses)
            trouble = ""
        except (FileNotFoundError, MirrorFault, NoteFault) as fault:
            trouble = str(fault)
        if trouble and trouble != self._troubles.get(address):
            self._say(f"no cosignature from {address}: {trouble}")
        self._troubles[address] = trouble
