"""Lists as blocks: a row for each match, article, category, source, finding or fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from ora_cli import paths
from ora_cli.config import Setting
from ora_cli.content.articles import Category, Problem, Source
from ora_cli.index.database import ArticleFile, Entry
from ora_cli.matching.verdict import Match
from ora_cli.render.answer import source_facts
from ora_cli.render.blocks import Block, Kind
from ora_cli.text.wording import counted

if TYPE_CHECKING:
    from ora_cli.importing import Imported

# How many files, and how many articles of each, are named where most articles come from elsewhere.
_NAMED = 5


def match_rows(matches: Sequence[Match]) -> Iterator[Block]:
    """Yield matches, a row each, the best first."""
    for match in matches:
        yield Block(Kind.ROW, cells=(match.slug, match.title))


def entry_rows(entries: Sequence[Entry], *, long: bool = False, titles: bool = True) -> Iterator[Block]:
    """Yield articles, a row each: slugs, and titles or with `long` everything; the file where one is not bundled."""
    bundled = str(paths.bundled_articles())
    foreign = long and any(entry.origin != bundled for entry in entries)
    for entry in entries:
        cells = [entry.slug]
        if long:
            cells += [entry.category, entry.reviewed or "-"]
        if long or titles:
            cells.append(entry.title)
        if foreign:
            cells.append("" if entry.origin == bundled else entry.origin)
        yield Block(Kind.ROW, cells=tuple(cells))


def origin_lines(listed: Iterable[Entry | Match]) -> Iterator[str]:
    """Yield where the listed articles come from that are not bundled: the files in their order, a few slugs of each."""
    bundled, slugs = str(paths.bundled_articles()), dict[str, list[str]]()
    for each in listed:
        if each.origin != bundled:
            slugs.setdefault(each.origin, []).append(each.slug)
    for origin, here in islice(slugs.items(), _NAMED):
        more = f" and {len(here) - _NAMED} more" if len(here) > _NAMED else ""
        yield f"from {origin}: {', '.join(here[:_NAMED])}{more}"
    if len(slugs) > _NAMED:
        yield f"from {counted(len(slugs) - _NAMED, 'other file')}; all of them: ora list --long"


def category_blocks(categories: Sequence[tuple[Category, int]]) -> Iterator[Block]:
    """Yield categories with their number of articles, those of a group together and those of none at the end."""
    for group, listed in by_group(categories).items():
        for category, count in listed:
            cells = (category.slug, str(count), category.name, category.description, category.group)
            yield Block(Kind.COUNT, category.slug, group, cells=cells)


def by_group(categories: Sequence[tuple[Category, int]]) -> dict[str, list[tuple[Category, int]]]:
    """Return categories by the names of their groups; those of none are "Other" at the end, or under no name at all."""
    named = {category.group: list[tuple[Category, int]]() for category, _ in categories if category.group}
    groups = named | {"": []}
    for each in categories:
        groups[each[0].group].append(each)
    other = groups.pop("")
    return {**groups, **({"Other" if groups else "": other} if other else {})}


def opened_category(category: Category, entries: Sequence[Entry]) -> Iterator[Block]:
    """Yield a category with its articles."""
    yield Block(Kind.TITLE, category.name)
    if category.description:
        yield Block(Kind.PARAGRAPH, category.description)
    yield from entry_rows(entries)


def cited_rows(sources: Sequence[tuple[Source, Sequence[str]]]) -> Iterator[Block]:
    """Yield sources with what cites them, a line each."""
    for source, slugs in sources:
        cells = (source.id, source.kind, source.title, source.url, " ".join(slugs) or "-")
        yield Block(Kind.LINE, source.title, source.id, source.url, cells)


def source_pages(sources: Sequence[tuple[Source, Sequence[str]]], titles: Mapping[str, str]) -> Iterator[Block]:
    """Yield sources in full, each with the articles that cite it."""
    for source, slugs in sources:
        yield Block(Kind.TITLE, source.title)
        yield Block(Kind.NOTE, source_facts(source), url=source.url)
        if slugs:
            yield Block(Kind.HEADING, "Cited in")
            yield from (Block(Kind.ROW, cells=(slug, titles[slug])) for slug in slugs)


def problem_rows(problems: Sequence[Problem]) -> Iterator[Block]:
    """Yield findings, a row each."""
    for problem in problems:
        where = problem.file + (f":{problem.line}" if problem.line else "")
        cells = (where, problem.article or "-", problem.key or "-", problem.what, problem.hint)
        yield Block(Kind.ROW, cells=cells)


def imported_rows(imported: Imported) -> Iterator[Block]:
    """Yield what was imported and what was not, a row each: where it stood, and its slug or why it was skipped."""
    for article, note in imported.taken:
        cells = ("taken", article.origin, article.slug, article.title)
        yield Block(Kind.ROW, cells=(*cells, note) if note else cells)
    for where, why in imported.skipped:
        yield Block(Kind.ROW, cells=("skipped", where, why))


def skipped_lines(files: Iterable[ArticleFile]) -> Iterator[str]:
    """Yield which files were left out, a line each: an answer is not to drown in what is wrong elsewhere."""
    import shlex

    for file in files:
        if file.problem:
            first, *more = file.problem.splitlines()
            yield f"skipped: {first}" + (f"; see: ora check {shlex.quote(file.path)}" if more else "")


def _state(file: ArticleFile) -> str:
    if not file.problem:
        return counted(file.articles, "article")
    return file.problem.splitlines()[0].removeprefix(f"{file.path}: ")


def place_rows(facts: Mapping[str, str], files: Sequence[ArticleFile]) -> Iterator[Block]:
    """Yield what most people look for: the version, the places, and what of them is there."""
    loaded = sum(file.articles for file in files)
    yield Block(Kind.ROW, cells=("version", facts["version"]))
    yield Block(Kind.ROW, cells=("articles", f"{loaded} from {counted(len(files), 'file')}"))
    for name in ("own_articles", "config", "cache"):
        yield Block(Kind.ROW, cells=(name, facts[name]))
    if problem := facts.get("cache_problem"):
        yield Block(Kind.ROW, cells=("cache_problem", problem))
    for file in files:
        if file.problem:
            yield Block(Kind.ROW, cells=("left out", file.path, _state(file)))


def fact_rows(facts: dict[str, str], files: Sequence[ArticleFile], settings: Sequence[Setting]) -> Iterator[Block]:
    """Yield named facts, the files of the library with their state, and the settings with what set them."""
    for name, value in facts.items():
        yield Block(Kind.ROW, cells=(name, value))
    for file in files:
        yield Block(Kind.ROW, cells=("articles", file.path, _state(file)))
    yield Block(Kind.HEADING, "Settings, and what set them")
    for setting in settings:
        yield Block(Kind.ROW, cells=(setting.name, str(setting.value) or "none", setting.origin))
