"""The commands: each reads its options, makes one call and hands the result to a renderer."""

from __future__ import annotations

import errno
import math
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext, suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ora_cli import __version__, output
from ora_cli.errors import ExitCode, OraError
from ora_cli.options import Format, Shared, with_shared
from ora_cli.output import Output
from ora_cli.text import counted

if TYPE_CHECKING:
    from ora_cli.library import Library
    from ora_cli.render.document import Block
    from ora_cli.verdict import Verdict

app = typer.Typer(
    name="ora",
    help="Straight, sourced answers about cosmetic treatments and skin care, offline.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Words = Annotated[list[str] | None, typer.Argument(help="The question; it needs no quotes.", show_default=False)]
InCategory = Annotated[
    str | None, typer.Option("--category", "-c", metavar="SLUG", help="Only articles of this category.")
]
Number = Annotated[int, typer.Option("--num", "-n", min=1, max=100, help="How many matches to list.")]
_DEFAULT_NUMBER = 5
_STALE_DAYS = 365
_MOST_DAYS = 100_000


def _version(wanted: bool) -> None:
    if wanted:
        print(f"ora {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    pass


@app.command()
@with_shared
def ask(
    shared: Shared,
    words: Words = None,
    short: Annotated[bool, typer.Option("--short", "-s", help="Only the short answer and its sources.")] = False,
    category: InCategory = None,
    num: Number = _DEFAULT_NUMBER,
    min_confidence: Annotated[
        float | None,
        typer.Option("--min-confidence", min=0, max=1, help="What an answer needs.", show_default=False),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say how the answer came about.")] = False,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch", metavar="FILE", help="Answer each line of FILE (- is standard input) with a line of JSON."
        ),
    ] = None,
) -> Output:
    """Answer a question from the articles, or say honestly that they don't."""
    question = " ".join(words or [])
    if min_confidence is not None and math.isnan(min_confidence):
        raise OraError("--min-confidence takes a number from 0 to 1", code=ExitCode.USAGE)
    if batch is not None and question:
        raise OraError("--batch takes its questions from the file", code=ExitCode.USAGE, hint="leave the words out")
    if batch is None and not question.strip():
        raise OraError("the question is empty", code=ExitCode.USAGE, hint="ora ask does botox cause sagging")
    library = _open(shared)
    put = partial(library.ask, category=category, limit=num, min_confidence=min_confidence, explain=explain)
    result = _answer(shared, put(question), short) if batch is None else _answer_lines(batch, put)
    return _with_warnings(library, result)


def _answer(shared: Shared, verdict: Verdict, short: bool) -> Output:
    from ora_cli.render import document, json, plain

    result = _result(shared, lambda: json.verdict(verdict), document.verdict_blocks(verdict, short=short))
    result.code = ExitCode.OK if verdict.article else ExitCode.NOTHING
    if shared.style.format is Format.JSON:
        return result
    result.notes += plain.render(document.explanation_blocks(verdict))
    if not verdict.article:
        result.notes += document.miss_lines(verdict)
    return result


def _answer_lines(file: str, put: Callable[[str], Verdict]) -> Output:
    from ora_cli.render import json

    result = Output()

    def lines() -> Iterator[str]:
        for line in _batch_lines(file):
            try:
                question = line.decode("utf-8-sig")
                blank = not question.strip()
                verdict = json.failure("the question is empty", "") if blank else json.verdict(put(question))
            except UnicodeDecodeError:
                verdict = json.failure("the line is not UTF-8", line.decode("utf-8", "replace").strip())
            if verdict["status"] != "answered":
                result.code = ExitCode.NOTHING
            yield json.line(verdict)

    result.chunks = lines()
    return result


def _batch_lines(file: str) -> Iterator[bytes]:
    if file == "-" and sys.stdin is None:
        raise OraError("standard input is closed", code=ExitCode.IO)
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as stream:
            yield from stream
    except OSError as error:
        raise OraError(f"cannot read {file}: {error.strerror}", code=ExitCode.IO) from error


@app.command()
@with_shared
def search(shared: Shared, words: Words = None, category: InCategory = None, num: Number = 10) -> Output:
    """List the articles that match best, one a line: slug, confidence, title."""
    from ora_cli.render import document, json, plain

    question = " ".join(words or [])
    if not question.strip():
        raise OraError("there is nothing to search for", code=ExitCode.USAGE, hint="ora search botox sagging")
    library = _open(shared)
    verdict = library.ask(question, category=category, limit=num)
    result = _result(shared, lambda: json.search(verdict), document.match_rows(verdict.matches))
    if shared.style.format is not Format.JSON:
        result.notes += plain.render(document.search_blocks(verdict))
    if not verdict.matches:
        result.code = ExitCode.NOTHING
        result.notes.append(f"Nothing found: {verdict.reason}.")
    return _with_warnings(library, result)


@app.command()
@with_shared
def show(
    shared: Shared,
    slug: Annotated[
        str | None, typer.Argument(help="The article's slug, as `ora list` prints it.", show_default=False)
    ] = None,
    random: Annotated[bool, typer.Option("--random", help="Any article.")] = False,
    short: Annotated[bool, typer.Option("--short", "-s", help="Only the short answer and its sources.")] = False,
) -> Output:
    """Show one article."""
    from ora_cli.render import document, json

    if random == (slug is not None):
        raise OraError("give one slug, or --random", code=ExitCode.USAGE, hint="ora list prints the slugs")
    library = _open(shared)
    article = library.random_article() if slug is None else library.article(slug)
    blocks = document.article_blocks(article, short=short)
    return _with_warnings(library, _result(shared, lambda: {"article": json.article(article)}, blocks))


@app.command("list")
@with_shared
def list_articles(
    shared: Shared,
    category: InCategory = None,
    long: Annotated[bool, typer.Option("--long", "-l", help="Category, review date, title and file too.")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="Only what was last reviewed more than DAYS ago.")] = False,
    days: Annotated[
        int | None, typer.Argument(min=0, max=_MOST_DAYS, help="For --stale; a year without.", show_default=False)
    ] = None,
) -> Output:
    """List the articles, one slug a line."""
    from ora_cli.render import document, json

    if days is not None and not stale:
        raise OraError("a number of days goes with --stale", code=ExitCode.USAGE, hint="ora list --stale 90")
    oldest = date.today() - timedelta(days=_STALE_DAYS if days is None else days) if stale else None
    library = _open(shared)
    entries = library.entries(category=category, reviewed_before=oldest)
    result = _result(shared, lambda: json.entries(entries), document.entry_rows(entries, long=long))
    return _with_warnings(library, result, nothing=None if entries else "No such articles.")


@app.command()
@with_shared
def categories(shared: Shared) -> Output:
    """List the categories with their number of articles."""
    from ora_cli.render import document, json

    library = _open(shared)
    found = library.categories()
    result = _result(shared, lambda: json.categories(found), document.category_rows(found))
    return _with_warnings(library, result, nothing="There are no categories." if not found else None)


@app.command()
@with_shared
def sources(
    shared: Shared,
    slug: Annotated[
        str | None, typer.Argument(help="An article's slug; all sources without.", show_default=False)
    ] = None,
) -> Output:
    """List the sources of one article, or all of them with the articles that cite them."""
    from ora_cli.render import document, json

    library = _open(shared)
    if slug is not None:
        article = library.article(slug)
        found = [(source, [article.slug]) for source in article.sources]
        blocks = document.source_blocks(article.sources)
    else:
        found = library.sources()
        blocks = document.cited_rows(found)
    result = _result(shared, lambda: json.sources(found), blocks)
    return _with_warnings(library, result, nothing="There are no sources." if not found else None)


@app.command()
@with_shared
def check(
    shared: Shared,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Files and folders; the default library without.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help='Hold them to the editorial rules too; needs the extra "check".')
    ] = False,
) -> Output:
    """Look for mistakes in article files: all of them at once, each with how to mend it."""
    from ora_cli.check import check_files
    from ora_cli.paths import article_files, default_locations, files_that_exist
    from ora_cli.render import document, json

    locations = [*(files or []), *(shared.articles or [])]
    checked = article_files(locations) if locations else files_that_exist(default_locations())
    problems = check_files(checked, strict=strict)
    result = _result(shared, lambda: json.problems(problems), document.problem_rows(problems))
    if problems:
        result.code = ExitCode.NOTHING
    where = counted(len(checked), "file")
    result.notes.append(f"{counted(len(problems), 'finding')} in {where}" if problems else f"{where}: clean")
    return result


@app.command()
@with_shared
def paths(shared: Shared) -> Output:
    """Show where everything is, what is loaded, versions, and the hash of the content."""
    from ora_cli.render import document, json
    from ora_cli.report import report

    library = _open(shared)
    facts, files = report(library), library.files()
    return _result(shared, lambda: {**facts, "files": json.files(files)}, document.fact_rows(facts, files))


def _open(shared: Shared) -> Library:
    from ora_cli.library import Library

    return Library.open(shared.articles)


def _result(shared: Shared, data: Callable[[], dict[str, Any]], blocks: Iterable[Block]) -> Output:
    """Return a result in the wanted format: its data as JSON, or its blocks as text."""
    if shared.style.format is Format.JSON:
        from ora_cli.render import json

        return Output([json.line(data())])
    return shared.style.text(blocks)


def _with_warnings(library: Library, result: Output, nothing: str | None = None) -> Output:
    """Add what was left out of the library to the notes, and that there was nothing to list."""
    result.notes[:0] = [f"skipped: {file.problem}" for file in library.files() if file.problem]
    if nothing:
        result.code = ExitCode.NOTHING
        result.notes.append(nothing)
    return result


def main() -> None:
    """Run the program and end it with the contract's exit code."""
    sys.exit(output.finish(_run()))


def _run() -> int:
    try:
        if sys.stdout is None:
            raise OSError(errno.EBADF, "standard output is closed")
        app(prog_name="ora")
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except SystemExit as leaving:
        return _left(leaving)
    except OSError as error:
        output.note(f"ora: {error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        output.discard(sys.stdout)
        return ExitCode.IO
    except Exception as error:
        if os.environ.get("ORA_DEBUG"):
            raise
        output.note(f"ora: unexpected error: {type(error).__name__}: {error}", "hint: ORA_DEBUG=1 shows where")
        return ExitCode.UNEXPECTED
    return ExitCode.OK


def _left(leaving: SystemExit) -> int:
    """Return the exit code of a command line that Typer ended, and say what it leaves unsaid."""
    reason = leaving.__context__
    if isinstance(reason, BrokenPipeError):  # the reader of the help has had enough
        return ExitCode.OK
    code = leaving.code if isinstance(leaving.code, int) else ExitCode.USAGE
    if code == ExitCode.USAGE and reason is not None and not isinstance(reason, typer.Exit):
        message = getattr(reason, "message", None) or str(reason)
        if message.startswith("No such command"):
            output.note("hint: to ask a question: ora ask does botox cause sagging")
        if message.startswith("No such option"):
            output.note("hint: words that start with a hyphen go behind --, as in: ora ask -- what is -5")
        if "--json" in sys.argv or "--format=json" in sys.argv:
            from ora_cli.render import json

            with suppress(OraError):
                output.write(Output([json.line(json.failure(message, ""))]))
    return code
