"""`ora search`: the ranked matches."""

from __future__ import annotations

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import InCategory, Number, Words, with_common_options
from ora_cli.config import Format
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.output import Output


@with_common_options
def command(options: CommonOptions, words: Words = None, category: InCategory = None, num: Number = 10) -> Output:
    """List the articles that match, the best first."""
    from ora_cli.render import answer, json_lines, lists, plain

    question = " ".join(words or [])
    if not question.strip():
        raise OraError("there is nothing to search for", code=ExitCode.USAGE, hint="ora search botox sagging")
    library = options.library(to_ask=True)
    verdict = library.ask(question, category=category, limit=num)
    result = options.result(lambda: json_lines.search(verdict), lists.match_rows(verdict.matches))
    if options.style.format is not Format.JSON:
        result.notes += plain.render(answer.search_blocks(verdict))
    options.with_origins(library, result, verdict.matches)
    if not verdict.matches:
        result.code = ExitCode.NOTHING
        from ora_cli.render.no_answer import sentence

        result.notes.append(f"Nothing found. {sentence(verdict.reason or '')}")
    return options.with_warnings(library, result)
