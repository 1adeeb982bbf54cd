"""An answer as blocks: what is shown of a verdict or an article, and in which order."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from ora_cli import paths
from ora_cli.content.articles import FOOTNOTE, Article, RedFlag, Section, Source, unmarked
from ora_cli.matching.verdict import Explanation, Link, Status, Topic, Verdict
from ora_cli.render.blocks import Block, Item, Kind, body_blocks
from ora_cli.text.words import words

Cited = Sequence[tuple[int, Source]]
"""The sources of what is shown, with their numbers on the screen."""

# Adults read English non-fiction silently at 238 words a minute on average (M. Brysbaert, "How many words do we read
# per minute?", Journal of Memory and Language 109, 2019, https://doi.org/10.1016/j.jml.2019.104047).
_WORDS_A_MINUTE = 238
MOST_NEXT = 4
"""How many articles an answer leads to."""
NEAREST = 3
"""How many articles are named where there is no answer."""
# Where an article has a word of the question, as the explanation has it and as a reader understands it.
_PLACES = {
    "closest phrasing": "There it has",
    "another phrasing": "In other ways to ask for it",
    "text": "Only in its text",
    None: "It does not have",
}
_BEHIND = ((3.0, "far behind"), (1.0, "behind"), (0.3, "not far behind"))
_EXPLAINED = re.compile(r"\s*\([^()]*\)$")
_SELF_HARM = "self-harm"


def verdict_blocks(verdict: Verdict, *, full: bool = False, short: bool = False) -> Iterator[Block]:
    """Yield an answer on one screen, or all of its article, or only what answers; without one, a topic or nothing.

    A red flag comes first in any case.
    """
    if verdict.red_flag:
        yield from notice_blocks(verdict.red_flag)
    if verdict.corrections and (verdict.article or verdict.topic):
        yield Block(Kind.NOTE, corrections_text(verdict))
    if verdict.article is None:
        if verdict.topic:
            yield from _topic_list(verdict.topic)
    elif full:
        yield from article_blocks(verdict.article, see_also=choices(verdict), lead=verdict.sections)
    elif short:
        yield from short_blocks(verdict.article, sections=verdict.sections, answer=True)
    else:
        yield from screen_blocks(
            verdict.article,
            choices(verdict),
            sections=verdict.sections,
            topic=verdict.topic,
            urgent_first=verdict.urgent_first and not verdict.red_flag,
        )


def notice_blocks(flag: RedFlag) -> Iterator[Block]:
    """Yield a red flag's notice with its sources."""
    yield Block(Kind.ALERT, flag.message, flag.grade)
    if flag.sources:
        items = tuple(Item(_short(source.publisher), str(n), source.url) for n, source in enumerate(flag.sources, 1))
        yield Block(Kind.SOURCES, label="Sources of the notice", items=items)


def search_blocks(verdict: Verdict) -> Iterator[Block]:
    """Yield what is said of a search beside its matches."""
    if verdict.red_flag:
        yield from notice_blocks(verdict.red_flag)
    if verdict.corrections:
        yield Block(Kind.NOTE, corrections_text(verdict))


def choices(verdict: Verdict, *, most: int | None = None) -> tuple[Link, ...]:
    """Return what the numbers on a screen stand for: more of a topic, what to read next, or else what is near."""
    if verdict.topic:
        return verdict.topic.more
    if verdict.article:
        return verdict.see_also[:MOST_NEXT]
    # Below a notice of danger only what may really be meant is named; who does not want to live is offered no reading.
    flag = verdict.red_flag
    if verdict.outside or (flag and (flag.sign == _SELF_HARM or verdict.status is not Status.SUGGESTED)):
        return ()
    return tuple(Link(match.slug, match.title) for match in verdict.matches[: most or NEAREST])


def screen_blocks(
    article: Article,
    further: Sequence[Link],
    *,
    sections: Sequence[str] = (),
    topic: Topic | None = None,
    urgent_first: bool = False,
) -> Iterator[Block]:
    """Yield what answers a question on one screen: the short answer, the sections asked about, what else there is."""
    shown = article.headed(sections)
    cited = _cited(article, [article.answer, article.urgent or "", *(part.body for part in shown)])
    numbers = _numbers(cited)
    urgent = [Block(Kind.ALERT, cite(article.urgent, numbers), "Urgent")] if article.urgent else []
    if urgent_first:
        yield from urgent
    yield Block(Kind.TITLE, article.title)
    yield from body_blocks(cite(article.answer, numbers), Kind.ANSWER)
    if not urgent_first:
        yield from urgent
    yield from _section_blocks(shown, numbers)
    others = tuple(Item(part.heading) for part in article.sections if part not in shown)
    if others:
        yield Block(Kind.PARTS, label="More in this article", items=others)
    listed = _choices(further, f"More about {topic.name}" if topic else "Next")
    sources = _publishers(cited)
    yield from [*listed, *sources] if topic else [*sources, *listed]
    if others:
        yield Block(Kind.NOTE, f"ora show {article.slug}: all of it")
    yield from _origin(article)


def short_blocks(article: Article, *, sections: Sequence[str] = (), answer: bool = False) -> Iterator[Block]:
    """Yield sections, or the short answer where there are none, with the sources of it; with `answer`, both."""
    urgent, shown = article.urgent or "", article.headed(sections)
    told = [article.answer] if answer or not shown else []
    cited = _cited(article, [urgent, *told, *(part.body for part in shown)])
    numbers = _numbers(cited)
    if urgent:
        yield Block(Kind.ALERT, cite(urgent, numbers), "Urgent")
    yield Block(Kind.TITLE, article.title)
    for text in told:
        yield from body_blocks(cite(text, numbers), Kind.ANSWER)
    yield from _section_blocks(shown, numbers)
    yield from _sources(cited)
    yield from _origin(article)


def article_blocks(article: Article, *, see_also: Sequence[Link] = (), lead: Sequence[str] = ()) -> Iterator[Block]:
    """Yield a whole article; `lead` are the headings of the sections to begin with."""
    cited = _cited(article, article.texts())
    numbers = _numbers(cited)
    if article.urgent:
        yield Block(Kind.ALERT, cite(article.urgent, numbers), "Urgent")
    yield Block(Kind.TITLE, article.title)
    yield from body_blocks(cite(article.answer, numbers), Kind.ANSWER)
    first = article.headed(lead)
    yield from _section_blocks([*first, *(part for part in article.sections if part not in first)], numbers)
    yield from _sources(cited)
    yield from _choices(see_also[:MOST_NEXT], "Next")
    facts = [f"{minutes(article)} min read"]
    if article.reviewed:
        facts.append(f"reviewed {article.reviewed}")
    yield Block(Kind.NOTE, " · ".join([*facts, f"ora show {article.slug}"]))
    yield from _origin(article)


def _topic_list(topic: Topic) -> Iterator[Block]:
    yield from _choices(topic.more, f"Articles about {topic.name}")
    yield Block(Kind.NOTE, f"ora search {topic.name}: all that match")


def _numbers(cited: Cited) -> dict[str, int]:
    return {source.id: n for n, source in cited}


def _section_blocks(sections: Iterable[Section], numbers: dict[str, int]) -> Iterator[Block]:
    for section in sections:
        yield Block(Kind.HEADING, section.heading)
        yield from body_blocks(cite(section.body, numbers))


def _choices(links: Sequence[Link], label: str) -> list[Block]:
    items = tuple(Item(link.title, str(number)) for number, link in enumerate(links, 1))
    return [Block(Kind.CHOICES, label=label, items=items)] if items else []


def _cited(article: Article, texts: Iterable[str]) -> Cited:
    """Return the sources of these texts in the order of the article, numbered without gaps."""
    cited = {mark for text in texts for mark in FOOTNOTE.findall(text)}
    return list(enumerate((source for source in article.sources if source.id in cited), 1))


def _publishers(cited: Cited) -> list[Block]:
    items = tuple(Item(_short(source.publisher), str(n), source.url) for n, source in cited)
    return [Block(Kind.SOURCES, label="Sources", items=items)] if items else []


def likely_lines(article: Article) -> Iterator[str]:
    """Yield an article in short: its urgent note, its short answer, and who says so."""
    urgent = article.urgent or ""
    if urgent:
        yield f"Urgent: {_first_paragraph(urgent)}"
    yield _first_paragraph(article.answer)
    if publishers := dict.fromkeys(_short(source.publisher) for _, source in _cited(article, [urgent, article.answer])):
        yield f"Sources: {', '.join(publishers)}"


def _first_paragraph(text: str) -> str:
    """Return the first paragraph of a text on one line, without marks."""
    return next((block.text for block in body_blocks(unmarked(text))), "")


def _sources(cited: Cited) -> Iterator[Block]:
    if cited:
        yield Block(Kind.HEADING, "Sources")
        yield from (_source_block(number, source) for number, source in cited)


def _short(publisher: str) -> str:
    """Return the name of a publisher without what explains it: "NHS (UK)" is known as the NHS."""
    return _EXPLAINED.sub("", publisher) or publisher


def _origin(article: Article) -> Iterator[Block]:
    """Yield where an article is from that is not one of the program's own."""
    if article.origin not in ("", str(paths.bundled_articles())):
        yield Block(Kind.NOTE, f"from {article.origin}")


def source_blocks(sources: Sequence[Source]) -> Iterator[Block]:
    """Return numbered sources."""
    return (_source_block(number, source) for number, source in enumerate(sources, 1))


def source_title(source: Source) -> str:
    """Return the title of a source as a sentence."""
    return source.title if source.title.endswith(("?", "!", ".")) else f"{source.title}."


def source_facts(source: Source) -> str:
    """Return who published a source, when, and what kind it is."""
    return f"{source.publisher}{f', {source.date}' if source.date else ''} ({source.kind.replace('-', ' ')})"


def _source_block(number: int, source: Source) -> Block:
    return Block(Kind.SOURCE, f"{source_title(source)} {source_facts(source)}.", str(number), source.url)


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
    """Yield how a verdict came about, in words; the figures behind it are in the JSON."""
    explanation = verdict.explanation
    if explanation is None:
        return
    yield Block(Kind.HEADING, "How this came about")
    yield from (Block(Kind.BULLET, text) for text in _explained(verdict, explanation))


def _explained(verdict: Verdict, explanation: Explanation) -> Iterator[str]:
    titles = {match.slug: match.title for match in verdict.matches}
    best, *others = explanation.details
    if verdict.corrections:
        yield corrections_text(verdict)
    yield from (f'"{typed}" counts as "{used}".' for typed, used in explanation.synonyms if typed != used)
    field, text = verdict.matches[0].matched_on
    ways = {"title": "its title", "topics": f'the name of its topic, "{text}"'}
    by = ways.get(field, f'"{text}", which is another way to ask for it')
    yield f'Best match: "{titles[best.slug]}", by {by}.'
    for place, named in _PLACES.items():
        found = [word.word for word in best.words if word.found_in == place and word.word not in verdict.unknown]
        if found:
            yield f"{named}: {', '.join(found)}."
    if verdict.unknown:
        yield f"No article has: {', '.join(verdict.unknown)}."
    for other in others:
        yield f'Second: "{titles.get(other.slug, other.slug)}", {_behind(explanation.margin)}.'
    outcome = "an answer" if verdict.article else "no answer"
    if any(name == "meaning" for name, _, _ in explanation.evidence):
        yield "The words alone were not sure, so the language model was asked too."
    yield f"Sure to {verdict.confidence:.0%}, and an answer needs {explanation.threshold:.0%}: {outcome}."


def _behind(margin: float) -> str:
    """Return how far the second is behind the best, in words."""
    return next((words for least, words in _BEHIND if margin >= least), "just behind")


def corrections_text(verdict: Verdict) -> str:
    """Say which words were read as others."""
    return "Read " + ", ".join(f'"{c.typed}" as "{c.used}"' for c in verdict.corrections) + "."
