"""The editorial rules, for `ora check --strict`: what an article needs beyond being readable by the program.

docs/editorial.md says the same to those who write. Spelling and reading age are the work of two libraries, which come
with the extra "check" alone: nobody needs them to ask a question.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ora_cli.authoring import standard
from ora_cli.authoring.facts import read_facts
from ora_cli.authoring.sentences import CLOSING, NOT_AN_END, count_words, keyed_texts, sentences, unmarked
from ora_cli.content.articles import Article, Problem, Record, RedFlag, Source
from ora_cli.errors import ExitCode, OraError
from ora_cli.library import Library
from ora_cli.paths import bundled_text
from ora_cli.text.stems import Stemmer, function_stems
from ora_cli.text.wording import counted
from ora_cli.text.words import words

if TYPE_CHECKING:
    from spellchecker import SpellChecker

SECTIONS = (2, 6)
SECTION_WORDS = (150, 480)
PHRASINGS = (20, 250)
# A reading age of about 14 is grade 9. The formula counts syllables, so that "botulinum toxin" makes a plain sentence
# look hard; two grades allow for the names that an article on medicine cannot do without.
HIGHEST_GRADE = 11
LONGEST_MEAN_SENTENCE = 22
# Articles on one subject share much of their vocabulary: up to here they still say different things.
HIGHEST_LIKENESS = 0.6

# Hosts that show others' publications: the publisher's own address outlives theirs, and says who speaks.
COPY_HOSTS = (
    "abcdocz.com",
    "ablesci.com",
    "acemap.info",
    "biomed.news",
    "booksci.cn",
    "cdn.cancer.ca",
    "cnpereading.com",
    "deepdyve.com",
    "developer.api.nhs.uk",
    "docslib.org",
    "druginserts.com",
    "govdelivery.com",
    "govwire.co.uk",
    "informahealthcare.com",
    "litmetric.com",
    "mdedge9-ma1.mdedge.com",
    "medthority.com",
    "mendeley.com",
    "metajournal.com",
    "ouci.dntb.gov.ua",
    "ovid.com",
    "pagefreezer.com",
    "qxmd.com",
    "researchgate.net",
    "rspp.co.id",
    "scribd.com",
    "semanticscholar.org",
    "studylib.es",
    "thefreelibrary.com",
    "unboundmedicine.com",
)
_COPY_HOST = re.compile(r"(?:stage|staging)\..*|.*katalog.*|(?:.*\.)?(?:" + "|".join(map(re.escape, COPY_HOSTS)) + ")")

_LATE_MARK = re.compile(rf"\S*[.!?]{CLOSING}?{NOT_AN_END}\s*\[\^")
_SPELLED = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_POSSESSIVE = re.compile(r"['\u2019]s$")


@dataclass(frozen=True)
class Content:
    """The records of the files that are checked."""

    records: Mapping[Path, Sequence[Record]]

    @cached_property
    def library(self) -> Library:
        """The library of these files alone."""
        return Library.open(list(self.records))

    def articles(self) -> list[Article]:
        """Return all articles, in the order of the files."""
        return [record for records in self.records.values() for record in records if isinstance(record, Article)]

    def sources(self) -> Iterator[tuple[Path, Source]]:
        """Yield the sources, each with its file."""
        for file, records in self.records.items():
            yield from ((file, record) for record in records if isinstance(record, Source))


Rule = Callable[[Content], Iterator[Problem]]


def findings(records: Mapping[Path, Sequence[Record]]) -> list[Problem]:
    """Return what the rules find in these files; what they find in one article stands together.

    Raises:
        OraError: the libraries of the extra "check" are not installed.
    """
    _require_libraries()
    content = Content(records)
    if not content.articles():
        return []
    places = {(article.origin, article.slug): place for place, article in enumerate(content.articles())}
    found = [problem for rule in RULES for problem in rule(content)]
    return sorted(found, key=lambda problem: places.get((problem.file, problem.article or ""), -1))


def _require_libraries() -> None:
    try:
        import spellchecker  # noqa: F401
        import textstat  # noqa: F401
    except ImportError as error:
        raise OraError(
            "--strict needs libraries that are not installed",
            code=ExitCode.USAGE,
            hint='pip install "ora-cli[check]"',
        ) from error


def _each(rule: Callable[[Article], Iterator[Problem]]) -> Rule:
    """Make a rule for all articles of a rule for one."""
    return lambda content: (problem for article in content.articles() for problem in rule(article))


def _at(article: Article, key: str, what: str, hint: str) -> Problem:
    return Problem(article.origin, what, hint, article=article.slug, key=key)


def _at_source(file: Path, source: Source, key: str, what: str, hint: str) -> Problem:
    return Problem(str(file), what, hint, article=f"source {source.id}", key=key)


# --- What the rules read ---


def _keyed_phrasings(article: Article) -> Iterator[tuple[str, str]]:
    yield "title", article.title
    yield from (("topics", topic) for topic in article.topics)
    yield from (("also_asked", phrasing) for phrasing in article.other_phrasings())


def _main_text(article: Article) -> str:
    return "\n\n".join([article.answer, *(section.body for section in article.sections)])


@cache
def _stems() -> tuple[Stemmer, frozenset[str]]:
    """Return a stemmer, and the stems of the words that carry grammar alone."""
    stemmer = Stemmer()
    return stemmer, function_stems(stemmer)


def _content_stems(text: str) -> frozenset[str]:
    stemmer, grammar = _stems()
    return frozenset(stemmer(words(text))) - grammar


# --- Rules on one article ---


def _standard(content: Content) -> Iterator[Problem]:
    for article in content.articles():
        for rule in standard.RULES:
            yield from (_at(article, *finding) for finding in rule(article))


def _recorded(content: Content) -> Iterator[Problem]:
    for file, records in content.records.items():
        recorded = read_facts(file)
        if recorded is None:
            continue
        for record in records:
            if isinstance(record, Article):
                yield from (_at(record, *finding) for finding in standard.unrecorded(record, recorded))
            elif isinstance(record, Source) and record.id in recorded and recorded[record.id].url != record.url:
                hint = f"give {recorded[record.id].url}, or record the facts under this address"
                yield _at_source(file, record, "url", "is not the address its facts were recorded from", hint)


def _title(article: Article) -> Iterator[Problem]:
    if not article.title.endswith("?"):
        yield _at(article, "title", "is not a question", 'end it with "?"')


def _section_number(article: Article) -> Iterator[Problem]:
    least, most = SECTIONS
    if not least <= len(article.sections) <= most:
        yield _at(article, "section", f"has {counted(len(article.sections), 'section')}", f"write {least} to {most}")


def _section_length(article: Article) -> Iterator[Problem]:
    least, most = SECTION_WORDS
    count = sum(count_words(section.body) for section in article.sections)
    if not least <= count <= most:
        hint = f"write {least} to {most} in all of them together"
        yield _at(article, "section", f"has {counted(count, 'word')} in its sections", hint)


def _reviewed(article: Article) -> Iterator[Problem]:
    if article.reviewed is None:
        yield _at(article, "reviewed", "is missing", "write the day of the last review")
    elif _in_future(article.reviewed):
        yield _at(article, "reviewed", f"{article.reviewed} is in the future", "write the day of the last review")


def _phrasing_number(article: Article) -> Iterator[Problem]:
    least, most = PHRASINGS
    count = len(article.other_phrasings())
    if not least <= count <= most:
        what = f"has {counted(count, 'phrasing')}"
        yield _at(article, "also_asked", what, f"write {least} to {most}")


def _linked(article: Article) -> Iterator[Problem]:
    # That the links lead somewhere is checked without --strict too.
    if not article.see_also:
        yield _at(article, "see_also", "is missing", "name articles to read next")
    if article.slug in article.see_also:
        yield _at(article, "see_also", "names the article itself", "name another")


def _marks(article: Article) -> Iterator[Problem]:
    for key, text in keyed_texts(article):
        for late in _LATE_MARK.finditer(text):
            what = f"a footnote mark after the full stop of {late.group().removesuffix('[^').strip()!r}"
            yield _at(article, key, what, "put it before the full stop")


def _subject(article: Article) -> Iterator[Problem]:
    for key, phrasing in _keyed_phrasings(article):
        if not _content_stems(phrasing):
            yield _at(article, key, f"{phrasing!r} names no subject", "say what it is about")


# --- Rules on how it reads ---


@cache
def _speller() -> SpellChecker:
    """Return a speller that knows American and British words, and those of the project."""
    from spellchecker import SpellChecker

    # A distance of two would look for the nearest word for seconds, and find stranger ones.
    speller = SpellChecker(language="en", distance=1)
    for name in ("words.txt", "spelling.txt"):
        speller.word_frequency.load_words(bundled_text(name).split())
    return speller


def _spelling(article: Article) -> Iterator[Problem]:
    headings = (("heading", section.heading) for section in article.sections)
    unknown: dict[tuple[str, str], None] = {}
    for key, text in (("title", article.title), *keyed_texts(article), *headings):
        for sentence in sentences(text):
            unknown.update(dict.fromkeys((key, word) for word in _misspelt(unmarked(sentence))))
    for key, word in unknown:
        near = _speller().correction(word.casefold())
        known = near is not None and near != word.casefold()
        hint = f"did you mean {near!r}? If it is right," if known else "correct it; if it is right,"
        yield _at(article, key, f"unknown word {word!r}", f"{hint} add it to data/spelling.txt")


def _misspelt(sentence: str) -> Iterator[str]:
    speller = _speller()
    for place, found in enumerate(_SPELLED.findall(sentence)):
        word = _POSSESSIVE.sub("", found).replace("\u2019", "'")
        name = word[0].isupper() and (place > 0 or word[1:] != word[1:].lower())
        if not name and len(word) > 1 and not any(map(str.isdigit, word)) and word.casefold() not in speller:
            yield word


def reading_ease(text: str) -> tuple[float, float]:
    """Return the grade after Flesch and Kincaid ("Derivation of new readability formulas", 1975), and words a sentence.

    The syllables are the library's. Words and sentences are counted here: the library takes the point of "2.4" for
    the end of a sentence, and bullets without one for a long sentence.
    """
    import textstat

    plain = [unmarked(sentence) for sentence in sentences(text)]
    count = sum(map(count_words, plain))
    if not count:
        return 0.0, 0.0
    mean = count / len(plain)
    return 0.39 * mean + 11.8 * textstat.syllable_count(" ".join(plain)) / count - 15.59, mean


def _reading_age(article: Article) -> Iterator[Problem]:
    grade, mean = reading_ease(_main_text(article))
    if grade > HIGHEST_GRADE:
        what = f"reads like school grade {grade:.1f}"
        yield _at(article, "body", what, f"use shorter words and sentences, for grade {HIGHEST_GRADE} at most")
    if mean > LONGEST_MEAN_SENTENCE:
        what = f"its sentences have {mean:.1f} words on average"
        yield _at(article, "body", what, f"shorten them to {LONGEST_MEAN_SENTENCE} at most")


# --- Rules on sources ---


def _in_future(day: str | None) -> bool:
    # A partial date is compared as far as it goes.
    return day is not None and day > datetime.date.today().isoformat()[: len(day)]


def _source_dates(content: Content) -> Iterator[Problem]:
    for file, source in content.sources():
        for key, day in (("date", source.date), ("accessed", source.accessed)):
            if _in_future(day):
                yield _at_source(file, source, key, f"{day} is in the future", "write the day it says, or leave it out")


def _addresses(content: Content) -> Iterator[Problem]:
    for file, source in content.sources():
        parts = urlsplit(source.url)
        if parts.scheme != "https":
            yield _at_source(file, source, "url", f"{source.url} is not secure", "give an address with https://")
        if _COPY_HOST.fullmatch(parts.hostname or ""):
            hint = "give the publisher's own address (a DOI, PubMed, the regulator)"
            yield _at_source(file, source, "url", f"{parts.hostname} shows copies", hint)


def _uncited(content: Content) -> Iterator[Problem]:
    # An article can cite the sources of its own file alone.
    for file, records in content.records.items():
        citing = (record for record in records if isinstance(record, Article | RedFlag))
        cited = {source.id for record in citing for source in record.sources}
        for record in records:
            if isinstance(record, Source) and record.id not in cited:
                yield _at_source(file, record, "id", "nothing cites this source", "cite it, or leave it out")


# --- Rules on articles among each other ---


def _unique_phrasings(content: Content) -> Iterator[Problem]:
    """Yield phrasings that another article has too: only one of them, by title first, would ever be found by it."""
    first: dict[str, str] = {}
    asked = [(article, key, line) for article in content.articles() for key, line in _keyed_phrasings(article)]
    for article, key, phrasing in sorted(asked, key=lambda each: each[1] != "title"):
        spoken = " ".join(words(phrasing))
        if spoken in first:
            yield _at(article, key, f"{phrasing!r} is asked in {first[spoken]} too", "leave it to one of them")
        first.setdefault(spoken, article.slug)


def _alike(content: Content) -> Iterator[Problem]:
    stems = [(article, _content_stems(unmarked(_main_text(article)))) for article in content.articles()]
    for (one, ones), (other, others) in combinations(stems, 2):
        likeness = len(ones & others) / max(len(ones | others), 1)
        if likeness > HIGHEST_LIKENESS:
            what = f"is nearly the same as {one.slug}: {likeness:.0%} of their words"
            yield _at(other, "body", what, "make one article of them, or say what sets this one apart")


def _unanswered(content: Content) -> Iterator[Problem]:
    # That another article answers it is all the better.
    for article in content.articles():
        for question in article.unanswered:
            if content.library.answering(question) == article.slug:
                hint = "leave it out, or set it apart from what is answered"
                yield _at(article, "unanswered", f"{question!r} is answered by this article", hint)


RULES: tuple[Rule, ...] = (
    _source_dates,
    _addresses,
    _uncited,
    _each(_title),
    _each(_section_number),
    _each(_section_length),
    _standard,
    _recorded,
    _each(_reviewed),
    _each(_linked),
    _each(_marks),
    _each(_spelling),
    _each(_reading_age),
    _alike,
    _each(_phrasing_number),
    _each(_subject),
    _unique_phrasings,
    _unanswered,
)
