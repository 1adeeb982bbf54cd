"""What an article owes its reader, as far as a program can see it; docs/editorial.md says the same to those who write.

Each rule takes an article and yields what it finds: the key, what is wrong, how to fix it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ora_cli.authoring.facts import SourceFacts
from ora_cli.authoring.figures import count_figures, figures
from ora_cli.authoring.sentences import count_words, excerpt, keyed_texts, paragraphs, sentences, unmarked
from ora_cli.content.articles import FOOTNOTE, Article
from ora_cli.text.wording import counted

Finding = tuple[str, str, str]
Rule = Callable[[Article], Iterator[Finding]]

ANSWER_WORDS = (35, 60)
ANSWER_FIGURES = 1
SOURCES = (2, 8)
PATIENT_PAGES = frozenset({"health-service", "professional-body", "hospital", "reference"})

_YES_NO_TITLE = re.compile(r"(is|are|does|do|can|could|should|will|has|have|did)\b", re.IGNORECASE)
_STRAIGHT = re.compile(
    r"(yes|no|not|usually|mostly|rarely|hardly|only|often|sometimes|never|almost|probably|partly|for most)\b",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"\b(NHS|FDA|AAD|Mayo|Cleveland|Cochrane|study|trial|review|label|guideline|guidance|sources?)\b")
_ABOUT_SOURCES = re.compile(
    r"\b((the|our|these) sources?\b|sources? (used )?here|no source\b|sources (differ|disagree|name|do|say)|"
    r"this article|"
    r"(the|these|pooled) figures? (here|used|above)|facts? (used|here|we have)|"
    r"(guidance|summary|abstract|trials|what is) used here|not covered here|we have (no|not|only)|"
    r"we (know of|found|read|hold)|the part used)",
    re.IGNORECASE,
)
_STATISTICS = re.compile(
    r"confidence interval|95%|\bp ?[=<]|\bmedian\b|\bmean (of|change|score|age)\b|"
    r"(risk|odds|hazard) ratio|\b\d+\.\d\d\b",
    re.IGNORECASE,
)
_SENDS_ON = re.compile(
    r"\b(see|ring|call|ask|tell|speak to|contact|talk to|go to)\b[^.]{0,40}\b(GP|doctor|dermatologist|pharmacist|111|"
    r"999|911|112|clinic|A&E|emergency|midwife|practitioner|surgeon|injector)",
    re.IGNORECASE,
)
_PREGNANCY = re.compile(r"pregnan|breastfe", re.IGNORECASE)
_UNSUITABLE = re.compile(
    r"should(n't| not)|not suitable|unsuitable|not for|avoid|must not|(do not|don't) (use|take|have)|wait until",
    re.IGNORECASE,
)


def _answer(article: Article) -> Iterator[Finding]:
    least, most = ANSWER_WORDS
    answer = unmarked(article.answer)
    count = count_words(article.answer)
    if not least <= count <= most:
        yield "answer", f"has {count} words", f"write {least} to {most}"
    if (seen := count_figures(answer)) > ANSWER_FIGURES:
        yield "answer", f"has {seen} figures", "keep the one that matters; the others belong into the sections"
    first = next(iter(sentences(answer)), "")
    if speaker := _SPEAKER.search(first):
        yield "answer", f"begins with {speaker.group()!r} as its speaker", "state it; the footnote says who says so"
    if _YES_NO_TITLE.match(article.title) and not _STRAIGHT.match(answer):
        yield "answer", f"does not answer {article.title!r} straight away", "begin with yes, no, usually, rarely …"


def _about_sources(article: Article) -> Iterator[Finding]:
    for key, text in keyed_texts(article):
        for sentence in map(unmarked, sentences(text)):
            if _ABOUT_SOURCES.search(sentence):
                yield key, f"speaks about sources: {excerpt(sentence)!r}", "speak to the reader, or leave it out"
            if _STATISTICS.search(sentence):
                yield key, f"is statistics: {excerpt(sentence)!r}", "say what it means, in a natural figure"


def _help(article: Article) -> Iterator[Finding]:
    if not _SENDS_ON.search(unmarked("\n".join(article.texts()))):
        yield "section", "sends the reader to nobody", "say when to see a pharmacist, a GP, the clinic, or to call 999"


def _treatment(article: Article) -> Iterator[Finding]:
    text = "\n".join(article.texts())
    if article.treatment and not _PREGNANCY.search(text):
        yield (
            "section",
            "is a treatment without a word on pregnancy",
            "say what holds in pregnancy and breastfeeding",
        )
    if article.treatment and not _UNSUITABLE.search(text):
        yield "section", "is a treatment that nobody is told not to have", "say who should not have it"


def _cited_figures(article: Article) -> Iterator[Finding]:
    for key, text in keyed_texts(article):
        for paragraph in paragraphs(text):
            if figures(unmarked(paragraph)) and not FOOTNOTE.search(paragraph):
                yield (
                    key,
                    f"a figure without a footnote: {excerpt(paragraph)!r}",
                    "put the mark of its source behind it",
                )


def _patient_page(article: Article) -> Iterator[Finding]:
    if not any(source.kind in PATIENT_PAGES for source in article.sources):
        yield "footnote", "cites no patient page", "cite a health service, professional body, hospital or reference"


def _source_number(article: Article) -> Iterator[Finding]:
    least, most = SOURCES
    count = len(article.sources)
    if not least <= count <= most:
        yield "footnote", f"cites {counted(count, 'source')}", f"cite {least} to {most}"


RULES: tuple[Rule, ...] = (_answer, _about_sources, _help, _treatment, _cited_figures, _patient_page, _source_number)


def unrecorded(article: Article, recorded: dict[str, SourceFacts]) -> Iterator[Finding]:
    """Yield the figures of an article that no fact of a source cited in their paragraph states."""
    for source in article.sources:
        if source.id not in recorded:
            yield "footnote", f"source {source.id!r} has no recorded facts", "record them in the folder facts"
    for key, text in keyed_texts(article):
        for paragraph in paragraphs(text):
            cited = FOOTNOTE.findall(paragraph)
            known = {number for id in cited if id in recorded for number in recorded[id].numbers}
            for figure in sorted(figures(unmarked(paragraph)) - known) if cited else ():
                what = f"{figure:g} stands in no fact of {', '.join(dict.fromkeys(cited))}: {excerpt(paragraph)!r}"
                yield key, what, "correct the figure, or record the fact (a rounded form too)"
