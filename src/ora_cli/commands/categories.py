"""`ora categories`: what is covered."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.options import with_common_options
from ora_cli.config import Format
from ora_cli.terminal.output import Output, is_terminal


@with_common_options
def command(
    options: CommonOptions,
    category: Annotated[
        str | None, typer.Argument(metavar="[CATEGORY]", help="List the articles of this category.", show_default=False)
    ] = None,
) -> Output:
    """List the categories, or the articles of one."""
    from ora_cli.render import json_lines, lists

    library = options.library()
    found = library.categories()
    if category is None:
        result = options.result(lambda: json_lines.categories(found), lists.category_blocks(found))
        if found and options.style.format is Format.RICH and is_terminal(sys.stdout):
            result.notes.append("See what one has with: ora categories CATEGORY")
        return options.with_warnings(library, result, nothing=None if found else "There are no categories.")
    opened = library.category(category)
    entries = library.entries(category=opened.slug)
    counted = [(opened, len(entries))]
    result = options.result(
        lambda: {**json_lines.categories(counted), **json_lines.entries(entries)},
        lists.opened_category(opened, entries),
    )
    return options.with_warnings(library, options.with_origins(library, result, entries))
