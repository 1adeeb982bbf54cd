"""Questions and answers that a web page declares for search engines: schema.org's Question in JSON-LD.

FAQPage and QAPage hold them, but so do other types and bare graphs; a Question is taken wherever it stands.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import etree

from ora_cli.importing.items import Item, Skipped, cited, found, literal, read_text, source

_CHARSET = re.compile(rb"""(?:<meta[^>]{0,500}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_LEFT_OUT = ("head", "noscript", "script", "style", "template")
_STRONG = ("b", "strong")
_BLOCKS = frozenset(
    "article blockquote dd div dl dt h1 h2 h3 h4 h5 h6 ol p pre section table tr ul".split()  # noqa: SIM905
)
# Tells an empty item from one whose text begins in a paragraph of its own.
_ITEM_END = "\0"
# What stands before and after the text of an element.
_MARKS = {
    **dict.fromkeys(_BLOCKS, ("\n\n", "\n\n")),
    **dict.fromkeys(_STRONG, ("**", "**")),
    "li": ("\n- ", _ITEM_END),
    "br": ("\n", ""),
}
_SPACE = re.compile(r"\s+")
# What may stand in an address as it is; a browser takes the rest too, and encodes it.
_SAFE = "%:/?#[]@!$&'()*+,;=~"
_WEB = ("http://", "https://")


def read(path: Path, category: str) -> Iterator[Item]:
    """Yield an article for each question of the page."""
    root = _parse(read_text(path, declared=_CHARSET))
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
        yield from _article(f"{path}: question {number}", question, by_id, category, sources)


def _parse(text: str) -> Any:
    """Return the root of a page. The parser resolves no entities but HTML's own, and stops at a great depth."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    return root if root is not None else etree.Element("html")


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
    text = _text(answers[0].get("text")) if answers else ""
    table = {
        "title": (_text(question.get("name")) or _text(question.get("text"))).replace("**", ""),
        "category": category,
        "answer": cited(literal(text), sources) if text else "",
    }
    yield found(where, table, sources)
    if len(answers) > 1:
        yield Skipped(where, f"the other answers, {len(answers) - 1} of them: an article has one")


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


def _text(markup: object) -> str:
    """Return what markup says, with its paragraphs, bullets and strong words as an article has them."""
    if not isinstance(markup, str):
        return ""
    if "<" not in markup:
        return _unescaped(markup).strip()
    root = _parse(f"<body>{markup.replace(_ITEM_END, '')}")
    etree.strip_elements(root, *_LEFT_OUT, with_tail=False)
    return _tidy("".join(_pieces(root)))


def _unescaped(text: str) -> str:
    try:
        return unescape(text)
    except ValueError:  # a character whose number has thousands of digits
        return text


def _pieces(root: Any) -> Iterator[str]:
    strong = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        starts = event == "start"
        before, after = _MARKS.get(element.tag, ("", ""))
        if element.tag in _STRONG:
            strong += 1 if starts else -1
            if strong != starts:  # within another one
                before = after = ""
        if element.tag == "a" and element.get("href", "").startswith(_WEB) and element.text != element.get("href"):
            after = f" ({element.get('href').strip()})"
        yield before if starts else after
        yield _SPACE.sub(" ", (element.text if starts else element.tail) or "")


def _tidy(text: str) -> str:
    """Return the text without blank ends of lines, empty bullets and strong words that go on in another line."""
    lines = [line.strip().replace("****", "") for line in text.split("\n")]
    text = "\n".join(line.replace("**", "") if line.count("**") % 2 else line for line in lines)
    text = re.sub(rf"^-\s*{_ITEM_END}", "", text, flags=re.M)
    text = re.sub(r"^-\n+(?![\n-])", "- ", text, flags=re.M)
    text = re.sub(r"^-$\n?", "", text, flags=re.M).replace(_ITEM_END, "")
    return re.sub(r"\n{3,}", "\n\n", text).strip()
