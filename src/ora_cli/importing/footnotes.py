"""Footnotes of a Markdown document: those with an address are sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.token import Token

from ora_cli.content.articles import SOURCE_KINDS
from ora_cli.importing.items import add_source, source

ADDRESS = re.compile(r"https?://[^\s<>]+")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


class Footnotes(NamedTuple):
    """The sources by the labels of their footnotes, and the line and text of each footnote that is none."""

    sources: dict[str, dict[str, str]]
    others: list[tuple[int, str]]


def read(tokens: Sequence[Token]) -> Footnotes:
    """Return the footnotes of a document."""
    found, by_id, label = Footnotes({}, []), dict[str, dict[str, str]](), ""
    for token in tokens:
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
        elif token.type == "inline" and label:
            if definition := _source(label, token.children or []):
                found.sources.setdefault(label, add_source(by_id, definition))
            else:
                found.others.append((token.map[0] + 1 if token.map else 0, f"[^{label}]: {token.content}"))
            label = ""
    return found


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
    if not address and (bare := ADDRESS.search(texts[""])):
        address = bare[0].rstrip(".,;)")
    if not ADDRESS.match(address):
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
