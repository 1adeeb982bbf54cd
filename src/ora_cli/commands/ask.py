"""`ora ask`: one question from the command line, or many from a file."""

from __future__ import annotations

import gc
import math
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from ora_cli.commands.options import DEFAULT_NUMBER, CommonOptions, InCategory, Number, with_common_options
from ora_cli.config import Format
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.output import Output, is_terminal

if TYPE_CHECKING:
    from ora_cli.library import Library
    from ora_cli.matching.verdict import Verdict


@with_common_options
def command(
    options: CommonOptions,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="The question; it needs no quotes. Without one, a terminal gets a prompt.", show_default=False
        ),
    ] = None,
    short: Annotated[bool, typer.Option("--short", "-s", help="Only the short answer and its sources.")] = False,
    category: InCategory = None,
    num: Number = DEFAULT_NUMBER,
    min_confidence: Annotated[
        float | None,
        typer.Option("--min-confidence", metavar="P", min=0, max=1, help="What an answer needs.", show_default=False),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say how the answer came about.")] = False,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch", metavar="FILE", help="Answer each line of FILE (- is standard input) with a line of JSON."
        ),
    ] = None,
) -> Output:
    """Answer a question, or say honestly that no article does."""
    question = " ".join(words or [])
    if min_confidence is not None and math.isnan(min_confidence):
        raise OraError("--min-confidence takes a number from 0 to 1", code=ExitCode.USAGE)
    if batch is not None and question:
        raise OraError("--batch takes its questions from the file", code=ExitCode.USAGE, hint="leave the words out")
    at_prompt = not words and batch is None and is_terminal(sys.stdin) and is_terminal(sys.stdout)
    if batch is None and not question.strip() and not at_prompt:
        raise OraError("the question is empty", code=ExitCode.USAGE, hint="ora ask does botox cause sagging")
    if batch is not None or at_prompt:
        gc.enable()  # many questions may leave garbage that one does not
    library = options.library()
    needed = options.config.min_confidence if min_confidence is None else min_confidence
    ask = partial(library.ask, category=category, limit=num, min_confidence=needed, explain=explain)
    if at_prompt:
        if category is not None:
            library.entries(category=category)  # one that is not there is told before anything is typed
        return _converse(options, library, ask, short)
    result = _answer(options, ask(question), short) if batch is None else _answer_lines(batch, ask)
    return options.with_warnings(library, result)


def _converse(options: CommonOptions, library: Library, ask: Callable[[str], Verdict], short: bool) -> Output:
    """Answer what is typed at the prompt; a number shows one of the articles that came near."""
    from ora_cli.render.no_answer import near_matches
    from ora_cli.terminal import prompt

    welcome = Output()
    welcome.notes.append("Type a question; q leaves.")
    options.write(options.with_warnings(library, welcome))
    near: dict[str, str] = {}
    for line in prompt.lines():
        if not line.isdecimal():
            verdict = ask(line)
            near = {str(number): match.slug for number, match in enumerate(near_matches(verdict), 1)}
            result = _answer(options, verdict, short, at_prompt=True)
        elif line in near:
            result = options.article(library.article(near[line]), short=short)
        else:
            result = Output()
            result.notes.append(f"There is no article {line} to pick.")
        options.write(result)
    return Output()


def _answer(options: CommonOptions, verdict: Verdict, short: bool, *, at_prompt: bool = False) -> Output:
    from ora_cli.render import answer, no_answer

    if options.style.format is Format.JSON:
        from ora_cli.render import json_lines

        result = Output([json_lines.line(json_lines.verdict(verdict))])
    else:
        from ora_cli.render import plain

        result = options.style.text(answer.verdict_blocks(verdict, short=short))
        result.notes += plain.render(answer.explanation_blocks(verdict))
        if not verdict.article:
            result.notes += no_answer.no_answer_lines(verdict, at_prompt=at_prompt)
    result.code = ExitCode.OK if verdict.article else ExitCode.NOTHING
    return result


def _answer_lines(file: str, ask: Callable[[str], Verdict]) -> Output:
    from ora_cli.render import json_lines

    result = Output()

    def lines() -> Iterator[str]:
        for line in _lines_of(file):
            try:
                question = line.decode("utf-8-sig")
                if question.strip():
                    verdict = json_lines.verdict(ask(question))
                else:
                    verdict = json_lines.failure("the question is empty", "")
            except UnicodeDecodeError:
                verdict = json_lines.failure("the line is not UTF-8", line.decode("utf-8", "replace").strip())
            if verdict["status"] != "answered":
                result.code = ExitCode.NOTHING
            yield json_lines.line(verdict)

    result.chunks = lines()
    return result


def _lines_of(file: str) -> Iterator[bytes]:
    if file == "-" and sys.stdin is None:
        raise OraError("standard input is closed", code=ExitCode.IO)
    try:
        # Not Path's, which takes an empty name for the current folder.
        with nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as stream:  # noqa: PTH123
            yield from stream
    except OSError as error:
        raise OraError(f"cannot read {file}: {error.strerror}", code=ExitCode.IO) from error
