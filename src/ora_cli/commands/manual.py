"""The manual page: the help of all commands, from the same parser, and what is too long for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import typer
from typer.core import TyperArgument

from ora_cli import __version__
from ora_cli.commands import SUMMARIES
from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import with_common_options
from ora_cli.commands.program import app, load, make
from ora_cli.errors import ExitCode
from ora_cli.render import roff
from ora_cli.render.blocks import Block, Kind
from ora_cli.terminal.output import Output
from ora_cli.text.wording import NO_DOCTOR

CHANGED = "2026-11-30"
"""The date of the last change to the texts in this module."""

_DESCRIPTION = (
    "**ora** answers questions from the articles that it carries, and names the sources of each answer. Words that are"
    " no command are a question; the name of a topic alone shows what there is to read about it. Where no article"
    " answers with confidence, it names the nearest ones, and the words that it does not know. It knows its articles"
    f" and nothing else, needs no network, and records nothing. It {NO_DOCTOR}",
    "Without words, on a terminal, **ora** is a prompt; **help** there says what can be typed.",
    "What is missing can be added: **ora new** starts an article of your own. To report a wrong or a missing answer,"
    " send the question as you typed it; nothing is ever sent by **ora** itself.",
    "Answers, lists and JSON go to standard output, everything else to standard error. On a terminal an answer is"
    " formatted, and paged when it is longer than the screen; elsewhere it is plain text, a paragraph a line.",
)
_ENVIRONMENT = {
    "ORA_PATH": "More folders and files of articles, separated like those of PATH.",
    "ORA_MODEL": "The folder of a language model, for questions whose words are not sure.",
    "ORA_PAGER, PAGER": "What pages long output: the first that is set, else less -FRX.",
    "VISUAL, EDITOR": "The command that starts your editor, for new and edit: the first that is set.",
    "NO_COLOR, FORCE_COLOR": "When not empty, never or always use colour; --color beats both.",
    "CI": "When not empty, nothing is ever asked back.",
    "TERM": "With the value dumb, output has no colour and is not paged.",
    "COLUMNS": "How wide the terminal is.",
    "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_CACHE_HOME": "Where the user's folders are; on macOS too, but not on Windows.",
    "HOME": "Where those folders are otherwise; when it is empty, the password file says.",
    "ORA_DEBUG": "When not empty, an unexpected error shows its traceback.",
}
_FILES = {
    "~/.local/share/ora/articles": "Your own articles, in files that end in .toml or .jsonl. They are searched together"
    " with the bundled ones; an article with the slug of another takes its place.",
    "~/.cache/ora": "The index of the articles, and what a model has read of them. It can be deleted at any time.",
}
_EXIT_STATUS = {
    ExitCode.OK: "Answered; something listed; nothing to find fault with; or the reader of the output has had enough.",
    ExitCode.NOTHING: "No confident answer, and nothing read after it; nothing found; or a check has findings.",
    ExitCode.USAGE: "The command line is wrong.",
    ExitCode.BAD_ARTICLES: "A file of articles is wrong.",
    ExitCode.UNEXPECTED: "An error that should not happen.",
    ExitCode.IO: "Something can't be read or written.",
    ExitCode.BAD_CONFIG: "A setting is wrong.",
    ExitCode.INTERRUPTED: "Interrupted.",
}
EXAMPLES = {
    "ora how long does botox last": "Ask a question. It needs no quotes.",
    "ora acne": "What there is to read about a topic.",
    "ora ask --short -- how long do lip fillers last": "The short answer and its sources.",
    "ora search bruise after filler": "The articles that match best.",
    "ora show --random": "Any article.",
    "ora list --category acne --long": "What there is about acne.",
    "ora ask --batch questions.txt --json": "Answer each line of a file with a line of JSON.",
    "ora new when can I swim after a peel": "Write an article of your own.",
    "ora export --category acne --to acne.jsonl": "What there is about acne, as data.",
    "ora export --category acne --format html --to acne": "Pages about acne, to print or to hand over.",
    "ora import acne.jsonl --dry-run": "What an import would take, and what not.",
    "ora check my-articles.toml": "Find the mistakes in a file of your own articles.",
}


def page() -> Iterator[Block]:
    """Yield the blocks of the page: sections are titles, commands are headings."""
    program = typer.main.get_command(app)
    about = (program.help or "").rstrip(".")
    options = _parameters(make("any", with_common_options(_nothing)))
    yield from _section("Name", f"ora - {about[:1].lower()}{about[1:]}")
    yield from _section("Synopsis", "**ora** WORDS...", "**ora** COMMAND [OPTIONS] [ARGUMENTS]")
    yield from _section("Description", *_DESCRIPTION)
    yield Block(Kind.TITLE, "Commands")
    for name in SUMMARIES:
        yield from _command(name, known=options)
    yield from _section("Options", "Commands take these, where they have a use for them:")
    yield from options
    yield Block(Kind.PARAGRAPH, "Without a command:")
    yield from (block for block in _parameters(program) if block not in options)
    yield from _table("Environment", _ENVIRONMENT)
    yield from _table("Files", _FILES)
    yield from _table("Exit status", {str(int(code)): text for code, text in _EXIT_STATUS.items()})
    yield from _table("Examples", EXAMPLES)


def source() -> str:
    """Return the page in the format of man(1)."""
    lines = roff.render(page(), name="ora", section=1, date=CHANGED, source=f"ora {__version__}")
    return "".join(f"{line}\n" for line in lines)


def _section(title: str, *paragraphs: str) -> Iterator[Block]:
    yield Block(Kind.TITLE, title)
    for text in paragraphs:
        yield Block(Kind.PARAGRAPH, text)


def _table(title: str, rows: dict[str, str]) -> Iterator[Block]:
    yield Block(Kind.TITLE, title)
    for term, text in rows.items():
        yield Block(Kind.TERM, text, term)


def _command(name: str, *, known: Sequence[Block]) -> Iterator[Block]:
    command = load(name)
    arguments = [_value(parameter) for parameter in command.params if isinstance(parameter, TyperArgument)]
    yield Block(Kind.HEADING, " ".join(["ora", name, "[OPTIONS]", *arguments]))
    yield Block(Kind.PARAGRAPH, command.help or "")
    yield from (block for block in _parameters(command) if block not in known)


def _parameters(command: Any) -> list[Block]:
    """Return the arguments and options of a command with their help."""
    context = command.make_context(command.name, [], resilient_parsing=True)
    blocks = []
    for parameter in command.get_params(context):
        if record := parameter.get_help_record(context):  # None for what is hidden
            blocks.append(Block(Kind.TERM, " ".join(record[1].split()), _term(parameter)))
    return blocks


def _term(parameter: Any) -> str:
    """Return the name of an option or argument, which versions of Typer write differently in their help."""
    if isinstance(parameter, TyperArgument):
        return _value(parameter)
    names = ", ".join(sorted([*parameter.opts, *parameter.secondary_opts], key=len))
    return names if parameter.is_flag else f"{names} {_value(parameter)}"


def _value(parameter: Any) -> str:
    """Return the placeholder for the value of an option, or for an argument."""
    choices = "|".join(getattr(parameter.type, "choices", ()))
    value = parameter.metavar or choices or parameter.name.upper()
    if not isinstance(parameter, TyperArgument) or parameter.metavar:
        return value
    return (value if parameter.required else f"[{value}]") + ("..." if parameter.nargs == -1 else "")


def _nothing(options: CommonOptions) -> Output:
    raise NotImplementedError  # never called, only parsed for the common options
