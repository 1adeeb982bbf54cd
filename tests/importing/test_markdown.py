"""Markdown as it is written for GitHub and for site generators."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_importing import imported, reasons, taken

# FAULTS 1 to 4: what stands below a heading that asks, and the answer.
ANSWERS = {
    "powers": (
        "About 10<sup>6</sup> cells for 12<sup>3</sup> weeks, **5 < 6** & H<sub>2</sub>O[^x].",
        "About 10⁶ cells for 12³ weeks, **5 < 6** & H₂O[x].",
    ),
    "list with powers": ("- 10<sup>6</sup>\n- b<br>c", "- 10⁶\n- b c"),
    "code that looks like HTML": ("`<sup>` is a tag, 10<sup>6</sup>", "<sup> is a tag, 10⁶"),
    "table": (
        "Prices:\n\n"
        "| What | Price | Weeks |\n|---|--:|---|\n| **Peel** | 90 | 2<sup>1</sup> |\n| Frown | 20 | |\n\nSo.",
        "Prices:\n\nWhat: Price; Weeks\n\n- **Peel**: 90; 2¹\n- Frown: 20; –\n\nSo.",  # noqa: RUF001
    ),
    "table of two columns": ("| What | Price |\n|---|---|\n| Peel | 90 |", "What: Price\n\n- Peel: 90"),
    "blocks of HTML": (
        "<div>\n<p>Two<p>weeks</div>\n\nOr:\n\n<ul><li>a<li>b</ul>\n",
        "Two\n\nweeks\n\nOr:\n\n- a\n- b",
    ),
}


@pytest.mark.parametrize("case", ANSWERS.values(), ids=ANSWERS)
def test_answer_in_markdown_is_read_as_it_is_meant(tmp_path: Path, case: tuple[str, str]) -> None:
    """No figure changes, and a row of a table is a bullet."""
    text, expected = case
    found = imported(tmp_path, "a.md", f"# Why?\n\n{text}\n")
    assert [article.answer for article in taken(found)] == [expected]
    assert not found.skipped


def test_struck_out_text_of_markdown_does_not_count(tmp_path: Path) -> None:
    """FAULT 3: it is told instead, with the line of its heading."""
    text = "# ~~How~~ Why?\n\n~~Do~~ Do not, <del>one</del> two.\n\n## More\n\n<s>x</s>y\n"
    found = imported(tmp_path, "a.md", text)
    [article] = taken(found)
    assert (article.title, article.answer, article.sections[0].body) == ("Why?", "Do not, two.", "y")
    assert reasons(found) == [
        ("a.md:1", "left out: struck-out text: 'How'"),
        ("a.md:1", "left out: struck-out text: 'Do'"),
        ("a.md:1", "left out: struck-out text: 'one'"),
        ("a.md:5", "left out: struck-out text: 'x'"),
    ]


# FAULT 6: a document, and the titles and answers in it.
FRONT_MATTER = {
    "YAML": ("---\ntitle: How long does swelling last?\ndate: 2024-01-01\n---\n\nTwo weeks.", "Two weeks."),
    "quotation marks": (
        '---\r\nlayout: faq\r\ntitle: "How long does swelling last?"\r\n---\r\nTwo weeks.',
        "Two weeks.",
    ),
    "TOML": ("+++\ntitle = 'How long does swelling last?'\n+++\nTwo weeks.\n\n---\n\nOr so.", "Two weeks.\n\nOr so."),
    "heading again": ("---\ntitle: Swelling\n---\n# How long does swelling last?\nTwo weeks.", "Two weeks."),
    "title that asks too": (
        "---\ntitle: Got questions?\n---\n# How long does swelling last?\nTwo weeks.",
        "Two weeks.",
    ),
    "a rule": ("---\n\n# How long does swelling last?\nTwo weeks.\n\n---\n", "Two weeks."),
}


@pytest.mark.parametrize("case", FRONT_MATTER.values(), ids=FRONT_MATTER)
def test_title_of_front_matter_is_a_heading(tmp_path: Path, case: tuple[str, str]) -> None:
    """One that asks is the question; nothing else of it is text."""
    document, answer = case
    found = imported(tmp_path, "a.md", document)
    assert [(article.title, article.answer) for article in taken(found)] == [("How long does swelling last?", answer)]
    assert not found.skipped


def test_front_matter_keeps_the_numbers_of_lines(tmp_path: Path) -> None:
    """A title that asks has the headings below as its sections; one that does not is no question."""
    found = imported(tmp_path, "a.md", "---\ntitle: Why?\n---\n\nSo.\n\n## More\n\nThat.\n")
    [article] = taken(found)
    assert [section.heading for section in article.sections] == ["More"]
    found = imported(tmp_path, "a.md", "---\ntitle: Swelling\n---\n\nSo.\n\n## More\n\nThat.\n")
    assert reasons(found) == [
        ("a.md:1", "no question mark in the title"),
        ("a.md:7", "no question mark in the heading"),
    ]


# FAULT 19: what asks "Can I swim?" and says "No.", beside a second question.
QUESTIONS = {
    "identifier": "## Can I swim? {#swim}\n\nNo.\n\n## Why?\n\nSo.",
    "kramdown": "## Can I swim? {: #swim .faq}\n\nNo.\n\n## Why?\n\nSo.",
    "line break": "## Can <b>I</b> swim?<br>\n\nNo.\n\n## Why?\n\nSo.",
    "comment": "## Can I swim? <!-- often -->\n\nNo.\n\n## Why?\n\nSo.",
    "strong words": "**Can I swim?**\n\nNo.\n\n__Why?__\n\nSo.",
    "strong line": "**Can I swim?**\nNo.\n\n**Why?**  \nSo.",
    "details": (
        "<details>\n<summary>Can I <b>swim</b>?</summary>\n\nNo.\n\n</details>\n"
        "<details open>\n<summary class='q'>Why?</summary>\n<p>So.</p></details>\n"
    ),
    "details in one block": (
        "<details><summary>Can I swim?</summary>No.</details>\n<details><summary>Why?</summary>So.</details>"
    ),
    "definition list": "Can I swim?\n: No.\n\nWhy?\n: So.",
}


@pytest.mark.parametrize("document", QUESTIONS.values(), ids=QUESTIONS)
def test_questions_in_other_forms(tmp_path: Path, document: str) -> None:
    """Whatever stands for a heading is one, and what follows its question mark does not matter."""
    found = imported(tmp_path, "a.md", f"# Questions\n\n{document}\n")
    assert [(article.title, article.answer) for article in taken(found)] == [("Can I swim?", "No."), ("Why?", "So.")]
    assert not found.skipped


@pytest.mark.parametrize("title", ['"Can I swim?"', "Can I swim? 🙂", "泳げますか？", "*Can I swim?*"])  # noqa: RUF001
def test_what_follows_a_question_mark(tmp_path: Path, title: str) -> None:
    """A quotation mark or an emoji makes no statement of it."""
    [article] = taken(imported(tmp_path, "a.md", f"# {title}\n\nNo.\n"))
    assert article.title == title.strip("*")


def test_text_after_details_is_none_of_theirs(tmp_path: Path) -> None:
    """It goes on with the answer, and strong words within a sentence ask nothing."""
    document = "# Why?\n\n**Really?** So.\n\n<details><summary>How?</summary>\n\nThus.\n\n</details>\n\nEnd.\n"
    [article] = taken(imported(tmp_path, "a.md", document))
    assert article.answer == "**Really?** So.\n\nEnd."
    assert [(section.heading, section.body) for section in article.sections] == [("How?", "Thus.")]
