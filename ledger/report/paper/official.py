"""The weekly and the monthly report as a paper that can be signed: sentences, one progress table, enclosures.

What it holds are the fields of a template: the office's own `letters/weekly.docx`, else the layout of the package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from ledger.format.document import Block, Heading, Table, column_ids, in_language
from ledger.format.docx.style import UPRIGHT
from ledger.format.docx.template import LAYOUTS, Layout, Ready
from ledger.model.record import NamedTuple
from ledger.model.setting import Letterhead
from ledger.model.words import Words, counted
from ledger.report.paper.sentences import Part, day_words
from ledger.report.paper.tables import MOVED_COLUMNS, done_by_unit, moved_rows, signed_progress
from ledger.report.part.head import unread_words
from ledger.report.part.late import behind_blocks, overdue_blocks, short_blocks
from ledger.report.period import Reckoning
from ledger.rule.registry import tuned_rules
from ledger.state.seal import Sealed
from ledger.text.pattern import regex

_MOST = 120
"""Rows of an enclosure; the rest is a count, and stands in xlsx."""

_WITH_SEAL = 3
"""Rows that go with the line of the seal."""

FIELDS = (
    "issuer to sign number title date as_of label first last revision warnings situation problems coordination next "
    "parts[id title text sentences] progress_title progress_table progress_note progress[book time_node items done "
    "open overdue short rate original original_done original_rate] enclosures[id title table note rows] overdue short "
    "behind moved done entries hash seal"
)
"""What a template of a report may use."""


class Paper(NamedTuple):
    """What a paper is made of; `name` is that of the report and of its template."""

    name: str
    title: Words
    reckoning: Reckoning
    parts: Sequence[Part]
    seal: Sealed
    revision: str | None
    number: str


def official_paper(paper: Paper, root: Path, lang: str) -> bytes:
    """The paper as a Word file, the same bytes for the same figures on any day.

    Raises `BadTemplate` for a template of the office that cannot be used.
    """
    own = root / "letters" / f"{paper.name}.docx"
    path = own if own.is_file() else LAYOUTS / f"report.{lang}.docx"
    title = _title(paper).pick(lang)
    return Layout(path, f"{paper.name}.docx", FIELDS).filled(fields(paper, lang), {"title": title, "language": lang})


def _title(paper: Paper) -> Words:
    settings = paper.reckoning.ledger.settings
    return Words("{title}{name}", "{title}: {name}").fill(title=settings.title, name=paper.title)


def fields(paper: Paper, lang: str) -> dict[str, object]:
    """The fields of a template by their names, in one language."""
    reckoned, head = paper.reckoning, paper.reckoning.ledger.settings.letterhead
    whole = _kept_whole(reckoned)
    day = day_words(reckoned.period.last).pick(lang)
    told = {part.id: [whole(_closed_up(sentence).pick(lang)) for sentence in part.sentences] for part in paper.parts}
    progress = signed_progress(reckoned)
    enclosed = [_Enclosure(title, table, lang) for title, table in _enclosures(reckoned)]
    last = next((one for one in reversed(enclosed) if one.has_rows), None)
    if last:
        last.keep_end()
    return {
        **_letterhead(head, lang),
        "number": paper.number,
        "title": _title(paper).pick(lang),
        "date": day,
        "as_of": day,
        "label": reckoned.period.label,
        "first": day_words(reckoned.period.first).pick(lang),
        "last": day,
        "revision": paper.revision or "",
        "warnings": [words.pick(lang) for words in _warnings(reckoned)],
        **told,
        "parts": [
            {
                "id": part.id,
                "title": _numbered(number, part.title).pick(lang),
                "sentences": told[part.id],
                "text": ("" if lang == "zh" else " ").join(told[part.id]),
            }
            for number, part in enumerate(paper.parts)
        ],
        "progress_title": Words("整改进度统计表", "Progress table").pick(lang),
        "progress_table": Ready(shown := _spoken(progress, lang), UPRIGHT.room, kept=len(shown.rows)),
        "progress_note": _NOTE.pick(lang),
        "progress": _rows(_spoken(progress, lang)),
        **{one.id: one.fields["rows"] for one in enclosed},
        "enclosures": [one.fields for one in enclosed if one.has_rows],
        "entries": str(paper.seal.entries),
        "hash": paper.seal.sha256,
        "seal": _SEALED.fill(n=counted(paper.seal.entries, "entry", "entries"), hash=paper.seal.sha256).pick(lang),
    }


_SEALED = Words("依据 {n} 条记载和方案，sha256 {hash}", "Rests on {n} and the plan, sha256 {hash}")
_NOTE = Words("原时限各列按方案最初的时限计；完成含已销号；时限当日不算逾期；0/0 记为“–”。",
              "The columns “original” count by the first deadlines; done includes closed; the day of a deadline is in "
              "time; 0/0 is a dash.")  # fmt: skip


def _closed_up(sentence: Words) -> Words:
    """The sentence as Chinese papers print it: no blanks between characters and numbers."""
    return Words(_BLANK.sub("", sentence.zh), sentence.en)


_HAN = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_BLANK = regex(f"(?<={_HAN}) (?=[0-9])|(?<=[0-9]) (?={_HAN})")


def _letterhead(head: Letterhead, lang: str) -> dict[str, str]:
    """Who issues, to whom, and who signs: the issuer where nobody else is named."""
    return {"issuer": head.issuer.pick(lang), "to": head.to.pick(lang), "sign": (head.sign or head.issuer).pick(lang)}


def _numbered(number: int, title: Words) -> Words:
    return Words("一二三四五六七八九十"[number] + "、" + title.zh, f"{number + 1}. {title.en}")


def _warnings(reckoned: Reckoning) -> list[Words]:
    """What a reader must know before the first figure: what could not be read, and rules that are off."""
    ledger = reckoned.ledger
    said = [unread_words(ledger), ledger.left_out, tuned_rules(ledger.settings)]
    return [words for words in said if words]


def _kept_whole(reckoned: Reckoning) -> Callable[[str], str]:
    """Gives what keeps the ids with a hyphen whole in a sentence: a line may not end within one."""
    ids = sorted((one.id for one in reckoned.ledger.items if "-" in one.id), key=len, reverse=True)
    if not ids:
        return lambda text: text
    known = set(ids)
    found = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
    return lambda text: found.sub(
        lambda match: match[0].replace("-", "\u2011") if match[0].rstrip(".") in known else match[0], text
    )


def _spoken(table: Table, lang: str) -> Table[str]:
    spoken = in_language([table], lang)[0]
    assert isinstance(spoken, Table)
    return spoken


def _rows(table: Table[str]) -> list[dict[str, str]]:
    """The rows as texts by the ids of their columns."""
    ids = column_ids(table)
    return [dict(zip(ids, map(str, row), strict=True)) for row in table.rows]


class _Enclosure:
    """One list that goes with the paper: the first rows, and how many more there are."""

    def __init__(self, title: Words, table: Table, lang: str) -> None:
        spoken = _spoken(table, lang)
        self.id, self.has_rows = table.id, bool(table.rows)
        more = len(spoken.rows) - _MOST
        note = Words("另有 {n} 行，见同期的 xlsx。", "and {n} more rows: see the xlsx of the same period.")
        notes = [*spoken.notes, *([note.fill(n=more).pick(lang)] if more > 0 else [])]
        self.shown = spoken._replace(rows=spoken.rows[:_MOST], title="", notes=())
        self.fields: dict[str, object] = {
            "id": table.id, "title": title.pick(lang), "table": Ready(self.shown, UPRIGHT.room),
            "note": " ".join(notes), "rows": _rows(spoken),
        }  # fmt: skip

    def keep_end(self) -> None:
        """Keeps the last rows on the page of what follows: the line of the seal must not stand on a page of its own."""
        self.fields["table"] = Ready(self.shown, UPRIGHT.room, kept=_WITH_SEAL)


def _enclosures(reckoned: Reckoning) -> list[tuple[Words, Table]]:
    """Overdue, short, behind, moved, and what was done as numbers by unit."""
    lists = (_late(overdue_blocks(reckoned.overdue)), short_blocks(reckoned.short), behind_blocks(reckoned.board))
    return [*map(_titled, lists), _moved(reckoned), (_DONE, done_by_unit(reckoned))]


def _late(blocks: Sequence[Block]) -> list[Block]:
    """The list of what is overdue, without the days by the original deadline where no deadline was moved."""
    heading, table = blocks
    assert isinstance(table, Table)
    ids = [column.id for column in table.columns]
    now, then = ids.index("days"), ids.index("days_original")
    if any(str(row[now]) != str(row[then]) for row in table.rows):
        return [heading, table]
    kept = [number for number in range(len(ids)) if number != then]
    rows = [[row[number] for number in kept] for row in table.rows]
    return [heading, table._replace(columns=[table.columns[number] for number in kept], rows=rows)]


_DONE = Words("各单位完成情况", "What each unit has done")


def _titled(blocks: Sequence[Block]) -> tuple[Words, Table]:
    """The heading and the table of a section."""
    heading, table = blocks
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    text = heading.text
    return (text if isinstance(text, Words) else Words.same(text)), table


_TOLD = (
    "postponed", "amended", "fallen", "relapsed", "reopened", "undone", "overdue", "short", "behind", "supervised",
    "lifted", "withdrawn", "restored", "added", "other",
)  # fmt: skip
"""What moved and is told item by item; what was done or closed is told in numbers."""


def _moved(reckoned: Reckoning) -> tuple[Words, Table]:
    rows = moved_rows(reckoned.movement, _TOLD)
    title = Words("变动（{n}）", "What moved ({n})").fill(n=len(rows))
    return title, Table(MOVED_COLUMNS, rows, "moved")
