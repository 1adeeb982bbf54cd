"""How results look: whole screens are kept as files; what is special to a format has a test of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ora_here

from ora_cli.content.articles import Article, Section, Source
from ora_cli.render import markdown, plain, terminal
from ora_cli.render.answer import article_blocks, short_blocks, source_blocks
from ora_cli.render.blocks import Block, Item, Kind

RENDERED = Path(__file__).parent / "rendered"
ARTICLE = ("show", "clay-mask-time")
SOURCES = ("sources",)
SCREENS = {
    "rich-40.txt": (*ARTICLE, "--format", "rich", "--color", "never"),
    "rich-80.txt": (*ARTICLE, "--format", "rich", "--color", "never"),
    "rich-80-color.txt": (*ARTICLE, "--format", "rich", "--color", "always"),
    "rich-140.txt": (*ARTICLE, "--format", "rich", "--color", "never"),
    "plain.txt": (*ARTICLE, "--format", "plain"),
    "markdown.md": (*ARTICLE, "--format", "markdown"),
    "json.json": (*ARTICLE, "--format", "json"),
    "page.html": (*ARTICLE, "--format", "html"),
    "rows-40.txt": (*SOURCES, "--format", "rich", "--color", "never"),
    "rows-80-color.txt": (*SOURCES, "--format", "rich", "--color", "always"),
    "rows-200.txt": (*SOURCES, "--format", "rich", "--color", "never"),
    "rows-plain.txt": (*SOURCES, "--format", "plain"),
    "rows-markdown.md": (*SOURCES, "--format", "markdown"),
}

# Text of an article, and how Markdown must write it to show it as it stands.
LITERAL = {
    "emphasis": ("a *b* _c_", r"a \*b\* \_c\_"),
    "code": ("`x`", r"\`x\`"),
    "link": ("[a](https://example.org)", r"\[a\](https://example.org)"),
    "image": ("![a](b)", r"\!\[a\](b)"),
    "HTML": ("<script>", r"\<script\>"),
    "entity": ("a &lt; b & c", r"a \&lt; b & c"),
    "backslash": ("a\\*", r"a\\\*"),
    "heading": ("# a", r"\# a"),
    "quote": ("> a", r"\> a"),
    "bullet": ("- a", r"\- a"),
    "plus": ("+ a", r"\+ a"),
    "numbered": ("12. a", r"12\. a"),
    "bracketed number": ("1) a", r"1\) a"),
    "rule": ("---", r"\---"),
    "underline": ("a\n===", "a\n\\==="),
    "second line": ("a\n- b", "a\n\\- b"),
    "range": ("1-2 weeks", "1-2 weeks"),
    "decimal": ("1.5 ml", "1.5 ml"),
    "minus": ("-5 degrees", "-5 degrees"),
    "table": ("a | b", r"a \| b"),
    "struck": ("~~a~~", r"\~\~a\~\~"),
    "strong": ("a **b** c", "a **b** c"),
    "source": ("a [1].", "a [^1]."),
}


@pytest.mark.parametrize("name", SCREENS)
def test_screen_is_as_kept(name: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """An article and a list look in each format as their files in tests/render/rendered say."""
    monkeypatch.chdir(RENDERED)  # so that the path in the output is the same everywhere
    columns = re.search(r"\d+", name)
    env: dict[str, str | None] = {"COLUMNS": columns[0] if columns else "33"}
    result = ora_here(*SCREENS[name], "--articles", "article.toml", env=env)
    kept = RENDERED / name
    if request.config.getoption("--renew"):
        kept.write_text(result.stdout, encoding="utf-8", newline="\n")
    assert result.stdout == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", LITERAL.values(), ids=LITERAL)
def test_markdown_shows_text_as_it_stands(case: tuple[str, str]) -> None:
    """Nothing in an article becomes markup but what the article format knows: strong text and source marks."""
    text, expected = case
    assert list(markdown.render([Block(Kind.PARAGRAPH, text)])) == [expected]


def test_markdown_keeps_a_notice_in_its_quote() -> None:
    """An urgent notice of several paragraphs stays one quote."""
    [notice] = markdown.render([Block(Kind.ALERT, "Stop.\n\nCall.", "Urgent")])
    assert notice == "> **Urgent:** Stop.\n> \n> Call."


@pytest.mark.parametrize(
    "text", ["[red]x[/red]", "[/]", "[link=https://example.org]x[/link]", ":smile:", "\\[b]", "[["]
)
def test_terminal_shows_brackets_as_they_stand(text: str) -> None:
    """Rich's own markup means nothing in an article, in any kind of block, with colour and without."""
    for kind in Kind:
        block = Block(kind, text, cells=(text, text), label="1", items=(Item(text, "1"),))
        assert text in terminal.render([block], width=80, color=False)
        coloured = terminal.render([block], width=80, color=True)
        assert text in re.sub(r"\x1b\[[\d;]*m", "", coloured)


def test_terminal_links_web_addresses_only_in_colour() -> None:
    """A source's address is a link where the terminal has colour, and plain text elsewhere."""
    block = Block(Kind.SOURCE, "A guide.", "1", "https://example.org/")
    assert "\x1b]8;" in terminal.render([block], width=80, color=True)
    assert "\x1b" not in terminal.render([block], width=80, color=False)


def test_plain_rows_are_tab_separated_on_one_line() -> None:
    """A cell never holds a tab or a line feed, so that `cut` and `awk` can rely on the columns."""
    assert list(plain.render([Block(Kind.ROW, cells=("a\tb", "c\nd", "e"))])) == ["a b\tc d\te"]


@pytest.mark.parametrize("block", [Block(kind) for kind in Kind if kind is not Kind.ROW], ids=str)
def test_empty_blocks_are_no_error(block: Block) -> None:
    """A bullet without text is printed as such."""
    assert list(plain.render([block]))
    assert list(markdown.render([block]))
    terminal.render([block], width=40, color=True)


def test_answer_is_laid_out_as_a_text() -> None:
    """However an answer is broken into lines in its file, a paragraph is one line and a bullet another."""
    article = Article("clay", "Is clay wet?", "c", "Yes, clay\nis wet.\n\n- one\n- two")
    shown = list(plain.render(short_blocks(article)))
    assert shown == ["Is clay wet?", "", "Yes, clay is wet.", "", "- one", "- two"]


def test_short_article_lists_sources_only_if_the_answer_has_some() -> None:
    """No heading stands over nothing."""
    source = Source("s", "A guide", "Mudford", "https://example.org/", "review")
    article = Article("clay", "Is clay wet?", "c", "Yes.", sections=(Section("Why", "So [^s]."),), sources=(source,))
    assert list(plain.render(short_blocks(article))) == ["Is clay wet?", "", "Yes."]
    assert "Sources" in plain.render(article_blocks(article))


@pytest.mark.parametrize("width", [20, 200])
def test_terminal_marks_the_first_cell_of_a_row_only(width: int) -> None:
    """In columns, on one line and stacked, colour ends where the first cell does."""
    for cells in (("a", "b"), ("a", "b", "c" * 30)):
        shown = terminal.render([Block(Kind.ROW, cells=cells)], width=width, color=True)
        assert re.match(r"\x1b\[36ma *\x1b\[0m", shown)
        assert shown.count("\x1b[") == 2


def test_title_that_ends_in_a_mark_gets_no_full_stop() -> None:
    """A question stays a question in the list of sources."""
    source = Source("s", "Is clay wet?", "Mudford", "https://example.org/", "review")
    assert list(plain.render(source_blocks([source]))) == ["[1] Is clay wet? Mudford (review). https://example.org/"]
