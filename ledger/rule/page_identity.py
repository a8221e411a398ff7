"""Pages of L2: ids, units and everything that is named."""

from __future__ import annotations

from ledger.model.words import Words
from ledger.rule.page import Page

PAGES: tuple[Page, ...] = (
    Page(
        201,
        Words("编号重复", "duplicate id"),
        Words(
            "两个事项用了同一个编号（不分大小写，各本账合在一起算）。流水按编号记事，"
            "编号重了就分不清做的是哪一件，两件事的进展会混在一起。时间节点和公布数的编号也各自只能用一次。",
            "Two items bear one id; letter case does not count, and all books are taken together. The journal knows "
            "items by their id, so the progress of the two would be mixed up. Nor may two time nodes or two claims "
            "share an id.",
        ),
        Words(
            "给后来的事项换一个没有用过的编号。两个分支各取了同一个下一个编号的：ledger set M5 id=M6 "
            "改其中不在基线、不在封存里的那一项（都不在的，改后面那一项），它那个分支的记载一起改：没有提交的原地改，"
            "提交过的作废后以新编号重记。",
            "Give the later item an id that was never used. Where two branches took the same next id, "
            "`ledger set M5 id=M6` renumbers the one that is in no baseline and no seal (the later one, if neither is) "
            "with the journal lines of its branch: in place where they are not committed, else by void and new line.",
        ),
        """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
- {id: m1, title: 污泥处置, lead: 市城管委, due: 2020-12-31}""",
        """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
- {id: M2, title: 污泥处置, lead: 市城管委, due: 2020-12-31}""",
    ),
    Page(
        202,
        Words("单位不在单位表里", "unknown unit"),
        Words(
            "ledger.yaml 列了单位，这里写的单位却不在其中。多半是错字或简称；照此统计，它会单独成一个单位，"
            "原来的单位就少一件。曾用名写在 was 里的，不算错。",
            "ledger.yaml lists the units, and the one named here is not among them. Most often it is misspelt or "
            "shortened; it would be counted as a unit of its own and be missing elsewhere. Former names under `was` "
            "are fine.",
        ),
        Words(
            "改成单位表里的名称；确是新单位的，写进 units；改过名的，旧名写进 was。",
            "Use the name of the list; add a new unit to `units`, and the old name of a renamed one to its `was`.",
        ),
        """\
# ledger.yaml
units: [{name: 市城管委}]
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城菅委, due: 2017-12-31}""",
        """\
# ledger.yaml
units: [{name: 市城管委}]
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}""",
    ),
    Page(
        203,
        Words("引用的东西不存在", "a link to nothing"),
        Words(
            "事项关联了不存在的具体问题，或者记载的 key 写了没有的目标指标、阶段目标、销号步骤、字段，"
            "或者要作废、解除的那一条并不存在。这一条因此不起作用。",
            "An item links to a problem that does not exist; or the key of an entry names no target, milestone, "
            "closing step or field; or there is no entry to void, no order to lift. The line has no effect.",
        ),
        Words(
            "按提示改成存在的编号或名称，或者先把它写进方案。",
            "Use the id or key the hint offers, or enter it in the plan first.",
        ),
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2018-12-31
  targets: {started: {unit: 座, goal: ">= 46"}}
# journal/2017/office.csv
date,item,event,key,value
2017-12-31,M18,reading,start,43""",
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2018-12-31
  targets: {started: {unit: 座, goal: ">= 46"}}
# journal/2017/office.csv
date,item,event,key,value
2017-12-31,M18,reading,started,43""",
    ),
    Page(
        204,
        Words("记载或细化举措没有所属事项", "an entry or action of no item"),
        Words(
            "记载里的编号不在任何一本账里，或者细化举措的 under 指向不存在的事项。这件事没有计入任何统计。",
            "The id in an entry stands in no book, or `under` of an action names an item that does not exist. It is "
            "counted nowhere.",
        ),
        Words("核对编号；事项确实没有入账的，先写进账里。", "Check the id; enter the item if it is missing."),
        """\
# measures.yaml
- {id: M18, title: 渗滤液处理设施, lead: 市城管委, due: 2018-12-31}
# journal/2017/office.csv
date,item,event
2017-12-31,M81,done""",
        """\
# measures.yaml
- {id: M18, title: 渗滤液处理设施, lead: 市城管委, due: 2018-12-31}
# journal/2017/office.csv
date,item,event
2017-12-31,M18,done""",
    ),
    Page(
        205,
        Words("同一条记载有两种内容", "one entry with two contents"),
        Words(
            "事项、日期、事件、对象和单位都相同的两条记载，说法却不一样。完全相同的两条只算一次，不算错；"
            "同一指标的两个读数另由 L403 指出；一个单位同一天的两条进展或问题，说法不同就是两件事。",
            "Two entries agree in item, date, event, key and unit, but not in what they say. An exact copy counts once "
            "and is no fault; two readings of one target are for L403. What a unit reports twice on one day in other "
            "words, progress or trouble, are two facts.",
        ),
        Words("删不得，用 void 作废错的一条。", "Never delete a line: take the wrong one back with `void`."),
        """\
# measures.yaml
- {id: M18, title: 渗滤液处理设施, lead: 市城管委, due: 2018-12-31}
# journal/2017/office.csv
date,item,event,key,value,by,until,note
2017-12-28,M18,expect,,,,2018-06-30,
2017-12-28,M18,expect,,,,2018-09-30,""",
        """\
# measures.yaml
- {id: M18, title: 渗滤液处理设施, lead: 市城管委, due: 2018-12-31}
# journal/2017/office.csv
date,item,event,key,value,by,until,note
2017-12-28,M18,expect,,,,2018-06-30,
2017-12-29,M18,expect,,,,2018-09-30,""",
    ),
    Page(
        206,
        Words("单位的名称靠不住", "a doubtful name of a unit"),
        Words(
            "名称里像是写了几个单位（有顿号、分号、逗号），或者括号只有一半：照此统计，它单独成一个单位，真正的单位各少一件。"
            "两个名称看起来一样而字符不同的也算（兼容字如 ⾦ U+2FA6、空格、异体选择符），多半是从 PDF 抄来的。"
            "units 里列了的名称可以带顿号和括号。",
            "A name seems to hold several units (it has 、 or ; in it), or half a bracket: it is counted as a unit of "
            "its own, and the real ones lack it. So are two names that look the same and differ in a character (a "
            "compatible form such as ⾦ U+2FA6, a blank, a variation selector), most often copied from a PDF. A name "
            "that `units` lists may hold such marks.",
        ),
        Words(
            "几个单位分开写：一个牵头，其余写进 responsible 或 cooperating；看起来一样的统一成一个。",
            "Write the units apart: one leads, the others are `responsible` or `cooperating`. Write what looks the "
            "same in one way.",
        ),
        """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委、市环保局, due: 2018-12-31}""",
        """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, cooperating: [市环保局], due: 2018-12-31}""",
    ),
)
