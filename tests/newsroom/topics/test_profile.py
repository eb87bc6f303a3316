"""What a county's profile suggests, from its own published rows, with the reason."""

from pathlib import Path

from msgspec.structs import replace

from pasokh.newsroom.topics.profile import FAR_KM, CountyProfile, Mix, TopicGround, suggest
from pasokh.newsroom.topics.published_mix import PublishedMix, published_mix

PUBLISHED = Path(__file__).parents[3] / "drills" / "published"
GONABAD = "0915"


def profile(**fields: object) -> CountyProfile:
    usual = {
        "county": GONABAD,
        "mix": Mix({"noise": 30, "theft": 30}, {"O1": 60}, 100),
        "province": Mix({"noise": 100, "theft": 600}, {"O1": 700}, 1_000),
        "outlets": {"site": 1},
    }
    return CountyProfile(**(usual | fields))  # type: ignore[arg-type]


def test_a_kind_is_suggested_where_it_is_commoner_than_in_the_province() -> None:
    found = suggest(profile())
    assert [(one.ground, one.about) for one in found] == [(TopicGround.KIND, "noise")]
    only = found[0]
    assert (only.part, only.base, only.province_part, only.province_base) == (30, 100, 100, 1_000)
    assert only.suggestion_id == "kind:noise"
    few = profile(mix=Mix({"noise": 19}, {}, 20))
    assert suggest(few) == [], "nineteen calls say little"


def test_calls_without_a_mission_suggest_what_the_number_is_for() -> None:
    found = suggest(profile(mix=Mix({}, {"X": 12, "N2": 8, "H": 14, "O1": 66}, 100)))
    assert [(one.ground, one.part) for one in found] == [(TopicGround.WITHOUT_MISSION, 34)]
    assert suggest(profile(mix=Mix({}, {"X": 33, "O1": 67}, 100))) == [], "under a third"


def test_distance_languages_and_a_county_without_outlets_are_reasons() -> None:
    far = profile(mix=Mix(), distance_km=FAR_KM, languages=("fa", "tk"), outlets={"site": 1})
    assert [(one.ground, one.about) for one in suggest(far)] == [
        (TopicGround.DISTANCE, ""),
        (TopicGround.LANGUAGE, "tk"),
    ]
    near = profile(mix=Mix(), distance_km=FAR_KM - 1, outlets={})
    assert [one.ground for one in suggest(near)] == [TopicGround.NO_OUTLET]


def test_the_mix_of_a_county_is_what_the_public_rows_say() -> None:
    read = published_mix(PUBLISHED)
    gonabad = read.counties[GONABAD]
    by_hand = 0
    for day in ("2026-11-20", "2026-11-21", "2026-11-22"):
        lines = (PUBLISHED / "days" / day / "calls.csv").read_text().splitlines()[1:]
        by_hand += sum(int(line.rsplit(",", 1)[1]) for line in lines if f",{GONABAD}," in line)
    assert gonabad.total == by_hand > 0
    assert sum(gonabad.kinds.values()) < gonabad.total
    assert read.province.total == sum(mix.total for mix in read.counties.values())
    assert read.titles["documents", "en"] == "Question about documents"
    assert published_mix(None) == PublishedMix()


def test_gonabad_gets_topics_from_its_own_figures() -> None:
    read = published_mix(PUBLISHED)
    found = suggest(
        replace(profile(), mix=read.counties[GONABAD], province=read.province, distance_km=260)
    )
    assert {one.ground for one in found} >= {TopicGround.WITHOUT_MISSION, TopicGround.DISTANCE}
