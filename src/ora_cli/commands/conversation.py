"""What is said at the prompt and after a no: questions, and numbers that stand for what was just named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ora_cli.commands.common import CommonOptions
from ora_cli.config import Format
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.asking import can_ask, reply
from ora_cli.terminal.output import Output

if TYPE_CHECKING:
    from ora_cli.content.articles import Article
    from ora_cli.library import Library
    from ora_cli.matching.verdict import Link, Verdict

# The commands that can be typed without "ora" before them: what follows could hardly be a question.
_WITH_WORDS = frozenset({"search", "show"})
_LISTS = frozenset({"categories", "list", "paths", "sources"})

Ask = Callable[[str], "Verdict"]

HELP = """\
Type a question, or the name of a topic.
  2         the article with this number
  show 2    all of it
  more      all of the article shown last
  open 1    its source with this number, in the browser
  ora ...   any command, as in: ora categories
  q         leave, as Ctrl-D does; Ctrl-C clears the line"""


class Conversation:
    """Answers one line after another; what the last screen named can be picked by its number."""

    def __init__(
        self,
        options: CommonOptions,
        library: Library,
        ask: Ask,
        *,
        short: bool = False,
        full: bool = False,
        named: int | None = None,
    ) -> None:
        self._options, self._library, self._ask = options, library, ask
        self._short, self._full, self._named = short, full, named
        self._article: Article | None = None
        self.choices: Sequence[Link] = ()

    def once(self, question: str) -> Output:
        """Answer one question; after a no, somebody at a terminal can pick what is near."""
        options = self._options
        picked = not (options.no_input or options.quiet) and options.style.format is not Format.JSON and can_ask()
        result = options.with_warnings(self._library, self.answer(question, picked=picked))
        if self._article is not None or not picked:
            return result
        options.write(result)
        return self._picking(result.code)

    def _picking(self, code: ExitCode) -> Output:
        """Show what is picked by its number, until nothing is."""
        from ora_cli.terminal.prompt import LEAVE

        last = Output()
        last.code = code
        while self.choices and (typed := reply(f"{_numbers(self.choices)} to read, Enter to leave: ")):
            if typed.lower() in LEAVE:
                break
            if self._write(self.pick, typed):
                last.code = ExitCode.OK
        return last

    def at_prompt(self, welcome: str | None = None) -> Output:
        """Answer one line after another until somebody leaves."""
        from ora_cli.terminal import prompt

        first = Output()
        first.notes += [welcome] if welcome else []
        self._options.write(self._options.with_warnings(self._library, first))
        for line in prompt.lines():
            self._write(self.line, line)
        return Output()

    def _write(self, make: Callable[[str], Output], typed: str) -> bool:
        """Write what was asked for, unpaged, or why there is none; return whether there was something."""
        try:
            result = make(typed)
        except OraError as error:
            result = Output()
            result.notes.append(f"{str(error)[:1].upper()}{str(error)[1:]}.")
            result.code = error.code
        result.pager = None
        return self._options.write(result) == ExitCode.OK

    def answer(self, question: str, *, picked: bool) -> Output:
        """Return the answer to a question, or a no; `picked` says that a number can be typed afterwards."""
        from ora_cli.render import answer

        verdict = self._ask(question)
        self._article, self.choices = verdict.article, answer.choices(verdict, most=self._named)
        result = self._verdict(verdict, picked=picked)
        result.code = ExitCode.OK if verdict.article or verdict.topic else ExitCode.NOTHING
        return result

    def _verdict(self, verdict: Verdict, *, picked: bool) -> Output:
        from ora_cli.render import answer, plain

        if self._options.style.format is Format.JSON:
            from ora_cli.render import json_lines

            return Output([json_lines.line(json_lines.verdict(verdict))], for_programs=True)
        result = self._options.style.text(answer.verdict_blocks(verdict, short=self._short, full=self._full))
        result.notes += plain.render(answer.explanation_blocks(verdict))
        if not verdict.article and not verdict.topic:
            from ora_cli.render import no_answer

            bundled = self._library.has_bundled
            result.notes += no_answer.no_answer_lines(verdict, self.choices, bundled=bundled, picked=picked)
        return result

    def pick(self, number: str, *, full: bool = False) -> Output:
        """Return the article with this number, on one screen or all of it."""
        chosen = {str(place): link for place, link in enumerate(self.choices, 1)}.get(number)
        if chosen is None:
            raise OraError(self._out_of_range(number), code=ExitCode.NOTHING)
        return self._show(self._library.article(chosen.slug), full=full)

    def line(self, typed: str) -> Output:
        """Return what a line at the prompt brings."""
        word, _, rest = typed.partition(" ")
        rest = rest.strip()
        if typed.isdecimal():
            return self.pick(typed)
        if typed in ("help", "?"):
            return Output([f"{HELP}\n"])
        if typed == "more":
            return self._more()
        if word == "show" and rest.isdecimal():
            return self.pick(rest, full=True)
        if word == "open" and rest.isdecimal():
            return self._open(rest)
        if word == "ora" and rest:
            return self._command(rest)
        if (word in _WITH_WORDS and rest) or (word in _LISTS and " " not in rest):
            return self._command(typed)
        return self.answer(typed, picked=True)

    def _show(self, article: Article, *, full: bool) -> Output:
        from ora_cli.render.answer import MOST_NEXT

        self._article, links = article, self._library.links(article)
        self.choices = links[:MOST_NEXT]
        if full or self._full or self._short:
            return self._options.articles_shown([(article, links, None)], short=self._short and not full)
        return self._options.article(article, links)

    def _more(self) -> Output:
        if self._article is None:
            raise OraError("there is no article to show more of", code=ExitCode.NOTHING)
        return self._show(self._article, full=True)

    def _open(self, number: str) -> Output:
        from ora_cli.terminal.browser import open_address

        sources = self._article.sources if self._article else ()
        source = {str(place): source for place, source in enumerate(sources, 1)}.get(number)
        if source is None:
            raise OraError(f"there is no source {number[:9]} here", code=ExitCode.NOTHING)
        open_address(source.url)
        return Output([f"{source.url}\n"])

    def _command(self, words: str) -> Output:
        """Run a command line as it would be typed in a shell, or answer it if it is no command."""
        import shlex

        from ora_cli.commands.program import is_command, run

        try:
            args = shlex.split(words)
        except ValueError:  # an apostrophe is no quotation
            args = words.split()
        if not is_command(args[0]):
            return self.answer(words, picked=True)
        articles = [f"--articles={place}" for place in self._options.articles or ()]
        result = Output()
        result.code = ExitCode(run([*args, *articles, "--no-pager"]))
        return result

    def _out_of_range(self, number: str) -> str:
        if not self.choices:
            return f"there is no {number[:9]} to pick"
        return f"there is no {number[:9]}; {_numbers(self.choices)} can be picked"


def _numbers(choices: Sequence[Link]) -> str:
    """Return the numbers that can be picked, in words."""
    return "1" if len(choices) == 1 else f"1-{len(choices)}"
