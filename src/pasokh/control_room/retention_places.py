"""Where each kind of word lies: every file that a centre makes, and what lies outside its folder.

A test lets a centre live and fails for a file that no row names. The first row that fits counts.
"""

from fnmatch import fnmatchcase

from msgspec import Struct

from pasokh.control_room.retention import RetentionKind as Kind


class KeptPlace(Struct, frozen=True):
    """Files of the data folder: a pattern in which `*` stands for any letters, `/` among them."""

    pattern: str
    kind: Kind

    def fits(self, path: str) -> bool:
        """Tell whether a file is one of these."""
        return fnmatchcase(path, self.pattern)


PLACES: tuple[KeptPlace, ...] = (
    # What is sealed ends with its key; the bytes stay, and are noise.
    KeptPlace("log.sqlite*", Kind.CODES),
    KeptPlace("heads.txt", Kind.CODES),
    KeptPlace("snapshot-*.bin", Kind.CODES),
    KeptPlace("retention.sqlite*", Kind.CODES),
    KeptPlace("parked.jsonl", Kind.CODES),
    KeptPlace("archive/*", Kind.CODES),
    KeptPlace("keys.sqlite*", Kind.SECRET),
    KeptPlace("voices/evidence/*", Kind.EVIDENCE),
    KeptPlace("voices/*", Kind.RECORDING),
    # As it arrived: taken away when the log has it.
    KeptPlace("doors/tally.json", Kind.CODES),
    KeptPlace("doors/*", Kind.RAW),
    KeptPlace("texts/*", Kind.RAW),
    KeptPlace("telephone/journal-*", Kind.RAW),
    KeptPlace("telephone/damaged-*", Kind.RAW),
    KeptPlace("telephone/voices/*", Kind.RAW),
    KeptPlace("telephone/asterisk/*", Kind.RAW),
    KeptPlace("telephone/*", Kind.SECRET),
    KeptPlace("landlines.sqlite*", Kind.LANDLINE),
    KeptPlace("office.sqlite*", Kind.STAFF),
    KeptPlace("newsroom.sqlite*", Kind.NEWSROOM),
    KeptPlace("newsroom-search.sqlite*", Kind.NEWSROOM),
    KeptPlace("newsroom.lock", Kind.CODES),
    KeptPlace("packed_pages/*", Kind.CODES),  # the program's own files
    KeptPlace("office.cache/*", Kind.SESSION),
    KeptPlace("news-texts/*", Kind.SETTLING),
    KeptPlace("news-pictures/*", Kind.NEWSROOM),
    KeptPlace("public/*", Kind.FIGURE),
    KeptPlace("published/*", Kind.FIGURE),
    KeptPlace("past*/*", Kind.FIGURE),  # a demonstration's: all of it is invented
    KeptPlace("publishing/read-so-far/*", Kind.CODES),
    KeptPlace("publishing/days/*", Kind.SETTLING),
    KeptPlace("publishing/*", Kind.SECRET),
    KeptPlace("*.toml", Kind.SECRET),
    KeptPlace("comment-words.txt", Kind.SECRET),
    KeptPlace("*.key", Kind.SECRET),
    KeptPlace("*.token", Kind.SECRET),
    KeptPlace("*.secret", Kind.SECRET),
    KeptPlace("tokens.json*", Kind.SECRET),
)

# What lies elsewhere, by the id of its sentence (retention.lies.*).
OUTSIDE: dict[str, Kind] = {
    "spool": Kind.RAW,
    "browser": Kind.DESK,
    "download": Kind.EXPORT,
    "backup": Kind.COPY,
    "journal": Kind.SAID,
    "database": Kind.STAFF,
    "newsroom_database": Kind.NEWSROOM,
}


def kind_at(path: str) -> Kind | None:
    """Say of which kind a file of the data folder is; None when no row names its place.

    `path` is below the data folder, with `/` between its parts.
    """
    return next((one.kind for one in PLACES if one.fits(path)), None)
