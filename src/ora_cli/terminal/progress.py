"""A progress bar on standard error, for indexing many articles."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ora_cli.terminal import output

if TYPE_CHECKING:
    from rich.progress import Progress

    from ora_cli.index.cache import OnProgress

# The bar appears only after this time.
_AFTER_SECONDS = 1.0
_BETWEEN_SECONDS = 0.1


@contextmanager
def bar(text: str) -> Iterator[OnProgress | None]:
    """Show a progress bar if the work takes long and standard error is a terminal.

    Yields a function to call with the share of the work that is done, 0 to 1, or None.
    """
    if not output.is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb":
        yield None
        return
    shown: list[Progress] = []
    due = time.monotonic() + _AFTER_SECONDS

    def on_progress(share: float) -> None:
        nonlocal due
        if time.monotonic() < due:
            return
        if not shown:
            shown.append(_start(text))
        shown[0].update(shown[0].task_ids[0], completed=share, refresh=True)
        due = time.monotonic() + _BETWEEN_SECONDS

    try:
        yield on_progress
    finally:
        due = float("inf")
        for progress in shown:
            progress.stop()


def _start(text: str) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn(text), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    progress.add_task("", total=1.0)
    progress.start()
    return progress
