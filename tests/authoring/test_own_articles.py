"""Articles of one's own: `ora new` and `ora edit` with a real editor on a real terminal, and how they are loaded."""

from __future__ import annotations

import json
import os
import pty
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import SLUGS, SMALL, Result, environment, ora_here

from ora_cli import paths
from ora_cli.authoring.check import check_files
from ora_cli.authoring.template import template
from ora_cli.content.reading import ArticleFileError, read_articles
from ora_cli.paths import Folders

GOOD = """
[[article]]
slug = "my-yurt"
title = "Where is my yurt?"
category = "yurts"
answer = "Behind the house."
see_also = ["brittle-nails"]
"""

# The command with the small library in the place of the bundled articles, whose file is the first argument.
COMMAND = (
    "import pathlib, sys; from ora_cli import paths; file = pathlib.Path(sys.argv.pop(1));"
    " paths.bundled_articles = lambda: file; from ora_cli.__main__ import main; main()"
)


def on_terminal(*args: str | Path, typed: str = "", env: dict[str, str | None] | None = None) -> Result:
    """Run the command with all its streams on a terminal, and these lines typed; what it shows is in `stdout`."""
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(paths.bundled_articles()), *map(str, args)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment({"TERM": "xterm", "COLUMNS": "1000", **(env or {})}),
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:
        pass  # Linux ends a terminal this way
    os.close(ours)
    code = process.wait(timeout=60)
    assert b"Traceback" not in shown
    return Result(code, shown.decode(errors="replace").replace("\r\n", "\n"), "")


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder for an editor: the first file in it, by name, is what the next run saves; then it is gone."""
    folder = tmp_path / "to save"
    folder.mkdir()
    script = folder.parent / "an editor.py"
    script.write_text(
        "import os, pathlib, signal, sys\n"
        "*options, file = sys.argv[1:]\n"
        "assert options == ['--wait']\n"
        f"saved = sorted(pathlib.Path({str(folder)!r}).iterdir())\n"
        "os.kill(os.getppid(), signal.SIGINT)\n"  # as Ctrl-C in the editor does; it is none of the command's business
        "if saved:\n"
        "    os.replace(saved[0], file)\n"
        "print('edited', file)\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f"{shlex.quote(sys.executable)} {shlex.quote(str(script))} --wait")
    return folder


@pytest.fixture(autouse=True)
def _environment(bundled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no editor behind, and take none from outside."""
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.setenv(name, "")


# --- new ---


@pytest.mark.parametrize("title", ["", "When can I swim?", 'A "quoted" \\ title', "なぜ", "\ud800"])
def test_template_lacks_only_what_is_to_be_written(tmp_path: Path, title: str) -> None:
    """It is an article file; what a check finds are the texts that are still empty, whatever the title."""
    file = tmp_path / "new.toml"
    file.write_text(template("my-article", title.replace("\ud800", "")), encoding="utf-8")
    with pytest.raises(ArticleFileError) as caught:
        list(read_articles(file))
    assert {(problem.key, problem.what) for problem in caught.value.problems} <= {
        ("title", "is empty"),
        ("answer", "is empty"),
    }
    assert tomllib.loads(file.read_text(encoding="utf-8"))["article"][0]["title"] == title.replace("\ud800", "")


def test_template_shows_every_key_rightly(tmp_path: Path) -> None:
    """With the marks taken away from its examples, and an answer, it is a sound file."""
    lines = template("swimming-after-peel", "When can I swim?").splitlines()
    keys = (
        "[",
        '"',
        "urgent",
        "reviewed",
        "heading",
        "body",
        "Peeled",
        "-",
        "id",
        "title",
        "publisher",
        "url",
        "kind =",
    )
    keys += ("date",)
    shown = [line.replace("# ", "", 1) if line.strip().removeprefix("# ").startswith(keys) else line for line in lines]
    file = tmp_path / "new.toml"
    file.write_text("\n".join(shown).replace('answer = ""', 'answer = "Later."'), encoding="utf-8")
    assert check_files([file]) == []
    [_, article] = read_articles(file)
    assert len(article.also_asked) == 2  # type: ignore[union-attr]
    assert article.sections[0].body.count("\n- ") == 2  # type: ignore[union-attr]
    assert len(article.sources) == 1  # type: ignore[union-attr]


def test_new_without_a_terminal_writes_the_template(own_folder: Path) -> None:
    """It says where, and how to check it; words need no quotes."""
    result = ora_here("new", "When", "can", "I  swim", "in a yurt?", env={"EDITOR": "false"})
    file = own_folder / "when-can-i-swim-in-a-yurt.toml"
    assert (result.code, result.stdout) == (0, f"{file}\n")
    assert f"ora check {file}" in result.stderr
    text = file.read_text(encoding="utf-8")
    assert 'slug = "when-can-i-swim-in-a-yurt"\n' in text
    assert 'title = "When can I swim in a yurt?"\n' in text
    again = ora_here("new", "When can I swim in a yurt?")
    assert (again.code, again.stdout) == (74, "")
    assert f"{file} exists already" in again.stderr
    assert file.read_text(encoding="utf-8") == text


def test_new_writes_where_it_is_told(tmp_path: Path) -> None:
    """--to names the file; without a title there is a name for the article too."""
    file = tmp_path / "with blank" / "a.toml"
    result = ora_here("new", "--to", file)
    assert (result.code, result.stdout) == (0, f"{file}\n")
    assert f"ora check '{file}'" in result.stderr
    assert 'slug = "my-article"' in file.read_text(encoding="utf-8")
    assert json.loads(ora_here("new", "--to", tmp_path / "b.toml", "--json").stdout) == {
        "schema": 1,
        "file": str(tmp_path / "b.toml"),
        "findings": [],
    }
    assert ora_here("new", "--to", tmp_path / "a.txt").code == 2
    assert ora_here("new", "--to", tmp_path).code == 2
    assert not (tmp_path / "a.txt").exists()


def test_new_leaves_alone_what_was_begun(own_folder: Path) -> None:
    """The way on is to edit it."""
    assert ora_here("new", "yurt").code == 0
    file = own_folder / "yurt.toml"
    file.write_text(GOOD, encoding="utf-8")
    again = ora_here("new", "yurt")
    assert (again.code, again.stdout) == (74, "")
    assert f"{file} exists already" in again.stderr
    assert "write elsewhere with --to FILE, or edit it with: ora edit yurt\n" in again.stderr
    assert file.read_text(encoding="utf-8") == GOOD


def test_new_says_what_it_would_replace() -> None:
    """A title whose slug an article has is told."""
    result = ora_here("new", "Brittle nails")
    assert result.code == 0
    assert "There is an article brittle-nails already" in result.stderr


def test_new_opens_the_editor_until_the_file_is_sound(editor: Path, own_folder: Path) -> None:
    """A finding is shown, and the way back in offered; an article that is sound answers at once."""
    (editor / "1.toml").write_text(GOOD.replace("answer", "anwser"), encoding="utf-8")
    (editor / "2.toml").write_text(GOOD, encoding="utf-8")
    file = own_folder / "where-is-my-yurt.toml"
    result = on_terminal("new", "where is my yurt", typed="y\n")
    assert result.code == 0
    assert result.stdout.count(f"edited {file}") == 2
    assert "did you mean 'answer'?" in result.stdout
    assert "Edit it again? [Y/n]" in result.stdout
    assert file.read_text(encoding="utf-8") == GOOD
    assert f"from {file}" in ora_here("ask", "where is my yurt").stdout


@pytest.mark.parametrize("typed", ["n\n", "No\n", "\x04"], ids=["n", "No", "end of input"])
def test_what_is_not_sound_is_kept(editor: Path, own_folder: Path, typed: str) -> None:
    """Who does not go back in finds the file as it was saved, and is told how to see what is wrong."""
    bad = GOOD.replace("answer", "anwser")
    (editor / "1.toml").write_text(bad, encoding="utf-8")
    file = own_folder / "yurt.toml"
    result = on_terminal("new", "yurt", typed=typed)
    assert result.code == 1
    assert f"2 findings left, and the file is kept. See them with: ora check {file}" in result.stdout
    assert file.read_text(encoding="utf-8") == bad


# The command of an editor, what is said of it, and the exit code.
EDITORS = {
    "fails": ("false", "the editor 'false' ended with 1", 74),
    "is not there": ("no-such-editor -w", "cannot run the editor 'no-such-editor -w': No such file", 78),
    "is no command": ("vi '", 'cannot run the editor "vi \'": No closing quotation', 78),
    "takes the file away": ("rm", "cannot read", 74),
}


@pytest.mark.parametrize("case", EDITORS.values(), ids=EDITORS)
def test_editor_that_fails_loses_nothing(own_folder: Path, case: tuple[str, str, int]) -> None:
    """The file stays where it is, and the message says where."""
    command, message, code = case
    result = on_terminal("new", "yurt", env={"VISUAL": command, "EDITOR": "true"})
    assert result.code == code
    assert message in result.stdout
    assert str(own_folder / "yurt.toml") in result.stdout
    assert (own_folder / "yurt.toml").exists() == (command != "rm")


def test_blank_editor_is_none(tmp_path: Path, own_folder: Path) -> None:
    """The next best is taken; the file itself is never run."""
    (tmp_path / "editor").write_text('#!/bin/sh\necho "usual editor: $1"\n', encoding="utf-8")
    (tmp_path / "editor").chmod(0o755)
    env: dict[str, str | None] = {"VISUAL": " ", "EDITOR": "", "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    result = on_terminal("new", "yurt", typed="n\n", env=env)
    assert f"usual editor: {own_folder / 'yurt.toml'}" in result.stdout


def test_home_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder of the user's, a place must be named."""
    monkeypatch.setattr("ora_cli.authoring.saving.user_folders", lambda: Folders(None, None, None))
    result = ora_here("new", "yurt")
    assert result.code == 2
    assert "--to" in result.stderr


# --- edit ---


def test_edit_copies_a_bundled_article_first(bundled: Path, own_folder: Path) -> None:
    """The copy has the sources it cites and nothing else, says the same, and is in force; that is said."""
    shown = ora_here("show", "clay-mask-time").stdout
    result = ora_here("edit", "clay-mask-time")
    file = own_folder / "clay-mask-time.toml"
    assert (result.code, result.stdout) == (0, f"{file}\n")
    assert f"The bundled article, copied to {file}." in result.stderr
    assert ora_here("show", "clay-mask-time").stdout == f"{shown}from {file}\n"
    assert "uncited-review" not in file.read_text(encoding="utf-8")
    assert bundled.read_text(encoding="utf-8") == SMALL
    checked = ora_here("check", file)
    assert (checked.code, checked.stdout) == (0, "")  # though it names an article of the bundled file


def test_edit_takes_an_own_article_where_it_is(bundled: Path, own_folder: Path, tmp_path: Path) -> None:
    """Neither a second copy nor a copy of what is the user's; a former slug will do."""
    file = own_folder / "mine.toml"
    file.write_text(GOOD + 'was = ["my-tent"]\n', encoding="utf-8")
    for slug in ("my-yurt", "my-tent"):
        result = ora_here("edit", slug)
        assert (result.code, result.stdout) == (0, f"{file}\n")
        assert "copied" not in result.stderr
    ora_here("edit", "brittle-nails")
    assert "copied" not in ora_here("edit", "brittle-nails").stderr
    given = ora_here("edit", "brittle-nails", "--articles", bundled)
    assert given.stdout == f"{bundled}\n"
    assert sorted(path.name for path in own_folder.iterdir()) == ["brittle-nails.toml", "mine.toml"]


def test_edit_finds_what_was_left_unfinished(bundled: Path, own_folder: Path) -> None:
    """A file that is left out for its mistakes is opened again, not copied over."""
    file = own_folder / "brittle-nails.toml"
    ora_here("edit", "brittle-nails")
    broken = file.read_text(encoding="utf-8").replace("answer", "anwser")
    file.write_text(broken, encoding="utf-8")
    assert ora_here("edit", "brittle-nails").stdout == f"{file}\n"
    assert file.read_text(encoding="utf-8") == broken
    (own_folder / "lines.jsonl").write_text('{"slug": "half-done"}\n', encoding="utf-8")
    assert ora_here("edit", "half-done").stdout == f"{own_folder / 'lines.jsonl'}\n"


@pytest.mark.parametrize("text", [GOOD, GOOD.replace("answer", "anwser")], ids=["valid", "unfinished"])
@pytest.mark.parametrize("name", [b"a\xff.toml", b"a\x1b[31m.toml"], ids=["not UTF-8", "control characters"])
def test_edit_opens_the_file_itself_however_it_is_named(
    bundled: Path, own_folder: Path, editor: Path, name: bytes, text: str
) -> None:
    """A name that can't be shown as it is stays the name of the file that is edited."""
    file = own_folder / os.fsdecode(name)
    file.write_text(text, encoding="utf-8")
    edited = GOOD.replace("yurt", "tipi")
    (editor / "1").write_text(edited, encoding="utf-8")
    assert on_terminal("edit", "my-yurt").code == 0
    assert list(own_folder.iterdir()) == [file]
    assert file.read_text(encoding="utf-8") == edited


def test_edit_writes_over_no_other_file(bundled: Path, own_folder: Path) -> None:
    """Where the name of the copy is taken, the copy gets another."""
    (own_folder / "brittle-nails.toml").write_text(GOOD, encoding="utf-8")
    result = ora_here("edit", "brittle-nails")
    assert result.stdout == f"{own_folder / 'brittle-nails-2.toml'}\n"
    assert (own_folder / "brittle-nails.toml").read_text(encoding="utf-8") == GOOD


def test_edit_on_a_terminal(editor: Path, own_folder: Path) -> None:
    """The copy is told before the editor opens; an article may name bundled ones."""
    text = GOOD.replace("my-yurt", "brittle-nails").replace('["brittle-nails"]', '["hot-water-hands", "no-such"]')
    (editor / "1.toml").write_text(text, encoding="utf-8")
    (editor / "2.toml").write_text(text.replace(', "no-such"', ""), encoding="utf-8")
    file = own_folder / "brittle-nails.toml"
    result = on_terminal("edit", "brittle-nails", typed="\n")
    assert result.code == 0
    assert result.stdout.index(f"copied to {file}") < result.stdout.index(f"edited {file}")
    assert result.stdout.count("no article 'no-such'") == 1
    assert "hot-water-hands'" not in result.stdout
    assert "Behind the house." in ora_here("show", "brittle-nails").stdout


def test_quiet_is_quiet_before_the_editor_too(editor: Path, own_folder: Path) -> None:
    """No note precedes what the editor shows."""
    (editor / "1.toml").write_text(GOOD.replace("my-yurt", "brittle-nails").partition("see_also")[0], encoding="utf-8")
    result = on_terminal("edit", "--quiet", "--color", "never", "brittle-nails")
    file = own_folder / "brittle-nails.toml"
    assert (result.code, result.stdout) == (0, f"edited {file}\n{file}\n")


def test_edit_passes_over_files_that_cannot_be_read(bundled: Path, own_folder: Path) -> None:
    """A file that leads nowhere is no reason not to edit another."""
    (own_folder / "dead.toml").symlink_to(own_folder / "nowhere")
    result = ora_here("edit", "brittle-nails")
    assert (result.code, result.stdout) == (0, f"{own_folder / 'brittle-nails.toml'}\n")


def test_edit_of_nothing(bundled: Path, tmp_path: Path) -> None:
    """An unknown slug is told with the nearest; nothing is written."""
    result = ora_here("edit", "britle-nails")
    assert result.code == 1
    assert "did you mean: brittle-nails" in result.stderr
    assert not (tmp_path / "home" / "data").exists()


# --- loading ---


def test_own_articles_are_loaded_with_the_bundled(
    bundled: Path, own_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user's folder and `ORA_PATH` add and replace; `paths` shows each file with its articles or its mistake."""
    extra = tmp_path / "team"
    extra.mkdir()
    monkeypatch.setenv("ORA_PATH", str(extra))
    mine, team, bad = own_folder / "mine.toml", extra / "team.jsonl", own_folder / "bad.toml"
    mine.write_text(GOOD + GOOD.replace("my-yurt", "brittle-nails"), encoding="utf-8")
    team.write_text(
        '{"slug": "my-yurt", "title": "Where?", "category": "yurts", "answer": "Gone."}\n', encoding="utf-8"
    )
    bad.write_text("[[article]]\n", encoding="utf-8")
    rows = [
        row.split("\t")[1:] for row in ora_here("paths", "--all").stdout.splitlines() if row.startswith("articles\t")
    ]
    assert rows[0] == [str(bundled), "5 articles"]
    assert rows[1] == [str(bad), "4 mistakes in this article file"]
    assert rows[2:4] == [[str(mine), "1 article"], [str(team), "1 article"]]
    for slug, origin in (("my-yurt", team), ("brittle-nails", mine), ("clay-mask-time", bundled)):
        shown = ora_here("show", slug)
        assert (f"from {origin}\n" in shown.stdout) == (origin != bundled)
        assert f"skipped: {bad}: 4 mistakes" in shown.stderr
        assert json.loads(ora_here("show", slug, "--json").stdout)["article"]["origin"] == str(origin)


def test_lists_and_short_answers_say_what_is_not_bundled(bundled: Path, own_folder: Path) -> None:
    """In lists beside the rows, which stay as they are; the bundled file needs no mention."""
    mine = own_folder / "mine.toml"
    replaced = GOOD.replace("my-yurt", "brittle-nails").replace("Where is my yurt?", "What helps brittle nails?")
    mine.write_text(GOOD + replaced, encoding="utf-8")
    listed = ora_here("list")
    assert sorted(listed.stdout.split()) == sorted(["my-yurt", *SLUGS])
    assert listed.stderr == f"from {mine}: my-yurt, brittle-nails\n"
    assert ora_here("list", "--category", "clay-masks").stderr == ""
    found = ora_here("search", "where is my yurt")
    assert found.stdout.splitlines()[0].split("\t") == ["my-yurt", "Where is my yurt?"]
    assert found.stderr == f"from {mine}: my-yurt\n"
    for command in ("list", "search"):
        assert ora_here(command, "--json", *["yurt"] * (command == "search")).stderr == ""
    assert f"\nfrom {mine}\n" in ora_here("ask", "--short", "where is my yurt").stdout
    assert "from " not in ora_here("show", "--short", "clay-mask-often").stdout


def test_many_own_files_are_not_all_named(bundled: Path, own_folder: Path) -> None:
    """A line for each of a thousand files would bury the list."""
    for number in range(7):
        copies = (GOOD.replace("my-yurt", f"yurt-{number}-{copy}") for copy in range(7))
        (own_folder / f"{number}.toml").write_text("\n".join(copies), encoding="utf-8")
    *named, rest = ora_here("list").stderr.splitlines()
    assert named[0] == f"from {own_folder / '0.toml'}: yurt-0-0, yurt-0-1, yurt-0-2, yurt-0-3, yurt-0-4 and 2 more"
    assert len(named) == 5
    assert rest == "from 2 other files; all of them: ora list --long"


def test_an_untouched_template_is_removed(editor: Path, own_folder: Path) -> None:
    """FAULT 28: who changes nothing leaves nothing behind; nothing is asked either."""
    result = on_terminal("new", "where is my yurt", typed="")
    assert result.code == 0
    assert "Nothing was changed, so no file is kept." in result.stdout
    assert "Edit it again?" not in result.stdout
    assert list(own_folder.iterdir()) == []


def test_an_unchanged_copy_is_removed(editor: Path, own_folder: Path) -> None:
    """FAULT 28: a copy that says the same would hide what changes in the bundled article."""
    assert "no file is kept" in on_terminal("edit", "brittle-nails", typed="").stdout
    assert list(own_folder.iterdir()) == []


def test_an_own_article_is_kept_unchanged(editor: Path, own_folder: Path) -> None:
    """What was there before stays there."""
    file = own_folder / "mine.toml"
    file.write_text(GOOD, encoding="utf-8")
    assert "no file is kept" not in on_terminal("edit", "my-yurt", typed="").stdout
    assert file.read_text(encoding="utf-8") == GOOD


def test_nothing_is_edited_where_nobody_is_asked(editor: Path, own_folder: Path) -> None:
    """With --no-input the file is written for another program to fill in."""
    assert "edited /" not in on_terminal("new", "where is my yurt", "--no-input", typed="").stdout
    assert (own_folder / "where-is-my-yurt.toml").exists()


# The arguments, the variables, what the hint says and what it must not say.
HINTS: dict[str, tuple[tuple[str, ...], dict[str, str | None], str, str]] = {
    "check of a file that is not there": (("check", "nosuch.toml"), {}, "check the path", "--articles"),
    "edit without a home": (("edit", "brittle-nails"), {"HOME": "/dev/null"}, "", "--to"),
}


@pytest.mark.parametrize("case", HINTS.values(), ids=HINTS)
def test_hints_fit(case: tuple[tuple[str, ...], dict[str, str | None], str, str], tmp_path: Path) -> None:
    """FAULT 25: a hint names what the command has."""
    args, env, hint, other = case
    result = ora_here(*args, env=env)
    assert hint in result.stderr
    assert other not in result.stderr


def test_edit_without_a_home_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """FAULT 25: `edit` has no --to."""
    monkeypatch.setattr("ora_cli.authoring.saving.user_folders", lambda: Folders(None, None, None))
    result = ora_here("edit", "brittle-nails")
    assert "there is no home folder for articles\nhint: set HOME, or XDG_DATA_HOME\n" in result.stderr


def test_an_empty_key_that_is_required_cannot_be_left_out(tmp_path: Path) -> None:
    """FAULT 25: only what may be left out is said to."""
    file = tmp_path / "a.toml"
    file.write_text(GOOD.replace("answer = ", "urgent = ''\nanswer = '' #"), encoding="utf-8")
    hints = {problem.key: problem.hint for problem in check_files([file])}
    assert hints["answer"] == "write the text"
    assert hints["urgent"] == "write the text, or leave the key out if it is not needed"


def test_doubled_slugs_are_findings(tmp_path: Path, own_folder: Path, bundled: Path) -> None:
    """Of two files that are checked, one would hide the other's article; a bundled article may be replaced."""
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    result = ora_here("check", tmp_path / "a.toml", tmp_path / "b.toml")
    assert result.code == 1
    [found] = [line.split("\t") for line in result.stdout.splitlines() if "\tslug\t" in line]
    assert found[0] == str(tmp_path / "b.toml")
    assert found[3] == f"{tmp_path / 'a.toml'} has an article with this slug too"
    (own_folder / "mine.toml").write_text(GOOD.replace("my-yurt", "brittle-nails"), encoding="utf-8")
    assert "\tslug\t" not in ora_here("check").stdout
    (own_folder / "more.toml").write_text(GOOD.replace("my-yurt", "brittle-nails"), encoding="utf-8")
    assert "\tslug\t" in ora_here("check").stdout
