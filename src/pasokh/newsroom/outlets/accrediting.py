"""Decisions about outlets, by the rules: granted, refused, ended, appealed, asked again.

Each deed gives the reason why it cannot be, or nothing when it is done.
"""

from pasokh.core.time import Instant
from pasokh.newsroom.mail.deeds import send
from pasokh.newsroom.outlets.models import Outlet, OutletAppeal, OutletDecision
from pasokh.newsroom.outlets.places import outlet_address
from pasokh.newsroom.outlets.rules import (
    ACCREDITED_FOR,
    AccreditationRule,
    OutletState,
    state_of,
    why_not_appeal,
    why_not_decide,
    why_not_renew,
)
from pasokh.newsroom.rows import together
from pasokh.words.say import say


def decide(outlet_id: str, rule: AccreditationRule, reason: str, by: str, now: Instant) -> str:
    """Accredit an outlet (rule `all`), or refuse it by the rule that it does not meet."""
    if not reason.strip():
        return "no_reason"
    with together():
        outlet = Outlet.objects.select_for_update().get(outlet_id=outlet_id)
        known = outlet.known()
        why_not = why_not_decide(known, rule, by, now)
        if why_not:
            return why_not
        granted = rule is AccreditationRule.ALL
        made = OutletDecision.objects.create(
            outlet=outlet,
            granted=granted,
            rule=rule.value,
            reason=reason.strip(),
            by=by,
            at=now,
            until=now + ACCREDITED_FOR if granted else 0,
            appeal=state_of(known, now) is OutletState.APPEALED,
        )
        _tell(outlet, made)
    return ""


def appeal(outlet: Outlet, words: str, now: Instant) -> str:
    """Ask that another person decides."""
    if not words.strip():
        return "no_reason"
    with together():
        why_not = why_not_appeal(outlet.known(), now)
        if not why_not:
            refused = outlet.decisions.order_by("-at", "-pk").first()
            OutletAppeal.objects.create(
                outlet=outlet, decision=refused, words=words.strip(), at=now
            )
    return why_not


def renew(outlet: Outlet, now: Instant) -> str:
    """Ask for accreditation again: before its end, or some time after a refusal."""
    with together():
        why_not = why_not_renew(outlet.known(), now)
        if not why_not:
            outlet.asked_at = now
            outlet.save(update_fields=["asked_at"])
    return why_not


def _tell(outlet: Outlet, made: OutletDecision) -> None:
    language = outlet.letters_in
    what = "granted" if made.granted else "refused"
    sentence = say(
        language,
        f"outlets.letter.{what}",
        name=outlet.name,
        rule=say(language, f"outlets.rule.{made.rule}"),
        reason=made.reason,
    )
    body = f"{sentence}\n\n{outlet_address(language, 'own/')}\n"
    subject = say(language, f"outlets.letter.{what}.subject")
    send(outlet.email, subject, body, f"outlet-decision-{made.pk}")
