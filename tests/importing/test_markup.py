"""HTML to text: what has a meaning keeps it, what separates separates, and what is left out is told."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from time import process_time

import pytest
from conftest import examples
from hypothesis import given
from hypothesis import strategies as st
from test_importing import faq, imported, page, question, reasons, taken

from ora_cli.importing.markup import read_html, read_value

MATHS = "<math><mfrac><mn>{}</mn> <mn>{}</mn></mfrac></math>"
# FAULTS 1, 2 and 5: HTML, and its text.
TEXTS = {
    "power": ("About 10<sup>6</sup> cells", "About 10⁶ cells"),
    "negative power": ("10<sup>-3</sup>", "10⁻³"),
    "power of words": ("e<sup>x + y</sup>, 10<sup>k</sup>", "e^(x + y), 10^k"),
    "number of a note": ("for 12<sup>3</sup> weeks.<sup>1,2</sup>", "for 12³ weeks.¹,²"),
    "note in brackets": ("12<sup>[3]</sup>", "12[3]"),
    "ordinal and trade mark": ("the 1<sup>st</sup> X<sup>TM</sup> Y<sup>®</sup>", "the 1st X™ Y®"),
    "charge": ("Ca<sup>2+</sup>", "Ca²⁺"),
    "subscript": ("B<sub>12</sub>, T<sub>max</sub>", "B₁₂, T_max"),
    "fraction": (MATHS.format(1, 2), "½"),
    "fraction after a number": (f"2{MATHS.format(1, 2)}, 2{MATHS.format(3, 7)}", "2½, 2 3/7"),
    "fraction of signs": ("1<sup>1</sup>/<sub>2</sub>", "1¹/₂"),
    "MathML": (
        "<math><msup><mn>10</mn><mrow><mo>-</mo><mn>6</mn></mrow></msup><mo>=</mo>"
        "<msqrt><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow></msqrt><annotation>x</annotation></math>",
        "10⁻⁶=√(a+1)",
    ),
    "cells": ("<table><tr><td>Frown</td><td>20</td><td>3</td></tr></table>", "- Frown: 20; 3"),
    "table": (
        "<table><thead><tr><td>Area<td>Units<td>Weeks</thead><tr><th>Frown:<td>20<td><tr><td>Peel<td>90<br>(£)<td>2</table>",
        "Area: Units; Weeks\n\n- Frown: 20; –\n- Peel: 90 (£); 2",  # noqa: RUF001
    ),
    "cells of several rows": (
        "<table><tr><th>Area<th>Units<th>Weeks<tr><td rowspan=2>Frown<td>20<td>3<tr><td>10<td>2"
        "<tr><td>Peel<td rowspan=0>5<td>1<tr><td>Lip<td>4</table>",
        "Area: Units; Weeks\n\n- Frown: 20; 3\n- Frown: 10; 2\n- Peel: 5; 1\n- Lip: 5; 4",
    ),
    "cells of several columns": (
        "<table><tr><th rowspan=2>Area<th colspan=2>Botox<tr><th>Units<th>Weeks<tr><td colspan=3>Face<tr><td>Frown"
        "<td colspan=2>none<tr><td>Lip<td>4<td>5</table>",
        "Area: Botox; Botox\n\nArea: Units; Weeks\n\nFace\n\n- Frown: none; none\n- Lip: 4; 5",
    ),
    "last cell of several rows": (
        "<table><tr><td>a<td>1<td rowspan=2>x<tr><td>b<tr><td>c<td>3<td>y</table>",
        "- a: 1; x\n- b: –; x\n- c: 3; y",  # noqa: RUF001
    ),
    "spans that are none": ("<table><tr><td rowspan=x>a<td colspan=-1>1<tr><td>b<td>2</table>", "- a: 1\n- b: 2"),
    "raised by its style": (
        'About 10<span style="color:red;vertical-align: super">6</span>, H<font style="vertical-align:sub">2</font>O',
        "About 10⁶, H₂O",
    ),
    "cells in no row": ("<td>20</td><td>3</td>4", "20\n\n3\n\n4"),
    "text behind bullets": (
        "<ul><li>20</li>3 weeks</ul><table><tr><td>a<td>1</tr>2</table>",
        "- 20\n\n3 weeks\n\n- a: 1\n\n2",
    ),
    "text between cells": ("<table><tr>1<td>20</td>3<td>4</td>5</tr></table>", "- 1: 20; 3; 4; 5"),
    "table for the layout": (
        "<table><tr><td><p>a<p>b</td><td><table><tr><td>c<td>1</table></td></tr></table>",
        "a\n\nb\n\n- c: 1",
    ),
    "elements that separate": (
        "<section>a</section><dialog>b</dialog><x-y>c</x-y><label>d</label> e<dl><dt>f<dd>g</dl><figcaption>h",
        "a\n\nb\n\nc\n\nd e\n\nf\n\ng\n\nh",
    ),
    "elements within a line": (
        "<span>a</span><em>b</em><u>c</u><wbr>d <q>e</q> <ruby>漢<rt>kan</rt></ruby>",
        "abcd “e” 漢(kan)",
    ),
    "soft hyphens": ("Bo&shy;tox", "Botox"),
    "strong words with blanks": ("<b>Note: </b>keep <b> dry</b>.", "**Note:** keep **dry**."),
    "picture": ('See <img src="a.png" alt="the map">.', "See the map."),
}


@pytest.mark.parametrize("case", TEXTS.values(), ids=TEXTS)
def test_html_is_read_as_it_is_meant(case: tuple[str, str]) -> None:
    """No figure changes, and no two words or figures become one."""
    markup, expected = case
    assert read_html(markup) == (expected, ())


# FAULT 5: a value as programs write it, and its text.
VALUES = {
    "escaped": ("&lt;p&gt;Yes&lt;/p&gt;&lt;p&gt;1 &amp;lt; 2", "Yes\n\n1 < 2"),
    "escaped twice": ("&amp;lt;p class=&amp;quot;x&amp;quot;&amp;gt;Yes&amp;lt;/p&amp;gt;", "Yes"),
    "escaped by number": ("&#60;br /&#62;Yes", "Yes"),
    "escaped in part": ("<p>&lt;strong&gt;Yes&lt;/strong&gt;, 10<sup>6</sup></p>", "**Yes**, 10⁶"),
    "no markup": ("5 &lt; 6 &amp; 7 > 6", "5 < 6 & 7 > 6"),
    "no tag": ("a <one@example.org> &lt;two&gt; <3", "a <one@example.org> <two> <3"),
    "address": ("https://example.org/?a=1&copy=2", "https://example.org/?a=1&copy=2"),
}


@pytest.mark.parametrize("case", VALUES.values(), ids=VALUES)
def test_value_is_read_once_it_is_unescaped(tmp_path: Path, case: tuple[str, str]) -> None:
    """Readers see no markup, in the data of a page and in a cell of a table."""
    value, expected = case
    assert read_value(value).text == expected
    [from_page] = taken(imported(tmp_path, "a.html", page(faq(question("Why?", value)))))
    cell = value.replace('"', '""')
    [from_table] = taken(imported(tmp_path, "a.csv", f'question,answer\nWhy?,"{cell}"\n'))
    assert (from_page.answer, from_table.answer) == (expected, expected)


# FAULT 3: HTML, its text, and what is told of the rest.
LEFT_OUT = {
    "struck out": ("<s>Do</s> <ins>Do not</ins> rinse", "Do not rinse", "struck-out text: 'Do'"),
    "deleted": ("<p>Two</p><del>Three <b>weeks</b></del>", "Two", "struck-out text: 'Three weeks'"),
    "struck by its style": (
        '<span style="text-decoration:line-through">£90</span> £80',
        "£80",
        "struck-out text: '£90'",
    ),
    "mark of a note": ('12<sup><a href="#n3">3</a></sup> weeks', "12 weeks", "the footnote mark '3'"),
    "picture": ("So.<img src=a.png>", "So.", "a picture without a description"),
    "film": ("So.<video>Get a browser</video>", "So.", "a film"),
    "cell of more rows than can be repeated": (
        f"<table><tr><td rowspan=9>{'a' * 60_000}<td>1<tr><td>2<tr><td>3</table>",
        f"- {'a' * 60_000}: 1\n- {'a' * 60_000}: 2\n\n3",
        "that a cell of a table spans several rows or columns",
    ),
}


@pytest.mark.parametrize("case", LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_left_out_is_told(tmp_path: Path, case: tuple[str, str, str]) -> None:
    """What does not count is not said, and the report names it."""
    markup, text, lost = case
    found = imported(tmp_path, "a.html", page(faq(question("Why?", markup))))
    assert [article.answer for article in taken(found)] == [text]
    assert reasons(found) == [("a.html: question 1", f"left out: {lost}")]


# Elements and marks of which each keeps what is within apart from what is round it.
APART = ("p", "div", "td", "th", "tr", "li", "dt", "sup", "sub", "section", "x-y", "mfrac", "br", "table")
MARKS = ("\n\n", "\n- ", " | ", "\n# ", " ", "\n> ", "**, **", "<br>", "\n\n!!! note\n    ", "^", "~", "/")


@examples(300)
@given(
    tags=st.lists(st.tuples(st.sampled_from(APART), st.booleans()), max_size=30),
    numbers=st.lists(st.integers(100, 999), min_size=31, max_size=31),
)
def test_no_figure_changes(tags: list[tuple[str, bool]], numbers: list[int]) -> None:
    """Whatever the elements are and whether they end, each number in the text stood in the HTML."""
    markup = str(numbers[-1]) + "".join(
        f"<{tag}>{number}" + (f"</{tag}>" if closed else "")
        for (tag, closed), number in zip(tags, numbers, strict=False)
    )
    text = read_html(markup).text
    assert set(re.findall(r"\d+", text)) <= set(map(str, numbers))  # raised and lowered figures are no \d


@examples(200)
@given(marks=st.lists(st.sampled_from(MARKS), max_size=20), numbers=st.lists(st.integers(100, 999), min_size=21))
def test_no_figure_of_markdown_changes(marks: list[str], numbers: list[int]) -> None:
    """Nor does one in Markdown; numbers of lists and levels of headings are none of the text."""
    document = "# Why?\n\n" + "".join(f"{number}{mark}" for mark, number in zip(marks, numbers, strict=False))
    with tempfile.TemporaryDirectory() as folder:
        found = imported(Path(folder), "a.md", document)
    assert set(re.findall(r"\d+", " ".join(article.answer for article in taken(found)))) <= set(map(str, numbers))


# In seconds: one pass takes two on a slow machine, a pass for each tag minutes.
LONGEST = 20
HOSTILE = {
    "nested powers": "<sup>" * 20_000 + "x" * 1_000_000,
    "nested tables": "<table><tr><td>" * 5_000 + "x y " * 100_000,
    "cells of many rows": f"<table><tr>{'<td rowspan=9999>x' * 1_000}{'<tr><td>y' * 20_000}",
    "cells of many columns": f"<table>{'<tr><td colspan=9999>x<td rowspan=9999 colspan=9999>y' * 20_000}",
    "cells with gaps": f"<table><tr>{'<td rowspan=2>x<td>y' * 20_000}<tr><td>z",
    "large cells": f"<table><tr><td rowspan=9999>{'x' * 300_000}<td>{'<tr><td>y' * 20_000}",
    "escaped tags without end": "&lt;p " * 100_000,
    "brackets": "<" * 1_000_000,
    "escapes of escapes": "&amp;" * 100_000 + "lt;p",
    "struck out within struck out": "<s>" * 3_000 + "x" * 1_000_000,
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markup_takes_no_longer_than_text(markup: str) -> None:
    """Nesting and what looks like a tag are read in one pass."""
    began = process_time()
    read_value(markup)
    assert process_time() - began < LONGEST
