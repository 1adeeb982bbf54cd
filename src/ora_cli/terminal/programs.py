"""The programs that variables name: editors and pagers."""

from __future__ import annotations

import os
import shlex
import shutil


def words_of(command: str, *, windows: bool = os.name == "nt") -> list[str]:
    """Return the words of a command, the program first. A path with blanks needs no quotes if it is all there is.

    On Windows a backslash is a part of a path, and the program is named in full: `code` is `code.cmd` there.

    Raises:
        ValueError: a quotation in it does not end.
    """
    words = [command] if shutil.which(command) else _split(command, escape="" if windows else "\\")
    return [shutil.which(words[0]) or words[0], *words[1:]] if windows and words else words


def _split(command: str, *, escape: str) -> list[str]:
    lexer = shlex.shlex(command, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters, lexer.escape = True, "", escape
    return list(lexer)
