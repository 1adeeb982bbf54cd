"""HTML to the text of an article: paragraphs, bullets and strong words. The one way for pages, cells and Markdown.

lxml parses, and the text is put together here. lxml's own text is the bare one: "10<sup>6</sup>" is 106, and cells and
paragraphs are glued ("Frown203"). markdownify 1.2 keeps paragraphs, but it too says 106, reads ½ in MathML as 12, keeps
what is struck out, gives Markdown that would have to be read once more, takes fifty times as long (1.3 s for 160 kB),
and ends in a RecursionError 1,000 elements deep.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any, NamedTuple
from unicodedata import normalize

# What HTML has within a line, and MathML; every other element separates, so that no two words or figures become one.
_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rb rp rt rtc ruby s
    samp small span strike strong sub sup time tt u var wbr
    annotation maction math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mroot mrow ms mspace msqrt
    mstyle msub msubsup msup mtext munder munderover semantics
    """.split()  # noqa: SIM905 -- a list of seventy strings would be harder to read
)
_BLOCKS = frozenset(
    """
    address article aside audio blockquote body br button canvas caption center dd details div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html iframe li main nav noscript ol p pre script section
    style summary svg table tbody td template tfoot th thead tr ul video
    """.split()  # noqa: SIM905
)
_HTML = "|".join(sorted(_INLINE | _BLOCKS, key=len, reverse=True))
_TAG = re.compile(rf"<(?=[!/a-z])(?:!|/?(?:{_HTML})(?=[\s/>]))", re.I)
_LESS, _GREATER = "&(?:amp;)*(?:lt|#60|#x3c);", "&(?:amp;)*(?:gt|#62|#x3e);"
_ESCAPED_TAG = re.compile(rf"{_LESS}/?(?:{_HTML})(?:\s(?:[^<>&]|(?!{_LESS}|{_GREATER})&){{0,500}})?/?{_GREATER}", re.I)
# An entity with its semicolon: without one, "?a=1&copy=2" is an address.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,30});", re.I)

_DROPPED = frozenset("annotation annotation-xml head mphantom noscript rp script style template".split())  # noqa: SIM905
_STRUCK = frozenset(("s", "del", "strike"))
_STRONG = frozenset(("b", "strong"))
# What shows something that is no text.
_MEDIA = {
    "audio": "a recording",
    "canvas": "a drawing",
    "svg": "a drawing",
    "iframe": "an embedded page",
    "video": "a film",
}
_MOST_REPEATED = 100_000
"""The letters that cells of tables may take up in further rows and columns."""
_SPANS = "that a cell of a table spans several rows or columns"
_ALIGNED = re.compile(r"vertical-align:\s?(super|sub)\b", re.I)
NO_DESCRIPTION = "a picture without a description"
_MOST_NESTED = 12
"""The depth to which elements with a meaning of their own are read within each other; below it they are plain."""

# Marks that no text has: the end of a list item, and of a cell or an operand.
_ITEM_END, _PART_END = "\0", "\x1f"
_MARKS = {**dict.fromkeys(_STRONG, ("**", "**")), "li": ("\n- ", _ITEM_END), "br": ("\n", ""), "q": ("“", "”")}
_MARKS |= {"rt": ("(", ")")}
_UNSEEN = dict.fromkeys(map(ord, (_ITEM_END, _PART_END, "\xad")))
_SPACE = re.compile(r"\s+")
_WEB = ("http://", "https://")

_RAISED = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")  # noqa: RUF001
_LOWERED = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")  # noqa: RUF001
_AS_RAISED = re.compile(r"[0-9+\-−–=()n, ]+")  # noqa: RUF001
_AS_LOWERED = re.compile(r"[0-9+\-−–=(), ]+")  # noqa: RUF001
# What is raised by custom, and means the same on the line.
_ORDINALS = ("st", "nd", "rd", "th")
_SYMBOLS = re.compile(r"[^\w\s]+")
_FRACTIONS = {normalize("NFKC", sign).replace("\N{FRACTION SLASH}", "/"): sign for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}


class Read(NamedTuple):
    """The text of some HTML, and what of it was left out, in words."""

    text: str
    lost: tuple[str, ...] = ()


def is_markup(text: str) -> bool:
    """Return whether a text has tags of HTML in it, escaped or not."""
    return bool(_TAG.search(text) or _ESCAPED_TAG.search(text))


def read_value(value: str) -> Read:
    """Return the text of a value that may be plain or HTML, once or twice escaped, as programs write it."""
    for _ in range(3):
        if not _ESCAPED_TAG.search(value):
            break
        value = unescaped(value)
    return read_html(value) if _TAG.search(value) else Read(unescaped(value).strip())


def read_html(markup: str) -> Read:
    """Return the text of a piece of HTML."""
    writer = _Writer()
    return Read(tidy(writer.text_of(parse(f"<body>{markup}"))), tuple(dict.fromkeys(writer.lost)))


def unescaped(text: str) -> str:
    """Return a text with its entities replaced by their characters."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text)


def parse(text: str) -> Any:
    """Return the root of a page. The parser resolves no entities but HTML's own, and stops at a great depth."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    return root if root is not None else etree.Element("html")


def row_text(cells: Sequence[str]) -> str:
    """Return a row of a table as a line: "Peel: 90; 2 weeks". An empty cell keeps its place."""
    first, *others = [_SPACE.sub(" ", cell).strip() for cell in cells]
    values = "; ".join(cell or "\N{EN DASH}" for cell in others) if any(others) else ""
    return ": ".join(filter(None, [first.rstrip(":"), values]))


class _Writer:
    """Writes the text of elements; what has a meaning as a whole is gathered in a buffer of its own."""

    def __init__(self) -> None:
        self.lost: list[str] = []
        self._strong = 0
        self._open: list[tuple[Any, list[str]]] = []
        # Of each part of a table the cells that reach down: by column, for how many rows more, and their text.
        self._spans: dict[Any, dict[int, tuple[int, str]]] = {}
        self._repeatable = _MOST_REPEATED

    def text_of(self, root: Any) -> str:
        """Return the text of an element and all that is in it, in one pass, however deep it is."""
        from lxml import etree

        pieces: list[str] = []
        self._open.append((None, pieces))
        walk = etree.iterwalk(root, events=("start", "end"))
        left_out: Any = None
        for event, element in walk:
            if event == "start" and self._leaves_out(element):
                left_out = element
                walk.skip_subtree()
            elif event == "start":
                self._start(element)
            elif element is left_out:
                self._write(_plain(element.tail))
            else:
                self._end(element)
        return "".join(pieces)

    def _leaves_out(self, element: Any) -> bool:
        """Return whether an element is left out with all that is in it; what a reader would miss is noted."""
        if element.tag in _DROPPED or "katex-html" in element.get("class", "").split():
            return True
        if element.tag in _MEDIA:
            self.lost.append(_MEDIA[element.tag])
        elif _is_struck(element):
            struck = "".join(element.itertext())
            self.lost += [struck_out(struck)] if struck.strip() else []
        elif _is_footnote_mark(element):
            self.lost.append(f"the footnote mark {excerpt(''.join(element.itertext()))}")
        else:
            return False
        return True

    def _start(self, element: Any) -> None:
        if _tag(element) in _WHOLE and len(self._open) <= _MOST_NESTED:
            self._open.append((element, []))
        else:
            self._write(self._mark(element, starts=True))
        if element.tag == "img" or element.get("alt"):  # <Image> of MDX has a description too
            self._write(self._picture(element))
        elif title := _title_of(element):
            self._write(f"**{title}**\n\n")
        self._write(_plain(element.text))

    def _end(self, element: Any) -> None:
        opened, pieces = self._open[-1]
        if opened is element:
            self._open.pop()
            text = "".join(pieces)
            if element.tag == "tr":
                text = self._with_spans(element, text)
            self._write(_WHOLE[_tag(element)](element, text, self._before()))
        else:
            self._write(self._mark(element, starts=False))
        parent = element.getparent()
        if parent is not None and parent is self._open[-1][0] and parent.tag in _OPERATORS:
            self._write(_PART_END)  # what stands between operands is no text
        else:
            self._write(_plain(element.tail))

    def _mark(self, element: Any, *, starts: bool) -> str:
        """Return what stands before the text of an element, or after it."""
        tag = element.tag
        if tag in _STRONG:
            self._strong += 1 if starts else -1
            if self._strong != starts:
                return ""  # within another one
        if tag == "a":
            return "" if starts else _address(element)
        before, after = _MARKS.get(tag) or (("", "") if tag in _INLINE else ("\n\n", "\n\n"))
        return before if starts else after

    def _picture(self, element: Any) -> str:
        text = _plain(element.get("alt")).strip()
        if not text:
            self.lost.append(NO_DESCRIPTION)
        return text

    def _with_spans(self, row: Any, text: str) -> str:
        """Return the text of a row in which each cell that spans rows or columns stands in all of them."""
        cells, texts = [cell for cell in row if cell.tag in ("td", "th")], _cells_of(text)
        above = self._spans.setdefault(row.getparent(), {})
        if not above and not any(cell.get("rowspan") or cell.get("colspan") for cell in cells):
            return text
        if len(cells) != len(texts):
            self.lost.append(_SPANS)  # too deep to be read as a table
            return text
        line: list[str] = []
        for cell, written in zip(cells, texts, strict=True):
            self._carry(above, line)
            rows, columns = _span(cell, "rowspan"), _span(cell, "colspan") if len(cells) > 1 else 1
            if columns > 1 and not self._may_repeat(written, columns):
                columns = 1
            for _ in range(columns):
                if rows > 1:
                    above[len(line)] = (rows - 1, written)
                line.append(written)
        last = max(above, default=-1)
        while above and len(line) <= last:
            self._carry(above, line)
            line += [""] if len(line) <= last else []
        return "".join(f"{_PART_END}{written}{_PART_END}" for written in line)

    def _carry(self, above: dict[int, tuple[int, str]], line: list[str]) -> None:
        """Add the cells that reach down from rows above to the next columns of a line."""
        while len(line) in above:
            rows, written = above.pop(len(line))
            if not self._may_repeat(written, 1):
                above.clear()
                return
            if rows > 1:
                above[len(line)] = (rows - 1, written)
            line.append(written)

    def _may_repeat(self, written: str, times: int) -> bool:
        """Return whether a cell may be written so often; a small file could say that of a large text many times."""
        self._repeatable -= times * (len(written) + 10)
        if self._repeatable < 0:
            self.lost.append(_SPANS)
        return self._repeatable >= 0

    def _write(self, piece: str) -> None:
        if piece:
            self._open[-1][1].append(piece)

    def _before(self) -> str:
        """Return the character before the place that is written to."""
        pieces = self._open[-1][1]
        return pieces[-1][-1] if pieces else ""


def _tag(element: Any) -> str:
    """Return the tag of an element, or of what its style makes of it."""
    style = element.get("style")
    aligned = _ALIGNED.search(style) if style and element.tag in _INLINE else None
    return str(element.tag) if aligned is None else "sup" if aligned[1] == "super" else "sub"


def _title_of(element: Any) -> str:
    """Return the title of an element that only the site knows, as of a card or a tab."""
    if element.tag in _INLINE or element.tag in _BLOCKS:
        return ""
    return _plain(element.get("title") or element.get("label")).strip()


def _span(cell: Any, name: str) -> int:
    """Return how many rows or columns a cell spans; 0 stands for all that follow."""
    value = cell.get(name, "1").strip()
    return (int(value) or _MOST_REPEATED) if value.isdecimal() and len(value) < 6 else 1


def _plain(text: str | None) -> str:
    """Return a text as it is shown: blanks as one, without soft hyphens and what stands for our own marks."""
    return _SPACE.sub(" ", text.translate(_UNSEEN)) if text else ""


def _is_struck(element: Any) -> bool:
    return element.tag in _STRUCK or "line-through" in element.get("style", "")


def _is_footnote_mark(element: Any) -> bool:
    """Return whether an element is a number that leads to a note of the page."""
    if element.get("role") == "doc-noteref":
        return True
    return _tag(element) == "sup" and element.find(".//a") is not None and len("".join(element.itertext()).strip()) < 6


def struck_out(text: str) -> str:
    """Return the words for a text that is struck out."""
    return f"struck-out text: {excerpt(text)}"


def excerpt(text: str) -> str:
    """Return the beginning of a text, in quotes, for the report."""
    text = " ".join(text.split())
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


def _address(element: Any) -> str:
    """Return the address of a link, in brackets, unless that is its text."""
    address = element.get("href", "").strip()
    return f" ({address})" if address.startswith(_WEB) and element.text != address else ""


def _raised(text: str, before: str) -> str:
    """Return a superscript as it is written where nothing can be raised: 10⁶, 1st, e^(x+y)."""
    if _AS_RAISED.fullmatch(text):
        return text.translate(_RAISED)
    if text.startswith("[") or _SYMBOLS.fullmatch(text) or (before.isdigit() and text in _ORDINALS):
        return text
    if text == "TM":
        return "™"
    return f"^{_grouped(text)}" if text and not before.isspace() else text


def _lowered(text: str, before: str) -> str:
    if _AS_LOWERED.fullmatch(text):
        return text.translate(_LOWERED)
    return f"_{_grouped(text)}" if text and not before.isspace() else text


def _grouped(text: str) -> str:
    """Return an operand in brackets, if it needs them."""
    return text if text.isalnum() or (text.startswith("(") and text.endswith(")")) else f"({text})"


def _superscript(element: Any, text: str, before: str) -> str:
    return _raised(_SPACE.sub(" ", text).strip(), before)


def _subscript(element: Any, text: str, before: str) -> str:
    return _lowered(_SPACE.sub(" ", text).strip(), before)


def _root(element: Any, text: str, before: str) -> str:
    return f"√{_grouped(text.strip())}"


def _operation(element: Any, text: str, before: str) -> str:
    """Return what an element of MathML makes of its operands."""
    first, second, third, *_ = [*map(str.strip, text.split(_PART_END)), "", "", ""]
    match element.tag:
        case "mfrac":
            written = _FRACTIONS.get(f"{first}/{second}") or f"{_grouped(first)}/{_grouped(second)}"
        case "mroot":
            written = f"{_raised(second, '')}√{_grouped(first)}"
        case "msup":
            written = first + _raised(second, first[-1:])
        case _:
            written = first + _lowered(second, first[-1:]) + _raised(third, first[-1:])
    return f" {written}" if before.isdigit() and written[:1].isdecimal() else written


def _cell(element: Any, text: str, before: str) -> str:
    """Return a cell between marks, or as a paragraph where it is in no row."""
    in_row = element.getparent() is not None and element.getparent().tag == "tr"
    return f"{_PART_END}{tidy(text)}{_PART_END}" if in_row else f"\n\n{tidy(text)}\n\n"


def _cells_of(row: str) -> list[str]:
    """Return the cells in the text of a row, and what stands between them, which is in no cell but said as well."""
    return [part for place, part in enumerate(row.split(_PART_END)) if place % 2 or part.strip()]


def _row(element: Any, text: str, before: str) -> str:
    """Return a row as a bullet, one that names columns as a paragraph, and cells that hold more than a line apart."""
    cells = _cells_of(text)
    if len(cells) < 2 or any("\n\n" in cell or cell.startswith("- ") for cell in cells):
        return "".join(f"\n\n{cell}\n\n" for cell in cells)
    names = element.getparent() is not None and element.getparent().tag == "thead"
    if names or all(cell.tag == "th" for cell in element):
        return f"\n\n{row_text(cells)}\n\n"
    return f"\n- {row_text(cells)}{_ITEM_END}"


_OPERATORS = frozenset(("mfrac", "mroot", "msub", "msubsup", "msup"))
_WHOLE: dict[str, Callable[[Any, str, str], str]] = {
    **dict.fromkeys(_OPERATORS, _operation),
    "msqrt": _root,
    "sub": _subscript,
    "sup": _superscript,
    "td": _cell,
    "th": _cell,
    "tr": _row,
}
"""What is made of the whole text of an element, given it and the character before it."""


def tidy(text: str) -> str:
    """Return the text without blank ends of lines, empty bullets and strong words that go on in another line."""
    lines = [_with_strong(line.strip().replace("****", "")) for line in text.split("\n")]
    text = re.sub(" {2,}", " ", "\n".join(lines))
    text = re.sub(rf"^-\s*{_ITEM_END}", "", text, flags=re.M)
    text = re.sub(rf"{_ITEM_END} ?(?=[^\s{_ITEM_END}])", "\n\n", text)
    text = re.sub(r"^-\n+(?![\n-])", "- ", text, flags=re.M)
    text = re.sub(r"^-$\n?", "", text, flags=re.M).replace(_ITEM_END, "")
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _with_strong(line: str) -> str:
    """Return a line whose strong words begin and end with a letter, or without any if one of them has no end."""
    if line.count("**") % 2:
        return line.replace("**", "")
    return re.sub(r"\*\*( ?)([^*]*?)( ?)\*\*", r"\1**\2**\3", line) if "**" in line else line
