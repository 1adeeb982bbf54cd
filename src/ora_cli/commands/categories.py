"""`ora categories`: what is covered."""

from __future__ import annotations

from ora_cli.commands.options import CommonOptions, with_common_options
from ora_cli.terminal.output import Output


@with_common_options
def command(options: CommonOptions) -> Output:
    """List the categories with their number of articles."""
    from ora_cli.render import json_lines, lists

    library = options.library()
    found = library.categories()
    result = options.result(lambda: json_lines.categories(found), lists.category_rows(found))
    return options.with_warnings(library, result, nothing=None if found else "There are no categories.")
