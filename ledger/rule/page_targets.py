"""Pages of L4: what is called done against the numbers that say otherwise."""

from __future__ import annotations

from ledger.model.words import Words
from ledger.rule.page import Page

_M18 = """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2018-12-31
  targets: {started: {unit: 座, goal: ">= 46", due: 2017-12-31}}
# journal/2017/office.csv
"""
_M14 = """\
# measures.yaml
- id: M14
  title: 提标改造
  lead: 市城管委
  due: 2017-12-31
  targets: {upgraded: {unit: 座, goal: ">= 29", firm: full}}
# journal/2017/office.csv
"""
_SUMMED = """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  responsible: [开州区, 江津区]
  due: 2018-12-31
  targets: {covered: {unit: 座, goal: ">= 46", sum: units}}
# journal/2017/office.csv
"""
_RATE = """\
# measures.yaml
- {id: M17, title: 污水处理, lead: 市城管委, due: 2018-12-31, targets: {covered: {unit: "%", goal: 85}}}
# journal/2017/office.csv
date,item,event,key,value
"""
_PROGRESS = """\
# measures.yaml
- {id: M1, title: 关闭码头, lead: 市交委, due: 2017-12-31}
# journal/2017/office.csv
date,item,event,value
"""

PAGES: tuple[Page, ...] = (
    Page(
        401,
        Words("报完成而指标不达标", "done, but short of its target"),
        Words(
            "事项报了整改完成，最新的读数却没有达到目标值。读数加豁免数算达标；约数要整个范围都达标。"
            "这正是“表面整改”的样子，所以按错误处理。",
            "The item is reported done, but its latest reading misses the goal. An exempted number counts as reached; "
            "an approximate reading must reach it with its whole range. This is what rectification for show looks "
            "like, so it is an error.",
        ),
        Words(
            "核对读数，达到了就补记；没有达到的，用 void 撤回完成；目标确需调整的，经批准记 amend。",
            "Check the reading and record the right one; if the target is not reached, void `done`; if the goal must "
            "change, record an approved `amend`.",
        ),
        _M14 + "date,item,event,key,value\n2017-12-31,M14,reading,upgraded,27\n2017-12-31,M14,done,,",
        _M14 + "date,item,event,key,value\n2017-12-31,M14,reading,upgraded,29\n2017-12-31,M14,done,,",
    ),
    Page(
        402,
        Words("报阶段目标完成而读数不达标", "a milestone reported met, but short"),
        Words(
            "记载说阶段目标已经完成，同一指标的读数却没有达到目标值，例如“全面启动”只启动了 43/46。",
            "An entry calls the milestone met, while the reading of the same target misses its goal: everything is "
            "said to be started, and it is 43 of 46.",
        ),
        Words(
            "没有达到的，用 void 作废阶段完成的记载；达到了的，补记读数。",
            "Void the milestone entry if it is not met; record the right reading if it is.",
        ),
        _M18 + "date,item,event,key,value\n2017-12-31,M18,reading,started,43\n2017-12-31,M18,milestone,started,",
        _M18 + "date,item,event,key,value\n2017-12-31,M18,reading,started,46\n2017-12-31,M18,milestone,started,",
    ),
    Page(
        403,
        Words("同一天有两个读数", "two readings of one day"),
        Words(
            "同一指标、同一天、同一单位有两个不同的读数。两个都留着，统计按较差的一个计，到底哪个对要有人说明。",
            "One unit gave two different readings of one target on one day. Both stay on record and the worse one "
            "counts; somebody must say which is right.",
        ),
        Words("查实后用 void 作废错的一个。", "Find out which is right and void the other."),
        _M14 + "date,item,event,key,value,source\n2017-12-31,M14,reading,upgraded,29,report.txt:239\n"
        "2017-12-31,M14,reading,upgraded,27,report.txt:47",
        _M14 + "date,item,event,key,value,source\n2017-12-31,M14,reading,upgraded,27,report.txt:239\n"
        "2017-12-31,M14,reading,upgraded,27,report.txt:47",
    ),
    Page(
        404,
        Words("指标没有读数", "a target without a reading"),
        Words(
            "事项已报完成，或者指标自己的时限已到，或者已报阶段完成，这个指标却从来没有报过数。没有数的完成无从核对；"
            "没有报数不当作 0，也不当作达到。",
            "The item is reported done, or the target's own day has come, or a stage is reported done, and nobody has "
            "ever given a number. It cannot be checked; unknown is taken neither as 0 nor as reached.",
        ),
        Words("补记一条 reading；来源没有数的，在 remark 写明。", "Record one; say in `remark` if none is known."),
        _M14 + "date,item,event,key,value\n2017-12-31,M14,done,,",
        _M14 + "date,item,event,key,value\n2017-12-31,M14,reading,upgraded,29\n2017-12-31,M14,done,,",
    ),
    Page(
        405,
        Words("要求完成，只是基本完成", "met only basically"),
        Words(
            "目标的力度是“完成”（firm: full），读数虽然够数，却只报“基本”完成。动词变弱，往往说明还有尾巴。"
            "同一天有几个读数的，任何一个写“基本”都算。",
            "The goal is firm (`firm: full`), and the reading reaches it, but only basically (基本). A weaker verb "
            "often hides unfinished work. Of several readings of one day any one will do.",
        ),
        Words("问清差在哪里；全部完成后再报一次，不带 basic。", "Ask what is left; report it again, without basic."),
        _M14 + "date,item,event,key,value,firm\n2017-12-31,M14,reading,upgraded,29,basic",
        _M14 + "date,item,event,key,value,firm\n2017-12-31,M14,reading,upgraded,29,",
    ),
    Page(
        406,
        Words("读数倒退", "a reading that fell back"),
        Words(
            "后一个读数比前一个离目标更远，而且没有达标。数变小了，不是先前报多了，就是做好的又坏了，两种都要说清楚。",
            "A reading lies farther from its goal than the one before, and misses it. Either the earlier number was "
            "too high or finished work has failed; both need an explanation.",
        ),
        Words(
            "核对两个读数；先前报错的用 void 作废；确实退步的，在 note 写明原因，由批准人豁免。",
            "Check both; void the earlier one if it was wrong; if it did fall, say why in `note` and have it waived.",
        ),
        _M18 + "date,item,event,key,value\n2017-09-30,M18,reading,started,43\n2017-10-31,M18,reading,started,40",
        _M18 + "date,item,event,key,value\n2017-09-30,M18,reading,started,40\n2017-10-31,M18,reading,started,43",
    ),
    Page(
        407,
        Words("分子、分母与读数不符", "part, base and value disagree"),
        Words(
            "单位是 % 的，读数应是 100×分子/分母，按读数的小数位四舍五入；其他单位的，读数就是分子。"
            "两者不符，或分母为 0 而分子不是，说明有一个数写错了。",
            "With the unit % the value is 100·part/of, rounded to the decimals of the value; with any other unit it is "
            "the part itself. If they disagree, or the base is 0 and the part is not, one of the numbers is wrong.",
        ),
        Words("查来源，改成相符的数；已提交的用 void 再补记。", "Check the source; void the entry and record it anew."),
        """\
# measures.yaml
- id: M12
  title: 农村生活垃圾治理
  lead: 市城管委
  due: 2017-12-31
  targets: {treated: {unit: "%", goal: ">= 70"}}
# journal/2017/office.csv
date,item,event,key,value,part,of
2017-12-31,M12,reading,treated,89.9,7252,8095""",
        """\
# measures.yaml
- id: M12
  title: 农村生活垃圾治理
  lead: 市城管委
  due: 2017-12-31
  targets: {treated: {unit: "%", goal: ">= 70"}}
# journal/2017/office.csv
date,item,event,key,value,part,of
2017-12-31,M12,reading,treated,89.9,7275,8095""",
    ),
    Page(
        408,
        Words("豁免数没有理由", "an exemption without a reason"),
        Words(
            "读数里写了豁免数（已关停、已拆除，不需再做的），note 却没有说明理由。豁免数算作达标，不能没有依据。",
            "A reading exempts some (closed, torn down, nothing left to do), but `note` does not say why. What is "
            "exempted counts as reached, so it needs a ground.",
        ),
        Words("在 note 写明哪些豁免、为什么。", "Say in `note` which ones, and why."),
        _M18 + "date,item,event,key,value,exempt,note\n2017-12-31,M18,reading,started,45,1,",
        _M18 + "date,item,event,key,value,exempt,note\n2017-12-31,M18,reading,started,45,1,开州一场已停用",
    ),
    Page(
        409,
        Words("报完成而关联事项没有完成", "done above something open"),
        Words(
            "事项报了整改完成，它关联的具体问题或它的细化举措还没有完成，而且读数没有达到目标值。上下两本账说法不一。",
            "The item is reported done, while a linked problem or an action of it is open with a reading short of its "
            "goal. The two ledgers contradict each other.",
        ),
        Words("核对两边；问题没有解决的，用 void 撤回完成。", "Check both; void `done` while the problem is unsolved."),
        """\
# measures.yaml
- {id: M20, title: 企业搬迁, lead: 市经济信息委, due: 2017-12-31, problems: [P1]}
# problems.yaml
- {id: P1, title: 12家隐患企业, lead: 市经济信息委, due: 2017-12-31, targets: {moved: {goal: ">= 12"}}}
# journal/2017/office.csv
date,item,event,key,value
2017-12-31,P1,reading,moved,10
2017-12-31,M20,done,,""",
        """\
# measures.yaml
- {id: M20, title: 企业搬迁, lead: 市经济信息委, due: 2017-12-31, problems: [P1]}
# problems.yaml
- {id: P1, title: 12家隐患企业, lead: 市经济信息委, due: 2017-12-31, targets: {moved: {goal: ">= 12"}}}
# journal/2017/office.csv
date,item,event,key,value
2017-12-31,P1,reading,moved,12
2017-12-31,M20,done,,""",
    ),
    Page(
        410,
        Words("不计入合计的读数", "a reading that counts for nothing"),
        Words(
            "指标由各责任单位相加（sum: units），这条读数却不是责任单位报的，或者没有写单位，所以加不进去："
            "只要有一个责任单位报过，它就完全不起作用。责任单位按读数当天的算。",
            "The target adds up the responsible units (sum: units), and this reading is by none of them, or by nobody: "
            "it cannot be added, and counts for nothing once one of them has reported. The responsible units are those "
            "of the day of the reading.",
        ),
        Words(
            "作废后按责任单位分别报，by 写单位。",
            "Void it, and record the share of each unit with its name in `by`.",
        ),
        _SUMMED + "date,item,event,key,value,by\n2017-12-31,M18,reading,covered,43,市城管委",
        _SUMMED + "date,item,event,key,value,by\n2017-12-31,M18,reading,covered,27,开州区\n"
        "2017-12-31,M18,reading,covered,16,江津区",
    ),
    Page(
        411,
        Words("百分比超出 0 到 100", "a percentage outside 0 to 100"),
        Words(
            "指标的计量单位是 %，读数却小于 0 或大于 100。多半是把数量写进了比率，或者小数点错位。",
            "The unit of the target is %, and the reading is below 0 or above 100. Most often a number was written "
            "where a rate belongs, or the point is in the wrong place.",
        ),
        Words(
            "核对读数；可以超过 100 的比率，计量单位用文字，不写 %。",
            "Check the reading; a ratio that may pass 100 needs a unit in words instead of %.",
        ),
        _RATE + "2017-12-31,M17,reading,covered,857",
        _RATE + "2017-12-31,M17,reading,covered,85.7",
    ),
    Page(
        412,
        Words("进度倒退", "progress moved back"),
        Words(
            "报的进度比同一轮里前一次的还低。事情会倒退，数字也会写错；只提示，不算错。重开以后重新算起。",
            "The progress that is reported is less than the time before in the same round. Work can fall back, and "
            "numbers can be mistyped: it is only pointed out. A reopening starts anew.",
        ),
        Words("核对；确实倒退的，在 note 里说明原因。", "Check it; if work did fall back, say why in `note`."),
        _PROGRESS + "2017-10-31,M1,progress,80\n2017-11-30,M1,progress,60",
        _PROGRESS + "2017-10-31,M1,progress,60\n2017-11-30,M1,progress,80",
    ),
)
