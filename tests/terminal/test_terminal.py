"""The command on a real pseudo-terminal: what a person sees, pages through, and types."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from conftest import environment
from rich.cells import cell_len

from ora_cli.text.cleaning import clean

COMMAND = ("-m", "ora_cli")
QUESTION = "How long does a clay mask stay on?"
ANSWERED = ("--min-confidence", "0")
REFUSED = ("--min-confidence", "1")
LINK = "\x1b]8;;https://"
STYLE = re.compile(r"\x1b\[[\d;]*m")
Start = Callable[..., pexpect.spawn]

# Environment, arguments, coloured? What counts is in test_cli.py; this is whether it is so on a real terminal.
COLOURS: dict[str, tuple[dict[str, str | None], tuple[str, ...], bool]] = {
    "by itself": ({}, (), True),
    "NO_COLOR": ({"NO_COLOR": "1"}, (), False),
    "always": ({"NO_COLOR": "1"}, ("--color", "always"), True),
    "never": ({"FORCE_COLOR": "1"}, ("--color", "never"), False),
    "FORCE_COLOR": ({"TERM": "dumb", "FORCE_COLOR": "1"}, (), True),
    "dumb": ({"TERM": "dumb"}, (), False),
}
needs_less = pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed")


@pytest.fixture
def start(small: Path) -> Start:
    """Return a function that starts the command on a terminal, with the small library."""

    def start(
        *args: str, columns: int = 80, lines: int = 24, env: dict[str, str | None] | None = None, bare: bool = False
    ) -> pexpect.spawn:
        surroundings = environment({"TERM": "xterm", "LC_ALL": "C.UTF-8", **(env or {})})
        return pexpect.spawn(
            sys.executable,
            [*COMMAND, *args, *([] if bare else ["--articles", str(small)])],
            env=surroundings,  # type: ignore[arg-type]
            dimensions=(lines, columns),
            encoding="utf-8",
            codec_errors="replace",
            timeout=60,
        )

    return start


def all_of(child: pexpect.spawn) -> str:
    """Return what the command still shows until it ends."""
    child.expect(pexpect.EOF)
    child.close()
    shown: str = child.before
    assert "Traceback" not in shown
    return shown.replace("\r\n", "\n")


def assert_fits(shown: str, columns: int) -> None:
    """No line is wider than the terminal but addresses and what is to be copied, which stand by themselves."""
    for line in clean(shown).splitlines():
        assert cell_len(line) <= columns or re.fullmatch(r" *(https://\S+|ora .*|\S+)", line), line


# --- while an index is made ---


@pytest.mark.parametrize(
    ("args", "variables", "shown"),
    [((), {}, True), (("--quiet",), {}, False), ((), {"TERM": "dumb"}, False)],
    ids=["terminal", "quiet", "dumb"],
)
def test_bar_shows_how_far_the_index_is(
    tmp_path: Path, args: tuple[str, ...], variables: dict[str, str | None], shown: bool
) -> None:
    """Who waits sees for what; the bar is gone when the answer comes."""
    articles = tmp_path / "many.jsonl"
    line = '{"slug": "n%d", "title": "Is %d odd?", "category": "c", "answer": "Yes."}\n'
    articles.write_text("".join(line % (number, number) for number in range(2500)), encoding="utf-8")
    at_once = "import ora_cli.terminal.progress as p; p._AFTER_SECONDS = 0; from ora_cli.__main__ import main; main()"
    child = pexpect.spawn(
        sys.executable,
        ["-c", at_once, "show", "n7", "--articles", str(articles), *args],
        env=environment({"TERM": "xterm", "LC_ALL": "C.UTF-8", **variables}),  # type: ignore[arg-type]
        encoding="utf-8",
        timeout=60,
    )
    before, answer = all_of(child).split("Is 7 odd?")
    assert ("Indexing the articles" in before) == shown
    assert not shown or re.search(r"\d+%", before)
    assert "Indexing" not in answer


def test_bar_shows_how_far_an_import_is(tmp_path: Path) -> None:
    """It is gone when the report comes."""
    for number in range(300):
        (tmp_path / f"{number}.md").write_text(f"# Is {number} odd?\n\nYes.\n", encoding="utf-8")
    at_once = "import ora_cli.terminal.progress as p; p._AFTER_SECONDS = 0; from ora_cli.__main__ import main; main()"
    child = pexpect.spawn(
        sys.executable,
        ["-c", at_once, "import", str(tmp_path), "--dry-run", "--no-pager"],
        env=environment({"TERM": "xterm", "LC_ALL": "C.UTF-8", "ORA_PATH": ""}),  # type: ignore[arg-type]
        encoding="utf-8",
        timeout=60,
    )
    shown = all_of(child)
    assert re.search(r"Reading the files .*\d+%", shown)
    assert "Reading" not in shown.split("taken", 1)[1]


# --- answers ---


@pytest.mark.parametrize("columns", [40, 100])
@pytest.mark.parametrize("case", COLOURS.values(), ids=COLOURS)
def test_answer_is_readable(
    start: Start, columns: int, case: tuple[dict[str, str | None], tuple[str, ...], bool]
) -> None:
    """An answer keeps to the width, its text is whole, and links are there with colour only."""
    env, args, coloured = case
    shown = all_of(start("ask", "--full", QUESTION, *ANSWERED, "--no-pager", *args, columns=columns, env=env))
    assert_fits(shown, columns)
    assert bool(STYLE.search(shown)) == (LINK in shown) == coloured
    assert coloured or "\x1b" not in shown
    text = " ".join(clean(shown).split())
    for part in (
        "Urgent: Wash it off at once if the skin burns [1].",
        f"{QUESTION} Ten minutes, or until it turns pale [1].",
        "Dry clay draws water from the skin and cracks [1]. • Thin layers dry faster.",
        "https://example.org/trials/an-address-that-is-too-long-for-forty-columns?page=1",
        "Next 1 Why does my face itch under a clay mask?",
    ):
        assert part in text
    assert "**" not in text


@pytest.mark.parametrize("columns", [40, 100])
@pytest.mark.parametrize("coloured", [True, False])
@pytest.mark.parametrize(
    "args",
    [("categories",), ("list", "--long"), ("search", "clay"), ("sources",), ("sources", "clay-mask-time"), ("paths",)],
    ids=" ".join,
)
def test_lists_are_readable(start: Start, columns: int, coloured: bool, args: tuple[str, ...]) -> None:
    """So do the lists: a row that is too long goes on below, no address, path or slug is broken."""
    shown = all_of(start(*args, "--no-pager", columns=columns, env={} if coloured else {"NO_COLOR": "1"}))
    assert_fits(shown, columns)
    assert ("\x1b[" in shown) == coloured
    assert (LINK in shown) == (coloured and args[0] == "sources")


@pytest.mark.parametrize("columns", [40, 100])
@pytest.mark.parametrize("question", [QUESTION, "zzyzx -x it's", "why does clay " * 40], ids=["near", "far", "long"])
def test_miss_is_short_and_readable(start: Start, columns: int, question: str) -> None:
    """Why there is no answer and what to do next fit the screen, however long the question was."""
    shown = all_of(start("ask", question, *REFUSED, "--no-input", columns=columns))
    assert_fits(shown, columns)
    assert len(shown.splitlines()) <= 12
    assert "\x1b" not in shown
    assert re.search(r"^(.*: | +)ora (show|categories)", shown, re.MULTILINE)


# --- the pager ---


@needs_less
@pytest.mark.parametrize("coloured", [True, False])
@pytest.mark.parametrize("pager", [None, "less"])
def test_long_answer_is_paged(start: Start, coloured: bool, pager: str | None) -> None:
    """What is longer than the screen is shown a screen at a time, its colours as colours."""
    env = {"PAGER": pager, "NO_COLOR": None if coloured else "1"}
    child = start("ask", "--full", QUESTION, *ANSWERED, lines=10, env=env)
    child.expect_exact("Ten minutes")
    first = child.before
    child.expect_exact("\n:")
    assert "Sources" not in first + child.before
    assert ("\x1b[1;31mUrgent" in first) == coloured
    assert "ESC[" not in first
    child.send("G")
    child.expect_exact("from")  # a long path stands on the next line
    child.send("q")
    assert "Not sure" not in all_of(child)
    assert child.exitstatus == 0


@needs_less
@pytest.mark.parametrize("options", ["FX", "-iM", "", "-P?f%f:ora."])
def test_less_shows_colours_whatever_it_is_told(start: Start, options: str) -> None:
    """FAULT 27: with LESS set to something of the user's own, escapes are colours all the same."""
    child = start("show", "clay-mask-time", lines=10, env={"PAGER": "less", "LESS": options})
    child.expect_exact("Urgent")
    child.expect_exact("clay mask stay on")
    assert "ESC[" not in child.before
    child.send("q")
    all_of(child)


@needs_less
def test_interrupt_is_for_the_pager(start: Start) -> None:
    """Ctrl-C in a pager leaves the pager where it is, and the command with it."""
    child = start("show", "clay-mask-time", lines=10)
    child.expect_exact("\n:")
    child.sendintr()
    child.send("G")
    child.expect_exact("from")
    assert child.isalive()
    child.send("q")
    all_of(child)
    assert child.exitstatus == 0


@pytest.mark.parametrize(
    "pager",
    ["false", "cat", " ", "/nowhere/pager", "/", "sh -c 'exit 3'", "sh -c 'kill -9 $$'"],
)
def test_output_is_whole_without_a_working_pager(start: Start, pager: str) -> None:
    """A pager that is none, missing, or fails costs no line."""
    args = ("show", "clay-mask-time", "--color", "never")
    paged = all_of(start(*args, lines=10, env={"ORA_PAGER": pager}))
    assert paged == all_of(start(*args, "--no-pager", lines=10))
    assert paged.count("Ten minutes") == 1


@pytest.mark.parametrize("end", ["exit 3", "kill -9 $$"])
def test_pager_that_fails_at_the_end_shows_the_text_once(start: Start, end: str) -> None:
    """What a pager has taken is not printed again, however it ends."""
    shown = all_of(start("show", "clay-mask-time", lines=10, env={"ORA_PAGER": f"sh -c 'cat; {end}'"}))
    assert shown == all_of(start("show", "clay-mask-time", "--no-pager", lines=10))


@pytest.mark.parametrize(("pager", "prefix"), [("", ""), ("sed s/^/paged:/", "paged:")])
def test_pager_of_the_file(start: Start, tmp_path: Path, pager: str, prefix: str) -> None:
    """The configuration file names a pager, or none."""
    folder = tmp_path / "home" / "config" / "ora"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(f'pager = "{pager}"\ncolor = "never"\n', encoding="utf-8")
    shown = all_of(start("show", "clay-mask-time", lines=10))
    assert f"\n{prefix}  Ten minutes" in shown


def test_lines_that_the_terminal_breaks_count_twice(start: Start, small: Path) -> None:
    """Whether an answer is longer than the screen is a matter of the lines of the screen."""
    shown = all_of(start("show", "clay-mask-time", "--no-pager", "--color", "never", columns=40, lines=100))
    height = shown.count("\n") + 1
    env: dict[str, str | None] = {"ORA_PAGER": "sed s/^/paged:/"}
    args = ("show", "clay-mask-time", "--color", "never")
    assert "paged:" in all_of(start(*args, columns=40, lines=height, env=env))
    path_goes_on = len(str(small)) // 40 + 3
    assert "paged:" not in all_of(start(*args, columns=40, lines=height + path_goes_on, env=env))


# --- the prompt ---


def at_prompt(start: Start, *args: str, **options: int) -> pexpect.spawn:
    child = start("ask", "--color", "never", *args, **options)
    child.expect_exact("Type a question; help says what else, q leaves.")
    child.expect_exact("ora> ")
    return child


def say(child: pexpect.spawn, typed: str) -> str:
    """Type a line and return what is shown until the next prompt."""
    child.sendline(typed)
    child.expect_exact("\r\n\r\nora> ")
    shown: str = clean(child.before.replace("\r\n", "\n"))
    return shown


def test_prompt_answers_one_question_after_another(start: Start) -> None:
    """Answers are printed as ever, misses too, and the prompt comes back."""
    child = at_prompt(start, "--no-pager", *ANSWERED)
    for _ in range(2):
        assert "Ten minutes, or until it turns pale [1]." in say(child, QUESTION)
    missed = say(child, "zzyzx")
    assert "Not a word that ora knows: zzyzx" in missed
    assert "Call the emergency number now." in say(child, "I have trouble breathing")
    os.write(child.child_fd, b"zzyzx \xff\xfe")  # bytes that are no text
    assert "knows: zzyzx" in say(child, "")
    child.sendline("")
    child.expect_exact("ora> ")
    child.sendline("q")
    all_of(child)
    assert child.exitstatus == 0


def test_suggestions_are_picked_by_number(start: Start) -> None:
    """What comes near is numbered; a number shows the article, as often as one likes."""
    child = at_prompt(start, "--short", *REFUSED)
    missed = say(child, QUESTION)
    assert f"Not sure. Did you mean\n  1 {QUESTION}\n" in missed
    assert "Read one with" not in missed
    assert "Ten minutes, or until it turns pale [1]." in say(child, "1")
    assert "Clay shrinks" in say(child, "1")  # what comes next there
    assert "There is no 99 to pick." in say(child, "99")
    assert "There is no 999999999 to pick." in say(child, "9" * 5000)  # more digits than Python makes a number of
    say(child, QUESTION)
    assert "There is no 4; 1-3 can be picked." in say(child, "4")
    assert "There is no article on this" in say(child, "zzyzx")
    assert "There is no 1 to pick." in say(child, "1")
    child.sendeof()
    all_of(child)
    assert child.exitstatus == 0


LEAVING: dict[str, tuple[Callable[[pexpect.spawn], object], int]] = {
    "q": (lambda child: child.sendline("q"), 0),
    "Q": (lambda child: child.sendline(" Q "), 0),
    "exit": (lambda child: child.sendline("exit"), 0),
    "Ctrl-D": (lambda child: child.sendeof(), 0),
}


@pytest.mark.parametrize("case", LEAVING.values(), ids=LEAVING)
def test_ways_to_leave(start: Start, case: tuple[Callable[[pexpect.spawn], object], int]) -> None:
    """The shell's own prompt comes on a line of its own, and nothing is said."""
    leave, code = case
    child = at_prompt(start)
    leave(child)
    assert all_of(child).endswith("\n")
    assert child.exitstatus == code


def test_line_can_be_edited_and_called_back(start: Start, tmp_path: Path) -> None:
    """The arrow keys work, within the session: nothing that was typed is left on the disk."""
    pytest.importorskip("readline")
    child = at_prompt(start, "--short", *REFUSED)
    say(child, "zzyzx")
    child.send("xx\x1b[D\x1b[Dzzyz\x1b[F\x7f")  # to the left, to the end, and one back
    assert "knows: zzyzx" in say(child, "")
    assert "knows: zzyzx" in say(child, "\x1b[A\x1b[A")
    child.sendline("q")
    all_of(child)
    written = [file for file in (tmp_path / "home").rglob("*") if file.is_file()]
    assert not [file for file in written if b"zzyzx" in file.read_bytes()]
    again = at_prompt(start)
    again.send("\x1b[A")
    again.sendline("q")
    all_of(again)
    assert again.exitstatus == 0


def test_interrupt_clears_the_line(start: Start) -> None:
    """FAULT 29: Ctrl-C takes the line that is typed away, and nothing else; Ctrl-D leaves."""
    child = at_prompt(start, "--short", *REFUSED)
    child.send("zzyzx")
    child.expect_exact("zzyzx")
    child.sendintr()
    child.expect_exact("ora> ")
    child.sendintr()
    child.expect_exact("ora> ")
    assert "Did you mean" in say(child, QUESTION)
    child.sendeof()
    all_of(child)
    assert child.exitstatus == 0


def test_long_answer_at_the_prompt_is_not_paged(start: Start) -> None:
    """Who types one line after another has the answers above, and scrolls."""
    child = at_prompt(start, *ANSWERED, "--full", lines=10, env={"ORA_PAGER": "sed s/^/paged:/"})
    assert "paged:" not in say(child, QUESTION)
    child.sendline("q")
    all_of(child)


def test_what_the_prompt_takes_beside_questions(start: Start, tmp_path: Path) -> None:
    """Help, whole articles, sources in the browser, and commands as they are printed."""
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{opened}"\n', encoding="utf-8")
    browser.chmod(0o700)
    child = at_prompt(start, *REFUSED, env={"BROWSER": str(browser)})
    assert "show 2" in say(child, "help")
    assert "There is no article to show more of." in say(child, "more")
    assert "There is no source 1 here." in say(child, "open 1")
    assert "Steam slows drying" not in say(child, QUESTION)
    assert "Steam slows drying [2]." in say(child, "show 1")
    assert "https://example.org/clay_guide" in say(child, "open 1")
    assert opened.read_text(encoding="utf-8") == "https://example.org/clay_guide\n"
    assert "There is no source 9 here." in say(child, "open 9")
    assert "Ten minutes" in say(child, "ora show clay-mask-time")
    assert "Steam slows drying [2]." in say(child, "more")
    assert "hand-care" in say(child, "ora categories")
    assert "gloves-at-night" in say(child, "categories hand-care")
    assert "lukewarm" in say(child, "show clay-mask-time")
    assert "There is no article on this" in say(child, "ora zzyzx 'tis")
    assert "No such option" in say(child, "ora list --nonsense")
    child.sendline("q")
    all_of(child)
    assert child.exitstatus == 0


@pytest.mark.usefixtures("shared_index")
def test_without_words_there_is_a_greeting_and_a_prompt(start: Start) -> None:
    """`ora` alone says what to type, how much there is, and waits for it."""
    child = start(bare=True)
    child.expect_exact("ora: cosmetic treatments and skin care, offline")
    child.expect(r"\d+ articles in \d+")
    child.expect_exact("ora> ")
    say(child, "acne")
    child.sendeof()
    all_of(child)
    assert child.exitstatus == 0


@pytest.mark.parametrize("env", [{"CI": "1"}, {}])
def test_without_words_there_is_help_where_nobody_can_be_asked(env: dict[str, str | None]) -> None:
    """In a pipe, with CI, or with one stream elsewhere, `ora` alone prints its help."""
    redirection = "" if env else "</dev/null"
    shown, code = pexpect.run(
        f"bash -c \"'{sys.executable}' -m ora_cli {redirection}\"",
        env=environment({"TERM": "xterm", **env}),  # type: ignore[arg-type]
        encoding="utf-8",
        withexitstatus=True,
    )
    assert code == 0
    assert "Usage: ora" in shown
    assert "ora> " not in shown


# --- picking after a no ---


def test_after_a_no_an_article_is_picked_by_its_number(start: Start) -> None:
    """What is picked is shown with what comes next, until Enter; having read something is a success."""
    child = start("ask", QUESTION, *REFUSED, "--color", "never")
    child.expect_exact("1-3 to read, Enter to leave: ")
    assert f"  1 {QUESTION}" in child.before
    child.sendline("7")
    child.expect_exact("There is no 7; 1-3 can be picked.")
    child.expect_exact("1-3 to read, Enter to leave: ")
    child.sendline("1")
    child.expect_exact("Ten minutes")
    child.expect_exact("1 to read, Enter to leave: ")
    child.sendline("1")
    assert "Clay shrinks" in all_of(child)  # which leads nowhere
    assert child.exitstatus == 0


@pytest.mark.parametrize(
    ("leave", "code"),
    [
        (lambda child: child.sendline(""), 1),
        (lambda child: child.sendline("q"), 1),
        (lambda child: child.sendeof(), 1),
        (lambda child: child.sendintr(), 130),
    ],
    ids=["Enter", "q", "Ctrl-D", "Ctrl-C"],
)
def test_ways_to_pick_nothing(start: Start, leave: Callable[[pexpect.spawn], object], code: int) -> None:
    """A no stays a no."""
    child = start(*QUESTION.split(), *REFUSED)
    child.expect_exact("Enter to leave: ")
    leave(child)
    all_of(child)
    assert child.exitstatus == code


@pytest.mark.parametrize(
    ("args", "env"),
    [(("--no-input",), {}), ((), {"CI": "true"}), (("--json",), {}), (("--quiet",), {})],
    ids=["--no-input", "CI", "JSON", "quiet"],
)
def test_nothing_is_asked_of_nobody(start: Start, args: tuple[str, ...], env: dict[str, str | None]) -> None:
    """Where no answer can be expected, none is waited for."""
    child = start("ask", QUESTION, *REFUSED, *args, env=env)
    assert "Enter to leave" not in all_of(child)
    assert child.exitstatus == 1


def test_a_near_miss_of_a_command_is_asked_back(start: Start) -> None:
    """Yes runs the command, no asks the question."""
    for reply, shown in (("", "clay-mask-time"), ("n", "Did you mean")):
        child = start("serach", "clay", "zzyzx", "--quiet" if not reply else "--no-pager")
        child.expect_exact("Did you mean: ora search clay zzyzx")
        child.sendline(reply)
        child.expect_exact(shown)
        if reply:
            child.sendline("")
        all_of(child)


@pytest.mark.parametrize("redirection", ["</dev/null", "| cat", ">/dev/null"])
def test_no_prompt_without_a_terminal_at_both_ends(small: Path, redirection: str) -> None:
    """Without somebody to type and to read, no question is a mistake, as it is in a script."""
    shown, code = pexpect.run(
        f"""bash -c "set -o pipefail; '{sys.executable}' -m ora_cli ask --articles '{small}' {redirection}" """,
        env=environment({"TERM": "xterm"}),  # type: ignore[arg-type]
        encoding="utf-8",
        withexitstatus=True,
    )
    assert code == 2
    assert "the question is empty" in shown
    assert "ora> " not in shown


def test_empty_question_is_a_mistake_on_a_terminal_too(start: Start) -> None:
    """An argument that is empty, as an unset variable makes it, starts no conversation."""
    child = start("ask", "")
    assert "the question is empty" in all_of(child)
    assert child.exitstatus == 2


def test_prompt_begins_with_a_category_that_is_there(start: Start) -> None:
    """A wrong one is told before anything is typed."""
    child = start("ask", "--category", "clay-mask", *ANSWERED)
    assert "did you mean: clay-masks" in all_of(child)
    assert child.exitstatus == 2


def test_notes_of_several_lines_stay_several(start: Start, tmp_path: Path) -> None:
    """Each is wrapped for itself."""
    (tmp_path / "bad.toml").write_text('[[article]]\nslug = "clay"', encoding="utf-8")
    shown = all_of(start("list", "--articles", str(tmp_path / "bad.toml"), columns=1000))
    assert "3 mistakes in this article file\n" in shown
    assert len([line for line in shown.splitlines() if line.lstrip().startswith(str(tmp_path))]) == 3


def test_prompt_is_quiet_when_told(start: Start) -> None:
    """With `-q` there is the prompt alone."""
    child = start("ask", "--quiet", "--short", "--color", "never", *REFUSED)
    child.expect_exact("ora> ")
    assert "Type a question" not in child.before
    assert say(child, QUESTION).splitlines()[1:] == []
    child.sendline("q")
    all_of(child)
