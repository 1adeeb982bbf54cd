"""`ora import`: what each kind of file gives, what is passed over and why, and that no file does harm."""

from __future__ import annotations

import codecs
import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from conftest import SMALL, examples, ora_here
from hypothesis import given
from hypothesis import strategies as st

from ora_cli import Library
from ora_cli.content.articles import Article
from ora_cli.errors import ExitCode, OraError
from ora_cli.importing import Imported, import_files
from ora_cli.importing.items import MOST_BYTES
from ora_cli.paths import Folders
from ora_cli.text.words import slug_for, slug_of

pytestmark = pytest.mark.usefixtures("bundled")


def imported(folder: Path, name: str, content: str | bytes, **options: Any) -> Imported:
    """Import one file with this content."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return import_files([file], **{"category": "none-named", **options})


def taken(found: Imported) -> list[Article]:
    return [item.article for item in found.taken]


def reasons(found: Imported) -> list[tuple[str, str]]:
    """Return what was skipped: what stands behind the name of the file, and why."""
    return [(where.rsplit("/", 1)[-1], why) for where, why in found.skipped]


def page(*data: Any, head: str = "") -> str:
    scripts = "".join(f'<script type="application/ld+json">{_within_script(each)}</script>' for each in data)
    return f"<!doctype html><html><head>{head}{scripts}</head><body><p>Hello.</p></body></html>"


def _within_script(data: Any) -> str:
    return json.dumps(data).replace("</", "<\\/")


def question(name: str, *answers: Any, **keys: Any) -> dict[str, Any]:
    accepted = [{"@type": "Answer", "text": answer} for answer in answers]
    return {"@type": "Question", "name": name, **({"acceptedAnswer": accepted} if answers else {}), **keys}


def faq(*questions: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": list(questions)}


# --- tables ---

# A table, and what comes of it: title, answer and category of each article.
TABLES: dict[str, tuple[str, str, list[tuple[str, str, str]]]] = {
    "plain": ("a.csv", "question,answer\nWhy?,So.\n", [("Why?", "So.", "none-named")]),
    "columns in any order": (
        "a.csv",
        "Category,ANSWER,Question\nSkin Care,So.,Why?\n,Or so.,How?\n",
        [("Why?", "So.", "skin-care"), ("How?", "Or so.", "none-named")],
    ),
    "tabs": ("a.tsv", "question\tanswer\nWhy, oh why?\tSo; or so.\n", [("Why, oh why?", "So; or so.", "none-named")]),
    "semicolons": ("a.csv", "question;answer\nWhy, oh why?;So.\n", [("Why, oh why?", "So.", "none-named")]),
    "tabs in CSV": ("a.csv", "question\tanswer\nWhy?\tSo.\n", [("Why?", "So.", "none-named")]),
    "capital suffix": ("A.CSV", "question,answer\nWhy?,So.\n", [("Why?", "So.", "none-named")]),
    "line breaks and quotes": (
        "a.csv",
        'question,answer\r\n"Why ""so""?","One.\r\n\r\n- Two.\r\n- Three."\r\n',
        [('Why "so"?', "One.\n\n- Two.\n- Three.", "none-named")],
    ),
    "blank lines": ("a.csv", "question,answer\n\n , \nWhy?,So.\n\n", [("Why?", "So.", "none-named")]),
    "what looks like a footnote": ("a.csv", "question,answer\nWhy?,So [^x].\n", [("Why?", "So [x].", "none-named")]),
    "short row": ("a.csv", "question,answer,category\nWhy?,So.\n", [("Why?", "So.", "none-named")]),
    "no rows": ("a.csv", "question,answer\n", []),
}


@pytest.mark.parametrize("case", TABLES.values(), ids=TABLES)
def test_table_gives_an_article_a_row(tmp_path: Path, case: tuple[str, str, list[tuple[str, str, str]]]) -> None:
    """CSV as spreadsheets write it, whatever they put between the fields."""
    name, content, expected = case
    found = imported(tmp_path, name, content)
    assert [(article.title, article.answer, article.category) for article in taken(found)] == expected
    assert not found.skipped


def test_sources_of_a_row_are_cited(tmp_path: Path) -> None:
    """Addresses become sources, with a mark before the end of the answer."""
    long = f"https://www.example.org/{'a' * 70}"
    [article] = taken(imported(tmp_path, "a.csv", f"q,a,url\nWhy?,So.,{long}/1 {long}/2 {long}/1\n"))
    assert [source.url for source in article.sources] == [f"{long}/1", f"{long}/2"]
    first, second = article.sources
    assert article.answer == f"So [^{first.id}] [^{second.id}]."
    assert (first.publisher, first.kind) == ("www.example.org", "reference")


def test_rows_that_are_no_articles_are_told(tmp_path: Path) -> None:
    """Each is named by its line; the others are taken."""
    content = 'question,answer,source,remark\n,So.,,\nWhy?,,,\n"How\n?",So.,see the book,\na,b,c,d,e\nWhen?,Now.,,\n'
    found = imported(tmp_path, "a.csv", content)
    assert [article.title for article in taken(found)] == ["How ?", "When?"]
    assert reasons(found) == [
        ("a.csv:1", "column 'remark': only question, answer, category, source are imported"),
        ("a.csv:2", "title: is empty"),
        ("a.csv:3", "answer: is empty"),
        ("a.csv:4", "left out: no web address in the source 'see the book'"),
        ("a.csv:6", "5 fields where the first line names 4"),
    ]


# --- web pages ---

ANSWER = """
<p>Not for <b>seven</b> days &amp; nights.</p>
<ul><li>No <strong>pool</strong></li><li><p>No sea</p></li><li></li></ul>
See <a href="https://example.org/why">why</a>,<br>or <a href="/local">ask</a>.
<!-- x --><script>alert(1)</script><style>p{}</style>
"""
# An answer's text in JSON-LD, and the answer of the article.
ANSWERS = {
    "HTML": (
        ANSWER,
        "Not for **seven** days & nights.\n\n- No **pool**\n- No sea\n\nSee why (https://example.org/why),\nor ask.",
    ),
    "text": ("One &amp; two.\n\n- Three.", "One & two.\n\n- Three."),
    "nested lists": (
        "<ul><li>a<ul><li>b</li><li> </li></ul></li><li><ul><li>c</li></ul></li></ul>d",
        "- a\n\n- b\n\n- c\n\nd",
    ),
    "no markup": ("5 < 6 & 7 > 6", "5 < 6 & 7 > 6"),
    "tags left open": ("<p>One<p>Two<b>three", "One\n\nTwo**three**"),
    "strong in strong": ("<b>a <strong>b</strong> c</b>", "**a b c**"),
    "strong paragraphs": ("<b><p>a</p><p>b</p></b>", "a\n\nb"),
    "nothing strong": ("a<b></b> b", "a b"),
    "what looks like a footnote": ("a [^b]", "a [b]"),
    "character of a great number": (f"&#{'9' * 5000}; y", f"&#{'9' * 5000}; y"),
    "entities of its own": ('<!DOCTYPE a [<!ENTITY b "boom">]>x &b; y', "]>x &b; y"),
}


@pytest.mark.parametrize("case", ANSWERS.values(), ids=ANSWERS)
def test_answer_of_a_page_is_read_as_text(tmp_path: Path, case: tuple[str, str]) -> None:
    """Paragraphs, bullets and strong words stay; scripts, comments and all other markup go."""
    markup, expected = case
    [article] = taken(imported(tmp_path, "a.html", page(faq(question("Why?", markup)))))
    assert article.answer == expected


# Data in a page, and the titles and answers that come of it.
PAGES: dict[str, tuple[Sequence[Any], list[tuple[str, str]]]] = {
    "FAQPage": ([faq(question("Why?", "So."), question("How?", "Thus."))], [("Why?", "So."), ("How?", "Thus.")]),
    "one question alone": ([{**faq(), "mainEntity": question("Why?", "So.")}], [("Why?", "So.")]),
    "QAPage": ([{"@type": "QAPage", "mainEntity": question("Why?", "So.", text="I ask myself.")}], [("Why?", "So.")]),
    "question without a name": ([question("", "So.", text="Why?")], [("Why?", "So.")]),
    "full names": ([{**question("Why?", "So."), "@type": ["https://schema.org/Question", "x"]}], [("Why?", "So.")]),
    "two scripts": ([{"@type": "WebPage"}, faq(question("Why?", "So."))], [("Why?", "So.")]),
    "a list": ([[faq(question("Why?", "So."))]], [("Why?", "So.")]),
    "graph with references": (
        [
            {
                "@graph": [
                    {"@type": "FAQPage", "mainEntity": [{"@id": "#q"}]},
                    {"@type": "Question", "@id": "#q", "name": "Why?", "acceptedAnswer": {"@id": "#a"}},
                    {"@type": "Answer", "@id": "#a", "text": "So."},
                ]
            }
        ],
        [("Why?", "So.")],
    ),
    "markup in the question": ([faq(question("Why <b>so</b> &amp; how?", "So."))], [("Why so & how?", "So.")]),
    "best of the suggested answers": (
        [
            question(
                "Why?",
                suggestedAnswer=[
                    {"text": "A.", "upvoteCount": "x"},
                    {"text": "B.", "upvoteCount": "12"},
                    {"text": "C.", "upvoteCount": 3},
                    {"text": "D.", "upvoteCount": float("nan")},
                    "E.",
                ],
            )
        ],
        [("Why?", "B.")],
    ),
    "the accepted before the suggested": (
        [question("Why?", "So.", suggestedAnswer={"text": "No.", "upvoteCount": 99})],
        [("Why?", "So.")],
    ),
}


@pytest.mark.parametrize("case", PAGES.values(), ids=PAGES)
def test_page_gives_an_article_a_question(tmp_path: Path, case: tuple[Sequence[Any], list[tuple[str, str]]]) -> None:
    """Questions are found wherever the page declares them."""
    data, expected = case
    assert [(article.title, article.answer) for article in taken(imported(tmp_path, "a.html", page(*data)))] == expected


def test_page_is_the_source(tmp_path: Path) -> None:
    """A page that says its own address is cited, with its title and the name of its site."""
    head = (
        '<title>Peels:\n  questions</title><meta property="og:site_name" content="The Clinic">'
        '<link rel="canonical" href="https://example.org/p?a=1&amp;b= 2">'
    )
    [article] = taken(imported(tmp_path, "a.html", page(faq(question("Why?", "So.")), head=head)))
    [source] = article.sources
    assert (source.title, source.publisher) == ("Peels: questions", "The Clinic")
    assert source.url == "https://example.org/p?a=1&b=%202"
    assert article.answer == f"So [^{source.id}]."


def test_what_a_page_has_beside_is_told(tmp_path: Path) -> None:
    """Broken data, questions without an answer and answers that are left out are named."""
    broken = '<script type="APPLICATION/LD+JSON; charset=utf-8">{"a":\n</script>'
    data = faq(question("Why?", "So.", "Or so."), question("How?"), {"@type": "Question"}, question("What?", 3))
    found = imported(tmp_path, "a.html", page(data, head=broken))
    assert [article.title for article in taken(found)] == ["Why?"]
    [(where, why), *others] = reasons(found)
    assert where == "a.html:1"
    assert why.startswith("is not JSON")
    assert others == [
        ("a.html: question 1", "the other answers, 1 of them: an article has one"),
        ("a.html: question 2", "answer: is empty"),
        ("a.html: question 3", "title: is empty; answer: is empty"),
        ("a.html: question 4", "answer: is empty"),
    ]
    assert reasons(imported(tmp_path, "b.html", page())) == [
        ("b.html", "no questions in it: no FAQPage or QAPage in JSON-LD, microdata or RDFa")
    ]


# --- Markdown ---

DOCUMENT = """\
Welcome.

# Questions

All of them.

## How do I pay?

By **card**, *cash* or `coin`[^1] on
the<br>spot[^n]. See the [terms](https://example.org/terms) or <https://example.org/more> [^none].

> Urgent: pay now.

1. Come in.
2. Pay.

   And go.
   - Nested.

<script>alert(1)</script>

<!-- a note -->

<p>
</p>

### With a card?

Any card[^b].

#### Nothing here

## Got more?

### Where are *you*?

![A map](map.png)

    code

## Where are you? ##

Elsewhere.

[^1]: Price list, 2024. https://example.org/prices.
[^n]: Nothing to see.
[^b]: [Cards](https://example.org/cards), *The Bank*
"""


def test_headings_that_ask_are_articles(tmp_path: Path) -> None:
    """Deeper headings are sections, footnotes with an address are sources, and the rest is told."""
    found = imported(tmp_path, "a.md", DOCUMENT)
    pay, where, elsewhere = taken(found)
    prices, cards = pay.sources
    assert (pay.title, pay.slug) == ("How do I pay?", "how-do-i-pay")
    assert pay.answer == (
        f"By **card**, cash or coin[^{prices.id}] on the spot[n]. See the terms (https://example.org/terms)"
        " or https://example.org/more [none].\n\nUrgent: pay now.\n\n- Come in.\n- Pay. And go.\n- Nested."
    )
    assert [(section.heading, section.body) for section in pay.sections] == [
        ("With a card?", f"Any card[^{cards.id}].")
    ]
    assert (prices.title, prices.publisher, prices.url) == (
        "Price list, 2024",
        "example.org",
        "https://example.org/prices",
    )
    assert (cards.title, cards.publisher) == ("Cards", "The Bank")
    assert (where.title, where.answer, where.slug) == ("Where are you?", "A map\n\ncode", "where-are-you")
    assert (elsewhere.answer, elsewhere.slug) == ("Elsewhere.", "where-are-you-2")
    assert reasons(found) == [
        ("a.md:46", "left out: the footnote '[^n]: Nothing to see.'"),
        ("a.md:1", "no heading before the text"),
        ("a.md:3", "no question mark in the heading"),
        ("a.md:33", "no answer below the heading"),
    ]


# What stands below "# What", and why it is no article.
BAD_COMMENTS = {
    "no JSON": ("<!-- ora {slug} -->", "the comment below the heading: is not JSON: "),
    "no object": ("<!-- ora [1] -->", "the comment below the heading: is no JSON object"),
    "unknown key": ('<!-- ora {"slg": "a"} -->', "slg: unknown key"),
    "deep": (f"<!-- ora {'[' * 100_000} -->", "the comment below the heading: is not JSON: "),
}


@pytest.mark.parametrize("case", BAD_COMMENTS.values(), ids=BAD_COMMENTS)
def test_comment_that_cannot_be_read_is_told(tmp_path: Path, case: tuple[str, str]) -> None:
    """Keys mistyped by hand in an export are named."""
    comment, why = case
    [(where, reason)] = reasons(imported(tmp_path, "a.md", f"# What\n\n{comment}\n\nThat.\n"))
    assert where == "a.md:1"
    assert reason.startswith(why)


# --- JSON Lines of ora's own ---


def test_lines_that_are_no_articles_are_told(tmp_path: Path) -> None:
    """What is sound is taken, with its own category; synonyms and red flags are not articles."""
    tables: list[Any] = [
        {"category": {"slug": "c", "name": "Sea"}},
        {"category": {"slug": "unused", "name": "Unused"}},
        {"synonym": {"terms": ["a", "b"]}},
        {"slug": "one", "title": "One?", "category": "c", "answer": "1."},
        {"slug": "two", "title": "Two?", "category": "c"},
    ]
    content = "\n".join([*map(json.dumps, tables), "x"])
    found = imported(tmp_path, "a.jsonl", content)
    assert [(article.slug, article.category) for article in taken(found)] == [("one", "c")]
    assert [category.name for category in found.categories] == ["Sea"]
    assert [where for where, _ in reasons(found)] == ["a.jsonl", "a.jsonl:5", "a.jsonl:6"]
    assert [why.split(":")[0] for _, why in reasons(found)][1:] == ["two", "is not JSON"]


def test_categories_of_several_files(tmp_path: Path) -> None:
    """Where one file describes categories, those of the others are named too, or the result could not be read."""
    (tmp_path / "a.csv").write_text("question,answer,category\nWhy?,So.,Hand care\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(ora_here("export", "--articles", _small(tmp_path)).stdout, encoding="utf-8")
    target = tmp_path / "c.toml"
    assert ora_here("import", tmp_path / "a.csv", tmp_path / "b.jsonl", "--to", target).code == 0
    (tmp_path / "a.csv").write_text("question,answer,category\nWhy?,So.,Other things\n", encoding="utf-8")
    assert ora_here("import", tmp_path / "a.csv", tmp_path / "b.jsonl", "--to", target, "--force").code == 0
    names = [category.name for category, _ in Library.open([target]).categories()]
    assert names == ["Other things", "Clay masks", "Hand care"]


def test_category_in_other_letters_keeps_its_name(tmp_path: Path) -> None:
    """Its slug says nothing to a reader, so the name is written beside it; a table and front matter have it."""
    (tmp_path / "a.csv").write_text("question,answer,category\nWhy?,So.,배송\nHow?,So.,Hand care\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("---\ncategory: 価格\n---\n# When?\n\nSo.\n", encoding="utf-8")
    target = tmp_path / "c.toml"
    assert ora_here("import", tmp_path / "a.csv", tmp_path / "b.md", "--to", target).code == 0
    assert [category.name for category, _ in Library.open([target]).categories()] == ["배송", "Hand care", "価格"]


def _small(folder: Path) -> Path:
    file = folder / "small.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


# --- slugs ---


def test_same_questions_get_slugs_of_their_own(tmp_path: Path) -> None:
    """The same article is taken once; a title that comes again gets a number, one without letters a checksum."""
    rows = ["Why?,A", "Why?,B", "why,A", "Why?,A", "なぜ,C", "?!,D", "Why 2?,E"]
    found = imported(tmp_path, "a.csv", "\n".join(["question,answer", *rows]))
    odd = [slug_for("なぜ", "article"), slug_for("?!", "article")]
    assert [article.slug for article in taken(found)] == ["why", "why-2", "why-3", *odd, "why-2-2"]
    assert [item.note for item in found.taken] == [
        None,
        "the slug why is taken",
        "the slug why is taken",
        None,
        None,
        "the slug why-2 is taken",
    ]
    assert reasons(found) == [("a.csv:5", "the same as why")]


def test_ten_thousand_times_the_same_question(tmp_path: Path) -> None:
    """Numbers are not looked for from the start each time."""
    rows = "\n".join(f"Why?,{number}" for number in range(10_000))
    assert len({article.slug for article in taken(imported(tmp_path, "a.csv", f"q,a\n{rows}"))}) == 10_000


def test_slug_made_of_a_title_replaces_nothing(tmp_path: Path) -> None:
    """An article of the library stays, unless the import brings that very slug."""
    [item] = imported(tmp_path, "a.csv", "q,a\nBrittle nails,Oil.\n", known={"brittle-nails"}).taken
    assert (item.article.slug, item.note) == ("brittle-nails-2", "the slug brittle-nails is taken")
    line = json.dumps({"slug": "brittle-nails", "title": "T?", "category": "c", "answer": "A."})
    [item] = imported(tmp_path, "a.jsonl", line, known={"brittle-nails"}).taken
    assert (item.article.slug, item.note) == ("brittle-nails", "replaces the article with this slug")


@given(st.text())
def test_any_title_makes_a_slug_or_none(title: str) -> None:
    """A slug has the form that articles need, and is not long."""
    slug = slug_of(title)
    assert len(slug) <= 60
    assert slug == "" or all(
        part.isascii() and part.isalnum() and part.islower() | part.isdigit() for part in slug.split("-")
    )
    assert slug_of(slug) == slug


# --- hostile and broken files ---

NO_TEXT = {
    "not UTF-8": ("q,a\nWhy?,caf\xe9\n".encode("latin-1"), "line 2 is not UTF-8", "save the file as UTF-8"),
    "UTF-16 without its mark": ("q,a\nWhy?,So.\n".encode("utf-16-le"), "NUL bytes", "save it as UTF-8"),
    "NUL bytes": (b"q,a\nWhy?,So\0.\n", "NUL bytes", "is it a text file?"),
    "half of UTF-16": (codecs.BOM_UTF16_LE + b"q\0,", "is not UTF-8", "save the file as UTF-8"),
    "too large": (b" " * (MOST_BYTES + 1), "larger than 16 MB", "split it"),
}


@pytest.mark.parametrize("name", ["a.csv", "a.md", "a.html"])
@pytest.mark.parametrize("case", NO_TEXT.values(), ids=NO_TEXT)
def test_file_that_is_no_text(tmp_path: Path, name: str, case: tuple[bytes, str, str]) -> None:
    """It is an error that says what is wrong and how to fix it."""
    content, what, hint = case
    with pytest.raises(OraError) as caught:
        imported(tmp_path, name, content)
    assert caught.value.code is ExitCode.BAD_ARTICLES
    assert what in str(caught.value)
    assert str(tmp_path / name) in str(caught.value)
    assert hint in (caught.value.hint or "")


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.md", "a.html", "a.jsonl"])
def test_file_of_a_hundred_megabytes_is_not_read(tmp_path: Path, name: str) -> None:
    """Only as much is read as says that it is too large."""
    file = tmp_path / name
    with file.open("wb") as stream:
        stream.truncate(100_000_000)
    result = ora_here("import", file)
    assert (result.code, result.stdout) == (65, "")
    assert f"cannot import {file}: it is larger than 16 MB" in result.stderr


ENCODINGS = {
    "UTF-8 with its mark": ("a.csv", "q,a\nWhy?,café\n".encode("utf-8-sig")),
    "UTF-16 of a spreadsheet": ("a.tsv", "q\ta\r\nWhy?\tcafé\r\n".encode("utf-16")),
    "page that declares its own": (
        "a.html",
        page(faq(question("Why?", "caf&#233;")), head='<meta charset="latin-1">')
        .replace("&#233;", "é")
        .encode("latin-1"),
    ),
    "page of XML": (
        "a.xhtml",
        ('<?xml version="1.0" encoding="ISO-8859-1"?>' + page(faq(question("Why?", "caf#"))))
        .replace("#", "é")
        .encode("latin-1"),
    ),
}


@pytest.mark.parametrize("case", ENCODINGS.values(), ids=ENCODINGS)
def test_encodings_that_are_read(tmp_path: Path, case: tuple[str, bytes]) -> None:
    """UTF-8, UTF-16 as spreadsheets write it, and what a page says of itself."""
    [article] = taken(imported(tmp_path, *case))
    assert (article.title, article.answer) == ("Why?", "café")


@pytest.mark.parametrize("charset", ["utf-8", "no-such", "zlib", "undefined", "idna"])
def test_page_in_another_encoding_than_it_says(tmp_path: Path, charset: str) -> None:
    """A declaration that does not fit is no help."""
    with pytest.raises(OraError, match="not UTF-8"):
        imported(tmp_path, "a.html", f'<meta charset="{charset}">\xe9'.encode("latin-1"))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """Neither entities that grow without end nor those that name a file do anything."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    secret = tmp_path / "secret"
    secret.write_text("SECRET", encoding="utf-8")
    doctype = f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    head = f"<title>&l9;</title>{ADDRESS}"
    content = f'<?xml version="1.0"?>{doctype}{page(faq(question("Why?", "<p>&l9; &file;</p>")), head=head)}'
    [article] = taken(imported(tmp_path, "a.xhtml", content))
    assert article.answer.startswith("&l9; &file;")
    assert "SECRET" not in str(article)


DEEP = 200_000
DEEP_FILES = {
    "elements of a page": ("a.html", "<div>" * DEEP + page(faq(question("Why?", "So.")))),
    "elements of an answer": ("a.html", page(faq(question("Why?", "<div><b>" * 20_000 + "So.")))),
    "JSON": ("a.html", f'<script type="application/ld+json">{"[" * DEEP}</script>'),
    "JSON within what is read": ("a.html", f'<script type="application/ld+json">{"[" * 900}{"]" * 900}</script>'),
    "JSON Lines": ("a.jsonl", "[" * DEEP),
    "quotations": ("a.md", "# Why?\n\n" + ">" * DEEP + " So."),
    "lists": ("a.md", "# Why?\n\n" + "- " * 20_000 + "So."),
    "brackets": ("a.md", "# Why?\n\n" + "[" * 5_000),
    "unclosed quotes": ("a.csv", 'q,a\nWhy?,"' + "So.\n" * DEEP),
}


@pytest.mark.parametrize("case", DEEP_FILES.values(), ids=DEEP_FILES)
def test_deep_nesting_ends(tmp_path: Path, case: tuple[str, str]) -> None:
    """What is nested beyond reason is passed over or refused; nothing breaks."""
    name, content = case
    (tmp_path / name).write_text(content, encoding="utf-8")
    result = ora_here("import", tmp_path / name, "--to", tmp_path / "out.toml")
    assert result.code in (0, 1, 65)


ADDRESS = '<link rel="canonical" href="https://example.org/">'
BLANKS = " \t" * 50_000
LONG_RUNS = {
    "blanks in a row": ("a.csv", f'q,a,url\nWhy?,"So{BLANKS}it is.",https://example.org/\n'),
    "blanks in an answer": ("a.html", page(faq(question("Why?", f"So{BLANKS}it is.")), head=ADDRESS)),
    "footnotes without end": ("a.md", f"# Why?\n\nSo {'[^' * 8_000}.[^1]\n\n[^1]: https://example.org/\n"),
}


@pytest.mark.parametrize("case", LONG_RUNS.values(), ids=LONG_RUNS)
def test_long_runs_take_no_longer_than_text(tmp_path: Path, case: tuple[str, str]) -> None:
    """What repeats a character without end is read once, not once from each of its characters."""
    began = process_time()
    assert imported(tmp_path, *case).taken
    assert process_time() - began < 2


NO_TABLES = {
    "empty": ("", "names no column 'question'"),
    "no heading": ("Why?,So.\n", "names no column 'question'"),
    "no answers": ("question,remark\nWhy?,So.\n", "names no column 'answer'"),
    "quote in a field": ('q,a\nWhy?,"So" it is\n', ":2: is not CSV"),
    "quote left open": ('q,a\nWhy?,"So\nWhen?,Then.\n', ":2: is not CSV"),
}


@pytest.mark.parametrize("case", NO_TABLES.values(), ids=NO_TABLES)
def test_table_that_is_none(tmp_path: Path, case: tuple[str, str]) -> None:
    """A table whose columns are not named or that breaks off is an error, not half an import."""
    content, message = case
    with pytest.raises(OraError, match=message) as caught:
        imported(tmp_path, "a.csv", content)
    assert caught.value.code is ExitCode.BAD_ARTICLES
    assert caught.value.hint


@examples(100)
@given(
    name=st.sampled_from(["a.csv", "a.tsv", "a.html", "a.md", "a.jsonl"]),
    content=st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    ),
)
def test_any_file_is_read_or_refused(name: str, content: bytes) -> None:
    """Whatever is in a file, it is taken, passed over, or an error that is told."""
    with tempfile.TemporaryDirectory() as folder, suppress(OraError):
        imported(Path(folder), name, content)


PIECES = """
--- +++ title: question: faqs: - "Why? "a": [ ] { } {{ }} {% %} {{< >}} {# #} {: ::: !!!_a ???_"b?" === > - ~~ ~ ``` `
[!NOTE] # ** [^1] [^1]: https://a.example | |-| <del> </del> <s> <sup> <sub> <table> <tr> <td_rowspan=2> <td_colspan=3>
</table> <math> <mfrac> <details> <summary> </details> <script_type="application/ld+json"> </script> <!-- --> <![CDATA[
]]> <div_itemscope_itemtype=Question> itemprop=name <p_itemprop=text> &lt; &amp; import export sep=; ; , question answer
10 6 Why? So.
""".split()  # noqa: SIM905 -- a list would be longer than the rest of the test


@examples(300)
@given(
    name=st.sampled_from(["a.csv", "a.html", "a.md", "a.mdx"]),
    pieces=st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", "\n", "\n\n", "    "])), max_size=40),
)
def test_any_pieces_of_markup_are_read_or_refused(name: str, pieces: list[tuple[str, str]]) -> None:
    """However they are put together: what comes of them is an article, and none of the marks used within get out."""
    content = "".join(piece.replace("_", " ") + between for piece, between in pieces)
    with tempfile.TemporaryDirectory() as folder, suppress(OraError):
        found = imported(Path(folder), name, content)
        assert not {"\0", "\x1f"} & set(str(found))


def test_controls_do_not_get_in(tmp_path: Path) -> None:
    """What could drive a terminal is gone from the articles and from the report."""
    content = "q,a\nW\x1b[31mhy\u202e?,S\x07o.\n\x1b]0;t\x07,\n"
    (tmp_path / "a\x1b[31m.csv").write_text(content, encoding="utf-8")
    for shape in ("plain", "rich", "markdown", "json"):
        result = ora_here("import", tmp_path / "a\x1b[31m.csv", "--dry-run", "--format", shape)
        assert result.code == 0
        assert not {"\x1b", "\x07", "\u202e"} & set(result.stdout + result.stderr)


# --- the command ---


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return a table of two articles and a row that is none."""
    file = tmp_path / "My questions.csv"
    file.write_text(
        "question,answer,category\nWhy do we ask about yurts?,Because.,Yurts\nHow?,So.,\n,Nothing.,\n", encoding="utf-8"
    )
    return file


def test_articles_go_into_the_folder_of_the_user(table: Path, tmp_path: Path) -> None:
    """They answer at once; what was taken and what was not is reported."""
    target = tmp_path / "home" / "data" / "ora" / "articles" / "my-questions.toml"
    result = ora_here("import", table)
    assert result.code == 0
    assert result.stdout.splitlines() == [
        f"taken\t{table}:2\twhy-do-we-ask-about-yurts\tWhy do we ask about yurts?",
        f"taken\t{table}:3\thow\tHow?",
        f"skipped\t{table}:4\ttitle: is empty",
    ]
    columns = "question is 'question', answer is 'answer', category is 'category'"
    assert result.stderr == f"{table}: {columns}\n2 articles, 1 skipped; written to {target}\n"
    answer = ora_here("show", "why-do-we-ask-about-yurts").stdout
    assert "Because." in answer
    assert f"from {target}" in answer
    assert "imported\t1" in ora_here("categories").stdout


def test_nothing_is_written_over_without_force(table: Path, tmp_path: Path) -> None:
    """A second import is refused; with --force it takes the place of the first, under the same slugs."""
    target = tmp_path / "out.toml"
    assert ora_here("import", table, "--to", target).code == 0
    first = target.read_text(encoding="utf-8")
    target.write_text(first + "# mine\n", encoding="utf-8")
    refused = ora_here("import", table, "--to", target)
    assert (refused.code, refused.stdout) == (74, "")
    assert "exists already" in refused.stderr
    assert "--force" in refused.stderr
    assert target.read_text(encoding="utf-8").endswith("# mine\n")
    assert ora_here("import", table, "--to", target, "--force").code == 0
    assert target.read_text(encoding="utf-8") == first


def test_import_renewed_keeps_its_slugs(table: Path, own_folder: Path) -> None:
    """The articles that an import replaces are not in the way of its slugs."""
    assert ora_here("import", table).code == 0
    first = (own_folder / "my-questions.toml").read_text(encoding="utf-8")
    assert ora_here("import", table, "--force").code == 0
    assert (own_folder / "my-questions.toml").read_text(encoding="utf-8") == first


def test_dry_run_writes_nothing(table: Path, tmp_path: Path) -> None:
    """The report is the same, and no folder is made, whether there is a file already or not."""
    result = ora_here("import", table, "--dry-run")
    assert result.code == 0
    assert "skipped\t" in result.stdout
    assert "nothing written" in result.stderr
    assert not (tmp_path / "home" / "data").exists()
    target = tmp_path / "out.toml"
    target.write_text("# mine\n", encoding="utf-8")
    assert ora_here("import", table, "--dry-run", "--to", target).code == 0
    assert target.read_text(encoding="utf-8") == "# mine\n"


def test_report_as_json(table: Path, tmp_path: Path) -> None:
    """Scripts get the same."""
    target = tmp_path / "out.toml"
    report = json.loads(ora_here("import", table, "--to", target, "--category", "odd", "--json").stdout)
    assert report == {
        "schema": 1,
        "file": str(target),
        "articles": [
            {
                "slug": "why-do-we-ask-about-yurts",
                "title": "Why do we ask about yurts?",
                "category": "yurts",
                "from": f"{table}:2",
                "note": None,
            },
            {"slug": "how", "title": "How?", "category": "odd", "from": f"{table}:3", "note": None},
        ],
        "skipped": [{"from": f"{table}:4", "why": "title: is empty"}],
    }
    assert json.loads(ora_here("import", table, "--dry-run", "--json").stdout)["file"] is None


# Arguments, exit code, a word of the message; T stands for the table.
FAILURES: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no file": ((), 2, "Missing argument"),
    "missing": (("missing.csv",), 74, "cannot read missing.csv"),
    "missing JSON Lines": (("missing.jsonl",), 74, "cannot read missing.jsonl"),
    "folder": (("/etc/..csv",), 74, "cannot read"),
    "unknown kind": (("T", "notes.txt"), 2, "its name must end in .csv"),
    "article file": (("T", "notes.toml"), 2, "needs no import"),
    "category no slug": (("T", "--category", "Skin Care"), 2, "--category skin-care"),
    "category without letters": (("T", "--category", "日本"), 2, "--category imported"),
    "category empty": (("T", "--category", ""), 2, "'' is not a slug"),
    "target no article file": (("T", "--to", "out.txt"), 2, "must end in .toml"),
    "target a folder": (("T", "--to", "/tmp/folder.toml/"), 74, ""),
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_failure_leaves_nothing_behind(
    table: Path, tmp_path: Path, failure: tuple[tuple[str, ...], int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One bad file and nothing is imported; the message says which and why."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.toml").mkdir()
    args, code, message = failure
    given = [str(table) if arg == "T" else arg.replace("/tmp/", f"{tmp_path}/") for arg in args]
    result = ora_here("import", *given)
    assert (result.code, result.stdout) == (code, "")
    assert message in result.stderr
    assert not (tmp_path / "home" / "data").exists()


def test_nothing_to_import(tmp_path: Path) -> None:
    """A file without articles is told, with what was in it instead, and nothing is written."""
    (tmp_path / "a.md").write_text("# Notes\n\nText.\n", encoding="utf-8")
    result = ora_here("import", tmp_path / "a.md", "--to", tmp_path / "out.toml")
    assert result.code == 1
    assert "no question mark in the heading" in result.stdout
    assert result.stderr == "There is nothing to import.\n"
    assert not (tmp_path / "out.toml").exists()


def test_home_that_is_not_there(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder of the user's, a place must be named."""
    monkeypatch.setattr("ora_cli.authoring.saving.user_folders", lambda: Folders(None, None, None))
    result = ora_here("import", table)
    assert result.code == 2
    assert "--to" in result.stderr


@pytest.mark.parametrize(
    ("name", "module", "library"),
    [("a.html", "html", "lxml"), ("a.md", "markdown", "markdown_it"), ("a.md", "markdown", "mdit_py_plugins")],
)
def test_missing_library_is_named_with_its_remedy(
    tmp_path: Path, name: str, module: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra, the command says how to get it; tables need none of it."""
    monkeypatch.delitem(sys.modules, f"ora_cli.importing.{module}", raising=False)
    for loaded in [loaded for loaded in sys.modules if loaded.split(".")[0] == library]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, library, None)
    (tmp_path / name).write_text("", encoding="utf-8")
    result = ora_here("import", tmp_path / name)
    assert result.code == 2
    assert library in result.stderr
    assert 'pip install "ora-cli[import]"' in result.stderr
    (tmp_path / "a.csv").write_text("q,a\nWhy?,So.\n", encoding="utf-8")
    assert ora_here("import", tmp_path / "a.csv").code == 0


# --- folders ---


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder of pages, with what is not to be read beside them."""
    files = {
        "index.md": "# Site\n\nHello.\n",
        "content/b/Why.MD": "# Why do we ask?\n\nSo.\n",
        "content/a.html": page(faq(question("How?", "Thus."))),
        "content/z.csv": b"question,answer\nWhen?,caf\xe9\n",
        "content/quote.csv": 'question,answer\nWho?,Me.\nWhere?,"Here\n',
        "content/.hidden.md": "# Hidden?\n\nYes.\n",
        ".git/a.md": "# Hidden?\n\nYes.\n",
        "node_modules/x/README.md": "# Other?\n\nYes.\n",
        "style.css": "p {}",
    }
    folder = tmp_path / "My Site"
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_folder_is_read_with_all_below_it(site: Path, own_folder: Path) -> None:
    """One file that is broken does not stop the others; there is one summary."""
    result = ora_here("import", site)
    assert result.code == 0
    assert result.stdout.splitlines() == [
        f"taken\t{site}/content/a.html: question 1\thow\tHow?",
        f"taken\t{site}/content/b/Why.MD:1\twhy-do-we-ask\tWhy do we ask?",
        f"skipped\t{site}/index.md:1\tno question mark in the heading",
        f"skipped\t{site}/content/quote.csv\t{site}/content/quote.csv:3: is not CSV: unexpected end of data",
        f"skipped\t{site}/content/z.csv\tline 2 is not UTF-8",
    ]
    target = own_folder / "my-site.toml"
    assert result.stderr == f"2 articles of 5 files, 3 skipped; written to {target}\n"
    assert [entry.slug for entry in Library.open([target]).entries()] == ["how", "why-do-we-ask"]


def test_folder_in_which_one_stands_has_its_name(site: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full stop is no name."""
    monkeypatch.chdir(site)
    assert ora_here("import", ".").code == 0
    assert (own_folder / "my-site.toml").exists()


def test_linked_folders_are_read_once(site: Path) -> None:
    """A loop of links ends."""
    (site / "content" / "again").symlink_to(site)
    assert [article.title for article in taken(import_files([site], category="c"))] == ["How?", "Why do we ask?"]


def test_folder_with_nothing_to_import(tmp_path: Path) -> None:
    """The message says what can be read."""
    (tmp_path / "empty").mkdir()
    result = ora_here("import", tmp_path / "empty")
    assert (result.code, result.stdout) == (74, "")
    assert f"there is nothing to import in {tmp_path / 'empty'}" in result.stderr
    assert ".csv" in result.stderr


def test_progress_is_told(site: Path) -> None:
    """After each file, the share that is read."""
    told: list[float] = []
    import_files([site], category="c", on_progress=told.append)
    assert told == [0.0, 0.2, 0.4, 0.6, 0.8]


# --- standard input ---

# What comes, and the titles in it.
STREAMS: dict[str, tuple[str, list[str]]] = {
    "Markdown": ("# What is a page?\n\nText on paper.\n", ["What is a page?"]),
    "CSV": ("question,answer\nWhat is a page?,Paper.\n", ["What is a page?"]),
    "TSV": ("question\tanswer\nWhat is a page?\tPaper.\n", ["What is a page?"]),
    "JSON Lines": ('{"slug": "a", "title": "A?", "category": "c", "answer": "Yes."}\n', ["A?"]),
    "CSV with a title": ("FAQ\n\nTitle;Reply\nWhat is a page?;Paper.\n", ["What is a page?"]),
    "Markdown that begins with HTML": (
        "<h1 align=center>Pages</h1>\n\n## What is a page?\n\nPaper.\n",
        ["What is a page?"],
    ),
    "part of a page": (
        "<div itemscope itemtype='https://schema.org/Question'><h3 itemprop=name>Why?</h3>"
        "<div itemprop=acceptedAnswer itemscope><p itemprop=text>So.</div></div>",
        ["Why?"],
    ),
    "page": (page(faq(question("Why?", "So."))), ["Why?"]),
}


@pytest.mark.parametrize("case", STREAMS.values(), ids=STREAMS)
def test_standard_input_is_imported(case: tuple[str, list[str]]) -> None:
    """FAULT 29: its beginning says what kind it is, and every line about it says where it is from."""
    text, titles = case
    for stream in (text, "\ufeff" + text, text.encode("utf-16")):
        result = ora_here("import", "-", "--dry-run", "--json", stdin=stream)
        found = json.loads(result.stdout)["articles"]
        assert [article["title"] for article in found] == titles
        assert all(article["from"].startswith("standard input") for article in found)


def test_standard_input_with_columns_is_a_table() -> None:
    """Who names columns has some."""
    text = "Frage;Antwort\nWarum?;Darum.\n"
    named = ("--question-column", "Frage", "--answer-column", "Antwort")
    assert "taken\tstandard input:2\twarum\t" in ora_here("import", "-", "--dry-run", *named, stdin=text).stdout


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (b" " * (MOST_BYTES + 1), "cannot import standard input: it is larger than 16 MB"),
        (b"question,answer\nWhy?,\xff\n", "cannot import standard input: line 2 is not UTF-8"),
        (b'question,answer\nWhy?,"So\n', "standard input:2: is not CSV"),
    ],
    ids=["too large", "no text", "broken"],
)
def test_error_of_standard_input_says_so(given: bytes, message: str) -> None:
    """Nobody knows the file that it was written to."""
    result = ora_here("import", "-", stdin=given)
    assert (result.code, result.stdout) == (65, "")
    assert message in result.stderr


def test_what_is_skipped_of_standard_input_says_so() -> None:
    """A line that is none is told with its number."""
    result = ora_here("import", "-", "--dry-run", stdin="question,answer\nWhy?,\n")
    assert "skipped\tstandard input:2\t" in result.stdout


def test_slugs_of_titles_without_latin_letters_stay(tmp_path: Path) -> None:
    """FAULT 30: each has one of its own, the same in every order."""
    titles = ["Как долго держится ботокс?", "面膜要敷多久?", "왜 그래요?"]
    for order in (titles, titles[::-1]):
        text = "".join(f"# {title}\n\nSo.\n\n" for title in order)
        slugs = {article.title: article.slug for article in taken(imported(tmp_path, "a.md", text))}
        assert len(set(slugs.values())) == len(titles)
        assert slugs["面膜要敷多久?"] == "article-eb1056ef"
