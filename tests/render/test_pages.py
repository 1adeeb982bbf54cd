"""Pages: that they say what the articles say and nothing else, in an order that everybody can follow."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import SMALL, examples, ora, ora_here
from hypothesis import given
from hypothesis import strategies as st

from ora_cli.content.articles import Article, Category, Section, Source
from ora_cli.matching.verdict import Link
from ora_cli.render import html
from ora_cli.render.blocks import body_blocks, strong_parts

SOURCE = Source("s", "A guide", "Mudford", "https://example.org/?a=1&b=2", "review", date="2021-05")
ARTICLE = Article(
    "clay",
    "Is clay <b>wet</b>?",
    "c",
    "Yes [^s], and **very**.\n\n- One\n- Two[^s]",
    urgent="Stop & call.",
    sections=(Section("Why", "So."),),
    reviewed="2026-02-03",
    sources=(SOURCE,),
)
CHARACTERS = st.sampled_from("<>&\"'/!-[]ab;#= \n*") | st.characters(codec="utf-8")
MARKUP = st.text(CHARACTERS, min_size=1, max_size=60).filter(lambda text: "[^" not in text)
# What a page without sections is made of.
HEAD = {"html", "head", "meta", "title", "style", "script"}
BODY = {"body", "main", "article", "section", "nav", "footer", "h1", "h2", "p", "time", "strong", "a", "ul", "ol", "li"}


class Parsed(HTMLParser):
    """A page as a browser reads it: its elements in order, each with its attributes, and the text in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))
        if tag not in ("link", "meta"):
            self._open.append(self.elements[-1])

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last; any other would be a fault."""
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Add text to all elements that are open."""
        for _, _, text in self._open:
            text.append(data)

    def all(self, *tags: str) -> list[str]:
        """Return the texts of the elements with these tags."""
        return ["".join(text) for tag, _, text in self.elements if tag in tags]

    def with_attribute(self, name: str) -> dict[str, str]:
        """Return the texts of the elements with an attribute, by its value."""
        return {found[name]: "".join(text) for _, found, text in self.elements if name in found}


def shown(*articles: Article, links: tuple[Link, ...] = ()) -> Parsed:
    """Return a page of these articles."""
    return Parsed(html.show([(article, Category("c", "Clay & mud"), links) for article in articles]))


def test_page_has_everything() -> None:
    """Title, category, reading time, date, notice, answer, sections, numbered sources and what to read next."""
    page = shown(ARTICLE, links=(Link("mud", "Is mud wet?"),))
    assert page.all("title", "h1") == [ARTICLE.title] * 2
    assert page.all("h2") == ["Urgent", "Short answer", "Why", "Sources", "See also"]
    assert page.all("p")[:4] == [
        "Clay & mud · 1 min read · reviewed 3 February 2026",
        "Stop & call.",
        "Yes\xa0[1], and very.",
        "So.",
    ]
    assert page.all("li") == ["One", "Two\xa0[1]", "A guide. Mudford, 2021-05 (review).", "Is mud wet?"]
    assert page.all("strong") == ["very"]
    assert page.with_attribute("href") == {"#clay-source-1": "[1]", SOURCE.url: "A guide."}
    assert page.with_attribute("datetime") == {"2026-02-03": "3 February 2026"}
    assert "is not a doctor" in page.all("footer")[0]
    assert page.elements[0][:2] == ("html", {"lang": "en"})


def test_page_can_be_heard() -> None:
    """Landmarks have names, marks are called what they lead to, and no heading leaves out a level."""
    page = shown(ARTICLE, ARTICLE._replace(slug="mud"), links=(Link("x", "X?"),))
    ids = page.with_attribute("id")
    labels = page.with_attribute("aria-labelledby")
    assert [ids[label] for label in labels] == ["Urgent", "Sources", "See also"] * 2
    assert set(page.with_attribute("aria-label")) == {"Source 1"}
    levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels == [1, 2, 2, 2, 2, 2] * 2
    assert [tag for tag, _, _ in page.elements].count("main") == 1
    assert max(Counter(found["id"] for _, found, _ in page.elements if "id" in found).values()) == 1


def test_page_needs_nothing_else() -> None:
    """No script runs, nothing is loaded, and what the article does not have has no heading."""
    page = shown(Article("clay", "Is clay wet?", "c", "Yes."))
    assert page.all("h2") == ["Short answer"]
    assert [found["type"] for tag, found, _ in page.elements if tag == "script"] == ["application/ld+json"]
    assert not [tag for tag, found, _ in page.elements if tag == "link" or "src" in found]


def test_articles_of_the_program_have_their_licence(bundled: Path, small: Path) -> None:
    """Whoever hands a page on passes the licence on; one's own articles are under no licence of ours."""
    other = small.with_name("other.toml")
    other.write_text(SMALL, encoding="utf-8")
    assert "CC BY 4.0" in ora_here("show", "clay-mask-time", "--format", "html").stdout
    own = ora_here("show", "clay-mask-time", "--format", "html", "--articles", other).stdout
    assert "CC BY" not in own
    assert str(other) not in own


@examples(200)
@given(title=MARKUP, text=MARKUP, publisher=MARKUP)
def test_text_is_never_markup(title: str, text: str, publisher: str) -> None:
    """Whatever stands in an article: every text is read as it stands, and no element comes of it."""
    source = SOURCE._replace(title=title, publisher=publisher)
    article = ARTICLE._replace(title=title, answer=text, urgent="[^s]", sections=(), sources=(source,))
    page = shown(article, links=(Link("x", title),))
    texts = page.all("p", "li")[2:-1]
    assert texts[-2].startswith(title)
    assert texts[-1] == title
    assert texts[:-2] == ["".join(part for part, _ in strong_parts(block.text)) for block in body_blocks(text)]
    assert page.all("title", "h1", "h2") == [title, title, "Urgent", "Short answer", "Sources", "See also"]
    assert page.with_attribute("title") == {publisher: "[1]"}
    assert {tag for tag, _, _ in page.elements} <= HEAD | BODY


def test_data_of_a_page_is_schema_org() -> None:
    """Other programs find the question with its whole answer, as HTML without marks."""
    [script] = shown(ARTICLE).all("script")
    data = json.loads(script)
    [question] = data["mainEntity"]
    assert (data["@type"], data["lastReviewed"], question["name"]) == ("FAQPage", "2026-02-03", ARTICLE.title)
    assert question["acceptedAnswer"]["text"] == (
        "<p><strong>Urgent</strong></p><p>Stop &amp; call.</p><p>Yes, and <strong>very</strong>.</p>"
        "<ul>\n<li>One</li>\n<li>Two</li>\n</ul><h2>Why</h2><p>So.</p>"
    )
    assert json.loads(shown(ARTICLE, ARTICLE._replace(reviewed="2025-01-01")).all("script")[0])["lastReviewed"] < "2026"
    assert script.isascii()
    assert not set(script) & set("<>&")


# --- the command ---


def test_several_articles_are_one_page(small: Path) -> None:
    """Each has its title, and the data of the page has all of them."""
    page = Parsed(ora_here("show", "clay-mask-time", "brittle-nails", "--format", "html", "--articles", small).stdout)
    assert page.all("h1") == ["How long does a clay mask stay on?", "What helps brittle nails?"]
    assert len(json.loads(page.all("script")[0])["mainEntity"]) == 2


def test_page_is_utf8(small: Path) -> None:
    """Whatever the encoding of the terminal, a browser reads what the page says it is."""
    small.write_text(SMALL.replace("Ten minutes", "Zehn Minuten für £5"), encoding="utf-8")
    args = ("show", "clay-mask-time", "--format", "html", "--articles", small)
    assert "für £5" in ora(*args, env={"PYTHONIOENCODING": "ascii"}).stdout


@pytest.mark.parametrize("args", [("--short",), ("--section", "why"), ("--json",), ("--plain",)], ids=" ".join)
def test_page_is_of_whole_articles(small: Path, args: tuple[str, ...]) -> None:
    """Options that ask for less, or for another format, are refused."""
    result = ora_here("show", "clay-mask-time", "--format", "html", *args, "--articles", small)
    assert result.code == 2
    assert "\nhint: " in result.stderr


def test_only_articles_are_pages(small: Path, tmp_path: Path) -> None:
    """No other command takes the format, and neither does the configuration."""
    for command in (("list",), ("ask", "clay"), ("categories",)):
        refused = ora_here(*command, "--format", "html", "--articles", small)
        assert (refused.code, "'rich', 'plain', 'markdown', 'json'" in refused.stderr) == (2, True)
    file = tmp_path / "home" / "config" / "ora" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('format = "html"', encoding="utf-8")
    assert ora_here("show", "clay-mask-time", "--articles", small).code == 78


# --- the stylesheet ---


def schemes() -> Iterator[dict[str, str]]:
    """Yield the colours of the stylesheet, on light and on dark."""
    for rules in re.findall(r":root \{(.*?)\}", html.stylesheet(), re.DOTALL)[:2]:
        yield dict(re.findall(r"--([\w-]+): (#\w+);", rules))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it."""
    lighter, darker = sorted(map(_luminance, (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts: list[Any] = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", list(schemes()), ids=["light", "dark"])
def test_text_can_be_told_from_its_ground(colours: dict[str, str]) -> None:
    """WCAG's stricter level asks for 7:1."""
    for ground, texts in {
        "paper": ("text", "muted", "link"),
        "tint": ("text", "link", "accent"),
        "warning-tint": ("text", "link", "warning"),
    }.items():
        for text in texts:
            assert contrast(colours[text], colours[ground]) >= 7, f"{text} on {ground}"
