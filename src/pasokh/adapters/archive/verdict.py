"""What is proved and what is not, in words, for a terminal: so without signs of direction."""

from collections.abc import Sequence

from pasokh.account.proofs.note import PublicKey
from pasokh.account.proofs.recomputed import told
from pasokh.adapters.archive.audit import AuditedLog, audit
from pasokh.adapters.archive.audit_files import AuditedFolder
from pasokh.adapters.archive.checking import CheckedFigure, check_figure, check_newest
from pasokh.adapters.archive.mirror import Mirror
from pasokh.words.say import message


class PublishedVerdict:
    """Checks, and says what was found; NoteFault and MirrorFault reach who asked."""

    def __init__(self, language: str, mirror: Mirror, log: PublicKey) -> None:
        """`log`: the key that the reader brings."""
        self._language = language
        self._mirror = mirror
        self._log = log

    def figure(self, path: str, witnesses: Sequence[PublicKey], *, newest: bool) -> list[str]:
        """Check the figure at a path; with `newest` the whole log too."""
        found = check_figure(self._mirror, path, self._log, witnesses)
        later = check_newest(self._mirror, self._log, found) if newest else None
        return [*self._proved(found, later), *self._unproved(found, later)]

    def whole_log(self, source: str) -> list[str]:
        """Check every leaf and tile of the log at `source`."""
        return self._whole(source, audit(self._mirror, self._log))

    def folder(self, source: str, found: AuditedFolder) -> list[str]:
        """Say how many files are proved and made again, and which neither; or all that is wrong."""
        if found.faults:
            return [
                self._say("verify.file", path=path, why=why) for path, why in found.faults.items()
            ]
        told = self._say("verify.files", proved=found.proved, made=found.made)
        left = ", ".join(found.unproved) or self._say("verify.no_file")
        return [*self._whole(source, found.log), told, self._say("verify.left", files=left)]

    def not_proved(self, what: str, why: Exception) -> str:
        """Say that something is not proved."""
        return self._say("verify.not", what=what, why=why)

    def _whole(self, source: str, found: AuditedLog) -> list[str]:
        return [
            self._say("verify.log", leaves=len(found.leaves), source=source, log=self._log.name),
            self._witnessed(found),
            self._say("verify.same"),
        ]

    def _proved(self, found: CheckedFigure, later: int | None) -> list[str]:
        figure, size, cosigned = found.figure, found.head.size, found.cosigned
        names = ", ".join(cosigned.witnesses) or self._say("verify.nobody")
        count = len(cosigned.witnesses)
        return [
            self._say("verify.figure", value=told(figure.value), figure=figure.figure_id),
            self._say("verify.made", files=", ".join(sorted(figure.inputs))),
            self._say("verify.leaf", index=found.index, size=size, log=self._log.name),
            *([] if later is None else [self._say("verify.newest", later=later)]),
            self._say("verify.cosigned", count=count, of=cosigned.of, names=names),
        ]

    def _unproved(self, found: CheckedFigure, later: int | None) -> list[str]:
        ids = ["verify.truth"]
        ids += ["verify.replaced"] if later is None else []
        ids += [] if found.cosigned.witnesses else ["verify.split"]
        return [self._say(one) for one in ids]

    def _witnessed(self, found: AuditedLog) -> str:
        seen = (
            self._say("verify.saw", name=name, size=size)
            for name, size in sorted(found.witnessed.items())
        )
        count, of = len(found.cosigned.witnesses), found.cosigned.of
        return self._say("verify.witnessed", count=count, of=of, seen="".join(seen))

    def _say(self, message_id: str, **details: object) -> str:
        return message(self._language, message_id).format(**details)
