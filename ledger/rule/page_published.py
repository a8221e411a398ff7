"""Pages of L6: published figures, recomputed for ever."""

from __future__ import annotations

from ledger.model.words import Words
from ledger.rule.page import Page

_ITEMS = """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
- {id: M2, title: 关闭码头, lead: 市交委, due: 2017-12-31}
# journal/2017/office.csv
date,item,event
2017-12-20,M1,done
# claims.yaml
"""

_SEALED = """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
# journal/2017/office.csv
date,item,event,text
2017-12-20,M1,report,设备安装过半
"""
_SEAL = """\
# claims.yaml
seals:
  - {through: 2017-12-21, entries: 1, sha256: 3a99fa3bf573291043326408cb3f316e9016bcb418e90c4acb00ffff1c107f21}"""

PAGES: tuple[Page, ...] = (
    Page(
        601,
        Words("公布数与台账不符", "a published figure differs"),
        Words(
            "公布过的数与台账按同一天重算的结果不一样。不是公布错了，就是后来有人改了账。"
            "写了 gap（缺口）的只作提示，两个数都列出。",
            "A figure that was published is not what the ledger comes to for the same day. Either it was wrong, or "
            "somebody has changed the books since. With a `gap` it is only an info that names both numbers.",
        ),
        Words(
            "用 ledger check --claim 编号 看算法和所含事项，补上漏记的；"
            "公布数确实对不上的，在 gap 写明原因，不要改公布数。",
            "See with ledger check --claim ID how it was computed and over which items, and record what is missing; if "
            "it cannot match, say why in `gap` and leave the published number alone.",
        ),
        _ITEMS + "claims:\n  - {id: weekly-52, as_of: 2017-12-28, figures: {measures.done: 2}}",
        _ITEMS + "claims:\n  - {id: weekly-52, as_of: 2017-12-28, figures: {measures.done: 1}}",
    ),
    Page(
        602,
        Words("等式不成立", "a sum does not add up"),
        Words(
            "公布文字里的几个数加不到一起，或者不满足写下的大小关系。余、近、约按范围比较；"
            "一个事实有几个数的，有一个成立就算成立；重复计算的部分（如 2 人两边都算）写成一个事实减去。",
            "Figures of a published text do not add up, or break the comparison that was written down. 余, 近 and 约 "
            "compare as ranges; of a fact with several values one that fits is enough; what was counted twice is a "
            "fact of its own to be taken off.",
        ),
        Words("查来源；确有重复计算的，把重复的数写成事实。", "Check the source; enter a declared overlap as a fact."),
        """\
# claims.yaml
facts: {net: {value: 34}, removed: {value: 3}, admonished: {value: 24}, circular: {value: 9}}
sums: [net = removed + admonished + circular]""",
        """\
# claims.yaml
facts: {net: {value: 34}, removed: {value: 3}, admonished: {value: 24}, circular: {value: 9}, overlap: {value: 2}}
sums: [net = removed + admonished + circular - overlap]""",
    ),
    Page(
        603,
        Words("算不出来的数", "a figure that cannot be computed"),
        Words(
            "公布数写的路径不存在，或者那一天没有已知的值；或者等式写得不对，用了没有的事实、除以 0。"
            "算不出的公布数等于没有核对。",
            "The path of a claimed figure does not exist, or nothing is known of it on that day; or a sum is "
            "malformed, names no fact or divides by 0. What cannot be computed is not checked at all.",
        ),
        Words(
            "名称与 ledger status --format json 相同，如 measures.done、problems.rates.done_of_due。",
            "Names are those of ledger status --format json: measures.done, problems.rates.done_of_due.",
        ),
        _ITEMS + "claims:\n  - {id: weekly-52, as_of: 2017-12-28, figures: {measures.finished: 1}}",
        _ITEMS + "claims:\n  - {id: weekly-52, as_of: 2017-12-28, figures: {measures.done: 1}}",
    ),
    Page(
        604,
        Words("同一事实有两个数", "one fact, two values"),
        Words(
            "同一件事在两处印了两个不同的数，不可能都对（约数只要范围有交叠就不算矛盾）。"
            "口径不同的两个数不是一件事，应起两个名字。",
            "One thing is printed with two different numbers that cannot both be true; approximate ones contradict "
            "each other only if their ranges do not meet. Numbers of different scope are two facts and need two names.",
        ),
        Words("查实后只留对的；口径不同的分成两个事实。", "Keep the right one; give different scopes different names."),
        """\
# claims.yaml
facts:
  villages_treated: [{value: 7252, source: report.txt:63}, {value: 7275, source: report.txt:219}]""",
        """\
# claims.yaml
facts:
  villages_treated: {value: 7275, source: report.txt:219}""",
    ),
    Page(
        605,
        Words("封存不符", "a seal does not match"),
        Words(
            "公布时用 --publish 封存的记载或方案后来被改动：改了、删了，或者补了一条封存日以前的。"
            "封存的是截至那一天的每一条记载和那时已入账事项的方案；"
            "file、sha256、source 和不必填的 note 可以以后再补，换文件、换次序也不算改动；译文也公布，加了、改了都算。",
            "Entries or the plan were changed after they had been sealed with --publish: rewritten, taken out, or "
            "added with a day that was sealed. A seal covers every entry up to its day and the plan of the items that "
            "had entered the ledger by then; `file`, `sha256`, `source` and a `note` that no event needs may be filled "
            "in later, and another file or order is no change. A translation is published too: adding one is a change.",
        ),
        Words(
            "按原样改回来。晚到的事实记在封存日之后；记错的用 void 作废后另记；方案的调整用 amend 或 extend。",
            "Put it back as it was. Record what came late with a later day; take back an error with `void` and record "
            "it anew; change the plan with `amend` or `extend`.",
        ),
        _SEALED + "2017-12-21,M1,report,全部完工\n" + _SEAL,
        _SEALED + "2017-12-22,M1,report,全部完工\n" + _SEAL,
    ),
    Page(
        606,
        Words("同一天的一个数公布了两个值", "one figure of one day published twice"),
        Words(
            "两份公布材料说的是同一天的同一个数，数字却不同，至少有一个不对。小数位数不同的，按较少的位数比较。"
            "其中一处写了 gap（差在哪里）的，不再提示。",
            "Two publications name different numbers for one figure of one day: at least one is wrong. Numbers with "
            "unlike decimals are compared at the fewer of them. Where one of the claims has a `gap`, that accounts for "
            "it.",
        ),
        Words(
            "对照来源，抄错的改正；确实公布了两个数的，在其中一处写 gap。",
            "Compare the sources and put right what was miscopied; if both were published, give one a `gap`.",
        ),
        _ITEMS + "claims:\n  - {id: a, as_of: 2017-12-31, figures: {measures.done: 1}}\n"
        "  - {id: b, as_of: 2017-12-31, figures: {measures.done: 2}}",
        _ITEMS + "claims:\n  - {id: a, as_of: 2017-12-31, figures: {measures.done: 1}}\n"
        "  - {id: b, as_of: 2017-12-31, figures: {measures.done: 2}, gap: 含提前完成的一项}",
    ),
)
