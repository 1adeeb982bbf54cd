"""What holds the project together besides the code: versions, checks and the changelog say the same everywhere."""

from __future__ import annotations

import datetime
import os
import re
import tomllib
from itertools import pairwise
from typing import Any

import pytest
from conftest import PROJECT

PACKAGE: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
CHANGELOG = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_promised_python_is_tried() -> None:
    """The versions in the package's description are those of both hosted jobs, from the least that it installs on."""
    classifiers = PACKAGE["project"]["classifiers"]
    promised = [name.rsplit(" ", 1)[-1] for name in classifiers if re.search(r":: 3\.\d+$", name)]
    hosted = (PROJECT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    matrices = [re.findall(r"[\d.]+", listed) for listed in re.findall(r"python: \[(.+)\]", hosted)]
    assert matrices == [promised, promised]
    assert PACKAGE["project"]["requires-python"] == f">={promised[0]}"


@pytest.mark.parametrize("name", ["quick", "run"])
def test_check_can_be_run(name: str) -> None:
    """The checks are programs, as CONTRIBUTING.md calls them."""
    assert os.access(PROJECT / ".ci" / name, os.X_OK)


def test_contributing_names_extras_that_exist() -> None:
    """What the pages install is there to install."""
    extras = set(PACKAGE["project"]["optional-dependencies"])
    for page in PROJECT.glob("*.md"):
        for named in re.findall(r"install .*\[([a-z,]+)\]", page.read_text(encoding="utf-8")):
            assert set(named.split(",")) <= extras, page


def test_hooks_are_checks_of_the_project() -> None:
    """A commit is checked by tools that the extra "dev" installs, each of which the gate runs too."""
    hooks = (PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    gate = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    commands = re.findall(r"entry: \.venv/bin/(\w+(?: [a-z]+)?)", hooks)
    assert len(commands) == hooks.count("- id:")
    for command in commands:
        tool, _, rest = command.partition(" ")
        assert f'"$bin/{tool}" {rest}'.rstrip() in gate


def test_changelog_is_dated() -> None:
    """What is not released comes first, then each version with its day, the newest first, in the usual groups."""
    first, *released = re.findall(r"^## (.+)$", CHANGELOG, re.MULTILINE)
    assert first == "[Unreleased]"
    versions = [re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d\d-\d\d)", heading) for heading in released]
    assert all(versions), released
    keys = [(tuple(map(int, found.groups()[:3])), datetime.date.fromisoformat(found[4])) for found in versions if found]
    assert all(newer[0] > older[0] and newer[1] >= older[1] for newer, older in pairwise(keys))
    groups = re.findall(r"^### (.+)$", CHANGELOG, re.MULTILINE)
    assert set(groups) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
