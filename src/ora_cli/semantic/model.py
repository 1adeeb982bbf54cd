"""The language model that a user has put into a folder, as the rest of the program sees it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ora_cli.errors import ExitCode, OraError
from ora_cli.index.cache import OnProgress
from ora_cli.index.database import Index
from ora_cli.semantic.store import place_of, stored

if TYPE_CHECKING:
    from ora_cli.semantic.vectors import Vectors


class Model(NamedTuple):
    """The folder of the model, and the cache folder that keeps what it has read."""

    folder: Path
    cache: Path | None

    def read(self, index: Index, on_progress: OnProgress | None = None) -> None:
        """Read the articles of an index, unless that has been done; numpy is imported only for that.

        Raises:
            UnusedModelError: the library is too large, or what is read cannot be kept.
            OraError: the folder lacks the files of the model as published, or numpy is missing.
        """
        database = stored(place_of(index, self.folder, self.cache))
        if database is None:
            self.vectors(index, on_progress).close()
        else:
            database.close()
            if find_spec("numpy") is None:
                raise _no_numpy()

    def vectors(self, index: Index, on_progress: OnProgress | None = None) -> Vectors:
        """Return the vectors of the articles of an index; the errors are those of `read`."""
        try:
            from ora_cli.semantic.vectors import Vectors
        except ImportError as error:
            raise _no_numpy() from error
        return Vectors(index, self.folder, cache=self.cache, on_progress=on_progress)


def _no_numpy() -> OraError:
    hint = 'pip install "ora-cli[semantic]"'
    return OraError("the model needs numpy, which cannot be imported", code=ExitCode.USAGE, hint=hint)
