"""`ora ask`: one question from the command line or standard input, many from a file, or a conversation."""

from __future__ import annotations

from typing import Annotated

import typer

from ora_cli.commands.answering import answer
from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import InCategory, with_common_options
from ora_cli.terminal.output import Output


@with_common_options
def command(
    options: CommonOptions,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...",
            help="The question; it needs no quotes. Without words, a terminal gets a prompt, and elsewhere the question"
            " is read from standard input, as it is for -.",
            show_default=False,
        ),
    ] = None,
    full: Annotated[bool, typer.Option("--full", "-f", help="The whole article, not one screen of it.")] = False,
    short: Annotated[bool, typer.Option("--short", "-s", help="Only the answer and its sources.")] = False,
    category: InCategory = None,
    num: Annotated[
        int | None,
        typer.Option(
            "--num",
            "-n",
            metavar="N",
            min=1,
            max=100,
            show_default=False,
            help="How many articles to name if none answers.",
        ),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            "--min-confidence", metavar="P", min=0, max=1, help="The least confidence of an answer.", show_default=False
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Explain how the answer was chosen.")] = False,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch", metavar="FILE", help="Answer each line of FILE (- is standard input) with a line of JSON."
        ),
    ] = None,
) -> Output:
    """Answer a question, or name the articles that come near."""
    return answer(
        options,
        words,
        full=full,
        short=short,
        category=category,
        num=num,
        min_confidence=min_confidence,
        explain=explain,
        batch=batch,
    )
