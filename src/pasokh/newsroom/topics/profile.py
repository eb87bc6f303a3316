"""What a county's own published figures, distance, outlets and languages suggest as topics. Pure.

Everything here is about places and kinds of calls: nobody can be found in it.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from pasokh.account.definitions import CallClass
from pasokh.core.ids import AreaCode

# Judgements, and stated where a suggestion is shown. A share of fewer calls says little.
LEAST_CALLS = 20
TIMES_THE_PROVINCE = 1.25
LEAST_SHARE = 1 / 3
FAR_KM = 100
MOST_KINDS = 3

# Whoever rings for these may find help sooner, or elsewhere, when somebody tells them how.
WITHOUT_MISSION = frozenset(
    one.value
    for one in (
        CallClass.ADVICE,
        CallClass.HANDED_OFF,
        CallClass.SILENT,
        CallClass.IRRELEVANT,
        CallClass.NUISANCE,
        CallClass.HOAX,
    )
)
_USUAL_LANGUAGE = "fa"


class Mix(Struct, frozen=True):
    """Published calls of some days: all that the rows name a county for, by kind and by class."""

    kinds: Mapping[str, int] = {}
    classes: Mapping[str, int] = {}
    total: int = 0

    def of_classes(self, wanted: frozenset[str]) -> int:
        """Count the calls of some classes."""
        return sum(count for name, count in self.classes.items() if name in wanted)


class CountyProfile(Struct, frozen=True):
    """A county as the newsroom knows it. `distance_km`: from the seat of the province, straight.

    `outlets`: how many accredited ones, by kind. `events`: press meetings announced for it.
    `languages`: those in which its outlets publish, the commonest first.
    """

    county: AreaCode
    mix: Mix
    province: Mix
    from_day: str = ""
    to_day: str = ""
    distance_km: int | None = None
    outlets: Mapping[str, int] = {}
    events: int = 0
    languages: tuple[str, ...] = ()


class TopicGround(StrEnum):
    """Why a topic is suggested."""

    KIND = "kind"
    WITHOUT_MISSION = "without_mission"
    DISTANCE = "distance"
    LANGUAGE = "language"
    NO_OUTLET = "no_outlet"


class SuggestedTopic(Struct, frozen=True):
    """A topic for a county with its reason: `part` of `base` calls there, and in the province.

    `about`: the kind of call, or the language. `km` stands for itself.
    """

    ground: TopicGround
    about: str = ""
    part: int = 0
    base: int = 0
    province_part: int = 0
    province_base: int = 0
    km: int = 0

    @property
    def suggestion_id(self) -> str:
        """What a proposal names that came of it."""
        return f"{self.ground.value}:{self.about}" if self.about else self.ground.value


def suggest(profile: CountyProfile) -> list[SuggestedTopic]:
    """Give the topics that a county's profile suggests, figures before circumstances."""
    return [*_kinds(profile), *_without_mission(profile), *_circumstances(profile)]


def _kinds(profile: CountyProfile) -> list[SuggestedTopic]:
    here, all_over = profile.mix, profile.province
    found = []
    for kind, count in here.kinds.items():
        # Compared without division: count/total >= TIMES * everywhere/total there.
        there = all_over.kinds.get(kind, 0)
        more = count * all_over.total >= TIMES_THE_PROVINCE * there * here.total
        if count >= LEAST_CALLS and more:
            found.append(
                SuggestedTopic(TopicGround.KIND, kind, count, here.total, there, all_over.total)
            )
    found.sort(key=lambda one: (-one.part, one.about))
    return found[:MOST_KINDS]


def _without_mission(profile: CountyProfile) -> Iterator[SuggestedTopic]:
    here, all_over = profile.mix, profile.province
    count = here.of_classes(WITHOUT_MISSION)
    if count >= LEAST_CALLS and count >= LEAST_SHARE * here.total:
        there = all_over.of_classes(WITHOUT_MISSION)
        yield SuggestedTopic(
            TopicGround.WITHOUT_MISSION, "", count, here.total, there, all_over.total
        )


def _circumstances(profile: CountyProfile) -> Iterator[SuggestedTopic]:
    if profile.distance_km is not None and profile.distance_km >= FAR_KM:
        yield SuggestedTopic(TopicGround.DISTANCE, km=profile.distance_km)
    for language in profile.languages:
        if language != _USUAL_LANGUAGE:
            yield SuggestedTopic(TopicGround.LANGUAGE, language)
    if not profile.outlets:
        yield SuggestedTopic(TopicGround.NO_OUTLET)
