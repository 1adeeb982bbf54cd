"""`ora edit`: an article in the user's editor."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import with_common_options
from ora_cli.errors import ExitCode
from ora_cli.terminal.output import Output, note
from ora_cli.text.wording import counted

if TYPE_CHECKING:
    from ora_cli.content.articles import Article, Problem
    from ora_cli.library import Library

_NO_HOME = "set HOME, or XDG_DATA_HOME"


@with_common_options
def command(
    options: CommonOptions,
    slug: Annotated[str, typer.Argument(help="The article's slug, as `ora list` prints it.", show_default=False)],
) -> Output:
    """Edit an article; a bundled one as a copy in your folder."""
    from ora_cli.paths import bundled_articles

    library = options.library()
    file, copied = _unfinished(library, slug), False
    if file is None:
        article = library.article(slug)
        file = library.location(article)
        if copied := options.articles is None and file == bundled_articles():
            file = _copy(article)
    said = f"The bundled article, copied to {file}. Delete that file to go back to it."
    known = {entry.slug for entry in library.entries()}
    return edited(options, file, known, [said] if copied else [], fresh=copied, facts={"copied": copied})


def edited(
    options: CommonOptions,
    file: Path,
    known: Collection[str],
    said: Sequence[str],
    *,
    fresh: bool,
    facts: Mapping[str, bool] | None = None,
) -> Output:
    """Open a file in the editor if there is a terminal, and return its path and the mistakes in it.

    `known` are the slugs of the library, which the articles may link to; `said` are notes to show before, and `facts`
    are further keys of the JSON output. A `fresh` file, which was only just written, is removed if it is not changed.
    """
    from ora_cli.authoring.editor import edit_until_valid, interactive

    if options.no_input or not interactive():
        result = _written(options, file, [], facts)
        result.notes += [*said, f"Open it in an editor, then check it with: {_check_line(file)}"]
        return result
    if not options.quiet:
        note(*said)
    before = file.read_bytes() if fresh else None
    problems = edit_until_valid(file, known_slugs=lambda: known, untouched=before)
    if fresh and file.read_bytes() == before:
        file.unlink()
        result = _written(options, None, [], facts)
        result.notes.append("Nothing was changed, so no file is kept.")
        return result
    result = _written(options, file, problems, facts)
    if problems:
        result.code = ExitCode.NOTHING
        left = counted(len(problems), "finding")
        result.notes.append(f"{left} left, and the file is kept. See them with: {_check_line(file)}")
    return result


def _written(
    options: CommonOptions, file: Path | None, problems: Sequence[Problem], facts: Mapping[str, bool] | None
) -> Output:
    from ora_cli.render import json_lines
    from ora_cli.render.blocks import Block, Kind

    return options.result(
        lambda: {"file": file and str(file), **(facts or {}), **json_lines.problems(problems)},
        [Block(Kind.ROW, cells=(str(file),))] if file else [],
    )


def _check_line(file: Path) -> str:
    import shlex

    return f"ora check {shlex.quote(str(file))}"


def _unfinished(library: Library, slug: str) -> Path | None:
    """Return a file that was left out because of mistakes and contains this slug, or None."""
    slug_key = re.compile(rf"""\bslug"?\s*[=:]\s*["']{re.escape(slug)}["']""")
    for file in library.files():
        path = Path(os.fsdecode(file.location))
        with suppress(OSError):  # an unreadable file may be one of those that were left out
            if file.problem and slug_key.search(path.read_text(encoding="utf-8", errors="replace")):
                return path
    return None


def _copy(article: Article) -> Path:
    """Write an article and its sources to a new file in the user's folder, and return the file."""
    from ora_cli.authoring.saving import own_file, save
    from ora_cli.content import toml
    from ora_cli.content.records import records

    names = (f"{article.slug}{f'-{number}' if number > 1 else ''}.toml" for number in count(1))
    file = next(file for name in names if not (file := own_file(name, hint=_NO_HOME)).exists())
    save(file, toml.records(records([article])))
    return file
