"""What pages of the public site are made of: values that hold both languages, of which only the writer picks one.

Paths in them lead from the folder of a language (`item/M1.html`); the writer puts the way up before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from ledger.format.document import Text
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.safe import one_line, xml_safe


class Link(NamedTuple):
    """A text that leads to a page."""

    text: Text
    path: str
    look: str = ""


class Sentence(NamedTuple):
    """A paragraph: texts and links in a row. `look` is its class, such as `note`."""

    pieces: tuple[Text | Link, ...]
    look: str = ""


class Heading(NamedTuple):
    """A heading below that of the page."""

    text: Text


class Card(NamedTuple):
    """One of the large figures at the top: what it counts, how many, what is to be said of it, and where they are."""

    label: Words
    figure: str
    note: Text
    path: str
    tone: str = ""


class Cards(NamedTuple):
    """The large figures."""

    cards: tuple[Card, ...]


class Steps(NamedTuple):
    """A numbered list."""

    texts: tuple[Words, ...]


class Links(NamedTuple):
    """A list of links, each with what is to be said of it."""

    links: tuple[tuple[Link, Words], ...]


class Picture(NamedTuple):
    """A drawing that is part of the page, as SVG by language, and another one for narrow windows."""

    caption: Words
    drawing: Words
    narrow: Words


class Column(NamedTuple):
    """A column: its title, and how its cells look: `end` for numbers, `long` for texts of any length.

    `drawing` is SVG below the title, equal in all languages.
    """

    title: Words
    look: str = ""
    drawing: str = ""


class Cell(NamedTuple):
    """A cell. `order` is what it is sorted by where that is not its text; `drawing` is SVG, equal in all languages."""

    text: Text
    look: str = ""
    link: str = ""
    order: str = ""
    drawing: str = ""


class Row(NamedTuple):
    """A row, its first cell a heading. A `key` names rows that are the same wherever they stand: written once."""

    cells: tuple[Cell, ...]
    key: str = ""
    look: str = ""


class Table(NamedTuple):
    """A table; `kind` is its class: `cards` become cards on a telephone, `swept` stay tables, `timeline` is a history.

    `empty` stands for a table without rows. `total` rows stay at its end when it is sorted.
    """

    caption: Text
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    kind: str = "cards"
    empty: Text = ""
    total: Row | None = None
    is_sortable: bool = True
    id: str = ""


class Fields(NamedTuple):
    """Names with what belongs to them, as of an item: a list of terms."""

    fields: tuple[tuple[Words, tuple[Part, ...]], ...]


class Search(NamedTuple):
    """The form of the search over items, which shows only where scripts run; `columns` are those of its results."""

    books: tuple[Words, ...]
    columns: tuple[Column, ...]


Part = Sentence | Heading | Cards | Steps | Links | Picture | Table | Fields | Search


class Ways(NamedTuple):
    """The ways to the other parts of a page that is too long for one: their paths, and which of them this is."""

    paths: tuple[str, ...]
    here: int


class Page(NamedTuple):
    """One page: where it is, what is over it, and its parts.

    `section` is the page of the menu it belongs to, `above` the pages that it is a part of.
    """

    path: str
    title: Text
    parts: tuple[Part, ...]
    section: str = ""
    above: tuple[Link, ...] = ()
    ways: Ways = Ways((), 0)

    @property
    def is_searched(self) -> bool:
        """Whether the search is on it."""
        return any(isinstance(part, Search) for part in self.parts)

    @property
    def is_sorted(self) -> bool:
        """Whether a table on it can be sorted where scripts run."""
        return any(isinstance(part, Table) and part.is_sortable and len(part.rows) > 1 for part in self.parts)


def clipped(text: Text, most: int) -> Text:
    """The text on one line, cut after so many characters, with `…` where something is missing."""
    if isinstance(text, Words):
        return text.each(lambda own: _clipped(own, most))
    return _clipped(text, most)


@lru_cache(maxsize=16384)
def _clipped(text: str, most: int) -> str:
    line = one_line(xml_safe(text))
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


MOST_ROWS = 50
"""Rows of tables on one page."""
ROOM = 60_000
"""Bytes of texts and marks in the rows of one page, so that the whole page stays under 100 kB."""
TALL = 15_000
"""Pixels of the rows of one page on a telephone 360 pixels wide, so that the whole page stays under 20,000."""

_CELLS_OF_LINE, _LINE, _PAD = 38, 24, 22
"""Half-width signs of a line there, its height, and what a row takes beside its lines."""
_MARKS = 90
"""Bytes of marks around a cell."""


class Size(NamedTuple):
    """What a row takes of a page: bytes, and pixels of its height on a telephone."""

    bytes: int
    tall: int


NOTHING = Size(0, 0)


def size_of(row: Row) -> Size:
    """About how large a row is, in the language in which it is larger."""
    told = [max(map(len, cell.text)) if isinstance(cell.text, Words) else len(cell.text) for cell in row.cells]
    taken = sum(told)
    size = 3 * taken + len(told) * _MARKS + sum(len(cell.drawing) for cell in row.cells)
    if taken <= _CELLS_OF_LINE:
        return Size(size, _PAD + 3 * _LINE)
    lines = sum(-(-2 * own // _CELLS_OF_LINE) for own in told)
    breaks = sum(str(cell.text).count("\n") for cell in row.cells if not isinstance(cell.text, Words))
    return Size(size, _PAD + (lines + breaks) * _LINE)


def parted(tables: Sequence[Table], taken: Size = NOTHING) -> list[list[Table]]:
    """The tables parted by pages. On the first, `taken` is used already; a page has at least one row."""
    pages: list[list[Table]] = [[]]
    rows, used, tall = 0, taken.bytes, taken.tall
    for table in tables:
        part: list[Row] = []
        for row in table.rows:
            size = size_of(row)
            is_full = rows >= MOST_ROWS or used + size.bytes > ROOM or tall + size.tall > TALL
            if is_full and (part or pages[-1]):
                if part:
                    pages[-1].append(table._replace(rows=part, total=None, is_sortable=False))
                pages.append([])
                part, rows, used, tall = [], 0, 0, 0
            part.append(row)
            rows, used, tall = rows + 1, used + size.bytes, tall + size.tall
        if part or not table.rows:
            whole = len(part) == len(table.rows)
            pages[-1].append(table._replace(rows=part, is_sortable=table.is_sortable and whole))
    return pages


def paged(page: Page, tables: Sequence[Table], behind: Iterable[Part] = ()) -> list[Page]:
    """The page with its tables, parted where they are too long; its own parts stand on the first one only."""
    rest = tuple(behind)
    parts = parted(tables, _taken((*page.parts, *rest)))
    paths = (page.path, *(page.path.replace(".html", f"~{number}.html") for number in range(2, len(parts) + 1)))
    made = []
    for number, part in enumerate(parts):
        title = page.title
        if number:
            title = Words("{title}（{n}/{of}）", "{title} ({n}/{of})").fill(title=title, n=number + 1, of=len(parts))
        made.append(page._replace(
            path=paths[number],
            title=title,
            parts=(*page.parts, *part, *rest) if number == 0 else tuple(part),
            section=page.section or page.path,
            ways=Ways(paths, number),
        ))  # fmt: skip
    return made


def _taken(parts: Iterable[Part]) -> Size:
    """About what the other parts of a page take."""
    used = tall = 0
    for part in parts:
        for text in _texts(part):
            long = max(map(len, text)) if isinstance(text, Words) else len(text)
            used += 3 * long + _MARKS
            tall += -(-2 * long // _CELLS_OF_LINE) * _LINE + _LINE
        if isinstance(part, Table):
            sizes = [size_of(row) for row in part.rows]
            used += sum(size.bytes for size in sizes)
            tall += sum(size.tall for size in sizes)
    return Size(used, tall)


def _texts(part: Part) -> Iterable[Text]:
    if isinstance(part, Sentence):
        return [piece.text if isinstance(piece, Link) else piece for piece in part.pieces]
    if isinstance(part, Steps):
        return part.texts
    if isinstance(part, Fields):
        return [text for _, inner in part.fields for own in inner for text in _texts(own)]
    return []
