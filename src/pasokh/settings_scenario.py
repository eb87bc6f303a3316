"""Which scenario the invented people of a drill live by."""

from pathlib import Path

from pasokh.settings import Settings, SettingsRefused

# A wheel carries the drills with it; in a checkout they lie at the root.
_DRILLS = (Path(__file__).parent / "drills", Path(__file__).parents[2] / "drills")
_SCENARIO = "living_province.toml"
# Where the doors find a demonstration's past when it is there, below its folder.
PAST_PUBLIC = Path("past") / "public"


def scenario_of(settings: Settings) -> Path:
    """Find the scenario of a drill; SettingsRefused when it is not there."""
    shipped = next((one for one in _DRILLS if one.is_dir()), _DRILLS[0]) / _SCENARIO
    path = settings.scenario or shipped
    if not path.is_file():
        raise SettingsRefused(f"there is no scenario {path}; name one with --scenario FILE")
    return path
