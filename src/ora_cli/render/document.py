"""Results as a sequence of blocks: what is shown and in which order, before any format gives it a look.

Text in a block may hold `**strong**` and `[1]` marks; everything else in it is literal.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ora_cli import __version__
from ora_cli.articles import FOOTNOTE, Article, Category, Problem, RedFlag, Section, Source
from ora_cli.config import Setting
from ora_cli.index import ArticleFile, Entry
from ora_cli.text import clean, counted, words
from ora_cli.verdict import Match, Status, Verdict

if TYPE_CHECKING:
    from ora_cli.importing import Imported

# Adults read English non-fiction silently at 238 words a minute on average (M. Brysbaert, "How many words do we read
# per minute?", Journal of Memory and Language 109, 2019, https://doi.org/10.1016/j.jml.2019.104047).
_WORDS_A_MINUTE = 238


# What comes less near than this says nothing to a reader.
_NEAR = 0.02
# A longer question is left out of commands, and cut elsewhere: nobody reads a screen full of their own words.
_SHORT_QUERY = 60
_LONGEST_SHOWN = 160
# How many files, and how many articles of each, are named where most articles come from elsewhere.
_NAMED = 5


class Kind(StrEnum):
    """What a block is."""

    ALERT = "alert"
    TITLE = "title"
    ANSWER = "answer"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    SOURCE = "source"
    NOTE = "note"
    TERM = "term"
    ROW = "row"


class Block(NamedTuple):
    """A piece of output. `label` is an alert's first word, a source's number, a term; `cells` are a row's columns."""

    kind: Kind
    text: str = ""
    label: str = ""
    url: str = ""
    cells: tuple[str, ...] = ()

    def clean(self) -> Block:
        """Return the block without what could drive a terminal: paths and variables come as they are."""
        return self._replace(text=clean(self.text), cells=tuple(clean(cell) for cell in self.cells))


def verdict_blocks(verdict: Verdict, *, short: bool = False) -> Iterator[Block]:
    """Yield an answer: what is urgent, the article, its sources. Nothing but a red flag when there is no answer."""
    if verdict.red_flag:
        yield Block(Kind.ALERT, verdict.red_flag.message, "Important")
    if verdict.article:
        if verdict.corrections:
            yield Block(Kind.NOTE, corrections_text(verdict))
        yield from article_blocks(verdict.article, short=short, lead=verdict.section)
    if verdict.red_flag and verdict.red_flag.sources:
        yield Block(Kind.HEADING, "Sources of the notice")
        yield from _flag_sources(verdict.red_flag)


def search_blocks(verdict: Verdict) -> Iterator[Block]:
    """Yield what is said of a search beside its matches."""
    if verdict.red_flag:
        yield Block(Kind.ALERT, verdict.red_flag.message, "Important")
        yield from _flag_sources(verdict.red_flag)
    if verdict.corrections:
        yield Block(Kind.NOTE, corrections_text(verdict))


def _flag_sources(flag: RedFlag) -> Iterator[Block]:
    for source in flag.sources:
        yield Block(Kind.NOTE, f"{source.publisher}: {source.title}", url=source.url)


def article_blocks(article: Article, *, short: bool = False, lead: str | None = None) -> Iterator[Block]:
    """Yield an article; `lead` is the heading of the section to begin with, `short` leaves all sections out."""
    numbers = {source.id: n for n, source in enumerate(article.sources, 1)}
    if article.urgent:
        yield Block(Kind.ALERT, cite(article.urgent, numbers), "Urgent")
    yield Block(Kind.TITLE, article.title)
    yield from body_blocks(cite(article.answer, numbers), Kind.ANSWER)
    shown = [] if short else sorted(article.sections, key=lambda section: section.heading != lead)
    for section in shown:
        yield Block(Kind.HEADING, section.heading)
        yield from body_blocks(cite(section.body, numbers))
    cited = set(FOOTNOTE.findall(article.answer + (article.urgent or ""))) if short else numbers.keys()
    if cited:
        yield Block(Kind.HEADING, "Sources")
        listed = zip(article.sources, source_blocks(article.sources), strict=True)
        yield from (block for source, block in listed if source.id in cited)
    if not short:
        yield from _about(article)
    elif article.origin not in ("", _bundled()):
        yield Block(Kind.NOTE, f"from {article.origin}")


def _about(article: Article) -> Iterator[Block]:
    if article.see_also:
        yield Block(Kind.HEADING, "See also")
        for slug in article.see_also:
            yield Block(Kind.BULLET, f"ora show {slug}")
    facts = [f"{minutes(article)} min read"]
    if article.reviewed:
        facts.append(f"reviewed {article.reviewed}")
    facts.append(f"ora show {article.slug}")
    facts.append(f"from {article.origin}")
    yield Block(Kind.NOTE, " · ".join(facts))


def source_blocks(sources: Sequence[Source]) -> Iterator[Block]:
    """Yield numbered sources."""
    for number, source in enumerate(sources, 1):
        date = f", {source.date}" if source.date else ""
        kind = source.kind.replace("-", " ")
        title = source.title if source.title.endswith(("?", "!", ".")) else f"{source.title}."
        yield Block(Kind.SOURCE, f"{title} {source.publisher}{date} ({kind}).", str(number), source.url)


def body_blocks(body: str, paragraph: Kind = Kind.PARAGRAPH) -> Iterator[Block]:
    """Yield the paragraphs and bullets of a text, each on one line however the file breaks it."""
    kind, lines = paragraph, list[str]()
    for line in [*body.splitlines(), ""]:
        text = line.strip()
        bullet = text.startswith("- ")
        if (bullet or not text) and lines:
            yield Block(kind, " ".join(lines))
            kind, lines = paragraph, []
        if bullet:
            kind, lines = Kind.BULLET, [text[2:].strip()]
        elif text:
            lines.append(text)


def cite(text: str, numbers: dict[str, int]) -> str:
    """Return the text with footnote marks as numbers."""
    return FOOTNOTE.sub(lambda mark: f"[{numbers[mark[1]]}]", text)


def cited_numbers(section: Section, numbers: dict[str, int]) -> list[int]:
    """Return the numbers of the sources that a section cites."""
    return sorted({numbers[source_id] for source_id in FOOTNOTE.findall(section.body)})


def minutes(article: Article) -> int:
    """Return the reading time in whole minutes, at least one."""
    count = len(words(article.plain_text()))
    return max(1, math.ceil(count / _WORDS_A_MINUTE))


def corrections_text(verdict: Verdict) -> str:
    """Say which words were read as others."""
    return "Read " + ", ".join(f'"{c.typed}" as "{c.used}"' for c in verdict.corrections) + "."


def near_matches(verdict: Verdict) -> list[Match]:
    """Return the matches that are worth naming where there is no answer."""
    if verdict.status is not Status.SUGGESTED or verdict.red_flag:
        return []
    return [match for match in verdict.matches if match.confidence >= _NEAR]


def miss_lines(verdict: Verdict, *, at_prompt: bool = False) -> Iterator[str]:
    """Yield what is said on standard error when there is no answer: why, what is near, what to do next.

    At the prompt no command can be typed: what is near is picked by its number.
    """
    if verdict.red_flag:
        yield "No article answers this. The notice comes first."
        return
    yield f"No confident answer: {_shortened(verdict.reason or '')}."
    if verdict.corrections:
        yield _shortened(corrections_text(verdict))
    near = near_matches(verdict)
    if near:
        yield "The nearest articles, which are not the answer:"
    for number, match in enumerate(near, 1):
        yield f"  {number if at_prompt else match.slug}  {match.title}"
    if not at_prompt:
        yield _way_to_look(verdict, near)
    elif near:
        yield "Type a number to read one."
    yield "For a question about your health, ask a pharmacist or a doctor."
    if not at_prompt:
        yield ""
        yield f"Write an article of your own with: ora new {_argument(verdict.query)}".rstrip()
        yield f"To report the gap, copy this line; nothing is sent: {_report_line(verdict)}"


def _way_to_look(verdict: Verdict, near: Sequence[Match]) -> str:
    if near:
        return f"Read one with: ora show {near[0].slug}"
    question = _argument(verdict.query)
    if verdict.matches and question:
        return f"See what has these words with: ora search {question}"
    return "See what is covered with: ora categories"


def _report_line(verdict: Verdict) -> str:
    """Return a line that tells the makers what was not answered, for the user to send if they like."""
    return f"ora {__version__} has no answer to: {_shortened(verdict.query)}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN].rstrip()}…"


def _argument(query: str) -> str:
    """Return the question as an argument to copy into a shell, never taken for an option; nothing if it is long."""
    import shlex

    if len(query) > _SHORT_QUERY:
        return ""
    return ("-- " if query.startswith("-") else "") + shlex.quote(query)


def match_rows(matches: Sequence[Match]) -> Iterator[Block]:
    """Yield ranked matches, a row each."""
    for match in matches:
        yield Block(Kind.ROW, cells=(match.slug, f"{match.confidence:.2f}", match.title))


def entry_rows(entries: Sequence[Entry], *, long: bool) -> Iterator[Block]:
    """Yield articles, a row each."""
    for entry in entries:
        cells = (entry.slug, entry.category, entry.reviewed or "-", entry.title, entry.origin)
        yield Block(Kind.ROW, cells=cells if long else cells[:1])


def origin_lines(listed: Iterable[Entry | Match]) -> Iterator[str]:
    """Yield where the listed articles come from that are not bundled: the files in their order, a few slugs of each."""
    bundled, slugs = _bundled(), dict[str, list[str]]()
    for each in listed:
        if each.origin != bundled:
            slugs.setdefault(each.origin, []).append(each.slug)
    for origin, here in islice(slugs.items(), _NAMED):
        more = f" and {len(here) - _NAMED} more" if len(here) > _NAMED else ""
        yield f"from {origin}: {', '.join(here[:_NAMED])}{more}"
    if len(slugs) > _NAMED:
        yield f"from {counted(len(slugs) - _NAMED, 'other file')}; all of them: ora list --long"


def _bundled() -> str:
    from ora_cli.paths import bundled_articles

    return str(bundled_articles())


def category_rows(categories: Sequence[tuple[Category, int]]) -> Iterator[Block]:
    """Yield categories, a row each."""
    for category, count in categories:
        yield Block(Kind.ROW, cells=(category.slug, str(count), category.name, category.description))


def cited_rows(sources: Sequence[tuple[Source, Sequence[str]]]) -> Iterator[Block]:
    """Yield sources with what cites them, a row each."""
    for source, slugs in sources:
        yield Block(Kind.ROW, cells=(source.id, source.kind, source.title, source.url, " ".join(slugs) or "-"))


def problem_rows(problems: Sequence[Problem]) -> Iterator[Block]:
    """Yield findings, a row each."""
    for problem in problems:
        where = problem.file + (f":{problem.line}" if problem.line else "")
        cells = (where, problem.article or "-", problem.key or "-", problem.what, problem.mend)
        yield Block(Kind.ROW, cells=cells)


def imported_rows(imported: Imported) -> Iterator[Block]:
    """Yield what was imported and what was not, a row each: where it stood, and its slug or why it was skipped."""
    for article, note in imported.taken:
        cells = ("taken", article.origin, article.slug, article.title)
        yield Block(Kind.ROW, cells=(*cells, note) if note else cells)
    for where, why in imported.skipped:
        yield Block(Kind.ROW, cells=("skipped", where, why))


def explanation_blocks(verdict: Verdict) -> Iterator[Block]:
    """Yield how a verdict came about."""
    explanation = verdict.explanation
    if explanation is None:
        return
    yield Block(Kind.HEADING, "How this came about")
    for typed, used in explanation.synonyms:
        yield Block(Kind.BULLET, f'"{typed}" counts as "{used}"')
    for rank, detail in enumerate(explanation.details):
        name = "Best match" if rank == 0 else "Runner-up"
        yield Block(Kind.PARAGRAPH, f"{name}: {detail.slug}, score {detail.score:.2f}")
        for word in detail.words:
            place = word.found_in or "not covered"
            yield Block(Kind.BULLET, f"{word.word}: weight {word.weight:.2f}, {place}")
        for feature, value, added in detail.features:
            yield Block(Kind.BULLET, f"{feature} {value:.2f} adds {added:+.2f}")
    yield Block(Kind.PARAGRAPH, "Decision, in log odds:")
    for name, value, added in explanation.evidence:
        yield Block(Kind.BULLET, f"{name} {value:.2f} adds {added:+.2f}")
    outcome = "answered" if verdict.status is Status.ANSWERED else "not answered"
    confidence = f"confidence {verdict.confidence:.2f}, needed {explanation.threshold:.2f}"
    yield Block(Kind.PARAGRAPH, f"Lead {explanation.lead:.2f}; {confidence}: {outcome}")


def strong_parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in parts, each with whether it is strong."""
    for number, part in enumerate(re.split(r"\*\*(.+?)\*\*", text)):
        if part:
            yield part, number % 2 == 1


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


def fact_rows(facts: dict[str, str], files: Sequence[ArticleFile], settings: Sequence[Setting]) -> Iterator[Block]:
    """Yield named facts, the files of the library with their state, and the settings with what set them."""
    for name, value in facts.items():
        yield Block(Kind.ROW, cells=(name, value))
    for file in files:
        yield Block(Kind.ROW, cells=("articles", file.path, _state(file)))
    yield Block(Kind.HEADING, "Settings, and what set them")
    for setting in settings:
        yield Block(Kind.ROW, cells=(setting.name, str(setting.value) or "none", setting.origin))
