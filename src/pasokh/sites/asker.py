"""From where somebody asks: what is limited by address is limited by this one."""

from django.http import HttpRequest


def asker_address(request: HttpRequest) -> str:
    """Give the asker's address; "" when nobody says it.

    A site listens on a socket of this machine, where the front writes it and drops what the asker
    wrote there. What did not come by that socket has an address of its own, and is not believed.
    """
    own = str(request.META.get("REMOTE_ADDR", ""))
    return own or request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
