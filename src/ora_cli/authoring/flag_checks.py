"""Checks of red flags: a rule that nothing reaches, an example that raises nothing, a notice without a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ora_cli.content.articles import Problem, Record, RedFlag, WordGroup
from ora_cli.content.rules import read_rule
from ora_cli.matching.danger import CALM, bundled_model, groups
from ora_cli.matching.rules import matcher
from ora_cli.text.word_groups import bundled_groups
from ora_cli.text.wording import nearest

Words = Mapping[str, Sequence[str]]


def flag_problems(file: str, records: Sequence[Record]) -> Iterator[Problem]:
    """Yield what is wrong with the red flags of a file."""
    own = {record.name: record.words for record in records if isinstance(record, WordGroup)}
    flags = [record for record in records if isinstance(record, RedFlag)]
    for flag in flags:
        if not flag.sources:
            yield _at(file, flag, "sources", "is missing", "name the sources that the notice follows")
        if not flag.rules and flag.sign not in bundled_model().start.keys() - {CALM}:
            yield _at(file, flag, "rules", "is missing", "write when a message has this sign; nothing else sees it")
        yield from _unknown_groups(file, flag, {**bundled_groups(), **own})
        yield from _unreached(file, flag, {**bundled_groups(), **own})


def _unknown_groups(file: str, flag: RedFlag, known: Words) -> Iterator[Problem]:
    for name in dict.fromkeys(name for rule in flag.rules for name in read_rule(rule).groups()):
        if name not in known:
            near = nearest(name, known)
            hint = f"did you mean {near!r}?" if near else f'add a [[word_group]] with name = "{name}"'
            yield _at(file, flag, "rules", f"no group of words is called {name!r}", hint)


def _unreached(file: str, flag: RedFlag, known: Words) -> Iterator[Problem]:
    """Yield the rules that no example reaches, and the examples that reach no rule."""
    if not flag.rules:
        return
    rules = matcher(enumerate(map(read_rule, flag.rules)), known, groups())
    reached: set[int] = set()
    for example in flag.examples:
        matching = rules.matching(example)
        reached |= matching
        if not matching:
            yield _at(file, flag, "examples", f"{example!r} raises nothing", "write a rule for it, or change one")
    for number, rule in enumerate(flag.rules):
        if number not in reached:
            yield _at(file, flag, "rules", f"no example reaches {rule!r}", "add a message to examples that has it")


def _at(file: str, flag: RedFlag, key: str, what: str, hint: str) -> Problem:
    return Problem(file, what, hint, article=f"red_flag {flag.sign}", key=key)
