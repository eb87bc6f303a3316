"""A centre's gateways of text messages as its operator wrote them: right, or refused with why."""

from pathlib import Path

import pytest

from pasokh.settings import SettingsRefused
from pasokh.settings_text import TEXT_EXAMPLE, TEXT_FILE, read_text
from tests.adapters.telephony.text.kannel_box import GUIDE

KANNEL = '[kannel]\nsecret = "twelve-letters"\npassword = "x"\nnumber = "110"\n'
SMPP = GUIDE.read_text("utf-8").split("```toml\n")[2].split("```")[0]
SHOWN = GUIDE.read_text("utf-8").split("```toml\n")[1].split("```")[0]


def written(folder: Path, text: str) -> Path:
    (folder / TEXT_FILE).write_text(text, "utf-8")
    return folder


def test_a_centre_without_gateways_and_what_the_guide_shows(tmp_path: Path) -> None:
    assert read_text(tmp_path) is None
    found = read_text(written(tmp_path, SHOWN))
    assert found is not None
    assert found.kannel is not None
    assert (found.kannel.number, found.kannel.port) == ("110", 8112)
    found = read_text(written(tmp_path, SMPP))
    assert found is not None
    assert found.smpp is not None
    assert found.smpp.port == 2775


SURVEY = '[survey]\naddress = "https://news.example"\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "names no gateway"),
        ("[kannel]\n", "missing required field"),
        (KANNEL + "colour = 1\n", "unknown field"),
        (KANNEL + "port = 70000\n", "kannel.port"),
        (KANNEL.replace("twelve-letters", "short"), "kannel.secret"),
        (KANNEL.replace("110", "police"), "kannel.number"),
        (KANNEL + 'send_url = "file:///x"\n', "kannel.send_url"),
        (TEXT_EXAMPLE, "kannel.secret"),
        (SMPP.replace("10.0.0.9", ""), "smpp"),
        (KANNEL + '[survey]\naddress = "news.example"\n', "survey.address"),
        (KANNEL + SURVEY + "from_hour = 20\nuntil_hour = 20\n", "survey.from_hour"),
        (KANNEL + SURVEY + 'language = "de"\n', "survey.language"),
        (SURVEY, "names no gateway"),
    ],
)
def test_what_cannot_work_is_refused_with_why(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(SettingsRefused, match=why):
        read_text(written(tmp_path, text))


def test_the_people_of_a_drill_answer_no_real_caller(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="drill"):
        read_text(written(tmp_path, KANNEL), drill=True)
