"""The settings in force: flags take precedence over the environment, and that over the configuration file."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ora_cli.config import Color, Config, Format, Setting, first
from ora_cli.content.locations import default_origins
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.output import Output, is_terminal

_PAGER = "less -FRX"


class Style(NamedTuple):
    """How to print; `pager` is the command for text longer than the screen, None for never."""

    format: Format
    color: bool
    pager: str | None

    def text(self, blocks: Iterable[Any]) -> Output:
        """Return the blocks as text, in any format but JSON."""
        blocks = (block.clean() for block in blocks)
        if self.format is Format.RICH:
            import shutil

            from ora_cli.render import terminal

            width, height = shutil.get_terminal_size()
            shown = terminal.render(blocks, width=width, color=self.color)
            fits = self.pager is None or terminal.lines_on_screen(shown, width) < height
            return Output([shown] if shown else [], pager=None if fits else self.pager)
        if self.format is Format.MARKDOWN:
            from ora_cli.render import markdown

            return Output(f"{line}\n" for line in markdown.render(blocks))
        from ora_cli.render import plain

        return Output(f"{line}\n" for line in plain.render(blocks))


class Settings(NamedTuple):
    """What flags and the configuration file set; `formats` are the formats that flags ask for, by flag."""

    formats: Mapping[str, Format]
    color: Color | None
    no_pager: bool
    config: Config

    def style(self) -> Style:
        """Return how to print, according to flags, environment, configuration file and standard output."""
        (chosen, _), (pager, _) = self._format(), self._pager()
        paged = is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb"
        return Style(chosen, self._colored(), pager if paged else None)

    def in_force(self, articles: Sequence[Path] | None) -> list[Setting]:
        """Return all settings in force, each with its origin; `articles` are the places given with --articles."""
        from ora_cli.matching.decision import ANSWER_FROM

        file, model = str(self.config.file), self.model()
        places = (
            [(place, "--articles") for place in articles]
            if articles
            else default_origins(self.config.articles, named_by=file)
        )
        return [
            Setting("format", *self._format()),
            Setting("color", *self._color()),
            Setting("pager", *self._pager()),
            Setting("min_confidence", *first((self.config.min_confidence, file), (ANSWER_FROM, "default"))),
            *(Setting("articles", str(place), origin) for place, origin in places),
            *([Setting("model", str(model[0]), model[1])] if model else []),
        ]

    def model(self) -> tuple[Path, str] | None:
        """Return the folder of the model and what names it, if anything does."""
        if named := os.environ.get("ORA_MODEL"):
            return Path(named), "ORA_MODEL"
        return (self.config.model, str(self.config.file)) if self.config.model else None

    def _format(self) -> tuple[Format, str]:
        if len(set(self.formats.values())) > 1:
            raise OraError(
                "--format, --json and --plain name different formats", code=ExitCode.USAGE, hint="give one of them"
            )
        # Not by FORCE_COLOR: what is always set must not change what a script reads.
        usual = Format.RICH if is_terminal(sys.stdout) or self.color is Color.ALWAYS else Format.PLAIN
        by_flag = [(wanted, flag) for flag, wanted in self.formats.items()]
        return first(*by_flag, (self.config.format, str(self.config.file)), (usual, "default"))

    def _color(self) -> tuple[Color, str]:
        wanted, read = self.color, os.environ.get
        return first(
            (None if wanted is Color.AUTO else wanted, "--color"),
            (Color.ALWAYS if read("FORCE_COLOR") else None, "FORCE_COLOR"),
            (Color.NEVER if read("NO_COLOR") else None, "NO_COLOR"),
            (Color.NEVER if read("TERM") == "dumb" else None, "TERM"),
            (wanted, "--color"),
            (self.config.color, str(self.config.file)),
            (Color.AUTO, "default"),
        )

    def _colored(self) -> bool:
        color, _ = self._color()
        return color is Color.ALWAYS or (color is Color.AUTO and is_terminal(sys.stdout))

    def _pager(self) -> tuple[str, str]:
        """Return the pager command (empty for none) and its origin; empty environment variables count as unset."""
        return first(
            ("" if self.no_pager else None, "--no-pager"),
            *((os.environ.get(variable) or None, variable) for variable in ("ORA_PAGER", "PAGER")),
            (self.config.pager, str(self.config.file)),
            (_PAGER, "default"),
        )
