"""What a site generator fills in or takes away when it makes a page of Markdown.

Shortcodes of Hugo, tags and variables of Liquid and Nunjucks, attributes of kramdown and Python-Markdown, code of MDX.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_CODE = r"(?P<code>^[ \t>]*(?P<fence>```|~~~).*?(?:^[ \t>]*(?P=fence)|\Z)|`[^`\n]+`)"
_ATTRIBUTE = r"""(?:[.#][\w:-]+|[\w-]+=(?:"[^"{}\n]*"|'[^'{}\n]*'|[\w%.-]+))"""
_ATTRIBUTES = rf"\{{:?[ ]?{_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*[ ]?\}}|\{{:[^{{}}\n]{{0,200}}\}}"
_UNSEEN = rf"(?P<unseen>{_ATTRIBUTES}|\{{#[^{{}}]{{0,500}}#\}})"
_FILLED = r"(?P<filled>\{\{[^{}]{0,500}\}\}|\{%[^{}]{0,500}%\})"
_OF_MDX = r"^(?:import|export)\s(?:[^\n]+\n?)+|\{/\*.*?\*/\}"
_MARKDOWN = re.compile(f"{_CODE}|{_FILLED}|{_UNSEEN}", re.DOTALL | re.MULTILINE)
_MDX = re.compile(
    rf"{_CODE}|{_FILLED}|(?P<unseen>{_ATTRIBUTES}|{_OF_MDX})|(?P<value>(?<!=)\{{[^{{}}\n]{{1,200}}\}})",
    re.DOTALL | re.MULTILINE,
)
# The contents list that a generator puts in place of such a line.
_CONTENTS = re.compile(r"^(?:[*+-] .*\n\{:\s?toc[^{}\n]*\}|\[TOC\]|\[\[_?toc_?\]\])[ \t]*$", re.M | re.I)
# Tabs of Python-Markdown, which are like admonitions.
_TAB = re.compile(r'^( *)===[!+]? (?=")', re.MULTILINE)
# What GitHub strikes out with one tilde on either side, which is not what H~2~O means elsewhere.
_STRUCK = re.compile(r"(?<![^\s(])~([^\s~](?:[^~\n]{0,200}[^\s~])?)~(?![^\s.,;:!?)])")
_INDENT = 100
_FOLD = ":" * 7  # more than other admonitions have, so that those may stand within
_NAME = re.compile(r"\{[{%][<%]?[-\s]*(?P<end>/\s*|end)?(?P<name>[\w./-]*)")
_ENDS = re.compile(r"\{[{%][<%]?[-\s]*(?:/\s*|end)([\w./-]+)")
_ASKS = re.compile(r"""(?<=[\s=])(?:"([^"]{0,500}[?？][^"\w]{0,20})"|'([^']{0,500}[?？][^'\w]{0,20})')""")  # noqa: RUF001
_SAID = re.compile(r"""\b(?:caption|alt)=(?:"([^"{}]+)"|'([^'{}]+)')""")


class Filled(NamedTuple):
    """Something that only the site knows: its line, and how it is written."""

    line: int
    written: str


def without_templates(text: str, *, mdx: bool) -> tuple[str, list[Filled]]:
    """Return the text without what readers of the site don't see, and what they see instead of it here.

    A value within a line becomes "…", so that its place is seen. What folds a text below a question becomes an
    admonition. Lines keep their numbers.
    """
    text = _TAB.sub(r"\1!!! tab ", text)
    text = _STRUCK.sub(r"~~\1~~", text)
    text = _CONTENTS.sub(lambda found: "\n" * found[0].count("\n"), text)
    filler = _Filler({found[1]: found.start() for found in _ENDS.finditer(text)})
    return (_MDX if mdx else _MARKDOWN).sub(filler.replaced, text), filler.filled


class _Filler:
    """Writes what stands in a text for what only the site knows; `ends` is where each name is ended last."""

    def __init__(self, ends: Mapping[str, int]) -> None:
        self.filled: list[Filled] = []
        self._ends = ends
        self._asking: list[str] = []  # the names of what folds a text below a question
        self._line, self._at = 1, 0

    def replaced(self, found: re.Match[str]) -> str:
        """Return what stands for something that was found."""
        self._line += found.string.count("\n", self._at, found.start())
        self._at = found.start()
        written, lines = found[0], "\n" * found[0].count("\n")
        if found["code"]:
            return written
        if found["unseen"]:
            return lines
        return self._filled(written, is_alone=_is_alone(found)) + lines

    def _filled(self, written: str, *, is_alone: bool) -> str:
        name = _NAME.match(written)
        if name and name["end"]:
            if name["name"] not in self._asking[-1:]:
                return ""
            self._asking.pop()
            return _FOLD
        question = _ASKS.search(written) if is_alone else None
        if name and question and self._ends.get(name["name"], 0) > self._at:
            self._asking.append(name["name"])
            return f"{_FOLD}details[{question[1] or question[2]}]"
        if said := _SAID.search(written):
            return said[1] or said[2]
        self.filled.append(Filled(self._line, " ".join(written.split())))
        return "" if is_alone or written.startswith("{%") else "…"


def _is_alone(found: re.Match[str]) -> bool:
    """Return whether nothing else stands in the line."""
    before = found.string[max(0, found.start() - _INDENT) : found.start()].rpartition("\n")[2]
    after = found.string[found.end() : found.end() + _INDENT].partition("\n")[0]
    return not before.strip() and not after.strip()
