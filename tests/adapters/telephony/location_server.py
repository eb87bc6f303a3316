"""A location server of a network on loopback: real TLS, an authority of its own, set answers."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

# (status, headers, body) of (method, body).
Answer = tuple[int, dict[str, str], bytes]
Says = Callable[[str, bytes], Answer]
PIDF_TYPE, HELD_TYPE = "application/pidf+xml", "application/held+xml"
PEM = serialization.Encoding.PEM


def pidf(latitude: float = 36.3, radius: int = 50, expires: str = "", civic: str = "") -> bytes:
    """A place in a circle, or an address."""
    rules = f"<gbp:retention-expiry>{expires}</gbp:retention-expiry>" if expires else ""
    shape = (
        f"<gs:Circle srsName='urn:ogc:def:crs:EPSG::4326'><gml:pos>{latitude} 59.6</gml:pos>"
        f"<gs:radius uom='urn:ogc:def:uom:EPSG::9001'>{radius}</gs:radius></gs:Circle>"
    )
    address = f"<ca:civicAddress><ca:RD>{civic}</ca:RD></ca:civicAddress>"
    return (
        "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='pres:x@locations.invalid'"
        " xmlns:gp='urn:ietf:params:xml:ns:pidf:geopriv10'"
        " xmlns:gbp='urn:ietf:params:xml:ns:pidf:geopriv10:basicPolicy'"
        " xmlns:ca='urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr'"
        " xmlns:gs='http://www.opengis.net/pidflo/1.0' xmlns:gml='http://www.opengis.net/gml'>"
        "<tuple id='a'><status><gp:geopriv><gp:location-info>"
        f"{address if civic else shape}</gp:location-info>"
        f"<gp:usage-rules>{rules}</gp:usage-rules><gp:method>Wifi</gp:method>"
        "</gp:geopriv></status><timestamp>2026-11-24T11:29:28Z</timestamp></tuple></presence>"
    ).encode()


def held(inside: bytes) -> bytes:
    space = b"urn:ietf:params:xml:ns:geopriv:held"
    return b"<locationResponse xmlns='%s'>%s</locationResponse>" % (space, inside)


def held_error(code: str) -> bytes:
    return f"<error xmlns='urn:ietf:params:xml:ns:geopriv:held' code='{code}'/>".encode()


def place(body: bytes) -> Answer:
    return 200, {"content-type": HELD_TYPE}, body


class LocationServer:
    """What was asked, and what is answered from now on."""

    def __init__(self, port: int, authority: Path) -> None:
        self.port, self.authority = port, authority
        self.asked: list[tuple[str, str, bytes]] = []
        self.says: Says = lambda _method, _body: place(held(pidf()))

    @property
    def name(self) -> str:
        return f"localhost:{self.port}"

    def address(self, path: str = "where/3f9ab2c4d5e6") -> str:
        return f"https://{self.name}/{path}"

    @property
    def bodies(self) -> str:
        return " ".join(body.decode() for _, _, body in self.asked)


def authority_of(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """An authority's certificate, and a server's key and certificate that it vouches for."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "authority of a test")])
    own = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    vouched = _certificate(root, root, root_key.public_key(), authority=True)
    made = _certificate(own, root, key.public_key(), authority=False).add_extension(
        x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False
    )
    ca, server = folder / "ca.pem", folder / "server.pem"
    ca.write_bytes(vouched.sign(root_key, hashes.SHA256()).public_bytes(PEM))
    bare = serialization.NoEncryption()
    private = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, bare)
    server.write_bytes(private + made.sign(root_key, hashes.SHA256()).public_bytes(PEM))
    return ca, server


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    *,
    authority: bool,
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )


@contextmanager
def location_server(
    folder: Path, *, tls: bool = True, name: str = "localhost"
) -> Iterator[LocationServer]:
    ca, certificate = authority_of(folder, name)
    found: list[LocationServer] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            found[0].asked.append((self.command, self.path, body))
            status, headers, said = found[0].says(self.command, body)
            self.send_response(status)
            for header, value in {"content-length": str(len(said)), **headers}.items():
                self.send_header(header, value)
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = _answer  # noqa: N815 - names of the library

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # The greeting is each connection's own: one that never greets must not hold up the rest.
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    found.append(LocationServer(server.server_port, ca))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield found[0]
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
