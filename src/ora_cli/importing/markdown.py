"""Questions that are headings of a Markdown document, and articles that `ora export` wrote as Markdown."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from ora_cli.content.articles import FOOTNOTE
from ora_cli.content.reading import SOURCE_KINDS
from ora_cli.content.records import COMMENT, URGENT
from ora_cli.importing.items import Item, Skipped, add_source, found, literal, read_text, source

_ADDRESS = re.compile(r"https?://[^\s<>]+")
_MARK = re.compile(r"\[\^([^\] \n]{1,999})\]")  # a label of CommonMark is no longer
_TAG = re.compile(r"<[^<>]*>")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


class _Markdown(MarkdownIt):
    """CommonMark with footnotes, which leaves the addresses of links as they are written."""

    def __init__(self) -> None:
        super().__init__("commonmark")
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
    """A heading, the keys in the comment below it (or why they can't be read), and the text up to the next heading."""

    level: int = 0
    line: int = 1
    title: str = ""
    keys: dict[str, Any] | str | None = None
    urgent: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)

    def add(self, block: str, *, quoted: bool, bullet: bool, goes_on: bool) -> None:
        """Add a paragraph or bullet; one that goes on in another paragraph stays one."""
        urgent = quoted and not self.blocks and (bool(self.urgent) or block.startswith(URGENT))
        blocks = self.urgent if urgent else self.blocks
        if goes_on and blocks:
            blocks[-1] += f" {block}"
        else:
            blocks.append(f"- {block}" if bullet else _paragraph(block))


def read(path: Path, category: str) -> Iterator[Item]:
    """Yield an article for each heading that asks something; the headings below it are its sections."""
    tokens = _Markdown().parse(read_text(path))
    yield from _unread(path, tokens)
    sources = _sources(tokens)
    parts = _parts(tokens, {label: source["id"] for label, source in sources.items()})
    at = 0
    while at < len(parts):
        part, at = parts[at], at + 1
        where = f"{path}:{part.line}"
        if not part.title.endswith("?") and part.keys is None:
            if part.blocks:
                yield Skipped(where, "no question mark in the heading" if part.level else "no heading before the text")
        elif not part.blocks:
            yield Skipped(where, "no answer below the heading")
        else:
            end = next((n for n in range(at, len(parts)) if parts[n].level <= part.level), len(parts))
            yield _article(where, part, parts[at:end], category, list(sources.values()))
            at = end


def _unread(path: Path, tokens: Sequence[Token]) -> Iterator[Skipped]:
    """Yield the blocks of HTML that say something."""
    for token in tokens:
        html = token.content.lstrip() if token.type == "html_block" else ""
        if not html.startswith("<!--") and _TAG.sub("", html).strip():
            yield Skipped(f"{path}:{token.map[0] + 1 if token.map else 0}", "text in HTML is not imported")


def _article(where: str, part: _Part, below: Sequence[_Part], category: str, sources: list[dict[str, str]]) -> Item:
    if isinstance(part.keys, str):
        return Skipped(where, f"the comment below the heading: {part.keys}")
    table: dict[str, Any] = {
        "category": category,
        **(part.keys or {}),
        "title": part.title,
        "answer": _text(part.blocks),
        "section": [{"heading": section.title, "body": _text(section.blocks)} for section in below if section.blocks],
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


def _parts(tokens: Sequence[Token], ids: Mapping[str, str]) -> list[_Part]:
    parts = [_Part()]
    depth = Counter[str]()
    item_begins = False
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        depth[name] += token.nesting
        part = parts[-1]
        if token.type == "heading_open" and token.level == 0:
            parts.append(_Part(int(token.tag[1]), token.map[0] + 1 if token.map else 0))
        elif name == "list_item":
            item_begins = token.nesting > 0
        elif token.type == "html_block" and token.content.startswith(COMMENT) and not part.blocks:
            part.keys = _keys(token.content)
        elif depth["footnote_reference"]:
            pass  # read already
        elif token.type == "inline" and depth["heading"] and token.level == 1:
            part.title = _inline(token, None)
        elif token.type in ("inline", "fence", "code_block"):
            text = _inline(token, ids) if token.type == "inline" else literal(token.content.strip())
            goes_on = bool(depth["list_item"]) and not item_begins
            part.add(text, quoted=bool(depth["blockquote"]), bullet=item_begins, goes_on=goes_on)
            item_begins = False
    return parts


def _keys(comment: str) -> dict[str, Any] | str:
    try:
        keys = json.loads(comment.strip().removeprefix(COMMENT).removesuffix("-->"))
    except (ValueError, RecursionError) as error:
        return f"is not JSON: {error}"
    return keys if isinstance(keys, dict) else "is no JSON object"


def _inline(token: Token, ids: Mapping[str, str] | None) -> str:
    """Return the text of a paragraph, with the ids of sources for labels of footnotes; None: of a heading."""
    text, address = "", ""
    for child in token.children or []:
        match child.type:
            case "strong_open" | "strong_close" if ids is not None:
                text += "**"
            case "softbreak" | "hardbreak":
                text += " "
            case "html_inline" if child.content.startswith("<br"):
                text += " "
            case "link_open":
                address = str(child.attrs["href"])
            case "link_close" if _ADDRESS.match(address) and not text.endswith(address):
                text += f" ({address})"
            case "footnote_ref":
                label = child.meta["label"]
                text += f"[^{ids[label]}]" if ids and label in ids else f"[{label}]"
            case "text" | "code_inline" | "image":
                text += child.content if ids is None else literal(child.content)
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
