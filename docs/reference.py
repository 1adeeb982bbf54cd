"""Write docs/python.md, the reference of the library, from its docstrings: python docs/reference.py."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import ora_cli

PAGE = Path(__file__).with_name("python.md")
_HEAD = """\
# The library

Everything that `from ora_cli import …` offers; this page is made from the docstrings by `docs/reference.py`.
A `Library` may be used from several threads at once. Whatever a user can put right is an `OraError`.

```python
from ora_cli import Library, OraError, Status

library = Library.open()
verdict = library.ask("does botox cause sagging")
if verdict.status is Status.ANSWERED:
    print(verdict.text())
    print([source.url for source in verdict.article.sources])
else:
    print(verdict.reason, [match.title for match in verdict.matches])
try:
    library.article("no-such-article-anywhere")
except OraError as error:
    print(error, error.hint)
```
"""


def page() -> str:
    """Return the page."""
    names = [name for name in ora_cli.__all__ if not name.startswith("_")]
    order = ["Library", "Verdict", "Status", "Match", "Article", "OraError"]
    parts = [part for name in sorted(names, key=order.index) for part in _class(getattr(ora_cli, name))]
    return "\n".join([_HEAD, *parts])


def _class(described: type) -> Iterator[str]:
    yield f"## {described.__name__}\n"
    yield f"{_text(described)}\n"
    if issubclass(described, Enum):
        yield "".join(f"- `{described.__name__}.{member.name}`: `{member.value!r}`\n" for member in described)
    if fields := getattr(described, "_fields", ()):
        types = inspect.get_annotations(described)
        yield "".join(f"- `{name}`: `{_type(types[name])}`\n" for name in fields)
    for name, member in vars(described).items():
        if not name.startswith("_") and (function := _function(member)):
            yield f"### {described.__name__}.{name}{'' if isinstance(member, property) else _signature(function)}\n"
            yield f"{_text(function)}\n"


def _function(member: Any) -> Any:
    """Return the function behind a method or a property; None for anything else."""
    if isinstance(member, property):
        return member.fget
    function = getattr(member, "__func__", member)
    return function if inspect.isfunction(function) else None


def _signature(function: Any) -> str:
    signature = inspect.signature(function)
    shown = [
        parameter.replace(annotation=_Bare(_type(parameter.annotation)))
        for name, parameter in signature.parameters.items()
        if name not in ("self", "cls")
    ]
    return str(signature.replace(parameters=shown, return_annotation=_Bare(_type(signature.return_annotation))))


class _Bare:
    """An annotation that is shown without quotes."""

    def __init__(self, text: str) -> None:
        self._text = text.replace(" | ", " or ")

    def __repr__(self) -> str:
        return self._text


def _type(annotation: Any) -> str:
    name = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    name = re.sub(r"ForwardRef\('(.+)'\)", r"\1", name)
    return re.sub(r"\b(?:\w+\.)+(\w)", r"\1", name)


def _text(documented: Any) -> str:
    """Return a docstring as Markdown; what it raises becomes a list."""
    text = inspect.getdoc(documented) or ""
    body, _, raises = text.partition("\nRaises:\n")
    if not raises:
        return body.strip()
    items = re.sub(r"^    (?=\S)(\w+): ", r"- `\1`: ", raises, flags=re.MULTILINE)
    return f"{body.strip()}\n\nRaises\n\n{re.sub(r'^ +', '  ', items, flags=re.MULTILINE)}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
