"""`ora import`: articles from files of other kinds."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import with_common_options
from ora_cli.errors import ExitCode, OraError
from ora_cli.terminal.output import Output
from ora_cli.text.cleaning import clean
from ora_cli.text.wording import counted
from ora_cli.text.words import slug_of

if TYPE_CHECKING:
    from ora_cli.importing import Imported
    from ora_cli.library import Library


@with_common_options
def command(
    options: CommonOptions,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Pages, Markdown, CSV, TSV, exports of ora, or folders of them; - is standard input.",
        ),
    ],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write to FILE; by default to your article folder.")
    ] = None,
    category: Annotated[
        str, typer.Option("--category", "-c", metavar="SLUG", help="For articles that name none.")
    ] = "imported",
    question_column: Annotated[
        str | None, typer.Option("--question-column", metavar="NAME", help="The column of a table with the questions.")
    ] = None,
    answer_column: Annotated[
        str | None, typer.Option("--answer-column", metavar="NAME", help="The column with the answers.")
    ] = None,
    source_column: Annotated[
        str | None, typer.Option("--source-column", metavar="NAME", help="The column with the addresses of sources.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be imported, and write nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is there.")] = False,
) -> Output:
    """Import articles from FAQ pages, Markdown, tables or exports."""
    from ora_cli.authoring.saving import check_article_target, own_file, save
    from ora_cli.content import toml
    from ora_cli.content.records import records
    from ora_cli.importing import import_files
    from ora_cli.render import json_lines, lists
    from ora_cli.terminal.progress import bar

    if not category or slug_of(category) != category:
        hint = f"--category {slug_of(category) or 'imported'}"
        raise OraError(f"{category!r} is not a slug", code=ExitCode.USAGE, hint=hint)
    target = to or own_file(f"{slug_of(_name(files[0])) or 'imported'}.toml")
    check_article_target(target, force=force or dry_run)
    library = options.library()
    named = {"question": question_column, "answer": answer_column, "source": source_column}
    columns = {column: name for column, name in named.items() if name}
    known = _slugs_elsewhere(library, target)
    with nullcontext() if options.quiet else bar("Reading the files") as on_progress:
        imported = import_files(files, category=category, known=known, columns=columns, on_progress=on_progress)
    written = bool(imported.taken) and not dry_run
    if written:
        articles = (item.article for item in imported.taken)
        save(target, toml.records(records(articles, imported.categories)), force=force)
    result = options.result(
        lambda: {"file": str(target) if written else None, **json_lines.imported(imported)},
        lists.imported_rows(imported),
    )
    result.notes += imported.notes
    result.notes += _summary(imported, target, dry_run)
    nothing = None if imported.taken else "There is nothing to import."
    return options.with_warnings(library, result, nothing=nothing)


def _name(path: Path) -> str:
    """Return the name of a file without its suffix, or that of a folder."""
    return path.resolve().name if path.is_dir() else path.stem


def _slugs_elsewhere(library: Library, target: Path) -> set[str]:
    """Return the slugs of the library, except those from the file that is to be replaced."""
    shown = clean(str(target.absolute()))
    return {entry.slug for entry in library.entries() if str(Path(entry.origin).absolute()) != shown}


def _summary(imported: Imported, target: Path, dry_run: bool) -> list[str]:
    files = f" of {imported.files} files" if imported.files > 1 else ""
    counts = f"{counted(len(imported.taken), 'article')}{files}, {len(imported.skipped)} skipped"
    if not imported.taken:
        return []
    if not dry_run:
        return [f"{counts}; written to {target}"]
    return [f"{counts}; nothing written; without --dry-run they go to {target}"]
