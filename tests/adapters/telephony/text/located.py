"""Whoever ties locations of text messages to calls, and only writes down what it is told."""

from collections.abc import Sequence

from pasokh.core.machine import Submission

# The sample of another implementation: packed septets, the place 37.42175, -122.08461.
DATA = bytes.fromhex(
    "415193D98BEDD8F4DEECE6A2C962B7DA8E7DEEB56232990B86A3D9623B39B92783EDE86F784F068BD560B6D80C"
    "1683E568B81D7BDCB3E176F076EFB89BA77B39DCCD56A3C966B15D39DD9BD570B2590E56CBC168B21A4DB66B8F"
    "C7BD590CB66BBBC73D990DB66BB37B31D90C"
)
# Application port addressing, 16 bit (3GPP TS 23.040): to and from a port.
PORTED = bytes.fromhex("060504158a0000")


class Located:
    """The AmlTexts port."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str | bytes]] = []

    def located(self, number: str, text: str, key: str, at: int) -> Sequence[Submission]:
        assert key
        assert at
        self.heard.append((number, text))
        return ()

    def located_data(self, number: str, data: bytes, key: str, at: int) -> Sequence[Submission]:
        assert key
        assert at
        self.heard.append((number, data))
        return ()
