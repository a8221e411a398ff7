"""Pages of L8: what time has to say."""

from __future__ import annotations

from ledger.model.words import Words
from ledger.rule.page import Page

_M1 = """\
# as of 2018-01-15
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
# journal/2017/office.csv
"""
_M2 = """\
# as of 2017-12-10
# measures.yaml
- {id: M2, title: 污泥处置, lead: 市城管委, due: 2017-12-31}
# journal/2017/office.csv
"""

_M3 = """\
# as of 2017-12-05
# ledger.yaml
closing: {steps: [self_check, notice], notice_days: 7, takes: {self_check: 5w}, by: due}
# measures.yaml
- {id: M3, title: 提标改造, lead: 市城管委, due: DUE}
# journal/2017/office.csv
"""

PAGES: tuple[Page, ...] = (
    Page(
        801,
        Words("逾期", "overdue"),
        Words(
            "时限已过，事项没有完成。时限当天还不算逾期；延过期的，同时列出按原时限逾期的天数。",
            "The deadline has passed and the item is not done. The deadline day itself is still in time; for an "
            "extended item the days against the original deadline are given too.",
        ),
        Words(
            "已经完成的补记 done，日期写完成的那一天；没有完成的督促办理。过期以后不能再延期。",
            "Record `done` on the day it was done; else press for it. It is too late for an extension.",
        ),
        _M1 + "date,item,event\n2017-11-30,M1,report",
        _M1 + "date,item,event\n2017-11-30,M1,report\n2017-12-31,M1,done",
    ),
    Page(
        802,
        Words("阶段目标误期", "a milestone was missed"),
        Words(
            "阶段目标的时限已过，既没有报完成，读数也没有达到。事项因此未达序时进度，总时限也有危险。",
            "The day of a milestone has passed; nobody reported it met, and no reading reaches it. The item is behind "
            "schedule, and its deadline is in danger.",
        ),
        Words("已达到的补记 milestone 或读数；没有的，查明原因。", "Record it or the reading, or find out why."),
        """\
# as of 2017-12-31
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2018-12-31
  milestones: {plans: {name: 完成一场一措施方案, due: 2017-09-30}}
# journal/2017/office.csv
date,item,event,key
2017-09-25,M18,start,""",
        """\
# as of 2017-12-31
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2018-12-31
  milestones: {plans: {name: 完成一场一措施方案, due: 2017-09-30}}
# journal/2017/office.csv
date,item,event,key
2017-09-25,M18,start,
2017-09-30,M18,milestone,plans""",
    ),
    Page(
        803,
        Words("即将到期", "due soon"),
        Words(
            "事项没有完成，离时限不超过 warning.due_soon_days 天（默认 30 天）。这是提示，还来得及。",
            "The item is open and its deadline is at most warning.due_soon_days away (30 by default). There is still "
            "time: it is only an info.",
        ),
        Words(
            "问清能否按期；不能的，在到期以前报批延期。",
            "Ask whether it will be in time; if not, have an extension approved before the day.",
        ),
        _M2 + "date,item,event\n2017-11-30,M2,report",
        _M2 + "date,item,event\n2017-11-30,M2,report\n2017-12-08,M2,done",
    ),
    Page(
        804,
        Words("督办逾期没有解除", "a supervision order is overdue"),
        Words(
            "督办令（挂牌督办、督办函、约谈等）写的期限已过，还没有解除。督办到期要么办结解除，要么升级。",
            "The day set by a supervision order (listing, letter, talk …) has passed and it was not lifted. An order "
            "that has run out is either lifted or followed by a sterner one.",
        ),
        Words("办结的记 lift，写文号；没有办结的另行督办。", "Record `lift` with its document, or issue a new order."),
        _M2 + "date,item,event,key,by,until,doc\n2017-10-09,M2,supervise,letter,,2017-11-30,督办函7号",
        _M2 + "date,item,event,key,by,until,doc\n2017-10-09,M2,supervise,letter,,2017-11-30,督办函7号\n"
        "2017-11-28,M2,lift,letter,领导小组,,督办函7号",
    ),
    Page(
        805,
        Words("本周没有报送", "a unit has not reported this week"),
        Words(
            "week.roll_call 要求各单位每周报送，最近一个已截止的周里，这个单位名下还有在办事项，却没有任何记载。",
            "week.roll_call asks every unit to report each week. In the last week that has closed this unit had open "
            "items and sent in nothing.",
        ),
        Words("催报；没有进展也要报一条 report。", "Ask for it; a `report` is due even where nothing moved."),
        """\
# as of 2017-12-31
# ledger.yaml
week: {closes: thursday, roll_call: true}
# measures.yaml
- {id: M16, title: 污泥处置, lead: 市城管委, due: 2020-12-31}
# journal/2017/office.csv
date,item,event,by
2017-12-21,M16,report,市城管委""",
        """\
# as of 2017-12-31
# ledger.yaml
week: {closes: thursday, roll_call: true}
# measures.yaml
- {id: M16, title: 污泥处置, lead: 市城管委, due: 2020-12-31}
# journal/2017/office.csv
date,item,event,by
2017-12-28,M16,report,市城管委""",
    ),
    Page(
        806,
        Words("预计完成晚于时限或已过", "expected too late, or the expected day has passed"),
        Words(
            "单位自己预计的完成日晚于时限，或者预计日已过而事项没有完成。前者是早早说出的逾期，后者说明预计不可靠。",
            "The unit itself expects to be done only after the deadline, or the day it expected has passed and the "
            "item is open. The first is a delay announced in time, the second a forecast that failed.",
        ),
        Words(
            "到期以前报批延期，或者重新报一个预计日（expect）。",
            "Have an extension approved before the deadline, or record a new `expect`.",
        ),
        _M2 + "date,item,event,by,until,doc,note\n2017-12-01,M2,expect,市城管委,2018-02-28,,",
        _M2 + "date,item,event,by,until,doc,note\n2017-12-01,M2,expect,市城管委,2018-02-28,,\n"
        "2017-12-08,M2,extend,领导小组,2018-03-31,渝整改〔2017〕22号,设备到货晚",
    ),
    Page(
        807,
        Words("销号步骤该开始了", "a closing step is late"),
        Words(
            "从销号期限（closing.by）倒排，每一步有最迟开始日和最迟结束日。最迟开始日已过、前一步（第一步看整改完成）还没有"
            "记载，或者最迟结束日已过、这一步还没有记载，就说出来，一步一条。已逾期的只说 801。",
            "Counted backwards from the last day to be closed (`closing.by`) each step has a last day to begin and a "
            "last day to end. It begins too late if the step before it (for the first: `done`) is not recorded by "
            "then, and is late if it is not recorded by its last day. One finding a step; what is overdue is 801 only.",
        ),
        Words("办理这一步并记 step；确实来不及的，到期以前报批延期。",
              "Take the step and record it; where that is too late, have an extension approved before the deadline."),
        _M3.replace("DUE", "2017-12-11") + "date,item,event,key\n2017-11-24,M3,done,",
        _M3.replace("DUE", "2017-12-11") + "date,item,event,key\n2017-11-24,M3,done,\n2017-12-01,M3,step,self_check",
    ),
    Page(
        808,
        Words("已来不及按期销号", "too late to be closed in time"),
        Words(
            "从当日起，把还没有记载的步骤按所需的天数排下去，最早也要在期限以后才能销号。差几个工作日，期限以前就说出来。",
            "What is not recorded yet takes its time from this day on, and ends after the last day to be closed. It is "
            "said how many working days are missing, before anything is overdue.",
        ),
        Words("压缩步骤的用时要改 closing.takes；否则到期以前报批延期。",
              "Have an extension approved before the deadline, or let the steps take less (`closing.takes`)."),
        _M3.replace("DUE", "2017-12-15") + "date,item,event\n2017-12-04,M3,done",
        _M3.replace("DUE", "2017-12-22") + "date,item,event\n2017-12-04,M3,done",
    ),
    Page(
        809,
        Words("逾期未销号", "done and not closed in time"),
        Words(
            "事项已经完成，按 closing.by 应当销号的日子已过，还没有销号。从完成日起算的，以 done 的 value 为准。",
            "The item is done, and the day by which it must be closed (`closing.by`) has passed without that. Where it "
            "is counted from the day it was done, the `value` of its `done` is that day.",
        ),
        Words("补齐销号步骤，记 close。", "Take the closing steps that are missing, and record `close`."),
        _M3.replace("DUE", "2017-12-01") + "date,item,event,key,until\n2017-11-01,M3,done,,\n"
        "2017-11-10,M3,step,self_check,\n2017-11-20,M3,step,notice,2017-11-26",
        _M3.replace("DUE", "2017-12-01") + "date,item,event,key,until\n2017-11-01,M3,done,,\n"
        "2017-11-10,M3,step,self_check,\n2017-11-20,M3,step,notice,2017-11-26\n2017-11-28,M3,close,,",
    ),
    Page(
        810,
        Words("申请久不答复", "a request unanswered"),
        Words(
            "单位的申请（完成、延期等）超过 requests.answer_days 个工作日没有答复。申请当天是第 0 天；"
            "再次申请仍从第一次算起。批准的记相应的事件，不同意的记 decline。",
            "A request of a unit (done, an extension …) has waited for more working days than `requests.answer_days`. "
            "The day of asking is day 0; asking again keeps the first day. What is approved is recorded as that event, "
            "a no as `decline`.",
        ),
        Words("答复它：批准或 decline。", "Answer it: approve it, or record `decline`."),
        _M2 + "date,item,event,key,by,until\n2017-11-20,M2,request,extend,市城管委,2018-06-30",
        _M2 + "date,item,event,key,by,until,note\n2017-11-20,M2,request,extend,市城管委,2018-06-30,\n"
        "2017-11-24,M2,decline,extend,市整改办,,理由不足",
    ),
)
