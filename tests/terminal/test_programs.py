"""FAULT 24: the programs that variables name, on Windows too."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from conftest import ora_here

from ora_cli.terminal.programs import words_of

# What VISUAL, EDITOR or PAGER says, and the words of it on Windows.
ON_WINDOWS = {
    r"C:\tools\ed.exe -n": [r"C:\tools\ed.exe", "-n"],
    r'"C:\Program Files\Notepad++\notepad++.exe" -multiInst -nosession': [
        r"C:\Program Files\Notepad++\notepad++.exe",
        "-multiInst",
        "-nosession",
    ],
    r"'C:\Program Files\ed.exe'": [r"C:\Program Files\ed.exe"],
    r"\\server\share\new\ed.exe #1": [r"\\server\share\new\ed.exe", "#1"],
    "notepad": ["notepad"],
    "": [],
}


@pytest.mark.parametrize("command", ON_WINDOWS)
def test_paths_of_windows(command: str) -> None:
    """Backslashes are kept, and quotes are not."""
    assert words_of(command, windows=True) == ON_WINDOWS[command]


def test_program_on_windows_is_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows starts `code` only as the `code.cmd` that the path has."""
    program = tmp_path / "code"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert words_of("code --wait", windows=True) == [str(program), "--wait"]
    assert words_of("code --wait") == ["code", "--wait"]


def test_elsewhere_a_backslash_keeps_a_blank() -> None:
    """As shells have it."""
    assert words_of(r"/opt/my\ ed -n '#'", windows=False) == ["/opt/my ed", "-n", "#"]


@pytest.mark.parametrize("windows", [True, False])
def test_path_with_blanks_alone_needs_no_quotes(tmp_path: Path, windows: bool) -> None:
    """People set what they see."""
    program = tmp_path / "My Editor"
    program.touch(mode=0o755)
    assert words_of(str(program), windows=windows) == [str(program)]
    assert words_of(f"{shlex.quote(str(program))} -n", windows=windows) == [str(program), "-n"]


def test_quotation_without_end_is_told(monkeypatch: pytest.MonkeyPatch, small: Path) -> None:
    """It names no program."""
    with pytest.raises(ValueError, match="quotation"):
        words_of("'ed")
    monkeypatch.setattr("ora_cli.authoring.editor.interactive", lambda: True)
    result = ora_here("edit", "clay-mask-time", "--articles", small, env={"VISUAL": "'ed"})
    assert result.code == 78
    assert "cannot run the editor" in result.stderr
