"""A whole publication: whatever a centre can publish, in one folder.

Days of two weeks with the last of their month, twice published, one of them revised; times, shares,
the switch's count, a month's sensitive types, a county that was split, another system.
"""

import json
from collections import Counter

from msgspec import structs, to_builtins

from pasokh.account.areas import CountyLife
from pasokh.account.disclosure.rows import Side
from pasokh.account.open_data.settings import OpenSettings, SystemChange
from pasokh.account.proofs.note import COSIGNATURE, read_key, write_note
from pasokh.account.releases import Months, Plan, ReleaseDesk
from pasokh.account.rivals import ReadingCell, Taken
from pasokh.adapters.archive.centre_log import opened_log
from pasokh.adapters.archive.cosigning import collect
from pasokh.adapters.archive.ended_log import EndedPublisher
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.mirror import mirror_at
from pasokh.adapters.archive.months import months_around
from pasokh.adapters.archive.periods import PeriodPublisher
from pasokh.adapters.archive.publishing import Publisher
from pasokh.adapters.archive.signing import make_key
from pasokh.adapters.archive.stand_alone import publish_verifier
from pasokh.adapters.archive.witness import Witness
from pasokh.wiring_pages import INVENTED, INVENTED_PATH, PublicDisk, write_pages
from tests.account.disclosure.days import LISTS
from tests.account.test_published_shares import marked
from tests.adapters.archive.published import NOW
from tests.adapters.archive.settled import judged_anew, settled_day
from tests.adapters.archive.test_publishing import DAY, LATER, Office

COUNTED = (
    b"from,to,side,offered,answered,not_answered\n"
    b"2024-10-03T20:30:00.000Z,2024-10-04T20:30:00.000Z,switch,1503,1410,93\n"
    b"2024-10-03T20:30:00.000Z,2024-10-04T20:30:00.000Z,log,1500,,\n"
)
SPLIT, *_ = LISTS.counties
LIVES = (
    *(CountyLife(0, code) for code in LISTS.counties),
    CountyLife(DAY + 1, "new", SPLIT),
)
CHANGED = SystemChange(DAY + 2, "سامانهٔ تازه", "a new system")
_CELLS = [
    ReadingCell(side, unknown=taken is Taken.LEFT_OUT, readings={"stamped": taken}, count=count)
    for side, taken, count in (
        (Side.OPERATIONAL, Taken.OPERATIONAL, 900),
        (Side.OTHER, Taken.OTHER, 700),
        (Side.OTHER, Taken.LEFT_OUT, 50),
    )
]


def publish_whole(office: Office) -> None:
    """Publish it all into the office's folder, with the pages."""
    first, *others = (
        marked(structs.replace(settled_day(DAY + at, 1_500, 7 + at), lives=LIVES))
        for at in (0, 1, 2, 27)
    )
    private = DiskFiles(office.key.parent / "days", 0o600)
    files = PublicDisk(office.public)
    settings = OpenSettings("Office", systems=(CHANGED,))
    # A calendar of few months is written as one of twelve is.
    begins = (one for one in months_around(DAY, "gregorian").begins if one < DAY + 120)
    plan = Plan(ReleaseDesk(), 0, DAY, Months(tuple(begins)))
    with opened_log(office.public, office.key) as log:
        publisher = Publisher(files, private, log, "nobody", settings=settings)
        for days, counted in (([first, judged_anew(first, 20)], COUNTED), (others, None)):
            for day in days:
                publisher.receive(day, counted)
            assert list(publisher.release(plan, LATER))
            periods = PeriodPublisher(files, log, "nobody", private)
            periods.publish(files.folders("days"), ended=False)
            publisher.publish_index()
    write_pages(office.public)


def publish_ended(office: Office) -> None:
    """Publish two days, and what only a log that has ended has."""
    days = [settled_day(DAY + at, 700, 7) for at in (0, 1)]
    office.release(*days, whole=True)
    classes = sum((Counter(day.figure.tally.classes) for day in days), Counter())
    private = DiskFiles(office.key.parent / "days", 0o600)
    files = PublicDisk(office.public)
    rival = {"name": "stamped", "says": "as stamped", "operational": 900, "of": 1_600}
    ending = {"kind": "unknown", "code": "", "reason": "no word", "count": 50, "share_percent": 3}
    report = {
        "source": "a stranger's",
        "calls": 1_650,
        "public": 1_650,
        "classes": dict(classes),
        "readings": to_builtins(_CELLS),
        "rivals": [rival | {"share_percent": 56.25}],
        "endings": [ending],
        "notes": ["a short day"],
        "log": {"sha256": "0" * 64},
        "weekly": None,
    }
    with opened_log(office.public, office.key) as log:
        PeriodPublisher(files, log, "nobody", private).publish(files.folders("days"), ended=True)
        raw, isos = json.dumps(report).encode(), files.folders("days")
        EndedPublisher(files, log, "nobody", private).publish(raw, isos)
        Publisher(files, private, log, "nobody").publish_index()
    stand_beside(office)


def stand_beside(office: Office) -> None:
    """Put beside what is published the verifiers, a witness's word, a remark, and the pages."""
    files = DiskFiles(office.public)
    publish_verifier(files, read_key(office.name))
    files.write(INVENTED_PATH, INVENTED)
    cosign_whole(office)
    write_pages(office.public)


def cosign_whole(office: Office) -> None:
    """Let one witness of one cosign what is there."""
    beside = office.public.parent / "witness"
    witness = make_key(beside / "witness.key", "outlet.example/w", COSIGNATURE)
    files, key = PublicDisk(office.public), read_key(office.name)
    files.write("witnesses.txt", f"{witness.public}\n".encode())
    seen = Witness(DiskFiles(beside), "state.json", witness)
    note = write_note(seen.look(mirror_at(str(office.public)), key, NOW, first=True))
    with opened_log(office.public, office.key) as log:
        collect(log, key, files, note, [witness.public])
