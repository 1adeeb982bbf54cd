"""Rich text for a terminal: linear, indented, readable at 40 columns and without colour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import groupby, zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from ora_cli.render.blocks import Block, Item, Kind, strong_parts
from ora_cli.text.cleaning import clean
from ora_cli.text.wrapping import wrapped

# Rich numbers links by chance; the same answer must be the same bytes.
_LINK_ID = re.compile("\x1b\\]8;id=[^;]*;")
# Longer lines are harder to read than a screen is wide.
_WIDEST = 88
# Where less would be left for the last column of a table, its rows are stacked.
_LAST_COLUMN = 30
_GAP = 2
_STYLES = {
    Kind.ALERT: Style(bold=True, color="red"),
    Kind.TITLE: Style(bold=True, color="cyan"),
    Kind.HEADING: Style(bold=True),
    Kind.NOTE: Style(dim=True),
}
_FIRST_CELL = Style(color="cyan")
_LEFT = {Kind.ANSWER: 2, Kind.PARAGRAPH: 2, Kind.BULLET: 2, Kind.SOURCE: 2, Kind.TERM: 6}
_CLOSE = {Kind.BULLET, Kind.SOURCE, Kind.TERM, Kind.HEADING, Kind.NOTE}
# What a screen names at its end stands close together.
_NAMED = {Kind.PARTS, Kind.SOURCES, Kind.CHOICES}
# A longer label has a line of its own.
_SHORT_LABEL = 8
_COLUMN_GAP = 3
# With less room than this beside a name, its text is left out.
_LEAST_TEXT = 12


def render(blocks: Iterable[Block], *, width: int, color: bool) -> str:
    """Return the document as text for a terminal `width` columns wide, with colours and links if wanted."""
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    previous: Kind | None = None
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        close = previous in (None, Kind.HEADING, Kind.TITLE) or (previous in _NAMED and kind in {*_NAMED, Kind.NOTE})
        if not close:
            console.print()
        if kind in _NAMED:
            for block in group:
                _print_named(console, block, min(width, _WIDEST))
        elif kind is Kind.LINE:
            _print_lines(console, [block.clean() for block in group])
        elif kind is Kind.COUNT:
            _print_counts(console, list(group))
        elif kind is Kind.ROW:
            _print_rows(console, [[" ".join(cell.split()) for cell in row.cells] for row in group])
        else:
            for number, block in enumerate(group):
                if number and kind not in _CLOSE:
                    console.print()
                _print(console, block, min(width, _WIDEST))
        previous = kind
    return _LINK_ID.sub("\x1b]8;;", out.getvalue())


def lines_on_screen(shown: str, width: int) -> int:
    """Return how many lines of a terminal the text takes: what is too wide for one goes on in the next."""
    return sum(max(1, -(-cell_len(line) // width)) for line in clean(shown).splitlines())


def _print(console: Console, block: Block, width: int) -> None:
    left, lead = " " * _LEFT.get(block.kind, 0), _bullet(block)
    if block.kind is Kind.TERM:
        _print_wrapped(console, Text(block.label, style=Style(bold=True)), width, lead="  ")
    if block.kind is Kind.NOTE:
        _print_note(console, block.text, width)
    else:
        _print_wrapped(console, _text(block), width, lead=left + lead)
    if block.url:
        # On a line of its own and never cut, so that a terminal can open it even without link support.
        _print_line(console, Text(" " * len(left + lead)) + _address(block.url))


def _print_note(console: Console, text: str, width: int) -> None:
    """Print a note; a path or a command in it is there to be copied, and stays whole."""
    for fact in _between_facts(text, width):
        for line in _wrapped(fact, width):
            _print_line(console, Text(line, style=_STYLES[Kind.NOTE]))


def _print_wrapped(console: Console, text: Text, width: int, *, lead: str) -> None:
    """Print the text behind `lead`, its further lines hanging in as far."""
    for line in text.wrap(console, max(10, width - len(lead))):
        line.rstrip()
        _print_line(console, Text(lead) + line)
        lead = " " * len(lead)


def _print_line(console: Console, line: Text) -> None:
    console.print(line, soft_wrap=True)


def _text(block: Block) -> Text:
    """Return the block's text."""
    text = Text(style=_STYLES.get(block.kind, Style()))
    if block.kind is Kind.ALERT:
        text.append(f"{block.label}: ")
    for part, strong in strong_parts(block.text):
        text.append(part, Style(bold=True) if strong else None)
    return text


def _bullet(block: Block) -> str:
    if block.kind is Kind.BULLET:
        return "• "
    return f"[{block.label}] " if block.kind is Kind.SOURCE else ""


def _address(url: str) -> Text:
    return Text(url, style=Style(dim=True, link=url))


def _between_facts(note: str, width: int) -> list[str]:
    """Return the lines of a note, which end between facts."""
    first, *rest = note.split(" · ")
    lines = [first]
    for fact in rest:
        longer = f"{lines[-1]} · {fact}"
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(fact)
    return lines


def _print_named(console: Console, block: Block, width: int) -> None:
    """Print what a block names, behind its label or below it."""
    label = Text(block.label, style=Style(bold=True))
    if block.kind is not Kind.PARTS and len(block.label) <= _SHORT_LABEL:
        lead = label + Text(" " * _GAP)
    else:
        _print_wrapped(console, label, width, lead="")
        lead = Text(" " * _GAP)
    left = lead.cell_len
    for line in _named_lines(console, block, max(10, width - left)):
        _print_line(console, lead + line)
        lead = Text(" " * left)


def _named_lines(console: Console, block: Block, width: int) -> Iterable[Text]:
    if block.kind is Kind.CHOICES:
        return _choice_lines(console, block.items, width)
    between = Text(" · " if block.kind is Kind.PARTS else " " * _GAP)
    return _flowing(console, [_named(item, bracket=block.kind is Kind.SOURCES) for item in block.items], between, width)


def _named(item: Item, *, bracket: bool) -> Text:
    style = Style(link=item.url) if item.url else None
    return Text(f"[{item.label}] " if bracket else "") + Text(item.text, style=style or "")


def _flowing(console: Console, items: Iterable[Text], between: Text, width: int) -> Iterable[Text]:
    """Yield lines with as many items as fit, none of them broken unless it is too long for a line."""
    line = Text()
    for item in items:
        if line and line.cell_len + between.cell_len + item.cell_len <= width:
            line += between + item
            continue
        if line:
            yield line
        *whole, line = item.wrap(console, width)
        yield from whole
    yield line


def _choice_lines(console: Console, items: Sequence[Item], width: int) -> Iterable[Text]:
    """Yield numbered choices, in two columns where all of them fit so."""
    choices = [Text(item.label, style=_FIRST_CELL) + Text(f" {item.text}") for item in items]
    half = -(-len(choices) // 2)
    left = max((choice.cell_len for choice in choices[:half]), default=0) + _COLUMN_GAP
    right = max((choice.cell_len for choice in choices[half:]), default=0)
    if right and left + right <= width:
        for first, second in zip_longest(choices[:half], choices[half:]):
            first.pad_right(left - first.cell_len if second else 0)
            yield first + second if second else first
        return
    for item, choice in zip(items, choices, strict=True):
        hanging = " " * (len(item.label) + 1)
        for number, line in enumerate(choice.wrap(console, width - len(hanging))):
            line.rstrip()
            yield Text(hanging) + line if number else line


def _print_lines(console: Console, lines: Sequence[Block]) -> None:
    """Print a line each: a name, and as much of a text as there is room for."""
    left = max(cell_len(line.label) for line in lines) + _GAP
    for line in lines:
        shown = Text(line.label, style=_FIRST_CELL)
        if console.width - left >= _LEAST_TEXT:
            shown.pad_right(left - shown.cell_len)
            shown += Text(" ".join(line.text.split()), style=Style(link=line.url) if line.url else "")
        shown.truncate(console.width, overflow="ellipsis")
        _print_line(console, shown)


def _print_counts(console: Console, counts: Sequence[Block]) -> None:
    """Print names with a number, in as many columns as fit; behind the name of their group, or below it."""
    groups = {label: list(group) for label, group in groupby(counts, key=lambda count: count.label)}
    numbers = max(len(_number(count)) for count in counts)
    column = max(cell_len(count.text) for count in counts) + numbers + 1 + _GAP
    beside = max(map(cell_len, groups)) + _GAP if any(groups) else 0
    if console.width < beside + 2 * column:
        beside = 0
    fitting = max(1, (min(console.width, _WIDEST) + _GAP - (beside or _GAP)) // column)
    for label, group in groups.items():
        lead = Text(label, style=Style(bold=True))
        if beside:
            lead.pad_right(beside - lead.cell_len)
        elif label:
            _print_line(console, lead)
            lead = Text(" " * _GAP)
        further = " " * lead.cell_len
        for place in range(0, len(group), fitting):
            line = Text.assemble(lead, *(_count(each, numbers, column) for each in group[place : place + fitting]))
            line.rstrip()
            _print_line(console, line)
            lead = Text(further)


def _count(count: Block, numbers: int, column: int) -> Text:
    shown = Text(f"{_number(count):>{numbers}} ") + Text(count.text, style=_FIRST_CELL)
    shown.pad_right(column - shown.cell_len)
    return shown


def _number(count: Block) -> str:
    return "".join(count.cells[1:2])


def _print_rows(console: Console, rows: Sequence[Sequence[str]]) -> None:
    """Print a table: in columns where they fit, else each row below its first cell."""
    columns = zip_longest(*(row[:-1] for row in rows), fillvalue="")
    widths = [max(map(cell_len, column)) + _GAP for column in columns]
    longest_word = max(cell_len(word) for row in rows for word in (row[-1].split() or [""]))
    last = max(longest_word, min(_LAST_COLUMN, max(cell_len(row[-1]) for row in rows)))
    in_columns = sum(widths) + last <= console.width
    for row in rows:
        if in_columns:
            _print_columns(console, row, widths)
        else:
            _print_stacked(console, row, min(console.width, _WIDEST))


# By hand: rich.table cuts an address that is wider than its column, and takes 0.35 s instead of 0.13 for 1,000 rows.
def _print_columns(console: Console, row: Sequence[str], widths: Sequence[int]) -> None:
    *cells, last = row
    lead = Text()
    for column, (cell, width) in enumerate(zip(cells, widths, strict=False)):
        padded = _cell(cell, column)
        padded.pad_right(width - padded.cell_len)
        lead += padded
    left = lead.cell_len
    for part in _wrapped(last, console.width - left):
        _print_line(console, lead + _cell(part, len(cells)))
        lead = Text(" " * left)


def _print_stacked(console: Console, row: Sequence[str], width: int) -> None:
    first, *rest = row
    gap = " " * _GAP
    if len(rest) == 1 and cell_len(gap.join(row)) <= width:
        _print_line(console, Text.assemble(_cell(first, 0), gap, _cell(rest[0], 1)))
        return
    _print_line(console, _cell(first, 0))
    for is_address, cells in groupby(rest, key=_is_address):
        for shown in cells if is_address else [gap.join(cells)]:
            for part in _wrapped(shown, width - _GAP):
                _print_line(console, Text(gap) + _cell(part, 1))


def _is_address(cell: str) -> bool:
    return cell.startswith(("https://", "http://")) and " " not in cell


def _cell(text: str, column: int) -> Text:
    return _address(text) if _is_address(text) else Text(text, style="" if column else _FIRST_CELL)


def _wrapped(cell: str, width: int) -> list[str]:
    """Return the lines of a cell."""
    return wrapped(cell, max(10, width))
