"""Sounds of a telephone line, made by espeak-ng and sox: A-law, 8,000 a second. No person's."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

_SAYS = {
    "fa": "سلام، در خیابان امام رضا هستم، یک نفر اینجا به کمک نیاز دارد",
    "en": "Hello, I am at the corner, somebody here needs help, please come",
}
_LINE = ("-r", "8000", "-c", "1", "-t", "al", "-")
_TRAFFIC = "synth 8 brownnoise vol 0.35 tremolo 0.3 60"
SILENT = {
    "silence": "trim 0 8",
    "white noise": "synth 8 whitenoise vol 0.1",
    "pink noise": "synth 8 pinknoise vol 0.3",
    "traffic": _TRAFFIC,
    "hum": "synth 8 sine 50 sine 100 remix 1,2 vol 0.3",
    "ring tone": "synth 2 sine 425 vol 0.3 pad 0 2 repeat 1",
    "busy tone": "synth 0.5 sine 425 vol 0.3 pad 0 0.5 repeat 7",
    "keys": "synth 0.2 sine 770 sine 1336 remix 1,2 vol 0.4 pad 0 0.2 repeat 15",
    "a click": "synth 0.01 whitenoise pad 3 4.99",
}
SPOKEN = [
    f"{language} {how}" for language in _SAYS for how in ("clean", "far away", "traffic", "late")
]


@cache
def clip(name: str) -> bytes:
    """Make a sound by its name."""
    if name in SILENT:
        return _sox("-n", "-r", "8000", "-c", "1", tail=SILENT[name])
    language, _, how = name.partition(" ")
    with TemporaryDirectory() as folder:
        said, noise = Path(folder) / "said.wav", Path(folder) / "noise.wav"
        subprocess.run(["espeak-ng", "-v", language, "-w", said, _SAYS[language]], check=True)
        if how == "traffic":
            line = ["sox", "-D", "-n", "-r", "22050", "-c", "1", noise, *_TRAFFIC.split()]
            subprocess.run(line, check=True)
            return _sox("-m", "-v", "0.6", str(said), "-v", "0.5", str(noise), tail="trim 0 4")
        tail = {"clean": "", "far away": "vol -34 dB", "late": "pad 4"}[how]
        return _sox(str(said), tail=tail)


def _sox(*source: str, tail: str) -> bytes:
    line = ["sox", "-D", *source, *_LINE]
    effects = tail.split()
    if source[0] == "-n":
        line = ["sox", "-D", "-n", "-r", "8000", "-c", "1", "-t", "al", "-"]
    return subprocess.run([*line, *effects], stdout=subprocess.PIPE, check=True).stdout
