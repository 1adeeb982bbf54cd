"""Questions and answers that a web page declares for search engines: schema.org's Question.

FAQPage and QAPage hold them, but so do other types and bare graphs; a Question is taken wherever it stands. Pages that
`ora` itself wrote hold their articles as they are, and these are taken instead.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ora_cli.content.reading import read_tables
from ora_cli.content.records import RECORDS
from ora_cli.importing import jsonl
from ora_cli.importing.items import Given, Item, Skipped, cited, found, left_out, literal, read_text, source
from ora_cli.importing.markup import Read, parse, read_value
from ora_cli.importing.structured import Broken, Node, in_elements, in_scripts, last_part

_CHARSET = re.compile(rb"""(?:<meta[^>]{0,500}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
# What may stand in an address as it is; a browser takes the rest too, and encodes it.
_SAFE = "%:/?#[]@!$&'()*+,;=~"
_WEB = ("http://", "https://")


def read(path: Path, given: Given) -> Iterator[Item]:
    """Yield an article for each question of the page."""
    root = parse(read_text(path, declared=_CHARSET))
    nodes: list[Node] = []
    for node in in_scripts(root):
        if isinstance(node, Broken):
            yield Skipped(f"{path}:{node.line}", f"is not JSON: {node.why}")
        else:
            nodes.append(node)
    exported = [node[RECORDS] for node in nodes if isinstance(node.get(RECORDS), list)]
    if exported:
        for records in exported:
            yield from jsonl.items(read_tables(records, origin=str(path)), str(path))
        return
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    questions = _questions(nodes)
    asked = {_title(question).text for question in questions}  # most pages that declare them twice do so word for word
    questions += [question for question in _questions(in_elements(root)) if _title(question).text not in asked]
    if not questions:
        yield Skipped(str(path), "no questions in it: no FAQPage or QAPage in JSON-LD, microdata or RDFa")
    sources = _sources(root)
    for number, question in enumerate(questions, 1):
        yield from _article(f"{path}: question {number}", question, by_id, given.category, sources)


def _questions(nodes: Iterable[Node]) -> list[Node]:
    return [node for node in nodes if "Question" in _types(node)]


def _types(node: Node) -> set[str]:
    """Return the types of an object without what they may begin with, as in https://schema.org/Question."""
    return {last_part(name) for name in _list(node.get("@type")) if isinstance(name, str)}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _article(
    where: str, question: Node, by_id: Mapping[str, Node], category: str, sources: list[dict[str, str]]
) -> Iterator[Item]:
    accepted, suggested = (_answers(question, key, by_id) for key in ("acceptedAnswer", "suggestedAnswer"))
    answers = [*accepted, *sorted(suggested, key=_votes, reverse=True)]
    title, answer = _title(question), _joined(_reads(answers[0], "text")) if answers else Read("")
    table = {
        "title": title.text,
        "category": category,
        "answer": cited(literal(answer.text), sources) if answer.text else "",
    }
    yield found(where, table, sources)
    yield from left_out(where, title, answer)
    if len(answers) > 1:
        yield Skipped(where, f"the other answers, {len(answers) - 1} of them: an article has one")


def _answers(question: Node, key: str, by_id: Mapping[str, Node]) -> list[Node]:
    """Return the answers under a key, where they stand themselves, by a reference, or as mere text."""
    answers = ({"text": answer} if isinstance(answer, str) else answer for answer in _list(question.get(key)))
    return [by_id.get(str(answer.get("@id")), answer) for answer in answers if isinstance(answer, dict)]


def _title(question: Node) -> Read:
    title = next(iter(_reads(question, "name", "text")), Read(""))
    return title._replace(text=title.text.replace("**", ""))


def _reads(node: Node, *keys: str) -> list[Read]:
    """Return the texts under the first of these keys that has any."""
    for key in keys:
        values = (value.get("@value") if isinstance(value, dict) else value for value in _list(node.get(key)))
        if reads := [read for value in values if isinstance(value, str) and (read := read_value(value)).text]:
            return reads
    return []


def _joined(reads: Sequence[Read]) -> Read:
    return Read("\n\n".join(read.text for read in reads), tuple(lost for read in reads for lost in read.lost))


def _votes(answer: Node) -> float:
    try:
        votes = float(next(iter(_list(answer.get("upvoteCount"))), 0))
    except (TypeError, ValueError, OverflowError):
        return 0
    return 0 if math.isnan(votes) else votes


def _sources(root: Any) -> list[dict[str, str]]:
    """Return the page itself as a source, if it says what its address is."""
    site, addresses = "", []
    for meta in root.iter("meta", "link"):
        name, content = meta.get("property") or meta.get("rel") or "", meta.get("content") or meta.get("href") or ""
        if name == "og:site_name":
            site = content
        elif name in ("canonical", "og:url") and content.startswith(_WEB):
            addresses.append(quote(content.strip(), safe=_SAFE))
    title = " ".join((root.findtext(".//title") or "").split())
    return [source(address, title, site) for address in addresses[:1]]
