"""The one table of fields: what every key and column of a ledger is called, means and may hold.

Shape findings, JSON Schema, the documentation of the file format, CSV headers and drop-down lists all come from here.
"""

from __future__ import annotations

from collections.abc import Mapping

from ledger.model.entry import COLUMNS
from ledger.model.record import NamedTuple
from ledger.model.setting import WEEKDAYS
from ledger.model.words import NO_WORDS, Words

SCALARS = frozenset({
    "text", "words", "id", "date", "due", "number", "whole", "choice", "flag", "goal", "unit", "zone", "commit",
    "duration", "limit", "week", "part", "query",
})  # fmt: skip
LISTS = frozenset({"ids", "units", "texts", "phrases", "dates", "weeks", "parts"})
"""Kinds that hold a list of scalars; a CSV book joins them by `;`."""

ELEMENT = {
    "ids": "id", "units": "unit", "texts": "text", "phrases": "words", "dates": "date", "weeks": "week",
    "parts": "part",
}  # fmt: skip
"""What the elements of a list kind are."""


EVERY_SEAL = frozenset({1, 2})
"""The rules of seals there are: what a seal covers depends on the one it names."""

_QUERIED = {"date": "day", "due": "day", "number": "number", "id": "id", "choice": "choice"}


class Field(NamedTuple):
    """One key or column: its kind, its names for readers, its help, and what it may hold.

    Beside scalars and lists a kind may be `record` (one mapping of `fields`), `records` (a mapping of free keys to such
    records), `list` (a list of them), `named` (a list of them, or of names alone), `deciders` (a mapping of events to
    such lists), `table` (a mapping of free keys to values such as `fields[0]`), `tags` (names with a text or a list),
    `figures` (paths with numbers or comparisons), `facts` or `sums`.
    """

    name: str
    kind: str
    label: Words
    help: Words = NO_WORDS
    required: bool = False
    choices: Mapping[str, Words] = {}
    fields: tuple[Field, ...] = ()
    attribute: str = ""
    """The name in the model where it differs from the one in the file."""
    least: int | None = None
    """The least number that it may hold, if there is one."""
    protected: str = ""
    """The event that alone changes it once a plan is approved: `extend` or `amend`; empty for what stays free."""
    public: bool = False
    """Whether what it holds is published, so that its texts must name no phone or identity number (902)."""
    sealed: frozenset[int] = EVERY_SEAL
    """The rules by which a seal covers it."""

    @property
    def slot(self) -> str:
        """The name under which the model keeps the value."""
        return self.attribute or self.name

    @property
    def queried(self) -> str:
        """How a query compares it: as a `day`, `number`, `id`, a `choice` of a list, or as `text` that holds a word."""
        return _QUERIED.get(self.kind, "text")


FIRMNESS = {"full": Words("完成", "full"), "basic": Words("基本", "basic"), "advance": Words("推进", "advance")}
ORIGINS = {
    "feedback": Words("反馈", "feedback"),
    "self_found": Words("自查", "self-found"),
    "petition": Words("信访", "petition"),
    "inspection": Words("督察", "inspection"),
}
DUE_BASES = {
    "explicit": Words("明示", "printed"),
    "in_text": Words("文内", "in the text"),
    "implied": Words("推定", "implied"),
}
UPKEEP = {"lasting": Words("长期坚持", "lasting"), "ongoing": Words("持续推进", "ongoing")}
DUE_WORDS = {
    "immediate": Words("立行立改", "immediate"),
    "long_term": Words("中长期", "long term"),
    "unstated": Words("未载明", "unstated"),
}
SUMMED = {
    "units": Words("各责任单位之和", "over units"),
    "actions": Words("各细化举措之和", "over actions"),
    "parts": Words("各下级事项之和", "over parts"),
}
APPROX = {"yu": Words("余", "over"), "jin": Words("近", "nearly"), "yue": Words("约", "about")}
BEFORE = {"before": Words("不晚于", "not after")}
"""How a `done` is dated whose true day nobody knows: not after the date of its line."""
SEVERITY_WORDS = {
    "off": Words("关闭", "off"), "info": Words("提示", "info"), "warning": Words("警告", "warning"),
    "error": Words("错误", "error"),
}  # fmt: skip
TUNABLE = {
    301: "warning", 304: "warning", 306: "warning", 309: "warning", 412: "info", 507: "warning", 803: "info",
    805: "info", 810: "warning", 901: "warning",
}  # fmt: skip
"""The rules whose severity a ledger may set, with that which each has by itself; of any other a finding is only
silenced by a waiver."""


class RateFigure(NamedTuple):
    """A rate: its short name, its formula in words, and the figures above the line (added up) and below it."""

    key: str
    label: Words
    formula: Words
    part: tuple[str, ...]
    whole: str


RATE_FIGURES = {
    rate.key: rate
    for rate in (
        RateFigure("done_of_all", Words("完成率（占全部）", "done of all"),
                   Words("完成 / 全部事项", "done / all items"), ("done",), "total"),
        RateFigure("done_of_due", Words("完成率（占到期）", "done of those due"),
                   Words("到期已完成 / 到期事项", "done of those due / items due"), ("due_done",), "due"),
        RateFigure("done_of_due_original", Words("原到期事项的完成率", "done (on any day) of those originally due"),
                   Words("按原时限到期的事项中（不论哪天）完成的", "done (on any day) of those originally due"),
                   ("due_original_done",), "due_original"),
        RateFigure("kept_of_due_original", Words("按原时限兑现率", "kept of those originally due"),
                   Words("按原时限到期的事项中按原时限兑现的", "kept by the first deadline, of those originally due"),
                   ("kept",), "due_original"),
        RateFigure("fulfilment", Words("完成数与到期数之比", "done to due"),
                   Words("完成（含提前）/ 到期事项", "done, also ahead / items due"), ("done",), "due"),
        RateFigure("closed_of_all", Words("销号率", "closed of all"),
                   Words("销号 / 全部事项", "closed / all items"), ("closed",), "total"),
        RateFigure("stage_of_all", Words("完成和阶段完成率", "done or stage done of all"),
                   Words("（完成 + 阶段完成）/ 全部事项", "done or at their stage / all items"),
                   ("done", "stage_done"), "total"),
    )
}  # fmt: skip
"""Every rate of a book, told apart by its formula; any of them may be the one that comes first (`rates.headline`)."""
HISTORIES = {"auto": Words("每次写入都提交", "every change a commit"), "off": Words("不提交", "no commits")}
CALENDARS = {"calendar": Words("自然日", "calendar days"), "working": Words("工作日", "working days")}
UNIT_KINDS = {"department": Words("部门", "department"), "district": Words("区县", "district")}

_FIRST_SEAL = frozenset({1})
"""The second rule of seals leaves open what is only wording: a typo there may be mended."""

TARGET = (
    Field("name", "words", Words("名称", "name"), Words("指标的叫法", "what the number counts"),
          protected="amend", public=True, sealed=_FIRST_SEAL),
    Field("unit", "text", Words("计量单位", "unit of measure"), Words("座、家、% 等", "such as plants, firms or %"),
          protected="amend", public=True),
    Field("goal", "goal", Words("目标值", "goal"),
          Words('如 ">= 46"；单写一个数即不少于', 'such as ">= 46"; a bare number means at least'),
          protected="amend", public=True),
    Field("due", "date", Words("时限", "deadline"), Words("写了就同时是阶段目标", "makes it a milestone too"),
          protected="amend"),
    Field("firm", "choice", Words("目标力度", "firmness"),
          Words("原文的动词", "how strong the promise is"), choices=FIRMNESS, protected="amend"),
    Field("sum", "choice", Words("合计口径", "summed over"),
          Words("读数由谁的相加而成", "whose readings add up to it"), choices=SUMMED, protected="amend"),
    Field("from", "number", Words("起始值", "starting value"),
          Words("“不多于”目标计算进度的起点", "where progress towards a <= goal starts"), attribute="start",
          protected="amend"),
)  # fmt: skip

MILESTONE = (
    Field("name", "words", Words("名称", "name"), Words("要做到的事", "what must be reached"),
          protected="amend", public=True, sealed=_FIRST_SEAL),
    Field("due", "date", Words("时限", "deadline"), Words("最后一天，含当日", "the last day in time"), required=True,
          protected="amend"),
)  # fmt: skip

ITEM = (
    Field("id", "id", Words("编号", "id"),
          Words("全台账唯一，不分大小写", "unique over all books, ignoring case"), required=True,
          public=True),
    Field("title", "words", Words("事项", "title"), Words("整改任务", "the task"), required=True,
          public=True, sealed=_FIRST_SEAL),
    Field("lead", "unit", Words("牵头单位", "lead"), Words("没有载明就写 unstated", "or: unstated"), required=True,
          protected="amend", public=True),
    Field("responsible", "units", Words("责任单位", "responsible"), Words("由其报送", "the units that report on it"),
          protected="amend", public=True),
    Field("cooperating", "units", Words("配合单位", "cooperating"), Words("协助的单位", "the units that help"),
          public=True),
    Field("origin", "choice", Words("来源", "origin"), Words("从何而来", "where it came from"), choices=ORIGINS),
    Field("added", "date", Words("入账日期", "added"),
          Words("默认为台账起始日", "when it entered the ledger; default: its start")),
    Field("start", "date", Words("开始日期", "start"),
          Words("默认为台账起始日", "when work was to begin; default: the ledger's start")),
    Field("due", "due", Words("整改时限", "deadline"),
          Words("日期，或 immediate、long_term、unstated", "a date, or immediate, long_term, unstated"),
          required=True, choices=DUE_WORDS, protected="extend", public=True),
    Field("due_basis", "choice", Words("时限依据", "basis of the deadline"),
          Words("原文怎样写的", "how the source states it"), choices=DUE_BASES),
    Field("goal", "words", Words("整改目标", "goal"), Words("要达到的结果", "the result to reach"),
          protected="amend", public=True),
    Field("steps", "phrases", Words("整改措施", "steps"), Words("怎样做", "what is to be done"),
          public=True, sealed=_FIRST_SEAL),
    Field("upkeep", "choice", Words("后续", "upkeep"), Words("完成以后", "what goes on after done"), choices=UPKEEP,
          protected="amend", public=True),
    Field("under", "id", Words("上级事项", "under"), Words("细化举措所属的事项", "the item an action belongs to")),
    Field("weight", "number", Words("权重", "weight"),
          Words("总体进度用，默认 1，不小于 0", "for overall progress; default 1, at least 0"), least=0,
          protected="amend"),
    Field("targets", "records", Words("目标指标", "targets"),
          Words("要达到的数", "numbers it must reach"), fields=TARGET, protected="amend", public=True),
    Field("milestones", "records", Words("阶段目标", "milestones"),
          Words("不带数的阶段目标", "dated goals without a number"), fields=MILESTONE, protected="amend", public=True),
    Field("tags", "tags", Words("标签", "tags"),
          Words("名称: 值，或名称: [值, 值]", "name: value, or name: [value, value]")),
    Field("takes", "duration", Words("办理用时", "takes"),
          Words("整改本身要多久：120w 是工作日，60d 是自然日",
                "how long the work itself takes: 120w working days, 60d calendar days")),
    Field("closing", "text", Words("销号方式", "kind of closing"),
          Words("closing.kinds 里的一种", "one of closing.kinds")),
    Field("parts", "parts", Words("下级事项", "parts"),
          Words("组成它的下级台账事项，如 wanzhou/M3",
                "items of included ledgers that make it up, such as wanzhou/M3")),
    Field("source", "text", Words("出处", "source"), Words("文件和行号", "document and line"), sealed=frozenset()),
    Field("remark", "text", Words("备注", "remark"), Words("内部使用，不公开", "internal, never published"),
          sealed=frozenset()),
)  # fmt: skip
"""Fields of an item. Beside these an item may link to a book by its name: `problems: [P-1]`."""


def link_field(book: str, name: Words = NO_WORDS) -> Field:
    """The field by which an item links to items of `book`."""
    return Field(book, "ids", name or Words.same(book), Words("关联事项的编号", "ids of linked items"))


BOOK = (
    Field("name", "words", Words("名称", "name"), Words("账的叫法", "what the book is called")),
    Field("path", "text", Words("文件", "path"),
          Words("可用通配符；.yaml 或 .csv", "may be a glob; .yaml or .csv"), required=True),
)  # fmt: skip

TIME_NODE = (
    Field("id", "text", Words("编号", "id"), Words("如 2017，加引号", 'such as "2017"'), required=True),
    Field("date", "date", Words("日期", "date"), Words("含当日", "that day included"), required=True),
    Field("name", "words", Words("名称", "name"), Words("如 2017年年底", "such as end of 2017")),
)

UNIT = (
    Field("name", "text", Words("名称", "name"), Words("现名", "its name today"), required=True),
    Field("kind", "choice", Words("类别", "kind"), Words("部门或区县", "department or district"), choices=UNIT_KINDS),
    Field("was", "texts", Words("曾用名", "former names"), Words("旧账上的名字", "names in older papers")),
)

APPROVER = (
    Field("name", "text", Words("名称", "name"), Words("现名", "its name today"), required=True),
    Field("from", "date", Words("起", "from"), Words("含当日；不写即从来", "that day included; default: always"),
          attribute="since"),
    Field("until", "date", Words("止", "until"), Words("含当日；不写即至今", "that day included; default: for good")),
    Field("was", "texts", Words("曾用名", "former names"), Words("旧文件上的名字", "names in older papers")),
)  # fmt: skip

WEEK = (
    Field("closes", "choice", Words("截止日", "closes"), Words("每周截止的星期", "the closing day of a week"),
          choices={day: Words(zh, day.capitalize()) for day, zh in zip(
              WEEKDAYS, ("周一", "周二", "周三", "周四", "周五", "周六", "周日"), strict=True)}),
    Field("roll_call", "flag", Words("点名", "roll-call"), Words("各单位每周必报", "units must report each week")),
    Field("none", "weeks", Words("停报周", "weeks off"),
          Words("不收报送的周，如 2017-W40", "weeks without a round, such as 2017-W40")),
)  # fmt: skip

CLOSING_KIND = (
    Field("name", "words", Words("名称", "name"), Words("这种销号的叫法", "what it is called")),
    Field("steps", "texts", Words("销号步骤", "closing steps"), Words("按先后次序", "in their order"), required=True),
)

CLOSING = (
    Field("steps", "texts", Words("销号步骤", "closing steps"), Words("按先后次序", "in their order")),
    Field("notice_days", "whole", Words("公示天数", "days of notice"), Words("首尾都算", "first and last day count")),
    Field("notice_calendar", "choice", Words("公示日历", "calendar of the notice"),
          Words("自然日或工作日", "calendar or working days"), choices=CALENDARS),
    Field("lookback_days", "whole", Words("回头看天数", "days to the look-back"),
          Words("完成后多少天内复查", "within how many days after done")),
    Field("kinds", "records", Words("销号方式", "kinds of closing"),
          Words("事项写 closing 的，按这里的步骤", "other steps, for items that name one under `closing`"),
          fields=CLOSING_KIND),
    Field("books", "texts", Words("销号的账", "books closed"),
          Words("只有这些账的事项才销号；默认全部", "the books whose items are closed at all; default: every one")),
    Field("takes", "table", Words("步骤用时", "time of the steps"),
          Words("每一步要多久：5w 是工作日，60d 是自然日，首尾都算",
                "how long each step takes: 5w working days, 60d calendar days, first and last day count"),
          fields=(Field("takes", "duration", Words("用时", "time"), required=True),)),
    Field("by", "limit", Words("销号期限", "last day to be closed"),
          Words("done+30w、due、due+30w 或 due+60d；不写即不限", "done+30w, due, due+30w or due+60d; default: none")),
)  # fmt: skip

WARNING = (
    Field("due_soon_days", "whole", Words("临期天数", "due-soon days"),
          Words("默认是最早的预警级别，没有级别则 30", "default: the farthest level, 30 without levels")),
    Field("immediate_days", "whole", Words("立行立改天数", "immediate days"), Words("默认 30", "default 30")),
    Field("levels", "table", Words("预警级别", "levels of warning"),
          Words("名称: 时限前几天；0 即逾期", "name: days before the deadline; 0 is overdue"),
          fields=(Field("levels", "whole", Words("天数", "days"), required=True),)),
)  # fmt: skip

RATES = (
    Field("headline", "choice", Words("主率", "headline rate"),
          Words("排在最前的完成率，默认 done_of_due", "the rate that comes first; default done_of_due"),
          choices={rate.key: rate.label for rate in RATE_FIGURES.values()}),
)  # fmt: skip

REQUESTS = (
    Field("answer_days", "whole", Words("答复天数", "days to answer"),
          Words("申请几个工作日内答复，默认 10", "working days within which a request is answered; default 10")),
)  # fmt: skip

TAG = (
    Field("name", "words", Words("名称", "name"), Words("给读者看的叫法", "what readers are shown")),
    Field("public", "flag", Words("公开", "public"), Words("默认不公开", "default: private")),
)

INCLUDE = (
    Field("path", "text", Words("目录", "path"), Words("旁边的台账", "a ledger beside this one")),
    Field("git", "text", Words("仓库", "repository"), Words("按 rev 读其中的提交", "read at `rev` from its objects")),
    Field("rev", "commit", Words("提交", "commit"), Words("40 位十六进制", "40 hexadecimal digits")),
    Field("dir", "text", Words("仓库内目录", "folder in it"), Words("默认为根目录", "default: its root")),
    Field("bundle", "text", Words("上报包", "bundle"), Words("ledger hand-up 做的文件", "made by `ledger hand-up`")),
    Field("sha256", "text", Words("哈希", "sha256"), Words("上报包的哈希", "hash of the bundle")),
)

LETTERHEAD = (
    Field("from", "words", Words("发文机关", "issued by"), Words("谁发", "who issues it"), attribute="issuer"),
    Field("to", "words", Words("主送", "to"), Words("发给谁", "to whom")),
    Field("sign", "words", Words("落款", "signed by"), Words("谁署名", "who signs")),
)

BASELINE = (
    Field("tag", "text", Words("标签", "tag"), Words("批准方案的标签", "the tag of the approved plan")),
    Field("commit", "commit", Words("提交", "commit"), Words("40 位十六进制", "40 hexadecimal digits")),
)

SETTINGS = (
    Field("ledger", "whole", Words("格式版本", "format version"), Words("1", "1")),
    Field("title", "words", Words("标题", "title"), Words("台账名称", "the ledger's name")),
    Field("language", "choice", Words("语言", "language"), Words("输出的语言", "the language of output"),
          choices={"zh": Words("中文", "Chinese"), "en": Words("英文", "English")}),
    Field("timezone", "zone", Words("时区", "time zone"), Words("如 Asia/Shanghai", "such as Asia/Shanghai")),
    Field("start", "date", Words("起始日", "start"), Words("事项默认的入账和开始日", "default `added` and `start`")),
    Field("archived", "date", Words("存档日", "archived"),
          Words("不另指定则按这一天判断", "judged on this day unless told otherwise")),
    Field("time_nodes", "list", Words("时间节点", "time nodes"), Words("由早到晚", "in order"), fields=TIME_NODE),
    Field("books", "records", Words("账", "books"), Words("各本账", "the lists of items"), required=True, fields=BOOK),
    Field("journal", "text", Words("流水", "journal"), Words("默认 journal/**/*.csv", "default journal/**/*.csv")),
    Field("units", "list", Words("单位", "units"),
          Words("写了就必须写全", "if present, every unit must be listed"), fields=UNIT),
    Field("approvers", "named", Words("批准人", "approvers"),
          Words("谁可以延期、调整、并销、重开、解除、作废、豁免",
                "who may extend, amend, withdraw, reopen, lift, void, waive"), fields=APPROVER),
    Field("decides", "deciders", Words("谁决定什么", "who decides what"),
          Words("事件或 step.步骤: [单位]；写了就只认这里", "event or step.NAME: [units]; counts alone where it names"),
          fields=APPROVER),
    Field("week", "record", Words("周", "week"), Words("报送周期", "the weekly round"), fields=WEEK),
    Field("closing", "record", Words("销号", "closing"), Words("销号的要求", "what closing asks for"), fields=CLOSING),
    Field("warning", "record", Words("预警", "warning"), Words("天数", "days"), fields=WARNING),
    Field("rules", "table", Words("规则", "rules"),
          Words("只可调 301 304 306 309 412 507 803 805 810 901", "only 301 304 306 309 412 507 803 805 810 901"),
          fields=(Field("rules", "choice", Words("程度", "severity"), required=True, choices=SEVERITY_WORDS),)),
    Field("tags", "records", Words("标签", "tags"),
          Words("声明了的标签；没有声明的不收", "the tags that items may bear"), fields=TAG),
    Field("rates", "record", Words("比率", "rates"), Words("哪个率排在最前", "which rate comes first"), fields=RATES),
    Field("queries", "table", Words("常用查询", "saved queries"),
          Words("名称: 查询；list @名称", "name: query; list @NAME"),
          fields=(Field("queries", "query", Words("查询", "query"), required=True),)),
    Field("requests", "record", Words("申请", "requests"), Words("多久答复", "how soon to answer"), fields=REQUESTS),
    Field("includes", "records", Words("下级台账", "includes"),
          Words("汇总到本台账的台账", "ledgers that this one rolls up"), fields=INCLUDE),
    Field("history", "choice", Words("历史", "history"),
          Words("auto：每次写入都提交到 git", "auto: every command that writes commits"), choices=HISTORIES),
    Field("letterhead", "record", Words("公文版头", "letterhead"),
          Words("报告的发文机关、主送和落款", "who issues a report, to whom, and who signs"), fields=LETTERHEAD),
    Field("baseline", "record", Words("基线", "baseline"), Words("批准的方案", "the approved plan"), fields=BASELINE),
)  # fmt: skip

CLAIM = (
    Field("id", "id", Words("编号", "id"), Words("唯一", "unique"), required=True),
    Field("as_of", "date", Words("截至", "as of"), Words("数字所指的日期", "the day the figures hold"), required=True),
    Field("source", "text", Words("出处", "source"), Words("文件和行号", "document and line")),
    Field("figures", "figures", Words("公布数", "figures"),
          Words("账.数: 值", "BOOK.FIGURE: number or comparison"), required=True),
    Field("gap", "words", Words("缺口", "gap"),
          Words("为何对不上；写了只提示", "why it cannot match; turns a mismatch into an info")),
)  # fmt: skip

SEAL = (
    Field("through", "date", Words("截至", "through"), Words("封存到哪一天", "the sealed day"), required=True),
    Field("entries", "whole", Words("记载数", "entries"), Words("条数", "how many"), required=True),
    Field("sha256", "text", Words("哈希", "sha256"), Words("内容的哈希", "hash of the content"), required=True),
    Field("rule", "whole", Words("封存规则", "rule"), Words("没有写的是 1", "1 if nothing is said")),
    Field(
        "pins",
        "table",
        Words("下级版本", "pins"),
        Words("公布时各下级台账的提交或哈希", "the commit or hash at which each included ledger was counted"),
        fields=(Field("pins", "text", Words("版本", "pin"), required=True),),
    ),
)

FACT = (
    Field("value", "number", Words("值", "value"), Words("所载数字", "the figure as printed"), required=True),
    Field("approx", "choice", Words("约数", "approximate"), Words("余、近、约", "yu, jin, yue"), choices=APPROX),
    Field("source", "text", Words("出处", "source"), Words("文件和行号", "document and line")),
)

CLAIMS = (
    Field("claims", "list", Words("公布数", "claims"), Words("公布过的数字", "published figures"), fields=CLAIM),
    Field("seals", "list", Words("封存", "seals"), Words("由工具写入", "written by the tool"), fields=SEAL),
    Field("facts", "facts", Words("散见数字", "facts"), Words("名称: 值", "name: value"), fields=FACT),
    Field("sums", "texts", Words("等式", "sums"), Words("事实之间的关系", "relations between facts")),
)

WAIVER = (
    Field("code", "text", Words("规则", "code"), Words("如 L801", "such as L801"), required=True),
    Field("item", "text", Words("编号", "item"), Words("事项编号", "the item's id"), required=True),
    Field("reason", "text", Words("理由", "reason"), Words("为何接受", "why it is accepted"), required=True),
    Field("by", "text", Words("批准人", "by"), Words("谁批准", "who accepts it"), required=True),
    Field("until", "date", Words("有效至", "until"), Words("含当日", "that day included"), required=True),
)

WORKDAYS = (
    Field("holidays", "dates", Words("放假", "holidays"), Words("放假的日子", "days off")),
    Field(
        "workdays", "dates", Words("调休上班", "make-up days"), Words("周末上班的日子", "weekend days that are worked")
    ),
)

_COLUMN_LABELS = {
    "date": Words("日期", "date"), "item": Words("事项", "item"), "event": Words("事件", "event"),
    "key": Words("对象", "key"), "value": Words("值", "value"), "by": Words("单位", "by"),
    "person": Words("人员", "person"), "until": Words("至", "until"), "doc": Words("文号", "document"),
    "text": Words("进展情况", "text"), "note": Words("内部说明", "note"), "source": Words("出处", "source"),
    "file": Words("佐证", "evidence"), "sha256": Words("佐证哈希", "its hash"), "part": Words("分子", "part"),
    "of": Words("分母", "of"), "exempt": Words("豁免数", "exempt"), "firm": Words("完成程度", "firmness"),
    "approx": Words("约数", "approximate"),
}  # fmt: skip
_COLUMN_KINDS = {"date": "date", "until": "date", "item": "id", "part": "number", "of": "number", "exempt": "number"}
_COLUMN_CHOICES: dict[str, Mapping[str, Words]] = {
    "firm": {"basic": FIRMNESS["basic"]}, "approx": APPROX | BEFORE,
}  # fmt: skip
_COLUMN_HELP = {
    "date": Words("事实成立之日", "the day the fact holds"), "item": Words("事项编号", "the item's id"),
    "event": Words("发生了什么", "what happened"),
    "key": Words("指标、阶段目标、销号步骤、结果、督办种类、字段、所申请的事或周",
                 "target, milestone, step, result, kind, field, what is asked for, or week"),
    "value": Words("读数、百分比、新值，或实际完成的日子",
                   "the number, the percent, the new value, or the day it was done"),
    "by": Words("报送、验收或批准的单位", "the unit that reports, accepts or approves"),
    "person": Words("不公开", "never published"),
    "until": Words("新时限、公示末日、督办时限或预计日", "new deadline, last day, order's deadline or forecast"),
    "doc": Words("文件或督办令号", "document or order number"), "text": Words("供公开", "words for the public"),
    "note": Words("内部备注或理由", "internal remark or reason"), "source": Words("从何而来", "where it comes from"),
    "file": Words("佐证材料", "evidence"), "sha256": Words("佐证材料的哈希", "hash of the evidence"),
    "part": Words("读数的分子", "numerator of a reading"), "of": Words("读数的分母", "base of a reading"),
    "exempt": Words("不需开展的数量，理由写在 note", "exempted number, with a reason in note"),
    "firm": Words("基本", "basic"),
    "approx": Words("余、近、约；完成日不明的 done 写 before", "yu, jin, yue; `done` on an unknown day: before"),
}  # fmt: skip

JOURNAL = tuple(
    Field(
        name,
        "choice" if name in _COLUMN_CHOICES else _COLUMN_KINDS.get(name, "text"),
        _COLUMN_LABELS[name],
        _COLUMN_HELP[name],
        required=name in ("date", "item", "event"),
        choices=_COLUMN_CHOICES.get(name, {}),
    )
    for name in COLUMNS
)
"""The columns of the journal."""

_PART_LABELS = {field.name: field.label for field in (*TARGET, *MILESTONE)} | {"exempt": Words("豁免数", "exempt")}


def path_label(path: str, named: Mapping[str, Words] | None = None) -> Words:
    """What people call the field at a path: 整改目标 for `goal`, 开工 目标值 for `targets.started.goal`.

    `named` are the names of the targets and milestones of its item by their keys.
    """
    head, *rest = path.split(".")
    label = next((field.label for field in ITEM if field.name == head), Words.same(head))
    if head not in ("targets", "milestones") or not rest:
        return Words.same(" ").join((label, *rest)) if rest else label
    own = (named or {}).get(rest[0]) or rest[0]
    return Words.same(" ").join((own, _PART_LABELS.get(rest[1], rest[1]))) if len(rest) > 1 else label + " " + own
