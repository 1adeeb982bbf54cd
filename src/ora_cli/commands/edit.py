"""`ora edit`: an article in the user's editor."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ora_cli.commands.options import CommonOptions, with_common_options
from ora_cli.errors import ExitCode
from ora_cli.terminal.output import Output
from ora_cli.text.wording import counted

if TYPE_CHECKING:
    from ora_cli.content.articles import Article
    from ora_cli.library import Library


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
    return edited(options, file, known, [said] if copied else [], copied=copied)


def edited(options: CommonOptions, file: Path, known: Collection[str], said: Sequence[str], **facts: bool) -> Output:
    """Open a file in the editor if there is a terminal, and return its path and the mistakes in it.

    `known` are the slugs of the library, which the articles may link to; `said` are notes to show before, and `facts`
    are further keys of the JSON output.
    """
    import shlex

    from ora_cli.authoring.editor import edit_until_valid, interactive
    from ora_cli.render import json_lines
    from ora_cli.render.blocks import Block, Kind
    from ora_cli.terminal.output import note

    problems = None
    if interactive():
        if not options.quiet:
            note(*said)
        problems, said = edit_until_valid(file, known_slugs=lambda: known), []
    result = options.result(
        lambda: {"file": str(file), **facts, **json_lines.problems(problems or [])},
        [Block(Kind.ROW, cells=(str(file),))],
    )
    result.notes += said
    check = f"ora check {shlex.quote(str(file))}"
    if problems is None:
        result.notes.append(f"Open it in an editor, then check it with: {check}")
    elif problems:
        result.code = ExitCode.NOTHING
        result.notes.append(f"{counted(len(problems), 'finding')} left, and the file is kept. See them with: {check}")
    return result


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
    file = next(file for name in names if not (file := own_file(name)).exists())
    save(file, toml.records(records([article])))
    return file
