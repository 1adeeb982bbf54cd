"""Questions and answers that a web page declares for search engines: schema.org's Question in JSON-LD.

FAQPage and QAPage hold them, but so do other types and bare graphs; a Question is taken wherever it stands.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ora_cli.importing.items import Given, Item, Skipped, cited, found, left_out, literal, read_text, source
from ora_cli.importing.markup import Read, parse, read_value

_CHARSET = re.compile(rb"""(?:<meta[^>]{0,500}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
# What may stand in an address as it is; a browser takes the rest too, and encodes it.
_SAFE = "%:/?#[]@!$&'()*+,;=~"
_WEB = ("http://", "https://")


def read(path: Path, given: Given) -> Iterator[Item]:
    """Yield an article for each question of the page."""
    root = parse(read_text(path, declared=_CHARSET))
    nodes: list[Mapping[str, Any]] = []
    for script in root.iter("script"):
        if script.get("type", "").split(";")[0].strip().lower() == "application/ld+json":
            try:
                nodes += _nodes(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError) as error:
                yield Skipped(f"{path}:{script.sourceline}", f"is not JSON: {error}")
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    questions = [node for node in nodes if "Question" in _types(node)]
    if not questions:
        yield Skipped(str(path), "no questions in it: no FAQPage or QAPage in JSON-LD")
    sources = _sources(root)
    for number, question in enumerate(questions, 1):
        yield from _article(f"{path}: question {number}", question, by_id, given.category, sources)


def _nodes(data: object) -> Iterator[Mapping[str, Any]]:
    """Yield every object in the data, in the order in which they begin."""
    stack = [data]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack.extend(reversed(node.values()))
        elif isinstance(node, list):
            stack.extend(reversed(node))


def _types(node: Mapping[str, Any]) -> set[str]:
    """Return the types of an object without what they may begin with, as in https://schema.org/Question."""
    return {re.split("[/:#]", name)[-1] for name in _list(node.get("@type")) if isinstance(name, str)}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _article(
    where: str,
    question: Mapping[str, Any],
    by_id: Mapping[str, Mapping[str, Any]],
    category: str,
    sources: list[dict[str, str]],
) -> Iterator[Item]:
    accepted, suggested = (
        [by_id.get(str(answer.get("@id")), answer) for answer in _list(question.get(key)) if isinstance(answer, dict)]
        for key in ("acceptedAnswer", "suggestedAnswer")
    )
    answers = [*accepted, *sorted(suggested, key=_votes, reverse=True)]
    title, answer = _read(question, "name", "text"), _read(answers[0], "text") if answers else Read("")
    table = {
        "title": title.text.replace("**", ""),
        "category": category,
        "answer": cited(literal(answer.text), sources) if answer.text else "",
    }
    yield found(where, table, sources)
    yield from left_out(where, title, answer)
    if len(answers) > 1:
        yield Skipped(where, f"the other answers, {len(answers) - 1} of them: an article has one")


def _read(node: Mapping[str, Any], *keys: str) -> Read:
    """Return what the first of these keys says that says anything."""
    values = (read_value(value) for key in keys if isinstance(value := node.get(key), str))
    return next((value for value in values if value.text), Read(""))


def _votes(answer: Mapping[str, Any]) -> float:
    try:
        votes = float(answer.get("upvoteCount", 0))
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
