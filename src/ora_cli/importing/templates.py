"""What a site generator fills in or takes away when it makes a page of Markdown.

Shortcodes of Hugo, tags and variables of Liquid and Nunjucks, attributes of kramdown and Python-Markdown, code of MDX.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CODE = r"(?P<code>^ {0,3}(?P<fence>```|~~~).*?(?:^ {0,3}(?P=fence)|\Z)|`[^`\n]+`)"
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
_END = re.compile(r"\{[{%][<%]?[-\s]*(?:/|end)")
_SAID = re.compile(r"""\b(?:caption|alt)=["']([^"'{}]+)""")


class Filled(NamedTuple):
    """Something that only the site knows: its line, and how it is written."""

    line: int
    written: str


def without_templates(text: str, *, mdx: bool) -> tuple[str, list[Filled]]:
    """Return the text without what readers of the site don't see, and what they see instead of it here.

    A value within a line becomes "…", so that its place is seen. Lines keep their numbers.
    """
    filled: list[Filled] = []
    line, counted = 1, 0

    def replaced(found: re.Match[str]) -> str:
        nonlocal line, counted
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        written = found[0]
        if found["code"]:
            return written
        lines = "\n" * written.count("\n")
        if found["unseen"] or _END.match(written):
            return lines
        if said := _SAID.search(written):
            return said[1] + lines
        filled.append(Filled(line, " ".join(written.split())))
        return lines if written.startswith("{%") or _is_alone(found) else f"…{lines}"

    text = _TAB.sub(r"\1!!! tab ", text)
    text = _STRUCK.sub(r"~~\1~~", text)
    text = _CONTENTS.sub(lambda found: "\n" * found[0].count("\n"), text)
    return (_MDX if mdx else _MARKDOWN).sub(replaced, text), filled


def _is_alone(found: re.Match[str]) -> bool:
    """Return whether nothing else stands in the line."""
    before = found.string[max(0, found.start() - _INDENT) : found.start()].rpartition("\n")[2]
    after = found.string[found.end() : found.end() + _INDENT].partition("\n")[0]
    return not before.strip() and not after.strip()
