"""The configuration file: what it sets, what beats it, and what is wrong with it is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import SLUGS, SMALL, environment, examples, ora, ora_here
from hypothesis import given
from hypothesis import strategies as st

from ora_cli import config
from ora_cli.config import Color, Config, Format
from ora_cli.content.locations import default_locations
from ora_cli.errors import ExitCode, OraError
from ora_cli.matching.decision import ANSWER_FROM

pytestmark = pytest.mark.usefixtures("bundled")
QUESTION = "How long does a clay mask stay on?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the path of the user's configuration file; its folder is there, the file is not."""
    folder = tmp_path / "home" / "config" / "ora"
    folder.mkdir(parents=True)
    return folder / "config.toml"


def in_force(*args: str | Path, env: dict[str, str | None] | None = None) -> dict[str, list[tuple[Any, str]]]:
    """Return the settings that `ora paths --json` names: for each, its values with what set them."""
    found: dict[str, list[tuple[Any, str]]] = {}
    for setting in json.loads(ora_here("paths", *args, "--json", env=env).stdout)["settings"]:
        found.setdefault(setting["name"], []).append((setting["value"], setting["from"]))
    return found


# What the file holds, and words of the message and of the hint.
BAD: dict[str, tuple[bytes, str, str]] = {
    "unknown setting": (b'colour = "auto"', "there is no setting 'colour'", "did you mean: color"),
    "unknown setting, far from any": (b"x = 1", "there is no setting 'x'", "format, color, pager"),
    "unknown table": (b"[paper]\nsize = 4", "there is no setting 'paper'", "did you mean: pager"),
    "format unknown": (b'format = "xml"', "format can't be 'xml'", "rich, plain, markdown, json"),
    "format no text": (b"format = 1", "format can't be 1", "rich, plain, markdown, json"),
    "format a list": (b'format = ["rich"]', "format can't be ['rich']", "rich, plain, markdown, json"),
    "color unknown": (b'color = "red"', "color can't be 'red'", "auto, always, never"),
    "color true": (b"color = true", "color can't be true", "auto, always, never"),
    "pager no text": (b"pager = false", "pager can't be false", "a command"),
    "pager no command": (b"""pager = "less '" """, "pager can't be \"less '\"", "a command"),
    "confidence text": (b'min_confidence = "high"', "min_confidence can't be 'high'", "a number from 0 to 1"),
    "confidence true": (b"min_confidence = true", "min_confidence can't be true", "a number from 0 to 1"),
    "confidence too high": (b"min_confidence = 1.5", "min_confidence can't be 1.5", "a number from 0 to 1"),
    "confidence below 0": (b"min_confidence = -1", "min_confidence can't be -1", "a number from 0 to 1"),
    "confidence no number": (b"min_confidence = nan", "min_confidence can't be nan", "a number from 0 to 1"),
    "articles one path": (b'articles = "a"', "articles can't be 'a'", "a list of files and folders"),
    "articles a number": (b"articles = [1]", "articles can't be [1]", "a list of files and folders"),
    "articles empty path": (b'articles = [""]', "articles can't be ['']", "a list of files and folders"),
    "articles no path": (b'articles = ["a\\u0000"]', "articles can't be", "a list of files and folders"),
    "long value": (b'color = "' + b"x" * 5000 + b'"', "xxx…", "auto, always, never"),
    "no TOML": (b"format: plain", "is not TOML", 'format = "plain"'),
    "twice": (b'color = "auto"\ncolor = "auto"', "is not TOML", 'format = "plain"'),
    "no UTF-8": (b'pager = "\xff"', "is not UTF-8", "save the file as UTF-8"),
    "nested deeply": (b"articles = " + b"[" * 100_000, "is not TOML", 'format = "plain"'),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_bad_file_is_an_error_with_its_place_and_a_hint(file: Path, case: tuple[bytes, str, str]) -> None:
    """Nothing in the file is passed over: the command says what is wrong and exits with 78."""
    content, message, hint = case
    file.write_bytes(content)
    result = ora_here("categories")
    assert (result.code, result.stdout) == (ExitCode.BAD_CONFIG, "")
    first, second, *more = result.stderr.splitlines()
    assert str(file) in first
    assert message in first
    assert hint in second
    assert not more
    assert len(first) < len(str(file)) + 150


def test_bad_file_is_told_as_json_too(file: Path) -> None:
    """A script gets its object, if the flag asks for JSON: what the file says doesn't count."""
    file.write_text('format = "jsn"', encoding="utf-8")
    found = json.loads(ora_here("ask", "x", "--json").stdout)
    assert (found["status"], found["query"]) == ("error", "x")
    assert "can't be 'jsn'" in found["error"]


def test_file_that_cannot_be_read(file: Path) -> None:
    """A folder in its place is an error, not a file without settings."""
    file.mkdir()
    result = ora_here("categories")
    assert result.code == ExitCode.BAD_CONFIG
    assert f"cannot read {file}: Is a directory" in result.stderr


def test_file_that_is_not_there_sets_nothing(tmp_path: Path) -> None:
    """Without a file, and without a home folder, the defaults hold."""
    assert config.read(tmp_path / "none.toml") == config.read(tmp_path / "no folder" / "x") == config.read(None)
    assert "\nformat\tplain\tdefault\n" in ora_here("paths", "--all").stdout
    assert in_force() == {
        "format": [("json", "--json")],
        "color": [("auto", "default")],
        "pager": [("less -FRX", "default")],
        "min_confidence": [(ANSWER_FROM, "default")],
        "articles": [(str(place), "default") for place in default_locations()],
    }


def test_example_of_the_readme(file: Path) -> None:
    """The README shows every setting, and as it may be written."""
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    [example] = [block for block in readme.split("```toml\n")[1:] if block.startswith("format = ")]
    file.write_text(example.partition("```")[0], encoding="utf-8")
    assert all(value for value in config.read(file))


@pytest.mark.parametrize("content", ["", "# nothing\n", "\ufeff"])
def test_empty_file(file: Path, content: str) -> None:
    """A file without settings is as good as none."""
    file.write_text(content, encoding="utf-8")
    assert config.read(file) == Config(file)


def test_file_sets_everything(file: Path) -> None:
    """Each setting is taken as it stands; paths are those from the file's folder or the home folder."""
    file.write_text(
        'format = "markdown"\ncolor = "never"\npager = "more -d"\nmin_confidence = 1\n'
        'articles = ["here", "/abs/x.toml", "~/mine", "~nobody-there/x"]\n',
        encoding="utf-8",
    )
    home = Path.home()
    places = (file.parent / "here", Path("/abs/x.toml"), home / "mine", file.parent / "~nobody-there" / "x")
    assert config.read(file) == Config(file, Format.MARKDOWN, Color.NEVER, "more -d", 1, places)


FILE = "the file"
# The setting, what the file says of it, environment, arguments, and the value with what set it.
PRECEDENCE: dict[str, tuple[str, str, dict[str, str | None], tuple[str, ...], tuple[Any, str]]] = {
    "color of the file": ("color", '"always"', {}, (), ("always", FILE)),
    "color: NO_COLOR": ("color", '"always"', {"NO_COLOR": "1"}, (), ("never", "NO_COLOR")),
    "color: NO_COLOR empty": ("color", '"always"', {"NO_COLOR": ""}, (), ("always", FILE)),
    "color: FORCE_COLOR": ("color", '"never"', {"FORCE_COLOR": "1"}, (), ("always", "FORCE_COLOR")),
    "color: dumb": ("color", '"always"', {"TERM": "dumb"}, (), ("never", "TERM")),
    "color: flag": ("color", '"never"', {"NO_COLOR": "1"}, ("--color", "always"), ("always", "--color")),
    "color: flag auto": ("color", '"always"', {}, ("--color", "auto"), ("auto", "--color")),
    "color: flag auto, NO_COLOR": ("color", '"always"', {"NO_COLOR": "1"}, ("--color", "auto"), ("never", "NO_COLOR")),
    "pager of the file": ("pager", '"more"', {}, (), ("more", FILE)),
    "pager none": ("pager", '""', {}, (), ("", FILE)),
    "pager: ORA_PAGER": ("pager", '"more"', {"ORA_PAGER": "a", "PAGER": "b"}, (), ("a", "ORA_PAGER")),
    "pager: PAGER": ("pager", '"more"', {"ORA_PAGER": "", "PAGER": "b"}, (), ("b", "PAGER")),
    "pager: flag": ("pager", '"more"', {"ORA_PAGER": "a"}, ("--no-pager",), ("", "--no-pager")),
    "confidence of the file": ("min_confidence", "0.25", {}, (), (0.25, FILE)),
}


@pytest.mark.parametrize("case", PRECEDENCE.values(), ids=PRECEDENCE)
def test_flag_over_environment_over_file(
    file: Path, case: tuple[str, str, dict[str, str | None], tuple[str, ...], tuple[Any, str]]
) -> None:
    """`ora paths` shows what is in force and what set it."""
    name, said, env, args, (value, origin) = case
    file.write_text(f"{name} = {said}\n", encoding="utf-8")
    assert in_force(*args, env=env)[name] == [(value, str(file) if origin == FILE else origin)]


@pytest.mark.parametrize("flag", ["--plain", "--format=plain"])
def test_flag_for_the_format_beats_the_file(file: Path, flag: str) -> None:
    """The flag counts, for results and for failures."""
    file.write_text('format = "json"', encoding="utf-8")
    assert f"\nformat\tplain\t{flag.partition('=')[0]}\n" in ora_here("paths", "--all", flag).stdout
    assert ora_here("show", "none", flag).stdout == ""
    assert json.loads(ora_here("show", "none").stdout)["status"] == "error"
    assert json.loads(ora_here("paths").stdout)["settings"][0] == {"name": "format", "value": "json", "from": str(file)}


def test_format_and_color_of_the_file_are_used(file: Path, small: Path) -> None:
    """What the file says is as good as the flag."""
    args = ("show", "clay-mask-time", "--articles", small)
    flagged = ora_here(*args, "--format", "rich", "--color", "always").stdout
    file.write_text('format = "rich"\ncolor = "always"\n', encoding="utf-8")
    assert "\x1b[" in flagged
    assert ora_here(*args).stdout == flagged


def test_confidence_of_the_file_is_used(file: Path, small: Path) -> None:
    """It decides for a question and for a batch, unless the flag does."""
    args = ("ask", QUESTION, "--articles", small)
    file.write_text("min_confidence = 1\n", encoding="utf-8")
    assert ora_here(*args).code == 1
    assert ora_here(*args, "--min-confidence", "0").code == 0
    assert ora_here("ask", "--batch", "-", "--articles", small, stdin=QUESTION).code == 1


def test_articles_of_the_file_are_added_to_the_default_library(
    file: Path, small: Path, own_folder: Path, tmp_path: Path
) -> None:
    """They come after the user's own folder and before ORA_PATH; `--articles` still means exactly these."""
    for folder, word in ((own_folder, "own"), (tmp_path / "named", "named"), (tmp_path / "path", "path")):
        folder.mkdir(exist_ok=True)
        (folder / "a.toml").write_text(SMALL.replace("Once a week", f"Once, says {word},"), encoding="utf-8")
    file.write_text(f'articles = ["{tmp_path / "named"}"]\n', encoding="utf-8")
    show = ("show", "clay-mask-often")
    assert "says named," in ora_here(*show).stdout
    assert "says path," in ora_here(*show, env={"ORA_PATH": str(tmp_path / "path")}).stdout
    assert "Once a week" in ora_here(*show, "--articles", small).stdout
    places = in_force(env={"ORA_PATH": str(tmp_path / "path")})["articles"]
    assert places[1:] == [
        (str(own_folder), "default"),
        (str(tmp_path / "named"), str(file)),
        (str(tmp_path / "path"), "ORA_PATH"),
    ]
    (tmp_path / "named" / "a.toml").write_text("x", encoding="utf-8")
    assert "is not TOML" in ora_here("check").stdout


def test_articles_that_are_not_there_are_told_by_paths(file: Path) -> None:
    """A place that is away now is no reason not to answer, but a mistyped one can be found."""
    file.write_text('articles = ["/nowhere/mine"]\n', encoding="utf-8")
    result = ora_here("paths")
    assert (result.code, result.stderr) == (0, f"not there: /nowhere/mine, named by {file}\n")
    assert ora_here("show", "brittle-nails").stderr == ""


def test_toml_is_read_only_when_there_is_a_file(file: Path, small: Path) -> None:
    """Somebody without a file doesn't wait for a parser."""
    code = (
        "import sys; from ora_cli.cli import main\n"
        "try: main()\n"
        "finally: print('tomllib' in sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "show", "brittle-nails", "--articles", str(small)]

    def run() -> str:
        return subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=True).stderr

    assert ora("list", "--articles", small).stdout.split() == SLUGS  # the index is made
    assert run() == "False\n"
    file.touch()
    assert run() == "True\n"


FRAGMENTS = st.sampled_from(
    [*Config._fields, "=", "[", "]", "{", "}", '"', "'", ",", "\n", "#", ".", "1", "0.5", "true", "rich", "1979-05-27"]
)


@examples(200)
@given(content=st.one_of(st.binary(), st.lists(FRAGMENTS).map(lambda parts: " ".join(parts).encode())))
def test_any_file_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Whatever stands in the file: settings come out, or an error that names it."""
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(content)
    problem = None
    try:
        assert config.read(file).file == file
    except OraError as error:
        problem = error
    assert problem is None or (problem.code == ExitCode.BAD_CONFIG and str(file) in str(problem) and problem.hint)


@pytest.mark.parametrize("args", [("completion", "bash"), ("man", "--roff"), ("man",), ("export",)], ids=" ".join)
def test_what_has_one_meaning_heeds_no_configured_format(file: Path, small: Path, args: tuple[str, ...]) -> None:
    """FAULT 14: `eval "$(ora completion bash)"` gets a script whatever the file says."""
    args = (*args, "--articles", str(small)) if args == ("export",) else args
    usual = ora_here(*args)
    for shape in ("json", "rich", "markdown"):
        file.write_text(f'format = "{shape}"', encoding="utf-8")
        assert ora_here(*args) == usual
