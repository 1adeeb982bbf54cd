"""The editorial rules of `ora check --strict`: what each one finds, and that a good article passes them all."""

from __future__ import annotations

import builtins
import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from conftest import ora_here

from ora_cli.authoring.check import check_files
from ora_cli.authoring.editorial import HIGHEST_GRADE, reading_ease
from ora_cli.authoring.sentences import sentences
from ora_cli.errors import ExitCode, OraError
from ora_cli.paths import bundled

GOOD = """
[[category]]
slug = "home-care"
name = "Home care"

[[source]]
id = "mudford-guide"
title = "A guide to clay"
publisher = "Mudford Institute"
url = "https://example.org/clay_guide"
kind = "reference"
date = "2021-05"
accessed = 2026-01-02

[[source]]
id = "clay-trial"
title = "A trial of wet earth"
publisher = "Annals of Invented Results"
url = "https://example.org/trial"
kind = "study"

[[source]]
id = "warning-leaflet"
title = "A leaflet of warnings"
publisher = "Mudford Institute"
url = "https://example.org/leaflet"
kind = "health-service"

[[red_flag]]
sign = "tongue"
name = "Swollen tongue"
grade = "EMERGENCY"
rules = ["swollen tongue"]
examples = ["my swollen tongue"]
message = "Call the emergency number now."
sources = ["warning-leaflet"]

[[article]]
slug = "clay-mask-time"
title = "How long does a clay mask stay on?"
category = "home-care"
answer = \"\"\"
A clay mask stays on for 10 minutes, or until it turns pale [^mudford-guide]. Take it off sooner if your skin stings,
and do not sleep with it on. If your face is sore the next day, leave the next mask out.
\"\"\"
urgent = "Wash it off at once if the skin burns [^mudford-guide]."
also_asked = [
  "when should i rinse off mud",
  "minutes before removing a face pack",
  "leaving bentonite on overnight",
  "kaolin drying time",
  "my mask has cracked, is it too late",
  "fell asleep with green goo on",
  "does the earth need to dry out fully",
  "how soon can the pack be washed away",
  "wet or dry when peeling it",
  "timer for a pore cleansing treatment",
  "is half an hour excessive",
  "thick layers and waiting",
  "pale colour means done",
  "tight feeling under the paste",
  "steam bath while wearing mud",
  "duration of a rhassoul session",
  "spa said twenty, box says five",
  "sensitive cheeks and shorter sessions",
  "why can't it sit there all evening",
  "wearing the stuff during a film",
]
reviewed = 2026-02-03
see_also = ["gloves-at-night"]
[[article.section]]
heading = "Why not longer"
body = \"\"\"
Dry clay draws **water** from the skin and cracks [^mudford-guide]. The skin below can then feel tight and look red
for an hour or so [^clay-trial]. In one small trial, 2.4% of the people had such red skin, e.g. on the cheeks, after
they had slept with a mask on [^clay-trial].

- **Thin layers** dry faster than thick ones [^mudford-guide].
- Steam slows the drying down, and so does a damp room [^clay-trial]
\"\"\"
[[article.section]]
heading = "How to take it off"
body = \"\"\"
Use warm water and a soft cloth, and take your time over it. Do not rub, and do not scratch at the dry parts with your
nails. Let the water make the clay soft first, and then wipe it away in small rounds. Pat the face dry with a towel, and
put on a plain cream while the skin is still a little damp. If the skin stays red until the next day, leave the next
mask out and ask a pharmacist what to do [^mudford-guide].
\"\"\"

[[article]]
slug = "gloves-at-night"
title = "Do cotton gloves help dry hands at night?"
category = "home-care"
answer = \"\"\"
Yes, over a thick cream they keep hands soft, since the cream stays where you put it [^mudford-guide] [^clay-trial].
Wear them for a week before you judge. If a crack bleeds or does not close, show it to a nurse or a doctor.
\"\"\"
also_asked = [
  "should i sleep in mittens",
  "chapped knuckles in winter",
  "fingers splitting from frost",
  "greasy ointment on the bedsheets",
  "overnight hand treatment",
  "socks for palms",
  "petroleum jelly then fabric",
  "nurse with raw fingers from washing",
  "rough palms like sandpaper",
  "do white liners do anything",
  "best material against cracks, silk or latex",
  "can i wear something to bed for my thumbs",
  "gardener's leathery grip",
  "will my hand lotion rub off on the pillow",
  "sanitiser ruined my knuckles",
  "how many nights until they heal",
  "old remedy my grandmother swore by, mitts",
  "wool itches, what else",
  "dishwater skin repair while asleep",
  "is plastic wrap a substitute",
]
reviewed = 2026-02-03
see_also = ["clay-mask-time"]
[[article.section]]
heading = "What they do"
body = \"\"\"
A glove keeps the cream where it is, so that less of it ends up on the bed [^mudford-guide]. Cotton lets some air
through, and the hand does not sweat as it would in rubber. Wash the pair often, because old grease can smell and feed
germs. Many people find that one week is enough for them to see a change, but nobody has tested this well so far.
\"\"\"
[[article.section]]
heading = "When they are not enough"
body = \"\"\"
Deep cracks that bleed need more than a glove. See a doctor or a nurse, who can look for a rash or for a germ that has
got in. Go on the same day if the hand is hot and swollen, or if red lines run up the arm. Say what you touch at work,
since soap, cement and wet food are common causes. Rubber gloves on top of
the thin ones keep water out while you wash up [^clay-trial]. Take them off when they get wet inside.
\"\"\"
"""
PHRASING = '"wearing the stuff during a film"'
MANY = "wax yarn zinc oats plum rust malt jade fern dusk cork brie silt".split()  # noqa: SIM905 -- words, no data


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write(tmp_path, GOOD)


def write(folder: Path, text: str) -> Path:
    file = folder / "good.toml"
    file.write_text(text, encoding="utf-8")
    return file


def changed(*changes: tuple[str, str]) -> str:
    """Return the good articles with each part replaced where it stands first."""
    text = GOOD
    for part, other in changes:
        assert part in text
        text = text.replace(part, other, 1)
    return text


def found(file: Path) -> list[tuple[str | None, str | None, str]]:
    return [(problem.article, problem.key, problem.what) for problem in check_files([file], strict=True)]


def section(number: int) -> str:
    return "".join('[[article.section]]\nheading = "Part"\nbody = "Some words on it."\n' for _ in range(number))


MASK = "clay-mask-time"
ANSWER = "A clay mask stays on for 10 minutes, or until it turns pale [^mudford-guide]."
YES = "Yes, over a thick cream they keep hands soft"
OFF = GOOD[GOOD.index('[[article.section]]\nheading = "How to') : GOOD.index('\n[[article]]\nslug = "gloves')]
WHY = '[[article.section]]\nheading = "Why not longer"'
GLOVES = "gloves-at-night"
MORE = (
    "".join(
        f'[[source]]\nid = "s{n}"\ntitle = "T"\npublisher = "P"\nurl = "https://example.org/{n}"\nkind = "study"\n'
        for n in range(7)
    )
    + "[[red_flag]]"
)
CREAM = "put on a plain cream while the skin is still a little damp."
HARD = "Dermatological complications necessitate interdisciplinary evaluation by experienced professionals. " * 10
LONG = "it is " + "so very old and " * 30 + "dry. "
BROKEN: dict[str, tuple[tuple[tuple[str, str], ...], str, str, str]] = {
    "title is no question": ((("stay on?", "stay on"),), MASK, "title", "is not a question"),
    "answer too long": (((ANSWER, "So it is. " * 21),), MASK, "answer", "has 91 words"),
    "answer too short": (
        (("Take it off sooner if your skin stings,\nand do not sleep with it on. ", ""),),
        MASK,
        "answer",
        "words",
    ),
    "two figures in the answer": ((("turns pale [", "turns pale after 8 ["),), MASK, "answer", "has 2 figures"),
    "a body as speaker": (
        (("A clay mask stays", "The NHS lets a clay mask stay"),),
        MASK,
        "answer",
        "begins with 'NHS'",
    ),
    "no straight answer": (((YES, "Over a thick cream they keep hands soft"),), GLOVES, "answer", "straight away"),
    "about the sources": (
        ((CREAM, "put on a cream. The sources used here do not say which."),),
        MASK,
        "body",
        "about sources",
    ),
    "statistics": (((CREAM, "put on a cream (odds ratio 3)."),), MASK, "body", "is statistics"),
    "nobody to turn to": (
        (("mask out and ask a pharmacist what to do", "mask out"),),
        MASK,
        "section",
        "sends the reader to nobody",
    ),
    "treatment without pregnancy": ((("see_also", "treatment = true\nsee_also"),), MASK, "section", "pregnancy"),
    "treatment for everybody": ((("see_also", "treatment = true\nsee_also"),), MASK, "section", "nobody is told"),
    "no patient page": ((('kind = "reference"', 'kind = "review"'),), MASK, "footnote", "no patient page"),
    "many sources": (
        ((CREAM, CREAM + "".join(f" So [^s{n}]." for n in range(7))), ("[[red_flag]]", MORE)),
        MASK,
        "footnote",
        "cites 9 sources",
    ),
    "one section": (((OFF, ""),), MASK, "section", "has 1 section"),
    "many sections": (((WHY, section(5) + WHY),), MASK, "section", "has 7 sections"),
    "short sections": (((OFF, section(1)),), MASK, "section", "words in its sections"),
    "no authority": ((("[^clay-trial]", "[^mudford-guide]"),) * 4, MASK, "footnote", "cites 1 source"),
    "never reviewed": ((("reviewed = 2026-02-03\n", ""),), MASK, "reviewed", "is missing"),
    "reviewed tomorrow": ((("reviewed = 2026-02-03", "reviewed = 2999-02-03"),), MASK, "reviewed", "in the future"),
    "published tomorrow": ((('"2021-05"', '"2999-05"'),), "source mudford-guide", "date", "2999-05 is in the future"),
    "seen tomorrow": ((("2026-01-02", "2999-01-02"),), "source mudford-guide", "accessed", "is in the future"),
    "few phrasings": (((f"  {PHRASING},\n", ""),), MASK, "also_asked", "has 19 phrasings"),
    "many phrasings": (
        (
            (
                PHRASING,
                ", ".join(f'"{one} {other} {third}"' for one, other, third in product(MANY, MANY[:5], MANY[5:9])),
            ),
        ),
        MASK,
        "also_asked",
        "has 279 phrasings",
    ),
    "no see_also": ((('see_also = ["gloves-at-night"]\n', ""),), MASK, "see_also", "is missing"),
    "own see_also": ((('["gloves-at-night"]', f'["{MASK}"]'),), MASK, "see_also", "names the article itself"),
    "dead see_also": ((('["gloves-at-night"]', '["gloves"]'),), MASK, "see_also", "no article 'gloves'"),
    "figure": (
        (("Wash it off at once if the skin burns [^mudford-guide].", "Count to 10. Wash it off."),),
        MASK,
        "urgent",
        "figure without a footnote: 'Count",
    ),
    "per cent": (
        (("[^mudford-guide]. The skin below", "[^mudford-guide].\n\nTen per cent do.\n\nThe skin below"),),
        MASK,
        "body",
        "'Ten per cent do.'",
    ),
    "figure in a list": ((("- **Thin", "- Use 2 layers\n\n- **Thin"),), MASK, "body", "'- Use 2 layers'"),
    "late mark": (
        (("cracks [^mudford-guide].", "cracks. [^mudford-guide]"),),
        MASK,
        "body",
        "after the full stop of 'cracks.'",
    ),
    "unused source": ((('sources = ["warning-leaflet"]\n', ""),), "source warning-leaflet", "id", "nothing cites"),
    "plain http": (
        (("https://example.org/trial", "http://example.org/trial"),),
        "source clay-trial",
        "url",
        "not secure",
    ),
    "copy host": (
        (("https://example.org/trial", "https://www.scribd.com/1"),),
        "source clay-trial",
        "url",
        "shows copies",
    ),
    "staging host": (
        (("https://example.org", "https://staging.example.org"),),
        "source mudford-guide",
        "url",
        "copies",
    ),
    "catalogue": ((("https://example.org", "https://ekatalog.example.org"),), "source mudford-guide", "url", "copies"),
    "phrasing of another": (
        (('"is plastic wrap', f'{PHRASING.replace("the stuff", "The Stuff")}, "is plastic wrap'),),
        "gloves-at-night",
        "also_asked",
        f"is asked in {MASK} too",
    ),
    "phrasing without a subject": (
        ((PHRASING, '"what should i do about it"'),),
        MASK,
        "also_asked",
        "names no subject",
    ),
    "stolen phrasing": (
        ((PHRASING, '"do cotton gloves help dry hands at night"'),),
        MASK,
        "also_asked",
        "is asked in gloves-at-night too",
    ),
    "phrasing that is another's title": (
        (("How long does a clay mask stay on?", "Should I sleep in mittens?"),),
        "gloves-at-night",
        "also_asked",
        "is asked in clay-mask-time too",
    ),
    "typo": (((CREAM, CREAM.replace("cream", "craem")),), MASK, "body", "unknown word 'craem'"),
    "typo in a heading": ((("Why not longer", "Why not lnoger"),), MASK, "heading", "unknown word 'lnoger'"),
    "typo in the title": (
        (("Do cotton gloves", "Do cotton gloevs"),),
        "gloves-at-night",
        "title",
        "unknown word 'gloevs'",
    ),
    "hard words": ((("Use warm water", HARD + "Use warm water"),), MASK, "body", "reads like school grade"),
    "long sentences": ((("Use warm water", LONG * 4 + "Use warm water"),), MASK, "body", "words on average"),
}


def test_good_articles_pass(good: Path) -> None:
    """Articles after the rules give no findings, with "e.g.", decimals and bullets in them."""
    assert found(good) == []


@pytest.mark.parametrize(("changes", "article", "key", "what"), BROKEN.values(), ids=BROKEN)
def test_rule_finds_what_breaks_it(
    tmp_path: Path, changes: tuple[tuple[str, str], ...], article: str, key: str, what: str
) -> None:
    """Each rule names the article, the key and what is wrong."""
    problems = found(write(tmp_path, changed(*changes)))
    assert any(problem[:2] == (article, key) and what in problem[2] for problem in problems), problems


def test_nearly_the_same_article_is_found(tmp_path: Path) -> None:
    """The later one of two articles that say the same is named, with the other."""
    mask = GOOD[GOOD.index("[[article]]") : GOOD.index('\n[[article]]\nslug = "gloves')]
    copy = mask.replace(f'"{MASK}"', '"mud-time"').replace(CREAM, "")
    problems = found(write(tmp_path, GOOD + copy))
    assert any(
        (article, key) == ("mud-time", "body") and f"nearly the same as {MASK}" in what
        for article, key, what in problems
    )


def test_slug_is_unique_among_the_files(tmp_path: Path, good: Path) -> None:
    """Two files can't both have an article of one name."""
    other = tmp_path / "other.toml"
    other.write_text(GOOD, encoding="utf-8")
    problems = check_files([good, other], strict=True)
    assert [problem.article for problem in problems if problem.key == "slug"] == [MASK, "gloves-at-night"]


def test_findings_on_one_article_stand_together(tmp_path: Path) -> None:
    """Somebody who mends an article finds all about it in one place, those on sources first."""
    text = changed(("/trial", "/trial/"), ("https:", "http:"), (CREAM, CREAM.replace("cream", "craem")))
    text = text.replace("reviewed = 2026-02-03\n", "").replace("help dry", "hlep dry")
    articles = [article for article, _, _ in found(write(tmp_path, text))]
    assert articles == ["source mudford-guide", MASK, MASK, "gloves-at-night", "gloves-at-night"]


def test_other_files_are_checked_beside_a_broken_one(tmp_path: Path) -> None:
    """A file that does not load keeps no other from being held to the rules."""
    broken = tmp_path / "broken.toml"
    broken.write_text("[[article", encoding="utf-8")
    file = write(tmp_path, changed(("stay on?", "stay on")))
    assert [problem.key for problem in check_files([broken, file], strict=True)] == [None, "title"]
    assert check_files([broken], strict=True) == check_files([broken])


def test_articles_elsewhere_do_not_count(good: Path, own_folder: Path) -> None:
    """What else the user has neither is checked nor wins a phrasing."""
    thief = "".join(line for line in GOOD.splitlines(keepends=True) if "stay" in line or "rinse" in line)
    (own_folder / "own.toml").write_text(thief + "[[broken", encoding="utf-8")
    assert found(good) == []


def test_rules_are_off_without_the_option(tmp_path: Path) -> None:
    """What is merely not up to the rules is fine for the user's own articles."""
    assert check_files([write(tmp_path, changed(("stay on?", "stay on")))]) == []


def test_command_tells_the_findings(tmp_path: Path, good: Path) -> None:
    """`--strict` prints a row for each finding and exits with 1; JSON has the same fields; a good file is clean."""
    clean = ora_here("check", "--strict", good)
    assert (clean.code, clean.stdout, clean.stderr) == (0, "", "1 file: clean\n")
    broken = tmp_path / "broken.toml"
    broken.write_text(changed(("stay on?", "stay on")), encoding="utf-8")
    rows = ora_here("check", "--strict", broken)
    assert rows.code == 1
    assert rows.stdout == f'{broken}\t{MASK}\ttitle\tis not a question\tend it with "?"\n'
    [finding] = json.loads(ora_here("check", "--strict", "--json", broken).stdout)["findings"]
    assert finding["file"] == str(broken)
    assert (finding["article"], finding["key"], finding["what"]) == (MASK, "title", "is not a question")
    assert ora_here("check", broken).code == 0


@pytest.mark.parametrize("library", ["spellchecker", "textstat"])
def test_missing_library_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch, good: Path, library: str) -> None:
    """Without the extra, the strict check says how to get it; the plain check works."""
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == library:
            raise ImportError(f"No module named {name!r}")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    assert check_files([good]) == []
    with pytest.raises(OraError) as caught:
        check_files([good], strict=True)
    assert caught.value.code is ExitCode.USAGE
    assert caught.value.hint == 'pip install "ora-cli[check]"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("It grew by 2.4 mm, e.g. Botox did [^a.b]. So", ["It grew by 2.4 mm, e.g. Botox did [^a.b].", "So"]),
        ('(Or not.) "So?" she said. next', ["(Or not.)", '"So?" she said. next']),
        (
            "A line\nruns on.\n\nA part\n- **Bold.** Rest\n- other",
            ["A line runs on.", "A part", "Bold.", "Rest", "other"],
        ),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    """Neither a decimal nor an abbreviation ends a sentence; a paragraph and a bullet do."""
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The colour of the moisturiser, the anaesthetist's licence and an oestrogen cream.",
        "Ask at Xylomed, or at the NHS. MedlinePlus has more on B12b and can't be far off.",
        "Well-known long-term skin-friendly hyaluronic acid, and the patients' own tretinoin.",
    ],
)
def test_right_words_pass(tmp_path: Path, text: str) -> None:
    """British spellings, names, possessives, compounds and the words of the trade are no mistakes."""
    text = text.replace("B12b and", "B12b [^mudford-guide] and")
    assert found(write(tmp_path, changed((CREAM, f"{CREAM} {text}")))) == []


def test_reading_ease_is_that_of_the_formula() -> None:
    """Eleven words of one syllable in two sentences, the second one a bullet: worked out by hand."""
    grade, mean = reading_ease("The cat sat on the **mat** [^a].\n- It ate 1 fat rat")
    assert mean == 5.5
    assert grade == pytest.approx(0.39 * 5.5 + 11.8 * 1 - 15.59, abs=0.001)
    assert reading_ease("") == (0.0, 0.0)
    assert HIGHEST_GRADE == 11


def test_word_list_is_kept_in_order() -> None:
    """The project's words stand one a line, sorted, each once, none of them in the other list."""
    lines = bundled("spelling.txt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted({line.casefold().strip() for line in lines})
    assert not set(lines) & set(bundled("words.txt").read_text(encoding="utf-8").split())
