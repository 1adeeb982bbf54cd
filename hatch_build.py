"""Puts the index of the bundled articles into the wheel, made by the program's own builder.

It needs nothing but the standard library, SQLite with FTS5, and the source. An editable install has no such index,
because there the articles change: the program builds one when it needs it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PrebuiltIndex(BuildHookInterface):  # type: ignore[type-arg]
    """Makes the index before a wheel is packed, and takes it away afterwards."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the index in a temporary folder and have it packed beside the articles."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root, "src")))
        from ora_cli.index.prebuilt import make_prebuilt

        self._folder = TemporaryDirectory(prefix="ora-")
        index = Path(self._folder.name, "articles.sqlite")
        make_prebuilt(Path(self.root, "data", "articles.toml"), index)
        build_data["force_include"][str(index)] = "ora_cli/data/articles.sqlite"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if version != "editable":
            self._folder.cleanup()
