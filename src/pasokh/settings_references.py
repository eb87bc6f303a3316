"""Which servers of locations a centre asks, and how it knows that they are the ones it means.

A caller's request may name any address. Only those that an operator wrote down are ever asked:
nobody makes a centre fetch what they like.
"""

import re

from msgspec import Struct

REFERENCES_EXAMPLE = """\
[references."locations.example:8443"]   # host, and its port unless it is 443
ca = "network-ca.pem"                   # in the data folder; without it the system's own
"""
_SERVER = re.compile(r"(?:[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?")


class ReferencesRefused(Exception):
    """These settings cannot be served; the text says why and what to do."""


class LocationServer(Struct, frozen=True, forbid_unknown_fields=True):
    """A server that is asked for places (RFC 6753). Files lie in the data folder.

    `secret`: whoever has one of its addresses has the place, so that only a digest of it is kept.
    `certificate` and `key` say to the server who we are. `plain` allows http: a test of a network.
    """

    ca: str = ""
    certificate: str = ""
    key: str = ""
    secret: bool = True
    plain: bool = False


def check_references(servers: dict[str, LocationServer]) -> None:
    """Raise ReferencesRefused for what cannot work."""
    for name, server in servers.items():
        if not _SERVER.fullmatch(name):
            raise ReferencesRefused(
                f"{name!r} is no server; write one as\n{REFERENCES_EXAMPLE.rstrip()}"
            )
        if bool(server.certificate) != bool(server.key):
            raise ReferencesRefused(f"{name} needs certificate and key together, or neither")
