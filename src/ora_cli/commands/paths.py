"""`ora paths`: where everything is."""

from __future__ import annotations

import os

from ora_cli.commands.shared import Shared, with_shared
from ora_cli.output import Output


@with_shared
def command(shared: Shared) -> Output:
    """Show where everything is, and what is loaded."""
    from ora_cli.render import document, json
    from ora_cli.report import report

    library = shared.library()
    facts, files, settings = report(library), library.files(), shared.settings()
    result = shared.result(
        lambda: {**facts, "files": json.files(files), "settings": json.settings(settings)},
        document.fact_rows(facts, files, settings),
    )
    for name, value, origin in settings:
        if name == "articles" and origin != "default" and not os.path.exists(str(value)):  # noqa: PTH110 -- no errors
            result.notes.append(f"not there: {value}, named by {origin}")
    return result
