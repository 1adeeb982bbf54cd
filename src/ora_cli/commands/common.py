"""The common options of all commands, as given, and running a command and making its output according to them.

Nothing here needs Typer, for a plain question does without it (`cli`); `options` tells Typer of these options.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ora_cli.commands.settings import Settings, Style
from ora_cli.config import Color, Config, Format
from ora_cli.config import read as read_config
from ora_cli.errors import ExitCode, OraError
from ora_cli.paths import config_file
from ora_cli.terminal import output
from ora_cli.terminal.output import Output

if TYPE_CHECKING:
    from ora_cli.content.articles import Article
    from ora_cli.index.cache import OnProgress
    from ora_cli.index.database import Entry
    from ora_cli.library import Library
    from ora_cli.matching.verdict import Link, Match
    from ora_cli.render.blocks import Block

DEFAULT_NUMBER = 5


class CommonOptions(NamedTuple):
    """The common options as given, and the configuration file."""

    articles: list[Path] | None = None
    format: Format | None = None
    json: bool = False
    plain: bool = False
    color: Color | None = None
    no_pager: bool = False
    no_input: bool = False
    quiet: bool = False
    config: Config = Config()

    @property
    def settings(self) -> Settings:
        """The settings from options and configuration file."""
        return Settings(self._formats(), self.color, self.no_pager, self.config)

    @property
    def style(self) -> Style:
        """The style of the output."""
        return self.settings.style()

    def library(self, *, to_ask: bool = False) -> "Library":
        """Open the library that the options name; if it is there `to_ask` questions, with the model that is set."""
        from ora_cli.library import Library

        named = self.settings.model() if to_ask else None
        model = named[0] if named else None
        with self.bar("Reading the articles" if model else "Indexing the articles") as on_progress:
            return Library.open(self.articles, configured=self.config.articles, model=model, on_progress=on_progress)

    def bar(self, text: str) -> "AbstractContextManager[OnProgress | None]":
        """Return a progress bar for work that takes long, or what does nothing if --quiet is given."""
        if self.quiet:
            return nullcontext()
        from ora_cli.terminal.progress import bar

        return bar(text)

    def result(self, data: Callable[[], dict[str, Any]], blocks: "Iterable[Block]") -> Output:
        """Return the output in the format in force: the data as JSON, or the blocks as text."""
        if self.style.format is Format.JSON:
            from ora_cli.render import json_lines

            return Output([json_lines.line(data())], for_programs=True)
        return self.style.text(blocks)

    def article(self, article: "Article", links: "Sequence[Link]") -> Output:
        """Return one screen of an article in the format in force."""
        from ora_cli.render import answer

        def data() -> dict[str, Any]:
            from ora_cli.render import json_lines

            return json_lines.shown(article)

        return self.result(data, answer.screen_blocks(article, links[: answer.MOST_NEXT]))

    def articles_shown(
        self, shown: "Sequence[tuple[Article, Sequence[Link], str | None]]", *, short: bool = False
    ) -> Output:
        """Return whole articles in the format in force, each with what it leads to; of one with a heading that section.

        With `short` it is their short answers.
        """
        from ora_cli.render import answer

        if self.style.format is Format.JSON:
            from ora_cli.render import json_lines

            lines = (json_lines.line(json_lines.shown(article, heading)) for article, _, heading in shown)
            return Output(lines, for_programs=True)
        return self.style.text(
            block
            for article, links, heading in shown
            for block in (
                answer.short_blocks(article, sections=[heading] if heading else ())
                if short or heading
                else answer.article_blocks(article, see_also=links)
            )
        )

    def write(self, result: Output) -> ExitCode:
        """Write the output, without notes if --quiet is given."""
        if self.quiet:
            result.notes.clear()
        return output.write(result)

    @staticmethod
    def with_warnings(library: "Library", result: Output, nothing: str | None = None) -> Output:
        """Add warnings about the library to the notes; `nothing` is the note for an empty list, if it is empty."""
        broken = [file for file in library.files() if file.problem]
        if broken:
            from ora_cli.render import lists

            result.notes[:0] = lists.skipped_lines(broken)
        result.notes[:0] = filter(None, (library.cache_problem, library.model_problem))
        if nothing:
            result.code = ExitCode.NOTHING
            result.notes.append(nothing)
        return result

    def with_origins(self, library: "Library", result: Output, listed: "Iterable[Entry | Match]") -> Output:
        """Add the files of the listed articles to the notes, if the library has several files."""
        if self.style.format is not Format.JSON and len(library.files()) > 1:
            from ora_cli.render import lists

            result.notes += lists.origin_lines(listed)
        return result

    def wants(self, format_: Format) -> bool:
        """Return whether a flag asks for this format or, without such a flag, the configuration file does."""
        return format_ in (self._formats().values() or [self.config.format])

    def _formats(self) -> dict[str, Format]:
        """Return the formats that flags ask for, by flag."""
        flags = {"--json": Format.JSON if self.json else None, "--plain": Format.PLAIN if self.plain else None}
        return {flag: wanted for flag, wanted in {**flags, "--format": self.format}.items() if wanted}


def run(
    function: Callable[..., Output], options: CommonOptions, own: dict[str, Any], *, any_format: bool = True
) -> ExitCode:
    """Run a command with options of its `own`, write its output or error, and return the exit code.

    Without `any_format`, the configuration file says nothing of the format.
    """
    try:
        config = read_config(config_file())
        options = options._replace(config=config if any_format else config._replace(format=None))
        result = function(options, **own)
        return options.write(result)
    except OraError as error:
        output.note_error(error)
        _write_failure(str(error), options, own)
        return error.code
    except Exception as error:
        _write_failure(f"{type(error).__name__}: {error}", options, own)
        raise


def _write_failure(message: str, options: CommonOptions, own: dict[str, Any]) -> None:
    """Write a JSON object for the error if the format is JSON."""
    if not options.wants(Format.JSON):
        return
    from contextlib import suppress

    from ora_cli.render import json_lines

    query = " ".join(own.get("words") or [])
    with suppress(OraError):  # standard output may be what failed
        output.write(Output([json_lines.line(json_lines.failure(message, query))], for_programs=True))
