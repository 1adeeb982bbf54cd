"""How good the answers are, beside plain baselines, on labelled question sets, all in one run.

    python benchmarks/quality.py [--model FOLDER] SET [SET ...]

A SET is a folder with `articles.toml` and `queries.tsv`, or a file such as tests/questions.toml; one that is not
there is skipped. Figures, over N answerable and M unanswerable questions:

    P@1     the best match is the expected article                                          over N
    R@5     the expected article is among the first five                                    over N
    R@P90   answered right by the threshold under which 90 % of all answers given are right over N
    C@R90   answered right by the threshold that refuses 90 % of the unanswerable           over N
    AUROC   confidence of the best match: answerable against unanswerable
    ECE     expected calibration error, ten equal bins (Guo et al. 2017, arXiv:1706.04599)
    right, wrong at the default threshold: right answers over N, wrong ones over N + M
    near    of the wrong ones, those by an article on the right subject that does not say what was asked, over N + M

The row "misspelt" asks `ora` the same questions with one random edit in each word of five letters or more. With the
folder of the model (the extra "semantic"), a row and a table tell what `ora` does with it.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import sqlite3
import string
import tempfile
import time
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from ora_cli import Library
from ora_cli.content.articles import Article
from ora_cli.content.reading import read_articles
from ora_cli.matching.decision import ANSWER_FROM
from ora_cli.paths import bundled_articles, user_folders
from ora_cli.text.informal import short_forms

Ranker = Callable[[str], list[tuple[str, float]]]

CACHE = (user_folders().cache or Path(tempfile.gettempdir())) / "benchmarks"
"""What the model has read, kept from one run to the next, for that takes minutes."""


@dataclass(frozen=True)
class Outcome:
    """What a question came to: the place of the first right article among the matches, and the best one's confidence.

    `near` says that the best match is on the right subject, though it does not say what was asked.
    """

    answerable: bool
    place: int | None
    confidence: float
    near: bool = False


class Asked(NamedTuple):
    """A question, the slugs of the articles that answer it (none if nothing does), and of those that are only near."""

    question: str
    right: frozenset[str]
    near: frozenset[str] = frozenset()
    kind: str = ""


def read_queries(source: Path) -> list[Asked]:
    """Return the questions of a set."""
    if source.suffix == ".toml":
        rows = tomllib.loads(source.read_text(encoding="utf-8"))["row"]
        return [
            Asked(
                row["question"],
                frozenset([row["slug"], *row.get("accept", ())] if "slug" in row else ()),
                frozenset(row.get("near", ())),
                row.get("kind", ""),
            )
            for row in rows
        ]
    lines = (source / "queries.tsv").read_text(encoding="utf-8").splitlines()[1:]
    pairs = (line.split("\t") for line in lines if line.strip())
    return [Asked(question, frozenset({expected} - {"-"})) for question, expected in pairs]


def article_files(source: Path) -> list[Path]:
    """Return the articles that a set asks about: its own, or the bundled ones."""
    return [bundled_articles() if source.suffix == ".toml" else source / "articles.toml"]


def figures(outcomes: Sequence[Outcome], threshold: float = ANSWER_FROM) -> dict[str, float]:
    """Return the figures named above; the last three for an answer from this confidence on."""
    answerable = [o for o in outcomes if o.answerable]
    other = sorted(o.confidence for o in outcomes if not o.answerable)
    count = len(answerable) or 1
    refusing = other[int(0.9 * len(other))] if other else 0.0
    given = [o for o in outcomes if o.confidence >= threshold]
    return {
        "P@1": sum(o.place == 0 for o in answerable) / count,
        "R@5": sum(o.place is not None and o.place < 5 for o in answerable) / count,
        "R@P90": right_at_precision(outcomes, 0.9) / count,
        "C@R90": sum(o.place == 0 and o.confidence > refusing for o in answerable) / count,
        "AUROC": auroc([o.confidence for o in answerable], other),
        "ECE": calibration_error(outcomes),
        "right": sum(o.place == 0 for o in given) / count,
        "wrong": sum(o.place != 0 for o in given) / (len(outcomes) or 1),
        "near": sum(o.place != 0 and o.near for o in given) / (len(outcomes) or 1),
    }


def at_threshold(outcomes: Sequence[Outcome]) -> str:
    """Return what the default threshold gives, in words."""
    row = figures(outcomes)
    return f"right {row['right']:.3f}, wrong {row['wrong']:.3f} (near {row['near']:.3f}), ECE {row['ECE']:.3f}"


def by_kind(queries: Sequence[Asked], outcomes: Sequence[Outcome]) -> str:
    """Return the table of what each kind of question comes to at the default threshold, wrong ones without the near."""
    lines = [
        "| kind | questions | with an answer | first | among three | right | near | wrong |",
        "|---" + "|---:" * 7 + "|",
    ]
    for kind in ["all", *dict.fromkeys(asked.kind for asked in queries)]:
        here = [o for asked, o in zip(queries, outcomes, strict=True) if kind in ("all", asked.kind)]
        answerable = [o for o in here if o.answerable]
        first, three = (sum(o.place is not None and o.place < n for o in answerable) for n in (1, 3))
        row = figures(here)
        shares = [
            first / len(answerable),
            three / len(answerable),
            row["right"],
            row["near"],
            row["wrong"] - row["near"],
        ]
        lines.append(f"| {kind} | {len(here)} | {len(answerable)} | " + " | ".join(f"{s:.3f}" for s in shares) + " |")
    return "\n".join(lines)


def right_at_precision(outcomes: Sequence[Outcome], precision: float) -> int:
    """Return the most right answers that one threshold gives while this share of the answers is right."""
    ordered = sorted(outcomes, key=lambda outcome: -outcome.confidence)
    right = most = 0
    for number, outcome in enumerate(ordered, 1):
        right += outcome.place == 0
        last_of_ties = number == len(ordered) or ordered[number].confidence != outcome.confidence
        if last_of_ties and right >= precision * number:
            most = right
    return most


def right_at_wrong(outcomes: Sequence[Outcome], share: float = 0.03) -> float:
    """Return the share of right answers while at most this share of all questions is answered wrongly."""
    right = wrong = most = 0
    for outcome in sorted(outcomes, key=lambda outcome: -outcome.confidence):
        right += outcome.place == 0
        wrong += outcome.place != 0
        if wrong > share * len(outcomes):
            break
        most = right
    return most / (sum(outcome.answerable for outcome in outcomes) or 1)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive has the higher value; `negative` is sorted."""
    if not positive or not negative:
        return math.nan
    wins = sum(bisect_left(negative, value) + bisect_right(negative, value) for value in positive) / 2
    return wins / len(positive) / len(negative)


def bins(outcomes: Sequence[Outcome]) -> Iterator[tuple[float, float, int]]:
    """Yield mean confidence, share right and number for each tenth of the confidence scale."""
    for tenth in range(10):
        here = [o for o in outcomes if min(9, int(o.confidence * 10)) == tenth]
        if here:
            yield sum(o.confidence for o in here) / len(here), sum(o.place == 0 for o in here) / len(here), len(here)


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """Return how far confidence is from the share that is right, on average."""
    return sum(abs(confidence - right) * count for confidence, right, count in bins(outcomes)) / (len(outcomes) or 1)


def reliability(outcomes: Sequence[Outcome]) -> str:
    """Return the table of confidence against the share that is right."""
    rows = [f"| {confidence:.2f} | {right:.2f} | {count} |" for confidence, right, count in bins(outcomes)]
    return "\n".join(["| confidence | right | questions |", "|---:|---:|---:|", *rows])


def read_phrasings(folder: Path) -> list[tuple[str, str]]:
    """Return every phrasing of every article with the article's slug."""
    articles = (record for record in read_articles(article_files(folder)[0]) if isinstance(record, Article))
    return [(each.slug, phrasing) for each in articles for phrasing in (each.title, *each.other_phrasings())]


def misspelt(question: str, rng: random.Random) -> str:
    """Return the question with one random edit (insert, delete, replace, swap) in each word of five letters or more."""

    def edit(word: re.Match[str]) -> str:
        text = word[0]
        place = rng.randrange(len(text) - 1)
        letter = rng.choice(string.ascii_lowercase)
        before, here, after = text[:place], text[place], text[place + 1 :]
        edits = (before + letter + here + after, before + after, before + letter + after)
        return rng.choice([*edits, before + after[0] + here + after[1:]])

    return re.sub(r"[A-Za-z]{5,}", edit, question)


def hurried(question: str, rng: random.Random) -> str:
    """Return the question with three words as typed in a hurry: a short form, or a letter left out or doubled."""
    words = question.split()
    places = [place for place, word in enumerate(words) if len(word) > 2 and word.isalpha()]
    for place in rng.sample(places, min(3, len(places))):
        word = words[place].lower()
        shorter = [short for short, spelled in short_forms().items() if spelled == [word]]
        at = rng.randrange(1, len(word))
        edited = [word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]]
        words[place] = rng.choice(shorter or edited)
    return " ".join(words)


def robustness(library: Library, queries: Sequence[Asked], rng: random.Random) -> str:
    """Return how often a question in a hurry finds the same article, and is still answered by it."""
    pairs = [(library.ask(q.question), library.ask(hurried(q.question, rng))) for q in queries]
    found = [(one, other) for one, other in pairs if one.matches]
    same = sum(one.matches[0].slug == (other.matches[0].slug if other.matches else None) for one, other in found)
    given = [(one.article, other.article) for one, other in pairs if one.article]
    still = sum(other is not None and one.slug == other.slug for one, other in given)
    return f"three slips: the same article first {same / len(found):.3f}, still answered by it {still / len(given):.3f}"


def best_of(pairs: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return each article once, at its best, best first."""
    best: dict[str, float] = {}
    for slug, score in pairs:
        best[slug] = max(score, best.get(slug, score))
    return sorted(best.items(), key=lambda item: -item[1])[:5]


def rapidfuzz_ranker(scorer: Callable[..., float]) -> Callable[[Path], Ranker]:
    """Return a baseline that compares the question with every phrasing as a string."""

    def make(folder: Path) -> Ranker:
        slugs, texts = zip(*((slug, phrasing.lower()) for slug, phrasing in read_phrasings(folder)), strict=True)

        def rank(question: str) -> list[tuple[str, float]]:
            found = process.extract(question.lower(), texts, scorer=scorer, limit=50)
            return best_of([(slugs[number], score / 100) for _, score, number in found])

        return rank

    return make


def fts5_ranker(folder: Path) -> Ranker:
    """Return the baseline of SQLite's own BM25 over single phrasings, stemmed."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE phrasing USING fts5(slug UNINDEXED, text, tokenize='porter unicode61')")
    database.executemany("INSERT INTO phrasing VALUES (?, ?)", read_phrasings(folder))

    def rank(question: str) -> list[tuple[str, float]]:
        words = "".join(ch if ch.isalnum() else " " for ch in question).split()
        match = " OR ".join(f'"{word}"' for word in words)
        query = "SELECT slug, -bm25(phrasing) FROM phrasing WHERE phrasing MATCH ? ORDER BY 2 DESC LIMIT 50"
        return best_of(database.execute(query, (match,)).fetchall() if match else [])

    return rank


def character_ranker(folder: Path) -> Ranker:
    """Return the baseline of character 3-5-gram vectors, tf-idf weighted, compared by cosine."""
    phrasings = read_phrasings(folder)
    grams = [_grams(phrasing) for _, phrasing in phrasings]
    frequency = Counter(gram for counts in grams for gram in counts)

    def vector(counts: Counter[str]) -> dict[str, float]:
        values = {
            gram: (1 + math.log(count)) * math.log((1 + len(phrasings)) / (1 + frequency[gram]))
            for gram, count in counts.items()
        }
        norm = math.sqrt(sum(value * value for value in values.values())) or 1.0
        return {gram: value / norm for gram, value in values.items()}

    postings: dict[str, list[tuple[int, float]]] = {}
    for number, counts in enumerate(grams):
        for gram, value in vector(counts).items():
            postings.setdefault(gram, []).append((number, value))

    def rank(question: str) -> list[tuple[str, float]]:
        scores: dict[int, float] = {}
        for gram, share in vector(_grams(question)).items():
            for number, other in postings.get(gram, ()):
                scores[number] = scores.get(number, 0.0) + share * other
        return best_of([(phrasings[number][0], score) for number, score in scores.items()])

    return rank


def _grams(text: str) -> Counter[str]:
    padded = [f" {word} " for word in "".join(ch if ch.isalnum() else " " for ch in text.lower()).split()]
    return Counter(word[i : i + n] for word in padded for n in (3, 4, 5) for i in range(len(word) - n + 1))


def ora_ranker(folder: Path, model: Path | None = None) -> Ranker:
    """Return `ora` itself."""
    library = open_library(folder, model)
    return lambda question: [(match.slug, match.confidence) for match in library.ask(question).matches]


def open_library(source: Path, model: Path | None = None) -> Library:
    """Return the library that a set asks about, indexed anew."""
    for index in CACHE.glob("index-*"):
        index.unlink()
    return Library.open(article_files(source), cache=CACHE, model=model)


RANKERS: dict[str, Callable[[Path], Ranker]] = {
    "RapidFuzz WRatio": rapidfuzz_ranker(fuzz.WRatio),
    "RapidFuzz token_set_ratio": rapidfuzz_ranker(fuzz.token_set_ratio),
    "SQLite FTS5 BM25, best phrasing": fts5_ranker,
    "character 3-5-gram cosine": character_ranker,
    "ora": ora_ranker,
}


def measure(rank: Ranker, queries: Sequence[Asked]) -> tuple[list[Outcome], float]:
    """Return the outcomes, and how many questions a second were asked."""
    outcomes = []
    started = time.perf_counter()
    for asked in queries:
        matches = rank(asked.question)
        slugs = [slug for slug, _ in matches]
        place = next((place for place, slug in enumerate(slugs) if slug in asked.right), None)
        near = bool(slugs) and slugs[0] in asked.near
        outcomes.append(Outcome(bool(asked.right), place, matches[0][1] if matches else 0.0, near))
    return outcomes, len(queries) / (time.perf_counter() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare ora with plain baselines on labelled question sets.")
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="the model, to measure what it brings")
    parser.add_argument("sets", nargs="+", type=Path)
    names = ["P@1", "R@5", "R@P90", "C@R90", "AUROC"]
    args = parser.parse_args()
    for folder in args.sets:
        if not (folder.is_file() or (folder / "queries.tsv").exists()):
            print(f"{folder}: not there, skipped\n")
            continue
        print(f"| {folder.name} | " + " | ".join(names) + " | questions/s |")
        print("|---" + "|---:" * (len(names) + 1) + "|")
        queries = read_queries(folder)
        for name, make in RANKERS.items():
            outcomes, speed = measure(make(folder), queries)
            row = figures(outcomes)
            print(f"| {name} | " + " | ".join(f"{row[key]:.3f}" for key in names) + f" | {speed:.0f} |", flush=True)
        plain = outcomes
        rng = random.Random(20261122)
        outcomes, speed = measure(
            RANKERS["ora"](folder), [each._replace(question=misspelt(each.question, rng)) for each in queries]
        )
        edited = figures(outcomes)
        print("| ora, misspelt | " + " | ".join(f"{edited[key]:.3f}" for key in names) + f" | {speed:.0f} |")
        if args.model:
            helped, speed = measure(ora_ranker(folder, args.model), queries)
            row = figures(helped)
            print("| ora, with the model | " + " | ".join(f"{row[key]:.3f}" for key in names) + f" | {speed:.0f} |")
        for name, shown in [("ora", plain), *([("ora with the model", helped)] if args.model else [])]:
            print(f"\n{name} at its default threshold: {at_threshold(shown)}")
            if any(asked.kind for asked in queries):
                print("\n" + by_kind(queries, shown))
        print("\n" + robustness(open_library(folder), queries, rng) + "\n")


if __name__ == "__main__":
    main()
