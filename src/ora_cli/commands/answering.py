"""Answering what `ora ask` is asked. Nothing here needs Typer, for a plain question does without it (`cli`)."""

from __future__ import annotations

import gc
import math
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING

from ora_cli.commands.common import DEFAULT_NUMBER, CommonOptions
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.asking import can_ask
from ora_cli.terminal.output import Output, is_terminal

if TYPE_CHECKING:
    from ora_cli.matching.verdict import Verdict


def answer(
    options: CommonOptions,
    words: list[str] | None,
    *,
    full: bool = False,
    short: bool = False,
    category: str | None = None,
    num: int | None = None,
    min_confidence: float | None = None,
    explain: bool = False,
    batch: str | None = None,
) -> Output:
    """Answer the question of these words or of standard input, each line of the file `batch`, or what is typed.

    Raises:
        OraError: options contradict each other or there is no question; see also `Library`.
    """
    question = " ".join(words or [])
    if min_confidence is not None and math.isnan(min_confidence):
        raise OraError("--min-confidence takes a number from 0 to 1", code=ExitCode.USAGE)
    if batch is not None and question:
        raise OraError("--batch takes its questions from the file", code=ExitCode.USAGE, hint="leave the words out")
    if full and short:
        raise OraError("--full and --short contradict each other", code=ExitCode.USAGE, hint="give one of them")
    at_prompt = not words and batch is None and not options.no_input and can_ask()
    if batch is None and not at_prompt:
        question = _question(words, question)
    if batch is not None or at_prompt:
        gc.enable()  # many questions may leave garbage that one does not
    library = options.library(to_ask=True)
    needed = options.config.min_confidence if min_confidence is None else min_confidence
    limit = DEFAULT_NUMBER if num is None else num
    ask = partial(library.ask, category=category, limit=limit, min_confidence=needed, explain=explain)
    if batch is not None:
        return options.with_warnings(library, _answer_lines(batch, ask))
    from ora_cli.commands.conversation import Conversation

    talk = Conversation(options, library, ask, short=short, full=full, named=num)
    if at_prompt:
        if category is not None:
            library.entries(category=category)  # one that is not there is told before anything is typed
        return talk.at_prompt("Type a question; help says what else, q leaves.")
    return talk.once(question)


def _question(words: list[str] | None, question: str) -> str:
    """Return the question of the command line, or else of standard input."""
    if words == ["-"] or (not words and not is_terminal(sys.stdin)):
        question = _read_question()
    if not question.strip():
        raise OraError("the question is empty", code=ExitCode.USAGE, hint="ora ask does botox cause sagging")
    return question


def _read_question() -> str:
    if sys.stdin is None:
        return ""
    from ora_cli.text.decoding import decode

    try:
        return decode(sys.stdin.buffer.read())
    except OSError as error:
        raise OraError(f"cannot read standard input: {error.strerror}", code=ExitCode.IO) from error
    except UnicodeDecodeError as error:
        raise OraError("the question is not UTF-8", code=ExitCode.USAGE, hint="send it as UTF-8") from error


def _answer_lines(file: str, ask: Callable[[str], Verdict]) -> Output:
    from ora_cli.render import json_lines

    result = Output(for_programs=True)

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
    from ora_cli.text.decoding import utf8_lines

    try:
        # Not Path's, which takes an empty name for the current folder.
        with nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as stream:  # noqa: PTH123
            yield from utf8_lines(stream)
    except OSError as error:
        raise OraError(f"cannot read {file}: {error.strerror}", code=ExitCode.IO) from error
