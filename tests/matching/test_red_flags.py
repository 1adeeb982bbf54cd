"""Signs of danger over the bundled articles: which message must bring up which notice, and which must bring up none."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ora_cli import Library
from ora_cli.content.articles import GRADES
from ora_cli.matching.danger import CALM, bundled_model, read_model, seen_sign
from ora_cli.paths import bundled_articles
from ora_cli.text.word_groups import bundled_groups, normalised

TABLE = tomllib.loads((Path(__file__).parents[1] / "red_flags.toml").read_text(encoding="utf-8"))
SIGNS = 29
LONGEST_NOTICE = 60


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library.open([bundled_articles()], cache=tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize("row", TABLE["fires"], ids=lambda row: row["question"][:60])
def test_danger_is_seen(bundled: Library, row: dict[str, str]) -> None:
    """The notice is that of the sign, or a graver one."""
    flag = bundled.red_flag(row["question"])
    assert flag is not None
    expected = next(known for known in bundled.red_flags() if known.sign == row["sign"])
    assert flag.sign == expected.sign or GRADES.index(flag.grade) < GRADES.index(expected.grade)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Skin beside my fingernail is swollen with pus, should I pop it?", True),
        ("ipl burn stripes legs", True),
        ("My doctor suggested Botox for my migraines, where do they inject it?", False),
        ("Can I still get gel manicures if my nails are lifting off the bed?", False),
    ],
)
def test_what_is_urgent_stands_first_for_who_may_tell_of_it(bundled: Library, question: str, first: bool) -> None:
    """There is too little for a notice of its own; the article's note comes before its title, or behind its answer."""
    verdict = bundled.ask(question, min_confidence=0)
    assert verdict.red_flag is None
    assert verdict.article is not None
    assert verdict.article.urgent
    assert verdict.urgent_first is first


# Itching in pregnancy is a sign only where a pregnancy is told of.
ITCHING = {
    "what makes you itch all over without a rash": None,
    "itchy palms and soles every night, nothing to see": None,
    "my dad has been itching all over for months, no rash": None,
    "grandad itching all over no rash": None,
    "itchy palms no rash, i am a man": None,
    "jock itch wont go away used clotrimazole 2 wks": None,
    "my husband says stop scratching, 34 weeks and my palms itch all night, no rash": "pregnancy-itch",
    "my boyfriend worries, im pregnant and my hands and feet itch like mad, no rash": "pregnancy-itch",
    "29 weeks and my palms itch like mad at night": "pregnancy-itch",
    "33+4 and the soles of my feet itch all night, no rash": "pregnancy-itch",
    "itching all over at night, no rash, month eight": "pregnancy-itch",
}


@pytest.mark.parametrize(("message", "sign"), ITCHING.items())
def test_itching_in_pregnancy_is_a_sign_only_in_pregnancy(bundled: Library, message: str, sign: str | None) -> None:
    """A notice that sends a father, or a woman of seventy, to the midwife helps nobody."""
    flag = bundled.red_flag(message)
    assert (flag and flag.sign) == sign


@pytest.mark.parametrize("question", TABLE["silent"], ids=lambda question: question[:60])
def test_calm_messages_raise_nothing(bundled: Library, question: str) -> None:
    """A worry, a general question, what is long past and what somebody read bring up no notice."""
    assert bundled.red_flag(question) is None


def test_an_answer_carries_the_notice(bundled: Library) -> None:
    """A question gets the notice with whatever else it gets."""
    flag = bundled.ask("i can't swallow after masseter botox").red_flag
    assert flag is not None
    assert flag.sign == "toxin-spread"


def test_every_sign_has_a_notice_and_is_seen(bundled: Library) -> None:
    """Each notice has sources, says what to do in the UK and the US, and is short; the model knows its sign."""
    flags = bundled.red_flags()
    assert {flag.sign for flag in flags} == bundled_model().start.keys() - {CALM}
    assert len(flags) == SIGNS
    for flag in flags:
        assert flag.sources, flag.sign
        assert "UK" in flag.message, flag.sign
        assert "US" in flag.message, flag.sign
        assert len(flag.message.split()) <= LONGEST_NOTICE, flag.sign
        assert {"EMERGENCY": "911", "TODAY": "today"}[flag.grade] in flag.message + "911" * (
            "emergency room" in flag.message
        )


def test_each_sign_stands_in_the_table() -> None:
    """There is a message for each sign."""
    assert {row["sign"] for row in TABLE["fires"]} == bundled_model().start.keys() - {CALM}


@pytest.mark.parametrize(
    ("now", "not_now"),
    [
        ("my lips are blue and i am short of breath after bbl", "no blue lips and no shortness of breath after bbl"),
        ("i can't see out of one eye after filler", "i can't see any difference after filler"),
        ("my scar split open and is bleeding", "my scar split open in 2015, all healed, can i have laser"),
        ("swallowing is hard since my botox", "can botox make swallowing hard"),
        (
            "my sister's face has dropped on one side",
            "i read about a woman whose face dropped after filler, is it true",
        ),
        ("my toddler drank nail polish remover", "what should i do if a toddler ever drank nail polish remover"),
        ("i'm on accutane and pregnant", "i finished accutane two years ago and am pregnant now, all fine?"),
    ],
)
def test_now_is_told_from_not_now(now: str, not_now: str) -> None:
    """What is denied, long past, supposed or heard of others is not what happens now."""
    assert seen_sign(now) is not None
    assert seen_sign(not_now) is None


@pytest.mark.parametrize("story", TABLE["stories"], ids=lambda story: story[:30])
def test_long_stories_without_danger(story: str) -> None:
    """Several hundred words of plans, questions and family raise nothing."""
    assert seen_sign(story) is None


@pytest.mark.parametrize("story", TABLE["stories"], ids=lambda story: story[:30])
@pytest.mark.parametrize(
    "line",
    [
        "Since this morning I cannot see out of my left eye.",
        "now my calf is swollen and hot and I am short of breath",
        "my throat is closing and my tongue is swelling",
        "since the accutane i cry every day and want to die",
    ],
)
@pytest.mark.parametrize("place", [0.0, 1.0])
def test_danger_in_a_long_story(story: str, line: str, place: float) -> None:
    """A story of several hundred words does not hide a line of danger at its beginning or its end."""
    sentences = story.split(". ")
    middle = round(place * len(sentences))
    assert seen_sign(". ".join([*sentences[:middle], line, *sentences[middle:]])) is not None


@pytest.mark.parametrize(
    "message",
    [
        "I CAN'T BREATHE SINCE MY BOTOX!!!",
        "botox yesterday\n\ncan't swallow\nvoice gone",
        "botox 😭😭 cant swallow 🆘",
        "“My tongue’s swelling”, she says — after hair dye",  # noqa: RUF001
        "cnt brethe propaly since my botoks",
    ],
)
def test_however_it_is_typed(message: str) -> None:
    """Capitals, line breaks, emoji, quotation marks and slips change nothing."""
    assert seen_sign(message) is not None


def test_groups_are_written_as_messages_are_read() -> None:
    """No word or phrase of a group is spelled as no message is once its short forms are read out."""
    for name, expressions in bundled_groups().items():
        assert expressions == [normalised(each) for each in expressions], name
        assert len(set(expressions)) == len(expressions), name


def test_weights_are_looked_up_in_the_file() -> None:
    """The first feature is found, the last, and one between; what is not there weighs nothing."""
    model = read_model(
        "# What it is.\n\n0.64\n\nburn -1.0\ncalm +0.5\n\na\tburn -0.5\na b\tcalm -2.0, burn +1.5\nb\tcalm +3.0\n"
    )
    assert (dict(model.start), model.threshold) == ({"burn": -1.0, "calm": 0.5}, 0.64)
    assert {feature: dict(model.weights[feature]) for feature in model.weights} == {
        "a": {"burn": -0.5},
        "a b": {"calm": -2.0, "burn": 1.5},
        "b": {"calm": 3.0},
    }
    assert all(model.weights.get(absent) is None for absent in ("", "0", "a ", "a c", "c", "~"))


def test_bundled_weights_are_sorted() -> None:
    """They are searched by halves."""
    features = list(bundled_model().weights)
    assert features == sorted(features, key=lambda feature: f"{feature}\t")


def test_weights_are_of_groups_that_exist() -> None:
    """The model knows no group that the file of groups lacks, and each group weighs something."""
    names = bundled_groups().keys()
    weighed = {name for feature in bundled_model().weights for name in re.findall(r"\{(.+?)\}", feature)}
    assert {name if name in names else name.removeprefix("no ") for name in weighed} == names


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    """Whatever is typed is read without an error, and a probability comes out."""
    sign = seen_sign(text)
    assert sign is None or 0 <= sign.probability <= 1
