"""What is asked of a topic by its name ("botox cost") leads to its overview or an article beside it.

The table is made from the bundled articles: the first name of every overview in every pattern. Of the questions that
were not answered once, and of some that were, readers of the articles judged which one answers them: topics_asked.tsv
has each with a slug, or "-" if none does, without those that make no sense.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from ora_cli import Article, Library
from ora_cli.index.cache import open_index
from ora_cli.matching.decision import NAMED, decide
from ora_cli.matching.ranking import Searcher
from ora_cli.matching.verdict import Status
from ora_cli.paths import bundled_articles
from ora_cli.text.words import words

OF_ANYTHING = ["what is {}", "{} treatment", "{} uk", "what is {} and how does it work"]
OF_A_TREATMENT = [
    *("{} side effects", "{} cost", "how much is {}", "{} recovery", "{} before and after", "is {} safe", "{} risks"),
    *("does {} work", "how long does {} last", "{} reviews", "is {} worth it"),
]
OF_ANYTHING_ELSE = [
    *("what are the symptoms of {}", "what causes {}", "how to treat {}", "how to prevent {}", "what helps with {}"),
    *("is {} dangerous", "{} complications", "how do i get rid of {}", "{} home remedies"),
    *("do you have information about {}", "is {} contagious", "how is {} diagnosed", "{} in children"),
]
# Of all questions: lead to the overview or an article beside it; are answered by another article, unless it lists them.
LEAST_LED, MOST_MISLED = 0.95, 0.005
# Of those judged: are answered by what says it, or by nothing if nothing does; are answered though nothing says it.
# Those that no article lists, as answered or not, are counted by themselves too.
LEAST_RIGHT, LEAST_RIGHT_UNLISTED, MOST_HALF = 0.95, 0.93, 0.015
JUDGED = Path(__file__).parent / "topics_asked.tsv"
# Are answered by the overview or an article beside it: what has been asked of treatments, and what is of all else.
LEAST_ANSWERED = {"common": 0.89, "more": 0.75}


def article(slug: str, title: str, *headings: str, **keys: object) -> dict[str, object]:
    sections = [{"heading": heading, "body": "More of it."} for heading in headings]
    return {"slug": slug, "title": title, "category": "c", "answer": "Yes.", "section": sections, **keys}


@pytest.fixture(scope="module")
def peels(tmp_path_factory: pytest.TempPathFactory) -> Library:
    file = tmp_path_factory.mktemp("peels") / "peels.jsonl"
    rows = [
        article(
            *("peel", "What is a peel?", "What it costs", "What you can do before"),
            topics=["peel", "face acid"],
            see_also=["peel-safe"],
            treatment=True,
            also_asked=["peel healing"],
            unanswered=["is a peel painful", "why are peels so expensive in the summer"],
        ),
        article("peel-safe", "Is a peel safe?"),
        article("lantern", "What is a lantern?", "What it costs", "Is it safe?", topics=["lantern"]),
        article(
            *("mask", "What is a mask?", "What it costs", "Is it safe?"),
            topics=["mask", "clay mask"],
            unanswered=["clay mask price"],
        ),
        article("glim-lamp", "Can a glim from a lamp be prevented, and does it need treatment?"),
        article("glim", "What is a glim?", "How to recognise it", "What you can do, and when to call", topics=["glim"]),
        {"synonym": {"terms": ["peel", "exfoliation"]}},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return Library.open([file], cache=file.parent / "cache")


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("what is a face acid", "peel"),
        ("exfoliation uk", "peel"),
        ("does a peel work", "peel"),
        ("how much does a peel cost", "peel"),
        ("are peels dangerous", "peel-safe"),
        ("peel side effects", "peel-safe"),
        ("is a lantern safe", "lantern"),
        ("do you have information about lanterns", "lantern"),
        ("what are the symptoms of a glim", "glim"),
        ("how do you treat a glim", "glim"),
        ("how much is a peel", "peel"),
        ("what is the recovery of a face acid", "peel"),
        ("face acid treatment", "peel"),
        ("is a mask safe", "mask"),
    ],
)
def test_what_is_asked_of_a_topic_is_answered(peels: Library, question: str, slug: str) -> None:
    """By the overview, or by the article beside it that tells it."""
    verdict = peels.ask(question)
    assert verdict.article is not None
    assert verdict.article.slug == slug


@pytest.mark.parametrize(
    "question",
    [
        *(
            "peel recovery in children",
            "glim prevention",
            "peel not working",
            "peel and lantern at christmas",
            "why do peels",
        ),
        "peel every day",
        *("who does peels", "where can i get a peel", "should i get a peel", "can i do a peel myself", "peel on her"),
        *("do you do peels", "what is a peel from", "is a peel complicated", "how to prevent a glim"),
        *("do i need a doctor for a peel", "how to get rid of a peel", "how much peel"),
        *("how much is a mask", "clay mask cost", "mask cost"),
    ],
)
def test_what_asks_more_than_is_told_is_not_named(peels: Library, question: str) -> None:
    """Nor what has a word beside the name that makes it another question, however common the word is."""
    assert peels.ask(question).confidence < 0.99


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("how do you treat a glim", "What you can do"),
        ("what helps with a glim", "What a doctor can do"),
        ("glim symptoms", "How to recognise it"),
        ("glim symptoms", "How to recognize it"),
        ("glim complications", "What can go wrong"),
        ("is a glim dangerous", "If something goes wrong"),
        ("glim recovery", "Afterwards"),
        ("is a glim contagious", "How it spreads"),
        ("is a glim infectious", "How you catch it"),
        ("is a glim contagious", "Where it is caught"),
        ("how to prevent glims", "How to avoid it"),
        ("how are glims diagnosed", "Tests"),
        ("glim in children", "In children"),
        ("how to get relief from a glim", "Treatment"),
        ("is a glim curable", "Treatment"),
    ],
)
def test_headings_tell_what_is_asked(tmp_path: Path, question: str, heading: str) -> None:
    """In their own words, which are seldom those of the question; without them the overview does not tell it."""
    named = {}
    for headings in ((heading,), ("What it is",)):
        file = tmp_path / f"{len(named)}.jsonl"
        rows = [article("glim", "What is a glim?", *headings, topics=["glim"]), article("peel", "What is a peel?")]
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        named[headings] = Library.open([file], cache=tmp_path / "cache").ask(question).confidence == NAMED
    assert list(named.values()) == [True, False]


def test_an_overview_is_found_however_far_it_is(tmp_path: Path) -> None:
    """Among many articles on its topic, and only in its category."""
    rows = [article("peel", "What is a peel?", topics=["peel"], answer="Lantern harbour anchor. " * 300)]
    rows += [article(f"peel-{n}", f"A peel number {n}?", category="d", also_asked=["peel what is"]) for n in range(40)]
    file = tmp_path / "peels.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    library = Library.open([file], cache=tmp_path / "cache")
    found = library.ask("what is a peel uk")
    assert found.article is not None
    assert found.article.slug == "peel"
    within = library.ask("what is a peel uk", category="d")
    assert within.article is None or within.article.slug != "peel"


@pytest.mark.parametrize("people", ["women", "men"])
def test_a_title_about_some_people_does_not_tell(tmp_path: Path, people: str) -> None:
    """What helps women with it is not what helps with it, though the words are general ones elsewhere."""
    file = tmp_path / "glims.jsonl"
    rows = [
        article("glim", "What is a glim?", "How to recognise it", topics=["glim"], see_also=["other"]),
        article("other", f"How do you treat a glim in {people}?", also_asked=[f"glim {people}"]),
    ]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    library = Library.open([file], cache=tmp_path / "cache")
    assert library.ask("how do you treat a glim").confidence < NAMED


class Bundled(NamedTuple):
    """The bundled articles by slug, in the order of the library, and what ranks them for a question."""

    articles: Mapping[str, Article]
    slugs: Mapping[int, str]
    searcher: Searcher

    def best(self, question: str) -> tuple[str, bool]:
        """Return the slug of the best match, "-" if there is none, and whether it answers. `ask` says more, slowly."""
        ranking = self.searcher.rank(question)
        if not ranking.candidates:
            return "-", False
        return self.slugs[ranking.candidates[0].article], decide(ranking).status is Status.ANSWERED


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Bundled:
    index = open_index([bundled_articles()], cache=tmp_path_factory.mktemp("cache"))
    slugs = {entry.id: entry.slug for entry in index.entries()}
    return Bundled({slug: index.article_by_id(number) for number, slug in slugs.items()}, slugs, Searcher(index))


def test_every_overview_is_found_by_what_is_asked_of_it(bundled: Bundled) -> None:
    """Or an article beside it tells, which answers most of them; hardly any is answered by another."""
    for kind, least_answered in LEAST_ANSWERED.items():
        outcomes = Counter(outcome(bundled, question, overview) for overview, question in table(bundled, kind))
        total = sum(outcomes.values())
        assert total > 1000
        assert (outcomes["answered"] + outcomes["nearest"]) / total >= LEAST_LED, (kind, outcomes)
        assert outcomes["answered"] / total >= least_answered, (kind, outcomes)
        assert outcomes["misled"] / total <= MOST_MISLED, (kind, outcomes)


def test_what_readers_judged_is_answered_so(bundled: Bundled) -> None:
    """By the article that says it, or not at all where none does."""
    articles = bundled.articles.values()
    listed = {tuple(words(line)) for each in articles for line in (*each.phrasings(), *each.unanswered)}
    everywhere, unlisted = Counter[str](), Counter[str]()
    for question, expected in (line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines()):
        slug, answered = bundled.best(question)
        outcome = as_judged(slug if answered else "-", expected)
        everywhere[outcome] += 1
        unlisted[outcome] += tuple(words(question)) not in listed
    for outcomes, least_right in ((everywhere, LEAST_RIGHT), (unlisted, LEAST_RIGHT_UNLISTED)):
        assert outcomes.total() > 2000
        assert outcomes["right"] / outcomes.total() >= least_right, outcomes
        assert outcomes["half"] / outcomes.total() <= MOST_HALF, outcomes


def as_judged(given: str, expected: str) -> str:
    """Return how what was given compares with what readers expect; "-" stands for no answer."""
    if given == expected:
        return "right"
    if given == "-":
        return "refused"
    return "half" if expected == "-" else "other"


def table(bundled: Bundled, kind: str) -> Iterator[tuple[Article, str]]:
    for overview in bundled.articles.values():
        common = [*OF_ANYTHING, *(OF_A_TREATMENT if overview.treatment else ())]
        patterns = common if kind == "common" else [] if overview.treatment else OF_ANYTHING_ELSE
        for topic in overview.topics[:1]:
            yield from ((overview, pattern.format(topic)) for pattern in patterns)


def outcome(bundled: Bundled, question: str, overview: Article) -> str:
    slug, answered = bundled.best(question)
    if slug == "-":
        return "elsewhere"
    first = bundled.articles[slug]
    beside = first.slug in (overview.slug, *overview.see_also) or overview.slug in first.see_also
    beside = beside or question in first.other_phrasings()
    if not beside:
        return "misled" if answered else "elsewhere"
    return "answered" if answered else "nearest"
