"""A small published folder on a real disk: rows, a figure, its proof, a log, and witnesses."""

from hashlib import sha256
from pathlib import Path

from pasokh.account.figures import percent
from pasokh.account.proofs.leaf import FigureLeaf, OpenRowsLeaf, write_leaf
from pasokh.account.proofs.note import COSIGNATURE, PublicKey
from pasokh.account.proofs.values import ShareValue, Value
from pasokh.adapters.archive.centre_log import make_log_key, opened_log
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.signing import SigningKey, make_key

LOG_NAME = "centre.example/log"
FIGURE_ID = "operational-share/1.0/public/2026-11-03"
FIGURE_PATH = "figures/2026-11-03.json"
ROWS_PATH = "rows/2026-11-03.csv"
DEFINITION_PATH = "definitions/operational-share-1.0-0.json"
DEFINITION = (
    b'{"name_en":"Share","name_fa":"\xd8\xb3\xd9\x87\xd9\x85","says_en":"of all","says_fa":"x"}'
)
NOW = 1_790_000_000


class Published:
    """The folder, the log's key beside it, and one key of a witness."""

    def __init__(
        self,
        tmp_path: Path,
        rows: str = "",
        where: dict[str, str] | None = None,
        value: Value | None = None,
        before: int = 0,
    ) -> None:
        self.public = tmp_path / "public"
        self.key_file = tmp_path / "keys" / "log.key"
        self.witness_file = tmp_path / "witness" / "witness.key"
        self.log: PublicKey = make_log_key(self.key_file, LOG_NAME)
        self.witness: SigningKey = make_key(self.witness_file, "outlet.example/w", COSIGNATURE)
        self.grow(before)
        table = rows or "class,count\nO1,300\nO2,82\nV,618\n"
        self.publish(table.encode(), value or self.share(table.encode(), where or {}))

    def share(self, rows: bytes, where: dict[str, str]) -> ShareValue:
        """What a share of these rows is, worked out in a way of its own."""
        numerator, base = ("O1", "O2"), ("O1", "O2", "V")
        lines = [line.split(",") for line in rows.decode().splitlines()]
        table = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
        kept = [row for row in table if all(row[c] == v for c, v in where.items())]
        part = sum(int(row["count"]) for row in kept if row["class"] in numerator)
        whole = sum(int(row["count"]) for row in kept if row["class"] in base)
        return ShareValue(numerator, base, part, whole, percent(part, whole), where=where)

    def publish(self, rows: bytes, value: Value) -> None:
        digest = sha256(rows).hexdigest()
        figure = write_leaf(
            FigureLeaf(
                FIGURE_ID,
                value,
                "operational-share",
                "1.0",
                {ROWS_PATH: digest, DEFINITION_PATH: sha256(DEFINITION).hexdigest()},
                "2026-11-05T00:00:00.000Z",
                "press office",
            )
        )
        files = DiskFiles(self.public)
        files.write(ROWS_PATH, rows)
        files.write(DEFINITION_PATH, DEFINITION)
        files.write(FIGURE_PATH, figure)
        with opened_log(self.public, self.key_file) as log:
            log.append([write_leaf(OpenRowsLeaf(ROWS_PATH, digest))])
            (index,) = log.append([figure])
            log.sign()
            files.write(f"{FIGURE_PATH}.tlog-proof", log.proof_of(index))

    def publish_beside(self, path: str, rows: bytes) -> None:
        """Write open rows of which no figure is made, with a proof of their own."""
        files = DiskFiles(self.public)
        files.write(path, rows)
        with opened_log(self.public, self.key_file) as log:
            (index,) = log.append([write_leaf(OpenRowsLeaf(path, sha256(rows).hexdigest()))])
            log.sign()
            files.write(f"{path}.tlog-proof", log.proof_of(index))

    def grow(self, count: int) -> None:
        with opened_log(self.public, self.key_file) as log:
            log.append([b'{"n":%d}' % (log.size + at) for at in range(count)])
            log.sign()

    def renew_proof(self) -> None:
        """Write the figure's proof again, with the checkpoint and cosignatures of now."""
        files = DiskFiles(self.public)
        with opened_log(self.public, self.key_file) as log:
            (index,) = log.append([files.read(FIGURE_PATH)])
            files.write(f"{FIGURE_PATH}.tlog-proof", log.proof_of(index))
