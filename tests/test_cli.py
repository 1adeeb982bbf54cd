"""The command as its users see it: every command in every format, streams, exit codes, and hostile surroundings."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from conftest import SLUGS, SMALL, check_json, environment, keys, ora, ora_here
from rich.cells import cell_len

from ora_cli import __version__, paths
from ora_cli.commands.misspelt import nearly_command
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal import output
from ora_cli.terminal.output import Output
from ora_cli.text.cleaning import clean

QUESTION = "How long does a clay mask stay on?"
ADDRESS = "https://example.org/trials/an-address-that-is-too-long-for-forty-columns?page=1"
# Whatever the weights of the day: these two make the nearest article an answer, or nothing.
ANSWERED = ("--min-confidence", "0")
REFUSED = ("--min-confidence", "1")
FORMATS = ("rich", "plain", "markdown", "json")
COMMAND = (sys.executable, "-m", "ora_cli")

VERDICT_KEYS = keys("ask")
SHOWN_KEYS = keys("show")
ARTICLE_KEYS = keys("article")
SECTION_KEYS = keys("section")
SOURCE_KEYS = keys("source")
MATCH_KEYS = keys("match")
EXPLANATION_KEYS = keys("explanation")
PATHS_KEYS = keys("paths")
FILE_KEYS = keys("file")
FINDING_KEYS = keys("finding")

# What may not come out of an article or a question: all controls but line feeds and tabs, and direction characters.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HOSTILE = "[red]x[/red] :smile: \x1b[31mA\x1b]0;title\x07B\x9b1mC\u202eD\x00E\rF\x7f"


def answer(*args: str | Path, **options: Any) -> dict[str, Any]:
    """Run a command and return the one JSON object it prints."""
    result = ora_here(*args, "--json", **options)
    [line] = result.stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def lines(result: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.split("\n")[:-1]]


def on_terminal(*args: str | Path, env: dict[str, str | None] | None = None) -> str:
    """Run the command with standard output on a terminal and return what it shows."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *args],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=environment({"TERM": "xterm", **(env or {})}),
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:
        pass  # Linux ends a terminal this way
    os.close(ours)
    _, stderr = process.communicate(timeout=60)
    assert b"Traceback" not in stderr
    return shown.decode().replace("\r\n", "\n")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return a library whose every text tries to drive the terminal."""
    source = {"id": "s", "title": HOSTILE, "publisher": HOSTILE, "url": "https://example.org/", "kind": "study"}
    article = {
        "slug": "hostile",
        "title": f"Title {HOSTILE}",
        "category": "c",
        "answer": f"Answer [^s] {HOSTILE}",
        "urgent": HOSTILE,
        "also_asked": [HOSTILE],
        "section": [{"heading": HOSTILE, "body": f"{HOSTILE}\n\n- {HOSTILE} **{HOSTILE}**"}],
    }
    tables = [
        {"category": {"slug": "c", "name": HOSTILE, "description": HOSTILE}},
        {"source": source},
        {
            "red_flag": {
                "sign": "tongue",
                "name": "Tongue",
                "grade": "TODAY",
                "rules": ["swollen tongue"],
                "examples": ["swollen tongue"],
                "message": HOSTILE,
                "sources": ["s"],
            }
        },
        article,
    ]
    folder = tmp_path / "es\x1b[31mcape"
    folder.mkdir()
    file = folder / "hostile.jsonl"
    file.write_text("".join(json.dumps(table) + "\n" for table in tables), encoding="utf-8")
    return folder


# --- every command in every format ---

# Arguments, the keys of the JSON object, and a word that must stand in the output.
COMMANDS: dict[str, tuple[tuple[str, ...], set[str], str]] = {
    "ask": (("ask", QUESTION, *ANSWERED), VERDICT_KEYS, "Ten minutes"),
    "ask --short": (("ask", QUESTION, *ANSWERED, "--short"), VERDICT_KEYS, "Ten minutes"),
    "ask --explain": (
        ("ask", QUESTION, *ANSWERED, "--explain"),
        VERDICT_KEYS | {"explanation"},
        "Ten minutes",
    ),
    "search": (
        ("search", "clay", "mask"),
        {"schema", "query", "matches", "corrections", "red_flag"},
        "clay-mask-time",
    ),
    "show": (("show", "clay-mask-time"), SHOWN_KEYS, "lukewarm"),
    "show --short": (("show", "clay-mask-time", "--short"), SHOWN_KEYS, "Ten minutes"),
    "show --random": (("show", "--random"), SHOWN_KEYS, "?"),
    "list": (("list",), {"schema", "articles"}, "brittle-nails"),
    "list --long": (("list", "--long"), {"schema", "articles"}, "What helps brittle nails?"),
    "list --category": (("list", "--category", "hand-care"), {"schema", "articles"}, "brittle-nails"),
    "categories": (("categories",), {"schema", "categories"}, "hand-care"),
    "sources": (("sources",), {"schema", "sources"}, "uncited-review"),
    "sources SLUG": (("sources", "clay-mask-time"), {"schema", "sources"}, "A guide to clay"),
    "paths": (("paths",), PATHS_KEYS, __version__),
    "paths --all": (("paths", "--all"), PATHS_KEYS, "small.toml"),
}


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_command_prints_its_result(small: Path, command: tuple[tuple[str, ...], set[str], str], shape: str) -> None:
    """Every command has every format, exits with 0, and puts its result on standard output alone."""
    args, keys, word = command
    result = ora_here(*args, "--articles", small, "--format", shape, env={"COLUMNS": "200"})
    assert result.code == 0
    found = json.loads(result.stdout) if shape == "json" else None
    text = result.stdout if found is None else json.dumps(found)
    assert word in (text.replace("\\", "") if shape == "markdown" else text)
    assert not CONTROL.search(result.stdout)
    assert result.stdout.endswith("\n")
    if "--explain" not in args:
        assert result.stderr == ""
    if found is not None:
        assert result.stdout.count("\n") == 1
        assert {key for key in found if key.islower()} == keys
        assert found["schema"] == 1


def test_explanation_goes_to_standard_error(small: Path) -> None:
    """The answer of `ask --explain` can be piped on: how it came about stands on the other stream."""
    plain = ora_here("ask", QUESTION, *ANSWERED, "--articles", small)
    explained = ora_here("ask", QUESTION, *ANSWERED, "--articles", small, "--explain")
    assert explained.stdout == plain.stdout
    assert f'- Best match: "{QUESTION}", by its title.\n' in explained.stderr
    assert "- There it has: long, " in explained.stderr
    assert "far behind." in explained.stderr


def test_json_of_an_answer_has_the_keys_of_the_contract(small: Path) -> None:
    """The object and everything in it has exactly the keys that the schema requires."""
    found = answer("ask", QUESTION, *ANSWERED, "--articles", small, "--explain")
    assert found["status"] == "answered"
    assert found["query"] == QUESTION
    assert 0 < found["confidence"] <= 1
    assert found["reason"] is None
    assert found["error"] is None
    article = found["article"]
    assert set(article) == ARTICLE_KEYS
    assert {key for section in article["sections"] for key in section} == SECTION_KEYS
    assert [section["cites"] for section in article["sections"]] == [[1, 2], []]
    assert all(set(source) == SOURCE_KEYS | {"n"} for source in article["sources"])
    assert [source["n"] for source in article["sources"]] == [1, 2]
    assert article["answer"] == "Ten minutes, or until it turns pale [1]."
    assert article["origin"] == str(small)
    assert article["minutes"] == 1
    assert all(set(match) == MATCH_KEYS for match in found["matches"])
    assert found["matches"][0]["matched_on"] == {"field": "title", "text": QUESTION}
    confidences = [match["confidence"] for match in found["matches"]]
    assert confidences == sorted(confidences, reverse=True)
    assert set(found["explanation"]) == EXPLANATION_KEYS


def test_json_of_lists_has_its_keys(small: Path) -> None:
    """What `list`, `categories`, `sources` and `paths` list has exactly these keys."""
    [entry] = {tuple(entry) for entry in answer("list", "--articles", small)["articles"]}
    assert set(entry) == {"slug", "title", "category", "reviewed", "origin"}
    [category] = {tuple(category) for category in answer("categories", "--articles", small)["categories"]}
    assert set(category) == keys("category")
    [source] = {tuple(source) for source in answer("sources", "--articles", small)["sources"]}
    assert set(source) == SOURCE_KEYS | {"cited_by"}
    [file] = answer("paths", "--articles", small)["files"]
    assert set(file) == FILE_KEYS
    assert (file["path"], file["articles"], file["problem"]) == (str(small), 6, None)


def test_json_says_null_where_there_is_nothing(small: Path) -> None:
    """A question without an answer has the same keys, its reason, and still its matches."""
    found = answer("ask", QUESTION, *REFUSED, "--articles", small)
    assert set(found) == VERDICT_KEYS
    assert found["status"] in ("suggested", "no_match")
    assert (found["article"], found["section"], found["error"]) == (None, None, None)
    assert found["reason"]
    assert found["matches"]


def test_json_of_a_red_flag(small: Path) -> None:
    """The notice comes with its sources, also without an answer."""
    found = answer("ask", "zzyzx trouble breathing", "--articles", small)
    assert found["red_flag"]["message"] == "Call the emergency number now."
    assert [set(source) for source in found["red_flag"]["sources"]] == [SOURCE_KEYS]
    assert set(found["red_flag"]) == {"sign", "grade", "message", "sources"}


def test_number_limits_the_matches(small: Path) -> None:
    """`-n` says how many matches are listed at most."""
    found = answer("ask", "clay mask", "-n", "2", "--articles", small)
    assert len(found["matches"]) == 2
    result = ora_here("search", "clay mask", "-n", "1", "--articles", small)
    assert result.stdout.count("\n") == 1


def test_category_restricts_ask_and_search(small: Path) -> None:
    """Nothing outside the category is found, however well it matches."""
    found = answer("ask", QUESTION, "--category", "hand-care", "--articles", small)
    assert {match["category"] for match in found["matches"]} <= {"hand-care"}
    result = ora_here("search", "my face or my hands", "--category", "hand-care", "--articles", small)
    assert "hot-water-hands" in result.stdout
    assert "clay" not in result.stdout


def test_words_need_no_quotes(small: Path) -> None:
    """A question in many words is the same question in one."""
    assert ora_here("ask", *QUESTION.split(), *ANSWERED, "--articles", small) == ora_here(
        "ask", QUESTION, *ANSWERED, "--articles", small
    )


def test_same_question_same_bytes(small: Path) -> None:
    """Two runs differ in nothing, whatever the hash seed."""
    questions = "\n".join([QUESTION, "clay mask hands", "itch at night", "do gloves help nails", "my face and hands"])
    runs = {
        ora("ask", "--batch", "-", "--articles", small, stdin=questions, env={"PYTHONHASHSEED": seed})
        for seed in ("0", "1", "2")
    }
    assert len(runs) == 1


@pytest.mark.usefixtures("shared_index")
def test_same_explanation_same_bytes() -> None:
    """The numbers of an explanation, which are not rounded, don't depend on the hash seed either."""
    question = "How does botulinum toxin stop a muscle from contracting?"
    runs = {ora("ask", question, "--json", "--explain", env={"PYTHONHASHSEED": str(seed)}) for seed in range(5)}
    assert len(runs) == 1


def test_show_finds_an_article_by_its_old_slug(small: Path) -> None:
    """A renamed article answers to both."""
    assert ora_here("show", "mask-minutes", "--articles", small) == ora_here(
        "show", "clay-mask-time", "--articles", small
    )


def test_plain_and_json_are_short_for_the_format(small: Path) -> None:
    """`--plain` and `--json` do what `--format` does; two different ones are a mistake."""
    for short, shape in (("--plain", "plain"), ("--json", "json")):
        assert ora_here("list", short, "--articles", small) == ora_here("list", "--format", shape, "--articles", small)
    assert ora_here("list", "--plain", "--json", "--articles", small).code == 2


def test_list_is_one_slug_a_line(small: Path) -> None:
    """What scripts read: slugs and nothing else, in the order of the categories."""
    assert ora_here("list", "--articles", small).stdout.splitlines() == SLUGS


def test_articles_option_can_be_repeated_and_the_last_file_wins(small: Path, tmp_path: Path) -> None:
    """Several places make one library; the output says which file an article is from."""
    later = tmp_path / "later.toml"
    later.write_text(SMALL.replace("Once a week", "Once a month"), encoding="utf-8")
    result = ora_here("show", "clay-mask-often", "--articles", small, "--articles", later)
    assert "Once a month" in result.stdout
    assert f"from {later}" in result.stdout


def test_bundled_articles_answer_by_default(cache: Path) -> None:
    """Without any option the program answers from the articles it carries; `paths` names them."""
    found = answer("ask", "does botox cause sagging", *ANSWERED)
    assert found["status"] == "answered"
    assert found["article"]["origin"].endswith("articles.toml")
    facts = answer("paths")
    assert facts["bundled"] == found["article"]["origin"]
    assert facts["cache"] == str(cache)
    assert re.fullmatch("[0-9a-f]{64}", facts["content"])
    assert ora("check").code == 0


def test_paths_names_the_variables_that_count(small: Path) -> None:
    """What the environment changes is in the report; an empty variable is unset."""
    facts = answer("paths", "--articles", small, env={"NO_COLOR": "1", "ORA_PATH": "", "PAGER": "more"})
    assert (facts["NO_COLOR"], facts["PAGER"]) == ("1", "more")
    assert "ORA_PATH" not in facts


@pytest.mark.parametrize("args", [("--help",), ("-h",), ("ask", "-h"), ("list", "--help")], ids=" ".join)
def test_help_is_printed_on_standard_output(args: tuple[str, ...]) -> None:
    """Help that was asked for is a result."""
    result = ora(*args)
    assert (result.code, result.stderr) == (0, "")
    assert result.stdout.startswith("Usage: ora")


# --- exit codes and messages ---

# Arguments, exit code, and a word of the message. SMALL stands for the small library.
FAILURES: dict[str, tuple[tuple[str, ...], int, str]] = {
    "near miss of a command": (("serach", "x y"), 2, "'serach' is no command; did you mean: ora search 'x y'"),
    "near miss of a short one": (("aks", "x"), 2, "to ask it as a question: ora ask aks x"),
    "another form of a command": (("category",), 2, "did you mean: ora categories"),
    "unknown option of the program": (("--short", "clay"), 2, "options stand behind the command or the question"),
    "unknown option": (("ask", "-x", "clay"), 2, "No such option"),
    "word like an option": (("ask", "what", "is", "-5"), 2, "words that start with a hyphen go behind --"),
    "option before the command": (("--plain", "list"), 2, "options stand behind the command"),
    "empty question": (("ask", ""), 2, "the question is empty"),
    "no question": (("ask",), 2, "the question is empty"),
    "blank question": (("ask", " ", "\t"), 2, "the question is empty"),
    "nothing to search for": (("search",), 2, "nothing to search for"),
    "words and a batch": (("ask", "clay", "--batch", "-"), 2, "--batch takes its questions from the file"),
    "slug and random": (("show", "brittle-nails", "--random"), 2, "give a name, or --random"),
    "neither slug nor random": (("show",), 2, "give a name, or --random"),
    "confidence too high": (("ask", "clay", "--min-confidence", "1.5"), 2, "--min-confidence"),
    "confidence no number": (("ask", "clay", "--min-confidence", "nan"), 2, "--min-confidence"),
    "no matches wanted": (("ask", "clay", "-n", "0"), 2, "--num"),
    "unknown format": (("list", "--format", "xml"), 2, "--format"),
    "unknown slug": (("show", "britle-nails"), 1, "did you mean: brittle-nails"),
    "slug far from any": (("show", "xxxxxxx"), 1, "list them with: ora list"),
    "unknown category": (("list", "--category", "hand-cares"), 2, "did you mean: hand-care"),
    "unknown category to ask": (("ask", "clay", "--category", "qqq"), 2, "list them with: ora categories"),
    "unknown slug of sources": (("sources", "britle-nails"), 1, "did you mean: brittle-nails"),
    "unknown id of a source": (("sources", "mudfort-guide"), 1, "did you mean: mudford-guide"),
    "several sources to open": (("sources", "--open"), 2, "--open needs the id of one source"),
    "section that is not there": (("show", "clay-mask-time", "--section", "zzyzx"), 1, "its sections: Why not longer"),
    "start of several slugs": (("show", "clay"), 1, "one of: clay-mask-itch, clay-mask-often, clay-mask-time"),
    "one slug of two": (("show", "clay-mask-time", "britle-nails"), 1, "did you mean: brittle-nails"),
    "two categories": (("list", "hand-care", "--category", "hand-care"), 2, "two categories are named"),
    "unknown command to help with": (("help", "shw"), 2, "did you mean: ora help show"),
    "slug that is no text": (("show", "\udcff"), 1, "no article ''"),
    "days beyond the calendar": (("list", "--stale", "999999999"), 2, "--stale"),
    "article without sources": (("sources", "brittle-nails"), 1, "no sources"),
    "batch file missing": (("ask", "--batch", "/nowhere/questions"), 74, "cannot read /nowhere/questions"),
    "batch file a folder": (("ask", "--batch", "/"), 74, "cannot read /"),
    "nothing found": (("search", "zzyzx"), 1, "Nothing found"),
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_failure_has_its_exit_code_and_a_reason(small: Path, failure: tuple[tuple[str, ...], int, str]) -> None:
    """A failure says on standard error what to do, and leaves standard output empty."""
    args, code, message = failure
    result = ora_here(*args, *(() if args[0] == "help" else ("--articles", small)))
    assert (result.code, result.stdout) == (code, "")
    assert message in result.stderr


# name of what is given to --articles, its content (None: it is not there), exit code, words of the message
BAD_ARTICLES: dict[str, tuple[str, str | None, int, tuple[str, ...]]] = {
    "missing": ("missing.toml", None, 74, ("no such file or folder: ", "missing.toml")),
    "unknown suffix": ("a.txt", SMALL, 74, ("not an article file: ", "must end in .toml or .jsonl")),
    "no TOML": ("a.toml", "[[article", 65, ("a.toml", "is not TOML", "ora check")),
    "mistake": ("a.toml", '[[article]]\nslug = "x"\n', 65, ("a.toml: x: title: is missing",)),
    "no JSON": ("a.jsonl", "\nx\n", 65, ("a.jsonl:2: is not JSON",)),
    "name too long": ("a" * 300 + ".toml", None, 74, ("name too long",)),
}


@pytest.mark.parametrize("case", BAD_ARTICLES.values(), ids=BAD_ARTICLES)
def test_bad_articles(tmp_path: Path, case: tuple[str, str | None, int, tuple[str, ...]]) -> None:
    """Articles that can't be had are an error of their own, told on standard error."""
    name, content, code, messages = case
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    result = ora_here("ask", "clay", "--articles", tmp_path / name)
    assert (result.code, result.stdout) == (code, "")
    assert all(message.lower() in result.stderr.lower() for message in messages)


def test_folder_without_articles(tmp_path: Path) -> None:
    """An empty folder is told apart from a missing one."""
    (tmp_path / "empty").mkdir()
    result = ora_here("list", "--articles", tmp_path / "empty")
    assert (result.code, result.stdout) == (74, "")
    assert f"no article files in {tmp_path / 'empty'}" in result.stderr


@pytest.mark.parametrize(
    "args",
    [("ask", "why", "--articles", "missing.toml"), ("show", "xxxxxxx"), ("ask", "why", "--category", "x"), ("ask", "")],
    ids=" ".join,
)
def test_json_prints_its_object_on_failures_too(small: Path, args: tuple[str, ...]) -> None:
    """A script that reads JSON gets an object with the same keys, the error in it."""
    result = ora_here(*args, "--json", *(() if "--articles" in args else ("--articles", small)))
    found = json.loads(result.stdout)
    assert result.code != 0
    assert set(found) == VERDICT_KEYS
    assert found["status"] == "error"
    assert found["error"] in result.stderr
    assert found["query"] == ("why" if "why" in args else "")


def test_check_tells_every_finding(tmp_path: Path, small: Path) -> None:
    """`check` lists what is wrong in all files at once and exits with 1; links that lead nowhere are findings too."""
    bad = tmp_path / "bad.toml"
    bad.write_text('[[article]]\nslug = "x"\ntitel = "X"\n', encoding="utf-8")
    dangling = tmp_path / "dangling.toml"
    dangling.write_text(
        SMALL.replace('see_also = ["clay-mask-itch"]', 'see_also = ["clay-mask-tch"]'), encoding="utf-8"
    )
    for shape in FORMATS:
        result = ora_here("check", bad, dangling, "--format", shape)
        assert result.code == 1
        shown = " ".join(result.stdout.split())
        assert "did you mean 'clay-mask-itch'?" in shown
        assert "did you mean 'title'?" in shown
    findings = answer("check", bad, "--articles", dangling)["findings"]
    assert {(Path(finding["file"]).name, finding["article"], finding["key"]) for finding in findings} == {
        ("bad.toml", "x", "titel"),
        ("bad.toml", "x", "title"),
        ("bad.toml", "x", "category"),
        ("bad.toml", "x", "answer"),
        ("dangling.toml", "clay-mask-time", "see_also"),
    }
    assert all(set(finding) == FINDING_KEYS for finding in findings)
    sound = ora_here("check", small)
    assert (sound.code, sound.stdout) == (0, "")
    assert answer("check", small) == {"schema": 1, "findings": []}


def test_library_without_articles(tmp_path: Path) -> None:
    """With nothing in the library every command says so, exits with 1 and fails in no other way."""
    file = tmp_path / "empty.toml"
    file.touch()
    commands = (("list",), ("categories",), ("sources",), ("show", "--random"), ("ask", "clay"), ("search", "clay"))
    for args in commands:
        result = ora_here(*args, "--articles", file)
        assert (result.code, result.stdout) == (1, ""), args
        assert result.stderr


# --- no answer ---


def test_miss_leaves_standard_output_empty(small: Path) -> None:
    """Without a confident answer there is nothing to mistake for one: the reason is on standard error."""
    result = ora("ask", "zzyzx", "--articles", small)
    assert (result.code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "There is no article on this.",
        "Not a word that ora knows: zzyzx",
        "See what there is: ora categories",
    ]


def test_nearest_titles_are_numbered(small: Path) -> None:
    """What is near is named on standard error, with the command to read it, however little it is near."""
    result = ora_here("ask", QUESTION, *REFUSED, "--articles", small)
    assert (result.code, result.stdout) == (1, "")
    heading, first, *told, second, third, way = result.stderr.splitlines()
    assert heading == "Not sure. Did you mean"
    assert first == f"  1 {QUESTION}"
    assert all(line.startswith("    ") for line in told)
    assert (second[:4], third[:4]) == ("  2 ", "  3 ")
    assert way == "Read one with: ora show clay-mask-time"
    assert ora_here("ask", QUESTION, *REFUSED, "-n", "1", "--articles", small).stderr.count("?") == 1


def test_what_is_likely_is_told_in_short(small: Path) -> None:
    """With its urgent note and who says so; what is no more than near is named alone."""
    lines = ora_here("ask", QUESTION, *REFUSED, "--articles", small).stderr.splitlines()
    assert [line.strip() for line in lines if line.startswith("    ")] == [
        "Urgent: Wash it off at once if the skin burns.",
        "Ten minutes, or until it turns pale.",
        "Sources: Mudford Institute",
    ]
    near = ora_here("ask", "does clay sting", *REFUSED, "--articles", small)
    assert not any(line.startswith("    ") for line in near.stderr.splitlines())


@pytest.mark.parametrize("question", ["zzyzx " * 100, "z" * 3000, "zzyzx\x1b[31m clay " * 50, "-zzyzx"])
def test_miss_is_short(small: Path, question: str) -> None:
    """No long question floods the screen, and nobody is asked to write an article or to report anything."""
    result = ora_here("ask", "--articles", small, "--", question)
    assert len(result.stderr.splitlines()) <= 7
    assert len(result.stderr) < 600
    assert not re.search(r"ora new|report|doctor", result.stderr)


# The question, whether it is of the field, what is said of its words.
REASONS: dict[str, tuple[str, str | None]] = {
    "unknown word": ("clay mask zzyzx", "Not a word that ora knows: zzyzx"),
    "unknown words": ("clay zzyzx qwrtp xyzzy vwxyz", "Not words that ora knows: zzyzx, qwrtp, xyzzy and 1 more"),
    "chatter": ("tho clay gloves yay or nay", "No article has both words: clay, gloves"),
    "not together": ("clay gloves", "No article has both words: clay, gloves"),
    "by a synonym": ("does it prickle in gloves", "No article has both words: prickle, gloves"),
}


@pytest.mark.parametrize("case", REASONS.values(), ids=REASONS)
def test_reason_was_checked(small: Path, case: tuple[str, str]) -> None:
    """FAULT 7: a reason says only what is so of every article."""
    question, reason = case
    result = ora_here("ask", question, *REFUSED, "--articles", small)
    assert reason in result.stderr.splitlines()


def test_one_word_is_not_said_to_be_missing_together(small: Path) -> None:
    """FAULT 7: a word that articles have is no reason."""
    result = ora_here("ask", "why does it itch", *REFUSED, "--articles", small)
    assert result.stderr.startswith("Not sure. Did you mean\n  1 ")
    assert "both words" not in result.stderr


def test_miss_with_a_red_flag_is_kept_short(small: Path) -> None:
    """Somebody in danger is not asked to report anything."""
    result = ora_here("ask", "zzyzx trouble breathing", "--articles", small)
    assert result.stderr == "No article answers this. The notice comes first.\n"


@pytest.mark.usefixtures("shared_index")
def test_who_does_not_want_to_live_is_offered_no_reading() -> None:
    """The notice stands alone, however near some article seems."""
    result = ora_here("ask", "i hate my skin so much i dont see the point of being here anymore")
    assert result.stdout.startswith("EMERGENCY")
    assert result.stderr == "No article answers this. The notice comes first.\n"


def test_after_a_notice_what_is_near_is_named(small: Path) -> None:
    """Whoever has been helped may want to read on; nothing is said of what was not known."""
    result = ora_here("ask", "trouble breathing and my face itches", *REFUSED, "--articles", small)
    assert result.stderr.startswith("The notice comes first. Afterwards you can read\n  1 ")
    assert "Read one with: ora show clay-mask-itch" in result.stderr


def test_quiet_leaves_the_notes_out(small: Path) -> None:
    """With `-q` a miss shows in the exit code alone."""
    for flag in ("-q", "--quiet"):
        result = ora("ask", "zzyzx", flag, "--articles", small)
        assert (result.code, result.stdout, result.stderr) == (1, "", "")


@pytest.mark.parametrize("shape", ["rich", "plain", "markdown"])
@pytest.mark.parametrize("rest", ["", QUESTION, "zzyzx"], ids=["alone", "with a question", "unknown word"])
def test_red_flag_comes_first(small: Path, shape: str, rest: str) -> None:
    """The notice is the first thing on standard output, whatever else is found."""
    result = ora_here("ask", f"{rest} I have trouble breathing", "--format", shape, "--articles", small)
    first = result.stdout.splitlines()[0]
    assert "Call the emergency number now." in first
    assert "Annals of Invented Results" in result.stdout
    assert (ADDRESS in result.stdout) == (shape != "rich")


def test_search_tells_red_flags_and_corrections(small: Path) -> None:
    """The list on standard output stays a list; what else there is to say stands on standard error."""
    result = ora_here("search", "botocks", "clay", "maskk", "swollen", "tongue", "--articles", small)
    assert "EMERGENCY: Call the emergency number now." in result.stderr
    assert 'Read "maskk" as "mask".' in result.stderr
    assert "IMPORTANT" not in result.stdout


def test_red_flag_at_the_end_of_a_long_story(small: Path) -> None:
    """A danger sign counts wherever it stands."""
    result = ora_here("ask", "my story " * 250 + "and I have trouble breathing", "--articles", small)
    assert "Call the emergency number now." in result.stdout


def test_corrected_words_are_told(small: Path) -> None:
    """A word that was read as another is named, in the answer and in JSON."""
    found = answer("ask", "how long does a clay maask stay on", *ANSWERED, "--articles", small)
    assert found["corrections"] == [{"typed": "maask", "used": "mask"}]
    result = ora_here("ask", "how long does a clay maask stay on", *ANSWERED, "--articles", small)
    assert '"maask" as "mask"' in result.stdout


# --- odd questions ---

ODD_QUESTIONS = {
    "punctuation": "?!... -- (){}[] ***",
    "quote": '"',
    "unbalanced quotes": 'clay "mask',
    "star": "clay * mask*",
    "NEAR": "NEAR(clay mask, 2)",
    "minus": "clay -mask",
    "column": "phrasing:clay OR rowid:1",
    "operators": "clay AND OR NOT mask",
    "caret": "^clay + mask",
    "parentheses": ")(clay((",
    "SQL": "'; DROP TABLE article; --",
    "only function words": "what is it and why",
    "emoji": "clay mask 🧖‍♀️ 💧 how long?",
    "only emoji": "🤔",
    "combining": "ć̷̢̛l̴̡̛a̵y",
    "Chinese": "面膜要敷多久",
    "Arabic": "كم من الوقت",
    "digits": "1 2 3 4567",
    "full width": "\uff43\uff4c\uff41\uff59 \uff4d\uff41\uff53\uff4b",
    "long word": "a" * 5000,
    "many words": "clay mask " * 3000,
    "template": "{0} %s ${HOME} $(id) `id`",
    "markup": "[red]clay[/red] :smile:",
    "escape": HOSTILE,
    "backslash": "clay\\ mask\\n",
    "line separators": "clay\u2028mask\u2029\x85\x0b\x0cface",
}


@pytest.mark.parametrize("shape", ["plain", "json"])
def test_odd_questions_are_questions(small: Path, shape: str) -> None:
    """Whatever stands in a question, it gets a verdict; nothing in it is syntax for SQLite or the terminal."""
    joined = "\n".join(ODD_QUESTIONS.values()).replace("\r", "")
    result = ora_here("ask", "--batch", "-", "--articles", small, "--format", shape, stdin=joined)
    assert result.code == 1
    verdicts = lines(result.stdout)
    assert len(verdicts) == len(ODD_QUESTIONS)
    for name, verdict in zip(ODD_QUESTIONS, verdicts, strict=True):
        assert set(verdict) == VERDICT_KEYS, name
        assert verdict["status"] in ("answered", "suggested", "no_match"), name
        assert not CONTROL.search(verdict["query"]), name
    assert not CONTROL.search(result.stdout)


@pytest.mark.parametrize("name", ["punctuation", "quote", "escape", "markup", "emoji", "template"])
@pytest.mark.parametrize("shape", FORMATS)
def test_odd_question_on_the_command_line(small: Path, name: str, shape: str) -> None:
    """The same as an argument, with a miss on standard error in every format."""
    question = ODD_QUESTIONS[name].replace("\x00", "")
    result = ora_here("ask", *REFUSED, "--articles", small, "--format", shape, "--color", "always", "--", question)
    assert result.code == 1
    assert (result.stdout == "") == (shape != "json")
    assert not CONTROL.search(result.stdout + result.stderr)
    assert re.match("Not sure|There is no article|The question", result.stderr) or shape == "json"


def test_question_of_a_hundred_kilobytes(small: Path) -> None:
    """A pasted page is a question, if no good one."""
    result = ora("ask", "clay mask and other matters " * 4000, "--articles", small)
    assert result.code in (0, 1)


def test_question_that_is_not_utf8(small: Path) -> None:
    """Bytes that are no text don't break the output."""
    result = ora("ask", "--json", "--articles", small, b"clay m\xffask \x9b31m")
    assert set(json.loads(result.stdout)) == VERDICT_KEYS
    assert not CONTROL.search(result.stdout)


def test_question_in_a_failure_is_clean_too(small: Path) -> None:
    """The object of a failure repeats the question, but not what drives a terminal."""
    result = ora_here("ask", "--json", "--category", "none", "--articles", small, "clay \x9b31m \u202e \x1b[1m mask")
    assert json.loads(result.stdout)["status"] == "error"
    assert not CONTROL.search(result.stdout)


# --- hostile articles ---


@pytest.mark.parametrize(
    "args",
    [
        ("ask", "Title swollen tongue", *ANSWERED),
        ("show", "hostile"),
        ("list", "--long"),
        ("categories",),
        ("sources",),
        ("sources", "hostile"),
        ("search", "title"),
        ("check",),
        ("paths",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("shape", FORMATS)
def test_article_text_never_drives_the_terminal(hostile: Path, args: tuple[str, ...], shape: str) -> None:
    """No control character of an article, or of the path to it, is printed; brackets stand as written."""
    result = ora_here(*args, "--articles", hostile, "--format", shape, env={"COLUMNS": "400"})
    assert result.code == 0
    assert not CONTROL.search(result.stdout + result.stderr)
    if args[0] not in ("check", "paths") and (args[0], shape) != ("categories", "rich"):
        shown = result.stdout.replace("\\", "") if shape == "markdown" else result.stdout
        assert "[red]x[/red] :smile: ABCDEF" in shown


def test_file_whose_name_is_no_text(bundled: Path, own_folder: Path) -> None:
    """A file name of bytes that are no UTF-8 is one as good as another, also when the file is broken."""
    named = bundled.with_name(os.fsdecode(b"a\xff.toml"))
    named.write_bytes(bundled.read_bytes())
    broken = own_folder / os.fsdecode(b"b\xff.toml")
    broken.write_text("x", encoding="utf-8")
    for _ in range(2):  # the second time from the stored index
        assert ora_here("list", "--articles", named).stdout.split() == SLUGS
    result = ora_here("list", "--quiet")
    assert (result.code, result.stderr) == (0, "")
    assert "is not TOML" in ora_here("check", broken).stdout


# --- batch ---


def test_batch_answers_line_by_line_in_order(small: Path, tmp_path: Path) -> None:
    """Each line gets one object, in order, whatever becomes of the others; the exit code tells if one failed."""
    given = b"\xef\xbb\xbf" + QUESTION.encode() + b"\r\nclay \xff\n\n   \r\nzzyzx\n" + QUESTION.encode()
    file = tmp_path / "questions.txt"
    file.write_bytes(given)
    result = ora("ask", "--batch", file, *ANSWERED, "--articles", small)
    assert result.code == 1
    verdicts = lines(result.stdout)
    assert [verdict["status"] for verdict in verdicts] == [
        "answered",
        "error",
        "error",
        "error",
        "no_match",
        "answered",
    ]
    assert all(set(verdict) == VERDICT_KEYS for verdict in verdicts)
    assert [verdict["query"] for verdict in verdicts] == [QUESTION, "clay \ufffd", "", "", "zzyzx", QUESTION]
    assert "UTF-8" in verdicts[1]["error"]
    assert "empty" in verdicts[2]["error"]
    assert verdicts[0] == verdicts[5]
    assert ora("ask", "--batch", "-", *ANSWERED, "--articles", small, stdin=given) == result


def test_batch_gives_what_ask_gives(small: Path) -> None:
    """A question goes the same way whatever asked it."""
    single = ora_here("ask", QUESTION, "--json", "--articles", small)
    assert ora_here("ask", "--batch", "-", "--articles", small, stdin=f"{QUESTION}\n").stdout == single.stdout


def test_batch_exits_with_0_when_all_were_answered(small: Path) -> None:
    """So does a batch without questions."""
    for given in (f"{QUESTION}\n{QUESTION}\n", ""):
        result = ora_here("ask", "--batch", "-", *ANSWERED, "--articles", small, stdin=given)
        assert (result.code, len(lines(result.stdout)), result.stderr) == (0, given.count("\n"), "")


def test_batch_answers_before_the_next_question_comes(small: Path) -> None:
    """A program can hold a conversation: each answer is flushed; an interrupt ends it with 130."""
    process = subprocess.Popen(
        [*COMMAND, "ask", "--batch", "-", "--articles", small],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for question in (QUESTION, "zzyzx"):
        process.stdin.write(f"{question}\n".encode())
        process.stdin.flush()
        line = process.stdout.readline().decode()
        check_json("ask", line)
        assert json.loads(line)["query"] == question
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in stderr


@pytest.mark.parametrize("args", [("ask",), ("ask", "-")], ids=" ".join)
def test_a_question_comes_from_standard_input(small: Path, args: tuple[str, ...]) -> None:
    """FAULT 29: `echo … | ora ask` is a question, over several lines one."""
    asked = ora_here("ask", QUESTION, *ANSWERED, "--articles", small)
    for given in (f"{QUESTION}\n", "\ufeffHow long does\na clay mask stay on?\r\n"):
        assert ora_here(*args, *ANSWERED, "--articles", small, stdin=given) == asked
    for given in ("", " \n"):
        result = ora_here(*args, "--articles", small, stdin=given)
        assert (result.code, result.stdout) == (2, "")
        assert "the question is empty" in result.stderr


def test_words_that_are_no_command_are_a_question(small: Path) -> None:
    """`ask` need not be typed."""
    asked = ora_here("ask", *QUESTION.split(), *ANSWERED, "--articles", small)
    assert ora_here(*QUESTION.split(), *ANSWERED, "--articles", small) == asked
    assert ora_here(QUESTION, *ANSWERED, "--articles", small) == asked
    assert ora_here("masks", "for", "hands", "--articles", small).code == 1  # not "ask" misspelt


@pytest.mark.parametrize(
    "word",
    ["mask", "can", "newt", "checks", "important", "skin", "how", "exporter", "shower", "lip", "spf", "hrt", "led"],
)
def test_a_word_is_no_misspelt_command(word: str) -> None:
    """An everyday word is a question, however near it is to a command."""
    assert nearly_command(word) is None


MISSPELT = {
    "serach": "search",
    "hsow": "show",
    "shwo": "show",
    "categores": "categories",
    "aks": "ask",
    "souces": "sources",
    "lst": "list",
}


@pytest.mark.parametrize("word", MISSPELT)
def test_a_misspelt_command_is_known(word: str) -> None:
    """A letter off, or two letters swapped."""
    assert nearly_command(word) == MISSPELT[word]


def test_ask_prints_one_screen_and_full_all_of_it(small: Path) -> None:
    """The headings of the sections are named, their text comes with `--full` and is the text of `show`."""
    asked = ora_here("ask", QUESTION, *ANSWERED, "--articles", small).stdout
    assert "\nMore in this article: Why not longer · Taking it off\n" in asked
    assert "lukewarm" not in asked
    assert "\n[1] Mudford Institute https://example.org/clay_guide\n" in asked
    assert "glove" not in asked  # the source of what is not shown
    assert "\nNext\n1 Why does my face itch under a clay mask?\n" in asked
    assert "\nora show clay-mask-time: all of it\n" in asked
    full = ora_here("ask", QUESTION, *ANSWERED, "--full", "--articles", small).stdout
    assert full == ora_here("show", "clay-mask-time", "--articles", small).stdout
    assert "lukewarm" in full
    assert ora_here("ask", QUESTION, "--full", "--short", "--articles", small).code == 2


def test_short_answers_with_the_section_that_is_asked_for(small: Path) -> None:
    """Who asks for a part gets it below the short answer, without which it may mislead; `show` gives it alone."""
    question = "when should I wash off a clay mask with a soft cloth"
    shown = ora_here("ask", question, *ANSWERED, "--short", "--articles", small).stdout
    assert "\nTaking it off\nUse lukewarm water and a soft cloth.\n" in shown
    assert "Ten minutes" in shown
    alone = ora_here("show", "clay-mask-time", "--section", "taking it off", "--articles", small).stdout
    assert "Ten minutes" not in alone
    found = answer("ask", question, *ANSWERED, "--articles", small)
    assert found["section"] == "Taking it off"


def test_a_topic_is_listed_in_every_format(small: Path) -> None:
    """The bare name of a topic that has no overview lists its articles; that is something, so the exit code is 0."""
    for shape in FORMATS:
        result = ora_here("clay", "mask", *REFUSED, "--format", shape, "--articles", small)
        assert (result.code, result.stderr) == (0, "")
        assert QUESTION in result.stdout
    found = answer("clay", "mask", *REFUSED, "--articles", small)
    assert found["topic"]["name"] == "clay mask"
    assert {"slug": "clay-mask-time", "title": QUESTION} in found["topic"]["articles"]
    assert (found["status"], found["article"]) == ("suggested", None)


def test_standard_input_is_read_for_a_dash_only(small: Path) -> None:
    """A command in the middle of a pipe doesn't eat what is meant for others."""
    ours, theirs = os.pipe()
    os.write(theirs, b"untouched")
    os.close(theirs)
    subprocess.run(
        [*COMMAND, "list", "--articles", small], stdin=ours, capture_output=True, check=True, env=environment()
    )
    assert os.read(ours, 100) == b"untouched"
    os.close(ours)


# --- streams that fail ---

WRITERS = {
    "ask": ("ask", QUESTION, *ANSWERED),
    "list": ("list",),
    "list --json": ("list", "--json"),
    "show": ("show", "clay-mask-time", "--format", "rich"),
    "batch": ("ask", "--batch", "-"),
    "--help": ("--help",),
    "--version": ("--version",),
}


def run_shell(redirection: str, args: Iterable[str | Path]) -> subprocess.CompletedProcess[bytes]:
    command = shlex.join([*map(str, COMMAND), *map(str, args)])
    return subprocess.run(
        ["/bin/sh", "-c", f"{command} {redirection}"],
        input=f"{QUESTION}\n".encode() * 100,
        capture_output=True,
        env=environment(),
        timeout=60,
        check=False,
    )


def with_articles(args: tuple[str, ...], small: Path) -> tuple[str | Path, ...]:
    return args if args[0].startswith("-") else (*args, "--articles", small)


@pytest.mark.parametrize("args", WRITERS.values(), ids=WRITERS)
def test_reader_that_has_had_enough(small: Path, args: tuple[str, ...]) -> None:
    """When the reader closed the pipe the program ends with 0 and without a word."""
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        [*COMMAND, *with_articles(args, small)],
        input=f"{QUESTION}\n".encode(),
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=environment(),
        timeout=60,
        check=False,
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("args", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize(
    ("redirection", "reason"),
    [(">/dev/full", b"No space left"), (">&-", b"standard output is closed")],
    ids=["full", "closed"],
)
def test_output_that_cannot_be_written(small: Path, args: tuple[str, ...], redirection: str, reason: bytes) -> None:
    """A full disk or a closed standard output is an error with its reason, not a success."""
    done = run_shell(redirection, with_articles(args, small))
    assert done.returncode == 74
    assert reason in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("redirection", ["2>/dev/full", "2>&-", "<&-"])
def test_other_streams_that_fail(small: Path, redirection: str) -> None:
    """Without standard error or input an answer is still an answer, and a miss still a miss."""
    answered = run_shell(redirection, ["ask", QUESTION, *ANSWERED, "--articles", small])
    assert answered.returncode == 0
    assert b"Ten minutes" in answered.stdout
    missed = run_shell(redirection, ["ask", "zzyzx", "--articles", small])
    assert (missed.returncode, missed.stdout) == (1, b"")


def test_batch_from_closed_standard_input(small: Path) -> None:
    """`--batch -` without a standard input says so."""
    done = run_shell("<&-", ["ask", "--batch", "-", "--articles", small])
    assert done.returncode == 74
    assert b"standard input is closed" in done.stderr


def test_output_in_an_encoding_that_lacks_characters(small: Path) -> None:
    """A terminal that can't show a character gets a question mark rather than an error."""
    done = subprocess.run(
        [*COMMAND, "show", "clay-mask-time", "--format", "rich", "--articles", small],
        capture_output=True,
        env=environment({"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}),
        timeout=60,
        check=True,
    )
    assert b"Ten minutes" in done.stdout
    assert done.stdout.isascii()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_what_programs_read_is_utf8(tmp_path: Path, encoding: str) -> None:
    """FAULT 8: exports and JSON are the same whatever the terminal's encoding is."""
    file = tmp_path / "a.toml"
    text = '[[article]]\nslug = "a"\ntitle = "Is it £100, or 日本?"\ncategory = "c"\nanswer = "£100 — naïve."\n'
    file.write_text(text, encoding="utf-8")
    for args in (
        ("export",),
        ("export", "--format", "markdown"),
        ("show", "a", "--json"),
        ("list", "--json"),
        ("ask", "is it £100 or 日本?", "--json"),
        ("ask", "--batch", "-"),
        ("show", "--json", "is it £200"),
    ):
        done = subprocess.run(
            [*COMMAND, *args, "--articles", file],
            capture_output=True,
            input="£100 日本".encode(),
            env=environment({"PYTHONIOENCODING": encoding}),
            timeout=60,
            check=False,
        )
        assert "£" in done.stdout.decode()
        assert "?100" not in done.stdout.decode()


# --- colour, width, pager ---

# On a terminal?, environment, arguments, coloured?
COLOURS: dict[str, tuple[bool, dict[str, str | None], tuple[str, ...], bool]] = {
    "terminal": (True, {}, (), True),
    "terminal NO_COLOR": (True, {"NO_COLOR": "1"}, (), False),
    "terminal NO_COLOR empty": (True, {"NO_COLOR": ""}, (), True),
    "terminal dumb": (True, {"TERM": "dumb"}, (), False),
    "terminal never": (True, {}, ("--color", "never"), False),
    "terminal NO_COLOR always": (True, {"NO_COLOR": "1"}, ("--color", "always"), True),
    "terminal NO_COLOR FORCE_COLOR": (True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, (), True),
    "terminal dumb always": (True, {"TERM": "dumb"}, ("--color", "always"), True),
    "terminal plain": (True, {}, ("--plain",), False),
    "pipe": (False, {}, (), False),
    "pipe FORCE_COLOR": (False, {"FORCE_COLOR": "1"}, (), True),
    "pipe FORCE_COLOR empty": (False, {"FORCE_COLOR": ""}, (), False),
    "pipe FORCE_COLOR never": (False, {"FORCE_COLOR": "1"}, ("--color", "never"), False),
    "pipe always": (False, {}, ("--color", "always"), True),
    "pipe auto": (False, {}, ("--color", "auto"), False),
    "pipe FORCE_COLOR plain": (False, {"FORCE_COLOR": "1"}, ("--plain",), False),
    "pipe FORCE_COLOR json": (False, {"FORCE_COLOR": "1"}, ("--json",), False),
}


@pytest.mark.parametrize("case", COLOURS.values(), ids=COLOURS)
def test_when_there_is_colour(small: Path, case: tuple[bool, dict[str, str | None], tuple[str, ...], bool]) -> None:
    """A flag beats the variables, FORCE_COLOR beats NO_COLOR, and only rich output has colour at all."""
    terminal, env, args, coloured = case
    args = args if {"--plain", "--json"} & set(args) else (*args, "--format", "rich")
    command = ("show", "clay-mask-time", "--no-pager", *args, "--articles", small)
    shown = on_terminal(*command, env=env) if terminal else ora(*command, env=env).stdout
    assert ("\x1b" in shown) == coloured
    assert "Ten minutes" in shown


@pytest.mark.parametrize("args", [("list", "--long"), ("show", "clay-mask-time"), ("sources",), ("categories",)])
def test_a_variable_changes_no_layout(small: Path, args: tuple[str, ...]) -> None:
    """FAULT 15: what FORCE_COLOR adds are colours, and plain text has none; a pipe gets the same columns."""
    usual = ora_here(*args, "--articles", small)
    assert ora_here(*args, "--articles", small, env={"FORCE_COLOR": "1"}) == usual
    rich = ora_here(*args, "--format", "rich", "--articles", small)
    coloured = ora_here(*args, "--format", "rich", "--articles", small, env={"FORCE_COLOR": "1"})
    assert "\x1b" in coloured.stdout
    assert clean(coloured.stdout) == rich.stdout


SHELL_PAGERS = {
    "pipe": "sed s/^/paged:/ | cat",
    "variable": "MARK=paged: sh -c 'sed s/^/$MARK/'",
    "home": "~/pager",
}


@pytest.mark.parametrize("pager", SHELL_PAGERS.values(), ids=SHELL_PAGERS)
def test_pager_may_be_a_line_of_the_shell(small: Path, tmp_path: Path, pager: str) -> None:
    """FAULT 27: as other programs do it, a pager with syntax of the shell goes to the shell."""
    script = tmp_path / "home" / "pager"
    script.write_text("#!/bin/sh\nsed s/^/paged:/\n", encoding="utf-8")
    script.chmod(0o700)
    args = ("show", "clay-mask-time", "--color", "never", "--articles", small)
    shown = on_terminal(*args, env={"LINES": "10", "PAGER": pager})
    assert "\npaged:  Ten minutes" in shown


def test_pager_of_the_shell_that_is_not_there_costs_no_line(small: Path) -> None:
    """Then the text is printed."""
    args = ("show", "clay-mask-time", "--color", "never", "--articles", small)
    assert "Ten minutes" in on_terminal(*args, env={"LINES": "10", "PAGER": "nosuchpager | cat"})


def test_wide_characters_take_two_columns(tmp_path: Path) -> None:
    """FAULT 30: text without blanks breaks where the terminal would, in answers, lists and notes."""
    title = "敷面膜要多久才合适" * 6 + "?"
    line = {"slug": "mask", "title": title, "category": "c", "answer": f"{title} 十分钟。" * 3}
    file = tmp_path / "wide.jsonl"
    file.write_text(json.dumps(line), encoding="utf-8")
    for args in (("list",), ("show", "mask"), ("search", title)):
        result = ora_here(*args, "--format", "rich", "--articles", file, env={"COLUMNS": "40"})
        shown = [line for line in result.stdout.splitlines() if "/" not in line]
        assert max(map(cell_len, shown)) <= 40
        assert title in "".join("".join(shown).split())


def test_help_is_there_without_docstrings() -> None:
    """FAULT 30: `python -OO` throws them away."""
    done = subprocess.run(
        [sys.executable, "-OO", *COMMAND[1:], "show", "-h"],
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
    )
    assert "Show whole articles." in done.stdout


def test_same_answer_same_bytes_in_colour(small: Path) -> None:
    """Colours and links hold nothing that changes from run to run."""
    args = ("show", "clay-mask-time", "--format", "rich", "--color", "always", "--articles", small)
    assert ora_here(*args).stdout == ora_here(*args).stdout


def test_default_format_is_rich_on_a_terminal_and_plain_elsewhere(small: Path) -> None:
    """What a person sees is laid out for the width; what a pipe gets is not."""
    command = ("show", "clay-mask-time", "--no-pager", "--color", "never", "--articles", small)
    rich = ora(*command, "--format", "rich", env={"COLUMNS": "60"}).stdout
    assert on_terminal(*command, env={"COLUMNS": "60"}) == rich
    assert ora(*command).stdout == ora(*command, "--plain").stdout != rich


@pytest.mark.parametrize("columns", [40, 80, 140])
@pytest.mark.parametrize("args", [("show", "clay-mask-time"), ("ask", f"{QUESTION} trouble breathing", *ANSWERED)])
def test_rich_output_keeps_to_the_width(small: Path, columns: int, args: tuple[str, ...]) -> None:
    """No line is wider than the terminal but addresses and paths, which stay whole on a line of their own."""
    result = ora_here(*args, "--format", "rich", "--articles", small, env={"COLUMNS": str(columns)})
    shown = result.stdout.splitlines()
    assert all(cell_len(line) <= columns or re.fullmatch(r" *(https://|/)\S+", line) for line in shown)
    assert all(line == line.rstrip() for line in shown)
    addresses = [line.strip() for line in shown if "https://" in line]
    assert (ADDRESS in addresses) == (args[0] == "show")


@pytest.mark.parametrize("columns", ["1", "3", "0", "-5", "many", "1000000"])
def test_odd_widths(small: Path, columns: str) -> None:
    """A width that makes no sense makes no error, and loses no word of a bullet."""
    result = ora_here("show", "clay-mask-time", "--format", "rich", "--articles", small, env={"COLUMNS": columns})
    assert result.code == 0
    assert "Thinlayersdryfaster." in "".join(result.stdout.split())


@pytest.mark.parametrize("columns", ["20", "200"])
@pytest.mark.parametrize("shape", ["plain", "markdown", "json"])
def test_other_formats_are_never_wrapped(small: Path, columns: str, shape: str) -> None:
    """Plain, Markdown and JSON don't know of a width: a paragraph is a line."""
    result = ora_here("show", "clay-mask-time", "--format", shape, "--articles", small, env={"COLUMNS": columns})
    assert result == ora_here("show", "clay-mask-time", "--format", shape, "--articles", small)
    if shape == "plain":
        assert "\nDry clay draws water from the skin and cracks [1].\n" in result.stdout


PAGERS: dict[str, tuple[dict[str, str | None], tuple[str, ...], str]] = {
    "ORA_PAGER": ({"ORA_PAGER": "sed s/^/ora:/", "PAGER": "sed s/^/other:/"}, (), "ora:"),
    "PAGER": ({"PAGER": "sed s/^/other:/"}, (), "other:"),
    "--no-pager": ({"ORA_PAGER": "sed s/^/ora:/"}, ("--no-pager",), ""),
    "pager missing": ({"ORA_PAGER": "/nowhere/pager"}, (), ""),
    "short enough": ({"ORA_PAGER": "sed s/^/ora:/", "LINES": "500"}, (), ""),
    "plain": ({"ORA_PAGER": "sed s/^/ora:/"}, ("--plain",), ""),
    "pager that quits at once": ({"ORA_PAGER": "true"}, (), ""),
}


@pytest.mark.parametrize("case", PAGERS.values(), ids=PAGERS)
def test_long_output_on_a_terminal_is_paged(
    small: Path, case: tuple[dict[str, str | None], tuple[str, ...], str]
) -> None:
    """What is longer than the screen goes through ORA_PAGER, then PAGER, unless told not to."""
    env, args, prefix = case
    shown = on_terminal(
        "show",
        "clay-mask-time",
        *args,
        "--color",
        "never",
        "--articles",
        small,
        env={"LINES": "10", "COLUMNS": "80", **env},
    )
    if env["ORA_PAGER" if "ORA_PAGER" in env else "PAGER"] == "true":
        assert shown == ""
    else:
        indent = "" if "--plain" in args else "  "
        assert f"\n{prefix}{indent}Ten minutes, or until it turns pale [1].\n" in shown


def test_pager_that_is_no_command() -> None:
    """A quote that nothing closes is a configuration to fix, not a crash."""
    with pytest.raises(OraError) as caught:
        output.write(Output(["x"], pager="less '"))
    assert (caught.value.code, caught.value.hint) == (ExitCode.BAD_CONFIG, "fix ORA_PAGER or PAGER")


def test_pager_is_never_used_off_a_terminal(small: Path) -> None:
    """Output into a pipe is not paged, in any format."""
    result = ora_here("show", "clay-mask-time", "--format", "rich", "--articles", small, env={"ORA_PAGER": "false"})
    assert "Ten minutes" in result.stdout


def test_broken_file_of_the_user_is_told_and_passed_over(
    small: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The default library works on without it; every command says so on standard error, unless quiet."""
    monkeypatch.setattr(paths, "bundled_articles", lambda: small)
    (own_folder / "bad.toml").write_text('[[article]]\nslug = "x"', encoding="utf-8")
    result = ora_here("categories")
    assert result.code == 0
    bad = own_folder / "bad.toml"
    assert result.stderr == f"skipped: {bad}: 3 mistakes in this article file; see: ora check {bad}\n"
    assert "x\ttitle\tis missing" in ora_here("check", bad).stdout
    assert ora_here("categories", "--quiet").stderr == ""
    assert ora_here("check").code == 1


STRANGE_HOMES: dict[str, Callable[[Path], dict[str, str | None]]] = {
    "HOME a file": lambda folder: {"HOME": str(folder / "small.toml")},
    "cache a file": lambda folder: {"XDG_CACHE_HOME": str(folder / "small.toml")},
    "folders in /dev/null": lambda _: {"XDG_CACHE_HOME": "/dev/null/x", "XDG_DATA_HOME": "/dev/null/x"},
}


@pytest.mark.parametrize("home", STRANGE_HOMES.values(), ids=STRANGE_HOMES)
def test_strange_homes(small: Path, tmp_path: Path, home: Callable[[Path], dict[str, str | None]]) -> None:
    """Folders that can't be made are done without."""
    result = ora("list", "--articles", small, env=home(tmp_path))
    assert (result.code, result.stdout.split(), result.stderr) == (0, SLUGS, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has its folders elsewhere")
def test_empty_home_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the password file counts; nothing goes to the root of the file system."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.delenv("HOME")
    without = paths.user_folders()
    monkeypatch.setenv("HOME", "")
    assert paths.user_folders() == without
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    assert paths.user_folders() == (None, None, None)


def test_stale_lists_what_was_not_reviewed_lately(small: Path) -> None:
    """With --stale only old reviews and missing ones are listed; a number of days says how old."""
    everything = ora_here("list", "--articles", small).stdout.split()
    assert ora_here("list", "--stale", "0", "--articles", small).stdout.split() == everything
    recent = ora_here("list", "--stale", "36500", "--articles", small)
    assert set(recent.stdout.split()) < set(everything)
    assert ora_here("list", "--stale=0", "--articles", small).stdout.split() == everything
    assert ora_here("list", "--stale", "hand-care", "--articles", small).stdout.split() == everything[3:]
