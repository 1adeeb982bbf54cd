"""What there is to read about a topic that a question names and asks nothing of, and after an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ora_cli.content.articles import Article
from ora_cli.index.database import Entry, Index
from ora_cli.matching.naming import is_bare_name
from ora_cli.matching.ranking import Ranking
from ora_cli.matching.verdict import Link, Topic

# After an answer, at most so many others are named that the question may mean too: those this likely beside the answer.
_MOST_NEAR, _NEAR_SHARE = 2, 0.05
_MOST_LINKS = 6
_FEWEST_LINKS = 2
_LOOKED_AT = 60


def links(index: Index, slugs: Sequence[str]) -> tuple[Link, ...]:
    """Return the articles with these slugs, in this order, without those that are not there."""
    titles = index.titles(slugs)
    return tuple(Link(slug, titles[slug]) for slug in dict.fromkeys(slugs) if slug in titles)


def read_next(ranking: Ranking, posteriors: Sequence[float], article: Article) -> tuple[Link, ...]:
    """Return the articles to read after the one that answers: those that the question may mean too, then its own.

    `posteriors` are those of the candidates (`decision.Decision`).
    """
    best, *shares = posteriors[: 1 + _MOST_NEAR]
    others = zip(ranking.candidates[1:], shares, strict=False)
    near = [candidate.article for candidate, share in others if share >= _NEAR_SHARE * best]
    entries = ranking.vocabulary.index.entries_by_id(near)
    return links(ranking.vocabulary.index, [*(entries[number].slug for number in near), *article.see_also])


def topic_of(ranking: Ranking, overview: Article) -> Topic:
    """Return the topic of an overview: what it leads to, then the articles that have a name of it in their title."""
    index, vocabulary = ranking.vocabulary.index, ranking.vocabulary
    names = [ranking.query.terms, *map(vocabulary.terms_of, overview.topics)]
    phrases = [phrase for name in names if len(name) == 1 for phrase in vocabulary.searched(name[0])]
    phrases += [tuple(name) for name in names if len(name) > 1]
    mentioning = [found.article for found in index.matching(phrases, limit=_LOOKED_AT)]
    titled = _titled(ranking, names, [candidate.article for candidate in ranking.candidates] + mentioning)
    slugs = [*overview.see_also, *(entry.slug for entry in titled)]
    found = links(index, [slug for slug in slugs if slug != overview.slug])
    return Topic(" ".join(ranking.query.read), found[:_MOST_LINKS])


def topic_without_overview(ranking: Ranking) -> Topic | None:
    """Return the topic that the question is the bare name of, if several articles have it in their title."""
    if not is_bare_name(ranking.query, ranking.vocabulary):
        return None
    found = _titled(ranking, [ranking.query.terms], [candidate.article for candidate in ranking.candidates])
    if len(found) < _FEWEST_LINKS:
        return None
    return Topic(" ".join(ranking.query.read), tuple(Link(each.slug, each.title) for each in found[:_MOST_LINKS]))


def _titled(ranking: Ranking, names: Iterable[Sequence[str]], articles: Iterable[int]) -> list[Entry]:
    """Return those of the articles that have one of these names of a topic, as terms, in their title."""
    wanted, numbers = list(map(frozenset, names)), dict.fromkeys(articles)
    entries = ranking.vocabulary.index.entries_by_id(numbers)
    terms = {number: frozenset(ranking.vocabulary.terms_of(entries[number].title)) for number in numbers}
    return [entries[number] for number in numbers if any(name <= terms[number] for name in wanted)]
