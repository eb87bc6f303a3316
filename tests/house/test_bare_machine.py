"""A bare Debian 12 with python3, pip and git needs nothing else: shown in a root made for it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT

SUITE = "bookworm"
PACKAGES = "python3,python3-pip,git,ca-certificates"
# The root as debootstrap leaves it, kept between runs; outside the checkout.
KEPT = Path(tempfile.gettempdir()) / f"pasokh-bare-{SUITE}.tar"
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"

pytestmark = pytest.mark.bare


def run(*command: str | Path, **options: object) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=600, **options
    )
    if done.returncode:
        pytest.fail(f"{command}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}", pytrace=False)
    return done.stdout


def why_not() -> str:
    """Why this machine cannot make such a root, or nothing."""
    if os.geteuid() != 0:
        return "a root file system is made by root only"
    if not shutil.which("debootstrap", path=PATH):
        return "no debootstrap: apt-get install debootstrap"
    if not mirror():
        return f"this machine's apt knows no source of Debian's {SUITE}"
    return ""


def mirror() -> str:
    """Where this machine itself gets Debian from; no address is written in the house."""
    if not shutil.which("apt-get"):
        return ""
    wanted = ["Created-By: Packages", "Component: main", f"Codename: {SUITE}", "Label: Debian"]
    found = run("apt-get", "indextargets", "--format", "$(REPO_URI)", *wanted)
    return found.split("\n", maxsplit=1)[0]


def make_root() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "made"
        run("debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, made, mirror())
        # Only a whole archive gets the name under which the next run looks for it.
        run("tar", "-C", made, "-cf", Path(scratch) / "made.tar", ".")
        shutil.move(Path(scratch) / "made.tar", KEPT)


def settings_of_pip() -> dict[str, str]:
    """The host's environment for pip: its own settings, certificates and proxies."""
    return {
        name: value
        for name, value in os.environ.items()
        if name.startswith("PIP_") or "CERT" in name or name.lower().endswith("_proxy")
    }


def lend(root: Path) -> None:
    """Give the new machine the network of this one: names, certificates, pip's settings."""
    home = Path.home()
    files = [
        Path("/etc/resolv.conf"),
        Path("/etc/hosts"),
        Path("/etc/pip.conf"),
        home / ".pip/pip.conf",
        home / ".config/pip/pip.conf",
        *(Path(value) for value in settings_of_pip().values() if value.startswith("/")),
    ]
    for file in files:
        if file.is_file():
            target = root / file.relative_to("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


@pytest.fixture
def bare_root() -> Iterator[Path]:
    if reason := why_not():
        pytest.skip(f"bare machine: {reason}")
    if not KEPT.exists():
        make_root()
    root = Path(tempfile.mkdtemp())
    try:
        run("tar", "-C", root, "-xf", KEPT)
        lend(root)
        run("git", "clone", "--quiet", "--no-hardlinks", ROOT, root / "pasokh")
        yield root
    finally:  # forty thousand files: rm takes a part of the time that shutil does
        run("rm", "-rf", root)


def test_setup_on_a_bare_machine(bare_root: Path) -> None:
    def there(command: str) -> str:
        env = {**settings_of_pip(), "HOME": str(Path.home()), "PATH": PATH, "LANG": "C.UTF-8"}
        return run("chroot", bare_root, "sh", "-c", f"cd /pasokh && {command}", env=env)

    assert "Python 3.11" in there("python3 --version")
    assert "requirements/test.txt" in there("./script/setup")
    assert "pasokh" in there(".venv/bin/pasokh --help")
    assert there("./script/setup") == "", "the second setup finds everything done"
    assert there("git status --porcelain") == "", "setup leaves the checkout clean"
