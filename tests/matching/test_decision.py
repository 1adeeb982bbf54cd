"""What the decision sees of the best match, and from which confidence on it is an answer.

The weights of the evidence are fitted, so they are no business of these tests: only what they are multiplied with is.
"""

from __future__ import annotations

from math import log

import pytest
from written import Row, article, ranking_of

from ora_cli.matching import decision
from ora_cli.matching.decision import Evidence, decide, evidence, missing_terms
from ora_cli.matching.features import Features
from ora_cli.matching.sections import SectionFeatures
from ora_cli.matching.verdict import Status
from ora_cli.matching.weights import MEANING, SECTIONS, WORDS

# Enough words of its own that a text has all that can be expected, and half of that.
LONG, HALF = (" ".join(f"w{number}" for number in range(count)) for count in (300, 97))


def seen(question: str, *rows: Row) -> Evidence:
    return evidence(ranking_of(question, *rows))


# --- the two thresholds ---


@pytest.mark.parametrize(
    ("confidence", "status"),
    [
        (0.71, Status.ANSWERED),
        (0.69, Status.SUGGESTED),
        (0.21, Status.SUGGESTED),
        (0.19, Status.NO_MATCH),
        (0.0, Status.NO_MATCH),
    ],
)
def test_status_follows_from_the_confidence(monkeypatch: pytest.MonkeyPatch, confidence: float, status: Status) -> None:
    """An answer needs .7, a suggestion .2."""
    monkeypatch.setattr(decision, "confidence", lambda *_: confidence)
    decided = decide(ranking_of("zorbel lantern", article("Does a zorbel hurt?")))
    assert (decided.status, decided.confidence) == (status, confidence)


def test_what_is_named_is_nearly_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the evidence, a title is an answer; but no answer is certain."""
    monkeypatch.setattr(decision, "confidence", lambda *_: 0.0)
    ranking = ranking_of("does a zorbel hurt", article("Does a zorbel hurt?"))
    decided = decide(ranking)
    assert decided.status is Status.ANSWERED
    assert 0.95 < decided.confidence < 1
    assert decide(ranking, answer_from=1).status is not Status.ANSWERED


def test_nothing_is_nothing() -> None:
    """Without a candidate there is no confidence."""
    decided = decide(ranking_of("pebble", article("Does a zorbel hurt?")))
    assert (decided.status, decided.confidence, decided.posteriors) == (Status.NO_MATCH, 0.0, ())


# --- what is missing ---

ZORBEL = article("Does a zorbel hurt?", answer=LONG)
SHORT_ZORBEL = article("Does a zorbel hurt?", answer=HALF)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("zorbel", 0.0),
        ("what is a zorbel", 0.0),
        ("lanterns", 0.0),
        ("w7", 1.0),
        ("what is w7", 1.0),
        ("zorbel w7", 0.0),
    ],
)
def test_what_is_no_more_than_mentioned_is_missing(question: str, missing: float) -> None:
    """One word is no question to an article that has it in its text alone, unless people ask by that word."""
    asked = ["lanterns", *(f"zorbel anchor{number}" for number in range(40))]
    assert seen(question, article("Does a zorbel hurt?", answer=LONG, also_asked=asked)).missing_weight == missing


def test_what_few_phrasings_leave_out_is_not_missing() -> None:
    """Where little is written down of what people ask, that they don't ask by a word says nothing."""
    assert seen("w7", article("Does a zorbel hurt?", answer=LONG, also_asked=["lanterns"])).missing_weight == 0


def test_what_the_article_lacks_counts_by_its_weight() -> None:
    """It is a share of the weight of the question; general words are not missed."""
    one, three = seen("does a zorbel hurt a lantern", ZORBEL), seen("zorbel hurt lantern harbour anchor", ZORBEL)
    assert 0 < one.missing_weight < three.missing_weight < 1
    assert seen("does a zorbel hurt today", ZORBEL).missing_weight == 0


def test_a_short_text_is_expected_to_have_less() -> None:
    """With half of 200 different terms, half of what is missing counts; beyond 200, nothing more."""
    question = "does a zorbel hurt a lantern"
    longer = article("Does a zorbel hurt?", answer=LONG + LONG.replace("w", "v"))
    full, half = seen(question, ZORBEL), seen(question, SHORT_ZORBEL)
    assert half.missing_weight == pytest.approx(full.missing_weight * 101 / 200, rel=0.02)
    assert seen(question, longer).missing_weight == full.missing_weight


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("I have a lantern. Does a zorbel hurt?", []),
        ("I have a lantern. Does a zorbel hurt a harbour?", ["harbour"]),
        ("I have a lantern. Does a zorbel bleed?", ["bleed", "lantern"]),
    ],
)
def test_circumstances_are_not_missed_where_the_question_has_a_subject(question: str, missing: list[str]) -> None:
    """Two terms of the last sentence that the article has are a subject; with fewer, all of the question counts."""
    assert sorted(missing_terms(ranking_of(question, ZORBEL))) == missing


@pytest.mark.parametrize(("text", "missing"), [("It hurts.", ["relief"]), ("Treatment: rest.", [])])
def test_a_word_for_an_intent_is_missed_where_there_is_none_for_it(text: str, missing: list[str]) -> None:
    """What tells of a treatment need not call it relief; what tells of none does not answer that."""
    assert missing_terms(ranking_of("zorbel relief", article("What is a zorbel?", answer=text))) == missing


# --- many and few phrasings ---


@pytest.mark.parametrize(
    ("phrasings", "value"), [(1, 0), (3, log(3) / log(10)), (5, log(5) / log(10)), (10, 1), (20, 1)]
)
def test_ten_phrasings_are_many(phrasings: int, value: float) -> None:
    """Their logarithm counts, up to ten."""
    also = [f"zorbel number{number}" for number in range(1, phrasings)]
    assert seen("zorbel pain", article("zorbel pain", also_asked=also)).phrasings == pytest.approx(value)


# --- the theme ---


def themed(having: int, of: int = 10) -> Row:
    """Return an article of which so many phrasings have the word `zorbel`, and all words that questions here have."""
    phrasings = [f"zorbel number{number}" for number in range(having)]
    phrasings += [f"quarvol number{number}" for number in range(having, of)]
    return article(phrasings[0], also_asked=phrasings[1:], answer=f"lantern harbour anchor velquin {LONG}")


@pytest.mark.parametrize(
    ("question", "row", "short_of"),
    [
        ("lantern number1", themed(10), 1),
        ("lantern number1", themed(9), 0.9),
        ("lantern number1", themed(8), 0.8),
        ("zorbel number1 lantern", themed(8), 0.2),
        ("lantern number1 harbour", themed(9), 0.9),
        ("lantern number1 harbour anchor", themed(9), 0),
        ("lantern number1", themed(9, of=9), 0),
    ],
)
def test_a_question_is_held_against_the_theme(question: str, row: Row, short_of: float) -> None:
    """What most of ten phrasings name, a question of at most three words must name; fewer phrasings have no theme."""
    found = seen(f"{question} pebble" if len(question.split()) < 3 else question, row)
    assert found.short_of_theme == pytest.approx(short_of)


# --- how far it is ahead ---


def test_the_margin_has_a_limit() -> None:
    """Without a runner-up the lead is the greatest there is, and what is named has just that."""
    twins = [article("Does a zorbel hurt?"), article("Does a zorbel hurt?", slug="again")]
    assert seen("zorbel pain", ZORBEL).margin == 6
    assert seen("does a zorbel hurt", ZORBEL, article("Does a lantern last?")).margin == 6
    named = ranking_of("does a zorbel hurt", *twins)
    assert named.candidates[0].score - named.candidates[1].score == pytest.approx(6)
    near = article("Does a zorbel hurt?", also_asked=["zorbels that hurt much"]), article("Does a zorbel hurt much?")
    assert 0 < seen("zorbel hurts", *near).margin < 6


def test_articles_that_fit_alike_share_the_probability() -> None:
    """Two of the same have half each."""
    same = [article("Does a zorbel hurt?"), article("Does a zorbel hurt?", slug="again")]
    found = seen("zorbel hurt", *same)
    assert (found.posterior, found.margin) == (pytest.approx(0.5), 0)


# --- what it wants to know ---


def test_other_intents_count_by_thirds() -> None:
    """What only the question wants to know, and what only the phrasing does."""
    found = seen("does a zorbel cause a symptom", article("Why do zorbels cost so much?"))
    assert found.intents_missing == pytest.approx(1 / 3)
    assert found.intents_extra == pytest.approx(2 / 3)


def test_a_slip_is_no_subject_that_the_article_lacks() -> None:
    """A word that neither an article nor English has is a slip, and not a missing subject."""
    chatter, subject = seen("does a zorbel hurt vrrmpt", ZORBEL), seen("does a zorbel hurt lantern", ZORBEL)
    assert chatter.missing_weight == 0
    assert subject.missing_weight > 0


def test_every_feature_and_piece_of_evidence_has_a_weight() -> None:
    """What was not fitted would count for nothing, and nobody would see it."""
    choosing, by_meaning = {"length", "text_alone"}, {"meaning", "meaning_unanswered"}
    assert {*MEANING.decision} == {*Evidence._fields} - choosing
    assert {*WORDS.decision} == {*MEANING.decision} - by_meaning
    assert {*MEANING.ranking} == {*Features._fields} - {"familiar"}
    assert {*WORDS.ranking} == {*MEANING.ranking} - by_meaning
    assert {*SECTIONS} == {*SectionFeatures._fields}
