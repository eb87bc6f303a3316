"""Puts a county's profile together, and says in words what it suggests."""

from collections import Counter

from django.conf import settings
from msgspec import Struct

from pasokh.core.ids import AreaCode
from pasokh.core.time import Instant
from pasokh.newsroom.counties import county_name, distance_km
from pasokh.newsroom.meetings.models import Meeting
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.topics.profile import CountyProfile, Mix, SuggestedTopic, TopicGround, suggest
from pasokh.newsroom.topics.published_mix import PublishedMix, published_mix
from pasokh.words.digits import percent
from pasokh.words.say import say


class SuggestionTold(Struct, frozen=True):
    """A suggestion as a person reads it: a title to begin with, and the reason."""

    suggestion_id: str
    title: str
    reason: str


class CountySeen(Struct, frozen=True):
    """A county's profile with what its codes are called."""

    profile: CountyProfile
    published: PublishedMix

    def kinds(self, language: str) -> list[tuple[str, int, str, str]]:
        """List the calls by kind, most first: name, count, share here, share in the province."""
        here, all_over = self.profile.mix, self.profile.province
        most = sorted(here.kinds.items(), key=lambda one: (-one[1], one[0]))
        return [
            (
                self.kind_name(kind, language),
                count,
                percent(language, count, here.total),
                percent(language, all_over.kinds.get(kind, 0), all_over.total),
            )
            for kind, count in most
        ]

    def kind_name(self, kind: str, language: str) -> str:
        """Say what a kind is called."""
        return self.published.titles.get((kind, language), kind)

    def suggestions(self, language: str) -> list[SuggestionTold]:
        """Say what the profile suggests."""
        return [self._told(one, language) for one in suggest(self.profile)]

    def _told(self, one: SuggestedTopic, language: str) -> SuggestionTold:
        about = one.about
        if one.ground is TopicGround.KIND:
            about = self.kind_name(one.about, language)
        if one.ground is TopicGround.LANGUAGE:
            about = say(language, f"outlets.spoken.{one.about}")
        details: dict[str, str | int] = {
            "county": county_name(self.profile.county, language),
            "about": about,
            "part": one.part,
            "base": one.base,
            "share": percent(language, one.part, one.base),
            "province": percent(language, one.province_part, one.province_base),
            "km": one.km,
        }
        told = f"proposals.ground.{one.ground.value}"
        title, reason = say(language, told, **details), say(language, f"{told}.reason", **details)
        return SuggestionTold(one.suggestion_id, title, reason)


def county_seen(county: AreaCode, now: Instant) -> CountySeen:
    """Read what is known of a county: published rows, distance, and its accredited outlets."""
    published = published_mix(settings.PASOKH_NEWSROOM.published)
    outlets = [one for one in Outlet.objects.here().filter(county=county) if one.accredited(now)]
    languages = Counter(language for one in outlets for language in one.languages)
    profile = CountyProfile(
        county=county,
        mix=published.counties.get(county, Mix()),
        province=published.province,
        from_day=published.from_day,
        to_day=published.to_day,
        distance_km=distance_km(county),
        outlets=Counter(one.kind for one in outlets),
        events=_meetings(county),
        languages=tuple(language for language, _ in languages.most_common()),
    )
    return CountySeen(profile, published)


def _meetings(county: AreaCode) -> int:
    announced = Meeting.objects.filter(county=county, cancelled_at=None)
    return int(announced.exclude(announced_at=None).count())
