"""Importing articles from other kinds of files, each read by a module of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from ora_cli.content.articles import Article, Category
from ora_cli.content.locations import files_below, raise_unreadable
from ora_cli.errors import ExitCode, OraError
from ora_cli.importing.items import Found, Given, Item, Note, Skipped
from ora_cli.importing.stdin import STDIN, standard_input

if TYPE_CHECKING:
    from ora_cli.index.cache import OnProgress

# The folder of what others wrote for a site, each with a README.
_OTHERS = "node_modules"
_STDIN_NAME = "standard input"

_MODULES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".jsonl": "jsonl",
}


class Taken(NamedTuple):
    """An imported article; its origin is the place where it was found, `note` a remark for the user."""

    article: Article
    note: str | None = None


class Imported(NamedTuple):
    """The result of an import: the articles, their categories, what was skipped, what there is to know.

    `files` is how many files were read.
    """

    taken: list[Taken]
    categories: list[Category]
    skipped: list[Skipped]
    notes: list[str]
    files: int


class _Reader(Protocol):
    def read(self, path: Path, given: Given) -> Iterator[Item]: ...


def import_files(
    files: Iterable[Path],
    *,
    category: str,
    known: Collection[str] = (),
    columns: Mapping[str, str] = MappingProxyType({}),
    on_progress: OnProgress | None = None,
) -> Imported:
    """Return the articles in these files, and in those below these folders that can be imported.

    `category` is for articles that name none, and `columns` names the question, answer and source of tables. An article
    without a slug gets one that is not in `known`, so that it replaces no other article. `on_progress` is called with
    the share of the files that is read, 0 to 1.

    Raises:
        OraError: a file that is given by name cannot be read as the kind that its name says, a folder has none, or a
            library is not installed. A file below a folder that cannot be read is skipped.
    """
    shelf, categories, notes = _Shelf(known), dict[str, Category](), list[str]()
    given = Given(category, columns)
    paths = [(path, by_name) for file in files for path, by_name in _files_at(file)]
    for number, (path, by_name) in enumerate(paths):
        if on_progress:
            on_progress(number / len(paths))
        for item in _with_libraries(path, _items(path, given) if by_name else _readable(path, given)):
            match item:
                case Category():
                    categories.setdefault(item.slug, item)
                case Found():
                    shelf.add(item)
                case Skipped():
                    shelf.skipped.append(item)
                case Note():
                    notes.append(item.text)
    return Imported(shelf.taken, _used(categories, shelf.taken), shelf.skipped, notes, len(paths))


def _files_at(path: Path) -> Iterator[tuple[Path, bool]]:
    """Yield the files that a path stands for, and whether it names them."""
    if path == STDIN or not path.is_dir():
        yield path, True
        return
    below = files_below(path, _is_readable, on_error=raise_unreadable)
    found = [file for file in below if _OTHERS not in file.relative_to(path).parts]
    if not found:
        hint = f"articles are made of files that end in {', '.join(_MODULES)}"
        raise OraError(f"there is nothing to import in {path}", code=ExitCode.IO, hint=hint)
    yield from ((file, False) for file in found)


def _is_readable(name: str) -> bool:
    return Path(name).suffix.lower() in _MODULES


def _readable(path: Path, given: Given) -> Iterator[Item]:
    """Yield what a file holds, or why it cannot be read: one of many files must not stop the others."""
    try:
        yield from list(_items(path, given))
    except OraError as error:
        yield Skipped(str(path), str(error).removeprefix(f"cannot import {path}: "))


def _items(path: Path, given: Given) -> Iterator[Item]:
    """Yield what a file holds; what comes from standard input says so."""
    if path != STDIN:
        yield from _reader(path).read(path, given)
        return
    with standard_input(given) as file:
        try:
            yield from (_from_stdin(item, str(file)) for item in _reader(file).read(file, given))
        except OraError as error:
            raise OraError(str(error).replace(str(file), _STDIN_NAME), code=error.code, hint=error.hint) from error


def _from_stdin(item: Item, file: str) -> Item:
    """Return an item of standard input, with that in the place of the file that it was written to."""
    match item:
        case Found():
            origin = item.article.origin.replace(file, _STDIN_NAME)
            return item._replace(article=item.article._replace(origin=origin))
        case Skipped():
            return item._replace(where=item.where.replace(file, _STDIN_NAME))
        case Note():
            return Note(item.text.replace(file, _STDIN_NAME))
        case Category():
            return item


def _reader(path: Path) -> _Reader:
    suffix = path.suffix.lower()
    if suffix not in _MODULES:
        raise OraError(
            f"cannot import {path}: its name must end in {', '.join(_MODULES)}",
            code=ExitCode.USAGE,
            hint="a .toml file of articles needs no import: ora paths names the folder to put it into",
        )
    return cast(_Reader, import_module(f"ora_cli.importing.{_MODULES[suffix]}"))


def _with_libraries(path: Path, items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items; a library that is missing for them is an error that says how to get it."""
    try:
        yield from items
    except ModuleNotFoundError as missing:
        raise OraError(
            f"to import {path}, ora needs {missing.name}, which is not installed",
            code=ExitCode.USAGE,
            hint='pip install "ora-cli[import]"',
        ) from missing


def _used(categories: dict[str, Category], taken: Iterable[Taken]) -> list[Category]:
    """Return the categories of these articles, or none if no file describes any of them."""
    used = dict.fromkeys(item.article.category for item in taken)
    if categories.keys().isdisjoint(used):
        return []
    return [categories.get(slug) or Category.undescribed(slug) for slug in used]


class _Shelf:
    """The articles imported so far, without duplicates and with distinct slugs, and what was skipped."""

    def __init__(self, known: Collection[str]) -> None:
        self.taken: list[Taken] = []
        self.skipped: list[Skipped] = []
        self._known = known
        self._slugs: set[str] = set()
        self._contents: dict[Article, str] = {}
        self._numbers: dict[str, int] = {}

    def add(self, found: Found) -> None:
        """Add an article, unless the same one was added before."""
        article = found.article
        content = article._replace(slug="", origin="")
        if content in self._contents and (article.slug in self._slugs or not found.has_slug):
            self.skipped.append(Skipped(article.origin, f"the same as {self._contents[content]}"))
            return
        slug, note = article.slug, None
        if slug in self._slugs or (slug in self._known and not found.has_slug):
            slug = self._free(slug)
            note = f"the slug {article.slug} is taken"
        elif slug in self._known:
            note = "replaces the article with this slug"
        self._slugs.add(slug)
        self._contents[content] = slug
        self.taken.append(Taken(article._replace(slug=slug), note))

    def _free(self, slug: str) -> str:
        while True:
            number = self._numbers[slug] = self._numbers.get(slug, 1) + 1
            numbered = f"{slug}-{number}"
            if numbered not in self._slugs and numbered not in self._known:
                return numbered
