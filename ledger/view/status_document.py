"""The status of a ledger as a document: what people read."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ledger.check.text import summary
from ledger.format.document import Block, Column, Document, Heading, Paint, Paragraph, Table
from ledger.format.phrase import (
    DASH,
    deadline_text,
    found_text,
    items_text,
    lateness,
    listed,
    mean_text,
    rate,
    rate_words,
    reading_text,
    unit_name,
)
from ledger.model.number import percent, plain
from ledger.model.words import Words
from ledger.rule.registry import tuned_rules
from ledger.state.board import Standing
from ledger.state.claim import ClaimedFigure
from ledger.state.count import Count, NodeCount, Rate
from ledger.state.figure import BY_KEY, RATES
from ledger.state.order import in_plan_order
from ledger.text.plural import some
from ledger.view.status import Group, Status

_MOST = 12
"""Longer lists are cut here and name the command that shows all."""

_BY = {
    "lead": Words("牵头单位", "lead"), "responsible": Words("责任单位", "responsible"),
    "origin": Words("来源", "origin"),
    "time_node": Words("时间节点", "time node"), "light": Words("灯", "light"),
    "due_class": Words("时限类别", "kind of deadline"),
}  # fmt: skip


def status_document(status: Status, findings: Mapping[str, int], lang: str) -> Document:
    """The progress table, what stands behind its totals, what is overdue and short, claims and findings."""
    settings = status.ledger.settings
    sealed = settings.archived == status.day
    day = Words("截至 {day}（存档）", "as of {day} (archived)") if sealed else Words("截至 {day}", "as of {day}")
    document: Document = [
        Heading(settings.title.pick(lang), 1),
        Paragraph(Words("整改进度统计表  ", "progress table  ").pick(lang) + day.fill(day=status.day).pick(lang)),
        _progress_table(status, lang),
    ]
    document += [block for book, counted in status.books for block in _summary(status, book.id, counted, lang)]
    overall = mean_text(status.overall, lang)
    document.append(Paragraph(Words("总体进度：{mean}", "overall progress: {mean}").fill(mean=overall).pick(lang), 2))
    if status.grouping:
        document += _groups(status, lang)
    document += _overdue(status, lang) + _short(status, lang) + _claims(status, lang)
    document += _waiting(status, lang)
    tuned = tuned_rules(settings).pick(lang)
    document.append(Paragraph(_findings_line(findings, lang) + (f"  {tuned}" if tuned else ""), 2))
    return document


def _waiting(status: Status, lang: str) -> Document:
    """How many requests wait for a decision; nothing where none does."""
    number = status.waiting
    words = Words("待批申请 {n} 件（详见 ledger requests）", "{requests} for a decision (see ledger requests)")
    requests = f"{some(number, 'request')} {'waits' if number == 1 else 'wait'}"
    return [Paragraph(words.fill(n=number, requests=requests).pick(lang), 2)] if number else []


def _findings_line(findings: Mapping[str, int], lang: str) -> str:
    return (
        Words("检查：", "check: ").pick(lang)
        + summary(findings, lang)
        + Words("（详见 ledger check）", " (see ledger check)").pick(lang)
    )


def _progress_table(status: Status, lang: str) -> Table:
    columns = [
        Column(Words("账", "book").pick(lang), flexible=True),
        Column(Words("时间节点", "time node").pick(lang), flexible=True),
        *(Column(words.pick(lang), right=True) for words in (
            Words("事项", "items"), Words("完成", "done"), Words("未完成", "open"), Words("逾期", "overdue"),
            Words("欠指标", "short"), Words("完成率 n/N", "rate n/N"))),
    ]  # fmt: skip
    rows: list[list[str]] = []
    for book, counted in status.books:
        name = book.name.pick(lang)
        if book.id in status.ledger.broken:
            name = Paint(name + Words("（没有读全）", " (not read whole)").pick(lang), "red")
        for node in counted.time_nodes:
            if node.due or node.date:
                rows.append([name, *_node_row(node, lang)])
                name = ""
        rows += _closing_rows(name, counted, lang)
    return Table(columns, rows)


def _node_row(node: NodeCount, lang: str) -> list[str]:
    numbers = [
        str(node.due),
        str(node.done),
        str(node.open),
        _warned(node.overdue, "red"),
        _warned(node.short, "yellow"),
    ]
    return [node.name.pick(lang), *numbers, rate(node.rate)]


def _closing_rows(name: str, counted: Count, lang: str) -> list[list[str]]:
    """The undated items, and the total."""
    figures, rows = counted.figures, []
    undated, done = figures["undated"], figures["undated_done"]
    if undated:
        words = Words("无日期", "no date").pick(lang)
        short = figures["short"] - sum(node.short for node in counted.time_nodes)
        rows.append([name, words, str(undated), str(done), str(undated - done), "0", _warned(short, "yellow"),
                     rate(Rate(done, undated))])  # fmt: skip
        name = ""
    total, all_done = figures["total"], figures["done"]
    rows.append([name, Words("合计", "total").pick(lang), str(total), str(all_done), str(total - all_done),
                 _warned(figures["overdue"], "red"), _warned(figures["short"], "yellow"),
                 rate(counted.rates["done_of_all"])])  # fmt: skip
    return rows


def _warned(number: int, tone: str) -> str:
    return Paint(str(number), tone) if number else "0"


def _summary(status: Status, book: str, counted: Count, lang: str) -> list[Block]:
    """What a book comes to, in one sentence a line; nobody is told "17 done" without what is short among them."""
    figures = counted.figures
    own = [standing for standing in status.board.book(book) if standing.short]
    short = in_plan_order(own, status.ledger.settings)
    name = next(known.name for known, _ in status.books if known.id == book)
    done = _with_short(Words("完成 {n} 项", "{n} done"), figures["done"], [s for s in short if s.is_done])
    stage = _with_short(Words("阶段完成 {n} 项", "{n} stage done"), figures["stage_done"],
                        [s for s in short if not s.is_done])  # fmt: skip
    first = Words("{name}：共 {total}，到期 {due} 项；{done}；{stage}", "{name}: {total}, {due} due; {done}; {stage}")
    lines = [first.fill(name=name, total=items_text(figures["total"]), due=figures["due"], done=done, stage=stage)]
    more = [_also(key, figures) for key in _ALSO if figures[key]]
    if more:
        lines.append(Words("  其中" + "，".join(w.zh for w in more), "  among them " + ", ".join(w.en for w in more)))
    lines += _rate_lines(counted, status.ledger.settings.headline)
    if counted.slip.items:
        slip = Words("  顺延：{n} 项，中位数 {median} 天，最多 {most} 天",
                     "  slip: {items}, median {median} days, at most {most}")
        lines.append(slip.fill(n=counted.slip.items, items=items_text(counted.slip.items),
                               median=plain(counted.slip.median or Fraction(0)), most=counted.slip.max))  # fmt: skip
    lines.append(Words("  进度 {mean}", "  progress {mean}").fill(mean=Words(*(mean_text(counted.progress, tongue)
                 for tongue in ("zh", "en")))))  # fmt: skip
    return [Paragraph(line.pick(lang), 4) for line in lines]


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


def _rate_lines(counted: Count, headline: str) -> list[Words]:
    """The rate that comes first with its formula, then the others that people ask for."""
    first = Words("  {formula}：{rate}", "  {formula}: {rate}")
    lines = [first.fill(formula=RATES[headline].formula, rate=rate_words(counted, headline))]
    others = [key for key in _TOLD if key != headline]
    told = [first.fill(formula=RATES[key].formula, rate=rate_words(counted, key)) for key in others]
    lines.append(Words("；".join(w.zh.strip() for w in told), "; ".join(w.en.strip() for w in told)))
    return [lines[0], Words("  " + lines[1].zh, "  " + lines[1].en)]


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
    return Words(
        f"{text.zh}，其中 {len(short)} 项欠指标（{ids}）", f"{text.en}, {len(short)} short of a target ({ids})"
    )


def _groups(status: Status, lang: str) -> list[Block]:
    title = Words("按{by}", "by {by}").fill(by=_by(status)).pick(lang)
    columns = [
        Column(_by(status).pick(lang), flexible=True, least=12),
        *(Column(words.pick(lang), right=True) for words in (
            Words("事项", "items"), Words("到期", "due"), Words("完成", "done"), Words("逾期", "overdue"),
            Words("欠指标", "short"), Words("到期完成率 n/N", "done of due"), Words("进度", "progress"))),
    ]  # fmt: skip
    blocks: list[Block] = [Heading(title), Table(columns, [_group_row(group, lang) for group in status.groups])]
    if status.several:
        note = Words(
            "{n} 项在不止一组里各计一次，各组之和大于总数；总数按事项计。",
            "Items that stand in more than one group: {n}. The groups add up to more than the total, which counts each "
            "item once.",
        )
        blocks.append(Paragraph(note.fill(n=status.several).pick(lang)))
    return blocks


def _by(status: Status) -> Words:
    """By what the groups are made."""
    if status.grouping in _BY:
        return _BY[status.grouping]
    id_ = status.grouping.partition(".")[2]
    tag = status.ledger.settings.tag(id_)
    return tag.name if tag and any(tag.name) else Words.same(id_)


def _group_row(group: Group, lang: str) -> list[str]:
    figures, progress = group.counted.figures, group.counted.progress
    known = f" {progress.known}/{progress.of}" if progress.known else ""
    mean = DASH if progress.value is None else f"{percent(progress.value, 1):.1f}%"
    return [
        group.name.pick(lang), str(figures["total"]), str(figures["due"]), str(figures["done"]),
        _warned(figures["overdue"], "red"), _warned(figures["short"], "yellow"),
        rate(group.counted.rates["done_of_due"]), mean + known,
    ]  # fmt: skip


def _overdue(status: Status, lang: str) -> list[Block]:
    late = [standing for standing in status.board.standings if standing.schedule == "overdue"]
    if not late:
        return []
    late.sort(key=lambda standing: (standing.deadline, standing.id))
    rows = [
        [s.id, s.item.title.pick(lang), unit_name(s.item.lead, lang), deadline_text(s, lang),
         Paint(lateness(s, status.day, lang), "red")]
        for s in late[:_MOST]
    ]  # fmt: skip
    columns = [Column(words.pick(lang), flexible=flexible, least=least) for words, flexible, least in (
        (Words("编号", "id"), False, 8), (Words("事项", "item"), True, 16), (Words("牵头单位", "lead"), True, 8),
        (Words("时限", "deadline"), False, 8), (Words("逾期", "late"), True, 12))]  # fmt: skip
    return [Heading(Words("逾期 {n} 项", "overdue: {n}").fill(n=len(late)).pick(lang)), Table(columns, rows),
            *_rest(len(late), "schedule:overdue", lang)]  # fmt: skip


def _short(status: Status, lang: str) -> list[Block]:
    short = [(s, key) for s in in_plan_order(status.board.standings, status.ledger.settings) for key in s.short]
    if not short:
        return []
    rows = []
    for standing, key in short[:_MOST]:
        target = standing.item.target(key)
        if target is not None:
            name = target.name.pick(lang) or key
            unit = f" {target.unit}" if target.unit else ""
            value = reading_text(standing.reading(key), target, lang) + unit
            rows.append([standing.id, standing.item.title.pick(lang), name, Paint(value, "yellow")])
    columns = [Column(words.pick(lang), flexible=flexible, least=least) for words, flexible, least in (
        (Words("编号", "id"), False, 8), (Words("事项", "item"), True, 16), (Words("指标", "target"), True, 12),
        (Words("读数/目标", "reading/goal"), True, 12))]  # fmt: skip
    words = Words("报完成或阶段完成、但欠指标 {n} 个", "reported done or at its stage, but short of a target: {n}")
    return [Heading(words.fill(n=len(short)).pick(lang)), Table(columns, rows), *_rest(len(short), "short:yes", lang)]


def _rest(number: int, query: str, lang: str) -> list[Block]:
    if number <= _MOST:
        return []
    words = Words("另有 {n} 个：ledger list {query}", "and {n} more: ledger list {query}")
    return [Paragraph(words.fill(n=number - _MOST, query=query).pick(lang))]


def _claims(status: Status, lang: str) -> list[Block]:
    """Claims that do not hold, or cannot because of a gap; those that hold are one sentence."""
    shown = [claim for claim in status.claims if claim.holds is not True]
    held = len(status.claims) - len(shown)
    blocks: list[Block] = []
    if shown:
        rows = [
            # A claim has one gap: it is said once, beside its first figure.
            [c.claim.id, c.figure, c.claimed, found_text(c), _verdict(c, lang)]
            if not number or c.claim != shown[number - 1].claim or not any(c.claim.gap)
            else ["", c.figure, c.claimed, found_text(c), ""]
            for number, c in enumerate(shown)
        ]
        columns = [Column(words.pick(lang), right=right, flexible=flexible, least=least)
                   for words, right, flexible, least in (
            (Words("公布", "claim"), False, True, 10), (Words("数", "figure"), False, True, 12),
            (Words("公布数", "claimed"), True, False, 8), (Words("算得", "found"), True, False, 8),
            (Words("说明", "remark"), False, True, 16))]  # fmt: skip
        blocks += [
            Heading(Words("公布数与本台账", "published figures against this ledger").pick(lang)),
            Table(columns, rows),
        ]
    if held:
        words = Words("公布数中 {n} 个与本台账一致。", "Published figures that hold: {n}.")
        blocks.append(Paragraph(words.fill(n=held).pick(lang)))
    return blocks


def _verdict(claim: ClaimedFigure, lang: str) -> str:
    if any(claim.claim.gap):
        return claim.claim.gap.pick(lang)
    if claim.found is None:
        return Words("算不出", "cannot be computed").pick(lang)
    return Paint(Words("不符", "differs").pick(lang), "red")
