"""The rules of accreditation: where an outlet stands, who may decide, appeal and ask again when."""

from msgspec.structs import replace

from pasokh.core.time import DAY
from pasokh.newsroom.outlets.rules import (
    ACCREDITED_FOR,
    APPEALED_WITHIN,
    ASKED_AGAIN_AFTER,
    TERMS_VERSION,
    AccreditationRule,
    Decided,
    OutletKnown,
    OutletState,
    state_of,
    waits,
    why_not_appeal,
    why_not_decide,
    why_not_renew,
)

T = 1_000 * DAY
NEW = OutletKnown(asked_at=T, confirmed_at=T + 1)
GRANT = Decided(
    granted=True, at=T + 2, by="p-1", rule=AccreditationRule.ALL, until=T + 2 + ACCREDITED_FOR
)
NO = Decided(granted=False, at=T + 2, by="p-1", rule=AccreditationRule.PUBLIC)
ALL = AccreditationRule.ALL


def test_an_outlet_goes_from_its_asking_to_the_end_of_its_accreditation() -> None:
    assert state_of(OutletKnown(asked_at=T), T) is OutletState.UNCONFIRMED
    assert state_of(NEW, T + 1) is OutletState.WAITING
    granted = replace(NEW, decided=(GRANT,))
    assert state_of(granted, GRANT.until - 1) is OutletState.ACCREDITED
    assert state_of(granted, GRANT.until) is OutletState.EXPIRED
    assert state_of(replace(granted, left_at=T + 9), T + 10) is OutletState.LEFT


def test_nobody_is_accredited_unreached_or_under_old_terms() -> None:
    assert why_not_decide(OutletKnown(asked_at=T), ALL, "p-1", T) == "is_unconfirmed"
    old = replace(NEW, terms_version=TERMS_VERSION - 1)
    assert why_not_decide(old, ALL, "p-1", T + 2) == "terms_old"
    assert why_not_decide(old, AccreditationRule.TERMS, "p-1", T + 2) == ""
    assert why_not_decide(NEW, ALL, "p-1", T + 2) == ""


def test_an_appeal_is_heard_once_by_another_person_in_its_time() -> None:
    refused = replace(NEW, decided=(NO,))
    assert why_not_appeal(NEW, T + 2) == "nothing_refused"
    assert why_not_appeal(refused, NO.at + APPEALED_WITHIN) == ""
    assert why_not_appeal(refused, NO.at + APPEALED_WITHIN + 1) == "appeal_late"
    appealed = replace(refused, appealed_at=NO.at + 5)
    assert state_of(appealed, T + 9) is OutletState.APPEALED
    assert waits(appealed, T + 9)
    for rule in (ALL, AccreditationRule.PUBLIC):
        assert why_not_decide(appealed, rule, "p-1", T + 9) == "own_refusal"
        assert why_not_decide(appealed, rule, "p-2", T + 9) == ""
    upheld = replace(appealed, decided=(NO, replace(NO, at=T + 10, by="p-2", appeal=True)))
    assert state_of(upheld, T + 11) is OutletState.REFUSED
    assert why_not_appeal(upheld, T + 11) == "appealed_once"
    assert why_not_decide(upheld, ALL, "p-3", T + 11) == "nothing_asked"


def test_an_outlet_asks_again_before_the_end_or_some_time_after_a_refusal() -> None:
    granted, refused = replace(NEW, decided=(GRANT,)), replace(NEW, decided=(NO,))
    assert why_not_renew(granted, T + 3) == "renewal_early"
    assert why_not_renew(granted, GRANT.until - DAY) == ""
    assert why_not_renew(granted, GRANT.until + DAY) == ""
    assert why_not_renew(refused, NO.at + ASKED_AGAIN_AFTER - 1) == "asked_early"
    assert why_not_renew(refused, NO.at + ASKED_AGAIN_AFTER) == ""
    renewing = replace(granted, asked_at=GRANT.until - DAY)
    assert state_of(renewing, GRANT.until - DAY) is OutletState.ACCREDITED
    assert waits(renewing, GRANT.until - DAY)
    assert why_not_renew(renewing, GRANT.until - DAY) == "nothing_decided"


def test_an_accreditation_ends_early_only_by_a_rule() -> None:
    granted = replace(NEW, decided=(GRANT,))
    assert why_not_decide(granted, AccreditationRule.EMBARGO, "p-1", T + 9) == ""
    assert why_not_decide(granted, ALL, "p-1", T + 9) == "nothing_asked"
