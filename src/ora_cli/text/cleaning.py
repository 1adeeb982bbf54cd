"""Removing from a text what could control a terminal."""

from __future__ import annotations

import re

# Not compiled here, as few questions need it.
_CONTROL = (
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # terminal control sequences such as colours
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"  # operating system commands such as a window title
    r"|\x1b[PX^_][^\x1b]*(?:\x1b\\)?"  # device control strings and their kin
    r"|\x1b[ -/]*[0-~]?"  # what is left of other escape sequences
    r"|\x9b[0-?]*[ -/]*[@-~]"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f]"
    r"|[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def clean(text: str) -> str:
    """Return `text` without escape sequences, control characters and direction characters.

    Line feeds and tabs stay; carriage returns are removed, so that no line can overwrite another.
    """
    return text if text.replace("\n", "").isprintable() else re.sub(_CONTROL, "", text)
