"""`ora paths`: where everything is."""

from __future__ import annotations

from ora_cli.commands.shared import Shared, with_shared
from ora_cli.output import Output


@with_shared
def command(shared: Shared) -> Output:
    """Show where everything is, and what is loaded."""
    from ora_cli.render import document, json
    from ora_cli.report import report

    library = shared.library()
    facts, files = report(library), library.files()
    return shared.result(lambda: {**facts, "files": json.files(files)}, document.fact_rows(facts, files))
