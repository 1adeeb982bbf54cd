"""`ora categories`: what is covered."""

from __future__ import annotations

from ora_cli.commands.options import Shared, with_shared
from ora_cli.terminal.output import Output


@with_shared
def command(shared: Shared) -> Output:
    """List the categories with their number of articles."""
    from ora_cli.render import json_lines, lists

    library = shared.library()
    found = library.categories()
    result = shared.result(lambda: json_lines.categories(found), lists.category_rows(found))
    return shared.with_warnings(library, result, nothing=None if found else "There are no categories.")
