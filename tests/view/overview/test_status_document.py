"""The status page: its table adds up, and does not depend on the order of lines."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.format.document import Table, in_language
from ledger.format.terminal import terminal_text
from ledger.model.ledger import Ledger
from ledger.state.board import Board
from ledger.state.order import in_plan_order
from ledger.view.item import item_document
from ledger.view.list import list_document
from ledger.view.overview.status import status
from ledger.view.overview.status_document import status_document
from tests.paper import fact, files, item, sound
from tests.strategy import days, ledgers

NUMBERS = {"error": 0, "warning": 0, "info": 0}


def progress_table(ledger: Ledger, day: date) -> list[list[str]]:
    """The rows of the table of books and time nodes; none where the ledger holds nothing."""
    document = in_language(status_document(status(ledger, day), NUMBERS), "en")
    tables = [block for block in document if isinstance(block, Table) and block.columns[1].title == "time node"]
    return [list(row) for table in tables for row in table.rows]


def row_of(texts: dict[str, str], name: str) -> list[str]:
    """The row of that name in the first book."""
    return next(row for row in progress_table(sound(texts), date(2017, 12, 31)) if row[1] == name)


def page(ledger: Ledger, day: date) -> str:
    return terminal_text(in_language(status_document(status(ledger, day), NUMBERS), "en"), 100)


@given(ledgers(), days)
def test_the_rows_of_a_book_add_up_to_its_total(written: dict[str, Any], day: date):
    book: list[list[str]] = []
    for row in progress_table(sound(files(**written)), day):
        if row[1] == "total":
            for column in (2, 3, 4, 5):
                assert sum(int(line[column]) for line in book) == int(row[column])
            book = []
        else:
            book.append(row)


def test_what_is_short_without_a_deadline_stands_in_its_row():
    texts = files([item(due="unstated", targets={"a": {"goal": 5}})], [fact("2017-06-01", "done")])
    assert row_of(texts, "total")[6] == "1"
    assert row_of(texts, "no date")[6] == "1"


def test_the_rate_of_the_undated_is_rounded_like_every_other():
    texts = files([item(f"M{n}", due="unstated") for n in range(16)], [fact("2017-06-01", "done")])
    assert row_of(texts, "total")[-1] == "1/16 6.3%"
    assert row_of(texts, "no date")[-1] == "1/16 6.3%"


def test_every_printed_rate_is_that_of_its_row():
    facts = [fact("2017-06-01", "done", f"M{n}") for n in (1, 3, 4)]
    texts = files([item(f"M{n}", due="2017-12-31" if n % 2 else "2018-12-31") for n in range(1, 8)], facts)
    for row in progress_table(sound(texts), date(2017, 12, 31)):
        rate = re.fullmatch(r"(\d+)/(\d+)( \d+\.\d%)?|–", row[-1])
        assert rate is not None
        assert (rate[1], rate[2]) == ((row[3], row[2]) if int(row[2]) else (None, None))


def test_of_what_nobody_knows_no_rate_is_zero_percent():
    texts = files([item("M1", due="2018-12-31"), item("M2", due="2018-12-31"), item("M3", due="unstated")],
                  [fact("2017-06-01", "report", "M1")])  # fmt: skip
    rows = {row[1]: row[-2:] for row in progress_table(sound(texts), date(2017, 12, 31))}
    assert rows["no date"] == ["1", "unknown"]
    assert rows["total"][1] == "0/3"
    assert not any("0.0%" in row[1] for row in rows.values())


@given(ledgers(), days, st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_printed_page(written: dict[str, Any], day: date, rng: Any):
    shuffled = {name: rng.sample(rows, len(rows)) for name, rows in written.items()}
    one, other = sound(files(**written)), sound(files(**shuffled))
    assert page(one, day) == page(other, day)

    def others(ledger: Ledger) -> list[str]:
        standings = in_plan_order(Board(ledger, day).standings, ledger.settings)
        documents = [
            in_language(list_document(standings, ledger.settings, day, ""), "en"),
            *(in_language(item_document(one), "en") for one in standings),
        ]
        return [terminal_text(document, 120) for document in documents]

    assert others(one) == others(other)


def test_what_is_short_stands_in_one_order_whatever_the_order_of_lines():
    plan = [item(id_, targets={"a": {"goal": 5}}) for id_ in ("M1", "M2", "M10")]
    facts = [fact("2017-06-01", "done", id_) for id_ in ("M1", "M2", "M10")]
    pages = {page(sound(files(lines, facts)), date(2017, 12, 31)) for lines in (plan, plan[::-1], plan[1:] + plan[:1])}
    assert len(pages) == 1


def test_ids_that_people_count_alike_have_one_order_too():
    first, second = item("M01"), item("M1")
    pages = []
    for plan in ([first, second], [second, first]):
        ledger = sound(files(plan))
        pages.append([s.id for s in in_plan_order(Board(ledger, date(2017, 6, 1)).standings, ledger.settings)])
    assert pages[0] == pages[1]


def test_items_are_listed_as_people_count():
    plan = [item(id_) for id_ in ("M10", "M2", "M1", "P-b", "P-a", "M2.1")]
    ledger = sound(files(plan, problems=[item("A1")]))
    assert [s.id for s in in_plan_order(Board(ledger, date(2017, 6, 1)).standings, ledger.settings)] == [
        "M1", "M2", "M2.1", "M10", "P-a", "P-b", "A1",
    ]  # fmt: skip


def test_long_lists_are_cut_and_name_the_command_that_shows_all():
    texts = files(
        [item(f"M{n}", due="2017-06-30", targets={"a": {"goal": 5}}) for n in range(30)],
        [fact("2017-06-01", "done", f"M{n}") for n in range(15)],
    )
    text = page(sound(texts), date(2017, 12, 31))
    assert "overdue: 15" in text
    assert "ledger list schedule:overdue" in text
    assert "ledger list short:yes" in text


def test_a_ledger_without_items_says_what_to_do_next():
    text = page(sound(files()), date(2017, 12, 31))
    assert "ledger import LIST.xlsx" in text
    assert "ledger add measures" in text
    assert "%" not in text


class TestTheFirstLine:
    """The one line of figures under title and day."""

    asked = fact("2017-06-02", "request", "M4", key="extend", until="2019-12-31", by="市环保局")
    TEXTS = files(
        [
            item("M1", due="2017-06-30"),
            item("M2", due="2018-01-15"),
            item("M3", due="2017-06-30", targets={"a": {"goal": 5}}),
            item("M4", due="2019-06-30"),
        ],
        [fact("2017-06-01", "done", "M3"), asked],
    )

    def line(self, lang: str, *, color: bool = False) -> str:
        document = status_document(status(sound(self.TEXTS), date(2017, 12, 31)), NUMBERS)
        return terminal_text(in_language(document, lang), 80, color=color).splitlines()[2]

    def test_it_says_what_is_wrong_before_what_is_done(self):
        assert self.line("zh") == "逾期 1 · 欠指标 1 · 30天内到期 1 · 待批 1 · 完成 1/4"
        assert self.line("en") == "overdue 1 · short 1 · due in 30 days 1 · waiting 1 · done 1/4"

    def test_each_figure_has_a_colour_of_its_own(self):
        line = self.line("en", color=True)
        assert "\x1b[31moverdue 1\x1b[0m" in line
        assert "\x1b[33mshort 1\x1b[0m" in line
        assert "done 1/4\x1b[0m" in line


def test_a_bar_tells_what_is_done_and_short_apart_from_what_is_done():
    plan = [item(f"M{n}", targets={"a": {"goal": 5}} if n == 1 else {}) for n in range(1, 5)]
    facts = [fact("2017-06-01", "done", id_) for id_ in ("M1", "M2")]
    bar = next(line for line in page(sound(files(plan, facts)), date(2017, 6, 30)).splitlines() if "██" in line)
    assert bar.split()[-3:] == [6 * "█" + 6 * "▓" + 12 * "─", "2/4", "50.0%"]


def test_what_was_late_longest_comes_first():
    texts = files([item("M1", due="2017-06-30"), item("M2", due="2017-03-31")])
    text = page(sound(texts), date(2017, 12, 31))
    assert text.index("\nM2 ") < text.index("\nM1 ")


def test_rows_and_rates_of_nothing_are_left_out():
    texts = files([item(due="2017-12-31")])
    text = page(sound(texts), date(2017, 6, 30))
    assert "–" not in text
    assert "problems: no items yet" in text
    assert [row[1] for row in progress_table(sound(texts), date(2017, 6, 30))] == ["2017", "total"]
    assert "stage done" not in text
