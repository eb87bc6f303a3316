"""Two people who write in one draft: what only one changed is joined, and nothing is lost."""

from msgspec.structs import replace

from pasokh.newsroom.drafts.contents import (
    Contents,
    DraftFigure,
    DraftPicture,
    from_row,
    merge,
    to_row,
)
from pasokh.press.events import NewsKind, NewsMistake

BASE = Contents(title_fa="جاده بسته است", body_fa="تا ظهر.", title_en="The road is closed")
FULL = replace(
    BASE,
    kind=NewsKind.STATISTICS,
    mistake=NewsMistake.FACT,
    topics=("roads",),
    figures=(DraftFigure("days/2026-11-21/x-1.0.json", 1),),
    pictures=(DraftPicture("0" * 64, "image/jpeg", 40, 30, alt={"fa": "کولاک"}),),
)


def test_contents_are_the_same_after_a_row_kept_them() -> None:
    assert from_row(to_row(FULL)) == FULL
    assert from_row(to_row(Contents())) == Contents()


def test_what_two_people_changed_in_different_fields_is_joined() -> None:
    theirs, mine = replace(BASE, title_en="Road closed"), replace(BASE, body_fa="تا سه.")
    merged = merge(BASE, theirs, mine)
    assert merged.contents == replace(BASE, title_en="Road closed", body_fa="تا سه.")
    assert (merged.theirs, merged.both) == (("title_en",), ())


def test_what_both_changed_is_named_and_mine_stays_in_my_hands() -> None:
    theirs, mine = replace(BASE, body_fa="تا شب.", lead_fa="x"), replace(BASE, body_fa="تا سه.")
    merged = merge(BASE, theirs, mine)
    assert (merged.contents.body_fa, merged.contents.lead_fa) == ("تا سه.", "x")
    assert (merged.theirs, merged.both) == (("lead_fa",), ("body_fa",))


def test_the_same_change_by_both_is_no_quarrel() -> None:
    changed = replace(BASE, body_fa="تا شب.")
    assert merge(BASE, changed, changed).both == ()
