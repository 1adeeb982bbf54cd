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
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from ora_cli.content.articles import FOOTNOTE
from ora_cli.content.reading import SOURCE_KINDS
from ora_cli.content.records import COMMENT, URGENT
from ora_cli.importing.items import Given, Item, Skipped, add_source, found, left_out, literal, read_text, source
from ora_cli.importing.markup import Read, read_html, row_text

_ADDRESS = re.compile(r"https?://[^\s<>]+")
_MARK = re.compile(r"\[\^([^\] \n]{1,999})\]")  # a label of CommonMark is no longer
_IN_HTML = {"html_inline": "", "s_open": "<s>", "s_close": "</s>"}
# Of Jekyll, Hugo and their like: YAML between "---", TOML between "+++".
_FRONT_MATTER = re.compile(
    r"\A(---|\+\+\+)[ \t]*\r?\n(?=[\w#])(.*?)^(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_TITLE = re.compile(r"""^title[ \t]*[:=][ \t]*(["']?)([^\s>|].*?)\1[ \t]*\r?$""", re.MULTILINE)
# What may follow the text of a heading, as in "## Why? {#why}".
_ATTRIBUTES = re.compile(r"\s{0,9}\{:?\s?[#.][^{}]{0,200}\}\Z")
_SUMMARY = re.compile(r"<summary[^<>]{0,200}>(.{0,1000}?)</summary>", re.DOTALL | re.IGNORECASE)
_DETAILS_END = re.compile("</details>", re.IGNORECASE)
_BELOW_HEADINGS = 7
"""The level of questions that are no headings."""
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


class _Markdown(MarkdownIt):
    """CommonMark with footnotes, tables and struck-out text; the addresses of links stay as they are written.

    What people write has definition lists too.
    """

    def __init__(self, *, exported: bool) -> None:
        super().__init__("commonmark")
        self.enable(["table", "strikethrough"])
        if not exported:
            self.use(deflist_plugin)
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

    `lost` is what of that was left out.
    """

    level: int = 0
    line: int = 1
    title: str = ""
    keys: dict[str, Any] | str | None = None
    urgent: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

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
    title, text = _without_front_matter(read_text(path))
    exported = COMMENT in text
    tokens = _Markdown(exported=exported).parse(text)
    sources = _sources(tokens)
    document = _Document({label: source["id"] for label, source in sources.items()}, exported=exported)
    document.parts[0].title = title
    for token in tokens:
        document.read(token)
    parts, at = document.parts, 0
    while at < len(parts):
        part, at = parts[at], at + 1
        where = f"{path}:{part.line}"
        yield from left_out(where, Read("", tuple(part.lost)))
        if not _asks(part.title) and part.keys is None:
            if part.blocks:
                yield Skipped(where, _no_question(part))
        elif not part.blocks and not part.level:
            pass  # the title of a page whose headings ask
        elif not part.blocks:
            yield Skipped(where, "no answer below the heading")
        else:
            end = next((n for n in range(at, len(parts)) if parts[n].level <= part.level), len(parts))
            yield _article(where, part, parts[at:end], given.category, list(sources.values()))
            for below in parts[at:end]:
                yield from left_out(f"{path}:{below.line}", Read("", tuple(below.lost)))
            at = end


def _no_question(part: _Part) -> str:
    if not part.title:
        return "no heading before the text"
    return f"no question mark in the {'heading' if part.level else 'title'}"


def _asks(title: str) -> bool:
    """Return whether a title ends in a question mark; a closing quotation mark or an emoji may follow."""
    return bool(re.search(r"[?？؟][\W_]{0,20}\Z", title))  # noqa: RUF001 -- those of Chinese and Arabic


def _without_front_matter(text: str) -> tuple[str, str]:
    """Return the title in the front matter, and the text with blank lines for it, so that lines keep their numbers.

    The title alone is wanted, which is a line of its own, so that no reader of YAML is needed.
    """
    front = _FRONT_MATTER.match(text)
    if not front:
        return "", text
    title = _TITLE.search(front[2])
    return title[2] if title else "", "\n" * front[0].count("\n") + text[front.end() :]


def _article(where: str, part: _Part, below: Sequence[_Part], category: str, sources: list[dict[str, str]]) -> Item:
    if isinstance(part.keys, str):
        return Skipped(where, f"the comment below the heading: {part.keys}")
    table: dict[str, Any] = {
        "category": category,
        **(part.keys or {}),
        "title": part.title,
        "answer": _text(
            [*part.blocks, *(block for untitled in below if not untitled.title for block in untitled.blocks)]
        ),
        "section": [
            {"heading": section.title, "body": _text(section.blocks)}
            for section in below
            if section.title and section.blocks
        ],
    }
    if part.urgent:
        table["urgent"] = _paragraph(_text(part.urgent).removeprefix(f"{URGENT} ")).removeprefix(URGENT)
    texts = [table["answer"], table.get("urgent", ""), *(section["body"] for section in table["section"])]
    cited = set(FOOTNOTE.findall("\n".join(texts)))
    return found(where, table, [source for source in sources if source["id"] in cited])


def _paragraph(text: str) -> str:
    """Return the text of a paragraph so that it is not read as a bullet."""
    return re.sub(r"\A(- )+", lambda dashes: dashes[0].replace(" ", "\n"), text)


def _text(blocks: Sequence[str]) -> str:
    """Return paragraphs and bullets as one text, bullets on lines that follow each other."""
    text = "\n\n".join(blocks)
    return re.sub(r"(?m)(^- .*)\n\n(?=- )", r"\1\n", text)


class _Document:
    """The parts of a document, from its tokens."""

    def __init__(self, ids: Mapping[str, str], *, exported: bool) -> None:
        self.parts = [_Part()]
        self._ids = ids
        self._exported = exported
        self._depth = Counter[str]()
        self._cells: list[str] = []
        self._item_begins = False

    def read(self, token: Token) -> None:
        """Read the next token."""
        name = token.type.removesuffix("_open").removesuffix("_close")
        self._depth[name] += token.nesting
        part = self.parts[-1]
        if token.type == "heading_open" and token.level == 0:
            self.parts.append(_Part(int(token.tag[1]), _line(token)))
        elif name == "list_item":
            self._item_begins = token.nesting > 0
        elif token.type == "html_block" and token.content.startswith(COMMENT) and not part.blocks:
            part.keys = _keys(token.content)
        elif self._depth["footnote_reference"]:
            pass  # read already
        elif token.type == "html_block":
            self._read_html(token)
        elif token.type == "tr_close":
            part.add_row(self._cells, is_head=bool(self._depth["thead"]))
            self._cells.clear()
        elif token.type in ("inline", "fence", "code_block"):
            self._read_text(token, part)

    def _read_text(self, token: Token, part: _Part) -> None:
        heading = bool(self._depth["heading"]) and token.level == 1
        text, lost = _inline(token, None if heading else self._ids)
        part.lost += lost
        if heading:
            part.title = text if self._exported else _ATTRIBUTES.sub("", text)
        elif self._depth["tr"]:
            self._cells.append(text)
        elif not self._exported and (question := self._question(token, text)):
            self.parts.append(_Part(_BELOW_HEADINGS, _line(token), question))
            if answer := text.removeprefix(f"**{question}**").strip() if self._depth["dt"] == 0 else "":
                self.parts[-1].blocks.append(_paragraph(answer))
        else:
            goes_on = bool(self._depth["list_item"]) and not self._item_begins
            part.add(text, quoted=bool(self._depth["blockquote"]), bullet=self._item_begins, goes_on=goes_on)
            self._item_begins = False

    def _question(self, token: Token, text: str) -> str | None:
        """Return the question that a term of a definition list is, or a first line that is strong as a whole."""
        if self._depth["dt"]:
            return text if _asks(text) else None
        strong = re.match(r"\*\*([^*]+)\*\*", text)
        alone = strong and token.level == 1 and token.content.split("\n")[0].rstrip(" \\").endswith(("**", "__"))
        return strong[1] if strong and alone and _asks(strong[1]) else None

    def _read_html(self, token: Token) -> None:
        """Read a block of HTML; the summary of details is a heading as far as they go."""
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
    if all(child.type not in _IN_HTML for child in children):
        return Read(_joined(children, ids, lambda text: text))
    read = read_html(_joined(children, ids, lambda text: escape(text, quote=False)))
    return read._replace(text=_title(read.text) if ids is None else " ".join(read.text.split()))


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
            case "link_close" if _ADDRESS.match(address) and not text.endswith(written(address)):
                text += f" ({written(address)})"
            case "footnote_ref":
                label = child.meta["label"]
                text += f"[^{ids[label]}]" if ids and label in ids else written(f"[{label}]")
            case "text" | "code_inline" | "image":
                text += written(child.content if ids is None else literal(child.content))
    return text


def _sources(tokens: Sequence[Token]) -> dict[str, dict[str, str]]:
    """Return the footnotes that have an address, by their labels."""
    by_label: dict[str, dict[str, str]] = {}
    by_id: dict[str, dict[str, str]] = {}
    label = ""
    for token in tokens:
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
        elif token.type == "inline" and label:
            if definition := _source(label, token.children or []):
                by_label.setdefault(label, add_source(by_id, definition))
            label = ""
    return by_label


def _source(label: str, children: Sequence[Token]) -> dict[str, str] | None:
    """Read a footnote, laid out as `ora export` does or as people do."""
    texts = {"": "", "link": "", "em": ""}
    address, inside = "", ""
    for child in children:
        if child.type in ("link_open", "em_open"):
            inside = child.type.removesuffix("_open")
            address = address or str(child.attrGet("href") or "")
        elif child.type in ("link_close", "em_close"):
            inside = ""
        else:
            texts[inside] += child.content
    if not address and (bare := _ADDRESS.search(texts[""])):
        address = bare[0].rstrip(".,;)")
    if not _ADDRESS.match(address):
        return None
    title = texts["link"] if texts["link"] != address else ""
    definition = source(address, title or texts[""].replace(address, "").strip(" .,;()"), texts["em"])
    facts = _facts(texts[""])
    # Of what is laid out as `ora export` does, the label is the id; others number their footnotes.
    return {**definition, **facts, "id": label if "kind" in facts else definition["id"]}


def _facts(text: str) -> dict[str, str]:
    """Return what a footnote says of its source, each fact between commas: the kind, the date, when it was read."""
    facts = {}
    for fact in text.split(", "):
        if fact in SOURCE_KINDS:
            facts["kind"] = fact
        elif _DATE.fullmatch(fact):
            facts["date"] = fact
        elif _DATE.fullmatch(fact.removeprefix("accessed ")):
            facts["accessed"] = fact.removeprefix("accessed ")
    return facts
