"""Suggestions of incidents: what is nearer, newer, more alike comes first, and says why."""

from hypothesis import given
from hypothesis import strategies as st

from pasokh.core.place import Area, Point
from pasokh.core.time import HOUR, MINUTE
from pasokh.dispatch.nearby import FITTED, MOST, Candidate, Ground, Near, Sought, nearby
from pasokh.dispatch.usual import text_share, trigrams
from pasokh.words.spelling import key

NOW = 100 * HOUR
SQUARE = Point(36.297, 59.606)
SOUGHT = Sought(SQUARE, key("تصادف دو خودرو میدان آیینه"), "traffic_injury")

texts = st.text(alphabet="ابپتث جچحخ", max_size=20)
metres = st.floats(0, 3_000)
minutes = st.integers(0, 240)


def north(away: float) -> Point:
    return Point(SQUARE.latitude + away / 111_195, SQUARE.longitude)


def scored(candidate: Candidate, sought: Sought = SOUGHT) -> float:
    found = nearby(sought, [candidate], NOW)
    return found[0].score if found else 0.0


def candidate(
    away: float | None = 0.0,
    ago: int = 0,
    text: str = "",
    incident_type: str = "",
) -> Candidate:
    point = None if away is None else north(away)
    return Candidate("i1", NOW - ago * MINUTE, point, text, incident_type)


@given(metres, metres, minutes, texts)
def test_the_score_falls_with_distance(one: float, other: float, ago: int, text: str) -> None:
    near, far = sorted((one, other))
    assert scored(candidate(near, ago, text)) >= scored(candidate(far, ago, text))


@given(minutes, minutes, metres, texts)
def test_the_score_falls_with_time(one: int, other: int, away: float, text: str) -> None:
    new, old = sorted((one, other))
    assert scored(candidate(away, new, text)) >= scored(candidate(away, old, text))


def test_it_falls_strictly_where_people_would_see_it() -> None:
    same = SOUGHT.incident_type
    by_place = [scored(candidate(away, 0, "", same)) for away in (0, 50, 200, 400, 790)]
    by_time = [scored(candidate(0, ago, "", same)) for ago in (0, 6, 12, 18, 23)]
    for scores in (by_place, by_time):
        assert scores == sorted(set(scores), reverse=True)
    assert scored(candidate(400, 0, "", same)) * 2 == by_place[0]
    assert scored(candidate(0, 12, "", same)) * 2 == by_time[0]


@given(metres, minutes, texts)
def test_the_same_type_never_lowers_a_score(away: float, ago: int, text: str) -> None:
    same = candidate(away, ago, text, SOUGHT.incident_type)
    assert scored(same) >= scored(candidate(away, ago, text, "theft"))


@given(texts, texts)
def test_a_text_share_is_fair(one: str, other: str) -> None:
    there, back = trigrams(one), trigrams(other)
    assert text_share(there, back) == text_share(back, there)
    assert 0.0 <= text_share(there, back) <= 1.0
    assert text_share(there, there) == (1.0 if one.split() else 0.0)


def test_the_order_of_words_and_the_way_of_spelling_do_not_count() -> None:
    told = key("ميدان آيينه، تصادف دو خودرو")
    assert text_share(trigrams(told), trigrams(SOUGHT.text)) > 0.8
    assert text_share(trigrams(key("سرقت از منزل")), trigrams(SOUGHT.text)) < 0.2


def test_two_towns_with_the_same_street_are_not_one() -> None:
    """Mashhad and Gonabad have streets of one name, 287 kilometres apart."""
    gonabad = Candidate("i1", NOW, Point(34.353, 58.684), SOUGHT.text, SOUGHT.incident_type)
    assert nearby(SOUGHT, [gonabad], NOW) == []


def test_a_suggestion_says_what_speaks_for_it() -> None:
    found = nearby(SOUGHT, [candidate(100, 7, SOUGHT.text, "traffic_injury")], NOW)
    grounds = (Ground.SAME_WORDS, Ground.SAME_TYPE)
    assert found == [Near("i1", found[0].score, 100, 7, 1.0, same_type=True, grounds=grounds)]
    [unplaced] = nearby(SOUGHT, [candidate(None, 7, SOUGHT.text)], NOW)
    assert (unplaced.metres, unplaced.grounds) == (None, (Ground.SAME_WORDS,))
    assert unplaced.score < found[0].score
    assert nearby(SOUGHT, [candidate(None, 0, "", SOUGHT.incident_type)], NOW) == [], "no place"


def test_no_more_than_a_person_looks_through_the_likeliest_first() -> None:
    many = [Candidate(f"i{n:04}", NOW - n * MINUTE // 100, SQUARE) for n in range(2_000)]
    found = nearby(SOUGHT, many, NOW)
    assert [near.incident_id for near in found] == [f"i{n:04}" for n in range(MOST)]
    assert all(near.score >= FITTED.least_score for near in found)


def test_a_clock_that_ran_ahead_makes_nothing_nearer_than_now() -> None:
    assert scored(candidate(0, -5)) == scored(candidate(0, 0))


def in_beat(number: int, name: str, beat: str = "b-1", ago: int = 3) -> Candidate:
    text = key(f"{number} {name}" if number else name)
    return Candidate(f"i{number}", NOW - ago * MINUTE, None, text, "", Area("mashhad", beat))


def test_without_points_the_next_block_and_the_crossing_count_and_another_beat_does_not() -> None:
    asked = Sought(None, key("۶۰۰ سجاد"), "", Area("mashhad", "b-1"))
    others = [
        in_beat(700, "سجاد"),
        in_beat(1900, "سجاد"),
        in_beat(0, "سجاد / بزرگمهر"),
        in_beat(601, "سجاد", "b-2"),
        in_beat(602, "خیام"),
    ]
    found = {near.incident_id: near.grounds for near in nearby(asked, others, NOW)}
    assert found == dict.fromkeys(("i700", "i0"), (Ground.SHARED_WORDS, Ground.SAME_BEAT))


def test_what_is_usual_says_less_than_what_is_rare() -> None:
    """At a police house everything is written down, always: one more says nothing."""
    asked = Sought(None, key("میدان شهدا"), "theft", Area("mashhad", "b-1"))
    near = Candidate("i", NOW, None, asked.text, "theft", asked.area)
    settled = [Candidate(f"o{n}", NOW - HOUR, None, asked.text, "theft") for n in range(30)]
    assert [each.incident_id for each in nearby(asked, [near], NOW)] == ["i"]
    assert nearby(asked, [near, *settled], NOW) == []


def test_a_great_event_does_not_make_itself_usual() -> None:
    """Forty incidents of the last ten minutes at one square: each call is shown them."""
    asked = Sought(None, key("میدان شهدا"), "fire", Area("mashhad", "b-1"))
    burst = [
        Candidate(f"i{n}", NOW - (n % 10) * MINUTE, None, asked.text, "fire", asked.area)
        for n in range(40)
    ]
    assert len(nearby(asked, burst, NOW)) == MOST


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_are_taken_and_a_score_is_a_share(one: str, other: str) -> None:
    asked = Sought(None, key(one), "", Area("mashhad", "b-1"))
    for near in nearby(asked, [Candidate("i", NOW, None, key(other), "", asked.area)], NOW):
        assert 0 < near.score <= 1
