"""The word in a survey's link: good by itself for its time, and of no call and no number.

Who asks makes it, and who hears the answer knows it by a key that both have; nothing else passes
between them. So no row and no file says which answer belongs to which call.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hashlib import sha256
from hmac import compare_digest
from hmac import new as keyed

from pasokh.core.time import Day

SURVEY_KEY = "survey.key"
NONCE_BYTES = 6
# Two bytes of a day and seven of proof with the nonce: twenty letters, so that a text stays short.
_DAY_BYTES, _PROOF_BYTES = 2, 7
_BYTES = _DAY_BYTES + NONCE_BYTES + _PROOF_BYTES
# Whoever has not answered by then does not.
GOOD_DAYS = 14


def survey_token(key: bytes, day: Day, nonce: bytes) -> str:
    """Make the token of one asking on a day (UTC). `nonce`: NONCE_BYTES that nobody guesses."""
    said = day.to_bytes(_DAY_BYTES) + nonce
    return urlsafe_b64encode(said + _proof(key, said)).decode()


def day_of_token(key: bytes, token: str) -> Day | None:
    """Give the day (UTC) on which a token was made; None for what this centre never made."""
    try:
        read = urlsafe_b64decode(token.encode("ascii"))
    except (Error, ValueError):
        return None
    said, proof = read[:-_PROOF_BYTES], read[-_PROOF_BYTES:]
    if len(read) != _BYTES or urlsafe_b64encode(read).decode() != token:
        return None
    if not compare_digest(proof, _proof(key, said)):
        return None
    return Day(int.from_bytes(said[:_DAY_BYTES]))


def _proof(key: bytes, said: bytes) -> bytes:
    return keyed(key, b"pasokh survey\n" + said, sha256).digest()[:_PROOF_BYTES]
