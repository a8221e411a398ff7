"""Pages of L7: what an earlier version had approved, against what stands there now."""

from __future__ import annotations

from ledger.model.words import Words
from ledger.rule.page import Page

_WAS = """\
# measures.yaml (before)
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31, targets: {plants: {name: 污水厂, goal: ">= 18"}}}
"""
_LINES = """\
# journal/2017/office.csv
date,item,event,key,value,until,by,doc,note
"""
_TOLD = """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31, targets: {plants: {name: 污水厂, goal: ">= 18"}}}
# journal/2017/office.csv (before)
date,item,event,key,value
2017-11-30,M1,reading,plants,12
# journal/2017/office.csv
date,item,event,key,value
"""
_SEALED = _TOLD + "2017-11-30,M1,reading,plants,12\n"
_SEAL = """\
# claims.yaml
seals:
  - {through: 2017-12-07, entries: 1, sha256: 7709529b35e6fcb23e7c82506bae3b6f875f09b39dcb1532aee04e8e69657922}"""
_BASELINE = """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
# ledger.yaml
baseline: {tag: plan-approved, commit: 1f7a7a472abf3dd9643fd615f6da379c4acb3e3a}
# git rev-parse plan-approved^{commit}
"""
_ONLY = Words("只在 ledger check --against REV 时检查。", "Judged only by ledger check --against REV.")


def _words(zh: str, en: str) -> Words:
    return Words(zh + _ONLY.zh, f"{en} {_ONLY.en}")


PAGES: tuple[Page, ...] = (
    Page(
        701,
        Words("方案里的时限被改动", "a deadline changed in the plan itself"),
        _words(
            "方案文件保持批准时的样子，时限只能由 extend 移动：原时限还在，推后多少天、推过几次都看得见。"
            "直接改 due 会抹掉原时限，即使另有一条延期记载也是如此。",
            "The plan file stays as it was approved and only `extend` moves a deadline: the original stays, and by "
            "how many days and how often it was moved can be seen. Editing `due` wipes that out, even where an "
            "extension says the same.",
        ),
        Words(
            "把 due 改回原来的日期；批准的延期用 ledger record extend 记。",
            "Put the old day back, and record what was approved with ledger record extend.",
        ),
        _WAS + "# measures.yaml\n" + _WAS.split("\n")[1].replace("2017-12-31", "2018-06-30"),
        _WAS + _WAS.replace(" (before)", "") + _LINES + "2017-12-01,M1,extend,,,2018-06-30,市整改办,2017-31,汛期停工",
    ),
    Page(
        702,
        Words("目标放松或取消，没有 amend", "a target weakened or removed without `amend`"),
        _words(
            "目标的方向由 goal 定：>= 的降低、<= 的抬高、换计量单位、full 改 basic、起点推远、豁免一部分，都是放松；"
            "阶段目标改期或取消、权重改变也算。没有批准人的 amend 就是悄悄放松。",
            "The goal gives the direction: lowering a `>=`, raising a `<=`, another unit of measure, `basic` for "
            "`full`, a start farther away, exempting a part, all ask for less; so does a milestone moved or removed, "
            "or another weight. Without an approved `amend` it was done quietly.",
        ),
        Words(
            "改回原来的目标；批准的调整用 ledger record amend 记，方案文件不动。",
            "Put the target back; record what was approved with ledger record amend and leave the plan alone.",
        ),
        _WAS + "# measures.yaml\n" + _WAS.split("\n")[1].replace(">= 18", ">= 15"),
        _WAS + _WAS.replace(" (before)", "") + _LINES
        + "2017-12-01,M1,amend,targets.plants.goal,>= 15,,市整改办,2017-31,三座并网停用",
    ),
    Page(
        703,
        Words("事项消失，没有 withdraw", "an item gone without `withdraw`"),
        _words(
            "方案里原有的事项不见了，或移到另一本账，或入账日推后而不再计入其间的总数。"
            "并销的事项也留在方案里，由 withdraw 移出总数，去向和依据都在。",
            "An item that the plan had is not there, was moved to another book, or enters the ledger later so that "
            "totals lose it. A withdrawn item stays in the plan too: `withdraw` takes it out of the totals and says "
            "where it went and on whose word.",
        ),
        Words("把事项放回；批准并销的用 ledger record withdraw 记。",
              "Put the item back; record what was approved with ledger record withdraw."),
        _WAS + "# measures.yaml\n[]",
        _WAS + _WAS.replace(" (before)", "") + _LINES + "2017-12-01,M1,withdraw,,,,市整改办,2017-31,并入另一项",
    ),
    Page(
        704,
        Words("已有的记载被改或被删", "a past entry changed or removed"),
        _words(
            "流水只追加，不修改。原有的一行内容变了或没有了，就是改写过去。"
            "file、sha256、source、note 空着的以后可以补；换文件、换次序、单位改名不算改动。",
            "The journal is appended, never edited. A line that says something else or is gone rewrites the past. An "
            "empty `file`, `sha256`, `source` or `note` may be filled in later; another file, another order or the new "
            "name of a unit is no change.",
        ),
        Words("照原样放回；记错的用 ledger record void 作废，再另记一条。",
              "Put it back as it was; take an error back with ledger record void and record it anew."),
        _TOLD + "2017-11-30,M1,reading,plants,18",
        _TOLD + "2017-11-30,M1,reading,plants,12\n2017-12-20,M1,reading,plants,18",
    ),
    Page(
        705,
        Words("补记到已封存的日期", "an entry added into sealed days"),
        Words(
            "封存（--publish）以后，又添了一条日期在封存日或以前的记载：公布过的数就变了。"
            "没有封存的日期，晚几天记是常事，这条规则不管；ledger diff 列为倒填日期。"
            "单用 ledger check 时，按封存的条数指出多了几条；--against REV 指出是哪几条。",
            "After the days up to a seal were published, an entry dated in them was added: what was announced is no "
            "longer what the ledger says. Where nothing is sealed late entries are everyday business and this rule is "
            "silent; ledger diff lists them as backdated. A plain ledger check tells by the count of the seal how many "
            "there are more, --against REV names each.",
        ),
        Words("日期改在封存日之后，note 写明何时发生。", "Date it after the seal, and say in `note` when it happened."),
        _SEALED + "2017-12-01,M1,reading,plants,18\n" + _SEAL,
        _SEALED + "2017-12-08,M1,reading,plants,18\n" + _SEAL,
    ),
    Page(
        706,
        Words("牵头或责任单位改变，没有 amend", "lead or responsible changed without `amend`"),
        _words(
            "换了牵头或责任单位，追责就换了对象，也可能让某个单位批准或验收原属自己的事项。"
            "单位改名不算，写在 ledger.yaml 的 was 里。公开的、或公布数按它统计的标签也一样。",
            "Another lead or responsible unit is another one to answer for it, and might let a unit approve or accept "
            "what was its own. A unit's new name is no change: it goes into `was` in ledger.yaml. The same holds for a "
            "tag that is public, or by which a claim counts.",
        ),
        Words("改回；批准的调整用 ledger record amend 记。", "Put it back; record what was approved with `amend`."),
        _WAS + "# measures.yaml\n" + _WAS.split("\n")[1].replace("市城管委", "市环保局"),
        _WAS + _WAS.replace(" (before)", "") + _LINES + "2017-12-01,M1,amend,lead,市环保局,,市整改办,2017-31,职能划转",
    ),
    Page(
        707,
        Words("编号被另一个事项占用", "an id reused"),
        _words(
            "编号只属于一个事项，永远不再用。原有的编号下换成了另一件事（名称和要做的事都不同），"
            "或新事项用了已并销事项的编号，就会接过别人的记载。",
            "An id belongs to one item for ever. If another thing stands under it, with another title and other "
            "work to do, or a new item takes the id of one that was withdrawn, it inherits entries that are "
            "not its own.",
        ),
        Words("新事项用没有用过的编号，原来的放回。", "Give the new item an id of its own and put the old one back."),
        _WAS + "# measures.yaml\n- {id: M1, title: 植树活动, lead: 市城管委, due: 2017-12-31}",
        _WAS + _WAS.replace(" (before)", "") + "- {id: M2, title: 植树活动, lead: 市城管委, due: 2017-12-31}",
    ),
    Page(
        708,
        Words("基线标签或提交不对", "the baseline is not where it should be"),
        _words(
            "ledger.yaml 写明批准的方案是哪个标签、哪个提交。标签可以移动，提交不能；"
            "两者不符、标签没有了，或提交不是当前版本的祖先，就不知道跟什么比。",
            "ledger.yaml says by which tag and which commit the plan was approved. A tag can be moved, a commit "
            "cannot: where the two disagree, the tag is gone, or the commit is no ancestor of this version, nobody "
            "knows what to compare with.",
        ),
        Words(
            "取全标签和历史（git fetch --tags --unshallow）；标签移回批准的提交，并保护标签。",
            "Fetch tags and history (git fetch --tags --unshallow), put the tag back, and protect it.",
        ),
        _BASELINE + "9f3e0c7d5b8a6e4f2d1c0b9a8f7e6d5c4b3a2f1e",
        _BASELINE + "1f7a7a472abf3dd9643fd615f6da379c4acb3e3a",
    ),
    Page(
        709,
        Words("规则被放松", "the rules were softened"),
        _words(
            "同一本账会被判得更宽：添了批准人或决定的人，放宽了他们的日子，添了豁免、缺口或存档日，少了销号步骤、公示天数、"
            "临期天数、点名、时间节点，多了立行立改或回头看的天数，工作日改成日历日，规则关闭或降级，"
            "改了预警级别、首要的完成率、起始日、截止日、基线、单位、公布数或封存。"
            "判断时仍按原来的设置。",
            "The same ledger would be judged more mildly: more may approve or decide, or for longer; a waiver, gap or "
            "`archived` added; a closing step, notice or due-soon days, roll-call or a time node taken away; more days "
            "for immediate items or the look-back; calendar for working days; a rule off or at a lower level; another "
            "level of warning, first rate, start, closing day or baseline; a unit, claim or seal changed or removed. "
            "The check itself still goes by the earlier settings.",
        ),
        Words(
            "改回；确需改的单独提交，由有权合并的人决定。",
            "Put it back; what must change goes into a change of its own, for those to decide who may merge.",
        ),
        "# ledger.yaml (before)\nwarning: {due_soon_days: 30}\n# ledger.yaml\nwarning: {due_soon_days: 3}",
        "# ledger.yaml (before)\nwarning: {due_soon_days: 30}\n# ledger.yaml\nwarning: {due_soon_days: 45}",
    ),
    Page(
        710,
        Words("目标的说法被改写，没有 amend", "a promise reworded without `amend`"),
        _words(
            "事项的 goal 是用文字写的承诺，指标和阶段目标的名称说明数的是什么。改了说法，目标值不变，答应的也可能少了："
            "“全部达标”变成“基本达标”，“个村”变成“个点”。补译文、第一次填写不算。标题的错字不归这条管。",
            "`goal` is a promise in words, and the name of a target or milestone says what is counted. Reworded, it "
            "may promise less though every number stays: from all works to most of them, from villages to sites. A "
            "translation that is added, or a text where there was none, is no rewording; nor is a typo in a title.",
        ),
        Words(
            "改回原来的说法；批准的调整用 ledger record amend 记，方案文件不动。",
            "Put the words back; record what was approved with ledger record amend and leave the plan alone.",
        ),
        _WAS + "# measures.yaml\n" + _WAS.split("\n")[1].replace("污水厂", "污水厂（含在建）"),
        _WAS + _WAS.replace(" (before)", "") + _LINES
        + "2017-12-01,M1,amend,targets.plants.name,污水厂（含在建）,,市整改办,2017-31,口径调整",
    ),
)  # fmt: skip
