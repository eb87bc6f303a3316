"""The seven-bit alphabet of GSM (3GPP TS 23.038), unpacked from octets."""

_ROWS = (
    "@£$¥èéùìòÇ\nØø\rÅå",
    "Δ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ",
    " !\"#¤%&'()*+,-./",
    "0123456789:;<=>?",
    "¡ABCDEFGHIJKLMNO",
    "PQRSTUVWXYZÄÖÑÜ§",
    "¿abcdefghijklmno",
    "pqrstuvwxyzäöñüà",
)
GSM_ALPHABET = "".join(_ROWS)


def unpacked(data: bytes) -> str:
    """Read packed septets as text; filling at the end (`@`, carriage return) is taken off."""
    bits = int.from_bytes(data, "little")
    count = len(data) * 8 // 7
    text = "".join(GSM_ALPHABET[bits >> 7 * at & 0x7F] for at in range(count))
    return text.rstrip("@\r")
