"""The status of a ledger as a document: what people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction

from ledger.format.cell import BAR_TITLE, bar_cell
from ledger.format.document import (
    Bar,
    Block,
    Column,
    Document,
    Heading,
    Paint,
    PaintedWords,
    Paragraph,
    Table,
    Text,
    painted,
    typed,
)
from ledger.format.phrase import (
    DASH,
    UNKNOWN,
    deadline_text,
    found_text,
    items_text,
    lateness,
    listed,
    mean_text,
    rate,
    rate_known,
    rate_words,
    reading_text,
    summary,
    unit_name,
)
from ledger.model.number import percent, plain
from ledger.model.setting import Settings
from ledger.model.words import COMMA, ITEMIZED, Words, some
from ledger.rule.registry import tuned_rules
from ledger.state.board import Board, Standing
from ledger.state.due import overdue_list
from ledger.state.figure.claim import ClaimedFigure, figure_name
from ledger.state.figure.count import Count, NodeCount, Rate, unknown_by_node
from ledger.state.figure.table import BY_KEY, RATES
from ledger.state.order import in_plan_order
from ledger.state.request import open_requests
from ledger.view.overview.status import Group, Status

_BY = {
    "lead": Words("牵头单位", "lead"), "responsible": Words("责任单位", "responsible"),
    "origin": Words("来源", "origin"),
    "time_node": Words("时间节点", "time node"), "light": Words("灯", "light"),
    "due_class": Words("时限类别", "kind of deadline"),
}  # fmt: skip


def status_document(status: Status, findings: Mapping[str, int]) -> Document:
    """The progress table, what stands behind its totals, what is overdue and short, claims and findings."""
    settings = status.ledger.settings
    sealed = settings.archived == status.day
    day = Words("截至 {day}（存档）", "as of {day} (archived)") if sealed else Words("截至 {day}", "as of {day}")
    document: Document = [
        Heading(settings.title, 1),
        Paragraph(Words("整改进度统计表  ", "progress table  ") + day.fill(day=status.day)),
        headline(status.board, [counted for _, counted in status.books]),
    ]
    if status.ledger.items:
        document += [_bars(status), _progress_table(status), *overdue(status.board), *short(status.board)]
        document.append(Heading(Words("各账情况", "book by book")))
        document += [block for book, counted in status.books for block in _summary(status, book.id, counted)]
        overall = mean_text(status.overall)
        document.append(Paragraph(Words("总体进度：{mean}", "overall progress: {mean}").fill(mean=overall), 2))
        if status.groups:
            document += _groups(status)
    elif not status.ledger.includes:
        document += first_steps(settings)
    if status.rolled:
        from ledger.view.overview.rolled import rolled_blocks  # noqa: PLC0415 - few ledgers include others

        document += rolled_blocks(status.rolled)
    document += _claims(status)
    tuned = tuned_rules(settings)
    document.append(Paragraph(_findings_line(findings) + ("  " + tuned if tuned else ""), 2))
    return document


def _bars(status: Status) -> Table:
    """A bar a book: what is done in full, done but short of a target, and open; unknown progress counts as open."""
    columns = [Column(Words("账", "book"), flexible=True, id="book"), Column(BAR_TITLE, id="bar"),
               Column(Words("完成 n/N", "done n/N"), right=True, id="done")]  # fmt: skip
    rows: list[list[Text]] = []
    for book, counted in status.books:
        done = counted.rates["done_of_all"]
        if done.whole:
            missing = sum(bool(own.short) for own in status.board.book(book.id) if own.is_done)
            grey = sum(own.light == "grey" for own in status.board.book(book.id))
            rows.append([book.name, bar_cell(Bar(done.part - missing, missing, done.whole)),
                         typed(rate_known(done, grey), done)])  # fmt: skip
    return Table(columns, rows, id="bars")


def _findings_line(findings: Mapping[str, int]) -> Words:
    return Words("检查：", "check: ") + summary(findings) + Words("（详见 ledger check）", " (see ledger check)")


def _progress_table(status: Status) -> Table:
    """The table by time node; with a column of what nobody knows, if there is any."""
    nodes = status.ledger.settings.time_nodes
    unknown = {book.id: unknown_by_node(status.board.book(book.id), nodes) for book, _ in status.books}
    has_unknown = any(unknown.values())
    columns = [
        Column(Words("账", "book"), flexible=True),
        Column(Words("时间节点", "time node"), flexible=True),
        *(Column(words, right=True) for words in (
            Words("事项", "items"), Words("完成", "done"), Words("未完成", "open"), Words("逾期", "overdue"),
            Words("欠指标", "short"), *([UNKNOWN] if has_unknown else []), Words("完成率 n/N", "rate n/N"))),
    ]  # fmt: skip
    rows: list[list[Text]] = []
    for book, counted in status.books:
        grey = unknown[book.id]
        name: Text = book.name
        if book.id in status.ledger.broken:
            name = painted(name + Words("（没有读全）", " (not read whole)"), "red")
        for node in counted.time_nodes:
            if node.due:
                rows.append([name, *_node_row(node, grey[node.id], has_unknown)])
                name = ""
        if counted.figures["total"] or book.id in status.ledger.broken:
            rows += _closing_rows(name, counted, grey, has_unknown)
    return Table(columns, rows)


def _node_row(node: NodeCount, grey: int, has_unknown: bool) -> list[Text]:
    numbers: list[Text] = [
        str(node.due),
        str(node.done),
        str(node.open),
        _warned(node.overdue, "red"),
        _warned(node.short, "yellow"),
    ]
    return [node.name, *numbers, *_unknown(grey, has_unknown), rate_known(node.rate, grey)]


def _unknown(grey: int, has_unknown: bool) -> list[Text]:
    return [_warned(grey, "grey")] if has_unknown else []


def _closing_rows(name: Text, counted: Count, grey: Counter[str], has_unknown: bool) -> list[list[Text]]:
    """The undated items, and the total."""
    rows: list[list[Text]] = []
    figures = counted.figures
    undated, done = figures["undated"], figures["undated_done"]
    if undated:
        words = Words("无日期", "no date")
        short = figures["short"] - sum(node.short for node in counted.time_nodes)
        rows.append([name, words, str(undated), str(done), str(undated - done), "0", _warned(short, "yellow"),
                     *_unknown(grey[""], has_unknown), rate_known(Rate(done, undated), grey[""])])  # fmt: skip
        name = ""
    total, all_done = figures["total"], figures["done"]
    rows.append([name, Words("合计", "total"), str(total), str(all_done), str(total - all_done),
                 _warned(figures["overdue"], "red"), _warned(figures["short"], "yellow"),
                 *_unknown(grey.total(), has_unknown),
                 rate_known(counted.rates["done_of_all"], grey.total())])  # fmt: skip
    return rows


def _warned(number: int, tone: str) -> str:
    return Paint(str(number), tone) if number else "0"


def _summary(status: Status, book: str, counted: Count) -> list[Block]:
    """What a book comes to, in one sentence a line; nobody is told "17 done" without what is short among them."""
    figures = counted.figures
    name = next(known.name for known, _ in status.books if known.id == book)
    if not figures["total"] and not figures["withdrawn"]:
        return [Paragraph(Words("{name}：还没有事项", "{name}: no items yet").fill(name=name), 4)]
    own = [standing for standing in status.board.book(book) if standing.short]
    missing = in_plan_order(own, status.ledger.settings)
    told = [_with_short(Words("完成 {n} 项", "{n} done"), figures["done"], [s for s in missing if s.is_done])]
    if figures["stage_done"]:
        told.append(_with_short(Words("阶段完成 {n} 项", "{n} stage done"), figures["stage_done"],
                                [s for s in missing if not s.is_done]))  # fmt: skip
    first = Words("{name}：共 {total}，到期 {due} 项；{told}", "{name}: {total}, {due} due; {told}")
    lines = [first.fill(name=name, total=items_text(figures["total"]), due=figures["due"], told=ITEMIZED.join(told))]
    more = [_also(key, figures) for key in _ALSO if figures[key]]
    if more:
        lines.append(Words("  其中", "  among them ") + COMMA.join(more))
    lines += _rate_lines(counted, status.ledger.settings.headline)
    if counted.slip.items:
        slip = Words(
            "  顺延：{n} 项，中位数 {median} 天，最多 {most} 天",
            "  slip: {items}, median {median} days, at most {most}",
        )
        lines.append(slip.fill(n=counted.slip.items, items=items_text(counted.slip.items),
                               median=plain(counted.slip.median or Fraction(0)), most=counted.slip.max))  # fmt: skip
    lines.append(Words("  进度 {mean}", "  progress {mean}").fill(mean=mean_text(counted.progress)))
    return [Paragraph(line, 4) for line in lines]


def _also(key: str, figures: Mapping[str, int]) -> Words:
    """One figure in a few words; what is on schedule never without how much of it nobody has heard of for long."""
    said = Words("{name} {n} 项", "{n} {name}").fill(name=BY_KEY[key].label, n=figures[key])
    if key == "on_schedule":
        stale = BY_KEY["stale"].label
        with_stale = Words("{said}（{stale} {n} 项）", "{said} ({n} {stale})")
        return with_stale.fill(said=said, stale=stale, n=figures["stale"])
    if key == "extended_late":
        times = Words("{said}（{n} 次）", "{said} ({times})")
        return times.fill(said=said, n=figures["moved_late"], times=some(figures["moved_late"], "time"))
    if key == "withdrawn":
        return Words(said.zh.replace(" ", _NOT_COUNTED.zh + " ", 1), said.en + _NOT_COUNTED.en)
    return said


def _rate_lines(counted: Count, first_rate: str) -> list[Words]:
    """The rate that comes first with its formula, then the others that people ask for; none of nothing at all."""
    first = Words("{formula}：{rate}", "{formula}: {rate}")
    keys = [first_rate, *(key for key in _TOLD if key != first_rate)]
    told = [(key, first.fill(formula=RATES[key].formula, rate=rate_words(counted, key)))
            for key in keys if counted.rates[key].whole]  # fmt: skip
    lines = [[words for key, words in told if key == first_rate], [words for key, words in told if key != first_rate]]
    return ["  " + ITEMIZED.join(line) for line in lines if line]


_TOLD = ("done_of_due", "kept_of_due_original", "done_of_due_original", "fulfilment")
"""The rates that `status` tells of each book."""

_ALSO = (
    "closed", "basic", "ahead", "late", "overdue", "relapsed", "behind", "on_schedule", "stage_closed", "due_soon",
    "postponed", "advanced", "extended_late", "kept_unknown", "requested", "supervised", "undated", "planned", "grey",
    "withdrawn",
)  # fmt: skip
"""What is told of a book in one sentence, as far as there is any."""

_NOT_COUNTED = Words("（不计入）", " (not counted)")


def _with_short(words: Words, number: int, short: list[Standing]) -> Words:
    """A count, followed at once by how many of it miss a target."""
    text = words.fill(n=number)
    if not short:
        return text
    ids = listed([standing.id for standing in short])
    of_it = Words("，其中 {n} 项欠指标（{ids}）", ", {n} short of a target ({ids})")
    return text + of_it.fill(n=len(short), ids=ids)


def _groups(status: Status) -> list[Block]:
    title = Words("按{by}", "by {by}").fill(by=_by(status))
    columns = [
        Column(_by(status), flexible=True, least=12),
        *(Column(words, right=True) for words in (
            Words("事项", "items"), Words("到期", "due"), Words("完成", "done"), Words("逾期", "overdue"),
            Words("欠指标", "short"), Words("到期完成率 n/N", "done of due"), Words("进度", "progress"))),
    ]  # fmt: skip
    blocks: list[Block] = [Heading(title), Table(columns, [_group_row(group) for group in status.groups])]
    if status.several:
        note = Words(
            "{n} 项在不止一组里各计一次，各组之和大于总数；总数按事项计。",
            "Items that stand in more than one group: {n}. The groups add up to more than the total, which counts each "
            "item once.",
        )
        blocks.append(Paragraph(note.fill(n=status.several)))
    return blocks


def _by(status: Status) -> Words:
    """By what the groups are made."""
    if status.grouping in _BY:
        return _BY[status.grouping]
    id_ = status.grouping.partition(".")[2]
    tag = status.ledger.settings.tag(id_)
    return tag.name if tag and any(tag.name) else Words.same(id_)


def _group_row(group: Group) -> list[Text]:
    figures, progress = group.counted.figures, group.counted.progress
    known = f" {progress.known}/{progress.of}" if progress.known else ""
    mean = DASH if progress.value is None else f"{percent(progress.value, 1):.1f}%"
    return [
        group.name, str(figures["total"]), str(figures["due"]), str(figures["done"]),
        _warned(figures["overdue"], "red"), _warned(figures["short"], "yellow"),
        rate(group.counted.rates["done_of_due"]), mean + known,
    ]  # fmt: skip


def _claims(status: Status) -> list[Block]:
    """Claims that do not hold, or cannot because of a gap; those that hold are one sentence."""
    shown = [claim for claim in status.claims if claim.holds is not True]
    held = len(status.claims) - len(shown)
    blocks: list[Block] = []
    if shown:
        rows: list[list[Text]] = [
            # A claim has one gap: it is said once, beside its first figure.
            [c.claim.id, figure_name(c.figure, status.ledger), c.claimed, found_text(c), _verdict(c)]
            if not number or c.claim != shown[number - 1].claim or not any(c.claim.gap)
            else ["", figure_name(c.figure, status.ledger), c.claimed, found_text(c), ""]
            for number, c in enumerate(shown)
        ]
        columns = [Column(words, right=right, flexible=flexible, least=least)
                   for words, right, flexible, least in (
            (Words("公布", "claim"), False, True, 10), (Words("数", "figure"), False, True, 12),
            (Words("公布数", "claimed"), True, False, 8), (Words("算得", "found"), True, False, 8),
            (Words("说明", "remark"), False, True, 16))]  # fmt: skip
        blocks += [
            Heading(Words("公布数与本台账", "published figures against this ledger")),
            Table(columns, rows),
        ]
    if held:
        words = Words("公布数中 {n} 个与本台账一致。", "Published figures that hold: {n}.")
        blocks.append(Paragraph(words.fill(n=held)))
    return blocks


def _verdict(claim: ClaimedFigure) -> Text:
    if any(claim.claim.gap):
        return claim.claim.gap
    if claim.found is None:
        return Words("算不出", "cannot be computed")
    return PaintedWords(Words("不符", "differs"), "red")


_MOST = 12
"""Longer lists are cut here and name the command that shows all."""

_BETWEEN = Words(" · ", " · ")


def headline(board: Board, counts: Sequence[Count]) -> Paragraph:
    """The figures of all books in one line, those that warn first: `counts` are those of each book on the day."""
    sums = {key: sum(counted.figures[key] for counted in counts)
            for key in ("overdue", "short", "due_soon", "done", "total")}  # fmt: skip
    days = board.ledger.settings.warning.due_soon_days
    warnings = (
        (Words("逾期 {n}", "overdue {n}"), sums["overdue"], "red"),
        (Words("欠指标 {n}", "short {n}"), sums["short"], "yellow"),
        (Words("{days}天内到期 {n}", "due in {days} days {n}"), sums["due_soon"], "yellow"),
        (Words("待批 {n}", "waiting {n}"), len(open_requests(board)), "yellow"),
    )
    parts = [PaintedWords(words.fill(n=n, days=days), tone if n else "dim") for words, n, tone in warnings]
    whole = sums["total"] and sums["done"] == sums["total"] and not sums["short"]
    done = Words("完成 {done}/{total}", "done {done}/{total}").fill(**sums)
    parts.append(PaintedWords(done, "green" if whole else "bold"))
    return Paragraph(_BETWEEN.join(parts), parts=parts)


def overdue(board: Board) -> list[Block]:
    """What is past its deadline, the latest first; nothing if nothing is."""
    late = overdue_list(board)
    if not late:
        return []
    rows: list[list[Text]] = [
        [own.standing.id, own.standing.item.title, unit_name(own.standing.item.lead), deadline_text(own.standing),
         PaintedWords(lateness(own.standing, board.day), "red")]
        for own in late[:_MOST]
    ]  # fmt: skip
    columns = [Column(words, flexible=flexible, least=least) for words, flexible, least in (
        (Words("编号", "id"), False, 8), (Words("事项", "item"), True, 16), (Words("牵头单位", "lead"), True, 8),
        (Words("时限", "deadline"), False, 8), (Words("逾期", "late"), True, 12))]  # fmt: skip
    return [Heading(Words("逾期 {n} 项", "overdue: {n}").fill(n=len(late))), Table(columns, rows),
            *_rest(len(late), "schedule:overdue")]  # fmt: skip


def short(board: Board) -> list[Block]:
    """What was reported done or at its stage and misses a target, the one with the earliest deadline first."""
    members = [s for s in in_plan_order(board.standings, board.ledger.settings) if s.short]
    members.sort(key=days_left)
    found = [(standing, key) for standing in members for key in standing.short]
    if not found:
        return []
    columns = [Column(words, flexible=flexible, least=least) for words, flexible, least in (
        (Words("编号", "id"), False, 8), (Words("事项", "item"), True, 16), (Words("指标", "target"), True, 12),
        (Words("读数/目标", "reading/goal"), True, 12))]  # fmt: skip
    words = Words("报完成或阶段完成、但欠指标 {n} 项，欠 {targets} 个指标",
                  "reported done or at its stage, but short of a target: {n} (targets: {targets})")  # fmt: skip
    rows = [_short_row(standing, key) for standing, key in found[:_MOST]]
    return [Heading(words.fill(n=len(members), targets=len(found))), Table(columns, rows),
            *_rest(len(found), "short:yes")]  # fmt: skip


def days_left(standing: Standing) -> timedelta:
    """How long the deadline is still away; the longest time there is where there is no deadline."""
    return standing.deadline - standing.board.day if standing.deadline else timedelta.max


def _short_row(standing: Standing, key: str) -> list[Text]:
    target = standing.item.target(key)
    assert target is not None
    unit = f" {target.unit}" if target.unit else ""
    value = painted(reading_text(standing.reading(key), target) + unit, "yellow")
    return [standing.id, standing.item.title, target.name or key, value]


def _rest(number: int, query: str) -> list[Block]:
    if number <= _MOST:
        return []
    words = Words("另有 {n} 个：ledger list {query}", "and {n} more: ledger list {query}")
    return [Paragraph(words.fill(n=number - _MOST, query=query))]


def first_steps(settings: Settings) -> list[Block]:
    """What to do where the ledger holds nothing yet: name a book, then bring items into the first."""
    if not settings.books:
        return [Paragraph(Words("台账里还没有账：在 ledger.yaml 写 books: {measures: {path: measures.yaml}}",
                                "There is no book in this ledger yet: write books: {measures: {path: measures.yaml}} "
                                "in ledger.yaml"), 4)]  # fmt: skip
    lines = (
        Words("台账里还没有事项。下一步：", "There is nothing in this ledger yet. What to do next:"),
        Words("  有清单：ledger import 清单.xlsx", "  with a list at hand: ledger import LIST.xlsx"),
        Words("  没有：ledger add {book} title=… lead=… due=2026-12-31",
              "  without one: ledger add {book} title=… lead=… due=2026-12-31").fill(book=settings.books[0].id),
    )  # fmt: skip
    return [Paragraph(line, 4) for line in lines]
