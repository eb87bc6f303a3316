"""Requests to addresses that strangers gave us: never into our own network, and never without end.

The name is looked up here, and the connection goes to the address that was judged: a name that
answers otherwise a moment later leads nowhere else. Redirects are never followed by themselves.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from time import monotonic
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from msgspec import Struct

_TIMES = httpx.Timeout(10.0, connect=5.0)
_PORTS = {"http": 80, "https": 443}
# Addresses of the old kind inside those of the new one, whichever gateway translates them.
_TRANSLATED = ip_network("64:ff9b::/96")
_HEADERS_MAX = 2_000
# A connection that is kept would be found by its address alone: two names may share one.
_client = httpx.Client(
    timeout=_TIMES,
    trust_env=False,
    follow_redirects=False,
    limits=httpx.Limits(max_connections=100, max_keepalive_connections=0),
)


class OutsideRefused(Exception):
    """An address to which we send nothing; the words say why."""


class OutsideSilent(Exception):
    """Nobody answered, or not in time, or with more than is taken."""


class OutsideAnswer(Struct, frozen=True):
    """What was answered. `headers`: by their names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether it is a success, 200 to 299."""
        return httpx.codes.is_success(self.status)


class OutsideRequest(Struct, frozen=True):
    """What is asked: by default to read. `seconds_most`: for all of it."""

    url: str
    method: str = "GET"
    headers: dict[str, str] = {}
    body: bytes = b""
    bytes_most: int = 65_536
    seconds_most: float = 15.0


def ask_outside(asked: OutsideRequest) -> OutsideAnswer:
    """Ask a stranger's address once; OutsideRefused or OutsideSilent when there is no answer."""
    check_address(asked.url)
    try:
        url = httpx.URL(asked.url)
        at = _judged(url.host, url.port or _PORTS[url.scheme])
        return _asked(asked, url, at)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        raise OutsideSilent(f"{type(error).__name__}: {error}") from error


def check_address(url: str) -> None:
    """Refuse what can be no address of a stranger, without looking anything up."""
    try:
        at = urlsplit(url)
        port, host = at.port, at.hostname or ""
    except ValueError as error:
        raise OutsideRefused(f"no address: {error}") from error
    if at.scheme not in _PORTS or not host:
        raise OutsideRefused("neither http nor https")
    if at.username is not None or at.password is not None:
        raise OutsideRefused("a name or a password in the address")
    if port == 0:
        raise OutsideRefused("port 0")
    try:
        literal = ip_address(host)
    except ValueError:
        return
    _judge(literal)


def _judged(host: str, port: int) -> str:
    """Look a name up, and give an address of it that is outside."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise OutsideSilent(f"{host} is not found: {error}") from error
    refused = OutsideRefused(f"{host} has no address")
    for *_, at in found:
        try:
            _judge(ip_address(str(at[0]).partition("%")[0]))
        except OutsideRefused as error:
            refused = error
        else:
            return str(at[0])
    raise refused


def _judge(address: IPv4Address | IPv6Address) -> None:
    if settings.PASOKH_NEWSROOM.file.private_addresses:
        return
    inside = _within(address)
    if not inside.is_global or inside.is_multicast or inside.is_reserved:
        raise OutsideRefused(f"{address} is no public address")


def _within(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address that is meant: of the old kind, where it is wrapped into one of the new."""
    if isinstance(address, IPv4Address):
        return address
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)


def _asked(asked: OutsideRequest, url: httpx.URL, at: str) -> OutsideAnswer:
    ends = monotonic() + asked.seconds_most
    request = _client.build_request(
        asked.method,
        url.copy_with(host=at),
        headers={
            "User-Agent": f"Pasokh-Newsroom (+{settings.PASOKH_NEWSROOM.public_url})",
            "Accept-Encoding": "identity",
            **asked.headers,
            "Host": url.netloc.decode("ascii"),
            "Connection": "close",
        },
        content=asked.body if asked.method == "POST" else None,
        extensions={"sni_hostname": url.raw_host.decode("ascii")},
    )
    answer = _client.send(request, stream=True)
    try:
        body = bytearray()
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > asked.bytes_most:
                raise OutsideSilent(f"more than {asked.bytes_most} bytes")
            if monotonic() > ends:
                raise OutsideSilent(f"longer than {asked.seconds_most:g} seconds")
    finally:
        answer.close()
    headers = {name.lower(): value[:_HEADERS_MAX] for name, value in answer.headers.items()}
    return OutsideAnswer(answer.status_code, headers, bytes(body))
