"""The public API: open a library of articles and ask it. Everything the command line does goes through it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from ora_cli import paths
from ora_cli.content.articles import Article, Category, RedFlag, Source
from ora_cli.content.locations import article_files, default_locations, files_that_exist
from ora_cli.errors import ExitCode, OraError
from ora_cli.index.cache import OnProgress, forget_index, open_index
from ora_cli.index.database import ArticleFile, Entry, Index
from ora_cli.index.files import cache_problem
from ora_cli.matching.danger import may_tell_of_danger
from ora_cli.matching.decision import ANSWER_FROM, LIKELY_FROM, NAMED, SURE, Decision, decide
from ora_cli.matching.ranking import Ranking, Searcher
from ora_cli.matching.red_flags import RedFlags
from ora_cli.matching.sections import best_sections, section_about
from ora_cli.matching.topics import links, read_next, topic_of, topic_without_overview
from ora_cli.matching.verdict import Link, Match, Status, Verdict
from ora_cli.text.cleaning import clean

if TYPE_CHECKING:
    from datetime import date

    from ora_cli.semantic.model import Model
    from ora_cli.semantic.store import UnusedModelError
    from ora_cli.semantic.vectors import Vectors

DEFAULT_MATCHES = 5
# How many slugs are named of those that begin as something typed.
_NAMED = 10

_T = TypeVar("_T")


class Library:
    """A collection of articles that answers questions. Create one with `open`; threads may share it and take turns."""

    def __init__(self, index: Index, reopen: Callable[[], Index]) -> None:
        self._index = index
        self._reopen = reopen
        self._turn = RLock()
        self._model: Model | None = None
        self.cache_problem: str | None = None
        """Why the existing cache folder is not used, with the remedy; None if it is used or does not exist."""
        self.model_problem: str | None = None
        """Why the model is not used; None if it is used or none is named."""

    @classmethod
    def open(
        cls,
        articles: Sequence[Path | str] | None = None,
        *,
        configured: Sequence[Path] = (),
        cache: Path | str | None = None,
        model: Path | str | None = None,
        allow_stale: bool = False,
        on_progress: OnProgress | None = None,
    ) -> Library:
        """Open the default library, or exactly the articles at these files and folders.

        `configured` adds files and folders to the default library, as the configuration of the command line does.
        `cache` is the folder for the index; the default is the user's cache folder. `model` is the folder of the
        language model for questions whose words are not sure; it reads the library once, which takes some minutes.
        With `allow_stale`, a library that would take long to index is opened as it was last indexed. `on_progress` is
        called during indexing, and while the model reads, with the share of the work that is done, 0 to 1.

        Raises:
            OraError: a file or folder has no articles or cannot be read; with `allow_stale`, also if it was never
                indexed. Mistakes in an article file raise its subclass ArticleFileError; in the default library such a
                file is left out instead (see `files`). Or the folder of the model lacks its files, or numpy is
                missing, which reads it.
        """
        stored = Path(cache) if cache is not None else paths.user_folders().cache
        if articles is None:
            locations = default_locations(configured)
            files = files_that_exist(locations)
        else:
            locations = list(map(Path, articles))
            files = article_files(locations)
        skip_broken = articles is None
        opened = partial(
            open_index,
            files,
            locations=locations,
            cache=stored,
            skip_broken=skip_broken,
            allow_stale=allow_stale,
            on_progress=on_progress,
        )

        def reopen() -> Index:
            forget_index(locations, cache=stored, skip_broken=skip_broken)
            return opened()

        library = cls(opened(), reopen)
        library.cache_problem = cache_problem(stored) if stored else None
        if model is not None:
            library._use_model(Path(model), stored, on_progress)
        return library

    def ask(
        self,
        question: str,
        *,
        category: str | None = None,
        limit: int = DEFAULT_MATCHES,
        min_confidence: float | None = None,
        explain: bool = False,
    ) -> Verdict:
        """Return the verdict on a question: the article that answers it, or why none does.

        `limit` (at least 1) is the maximal number of matches returned. `min_confidence` (0 to 1) is what an answer
        needs, by default `decision.ANSWER_FROM`.

        Raises:
            ValueError: `limit` or `min_confidence` is out of range.
            OraError: there is no such category.
        """
        if limit < 1:
            raise ValueError(f"limit must be at least 1, not {limit}")
        if min_confidence is not None and not 0 <= min_confidence <= 1:
            raise ValueError(f"min_confidence must be between 0 and 1, not {min_confidence}")
        if category is not None:
            category = self.category(category).slug
        threshold = ANSWER_FROM if min_confidence is None else min_confidence
        return self._recovering(lambda _: self._ask(question, category, limit, threshold, explain))

    def article(self, name: str) -> Article:
        """Return the article with this name: its slug in any case, a unique start of one, its title or its topic.

        Other words are taken as a question, and the article is the one that answers it; what looks like a slug
        and names none is no question.

        Raises:
            OraError: there is none, or several could be meant.
        """
        if article := self.article_by_slug(name):
            return article
        verdict = self.ask(name)
        like_a_slug = "-" in name and len(name.split()) == 1
        if verdict.article is None or (like_a_slug and verdict.confidence < NAMED):
            raise self._no_article(clean(name), verdict)
        return verdict.article

    def article_by_slug(self, name: str) -> Article | None:
        """Return the article with this slug, present or former, in any case, or else the only one that begins so."""
        from ora_cli.text.words import slug_of

        slug = slug_of(clean(name))
        typed = clean(name).strip().lower()
        article = self._recovering(lambda index: index.article(typed) or index.article(slug))
        if article is not None or not slug:
            return article
        found = self.slugs(slug, limit=2)
        return self.article_by_slug(found[0][0]) if len(found) == 1 else None

    def _no_article(self, name: str, verdict: Verdict) -> OraError:
        from ora_cli.text.wording import nearest
        from ora_cli.text.words import slug_of

        slug = slug_of(name)
        starting = [found for found, _ in self.slugs(slug, limit=_NAMED)] if slug else []
        if starting:
            hint = f"one of: {', '.join(starting)}"
            return OraError(f"{name!r} is the start of several slugs", code=ExitCode.NOTHING, hint=hint)
        near = nearest(name, (entry.slug for entry in self.entries()))
        if near is None and not verdict.outside and verdict.matches:
            near = verdict.matches[0].slug
        hint = f"did you mean: {near}" if near else "list them with: ora list"
        return OraError(f"no article {name!r}", code=ExitCode.NOTHING, hint=hint)

    def section(self, article: Article, words: str) -> str:
        """Return the heading of the section of an article that these words are about.

        Raises:
            OraError: there is none.
        """
        heading = self._recovering(lambda _: section_about(words, article, self._searcher.vocabulary))
        if heading is None:
            headings = " · ".join(part.heading for part in article.sections)
            hint = f"its sections: {headings}" if headings else "it has no sections"
            raise OraError(f"{article.slug} has no section about {clean(words)!r}", code=ExitCode.NOTHING, hint=hint)
        return heading

    def location(self, article: Article) -> Path:
        """Return the file that an article comes from; `Article.origin` is the same path, fit for display."""
        return Path(os.fsdecode(self._recovering(lambda index: index.location(article.slug))))

    def answering(self, question: str) -> str | None:
        """Return the slug of the article that answers a question, None if none does: a part of `ask`, sooner."""
        return self._recovering(lambda _: self._answering(question))

    def links(self, article: Article) -> tuple[Link, ...]:
        """Return the articles to read after this one, with their titles."""
        return self._recovering(lambda index: links(index, article.see_also))

    def random_article(self) -> Article:
        """Return a random article."""
        slug = self._recovering(Index.random_slug)
        if slug is None:
            raise OraError("there are no articles", code=ExitCode.NOTHING)
        return self.article(slug)

    def entries(self, *, category: str | None = None, reviewed_before: date | None = None) -> list[Entry]:
        """Return the entries of all articles, of those in a category, or of those not reviewed since a day."""
        if category is not None:
            category = self.category(category).slug
        entries = self._recovering(lambda index: list(index.entries(category=category)))
        if reviewed_before is None:
            return entries
        return [entry for entry in entries if not entry.reviewed or entry.reviewed < reviewed_before.isoformat()]

    def slugs(self, prefix: str = "", *, limit: int) -> list[tuple[str, str]]:
        """Return the slugs that start with `prefix`, sorted, each with its title.

        If there are more than `limit`, the result has the first ones and the very last.
        """
        return self._recovering(lambda index: index.slugs(prefix, limit=limit))

    def categories(self) -> list[tuple[Category, int]]:
        """Return the categories, each with its number of articles."""
        return self._recovering(Index.categories)

    def sources(self) -> list[tuple[Source, Sequence[str]]]:
        """Return all sources, each with the slugs of the articles that cite it."""
        return self._recovering(lambda index: list(index.sources()))

    def sources_with_id(self, source_id: str) -> list[tuple[Source, Sequence[str]]]:
        """Return the sources with this id, which each file gives for itself, with what cites them."""
        wanted = source_id.strip().lower()
        return [(source, slugs) for source, slugs in self.sources() if source.id == wanted]

    def red_flag(self, message: str) -> RedFlag | None:
        """Return the sign of danger that a message has, as `ask` does too, or None."""
        return self._recovering(lambda _: self._red_flags.find(message))

    def red_flags(self) -> list[RedFlag]:
        """Return the signs of danger that are looked for, each with its notice."""
        return self._recovering(lambda index: [index.red_flag(entry.id) for entry in index.signs()])

    @property
    def has_bundled(self) -> bool:
        """Whether the program's own articles are among these."""
        return any(file.path == str(paths.bundled_articles()) for file in self.files())

    def files(self) -> list[ArticleFile]:
        """Return the files of the library; a file with a `problem` was left out."""
        return self._recovering(Index.files)

    @cached_property
    def _searcher(self) -> Searcher:
        return Searcher(self._index)

    @cached_property
    def _red_flags(self) -> RedFlags:
        return RedFlags(self._index)

    def _use_model(self, folder: Path, cache: Path | None, on_progress: OnProgress | None) -> None:
        """Let a model help where the words are not sure, once it has read the articles; or note why it cannot."""
        from ora_cli.semantic.model import Model
        from ora_cli.semantic.store import UnusedModelError

        model = self._model = Model(folder, cache)
        try:
            self._recovering(lambda index: model.read(index, on_progress))
        except UnusedModelError as error:
            self._leave_model(error)

    def _leave_model(self, reason: UnusedModelError) -> None:
        self._model, self.model_problem = None, f"the model is not used: {reason}"

    @cached_property
    def _vectors(self) -> Vectors:
        assert self._model
        return self._model.vectors(self._index)

    def _by_meaning(self, ranking: Ranking) -> Ranking:
        """Return the ranking with the help of the model, or as it is if the model turns out not to be usable."""
        from ora_cli.semantic.store import UnusedModelError

        try:
            vectors = self._vectors
            from ora_cli.matching.meaning import ranked_by_meaning

            return ranked_by_meaning(ranking, vectors)
        except UnusedModelError as error:
            self._leave_model(error)
            return ranking

    def _recovering(self, look_up: Callable[[Index], _T]) -> _T:
        """Run a look-up on the index; if that turns out to be damaged, build it anew and run the look-up once more."""
        with self._turn:
            try:
                return look_up(self._index)
            except sqlite3.DatabaseError:
                self._index.close()
                self._index = self._reopen()
                if vectors := self.__dict__.pop("_vectors", None):
                    vectors.close()
                self.__dict__.pop("_searcher", None)
                self.__dict__.pop("_red_flags", None)
                return look_up(self._index)

    def category(self, name: str) -> Category:
        """Return the category with this slug or name, in any case.

        Raises:
            OraError: there is none.
        """
        from ora_cli.text.words import slug_of

        known, wanted = [category for category, _ in self.categories()], slug_of(name)
        for category in known:
            if name == category.slug or (wanted and wanted in (category.slug, slug_of(category.name))):
                return category
        from ora_cli.text.wording import nearest

        near = nearest(name, [category.slug for category in known])
        hint = f"did you mean: {near}" if near else "list them with: ora categories"
        raise OraError(f"no category {clean(name)!r}", code=ExitCode.USAGE, hint=hint)

    def _decided(self, question: str, category: str | None, threshold: float) -> tuple[Ranking, Decision]:
        ranking = self._searcher.rank(question, category=category)
        decision = decide(ranking, answer_from=threshold)
        if self._model and decision.confidence < SURE:
            ranking = self._by_meaning(ranking)
            decision = decide(ranking, answer_from=threshold)
        return ranking, decision

    def _answering(self, question: str) -> str | None:
        ranking, decision = self._decided(question, None, ANSWER_FROM)
        answered = decision.status is Status.ANSWERED
        return self._index.article_by_id(ranking.candidates[0].article).slug if answered else None

    def _ask(self, question: str, category: str | None, limit: int, threshold: float, explain: bool) -> Verdict:
        ranking, decision = self._decided(question, category, threshold)
        query = ranking.query
        verdict = Verdict(
            query=query.text,
            status=decision.status,
            confidence=decision.confidence,
            matches=self._matches(ranking, decision, limit),
            corrections=query.corrections,
            red_flag=self._red_flags.find(question),
        )
        if explain and ranking.candidates:
            from ora_cli.matching.explain import explanation

            verdict = verdict._replace(explanation=explanation(ranking, threshold))
        if decision.status is Status.ANSWERED:
            return self._answered(verdict, ranking, decision)
        from ora_cli.matching.refusal import NO_OVERVIEW, NOT_SAID, refusal

        if topic := topic_without_overview(ranking):
            return verdict._replace(status=Status.SUGGESTED, topic=topic, reason=NO_OVERVIEW)
        why = refusal(ranking, category=category)
        if why.reason == NOT_SAID:
            return verdict._replace(**why._asdict())
        outside = why.outside or decision.far
        if decision.confidence >= LIKELY_FROM and not outside:
            verdict = verdict._replace(likely=self._index.article_by_id(ranking.candidates[0].article))
        return verdict._replace(**why._asdict() | {"outside": outside})

    def _answered(self, verdict: Verdict, ranking: Ranking, decision: Decision) -> Verdict:
        best = ranking.candidates[0]
        article = self._index.article_by_id(best.article)
        return verdict._replace(
            article=article,
            sections=()
            if ranking.topic
            else best_sections(ranking.query, article, ranking.vocabulary, best.document.phrasings.lines),
            see_also=read_next(ranking, decision.posteriors, article),
            urgent_first=bool(article.urgent) and may_tell_of_danger(verdict.query),
            topic=topic_of(ranking, article) if ranking.topic else None,
        )

    def _matches(self, ranking: Ranking, decision: Decision, limit: int) -> tuple[Match, ...]:
        candidates = ranking.candidates[:limit]
        entries = self._index.entries_by_id([candidate.article for candidate in candidates])
        matches = []
        for candidate, share in zip(candidates, decision.posteriors, strict=False):
            entry = entries[candidate.article]
            article = self._index.article_by_id(candidate.article)
            phrasing = article.phrasings()[candidate.phrasing]
            field = article.phrasing_key(candidate.phrasing)
            confidence = decision.confidence * (share / decision.posteriors[0])
            matches.append(Match(entry.slug, entry.title, entry.category, entry.origin, confidence, (field, phrasing)))
        return tuple(matches)
