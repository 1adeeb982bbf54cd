"""Markdown as it is written for GitHub and for site generators."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from test_importing import imported, reasons, taken

from ora_cli.errors import OraError

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
    "YAML of several lines": (
        "---\ntitle: >-\n  How long does\n  swelling last?\ntags:\n  - a: [b]\n---\nTwo weeks.",
        "Two weeks.",
    ),
    "comment behind it": ("---\ntitle: How long does swelling last? # often\n---\nTwo weeks.", "Two weeks."),
    "question of a collection": (
        "---\ntitle: Swelling\nquestion: How long does swelling last?\n---\nTwo weeks.",
        "Two weeks.",
    ),
    "tag of the site": (
        "---\na: !ref x\nb: 2024-99-99\nTitle: How long does swelling last?\n---\nTwo weeks.",
        "Two weeks.",
    ),
    "JSON": ('{\n  "title": "How long does swelling last?",\n  "draft": false\n}\n\nTwo weeks.', "Two weeks."),
    "nothing in it": ("---\n---\n# How long does swelling last?\nTwo weeks.", "Two weeks."),
    "rules round a text": ("---\n# How long does swelling last?\nTwo weeks.\n\n---\nMore.", "Two weeks.\n\nMore."),
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


def test_category_of_front_matter(tmp_path: Path) -> None:
    """The first that is named; a table of TOML has them too."""
    for front in (
        "---\ncategory: Lip Filler\n---",
        "---\ncategories:\n- Lip Filler\n- x\n---",
        "+++\ncategories = ['Lip filler']\n+++",
    ):
        [article] = taken(imported(tmp_path, "a.md", f"{front}\n# Why?\n\nSo.\n"))
        assert article.category == "lip-filler"


@pytest.mark.parametrize("front", ["---\ndraft: true\n---", "+++\ndraft = true\n+++", "---\npublished: no\n---"])
def test_draft_is_not_taken(tmp_path: Path, front: str) -> None:
    """What the site does not show is not shown here."""
    found = imported(tmp_path, "a.md", f"{front}\n# Why?\n\nSo.\n")
    assert (taken(found), reasons(found)) == ([], [("a.md", "is a draft")])


def test_questions_of_front_matter(tmp_path: Path) -> None:
    """Themes make an accordion of a list of questions; the answers are Markdown."""
    front = (
        "blocks:\n- kind: faq\n  faqs:\n    - question: Can I swim\n"
        "      answer: |\n        Not for 10<sup>2</sup> days.\n\n        - a\n    - {q: Why?, a: So.}\n"
    )
    found = imported(tmp_path, "a.md", f"---\ntitle: Peels\n{front}---\n")
    assert [(article.title, article.answer, article.origin.split("/")[-1]) for article in taken(found)] == [
        ("Can I swim", "Not for 10² days.\n\n- a", "a.md: question 1"),
        ("Why?", "So.", "a.md: question 2"),
    ]


BROKEN_FRONT_MATTER = {
    "YAML": (
        "---\ntitle: a: b\n---",
        "the front matter is not YAML: mapping values are not allowed in this context (line 2)",
    ),
    "TOML": ("+++\ntitle = a\n+++", "the front matter is not TOML: Invalid value"),
    "JSON": ('{\n"title": a}', "the front matter is not JSON: Expecting value"),
    "deep": (f"---\na: {'[' * 60_000}\n---", "the front matter is not YAML: exceeded maximum nesting depth"),
}


@pytest.mark.parametrize("case", BROKEN_FRONT_MATTER.values(), ids=BROKEN_FRONT_MATTER)
def test_broken_front_matter_is_told(tmp_path: Path, case: tuple[str, str]) -> None:
    """The text below it is read all the same."""
    front, why = case
    found = imported(tmp_path, "a.md", f"{front}\n\n# Why?\n\nSo.\n")
    assert [article.title for article in taken(found)] == ["Why?"]
    [(where, reason), *_] = reasons(found)
    assert (where, reason[: len(why)]) == ("a.md:1", why)


# What a generator makes something else of, below a heading that asks; the answer, and what is told.
GENERATORS = {
    "attributes": ('No.\n{: .lead}\n\n[a](/b){:target="_blank"}{ .button #x }', "No.\n\na", []),
    "contents": ("* Contents\n{:toc}\n\nNo.\n\n[TOC]\n\n[[toc]]", "No.", []),
    "variable": ("It costs {{ price }} pounds.", "It costs … pounds.", ["{{ price }}"]),
    "tags": (
        "{% if uk %}\nNo.\n{% endif %}\n{# a note #}\n{%- include film.html\n id=1 %}",
        "No.",
        ["{% if uk %}", "{%- include film.html id=1 %}"],
    ),
    "shortcodes": (
        '{{% notice tip %}}\nNo.\n{{% /notice %}}\n\n{{< youtube abc >}}\n\n{{< figure src="a.png" alt="A map" >}}',
        "No.\n\nA map",
        ["{{% notice tip %}}", "{{< youtube abc >}}"],
    ),
    "shortcode that asks and has no text": (
        '{{< button "Why not?" >}}\n\nNo.\n\n{{< figure alt="What\'s this?" >}}',
        "No.\n\nWhat's this?",
        ['{{< button "Why not?" >}}'],
    ),
    "code in a list": ("- a\n\n    ```\n    {{ x }}\n    ```\n> ```\n> {{ y }}\n> ```", "- a {{ x }}\n\n{{ y }}", []),
    "code": ("Write `{{ x }}`.\n\n```\n{% y %}\n```", "Write {{ x }}.\n\n{% y %}", []),
    "admonition": (
        '!!! warning "Take **care**"\n    10<sup>6</sup>\n\n    - a\n\nB.',
        "**Take care**\n\n10⁶\n\n- a\n\nB.",
        [],
    ),
    "admonition without a title": ('!!! note ""\n    A.\n\n!!! tip inline end\n    B.', "A.\n\n**Tip**\n\nB.", []),
    "containers": (
        ":::tip[Hint]\n\nA.\n\n:::\n\n::: warning Mind\nB.\n:::\n\n:::danger\nC.\n:::",
        "**Hint**\n\nA.\n\n**Mind**\n\nB.\n\n**Danger**\n\nC.",
        [],
    ),
    "alert": ("> [!CAUTION]\n> No.", "**Caution:** No.", []),
    "tabs": ('=== "Lips"\n\n    10<sup>6</sup>', "**Lips**\n\n10⁶", []),
    "tasks": ("- [ ] a\n- [x] b", "- ☐ a\n- ☑ b", []),
}


@pytest.mark.parametrize("case", GENERATORS.values(), ids=GENERATORS)
def test_what_generators_fill_in(tmp_path: Path, case: tuple[str, str, list[str]]) -> None:
    """Its text is kept where it has one, and told where only the site knows it."""
    text, answer, told = case
    found = imported(tmp_path, "a.md", f"# Why?\n\n{text}\n")
    assert [article.answer for article in taken(found)] == [answer]
    assert [why for _, why in reasons(found)] == [f"left out: {each}, which the site fills in" for each in told]


def test_page_of_mdx(tmp_path: Path) -> None:
    """Imports and comments go, components are elements, and values are told."""
    text = (
        "import X from 'x'\nexport const a = {\n  b: 1\n}\n\n"
        '# Can I swim?\n\nFor {price}: <Image src={x} alt="A map" />\n\n'
        '{/* a note */}\n\n<Note kind={1} title="Soon">\n\nNot **now**\n\n</Note>\n\n## How? {#how}\n'
    )
    found = imported(tmp_path, "a.mdx", text)
    [article] = taken(found)
    assert (article.title, article.answer) == ("Can I swim?", "For …: A map\n\n**Soon**\n\nNot **now**")
    assert reasons(found) == [("a.mdx:8", "left out: {price}, which the site fills in")]


@pytest.mark.parametrize(
    "document",
    [
        '??? question "Can I swim?"\n    No.\n\nAfter.',
        ":::details Can I swim?\n\nNo.\n\n:::\n\nAfter.",
        '{{< collapse title="Can I swim?" open=true >}}\nNo.\n{{< /collapse >}}\n\nAfter.',
        "{% details 'Can I swim?' %}\n\nNo.\n\n{% enddetails %}\n\nAfter.",
    ],
    ids=["Python-Markdown", "containers", "shortcode", "tag"],
)
def test_admonition_that_asks_is_a_question(tmp_path: Path, document: str) -> None:
    """As a summary of details is; what follows it is none of its text."""
    found = imported(tmp_path, "a.md", f"# Questions\n\n{document}\n")
    assert [(article.title, article.answer) for article in taken(found)] == [("Can I swim?", "No.")]
    assert [why for _, why in reasons(found)] == ["no heading before the text"]


def test_struck_out_paragraphs_do_not_count(tmp_path: Path) -> None:
    """FAULT 3: also where the element is round several of them."""
    found = imported(tmp_path, "a.md", "# Why?\n\n<del>\n\nDo.\n\n- Once.\n\n</del>\n\nDo not.\n")
    assert [article.answer for article in taken(found)] == ["Do not."]
    assert [why for _, why in reasons(found)] == [
        "left out: struck-out text: 'Do.'",
        "left out: struck-out text: 'Once.'",
    ]


def test_picture_without_a_description_is_told(tmp_path: Path) -> None:
    """One with a description is that."""
    found = imported(tmp_path, "a.md", "# Why?\n\nSo ![](a.png)![a map](b.png).\n\n![](c.png)\n")
    assert [article.answer for article in taken(found)] == ["So a map."]
    assert [why for _, why in reasons(found)] == ["left out: a picture without a description"]


HOSTILE = {
    "variables": "{{ x }}" * 50_000,
    "open variables": "{{ x " * 100_000,
    "open tags": "{%" * 200_000,
    "attributes": "{" + ".a " * 200_000,
    "fences": "```\n" * 100_001,
    "admonitions": "!!! a\n" * 20_000,
    "containers": "::: a\n" * 5_000,
    "nested admonitions": "".join(f"{'    ' * n}!!! a\n" for n in range(300)),
    "front matter": "---\n" + "a: b\n" * 12_000 + "---\n",
    "aliases": "---\na: &a [x,x]\n"
    + "".join(f"b{n}: &b{n} [{'*' + ('b' + str(n - 1) if n else 'a')},*a]\n" for n in range(3_000))
    + "---\n",
}


@pytest.mark.parametrize(("mark", "name"), [("[", "brackets"), ("- a\n", "lines")])
def test_more_than_can_be_parsed_in_seconds_is_refused(tmp_path: Path, mark: str, name: str) -> None:
    """What the parser spends most time on is counted first."""
    began = process_time()
    with pytest.raises(OraError, match=f"it has more than .*,000 {name}") as caught:
        imported(tmp_path, "a.md", "# Why?\n\n" + mark * 1_000_000)
    assert process_time() - began < 2
    assert caught.value.hint == "split it into several files"


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markdown_takes_no_longer_than_text(tmp_path: Path, document: str) -> None:
    """What repeats what only generators know is read once."""
    began = process_time()
    imported(tmp_path, "a.md", document)
    assert process_time() - began < 4


# FAULT 19: what asks "Can I swim?" and says "No.", beside a second question.
QUESTIONS = {
    "identifier": "## Can I swim? {#swim}\n\nNo.\n\n## Why?\n\nSo.",
    "kramdown": "## Can I swim? {: #swim .faq}\n\nNo.\n\n## Why?\n\nSo.",
    "line break": "## Can <b>I</b> swim?<br>\n\nNo.\n\n## Why?\n\nSo.",
    "name of an emoji": "## Can I swim? :swimmer:\n\nNo.\n\n## Why?\n\nSo.",
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


def test_what_follows_a_definition_list_is_none_of_its_answers(tmp_path: Path) -> None:
    """Neither a term that asks nothing nor a paragraph belongs to the question before."""
    found = imported(tmp_path, "a.md", "# Terms\n\nWhy?\n: So.\n\n: Or so.\n\nSpot size\n: A width.\n\nEnd.\n")
    [article] = taken(found)
    assert (article.title, article.answer) == ("Why?", "So.\n\nOr so.")
    assert reasons(found) == [
        ("a.md:8", "no question mark in the heading"),
        ("a.md:11", "no heading before the text"),
    ]
    [article] = taken(imported(tmp_path, "a.md", "# Where?\n\nFrown\n: 20\n\nLip\n: 4\n"))
    assert article.answer == "Frown\n\n20\n\nLip\n\n4"


@pytest.mark.parametrize(
    ("question", "answer"), [("Q: Why?", "A: So."), ("Q1. Why?", "**A:** So."), ("Question 3: Why?", "So.")]
)
def test_what_marks_question_and_answer_is_no_part_of_them(tmp_path: Path, question: str, answer: str) -> None:
    """It helps where nothing else tells them apart."""
    [article] = taken(imported(tmp_path, "a.md", f"# {question}\n\n{answer}\n"))
    assert (article.title, article.answer, article.slug) == ("Why?", "So.", "why")


def test_one_tilde_strikes_out_words_alone(tmp_path: Path) -> None:
    """As on GitHub; what may be an index or "about" stays as it is written."""
    found = imported(tmp_path, "a.md", "# Why?\n\n~Do~ Do not: H~2~O, ~5 (~6) or a ~ b.\n")
    assert [article.answer for article in taken(found)] == ["Do not: H~2~O, ~5 (~6) or a ~ b."]
    assert reasons(found) == [("a.md:1", "left out: struck-out text: 'Do'")]


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
