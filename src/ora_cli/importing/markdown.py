"""Questions that are headings of a Markdown document, and articles that `ora export` wrote as Markdown."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from ora_cli.content.articles import FOOTNOTE
from ora_cli.content.records import COMMENT, URGENT
from ora_cli.importing import footnotes
from ora_cli.importing.front_matter import split
from ora_cli.importing.items import (
    SPLIT,
    Given,
    Item,
    Skipped,
    category_named,
    found,
    left_out,
    literal,
    read_text,
    unreadable,
)
from ora_cli.importing.markup import NO_DESCRIPTION, Read, excerpt, read_html, row_text, struck_out
from ora_cli.importing.templates import without_templates
from ora_cli.text.words import slug_for

_MARK = re.compile(r"\[\^([^\] \n]{1,999})\]")  # a label of CommonMark is no longer
_IN_HTML = {"html_inline": "", "s_open": "<s>", "s_close": "</s>"}
# The title of an admonition, as in '!!! note "Title"' and ":::tip[Title]".
_NOTE_TITLE = re.compile(r'"(.*)"|\[(.*)\]')
# What GitHub has in place of an admonition: "> [!NOTE]".
_ALERT = re.compile(r"\[!(\w{1,20})\]\s*")
_EMOJI = re.compile(r"\s{0,9}:\w{1,30}:\Z")  # by its name, as GitHub has it behind a heading
_TASK = re.compile(r"\[([ xX])\]\s+")
_SUMMARY = re.compile(r"<summary[^<>]{0,200}>(.{0,1000}?)</summary>", re.DOTALL | re.IGNORECASE)
_DETAILS_END = re.compile("</details>", re.IGNORECASE)
_STRIKE = re.compile(r"<(/?)(?:s|del|strike)\b[^<>]{0,200}>", re.IGNORECASE)
# What markdown-it spends 10 and 40 microseconds on. The 480 bundled articles have 9,000 and 43,000.
_MOST = {"brackets": 200_000, "lines": 500_000}
_LINE = "\0"
"""What stands for the number of a line in a place; no path has it."""
_BELOW_HEADINGS = 7
"""The level of questions that are no headings."""


class _Markdown(MarkdownIt):
    """CommonMark with footnotes, tables and struck-out text; the addresses of links stay as they are written.

    What people write has definition lists and admonitions too.
    """

    def __init__(self, *, exported: bool) -> None:
        super().__init__("commonmark")
        self.enable(["table", "strikethrough"])
        if not exported:
            self.use(deflist_plugin)
            self.use(admon_plugin)
            self.use(container_plugin, name="admonition", validate=lambda title, _: bool(title.strip()))
        self.use(footnote_plugin, inline=False, move_to_end=False)
        self.inline.ruler.at("footnote_ref", _footnote_reference)

    def normalizeLink(self, url: str) -> str:  # noqa: N802 -- the library's name
        return url


def _footnote_reference(state: StateInline, silent: bool) -> bool:
    """Read a mark of a footnote that is defined. The plug-in alone looks behind each "[^" for an end, however far."""
    mark = _MARK.match(state.src, state.pos, state.posMax)
    defined = mark is not None and f":{mark[1]}" in state.env.get("footnotes", {}).get("refs", {})
    return defined and footnote_ref(state, silent)


@dataclass(slots=True)
class _Part:
    """A heading, the keys in the comment below it (or why they can't be read), and the text up to the next heading.

    `lost` is what of that was left out, and `is_question` that the title is one whatever it ends with.
    """

    level: int = 0
    line: int = 1
    title: str = ""
    is_question: bool = False
    keys: dict[str, Any] | str | None = None
    urgent: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        """Whether this is an article."""
        return self.is_question or self.keys is not None or _asks(self.title)

    def add(self, block: str, *, quoted: bool, bullet: bool, goes_on: bool) -> None:
        """Add a paragraph or bullet; one that goes on in another paragraph stays one."""
        urgent = quoted and not self.blocks and (bool(self.urgent) or block.startswith(URGENT))
        blocks = self.urgent if urgent else self.blocks
        if goes_on and blocks:
            blocks[-1] += f" {block}"
        else:
            blocks.append(f"- {block}" if bullet else _paragraph(block))

    def add_html(self, markup: str) -> None:
        """Add the paragraphs and bullets of a block of HTML."""
        text, lost = read_html(markup)
        for block in literal(text).split("\n\n"):
            self.blocks += re.split(r"\n(?=- )", block) if block else []
        self.lost += lost

    def add_row(self, cells: Sequence[str], *, is_head: bool) -> None:
        """Add a row of a table: a bullet, or a paragraph if it names the columns."""
        row = row_text(cells)
        if row:
            self.blocks.append(row if is_head else f"- {row}")


def read(path: Path, given: Given) -> Iterator[Item]:
    """Yield an article for each heading that asks something; the headings below it are its sections."""
    front, text = split(_read(path))
    if front.problem:
        yield Skipped(f"{path}:1", f"the front matter {front.problem}")
    if front.is_draft:
        yield Skipped(str(path), "is a draft")
        return
    yield from category_named(front.category)
    category = slug_for(front.category, "category") if front.category else given.category
    mdx = path.suffix.lower() == ".mdx"
    yield from _items(_Part(title=front.title), text, category, f"{path}:{_LINE}", mdx=mdx)
    for number, (question, answer) in enumerate(front.questions, 1):
        where = f"{path}: question {number}"
        yield from _items(_Part(title=question, is_question=True), answer, category, where, mdx=mdx)


def _read(path: Path) -> str:
    """Return the text of a document that can be parsed in seconds."""
    text = read_text(path)
    for mark, name in (("[", "brackets"), ("\n", "lines")):
        if text.count(mark) > _MOST[name]:
            raise unreadable(path, f"it has more than {_MOST[name]:,} {name}", SPLIT)
    return text


def _items(first: _Part, text: str, category: str, place: str, *, mdx: bool) -> Iterator[Item]:
    """Yield the articles of a text that begins below `first`; `place` is where it is, with a mark for the line."""

    def where(line: int) -> str:
        return place.replace(_LINE, str(line))

    exported = COMMENT in text
    if not exported:
        text, filled = without_templates(text, mdx=mdx)
        for line, written in filled:
            yield Skipped(where(line), f"left out: {written}, which the site fills in")
    tokens = _Markdown(exported=exported).parse(text)
    sources, others = footnotes.read(tokens)
    for line, footnote in others:
        yield Skipped(where(line), f"left out: the footnote {excerpt(footnote)}")
    document = _Document(first, {label: source["id"] for label, source in sources.items()}, exported=exported)
    for token in tokens:
        document.read(token)
    yield from _articles(document.parts, category, list(sources.values()), where)


def _articles(
    parts: Sequence[_Part], category: str, sources: Sequence[dict[str, str]], where: Callable[[int], str]
) -> Iterator[Item]:
    at = 0
    while at < len(parts):
        part, at = parts[at], at + 1
        yield from left_out(where(part.line), Read("", tuple(part.lost)))
        if not part.asks:
            if part.blocks:
                yield Skipped(where(part.line), _no_question(part))
        elif not part.blocks and not part.level and not part.is_question:
            pass  # the title of a page whose headings ask
        elif not part.blocks:
            yield Skipped(where(part.line), "no answer below the heading")
        else:
            end = next((n for n in range(at, len(parts)) if parts[n].level <= part.level), len(parts))
            yield _article(where(part.line), part, parts[at:end], category, sources)
            for below in parts[at:end]:
                yield from left_out(where(below.line), Read("", tuple(below.lost)))
            at = end


def _no_question(part: _Part) -> str:
    if not part.title:
        return "no heading before the text"
    return f"no question mark in the {'heading' if part.level else 'title'}"


def _asks(title: str) -> bool:
    """Return whether a title ends in a question mark; a closing quotation mark or an emoji may follow."""
    return bool(re.search(r"[?？؟][\W_]{0,20}\Z", title))  # noqa: RUF001 -- those of Chinese and Arabic


def _article(where: str, part: _Part, below: Sequence[_Part], category: str, sources: Sequence[dict[str, str]]) -> Item:
    if isinstance(part.keys, str):
        return Skipped(where, f"the comment below the heading: {part.keys}")
    keys = dict(part.keys or {})
    asked = keys.pop("asked", None)
    table: dict[str, Any] = {
        "category": category,
        **keys,
        "title": part.title,
        "answer": _text(
            [*part.blocks, *(block for untitled in below if not untitled.title for block in untitled.blocks)]
        ),
        "section": [
            {"heading": section.title, "body": _text(section.blocks), **_asked_for(number, asked)}
            for number, section in enumerate(each for each in below if each.title and each.blocks)
        ],
    }
    if part.urgent:
        table["urgent"] = _paragraph(_text(part.urgent).removeprefix(f"{URGENT} ")).removeprefix(URGENT)
    texts = [table["answer"], table.get("urgent", ""), *(section["body"] for section in table["section"])]
    cited = set(FOOTNOTE.findall("\n".join(texts)))
    return found(where, table, [source for source in sources if source["id"] in cited])


def _asked_for(section: int, asked: object) -> dict[str, Any]:
    """Return the key with the phrasings that ask for a section, if the lists in the comment have any for its number."""
    return {"asked": asked[section]} if isinstance(asked, list) and any(asked[section : section + 1]) else {}


def _paragraph(text: str) -> str:
    """Return the text of a paragraph so that it is not read as a bullet."""
    return re.sub(r"\A(- )+", lambda dashes: dashes[0].replace(" ", "\n"), text)


def _text(blocks: Sequence[str]) -> str:
    """Return paragraphs and bullets as one text, bullets on lines that follow each other."""
    text = "\n\n".join(blocks)
    return re.sub(r"(?m)(^- .*)\n\n(?=- )", r"\1\n", text)


class _Document:
    """The parts of a document, from its tokens."""

    def __init__(self, first: _Part, ids: Mapping[str, str], *, exported: bool) -> None:
        self.parts = [first]
        self._ids = ids
        self._exported = exported
        self._depth = Counter[str]()
        self._cells: list[str] = []
        self._item_begins = False
        self._struck = 0
        self._has_terms = False  # whether a term of the definition list asks
        self._notes: list[bool] = []  # of each admonition that is open, whether it asks

    def read(self, token: Token) -> None:
        """Read the next token."""
        name = token.type.removesuffix("_open").removesuffix("_close")
        self._depth[name] += token.nesting
        part = self._part(token)
        if token.type == "heading_open" and token.level == 0:
            self.parts.append(_Part(int(token.tag[1]), _line(token)))
        elif name == "list_item":
            self._item_begins = token.nesting > 0
        elif token.type == "html_block" and token.content.startswith(COMMENT) and not part.blocks:
            part.keys = _keys(token.content)
        elif self._depth["footnote_reference"] or self._depth["admonition_title"]:
            pass  # read already
        elif token.type == "html_block":
            self._read_html(token)
        elif name in ("admonition", "container_admonition"):
            self._read_note(token, part)
        elif token.type == "dl_close":
            self._end_terms()
        elif token.type == "tr_close":
            part.add_row(self._cells, is_head=bool(self._depth["thead"]))
            self._cells.clear()
        elif token.type in ("inline", "fence", "code_block"):
            self._read_text(token, part)

    def _part(self, token: Token) -> _Part:
        """Return the part that a token belongs to; one without a title begins where its text does."""
        part = self.parts[-1]
        if not part.title and not part.blocks:
            part.line = _line(token) or part.line
        return part

    def _read_text(self, token: Token, part: _Part) -> None:
        heading = bool(self._depth["heading"]) and token.level == 1
        text, lost = _inline(token, None if heading else self._ids)
        part.lost += lost
        if heading:
            part.title = text if self._exported else _EMOJI.sub("", text)
        elif self._depth["tr"]:
            self._cells.append(text)
        elif not self._exported and (question := self._question(token, text)):
            self._has_terms = self._has_terms or bool(self._depth["dt"])
            self.parts.append(_Part(_BELOW_HEADINGS, _line(token), question))
            if answer := text.removeprefix(f"**{question}**").strip() if self._depth["dt"] == 0 else "":
                self.parts[-1].blocks.append(_paragraph(answer))
        elif self._struck > 0 and text:
            part.lost.append(struck_out(text))
        elif text:
            goes_on, quoted = bool(self._depth["list_item"]) and not self._item_begins, bool(self._depth["blockquote"])
            if self._item_begins:
                text = _TASK.sub(lambda box: "☐ " if box[1] == " " else "☑ ", text)
            elif quoted and (alert := _ALERT.match(text)):
                text = f"**{alert[1].capitalize()}:** {text[alert.end() :]}"
            part.add(text, quoted=quoted, bullet=self._item_begins, goes_on=goes_on)
            self._item_begins = False

    def _question(self, token: Token, text: str) -> str | None:
        """Return the question that a term of a definition list is, or a first line that is strong as a whole."""
        if self._depth["dt"]:
            return text if _asks(text) or self._has_terms else None
        strong = re.match(r"\*\*([^*]+)\*\*", text)
        alone = strong and token.level == 1 and token.content.split("\n")[0].rstrip(" \\").endswith(("**", "__"))
        return strong[1] if strong and alone and _asks(strong[1]) else None

    def _end_terms(self) -> None:
        """End the last question of a definition list: what follows the list is none of its answer."""
        if self._has_terms and not self._depth["dl"]:
            self._has_terms = False
            self.parts.append(_Part(_BELOW_HEADINGS))

    def _read_note(self, token: Token, part: _Part) -> None:
        """Read the start or end of an admonition: a question if its title asks, else text with a strong title."""
        if token.nesting < 0:
            if self._notes.pop():
                self.parts.append(_Part(_BELOW_HEADINGS))
            return
        title = _note_title(token)
        self._notes.append(_asks(title))
        if self._notes[-1]:
            self.parts.append(_Part(_BELOW_HEADINGS, _line(token), title))
        elif title:
            part.blocks.append(f"**{literal(title)}**")

    def _read_html(self, token: Token) -> None:
        """Read a block of HTML; the summary of details is a heading as far as they go."""
        self._struck += sum(-1 if strike[1] else 1 for strike in _STRIKE.finditer(token.content))
        before, *details = _SUMMARY.split(token.content)
        self._add_html(before, token)
        for summary, text in zip(details[::2], details[1::2], strict=True):
            self.parts.append(_Part(_BELOW_HEADINGS, _line(token), _title(read_html(summary).text)))
            self._add_html(text, token)

    def _add_html(self, markup: str, token: Token) -> None:
        inside, *after = _DETAILS_END.split(markup, maxsplit=1)
        self.parts[-1].add_html(inside)
        if after:
            self.parts.append(_Part(_BELOW_HEADINGS, _line(token)))
            self.parts[-1].add_html(after[0])


def _note_title(token: Token) -> str:
    """Return the title of an admonition, which is its kind if it has none of its own."""
    kind, _, words = token.info.strip().partition(" ")
    titled = _NOTE_TITLE.search(token.info)
    if titled:
        title = titled[1] or titled[2] or ""
    else:  # behind the marks of Python-Markdown stand classes, behind colons a title
        title = words.split("{")[0] if token.markup.startswith(":") else ""
        title = title or (kind.capitalize() if kind.isalpha() else "")
    return _title(title)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _keys(comment: str) -> dict[str, Any] | str:
    try:
        keys = json.loads(comment.strip().removeprefix(COMMENT).removesuffix("-->"))
    except (ValueError, RecursionError) as error:
        return f"is not JSON: {error}"
    return keys if isinstance(keys, dict) else "is no JSON object"


def _inline(token: Token, ids: Mapping[str, str] | None) -> Read:
    """Return the text of a paragraph, with the ids of sources for labels of footnotes; None: of a heading.

    With HTML or struck-out text in it, it is made HTML as a whole and read as that.
    """
    if token.type != "inline":
        return Read(literal(token.content.strip()))
    children = token.children or []
    unseen = (NO_DESCRIPTION,) if any(child.type == "image" and not child.content for child in children) else ()
    if all(child.type not in _IN_HTML for child in children):
        return Read(_joined(children, ids, lambda text: text), unseen)
    text, lost = read_html(_joined(children, ids, lambda text: escape(text, quote=False)))
    return Read(_title(text) if ids is None else " ".join(text.split()), (*unseen, *lost))


def _title(text: str) -> str:
    return " ".join(text.replace("**", "").split())


def _joined(children: Sequence[Token], ids: Mapping[str, str] | None, written: Callable[[str], str]) -> str:
    """Return the text of tokens, what is neither HTML nor a mark as `written` has it."""
    text, address = "", ""
    for child in children:
        match child.type:
            case "strong_open" | "strong_close" if ids is not None:
                text += "**"
            case "softbreak" | "hardbreak":
                text += " "
            case "html_inline" | "s_open" | "s_close":
                text += _IN_HTML[child.type] or child.content
            case "link_open":
                address = str(child.attrs["href"])
            case "link_close" if footnotes.ADDRESS.match(address) and not text.endswith(written(address)):
                text += f" ({written(address)})"
            case "footnote_ref":
                label = child.meta["label"]
                text += f"[^{ids[label]}]" if ids and label in ids else written(f"[{label}]")
            case "text" | "code_inline" | "image":
                text += written(child.content if ids is None else literal(child.content))
    return text
