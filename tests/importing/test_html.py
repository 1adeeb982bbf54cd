"""What pages declare, as programs and people write it: JSON-LD in all its wrappings, microdata and RDFa."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import pytest
from test_importing import faq, imported, page, question, reasons, taken

SO = json.dumps(faq(question("Why?", "So.")))
TWO = json.dumps([faq(question("Why?", "So.")), {"@type": "WebPage"}])

# A script that asks "Why?" and says "So.".
SCRIPTS = {
    "comment": f"<!--\n{SO}\n-->",
    "CDATA": f"<![CDATA[{SO}]]>",
    "CDATA in comments of lines": f"//<![CDATA[\n{SO}\n//]]>",
    "CDATA in comments": f"/*<![CDATA[*/ {SO} /*]]>*/",
    "semicolon": f"{SO} ;\n",
    "byte order mark": f"\ufeff{SO}",
    "array": TWO,
    "two values": f'{SO}\n{{"@type": "WebPage"}}',
    "graph": json.dumps(
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, faq(question("Why?", "So."))]}
    ),
    "commas at an end": SO.replace("}]", "},\n]").replace('"}', '",}'),
    "comma and comment": SO.replace("}]", "}, // the last\n]"),
    "comments within": SO.replace('"mainEntity"', '/* all of it */ "mainEntity"').replace("[", "[ // the first\n", 1),
    "escaped": SO.replace('"', "&quot;"),
    "escape of JavaScript": SO.replace('"So."', '"So.", "author": "O\\\'Neil, \\"MD\\" // x"'),
    "line break in a text": SO.replace("https://schema.org", "https://schema\n.org"),
}


def script(text: str) -> str:
    return f'<!doctype html><title>x</title><script type="application/ld+json">{text}</script><p>Hello'


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_data_is_read_however_it_is_wrapped(tmp_path: Path, text: str) -> None:
    """Programs wrap it for browsers of long ago, and people write it by hand."""
    found = imported(tmp_path, "a.html", script(text))
    assert [(article.title, article.answer) for article in taken(found)] == [("Why?", "So.")]
    assert not found.skipped


def test_text_that_looks_like_a_comment_stays() -> None:
    """What JSON does not need changed is not changed, even where something else in the script is."""
    from ora_cli.importing.structured import _data

    value = {"a": 'https://x, /* y */ ,} "z"', "b": [1]}
    assert _data(json.dumps(value)[:-1] + ",}") == [value]


# What stands under "acceptedAnswer", and the answer.
ANSWERS = {
    "text alone": ("So.", "So."),
    "several texts": ({"@type": "Answer", "text": ["So.", "<p>Or so.</p>"]}, "So.\n\nOr so."),
    "text with a language": ({"@type": "Answer", "text": {"@value": "So.", "@language": "en"}}, "So."),
}


@pytest.mark.parametrize("case", ANSWERS.values(), ids=ANSWERS)
def test_forms_of_an_answer(tmp_path: Path, case: tuple[object, str]) -> None:
    """All that the rules of JSON-LD allow."""
    value, expected = case
    [article] = taken(imported(tmp_path, "a.html", page({**question("Why?"), "acceptedAnswer": value})))
    assert article.answer == expected


MICRODATA = """
<div itemscope itemtype="https://schema.org/FAQPage"><h1 itemprop="name">Questions</h1>
<section itemprop="mainEntity" itemscope itemtype="https://schema.org/Question">
<h3 itemprop="name">How many <b>cells</b>?</h3>
<div itemprop="acceptedAnswer" itemscope itemtype="https://schema.org/Answer">
<div itemprop="text"><p>About 10<sup>6</sup>.</p><ul><li itemprop="text">One</li><li>Two</li></ul></div> Helpful?
</div></section>
<section itemprop="mainEntity" itemscope itemtype="https://schema.org/Question">
<meta itemprop="name" content="Why &lt;b&gt;?">
<div itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer"><p itemprop="text">No.</p>
<span itemprop="upvoteCount">2</span></div>
<div itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer"><p itemprop="text">So.</p>
<span itemprop="upvoteCount" content="12">a dozen</span></div>
</section></div>
"""
RDFA = (
    MICRODATA.replace("itemscope itemtype", "typeof")
    .replace("itemprop", "property")
    .replace('<div typeof="https://schema.org/FAQPage"', '<div vocab="https://schema.org/" typeof="FAQPage"')
    .replace('property="name"', 'property="schema:name"')
)


@pytest.mark.parametrize("markup", [MICRODATA, RDFA], ids=["microdata", "RDFa"])
def test_questions_that_elements_declare(tmp_path: Path, markup: str) -> None:
    """Microdata and RDFa are read with their markup, which is how a reader sees it."""
    articles = taken(imported(tmp_path, "a.html", f"<body>{markup}"))
    assert [(article.title, article.answer) for article in articles] == [
        ("How many cells?", "About 10⁶.\n\n- One\n- Two"),
        ("Why ?", "So."),
    ]


def test_question_declared_twice_is_one(tmp_path: Path) -> None:
    """Themes and plug-ins declare the same in JSON-LD and in the elements; what only one has is taken."""
    data = page(faq(question("How many cells?", "About 10<sup>6</sup>.")))
    found = imported(tmp_path, "a.html", data.replace("<p>Hello.</p>", MICRODATA))
    assert [article.title for article in taken(found)] == ["How many cells?", "Why ?"]
    assert [why for _, why in reasons(found)] == ["the other answers, 1 of them: an article has one"]


def test_page_in_latin_1_has_the_quotation_marks_of_windows(tmp_path: Path) -> None:
    """Browsers take ISO-8859-1 for Windows-1252; otherwise "don't" would become "dont"."""
    text = script(json.dumps(faq(question("Why?", "Don’t “rinse” – £5.")), ensure_ascii=False))  # noqa: RUF001
    for charset in ("iso-8859-1", "windows-1252", "us-ascii"):
        content = f'<meta charset="{charset}">{text}'.encode("cp1252")
        [article] = taken(imported(tmp_path, "a.html", content))
        assert article.answer == "Don’t “rinse” – £5."  # noqa: RUF001


TEXT = '<div itemprop="text"><i itemscope></i>'
HOSTILE = {
    "brackets": script("[" * 1_000_000),
    "braces": script('{"a":' * 200_000),
    "quotes": script('{"a": "' + '\\"' * 500_000),
    "one quote after another": script("[" + '"' * 1_000_001),
    "comments without end": script("[" + "/*" * 500_000),
    "blanks and semicolons": script("{}" + " ;" * 500_000 + "x"),
    "commas": script("[" + ", " * 500_000),
    "many values": script("{} " * 300_000),
    "objects in objects": f"<body><div itemscope>{TEXT * 3_000}{'x' * 100_000}",
    "values in values": f"<body><div itemscope>{'<div itemprop=text>' * 3_000}{'x' * 100_000}",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_data_takes_no_longer_than_text(tmp_path: Path, content: str) -> None:
    """Whatever is repeated is read once."""
    began = process_time()
    assert not imported(tmp_path, "a.html", content).taken
    assert process_time() - began < 2
