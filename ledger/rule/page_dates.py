"""Pages of L3: dates that cannot be, and dates that do not fit each other."""

from __future__ import annotations

from ledger.model.words import Words
from ledger.rule.page import Page

PAGES: tuple[Page, ...] = (
    Page(
        301,
        Words("阶段目标晚于事项时限", "a milestone after its deadline"),
        Words(
            "阶段目标的时限比事项自己的时限还晚。倒排工期的最后一步应当不晚于时限，否则事项逾期了，阶段目标还不算误期。",
            "A milestone is due later than the item itself. Planning back from the deadline ends on it at the latest; "
            "otherwise the item is overdue while its milestone is still in time.",
        ),
        Words("核对两个日期；时限已延期的，用 extend 记下。", "Check both dates; record an extension with `extend`."),
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2017-12-31
  milestones: {plans: {name: 完成一场一措施方案, due: 2018-09-30}}""",
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2017-12-31
  milestones: {plans: {name: 完成一场一措施方案, due: 2017-09-30}}""",
    ),
    Page(
        302,
        Words("记载的日期还没有到", "an entry from the future"),
        Words(
            "记载的日期晚于今天，或者晚于台账的存档日。流水只记已经发生的事；预计的记 expect，日期是报出的那一天。",
            "An entry is dated after today, or after the day the ledger was archived. The journal holds what has "
            "happened; a forecast is an `expect` entry, dated on the day it was made.",
        ),
        Words("核对年月日；是预计的，改记 expect，把预计日写在 until。", "Check it; a forecast goes into `until`."),
        """\
# today is 2017-11-23
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
# journal/2017/office.csv
date,item,event,until
2017-12-20,M1,done,""",
        """\
# today is 2017-11-23
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
# journal/2017/office.csv
date,item,event,until
2017-11-23,M1,expect,2017-12-20""",
    ),
    Page(
        303,
        Words("完成早于启动", "done before it was started"),
        Words(
            "报整改完成的日期早于这个事项自己报的启动日期。事情还没有动手就报完成，是虚假整改的典型迹象。",
            "The item was reported done on a day before its own `start` entry. Reporting done what was only begun "
            "later is a classic sign of falsified rectification.",
        ),
        Words("查实哪个日期是对的，用 void 作废另一条。", "Find out which date is right and void the other."),
        """\
# measures.yaml
- {id: M1, title: 关闭码头, lead: 市交委, due: 2017-12-31}
# journal/2017/office.csv
date,item,event
2017-08-31,M1,done
2018-08-01,M1,start""",
        """\
# measures.yaml
- {id: M1, title: 关闭码头, lead: 市交委, due: 2017-12-31}
# journal/2017/office.csv
date,item,event
2017-04-20,M1,start
2017-08-31,M1,done""",
    ),
    Page(
        304,
        Words("时限晚于最后的时间节点", "a deadline beyond the last time node"),
        Words(
            "事项的时限（或延期后的时限）超出了方案的最后一个时间节点。按时间节点统计时它只能落在“以后”，方案的总期限也就没有守住。",
            "The deadline of an item, or the one it was moved to, lies beyond the last time node of the plan. By time "
            "node it can only be counted as `later`, and the plan as a whole will not be kept.",
        ),
        Words("核对时限；方案确有更晚的节点，补进 time_nodes。", "Check the deadline, or add the node there."),
        """\
# ledger.yaml
time_nodes: [{id: "2017", date: 2017-12-31}, {id: "2020", date: 2020-12-31}]
# measures.yaml
- {id: M16, title: 污泥处置, lead: 市城管委, due: 2021-06-30}""",
        """\
# ledger.yaml
time_nodes: [{id: "2017", date: 2017-12-31}, {id: "2020", date: 2020-12-31}]
# measures.yaml
- {id: M16, title: 污泥处置, lead: 市城管委, due: 2020-12-31}""",
    ),
    Page(
        305,
        Words("记载早于事项入账", "before its item entered the ledger"),
        Words(
            "记载的日期早于这个事项入账的那一天（added，没有写的是台账的 start）。那时的表里还没有它，"
            "多半是年份写错，或者 added 写晚了。",
            "An entry is dated before the day on which its item entered the ledger (`added`, else the `start` of the "
            "ledger). No table of that time holds the item: most often the year is wrong, or `added` is too late.",
        ),
        Words("核对记载的日期和 added。", "Check the date of the entry, and `added`."),
        """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31, added: 2017-04-12}
# journal/2017/office.csv
date,item,event
2017-01-20,M1,report""",
        """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31, added: 2017-04-12}
# journal/2017/office.csv
date,item,event
2017-04-12,M1,report""",
    ),
    Page(
        306,
        Words("报完成以后才达标", "done before the target was reached"),
        Words(
            "报整改完成那一天，指标还没有达到目标值，后来才达到。现在看是完成的，当时公布的却不是实情。",
            "On the day the item was reported done a target was still short; it was reached only later. It is done by "
            "now, but what was published then was not so.",
        ),
        Words(
            "用 void 作废原来的完成，按达标那一天重新记 done；读数补记晚了的，按实际的日期记。",
            "Void the entry and record `done` on the day the target was reached; date readings on the day they hold.",
        ),
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2017-12-31
  targets: {covered: {unit: 座, goal: ">= 46"}}
# journal/2017/office.csv
date,item,event,key,value
2017-10-31,M18,reading,covered,43
2017-10-31,M18,done,,
2017-12-20,M18,reading,covered,46""",
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2017-12-31
  targets: {covered: {unit: 座, goal: ">= 46"}}
# journal/2017/office.csv
date,item,event,key,value
2017-10-31,M18,reading,covered,43
2017-12-20,M18,reading,covered,46
2017-12-20,M18,done,,""",
    ),
    Page(
        307,
        Words("过了时限才延期", "extended after the deadline"),
        Words(
            "延期的日期晚于它要推迟的时限。晚了的延期照收，但只从它自己的日期起有效：在那以前逾期的天数不变，"
            "这个事项一直标明是过期以后才延期的。",
            "The extension is dated after the deadline it moves. It is taken, but holds from its own date only: the "
            "days overdue before that stay, and the item is marked for good as extended after its deadline.",
        ),
        Words(
            "批准文件的日期在到期以前的，按文件日期记；确实晚了的照实留着，逾期是事实。",
            "Use the date of the approval if it came in time. If it really came late, leave it so: the delay is true.",
        ),
        """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
# journal/2018/office.csv
date,item,event,by,until,doc,note
2018-02-01,M1,extend,领导小组,2018-06-30,渝整改〔2018〕3号,汛期停工""",
        """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
# journal/2017/office.csv
date,item,event,by,until,doc,note
2017-12-01,M1,extend,领导小组,2018-06-30,渝整改〔2017〕21号,汛期停工""",
    ),
    Page(
        308,
        Words("延期到更早或已过的日期", "extended to an earlier or a past day"),
        Words(
            "延期把时限移到了比原来更早的一天，或者移到记载那天已经过去的一天。多半是 until 写错了年份；"
            "确实提前的也照收，另计为提前，不算延期。",
            "The extension moves the deadline to an earlier day than before, or to one that had passed when it was "
            "made. Most often `until` bears the wrong year. A deadline that is really moved forward is taken, and "
            "counts as advanced, not as postponed.",
        ),
        Words(
            "核对 until；写错的用 void 作废，重新记。",
            "Check `until`; if it is wrong, void the line and record it again.",
        ),
        """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
# journal/2017/office.csv
date,item,event,by,until,doc,note
2017-12-01,M1,extend,领导小组,2017-06-30,渝整改〔2017〕21号,汛期停工""",
        """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
# journal/2017/office.csv
date,item,event,by,until,doc,note
2017-12-01,M1,extend,领导小组,2018-06-30,渝整改〔2017〕21号,汛期停工""",
    ),
    Page(
        309,
        Words("细化举措晚于所属事项", "an action due after its item"),
        Words(
            "细化举措的时限比它所属的事项还晚：照这样办，事项到期时必有一部分没有完成。按当日有效的时限比较，"
            "延期也算在内。",
            "An action is due after the item it belongs to: done on its day, it leaves the item unfinished on the "
            "deadline. The deadlines in force are compared, extensions included.",
        ),
        Words("核对两个时限；一个延了期，另一个也报批延期。", "Check both; where one was extended, extend the other."),
        """\
# measures.yaml
- {id: M18, title: 渗滤液处理设施, lead: 市城管委, due: 2017-12-31}
# actions.yaml
- {id: A1, title: 编制方案, lead: 开州区, due: 2018-03-31, under: M18}""",
        """\
# measures.yaml
- {id: M18, title: 渗滤液处理设施, lead: 市城管委, due: 2017-12-31}
# actions.yaml
- {id: A1, title: 编制方案, lead: 开州区, due: 2017-09-30, under: M18}""",
    ),
    Page(
        313,
        Words("完成日远早于申请", "a day long before it was asked for"),
        Words(
            "完成（或阶段完成）的记载在 value 里写了完成的那一天，那一天却早于最初申请它的报送周；没有申请的，"
            "与记载自己的那一周相比。当时没有报，事后说早已完成，是把逾期改成按期的办法。",
            "The line says in `value` on which day it was done, and that day lies before the reporting week in which "
            "it was first asked for; without a request, before the week of the line. To say later that it had been "
            "done long ago is a way to turn late into in time.",
        ),
        Words("核对 value；确实早已完成的，附当时的材料。", "Check `value`; if true, keep the evidence of that time."),
        """\
# as of 2018-01-31
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
# journal/2018/office.csv
date,item,event,value
2018-01-15,M1,done,2017-12-20""",
        """\
# as of 2018-01-31
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
# journal/2018/office.csv
date,item,event,key,value,by
2017-12-22,M1,request,done,2017-12-20,市城管委
2018-01-15,M1,done,,2017-12-20,市环保局""",
    ),
)
