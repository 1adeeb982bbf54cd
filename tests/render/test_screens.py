"""Whole screens, as somebody sees them: kept as files at 40 and 80 columns, with and without colour."""

from __future__ import annotations

import shlex
from itertools import product
from pathlib import Path

import pytest
from conftest import ora_here
from rich.cells import cell_len

from ora_cli import paths
from ora_cli.terminal import asking
from ora_cli.text.cleaning import clean

KEPT = Path(__file__).parent / "screens"
SCREENS = {
    "answer": "ora how long does a clay mask stay on",
    "section": "ora when should I wash off a clay mask with a soft cloth",
    "symptom": "ora clay mask burnt my face blisters how long does it stay on",
    "topic": "ora mud mask",
    "topic-list": "ora face oil",
    "unsure": "ora clay mask shedding",
    "outside": "ora capital of france",
    "red-flag": "ora how long does a clay mask stay on I have trouble breathing",
    "greeting": "ora",
    "categories": "ora categories",
    "category": "ora categories face-oils",
    "list": "ora list",
    "search": "ora search clay at night",
    "sources": "ora sources",
    "source": "ora sources mudford-guide",
}
WIDTHS = (40, 80)
# What stands on standard error is wrapped by what writes it, and only on a terminal.
WRAPPED = [name for name in SCREENS if name not in ("unsure", "outside", "red-flag")]


def shown(line: str) -> str:
    """Return what a command line prints, standard output first."""
    result = ora_here(*shlex.split(line)[1:])
    return result.stdout + result.stderr


@pytest.mark.parametrize(("name", "columns", "color"), [*product(SCREENS, WIDTHS, ("never", "always"))], ids=str)
def test_screen_is_as_kept(
    name: str, columns: int, color: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """A screen looks as its file says, and fits 24 lines at 80 columns; colour changes no letter of it."""
    monkeypatch.setattr(paths, "bundled_articles", lambda: KEPT / "library.toml")
    monkeypatch.setenv("COLUMNS", str(columns))
    config = tmp_path / "home" / "config" / "ora" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'format = "rich"\ncolor = "{color}"\n', encoding="utf-8")
    monkeypatch.setattr(asking, "can_ask", lambda: name == "greeting")
    printed = f"$ {SCREENS[name]}\n{shown(SCREENS[name])}"
    kept = KEPT / f"{name}-{columns}{'-color' if color == 'always' else ''}.txt"
    if request.config.getoption("--renew"):
        kept.write_text(printed, encoding="utf-8", newline="\n")
    assert printed == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WRAPPED)
def test_screen_keeps_to_its_width_and_height(name: str) -> None:
    """What answers a question fits a screen of 80 by 24, and a narrow one has no line that a terminal would break."""
    wide, narrow = ((KEPT / f"{name}-{columns}.txt").read_text(encoding="utf-8").splitlines() for columns in (80, 40))
    assert len(wide) <= 24
    assert max(cell_len(line) for line in narrow[1:] if not line.strip().startswith("https://")) <= 40


@pytest.mark.parametrize("name", SCREENS)
def test_colour_changes_no_letter(name: str) -> None:
    """Without colour a screen says the same."""
    for columns in WIDTHS:
        coloured = (KEPT / f"{name}-{columns}-color.txt").read_text(encoding="utf-8")
        assert clean(coloured) == (KEPT / f"{name}-{columns}.txt").read_text(encoding="utf-8")
