"""The packages are in an order, and each imports only from those before it.

Read with `ast` rather than import-linter: the order is one line here, imports inside functions and those for type
checkers count too, and import-linter would bring six packages and a configuration file for the same twenty lines.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from conftest import PROJECT

import ora_cli

ORDER = (
    "errors", "paths", "text", "config", "content", "index", "semantic", "matching", "library",
    "importing", "render", "terminal", "authoring", "commands", "cli", "__main__",
)  # fmt: skip
SOURCE = Path(ora_cli.__file__).parent
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCE.rglob("*.py")
    if path != SOURCE / "__init__.py"
}


def imported(path: Path) -> Iterator[str]:
    """Yield the modules of the project that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not any(alias.name.split(".")[0] == "ora_cli" for alias in node.names), "write from ... import"
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "ora_cli":
            parent = node.module.removeprefix("ora_cli").lstrip(".")
            names = (f"{parent}.{alias.name}".lstrip(".") for alias in node.names)
            yield from (name if name in MODULES else parent for name in names if name in MODULES or parent)


@pytest.mark.parametrize("module", MODULES)
def test_a_package_imports_only_from_those_before_it(module: str) -> None:
    """What is above can be read, tested and replaced without what is below it."""
    place = ORDER.index(module.split(".", maxsplit=1)[0])
    against = [name for name in imported(MODULES[module]) if ORDER.index(name.split(".")[0]) > place]
    assert not against


def test_contributors_are_told_the_order() -> None:
    """The page for contributors lists the packages as they are."""
    page = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    told = [
        names.split() for names in re.findall(r"^```text\n(.+?)^```$", page.replace(" ·", ""), re.MULTILINE | re.DOTALL)
    ]
    assert told == [[name for name in ORDER if name != "__main__"]]


def test_no_modules_import_each_other() -> None:
    """Within a package, too, there is an order; a circle raises an error."""
    TopologicalSorter({module: set(imported(path)) - {module} for module, path in MODULES.items()}).prepare()


def test_few_modules_stand_outside_the_packages() -> None:
    """A newcomer sees the rooms from the list of files."""
    assert len(list(SOURCE.glob("*.py"))) <= 8
