"""The page of the ledgers that this one rolls up: how far each is known, and how it stands."""

from __future__ import annotations

from ledger.format.document import Text
from ledger.format.phrase import DASH
from ledger.model.setting import TOTAL
from ledger.model.words import Words
from ledger.site.listing import Site
from ledger.site.page import Cell, Column, Page, Row, Sentence, Table, paged
from ledger.state.figure.rolled import OWN, SEALS, Rolled

PATH = "ledgers.html"
NAME = Words("各级台账", "Ledgers")

_COLUMNS = (
    Column(Words("台账", "ledger"), "long"),
    Column(Words("编号前缀", "before its ids")),
    Column(Words("截至", "as of")),
    Column(Words("版本", "revision")),
    Column(Words("封存", "seals")),
    *(Column(words, "end") for words in (
        Words("事项", "items"), Words("到期", "due"), Words("完成", "done"), Words("逾期", "overdue"))),
    Column(Words("最近记载", "last entry")),
)  # fmt: skip
_NOTE = Words(
    "每个台账由它自己的单位记载，这里只汇总。版本是汇总时固定的提交；封存“相符”表示已公布的周没有改动；"
    "“未报”表示最近一条记载早于上一个已截止的周。",
    "Each ledger is kept by its own unit and only rolled up here. The revision is the commit at which it is counted; "
    "seals that match tell that no published week was changed; silent is one whose last entry is older than the last "
    "closed week.",
)


def ledgers_pages(site: Site) -> list[Page]:
    """The page, where there are such ledgers: each with its day, revision, seals, figures and silence."""
    if not site.public.ledgers:
        return []
    *rows, total = site.public.ledgers
    parts = [Sentence((Words("截至 {day}", "As of {day}").fill(day=site.public.day),), "day")]
    if any(site.public.left_out):
        parts.append(Sentence((site.public.left_out,), "day"))
    parts.append(Sentence((_NOTE,), "note"))
    parts += [Sentence((Words("{name}：", "{name}: ").fill(name=row.name) + note,), "note")
              for row in rows for note in row.notes]  # fmt: skip
    table = Table(NAME, _COLUMNS, list(map(_row, rows)), "swept tally", total=_row(total), id="ledgers")
    return paged(Page(PATH, NAME, tuple(parts)), [table])


def _row(row: Rolled) -> Row:
    figures = row.counted.figures
    name: Text = Words("合计", "total") if row.key == TOTAL else row.name
    if row.key == OWN:
        name = Words("{name}（本级）", "{name} (this ledger)").fill(name=row.name)
    last: Text = str(row.last_entry) if row.last_entry else DASH
    if row.is_silent:
        last = Words(f"{last} 未报", f"{last} silent")
    is_one = row.key not in (OWN, TOTAL)
    return Row((
        Cell(name), Cell(f"{row.key}/" if is_one else DASH), Cell(str(row.as_of)), Cell(row.revision[:10] or DASH),
        Cell(DASH if row.key == TOTAL else SEALS[row.seals], "red" if row.seals == "broken" else ""),
        *(Cell(str(figures[key]), "red" if key == "overdue" and figures[key] else "", order=f"{figures[key]:07}")
          for key in ("total", "due", "done", "overdue")),
        Cell(last, "yellow" if row.is_silent else "", order=str(row.last_entry or "")),
    ))  # fmt: skip
