"""Documents as JSON that a person can read, the same bytes for the same document."""

import msgspec


def json_text(document: object) -> bytes:
    """Write a document; members stand in the order in which they were put."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
