"""An answer as blocks: what is shown of a verdict or an article, and in which order."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ora_cli import paths
from ora_cli.content.articles import FOOTNOTE, Article, RedFlag, Section, Source
from ora_cli.matching.verdict import Status, Verdict
from ora_cli.render.blocks import Block, Kind, body_blocks
from ora_cli.text.words import words

# Adults read English non-fiction silently at 238 words a minute on average (M. Brysbaert, "How many words do we read
# per minute?", Journal of Memory and Language 109, 2019, https://doi.org/10.1016/j.jml.2019.104047).
_WORDS_A_MINUTE = 238


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
    elif article.origin not in ("", str(paths.bundled_articles())):
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
    yield Block(Kind.PARAGRAPH, f"Margin {explanation.margin:.2f}; {confidence}: {outcome}")


def corrections_text(verdict: Verdict) -> str:
    """Say which words were read as others."""
    return "Read " + ", ".join(f'"{c.typed}" as "{c.used}"' for c in verdict.corrections) + "."
