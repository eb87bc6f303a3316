"""A telephone that says where it is, as RFC 3261 (10) and RFC 7616 have it, over UDP."""

import re
import socket
from hashlib import md5


def register(
    port: int, user: str, secret: str, contact: int, *, expires: int = 60, address: str = ""
) -> int:
    """Register a telephone that rings at `contact`; give the last answer's code.

    `address`: the position that it claims to be, where that is not the user of the account.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
        phone.bind(("127.0.0.1", 0))
        phone.settimeout(5)
        own = phone.getsockname()[1]
        proof = ""
        for number in (1, 2):
            lines = _request(port, address or user, own, number, proof)
            lines += [f"Contact: <sip:{user}@127.0.0.1:{contact}>", f"Expires: {expires}"]
            lines += ["Content-Length: 0", "", ""]
            phone.sendto("\r\n".join(lines).encode(), ("127.0.0.1", port))
            answer = phone.recv(4096).decode()
            code = int(answer.split()[1])
            if code != 401 or number == 2:
                return code
            told = dict(re.findall(r'(\w+)="([^"]*)"', answer))
            proof = _proof(port, user, secret, told)
    raise AssertionError


def _request(port: int, user: str, own: int, number: int, proof: str) -> list[str]:
    return [
        f"REGISTER sip:127.0.0.1:{port} SIP/2.0",
        f"Via: SIP/2.0/UDP 127.0.0.1:{own};branch=z9hG4bK-{own}-{number};rport",
        f"From: <sip:{user}@127.0.0.1>;tag={own}",
        f"To: <sip:{user}@127.0.0.1>",
        f"Call-ID: register-{own}",
        f"CSeq: {number} REGISTER",
        "Max-Forwards: 9",
        *filter(None, (proof,)),
    ]


def _proof(port: int, user: str, secret: str, told: dict[str, str]) -> str:
    ha1 = _md5(f"{user}:{told['realm']}:{secret}")
    ha2 = _md5(f"REGISTER:sip:127.0.0.1:{port}")
    response = _md5(f"{ha1}:{told['nonce']}:00000001:c:auth:{ha2}")
    return (
        f'Authorization: Digest username="{user}", realm="{told["realm"]}", '
        f'nonce="{told["nonce"]}", uri="sip:127.0.0.1:{port}", response="{response}", '
        'qop=auth, nc=00000001, cnonce="c", algorithm=MD5'
    )


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()
