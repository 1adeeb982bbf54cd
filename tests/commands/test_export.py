"""`ora export`, and that what it writes comes back the same through `ora import`."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, SLUGS, SMALL, examples, ora_here
from hypothesis import given
from hypothesis import strategies as st

from ora_cli import Library
from ora_cli.content import toml
from ora_cli.content.articles import SOURCE_KINDS, Article, Category, Source
from ora_cli.content.reading import read_article, read_articles
from ora_cli.content.records import Written, records
from ora_cli.importing import import_files
from ora_cli.render import html, markdown
from ora_cli.render import json_lines as jsonl
from ora_cli.render.blocks import Block, body_blocks
from ora_cli.render.site import MARKS

RENDERED = PROJECT / "tests" / "render" / "rendered"

# --- round trips ---

# Characters that mean something to a format, and any others.
CHARACTERS = st.one_of(
    st.sampled_from("ab *_[]()#>-+=.!`~|\\&;:^<\n\t 1\"'/?"),
    st.characters(codec="utf-8"),
)
TEXT = st.text(CHARACTERS, min_size=1, max_size=40).filter(lambda text: bool(text.strip()))
SLUG = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
DAY = st.dates().map(str)
SOURCE = st.fixed_dictionaries(
    {
        "id": SLUG,
        "title": TEXT,
        "publisher": TEXT,
        "url": st.from_regex(r"https?://[a-z]{1,8}/[a-z?&;=_()#%é.,*!~'-]{0,12}", fullmatch=True),
        "kind": st.sampled_from(SOURCE_KINDS),
    },
    optional={"date": DAY | st.just("2021") | st.just("2021-05"), "accessed": DAY},
)


@st.composite
def articles(draw: st.DrawFn) -> list[Article]:
    """Make the articles of one library, with their sources."""
    tables = draw(st.lists(_table(), min_size=1, max_size=3, unique_by=lambda table: table[0]["slug"]))
    read = [_read(table, sources) for table, sources in tables]
    return [record for record in records(filter(None, read)) if isinstance(record, Article)]


@st.composite
def _table(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, str]]]:
    sources = draw(st.lists(SOURCE, max_size=3, unique_by=lambda source: source["id"]))
    pieces = st.sampled_from(["**", "\n\n", "\n- ", " ", *(f"[^{source['id']}]" for source in sources)])
    body = st.lists(TEXT | pieces, min_size=1, max_size=8).map("".join)
    section = st.fixed_dictionaries(
        {"heading": TEXT, "body": body}, optional={"asked": st.lists(TEXT, min_size=1, max_size=2)}
    )
    return draw(
        st.fixed_dictionaries(
            {"slug": SLUG, "title": TEXT, "category": SLUG, "answer": body},
            optional={
                "also_asked": st.lists(TEXT, max_size=3),
                "urgent": body,
                "reviewed": DAY,
                "see_also": st.lists(SLUG, max_size=2),
                "was": st.lists(SLUG, max_size=2),
                "topics": st.lists(TEXT, max_size=2),
                "unanswered": st.lists(TEXT, max_size=2),
                "treatment": st.booleans(),
                "section": st.lists(section, max_size=3),
            },
        )
    ), sources


def _read(table: dict[str, Any], sources: list[dict[str, str]]) -> Article | None:
    try:
        return read_article(table, sources, origin="")
    except Exception:  # a text of nothing but what is taken out of texts
        return None


def through_import(
    render: Callable[[Iterable[Written]], Iterator[str]], suffix: str, given: list[Article]
) -> list[Article]:
    """Write articles as `export` does, and read them as `import` does."""
    with tempfile.TemporaryDirectory() as folder:
        exported, imported = Path(folder, f"exported{suffix}"), Path(folder, "imported.toml")
        exported.write_text("".join(render(records(given))), encoding="utf-8", newline="\n")
        found = import_files([exported], category="none-named")
        assert not found.skipped
        text = "".join(toml.records(records((item.article for item in found.taken), found.categories)))
        imported.write_text(text, encoding="utf-8", newline="\n")
        return [record._replace(origin="") for record in read_articles(imported) if isinstance(record, Article)]


def as_shown(article: Article) -> Any:
    """Return an article with its texts as paragraphs and bullets: where a line ends within them is nothing to see."""

    def shown(text: str | None) -> list[Block]:
        return list(body_blocks(text or ""))

    sections = [(section.heading, shown(section.body)) for section in article.sections]
    bare = article._replace(answer="", urgent=None, sections=())
    return bare, shown(article.answer), shown(article.urgent), sections


@examples(150)
@given(articles())
def test_json_lines_come_back_the_same(given: list[Article]) -> None:
    """What is exported as JSON Lines and imported again is the same to the letter, through TOML too."""
    assert through_import(jsonl.records, ".jsonl", given) == given


@examples(200)
@given(articles())
def test_markdown_comes_back_the_same(given: list[Article]) -> None:
    """What is exported as Markdown and imported again shows the same, with the same phrasings, sources and dates."""
    back = through_import(markdown.records, ".md", given)
    assert [as_shown(article) for article in back] == [as_shown(article) for article in given]


def as_page(listed: Iterable[Written]) -> Iterator[str]:
    """Yield the articles among these as one page."""
    shown = [record for record in listed if isinstance(record, Article)]
    yield html.show([(article, Category.undescribed(article.category), []) for article in shown])


@examples(150)
@given(articles().filter(bool))
def test_pages_come_back_the_same(given: list[Article]) -> None:
    """What is shown as a page and imported again is the same to the letter."""
    assert through_import(as_page, ".html", given) == given


@pytest.mark.usefixtures("shared_index")
@pytest.mark.parametrize("shape", ["jsonl", "markdown", "html"])
def test_bundled_articles_come_back_the_same(tmp_path: Path, shape: str) -> None:
    """The commands do it too, for all that the program carries."""
    exported, imported = tmp_path / ("x.md" if shape == "markdown" else "x.jsonl"), tmp_path / "new" / "imported.toml"
    assert ora_here("export", "--format", shape, "--to", exported).code == 0
    files = sorted(exported.glob("*.html")) if shape == "html" else [exported]
    result = ora_here("import", *files, "--to", imported)
    assert (result.code, "skipped\t" in result.stdout) == (0, False)
    ours, theirs = Library.open(), Library.open([imported])
    slugs = [entry.slug for entry in ours.entries()]
    for slug in slugs:
        assert theirs.article(slug) == ours.article(slug)._replace(origin=str(imported))
    if shape != "markdown":  # which has no more of categories than their slugs
        assert sorted(theirs.categories()) == sorted(ours.categories())
    if shape == "jsonl":  # pages are read in the order of their names
        assert [entry.slug for entry in theirs.entries()] == slugs
    assert len(theirs.entries()) == len(slugs)
    assert ora_here("check", imported).code == 0


def test_page_changed_by_hand_is_told(small: Path, tmp_path: Path) -> None:
    """A mistake in the data of a page is named as in an article file; the other articles of it are taken."""
    shown = ora_here("show", "clay-mask-often", "brittle-nails", "--format", "html", "--articles", small).stdout
    file = tmp_path / "page.html"
    file.write_text(shown.replace('"reviewed": "2026-02-04"', '"reviewed": "soon"'), encoding="utf-8")
    found = import_files([file], category="none-named")
    assert [item.article.slug for item in found.taken] == ["brittle-nails"]
    assert found.skipped == [(str(file), "clay-mask-often: reviewed: 'soon' is not a date")]
    assert [category.name for category in found.categories] == ["Hand care"]


# --- the command ---


@pytest.mark.parametrize("name", ["export.jsonl", "export.md"])
def test_export_is_as_kept(name: str, request: pytest.FixtureRequest) -> None:
    """An export looks as its file in tests/render/rendered says."""
    shape = "jsonl" if name.endswith("jsonl") else "markdown"
    result = ora_here("export", "--format", shape, "--articles", RENDERED / "article.toml")
    kept = RENDERED / name
    if request.config.getoption("--renew"):
        kept.write_text(result.stdout, encoding="utf-8", newline="\n")
    assert (result.code, result.stderr) == (0, "")
    assert result.stdout == kept.read_text(encoding="utf-8")


def test_json_lines_are_the_default(small: Path) -> None:
    """Without a format, with --json and with --format json it is JSON Lines: what `--articles` reads."""
    exported = ora_here("export", "--articles", small).stdout
    for args in (["--format", "jsonl"], ["--format", "json"], ["--json"]):
        assert ora_here("export", "--articles", small, *args).stdout == exported
    tables = [json.loads(line) for line in exported.splitlines()]
    assert [table["slug"] for table in tables if "slug" in table] == SLUGS
    assert [table["category"]["slug"] for table in tables if len(table) == 1 and "category" in table] == [
        "clay-masks",
        "hand-care",
    ]
    assert "uncited-review" not in exported


def test_category_is_exported_alone(small: Path) -> None:
    """With --category only its articles, itself, and the sources they cite are written."""
    exported = ora_here("export", "--category", "hand-care", "--articles", small).stdout
    assert "gloves-at-night" in exported
    assert "glove-trial" in exported
    assert "clay" not in exported
    assert ora_here("export", "--category", "hand-cares", "--articles", small).code == 2


def test_file_is_written_whole_and_not_over_another(small: Path, tmp_path: Path) -> None:
    """--to writes what goes to standard output otherwise; what is there stays unless --force is given."""
    file = tmp_path / "folder" / "x.jsonl"
    result = ora_here("export", "--to", file, "--articles", small)
    assert (result.code, result.stdout, result.stderr) == (0, "", f"6 articles in {file}\n")
    assert file.read_text(encoding="utf-8") == ora_here("export", "--articles", small).stdout
    file.write_text("mine", encoding="utf-8")
    refused = ora_here("export", "--to", file, "--articles", small)
    assert refused.code == 74
    assert "exists already" in refused.stderr
    assert "--force" in refused.stderr
    assert file.read_text(encoding="utf-8") == "mine"
    assert ora_here("export", "--to", file, "--force", "--articles", small).code == 0
    assert "clay-mask-time" in file.read_text(encoding="utf-8")
    assert [path.name for path in file.parent.iterdir()] == ["x.jsonl"]


@pytest.mark.parametrize("place", [".", "small.toml/x.jsonl"])
def test_place_that_cannot_be_written(small: Path, tmp_path: Path, place: str) -> None:
    """A folder, or a file in the way of one, is an error that names it."""
    result = ora_here("export", "--to", tmp_path / place, "--force", "--articles", small)
    assert (result.code, result.stdout) == (74, "")
    assert str(tmp_path / place) in result.stderr


def test_linked_file_is_written_where_it_is(small: Path, tmp_path: Path) -> None:
    """A link stays one."""
    file, link = tmp_path / "x.jsonl", tmp_path / "link.jsonl"
    link.symlink_to(file)
    assert ora_here("export", "--to", link, "--articles", small).code == 0
    assert link.is_symlink()
    assert file.stat().st_size


@pytest.mark.parametrize("args", [("--plain",), ("--json", "--format", "markdown"), ("--format", "rich")])
def test_format_that_is_none(small: Path, args: tuple[str, ...]) -> None:
    """What cannot be written is a mistake in the command line."""
    result = ora_here("export", *args, "--articles", small)
    assert result.code == 2
    assert re.search("No such option: --plain|different formats|markdown", result.stderr)


def test_every_line_fits_the_schema(small: Path) -> None:
    """`--json` is the default: articles, categories and sources, a line each."""
    result = ora_here("export", "--json", "--articles", small)
    assert result == ora_here("export", "--articles", small)
    assert result.stdout.count("\n") > 6


def test_library_without_articles_is_not_exported(tmp_path: Path) -> None:
    """Nothing is written when there is nothing."""
    empty = tmp_path / "empty.toml"
    empty.touch()
    result = ora_here("export", "--to", tmp_path / "x.jsonl", "--articles", empty)
    assert (result.code, result.stderr) == (1, "There are no articles.\n")
    assert not (tmp_path / "x.jsonl").exists()


def test_sources_of_different_files_keep_apart(small: Path, tmp_path: Path) -> None:
    """Two files may use one id for different sources; in one file each gets its own, and the marks follow."""
    other = tmp_path / "other.toml"
    other.write_text(
        SMALL.replace("A guide to clay", "Another guide").replace("clay-mask-", "other-mask-"),
        encoding="utf-8",
    )
    exported = tmp_path / "x.jsonl"
    assert ora_here("export", "--to", exported, "--articles", small, "--articles", other).code == 0
    library = Library.open([exported])
    assert library.article("clay-mask-itch").sources[0].title == "A guide to clay"
    assert library.article("other-mask-itch").sources[0].title == "Another guide"
    assert [source.id for source in library.article("other-mask-time").sources] == ["mudford-guide-2", "glove-trial"]
    assert "[^mudford-guide-2]" in library.article("other-mask-time").sections[0].body


def test_names_given_to_sources_are_free() -> None:
    """A new id is neither that of another source nor one that was given before."""

    def cites(slug: str, *ids: str) -> Article:
        sources = tuple(Source(i, f"{slug} {i}", "p", "https://example.org/", "study") for i in ids)
        return Article(slug, "T?", "c", " ".join(f"[^{i}]" for i in ids), sources=sources)

    written = list(records([cites("one", "a", "a-2"), cites("two", "a", "a-2", "a-3"), cites("one", "a")]))
    assert [article.answer for article in written if isinstance(article, Article)] == [
        "[^a] [^a-2]",
        "[^a-3] [^a-2-2] [^a-3-2]",
        "[^a]",
    ]
    ids = [source.id for source in written if isinstance(source, Source)]
    assert len(set(ids)) == len(ids) == 5


# --- pages ---


def site(folder: Path, articles: Path, *args: str) -> Path:
    """Export a site into a folder, and return it."""
    result = ora_here("export", "--format", "html", "--to", folder, "--articles", articles, *args)
    assert (result.code, result.stdout) == (0, ""), result.stderr
    return folder


def links(file: Path) -> list[str]:
    """Return where the links of a page lead, without those that leave the site."""
    found = re.findall(r'href="([^"]*)"', file.read_text(encoding="utf-8"))
    return [address for address in found if not address.startswith("http")]


def test_site_has_a_page_for_each_article(small: Path, tmp_path: Path) -> None:
    """With an index and the stylesheet of all; the number of articles is told."""
    folder = tmp_path / "new" / "site"
    result = ora_here("export", "--format", "html", "--to", folder, "--articles", small)
    assert (result.code, result.stdout, result.stderr) == (0, "", f"6 articles in {folder}\n")
    assert {file.name for file in folder.iterdir()} == {"index.html", "style.css", *(f"{slug}.html" for slug in SLUGS)}
    for file in folder.iterdir():
        first = file.read_text(encoding="utf-8").splitlines()[:10]
        assert set(first) & set(MARKS), f"{file.name} does not say what made it"


def test_links_of_a_site_lead_somewhere(small: Path, tmp_path: Path) -> None:
    """Every link within the site has its page there, and the place on it; every page can be reached from the index."""
    pages = {file.name: file for file in site(tmp_path / "site", small).glob("*.html")}
    for name, file in pages.items():
        for address in links(file):
            page, _, anchor = address.partition("#")
            target = file.with_name(page or name)
            assert target.exists(), address
            assert not anchor or f' id="{anchor}"' in target.read_text(encoding="utf-8"), address
    assert pages.keys() - {"index.html"} <= set(links(pages["index.html"]))


def test_what_is_not_exported_is_no_link(small: Path, tmp_path: Path) -> None:
    """With --category, an article that leads to one of another category names it."""
    other = small.read_text(encoding="utf-8").replace('see_also = ["clay-mask-itch"]', 'see_also = ["brittle-nails"]')
    small.write_text(other, encoding="utf-8")
    page = site(tmp_path / "site", small, "-c", "clay-masks") / "clay-mask-time.html"
    assert "<li>What helps brittle nails?</li>" in page.read_text(encoding="utf-8")
    assert "Hand care" not in page.with_name("index.html").read_text(encoding="utf-8")


def test_index_is_by_category_and_group(small: Path, tmp_path: Path) -> None:
    """Categories of no group are others, and those without an article are left out."""
    grouped = SMALL.replace('name = "Clay masks"', 'name = "Clay masks"\ngroup = "Face"')
    empty = '\n[[category]]\nslug = "feet"\nname = "Feet"\ngroup = "Face"\n'
    small.write_text(grouped + empty, encoding="utf-8")
    index = (site(tmp_path / "site", small) / "index.html").read_text(encoding="utf-8")
    headings = re.findall(r"<h([23])[^>]*>([^<]+)", index)
    assert headings == [("2", "Categories"), ("3", "Face"), ("3", "Other"), ("2", "Clay masks"), ("2", "Hand care")]
    small.write_text(SMALL, encoding="utf-8")
    assert "<h3>" not in (site(tmp_path / "plain", small) / "index.html").read_text(encoding="utf-8")


def test_slug_of_an_article_may_be_index(small: Path, tmp_path: Path) -> None:
    """Its page does not take the place of the index."""
    small.write_text(SMALL.replace("clay-mask-itch", "index"), encoding="utf-8")
    folder = site(tmp_path / "site", small)
    assert "<h1>Why does my face itch" in (folder / "index_.html").read_text(encoding="utf-8")
    assert "index_.html" in links(folder / "clay-mask-time.html")
    assert "index_.html" in links(folder / "index.html")


def test_site_is_not_written_over_what_is_there(small: Path, tmp_path: Path) -> None:
    """Without --force a folder must be empty; with it pages of an earlier export are replaced, and others stay."""
    folder = site(tmp_path / "site", small)
    again = ("export", "--format", "html", "--to", folder, "--articles", small)
    refused = ora_here(*again)
    assert (refused.code, "is not empty" in refused.stderr, "--force" in refused.stderr) == (74, True, True)
    (folder / "CNAME").write_text("example.org", encoding="utf-8")
    small.write_text(SMALL.replace("Short nails", "Longer nails").replace("clay-mask-itch", "itch"), encoding="utf-8")
    replaced = ora_here(*again, "--force")
    assert replaced.code == 0
    assert "left there from an earlier export: clay-mask-itch.html\n" in replaced.stderr
    assert "Longer nails" in (folder / "brittle-nails.html").read_text(encoding="utf-8")
    assert (folder / "CNAME").read_text(encoding="utf-8") == "example.org"


def test_page_of_somebody_else_is_not_replaced(small: Path, tmp_path: Path) -> None:
    """--force replaces what `ora export` wrote, and nothing at all if one file is from elsewhere."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "brittle-nails.html").write_text("<h1>Mine</h1>", encoding="utf-8")
    result = ora_here("export", "--format", "html", "--to", folder, "--force", "--articles", small)
    assert (result.code, "brittle-nails.html is not from an export" in result.stderr) == (74, True)
    assert [file.name for file in folder.iterdir()] == ["brittle-nails.html"]
    assert (folder / "brittle-nails.html").read_text(encoding="utf-8") == "<h1>Mine</h1>"


def test_site_needs_a_folder(small: Path) -> None:
    """Pages do not go to standard output, nor into a file."""
    result = ora_here("export", "--format", "html", "--articles", small)
    assert (result.code, result.stdout, "--to FOLDER" in result.stderr) == (2, "", True)
    result = ora_here("export", "--format", "html", "--to", small, "--force", "--articles", small)
    assert (result.code, "is not a folder" in result.stderr) == (74, True)
