"""Draw the terminal pictures of the documents from what `ora` really prints: python docs/pictures/draw.py."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

# As wide as `ora` sets text; few addresses are longer.
WIDTH = 88
PICTURES = {
    "answer": ("how", "long", "does", "botox", "last"),
    "topic": ("acne",),
    "no-answer": ("does", "garlic", "clear", "acne"),
    "search": ("search", "fly", "after", "botox", "-n", "3"),
}
"""The arguments that each picture shows, under the name of its file."""


def draw(name: str, home: Path) -> str:
    """Return a picture as SVG; `home` is an empty folder to use as the home folder."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="standard")
    console.print(Text(f"$ ora {shlex.join(PICTURES[name])}", style="bold"))
    console.print(Text.from_ansi(_printed(PICTURES[name], home).rstrip()))
    svg = console.export_svg(title="ora", unique_id=name)
    # Rich would have the font fetched from the net.
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)


def _printed(args: tuple[str, ...], home: Path) -> str:
    """Return what a terminal shows of a command: standard output and error, in colour, from the bundled articles."""
    return subprocess.run(
        [sys.executable, "-m", "ora_cli", *args, "--format", "rich", "--color", "always"],
        env={"HOME": str(home), "COLUMNS": str(WIDTH), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    ).stdout


def main() -> None:
    """Write all pictures beside this script."""
    with TemporaryDirectory() as home:
        for name in PICTURES:
            Path(__file__).with_name(f"{name}.svg").write_text(draw(name, Path(home)), encoding="utf-8")


if __name__ == "__main__":
    main()
