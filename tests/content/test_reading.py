"""Reading article files: what is right comes out, what is wrong is named."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import examples
from hypothesis import given
from hypothesis import strategies as st

from ora_cli.content.articles import Article, Category, Record, RedFlag, Source, Synonym, WordGroup
from ora_cli.content.reading import ArticleFileError, read_articles
from ora_cli.errors import ExitCode, OraError

HEAD = """
[[category]]
slug = "clay-masks"
name = "Clay masks"

[[source]]
id = "guide"
title = "A guide"
publisher = "Mudford Institute"
url = "https://example.org/"
kind = "reference"

"""
ARTICLE = """
[[article]]
slug = "one"
title = "One?"
category = "clay-masks"
answer = "Yes."
"""
SOURCE = """
[[source]]
id = "other"
title = "Other"
publisher = "Somebody"
url = "https://example.org/"
kind = "study"
"""

FLAG = """
[[red_flag]]
sign = "s"
name = "S"
grade = "TODAY"
message = "M"
"""

# What the file holds after HEAD; then the article (or other table), the key, what is wrong, and how to fix it.
MISTAKES = {
    "slug missing": (ARTICLE.replace('slug = "one"', ""), "article 1", "slug", "is missing", "every article needs"),
    "title missing": (ARTICLE.replace('title = "One?"', ""), "one", "title", "is missing", "every article needs"),
    "answer missing": (ARTICLE.replace('answer = "Yes."', ""), "one", "answer", "is missing", "every article needs"),
    "category missing": (
        ARTICLE.replace('category = "clay-masks"', ""),
        "one",
        "category",
        "is missing",
        "every article needs",
    ),
    "key misspelt": (ARTICLE + 'urgnet = "Now."', "one", "urgnet", "unknown key", "did you mean 'urgent'?"),
    "key unknown": (ARTICLE + "weight = 3", "one", "weight", "unknown key", "article has the keys slug, title"),
    "slug not a slug": (
        ARTICLE.replace('"one"', '"One Two"'),
        "One Two",
        "slug",
        "'One Two' is not a slug",
        "use a-z, 0-9 and single hyphens",
    ),
    "slug with escape": (
        ARTICLE.replace('"one"', r'"a\u001b[31m b"'),
        "a b",
        "slug",
        "'a b' is not a slug",
        "use a-z",
    ),
    "slug twice": (ARTICLE * 2, "one", "slug", "this slug is used twice in the file", "give each article its own"),
    "title a number": (ARTICLE.replace('"One?"', "1"), "one", "title", "is a number, not text", "write it in quotes"),
    "title empty": (ARTICLE.replace('"One?"', '" "'), "one", "title", "is empty", "write the text"),
    "answer only control characters": (
        ARTICLE.replace('"Yes."', r'"\u001b[2J\u0007"'),
        "one",
        "answer",
        "is empty",
        "write the text",
    ),
    "answer a list": (ARTICLE.replace('"Yes."', '["Yes."]'), "one", "answer", "is a list", "write it in quotes"),
    "answer true": (ARTICLE.replace('"Yes."', "true"), "one", "answer", "is true or false", "write it in quotes"),
    "also_asked text": (ARTICLE + 'also_asked = "two"', "one", "also_asked", "not a list", 'write ["one", "two"]'),
    "asked of a section, a text": (
        ARTICLE + '[[article.section]]\nheading = "H"\nbody = "B"\nasked = "two"',
        "one",
        "asked",
        "not a list",
        'write ["one", "two"]',
    ),
    "also_asked with a number": (ARTICLE + "also_asked = [2]", "one", "also_asked", "is a number", "in quotes"),
    "see_also not a slug": (ARTICLE + 'see_also = ["Two!"]', "one", "see_also", "'Two!' is not a slug", "use a-z"),
    "reviewed without the day": (ARTICLE + 'reviewed = "2026-11"', "one", "reviewed", "lacks the day", "2026-11-22"),
    "reviewed no date": (ARTICLE + 'reviewed = "soon"', "one", "reviewed", "'soon' is not a date", "2026-11-22"),
    "reviewed 30 February": (ARTICLE + 'reviewed = "2026-02-30"', "one", "reviewed", "is not a date", "2026-11-22"),
    "reviewed with a time": (ARTICLE + "reviewed = 2026-02-03T04:05:06", "one", "reviewed", "is not a date", "2026"),
    "category unknown": (
        ARTICLE.replace('"clay-masks"', '"clay-mask"'),
        "one",
        "category",
        "unknown category 'clay-mask'",
        "did you mean 'clay-masks'?",
    ),
    "category far from any": (
        ARTICLE.replace('"clay-masks"', '"zzz"'),
        "one",
        "category",
        "unknown category 'zzz'",
        "add a [[category]]",
    ),
    "footnote misspelt": (
        ARTICLE.replace("Yes.", "Yes [^giude]."),
        "one",
        "footnote",
        "no source has the id 'giude'",
        "did you mean 'guide'?",
    ),
    "footnote in a section": (
        ARTICLE + '[[article.section]]\nheading = "H"\nbody = "B [^xyz-9]."',
        "one",
        "footnote",
        "no source has the id 'xyz-9'",
        'add a [[source]] with id = "xyz-9"',
    ),
    "section without a body": (
        ARTICLE + '[[article.section]]\nheading = "H"',
        "one",
        "body",
        "is missing",
        "every section needs",
    ),
    "section a text": (ARTICLE + 'section = "S"', "one", "section", "is not a list of sections", "[[article.section]]"),
    "section key unknown": (
        ARTICLE + '[[article.section]]\nheading = "H"\nbody = "B"\nboby = "B"',
        "one",
        "boby",
        "unknown key",
        "did you mean 'body'?",
    ),
    "url javascript": (
        SOURCE.replace("https://example.org/", "javascript:alert(1)"),
        "source other",
        "url",
        "'javascript:alert(1)' is not a web address",
        "starting with https://",
    ),
    "url file": (SOURCE.replace("https:", "file:"), "source other", "url", "is not a web address", "https://"),
    "url without a host": (SOURCE.replace("example.org", ""), "source other", "url", "is not a web address", "https"),
    "url with a blank": (SOURCE.replace("org/", "org/a b"), "source other", "url", "is not a web address", "https"),
    "url half a bracket": (SOURCE.replace("example", "[example"), "source other", "url", "not a web address", "https"),
    "kind unknown": (
        SOURCE.replace('"study"', '"blog"'),
        "source other",
        "kind",
        "'blog' is not a kind of source",
        "use one of label, regulator",
    ),
    "source date": (SOURCE + 'date = "May 2021"', "source other", "date", "is not a date", "2026-11"),
    "source twice": (SOURCE * 2, "source other", "id", "this id is used twice", "give each source its own id"),
    "source without a publisher": (
        SOURCE.replace('publisher = "Somebody"', ""),
        "source other",
        "publisher",
        "is missing",
        "every source needs",
    ),
    "category twice": (
        '[[category]]\nslug = "clay-masks"\nname = "C"',
        "category clay-masks",
        "slug",
        "this category is there twice",
        "leave one of them out",
    ),
    "synonym terms text": ('[[synonym]]\nterms = "a, b"', "synonym 1", "terms", "not a list", 'write ["one", "two"]'),
    "red flag without a message": (
        '[[red_flag]]\nsign = "s"\nname = "S"\ngrade = "TODAY"',
        "red_flag s",
        "message",
        "is missing",
        "every red_flag needs",
    ),
    "red flag source unknown": (
        FLAG + 'sources = ["guild"]',
        "red_flag s",
        "sources",
        "no source has the id 'guild'",
        "did you mean 'guide'?",
    ),
    "grade in small letters": (
        FLAG.replace("TODAY", "today"),
        "red_flag s",
        "grade",
        "'today' is not a grade",
        "use one of EMERGENCY, TODAY",
    ),
    "rule with an empty part": (
        FLAG + 'rules = ["a + "]',
        "red_flag s",
        "rules",
        "has an empty part",
        "write it as in",
    ),
    "rule with half a brace": (
        FLAG + 'rules = ["{a"]',
        "red_flag s",
        "rules",
        "neither words nor a group in braces",
        "write it as in",
    ),
    "phrases of before": (
        FLAG + 'phrases = ["a"]',
        "red_flag s",
        "phrases",
        "unknown key",
        "red_flag has the keys sign, name, grade, message, rules",
    ),
    "group without words": (
        '[[word_group]]\nname = "a"',
        "word_group a",
        "words",
        "is missing",
        "every word_group needs",
    ),
    "table misspelt": ('[[articles]]\nslug = "one"', None, "articles", "unknown table", "did you mean [[article]]?"),
    "table unknown": ('[zzz]\nx = "y"', None, "zzz", "unknown table", "a file holds [[category]]"),
    "single brackets": (
        '[article]\nslug = "one"',
        None,
        "article",
        "is not a list of tables",
        "write [[article]] with two brackets",
    ),
    "table a list of texts": ('article = ["one"]', "article 1", None, "is text, not a table", "write [[article]]"),
}


def write(folder: Path, content: str | bytes, name: str = "articles.toml") -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def problems(file: Path) -> list[tuple[str | None, str | None, str, str]]:
    """Return everything that is wrong with a file."""
    with pytest.raises(ArticleFileError) as caught:
        list(read_articles(file))
    assert caught.value.code is ExitCode.BAD_ARTICLES
    assert all(problem.file == str(file) for problem in caught.value.problems)
    return [(problem.article, problem.key, problem.what, problem.hint) for problem in caught.value.problems]


def jsonl(*tables: object) -> str:
    return "".join(json.dumps(table) + "\n" for table in tables)


def article(**changes: object) -> dict[str, object]:
    return {"slug": "one", "title": "One?", "category": "clay-masks", "answer": "Yes.", **changes}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_named_with_how_to_mend_it(tmp_path: Path, mistake: tuple[str, str | None, str, str, str]) -> None:
    """Each mistake is told once, with file, article, key, what is wrong and how to fix it."""
    text, label, key, what, hint = mistake
    # A lone `article = [...]` must stand before the first table.
    content = text + HEAD if text.startswith("article =") else HEAD + text
    [(found_label, found_key, found_what, found_hint)] = problems(write(tmp_path, content))
    assert (found_label, found_key) == (label, key)
    assert what in found_what
    assert hint in found_hint


def test_message_reads_file_article_key_what_mend(tmp_path: Path) -> None:
    """The text of the error has it all in one line, and says which command lists every mistake."""
    file = write(tmp_path, HEAD + ARTICLE + 'urgnet = "Now."')
    with pytest.raises(ArticleFileError) as caught:
        list(read_articles(file))
    assert f"{file}: one: urgnet: unknown key; did you mean 'urgent'?" in str(caught.value)
    assert caught.value.hint == f"list them all with: ora check {file}"


def test_all_mistakes_are_reported_together(tmp_path: Path) -> None:
    """One run tells every mistake of a file, also those after a broken table."""
    text = HEAD + SOURCE.replace('"study"', '"blog"') + ARTICLE + "weight = 3\nreviewed = 2026" + ARTICLE + "height = 4"
    assert [(label, key) for label, key, _, _ in problems(write(tmp_path, text))] == [
        ("source other", "kind"),
        ("one", "weight"),
        ("one", "reviewed"),
        ("one", "height"),
        ("one", "slug"),
    ]


def test_long_list_of_mistakes_is_cut_in_the_message_but_kept_in_the_error(tmp_path: Path) -> None:
    """Twenty mistakes are shown and the rest counted."""
    file = write(tmp_path, HEAD + "".join(ARTICLE.replace('"one"', f'"a-{n}"') + "weight = 3" for n in range(50)))
    with pytest.raises(ArticleFileError) as caught:
        list(read_articles(file))
    assert len(caught.value.problems) == 50
    assert "… and 30 more" in str(caught.value)


def test_unnamed_table_is_numbered_among_its_kind(tmp_path: Path) -> None:
    """An article without a slug is the second article, however many sources come before it."""
    text = HEAD + SOURCE + ARTICLE + ARTICLE.replace('slug = "one"', "")
    assert [label for label, *_ in problems(write(tmp_path, text))] == ["article 2"]


# name, content, line, what
NOT_READABLE = {
    "invalid UTF-8": ("a.toml", b'[[category]]\nslug = "a"\nname = "\xff"\n', 3, "is not UTF-8"),
    "invalid UTF-8 in JSONL": ("a.jsonl", b'{"slug": "a"\n\n\xff\xfe\n', 3, "is not UTF-8"),
    "half of UTF-16": ("a.toml", b"\xff\xfes\x00l", 1, "is not UTF-8"),
    "not TOML": ("a.toml", b'[[article]]\nslug = "one\n', None, "is not TOML"),
    "TOML nested too deep": ("a.toml", b"a = " + b"[" * 20_000, None, "is not TOML"),
    "TOML number too long": ("a.toml", b"a = " + b"1" * 5_000, None, "is not TOML"),
    "TOML date that is none": ("a.toml", b"a = 2026-02-30", None, "is not TOML"),
    "not JSON": ("a.jsonl", b'\n{"slug": }\n', 2, "is not JSON"),
    "JSON nested too deep": ("a.jsonl", b"[" * 200_000, 1, "is not JSON"),
    "JSON number too long": ("a.jsonl", b"\n\n" + b"1" * 5_000, 3, "is not JSON"),
    "JSON but a list": ("a.jsonl", b'["one"]', 1, "is a list, not a table"),
    "JSON but a text": ("a.jsonl", b'\n"one"', 2, "is text, not a table"),
}


@pytest.mark.parametrize("case", NOT_READABLE.values(), ids=NOT_READABLE)
def test_unreadable_content_is_a_mistake_with_its_line(
    tmp_path: Path, case: tuple[str, bytes, int | None, str]
) -> None:
    """What is no TOML, JSON or UTF-8 is reported like any other mistake, with the line where that is known."""
    name, content, line, what = case
    with pytest.raises(ArticleFileError) as caught:
        list(read_articles(write(tmp_path, content, name)))
    found = [(problem.line, problem.what) for problem in caught.value.problems if what in problem.what]
    assert [number for number, _ in found] == [line]
    assert str(tmp_path / name) + (f":{line}" if line else "") in str(caught.value)


def test_toml_syntax_error_tells_where(tmp_path: Path) -> None:
    """The message of the TOML reader, with line and column, is passed on."""
    [(_, _, what, _)] = problems(write(tmp_path, '[[article]]\nslug = "one\n'))
    assert "line 2" in what


def test_records_come_out_as_written(tmp_path: Path) -> None:
    """Every kind of table becomes its record, with shared sources resolved in the order of the text."""
    text = HEAD + SOURCE + '[[synonym]]\nterms = ["itch", "prickle"]\n'
    text += '[[word_group]]\nname = "wheeze"\nwords = ["wheez*"]\n'
    text += FLAG + 'rules = ["{wheeze} + clay"]\nexamples = ["wheezing from clay"]\nsources = ["guide"]\n'
    text += ARTICLE.replace("Yes.", "Yes [^other]. No [^guide]. Yes [^other].") + "reviewed = 2026-02-03\n"
    category, guide, other, synonym, group, red_flag, found = read_articles(write(tmp_path, text))
    assert category == Category("clay-masks", "Clay masks")
    assert isinstance(guide, Source)
    assert isinstance(other, Source)
    assert synonym == Synonym(("itch", "prickle"))
    assert group == WordGroup("wheeze", ("wheez*",))
    assert red_flag == RedFlag("s", "S", "TODAY", "M", ("{wheeze} + clay",), ("wheezing from clay",), (guide,))
    assert isinstance(found, Article)
    assert found.sources == (other, guide)
    assert found.reviewed == "2026-02-03"
    assert found.origin == str(tmp_path / "articles.toml")


@pytest.mark.parametrize("suffix", ["toml", "jsonl"])
def test_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path, suffix: str) -> None:
    """A file saved by a Windows editor reads as one saved elsewhere."""
    text = HEAD + ARTICLE + 'urgent = """\nTwo\nlines"""\n'
    if suffix == "jsonl":
        text = jsonl({"category": {"slug": "clay-masks", "name": "Clay masks"}}, article(urgent="Two\nlines"))
    plain = write(tmp_path, text, f"plain.{suffix}")
    windows = write(tmp_path, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), f"windows.{suffix}")

    def read(file: Path) -> str:
        return repr(list(read_articles(file))).replace(str(file), "")

    assert read(plain) == read(windows)
    assert "Two\\nlines" in read(windows)


@pytest.mark.parametrize("text", ["\ufeff", "", "\n\n", "# nothing\n"])
def test_file_without_tables_has_no_records(tmp_path: Path, text: str) -> None:
    """An empty file is a file with nothing in it."""
    assert list(read_articles(write(tmp_path, text))) == []


def test_jsonl_lines_are_articles_or_wrapped_tables(tmp_path: Path) -> None:
    """A line is an article under the keys of the TOML form, or another table under its name."""
    source = {"id": "guide", "title": "A", "publisher": "P", "url": "https://example.org", "kind": "study"}
    text = jsonl(
        {"source": source},
        {"category": {"slug": "clay-masks", "name": "Clay masks"}},
        {"synonym": {"terms": ["itch", "prickle"]}},
        article(answer="Yes [^guide].", section=[{"heading": "H", "body": "B"}]),
        {"article": article(slug="two")},
    )
    records = list(read_articles(write(tmp_path, text, "a.jsonl")))
    assert [type(record) for record in records] == [Source, Category, Synonym, Article, Article]
    assert records[3].sources == (records[0],)  # type: ignore[union-attr]


def test_jsonl_mistakes_carry_their_lines(tmp_path: Path) -> None:
    """Mistakes on several lines are told together, each with its line; blank lines count."""
    text = jsonl(article()) + "\n" + jsonl(article(slug="two", answer=3), article(slug="three"), {"source": {}})
    with pytest.raises(ArticleFileError) as caught:
        list(read_articles(write(tmp_path, text, "a.jsonl")))
    assert [problem.line for problem in caught.value.problems] == [3, 5, 5, 5, 5, 5]


def test_jsonl_is_read_as_a_stream(tmp_path: Path) -> None:
    """Records come out before the lines after them are read."""
    file = write(tmp_path, jsonl(article()) + "not JSON\n", "a.jsonl")
    records = read_articles(file)
    first = next(records)
    assert isinstance(first, Article)
    with pytest.raises(ArticleFileError):
        next(records)


@pytest.mark.parametrize("key", ["also_asked", "section"])
def test_an_article_has_at_most_a_thousand_phrasings_and_sections(tmp_path: Path, key: str) -> None:
    """A thousand are taken, one more is a mistake."""
    entries: list[object] = [f"phrasing {n}" for n in range(1001)]
    if key == "section":
        entries = [{"heading": "H", "body": "B"}] * 1001
    [found] = read_articles(write(tmp_path, jsonl(article(**{key: entries[:1000]})), "a.jsonl"))
    assert isinstance(found, Article)
    [(label, where, what, hint)] = problems(write(tmp_path, jsonl(article(**{key: entries})), "b.jsonl"))
    assert (label, where) == ("one", key)
    assert "more than 1000" in what
    assert hint == "split the article"


def test_control_characters_are_stripped_from_every_text(tmp_path: Path) -> None:
    """Escape sequences and direction marks do not get past reading."""
    hostile = "a\u001b[31mb\u001b]0;title\u0007c\u009b1md\u202ee\u0000f"
    texts = {"title": hostile, "answer": hostile, "urgent": hostile, "also_asked": [hostile]}
    [found] = read_articles(
        write(tmp_path, jsonl(article(**texts, section=[{"heading": hostile, "body": hostile}])), "a.jsonl")
    )
    assert isinstance(found, Article)
    section = found.sections[0]
    texts_read = {found.title, found.answer, found.urgent, found.also_asked[0], section.heading, section.body}
    assert texts_read == {"abcdef"}


def test_file_that_cannot_be_read_is_an_input_error(tmp_path: Path) -> None:
    """A file that is not there, or is a folder, is not a bad article file."""
    for file in (tmp_path / "missing.toml", tmp_path):
        with pytest.raises(OraError) as caught:
            list(read_articles(file))
        assert caught.value.code is ExitCode.IO
        assert str(file) in str(caught.value)


SNIPPETS = [
    HEAD,
    ARTICLE,
    SOURCE,
    *(text for text, *_ in MISTAKES.values()),
    jsonl(article()),
    jsonl({"source": {"id": "s"}}),
    "[^",
    "\\u001b",
    '"""',
    "\ufeff",
]
ANY_CONTENT = st.one_of(
    st.binary(max_size=200),
    st.lists(st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=20)), max_size=5).map(
        lambda parts: "".join(parts).encode("utf-8", "replace")
    ),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(
                    ["slug", "title", "category", "answer", "section", "source", "article", "url", "\ud800"]
                ),
                inner,
                max_size=4,
            ),
        ),
    ).map(lambda value: json.dumps(value).encode()),
)


@pytest.mark.parametrize("suffix", ["toml", "jsonl"])
@examples(200)
@given(content=ANY_CONTENT)
def test_any_bytes_give_records_or_a_proper_error(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, content: bytes
) -> None:
    """Whatever stands in a file, reading it ends in records or in an error for people."""
    file = write(tmp_path_factory.getbasetemp(), content, f"any.{suffix}")
    with suppress(OraError):
        records = list(read_articles(file))
        assert all(isinstance(record, Record) for record in records)


def test_footnote_marks_in_capitals_are_marks(tmp_path: Path) -> None:
    """FAULT 12: the id of a source is found whatever its letters, in the answer and in sections."""
    section = '[[article.section]]\nheading = "More"\nbody = "So [^Guide]."\n'
    content = HEAD + ARTICLE.replace("Yes.", "Yes [^GUIDE].") + section
    [article] = [record for record in read_articles(write(tmp_path, content)) if isinstance(record, Article)]
    assert article.answer == "Yes [^guide]."
    assert article.sections[0].body == "So [^guide]."
    assert [source.id for source in article.sources] == ["guide"]


@pytest.mark.parametrize("mark", ["[^my source]", "[^]", "[^-guide]", "[^quelle-ä]"])
def test_what_looks_like_a_mark_is_one_or_a_mistake(tmp_path: Path, mark: str) -> None:
    """FAULT 12: nothing is printed raw that a reader would take for a mark."""
    found = problems(write(tmp_path, HEAD + ARTICLE.replace("Yes.", f"Yes {mark}.")))
    assert [(article, key, what) for article, key, what, _ in found] == [
        ("one", "footnote", f"{mark!r} is no footnote mark")
    ]
