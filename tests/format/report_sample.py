"""A report with every kind of block, long and short, sober and hostile: what each writer is tried on."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from ledger.format.cell import code_cell, course_cell, day_cell, list_cell, number_cell, percent_cell, rate_cell
from ledger.format.document import Code, Column, Document, Fact, Head, Heading, Paint, Paragraph, Table, Typed
from ledger.model.words import Words
from ledger.state.figure.count import Rate

DAY = date(2017, 12, 28)
ROWS = 200

NASTY = (
    "<script>alert('x')</script>",
    '=HYPERLINK("http://example.invalid","点我")',
    "+86 号码",
    "-2+3",
    "@SUM(A1)",
    "\tTab 起头",
    "引号 \"双\" '单' & 与号 &lt;",
    "方向 \u202eedoc\u202c 标记 \u200f",
    "控制 \x1b[31m红\x1b[0m \x07 \x00 \x9b",
    "半个 \ud83d 与 \uffff",
    "两行\n第二行",
    "竖线 | 与 \\ 与 `码` 与 *星* 与 _线_",
    "https://example.invalid/" + "very-long-path/" * 12,
    "超长" * 120,
    "# 不是标题",
)
"""Text that breaks careless writers."""

_COMMON = {
    "book": Words("账", "book"), "node": Words("时间节点", "time node"), "due": Words("应完成", "due"),
    "done": Words("已完成", "done"), "open": Words("未完成", "open"), "overdue": Words("逾期", "overdue"),
    "rate": Words("完成率 n/N", "rate n/N"), "unit": Words("牵头单位", "lead"), "item": Words("编号", "id"),
    "title": Words("事项", "item"), "deadline": Words("时限", "deadline"), "original": Words("原时限", "first deadline"),
    "days": Words("逾期天数", "days late"), "expected": Words("自报完成日", "expected"),
    "trouble": Words("存在问题", "trouble"), "state": Words("状态", "state"), "progress": Words("进度", "progress"),
    "figure": Words("数", "figure"), "course": Words("走势", "course"), "first": Words("期初", "first"),
    "last": Words("期末", "last"), "items": Words("事项", "items"),
}  # fmt: skip

_TITLES = (
    Words("全面建立河长制，落实市、区县、乡镇、村四级河长，开展一河一策方案编制并按季度通报", "River chiefs at four levels"),
    Words("垃圾填埋场渗滤液处理设施", "Landfill leachate treatment"),
    Words("长江干流及主要支流岸线1公里范围内化工企业清理整治（含搬迁、关闭、转型）", "Chemical plants within 1 km of the Yangtze and its main tributaries"),
)  # fmt: skip
_TROUBLES = (
    Words("征地拆迁滞后，施工单位反映资金拨付比合同约定晚两个月，雨季水位高于围堰。", "Land is not cleared; payments are two months behind the contract; the river stands above the cofferdam."),
    Words("", ""),
    Words("设备已到货", "equipment delivered"),
)  # fmt: skip
_UNITS = ("市城管委", "市环保局", "万州区", "石柱土家族自治县", "两江新区管委会")


def column(id_: str, lang: str, *, right: bool = False, flexible: bool = False, once: bool = False) -> Column:
    """A column by its English name."""
    return Column(_COMMON[id_].pick(lang), right=right, flexible=flexible, id=id_, once=once)


def head(lang: str = "zh") -> Head:
    """Title and facts as a weekly report has them."""
    labels = (Words("截至", "as of"), Words("周", "week"), Words("版本", "revision"), Words("时区", "time zone"))
    texts = (day_cell(DAY), "2017-W52", Typed("–", None), "Asia/Shanghai")
    names = ("as_of", "week", "revision", "timezone")
    facts = [Fact(id_, label.pick(lang), text) for id_, label, text in zip(names, labels, texts, strict=True)]
    title = Words("重庆市中央环境保护督察整改周报", "Chongqing rectification: the weekly report").pick(lang)
    return Head(title, facts, "weekly", lang)


def progress_table(lang: str = "zh") -> Table:
    """The progress table: two books, three time nodes, 0/0 at one of them."""
    numbers = {
        Words("整改措施", "measures"): ((30, 29), (6, 2), (1, 0)),
        Words("具体问题", "problems"): ((88, 85), (27, 6), (0, 0)),
    }
    columns = [
        column("book", lang, once=True),
        column("node", lang, flexible=True),
        *(column(name, lang, right=True) for name in ("due", "done", "open", "overdue", "rate")),
    ]
    rows = []
    for book, counts in numbers.items():
        for year, (due, done) in zip((2017, 2018, 2020), counts, strict=True):
            node = Words(f"{year}年年底", f"end of {year}").pick(lang)
            late = number_cell(due - done if year == 2017 else 0, "red")
            rows.append([code_cell(book.pick(lang), book.en), node, number_cell(due), number_cell(done),
                         number_cell(due - done), late, rate_cell(Rate(done, due))])  # fmt: skip
    note = Words("完成含已销号事项；0/0 记为“–”。", "Done includes closed items; 0/0 is a dash.").pick(lang)
    title = Words("整改进度统计表", "Progress table").pick(lang)
    return Table(columns, rows, "progress", title, [note])


def overdue_table(lang: str = "zh", rows: int = ROWS) -> Table:
    """A wide and long one: nine columns, long text in two of them."""
    columns = [
        column("item", lang),
        column("title", lang, flexible=True),
        column("unit", lang, flexible=True),
        column("deadline", lang),
        column("original", lang),
        column("days", lang, right=True),
        column("expected", lang),
        column("trouble", lang, flexible=True),
        column("progress", lang, right=True),
    ]
    cells = [
        [f"{'MPX'[n % 3]}{n:03}", _TITLES[n % 3].pick(lang), _UNITS[n % 5], day_cell(DAY - timedelta(n)),
         day_cell(DAY - timedelta(2 * n) if n % 4 else None), number_cell(n, "red"), day_cell(None if n % 2 else DAY),
         _TROUBLES[n % 3].pick(lang), percent_cell(None if n % 7 == 0 else n / 2)]
        for n in range(1, rows + 1)
    ]  # fmt: skip
    return Table(columns, cells, "overdue")


def numbers_table(lang: str = "zh") -> Table:
    """Twelve columns of numbers under long titles."""
    titles = ["整改事项总数", "到期应完成", "到期已完成", "其中提前完成", "逾期未完成", "欠指标事项", "已延期事项",
              "已销号事项", "反弹事项", "在督事项"]  # fmt: skip
    english = ["items in all", "due by now", "done of due", "done ahead", "overdue", "short of a target", "postponed",
               "closed", "relapsed", "supervised"]  # fmt: skip
    columns = [column("unit", lang, flexible=True), *(
        Column(title, right=True, id=f"figure_{number}") for number, title in enumerate(titles if lang == "zh" else english)
    ), column("rate", lang, right=True)]  # fmt: skip
    rows = [[unit, *(number_cell(n * 7 % 19) for n in range(10)), rate_cell(Rate(3, 12))] for unit in _UNITS]
    total = [Paint(Words("合计", "total").pick(lang), "bold"), *(Typed(str(n), n, "bold") for n in range(10)),
             rate_cell(Rate(15, 60), "bold")]  # fmt: skip
    return Table(columns, [*rows, total], "by_unit", Words("按牵头单位", "By lead unit").pick(lang))


def trend_table(lang: str = "zh") -> Table:
    """Sparklines, with weeks that nobody knows."""
    course = [None, None, *(n * n // 20 for n in range(40))]
    columns = [
        column("figure", lang),
        column("course", lang),
        column("first", lang, right=True),
        column("last", lang, right=True),
    ]
    rows = [["measures.done", course_cell(course), number_cell(0), number_cell(76)],
            ["overall", course_cell([Fraction(n, 3) for n in range(42)]), number_cell(0), number_cell(Fraction(41, 3))]]  # fmt: skip
    return Table(columns, rows, "trend", Words("走势", "Trend").pick(lang))


def nasty_table(lang: str = "zh") -> Table:
    """Every hostile text, as a plain cell and beside a number."""
    columns = [
        column("item", lang, flexible=True),
        column("title", lang, flexible=True),
        column("days", lang, right=True),
    ]
    return Table(
        columns, [[text, text, number_cell(-n)] for n, text in enumerate(NASTY)], "nasty", NASTY[0], [NASTY[1]]
    )


def report(lang: str = "zh", rows: int = ROWS) -> Document:
    """The whole report."""
    say = lambda zh, en: Words(zh, en).pick(lang)
    return [
        head(lang),
        Paragraph(say("本周新完成 3 项，新增逾期 1 项；总体进度 93.4%。", "Three items were done this week, one is newly overdue; overall progress 93.4%.")),
        Heading(say("一、整改进度", "1. Progress"), 2, "progress"),
        progress_table(lang),
        Paragraph(say("按原时限计算，到期完成率为 29/34，即 85.3%。" * 4, "By original deadlines 29 of 34 are done, 85.3%. " * 4), 4),
        Heading(say("二、本周变化", "2. Movement"), 2, "movement"),
        Heading(say("（一）新完成", "(a) Newly done"), 3, "done"),
        Table([column("item", lang), column("title", lang, flexible=True)], [], "newly_done",
              empty=say("本周没有新完成的事项。", "Nothing was newly done.")),
        Heading(say("（二）新销号", "(b) Newly closed"), 3, "closed"),
        Paragraph(say("涉及：", "Items: ") + " ".join(f"P{n:03}" for n in range(60))),
        Table([column("items", lang, flexible=True)], [[list_cell([f"P{n:03}" for n in range(30)])]], "closed"),
        Heading(say("三、按牵头单位", "3. By lead unit"), 2, "units"),
        numbers_table(lang),
        Heading(say("四、逾期清单", "4. Overdue"), 2, "overdue"),
        overdue_table(lang, rows),
        Heading(say("五、走势", "5. Trend"), 2, "trend"),
        trend_table(lang),
        Heading(say("六、不敢恭维的文字", "6. Hostile text"), 2, "nasty"),
        nasty_table(lang),
        Paragraph(Paint(NASTY[0], "red")),
        Paragraph(NASTY[8] + NASTY[9] + NASTY[7]),
        Code("ledger report weekly\n  ```\n</pre>\x1b[2J"),
        Paragraph(NASTY[-1]),
    ]  # fmt: skip


def widest_table(columns: int = 30) -> Table:
    """More columns than any paper holds."""
    made = [Column(f"{2017 + n}年第{n}季度末完成数", right=True, id=f"q{n}") for n in range(columns)]
    rows = [[number_cell(n * m) for n in range(columns)] for m in range(1, 9)]
    return Table([column("unit", "zh", flexible=True), *made], [["石柱土家族自治县", *row] for row in rows], "widest")
