"""Three outlets that the demonstration invents: two that are accredited, one that waits."""

from pasokh.core.time import DAY, Instant
from pasokh.newsroom.inventing import INVENTED_STAFF
from pasokh.newsroom.outlets.accrediting import decide
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outlets.rules import TERMS_VERSION, AccreditationRule
from pasokh.words.say import say

GONABAD = "0915"
# Those that are accredited, then the one about which somebody has to decide.
ACCREDITED, WAITING = ("demo-site", "demo-radio"), "demo-weekly"
_KINDS = {"demo-site": "site", "demo-radio": "radio", WAITING: "newspaper"}


def invent(language: str, now: Instant) -> None:
    """Invent them once."""
    if Outlet.objects.filter(outlet_id=WAITING).exists():
        return
    for outlet_id in (*ACCREDITED, WAITING):
        _register(outlet_id, language, now - DAY)
    for outlet_id in ACCREDITED:
        reason = say(language, "outlets.demo.reason")
        decide(outlet_id, AccreditationRule.ALL, reason, INVENTED_STAFF, now)


def _register(outlet_id: str, language: str, at: Instant) -> None:
    words = {
        field: say(language, f"outlets.{outlet_id}.{field}")
        for field in ("name", "answers", "audience")
    }
    Outlet.objects.create(
        **words,
        outlet_id=outlet_id,
        email=f"{outlet_id}@example.org",
        county=GONABAD,
        kind=_KINDS[outlet_id],
        languages=[language],
        address=f"https://{outlet_id}.example",
        letters_in=language,
        terms_version=TERMS_VERSION,
        terms_at=at,
        registered_at=at,
        asked_at=at,
        confirmed_at=at,
    )
