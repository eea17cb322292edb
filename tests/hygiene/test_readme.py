"""The README's two commands are what CI runs: a line that only stands in a document rots."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.hygiene.sources import ROOT, relative

INSTALL = "python3 -m venv .venv"


def commands() -> list[list[str]]:
    """The parts of each of the README's shell lines that set up an environment."""
    readme = (ROOT / "README.md").read_text()
    lines = [
        line for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) for line in block.splitlines()
    ]
    return [line.split(" && ") for line in lines if line.startswith(INSTALL)]


def test_there_are_two_the_first_opens_the_app_the_second_runs_the_tests() -> None:
    assert [parts[-1] for parts in commands()] == [".venv/bin/fu", ".venv/bin/pytest"]


def test_ci_runs_the_second_part_by_part() -> None:
    ci = (ROOT / ".ci" / "run").read_text().replace("--quiet ", "")
    places = [ci.index(part) for part in commands()[1]]
    assert places == sorted(places)


def test_ci_installs_the_app_from_the_lock_of_the_first() -> None:
    ci = (ROOT / ".ci" / "run").read_text()
    [lock] = re.findall(r"-r (requirements/\S+)", " ".join(commands()[0]))
    assert f'"$outside/venv/bin/pip" install --quiet -r {lock}' in ci


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_what_a_page_links_to_exists(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text())
    near = [link.partition("#")[0] for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in near if not (page.parent / link).exists()] == []


def test_the_readme_has_links_to_check() -> None:
    assert "](docs/" in (ROOT / "README.md").read_text()
