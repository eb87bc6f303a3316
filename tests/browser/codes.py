"""What an authenticator shows (RFC 6238), and which of its codes somebody has not used yet."""

import hmac
from base64 import b32decode
from time import sleep, time

PERIOD_SECONDS = 30
# The office takes the code of the next period too: a clock may be ahead.
_AHEAD = 1


def code_of(secret: str, ahead: int = 0) -> str:
    """The code of now, or of so many periods from now."""
    period = int(time()) // PERIOD_SECONDS + ahead
    key = b32decode(secret + "=" * (-len(secret) % 8))
    told = hmac.digest(key, period.to_bytes(8), "sha1")
    at = told[-1] & 15
    return f"{(int.from_bytes(told[at : at + 4]) & 0x7FFFFFFF) % 1_000_000:06d}"


def unused_code(secret: str, used: set[str]) -> str:
    """A code that is not among the used ones, and is from now on; waits only for a third."""
    while True:
        for ahead in range(_AHEAD + 1):
            code = code_of(secret, ahead)
            if code not in used:
                used.add(code)
                return code
        sleep(PERIOD_SECONDS - time() % PERIOD_SECONDS)
