"""`ora` as its users have it, for the benchmarks: installed from a wheel, compiled, with folders of its own."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_VERSIONS = """
import platform, sqlite3, sys
from importlib.metadata import PackageNotFoundError, version
found = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
for name in sys.argv[1:]:
    try:
        found.append(f"{name} {version(name)}")
    except PackageNotFoundError:
        pass
print(", ".join(found))
"""


def python_beside(ora: Path | None, work: Path) -> Path:
    """Return the Python beside the command `ora`; without one, of a new environment below `work` with all of it in.

    An editable install would not do: where PYTHONDONTWRITEBYTECODE is set it is compiled anew at every start.
    """
    if ora is not None:
        if not ora.exists():
            sys.exit(f"{ora}: no such command")
        return ora.resolve().with_name("python")
    python = work / "environment" / "bin" / "python"
    print("installing ora and what it is compared with …", file=sys.stderr)
    steps = (
        [sys.executable, "-m", "venv", str(python.parent.parent)],
        [str(python), "-m", "pip", "install", "--quiet", "--quiet", f"{ROOT}[benchmark]"],
    )
    for step in steps:
        if subprocess.run(step, check=False).returncode:
            sys.exit("that failed; install ora and what it is compared with elsewhere, and give --ora PATH")
    return python


def environment(home: Path) -> dict[str, str]:
    """Return the variables of a user who has set none, with everything below `home`."""
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA")}
    screen = {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    # One core for all: numpy's helpers would take as many as there are.
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **folders, **screen, **threads}


def machine(python: Path, packages: Iterable[str]) -> str:
    """Return what was measured on, and which versions, as Markdown."""
    versions = subprocess.run([python, "-c", _VERSIONS, *packages], capture_output=True, text=True, check=True).stdout
    system = f"{platform.system()} {platform.release()}"
    return f"{time.strftime('%Y-%m-%d')}: {os.cpu_count()} cores, {_processor()}, {system}; {versions.strip()}.\n"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or platform.machine())
