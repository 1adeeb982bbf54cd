"""The data before the text of a page for a site generator: YAML between "---", TOML between "+++", or JSON.

YAML is read by PyYAML with its base loader, which makes texts of everything and objects of nothing. python-frontmatter
is a wrapper of that with the safe loader: a date that is none or a tag of the site's own ends in an error there.
ruamel.yaml keeps comments, for those who write files back, and takes ten times as long: 0.6 ms a page, where libyaml,
which the wheels of PyYAML bring along, takes 0.05 and ends deep nesting by itself.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ora_cli.importing.structured import objects

_FENCED = re.compile(
    r"\A(---|\+\+\+)[ \t]*\r?\n(?!\s)(.{0,65536}?)^(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_JSON = re.compile(r"\A\{\s*\"")
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")


class FrontMatter(NamedTuple):
    """What the front matter of a page says that matters for articles; `problem` is why it can't be read."""

    title: str = ""
    category: str = ""
    is_draft: bool = False
    questions: tuple[tuple[str, str], ...] = ()
    problem: str = ""


def split(text: str) -> tuple[FrontMatter, str]:
    """Return the front matter, and the text with blank lines for it, so that lines keep their numbers."""
    try:
        data, end = _data(text)
    except (ValueError, RecursionError) as error:
        fenced = _FENCED.match(text)
        kind = "JSON" if not fenced else "TOML" if fenced[1] == "+++" else "YAML"
        return FrontMatter(problem=f"is not {kind}: {error}"), _without(text, fenced.end() if fenced else 0)
    return (_read(data) if data else FrontMatter()), _without(text, end)


def _without(text: str, end: int) -> str:
    return "\n" * text.count("\n", 0, end) + text[end:]


def _data(text: str) -> tuple[Mapping[str, Any], int]:
    """Return the data of the front matter, and where it ends; 0 if there is none.

    Raises:
        ValueError: it is not what its fences say.
        RecursionError: it is too deep.
    """
    if _JSON.match(text):
        return json.JSONDecoder(strict=False).raw_decode(text)
    fenced = _FENCED.match(text)
    if not fenced:
        return {}, 0
    data = tomllib.loads(fenced[2].replace("\r\n", "\n")) if fenced[1] == "+++" else _yaml(fenced[2])
    # What is between two rules of a text may be YAML too, but no table.
    return (data, fenced.end()) if isinstance(data, dict) or data in (None, "") else ({}, 0)


def _yaml(text: str) -> Any:
    import yaml

    try:
        return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.MarkedYAMLError as error:
        line = f" (line {error.problem_mark.line + 2})" if error.problem_mark else ""
        raise ValueError(f"{error.problem}{line}") from error
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from error


def _read(data: Mapping[str, Any]) -> FrontMatter:
    names = {str(name).lower(): value for name, value in data.items()}
    # A collection of questions names each of them so, and has the answer as its text.
    title = names.get("question") if isinstance(names.get("question"), str) else names.get("title")
    draft, published = (str(names.get(name, "")).lower() for name in ("draft", "published"))
    return FrontMatter(
        title.strip() if isinstance(title, str) else "",
        next(_categories(names), ""),
        draft in _TRUE or published in _FALSE,
        tuple(_questions(data)),
    )


def _categories(names: Mapping[str, Any]) -> Iterator[str]:
    for name in ("category", "categories"):
        value = names.get(name)
        for category in value if isinstance(value, list) else [value]:
            if isinstance(category, str) and category.strip():
                yield category


def _questions(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each question with its answer, from a list such as themes make an accordion of, under whatever name."""
    for node in objects(data):
        question, answer = node.get("question", node.get("q")), node.get("answer", node.get("a"))
        if isinstance(question, str) and isinstance(answer, str):
            yield question, answer
