"""A scenario: everything that is chosen about a drill, read from one TOML file."""

from math import inf
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from pasokh.core.chance import Chance, lognormal, lognormal_mean
from pasokh.core.time import SECOND, Span

Share = Annotated[float, Meta(ge=0, le=1)]
Hours = Annotated[tuple[float, ...], Meta(min_length=24, max_length=24)]
HOURS = 24


class Spread(Struct, frozen=True, forbid_unknown_fields=True):
    """A log-normal length of time, in seconds at its median and 90th percentile, and at most."""

    p50: Annotated[float, Meta(gt=0)]
    p90: Annotated[float, Meta(gt=0)]
    # Somebody steps in by then: the tail of a log-normal has no end, a shift has one.
    most: Annotated[float, Meta(gt=0)] = inf

    def draw(self, chance: Chance) -> Span:
        """Draw a length of time (milliseconds)."""
        return int(min(self.most, lognormal(chance, self.p50, self.p90)) * SECOND)

    @property
    def mean(self) -> float:
        """The mean, in seconds, of what has no most."""
        return lognormal_mean(self.p50, self.p90)


class Demand(Struct, frozen=True, forbid_unknown_fields=True):
    """How many public calls come, and when."""

    calls_per_day: float
    over_dispersion: Annotated[float, Meta(ge=1)]
    hour_percent: Hours
    # Factors of Monday to Sunday; the weekend is wherever the figures put it.
    weekday_factor: Annotated[tuple[float, ...], Meta(min_length=7, max_length=7)]
    # What a county that was split off after the census takes of the one it was counted in.
    split_share: Share
    text_share: Share
    web_share: Share


class Errands(Struct, frozen=True, forbid_unknown_fields=True):
    """Shares of the answered public calls, by what they turn out to be; they add up to 1."""

    operational: Share
    advice: Share
    handoff: Share
    recorded: Share
    irrelevant: Share
    nuisance: Share
    hoax: Share
    silent: Share
    pending: Share


class Sides(Struct, frozen=True, forbid_unknown_fields=True):
    """What comes beside the public's calls: shares of their number, and patrols' own finds."""

    repeat_share: Share  # of operational calls, those about an incident already reported
    repeat_after: Spread
    alarm: Share
    agency: Share
    test: Share
    patrol_found_per_day: float


class Patience(Struct, frozen=True, forbid_unknown_fields=True):
    """How long callers let it ring, and what they do then."""

    hasty_share: Share  # hang up at once: pockets, second thoughts
    hasty: Spread
    patient: Spread
    redial_share: Share
    redial_after: Spread


class Answering(Struct, frozen=True, forbid_unknown_fields=True):
    """The call takers' side."""

    positions: int
    within_seconds: int
    within_share: Share
    margin_sigmas: float  # staffed for the mean load and so many of its standard deviations
    break_share: Share
    break_length: Spread
    break_every: Spread
    shift_hours: tuple[int, ...]  # civil hours at which people relieve each other
    pick_up: Spread
    wrap_up: Spread
    hold_share: Share
    hold: Spread
    handoff_answer: Spread
    handoff_refused_share: Share
    silent_mark_after: Spread
    call_back_share: Share
    call_back_after: Spread
    call_back_length: Spread
    call_back_reached_share: Share
    call_back_operational_share: Share
    nuisance_marked_share: Share
    nuisance_days: int
    appeal_share: Share
    appeal_after: Spread
    talk: dict[str, Spread]  # by errand


class Dispatching(Struct, frozen=True, forbid_unknown_fields=True):
    """The dispatchers' and the crews' side."""

    dispatchers: int
    units: int
    units_least_per_county: int
    units_per_station: int
    night_off_share: Share
    capabilities: dict[str, Share]  # of the units that have each, beside patrol
    # What the own county sends when none of its units that can do it is free.
    instead: dict[str, str]
    units_per_mission: tuple[float, ...]  # weights of 1, 2, 3 ... units
    opening: Spread
    decision: dict[str, Spread]  # by priority, "1" to "5"
    linked_share: Share  # repeats recognised on the call; the others are merged later
    merge: Spread
    acknowledge: Spread
    turnout: Spread
    on_scene: Spread
    closing: Spread
    detour: float
    speed_kmh: float
    speed_kmh_country: float
    travel_noise: Spread  # a factor, not seconds
    cancelled_share: Share
    outcomes: dict[str, float]
    scatter_km: float
    country_share: Share
    country_scatter_km: float


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """One type of incident: its share, when it happens, what it needs."""

    share: float
    night_share: Share  # of its incidents, those from 22 to 05 h
    peak_hour: int
    priority: Annotated[int, Meta(ge=1, le=5)]
    capability: str
    reason: str


class Sealing(Struct, frozen=True, forbid_unknown_fields=True):
    """Invented words for the vault: no street and no number in them is a real one."""

    share: Share
    streets: tuple[str, ...]
    numbers: int


class Learning(Struct, frozen=True, forbid_unknown_fields=True):
    """What is left to real people who work beside the drill's; nothing, while there are none."""

    call_share: Share  # of the calls, while somebody sits ready at a position of their own
    call_seconds: int
    incident_share: Share  # of the incidents, while somebody has a dispatcher's desk open
    incident_seconds: int
    own_seconds: int  # what a person opened is theirs alone for so long
    owned_seconds: int  # and what a person here looks after, for so long
    speaks_every: Spread
    patience_seconds: int


class Scenario(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole scenario."""

    name: str
    centre: str
    province: str
    seed: int
    utc_offset_minutes: int
    demand: Demand
    errands: Errands
    sides: Sides
    patience: Patience
    answering: Answering
    dispatching: Dispatching
    sealing: Sealing
    learning: Learning
    # What an invented caller says to a person, by kind of incident, by errand, and to questions.
    lines: dict[str, tuple[str, ...]]
    lists: str  # the file beside this one with what the centre knows beforehand
    advice_types: dict[str, float]
    handoff_services: dict[str, float]
    kinds: dict[str, Kind]


def read_scenario(path: Path) -> Scenario:
    """Read a scenario; a msgspec.ValidationError says which line of thought is wrong."""
    return msgspec.toml.decode(path.read_bytes(), type=Scenario)
