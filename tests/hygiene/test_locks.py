"""The locks: they pin what pyproject.toml states and all it brings, by hash, and name no place to fetch it from."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.hygiene.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUN = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
DEV = [Requirement(line) for line in PROJECT["dependency-groups"]["dev"]]
STATED = {"run": RUN, "dev": RUN + DEV}
REMEDY = "write the locks anew: bash requirements/lock"


def text(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.txt").read_text()


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", text(lock), re.MULTILINE))


def brought_by(stated: list[Requirement]) -> set[str]:
    """Names of all that `stated` brings on this machine, itself included, as the installed packages tell it."""
    names: set[str] = set()
    waiting = [(requirement, "") for requirement in stated]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        names.add(name)
        for wanted in {"", *requirement.extras}:
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                waiting += [(Requirement(line), wanted) for line in metadata.requires(name) or ()]
    return names


@pytest.mark.parametrize("lock", STATED)
def test_every_pin_fits_what_is_stated(lock: str) -> None:
    for requirement in STATED[lock]:
        pinned = pins(lock).get(canonicalize_name(requirement.name))
        assert pinned, f"{requirement.name} is not locked; {REMEDY}"
        assert requirement.specifier.contains(pinned), f"{requirement.name} is locked at {pinned}; {REMEDY}"


@pytest.mark.parametrize("lock", STATED)
def test_all_that_is_brought_is_locked(lock: str) -> None:
    assert brought_by(STATED[lock]) - pins(lock).keys() == set(), REMEDY


def test_nothing_is_locked_that_nothing_brings() -> None:
    assert pins("run").keys() - brought_by(RUN) == set(), REMEDY


def test_both_locks_agree() -> None:
    assert pins("run").items() <= pins("dev").items(), REMEDY


@pytest.mark.parametrize("lock", STATED)
def test_a_lock_is_nothing_but_pins_and_hashes(lock: str) -> None:
    """No index, no address, no path, no pin without a hash: it must hold on any machine."""
    pin = r"[a-z0-9-]+==\S+ \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+"
    assert re.fullmatch(rf"(?:{pin})+", text(lock))
