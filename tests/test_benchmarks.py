"""The benchmarks run and measure what they say; how long things take is not tested here."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import collection
import pytest
import red_flags

from ora_cli.content.articles import Article
from ora_cli.content.reading import read_articles
from ora_cli.matching.danger import bundled_model
from ora_cli.text.word_groups import bundled_groups

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def run(program: str, *args: str) -> str:
    """Run a benchmark on the `ora` of the tests and return what it prints."""
    ora = Path(sys.executable).with_name("ora")
    command = [sys.executable, str(BENCHMARKS / program), "--ora", str(ora), *args]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


def test_same_seed_makes_same_collection(tmp_path: Path) -> None:
    """A collection depends on its size and its seed alone."""
    made = [
        collection.make(tmp_path / f"{name}.jsonl", 30, questions=40, seed=seed)
        for name, seed in (("one", 1), ("again", 1), ("other", 2))
    ]
    one, again, other = (each.file.read_bytes() for each in made)
    assert one == again != other
    assert made[0].questions == made[1].questions != made[2].questions


def test_collection_is_sound(tmp_path: Path) -> None:
    """Made-up articles are article files like any other, and the questions are on them."""
    made = collection.make(tmp_path / "made.jsonl", 30, questions=40, seed=1)
    articles = list(read_articles(made.file))
    slugs = {article.slug for article in articles if isinstance(article, Article)}
    assert len(slugs) == made.articles == 30
    assert len(made.questions) == 40
    assert {slug for slug, _ in made.questions} == slugs


def test_bundled_articles_are_copied_whole(tmp_path: Path) -> None:
    """The copy of the bundled articles holds all that their own file holds."""
    made = collection.copy_bundled(tmp_path / "copy.jsonl", questions=5, seed=1)
    copied = Counter(type(record) for record in read_articles(made.file))
    assert copied == Counter(type(record) for record in read_articles(collection.BUNDLED))


def test_words_are_as_frequent_as_the_law_says() -> None:
    """The word of a rank comes in proportion to (rank + 2.7) ** -1.1."""
    words = collection.Words(random.Random(1))
    drawn = Counter(words.draw() for _ in range(50_000))
    total = sum((other + 2.7) ** -1.1 for other in range(1, 400_001))
    for rank, (_, count) in enumerate(drawn.most_common(3), 1):
        assert count / 50_000 == pytest.approx((rank + 2.7) ** -1.1 / total, rel=0.1)


def test_startup_times_every_command() -> None:
    """Each command is either in the table or named with the reason why not."""
    shown = run("startup.py", "--rounds", "1", "--runs", "1")
    for name in (
        "python -c pass",
        "tldr, a cached page",
        "ora ask … on a terminal",
        "the first question",
        "the first question, own articles",
        "every question without a cache folder",
        "ora list",
        "completion of a slug",
    ):
        assert re.search(rf"^(\| |Left out: ){re.escape(name)}(: | \|)", shown, re.MULTILINE), shown
    assert "| Typer, two commands, one word |" in shown


def test_scale_measures_engines_that_are_there() -> None:
    """An engine has a row in each table, or is left out with a note."""
    shown = run("scale.py", "40", "--engines", "ora", "bm25s", "--rounds", "1", "--questions", "20")
    assert len(re.findall(r"^\| 40 \|.* ora \|", shown, re.MULTILINE)) == 2
    right = float(re.findall(r"ora \|.* (\S+) \|$", shown, re.MULTILINE)[-1])
    assert right > 0.8
    assert "bm25s" in shown


def test_rules_to_compare_with_are_sound() -> None:
    """The rules that the model is compared with are of its signs and of groups that exist, and see something."""
    rules = red_flags.read_rules()
    assert {sign for sign, _ in rules} == bundled_model().start.keys() - {"calm"}
    assert {name for _, rule in rules for name in rule.groups()} <= bundled_groups().keys()
    assert red_flags.Rules().sign("cant see since my filler") == "filler-sight"
    assert red_flags.Rules().joined("the filler was lovely") is None


def test_what_articles_are_asked_raises_no_notice() -> None:
    """Hardly a title or phrasing raises a notice; after many new articles the model wants to be fitted again."""
    raised, count = red_flags.raised_phrasings()
    assert len(raised) <= count / 200, "\n".join(text for _, text in raised)
