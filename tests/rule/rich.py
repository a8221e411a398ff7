"""One small ledger in which everything occurs that a ledger may hold, for tests that break it."""

from __future__ import annotations

from tests.rule.bundle import Bundle, bundle

RICH = """\
as-of 2018-03-31
today 2018-03-31
--- ledger.yaml
ledger: 1
title: {zh: 小台账, en: a small ledger}
language: en
timezone: Asia/Shanghai
start: 2017-01-01
time_nodes:
  - {id: "2017", date: 2017-12-31, name: {zh: 2017年年底, en: end of 2017}}
  - {id: "2018", date: 2018-12-31}
books:
  measures: {name: {zh: 整改措施, en: measures}, path: measures.yaml}
  problems: {name: 具体问题, path: "problems/*.yaml"}
  actions: {name: 细化举措, path: actions.csv}
journal: journal/**/*.csv
units:
  - {name: 市城管委, kind: department}
  - {name: 市环保局, kind: department, was: [市环委]}
  - {name: 开州区, kind: district, was: [开县]}
  - {name: 江津区, kind: district}
approvers: [领导小组, 市环保局]
week: {closes: thursday, roll_call: true}
closing: {steps: [self_check, acceptance, notice], notice_days: 3, notice_calendar: working, lookback_days: 30}
warning: {due_soon_days: 30, immediate_days: 20}
baseline: {tag: plan-approved}
--- measures.yaml
# The plan.
- id: M18
  title: {zh: 渗滤液处理设施, en: Leachate}
  lead: 市城管委
  responsible: [开州区, 江津区]
  cooperating: [市环保局]
  origin: feedback
  added: 2017-01-01
  start: 2017-02-01
  due: 2018-12-31
  due_basis: explicit
  goal: 基本全覆盖
  steps: [制定方案, {zh: 开工, en: start}]
  upkeep: ongoing
  problems: [P1, P2]
  actions: [A1]
  weight: 2.5
  targets:
    started: {name: 开工, unit: 座, goal: ">= 46", due: 2017-12-31, sum: units}
    covered: {name: 覆盖, unit: "%", goal: ">= 85.7", firm: basic}
    left: {unit: 座, goal: "<= 0", from: 12}
    moved: {unit: 家, goal: "= 3", sum: actions}
    visits: {unit: 次}
  milestones:
    plans: {name: 完成方案, due: 2017-09-30}
  source: report.txt:271
  remark: 内部
- {id: M2, title: 关闭码头, lead: 市环保局, due: immediate, goal: 关闭, steps: [拆除]}
- {id: M3, title: 长效机制, lead: 市城管委, due: long_term, goal: 建立, steps: [办], upkeep: lasting}
--- problems/one.yaml
- {id: P1, title: 未开工, lead: 开州区, due: 2018-06-30, goal: 开工, steps: [开工], targets: {built: {goal: 1}}}
--- problems/two.yaml
- {id: P2, title: 封场, lead: unstated, due: unstated, origin: petition}
--- actions.csv
id,title.zh,title.en,lead,due,under,targets.moved.goal,targets.moved.unit,milestones.half.due,responsible,now.state
A1,甲厂搬迁,move A,江津区,2018-06-30,M18,>= 2,家,2018-01-31,江津区;开州区,active
A2,"乙厂搬迁,含设备",,江津区,2018-09-30,M18,>= 1,家,,,planned
--- journal/2017/city.csv
date,item,event,key,value,by,person,until,doc,text,note,source,file,sha256,part,of,exempt,firm,approx
2017-02-01,M18,start,,,市城管委,,,,已成立专班,,,,,,,,,
2017-06-30,M18,reading,covered,80.0,市城管委,,,,,,report.txt:1,,,4,5,,basic,
2017-06-30,M18,reading,left,6,市城管委,,,,,规划保留1座,,,,,,1,,
2017-07-31,M18,reading,visits,20,市城管委,,,,,,,,,,,,,yu
2017-09-29,M18,milestone,plans,,市城管委,,,,方案已印发,,,,,,,,,
2017-10-01,M18,amend,targets.left.goal,<= 1,领导小组,,,12号,,保留1座,,,,,,,,
2017-11-30,M18,extend,,,领导小组,,2018-12-31,13号,,工期,,,,,,,,
2017-12-01,M18,supervise,letter,,领导小组,,2018-06-30,7号,,,,,,,,,,
2018-01-05,M18,lift,letter,,领导小组,,,7号,,,,,,,,,,
2018-03-28,M18,expect,,,市城管委,,2018-11-30,,,,,,,,,,,
--- journal/2017/districts/all.csv
date,item,event,key,value,by,note,text
2017-12-31,M18,reading,started,27,开县,,
2017-12-31,M18,reading,started,16,江津区,,
2018-03-22,M18,reading,started,29,开州区,,
2018-03-23,P1,report,,,开州区,,已招标
2018-03-28,A1,reading,moved,2,江津区,,
2018-03-28,A1,milestone,half,,江津区,,
2018-03-29,A2,progress,,40,江津区,,"已签约, 设备到场"
2018-03-29,A2,progress,,45,江津区,,
2018-03-30,A2,void,2018-03-29/progress//45/江津区,,领导小组,误报,
2018-03-29,A2,trouble,,,开州区,,资金未到
--- journal/2018/office.csv
date,item,event,key,by,until,doc,note,text,value
2017-03-20,M2,done,,市环保局,,,,已关闭,
2017-03-25,M2,lookback,relapsed,市环保局,,,,,
2017-03-26,M2,reopen,,领导小组,2018-12-31,1号,复工,,
2018-02-07,M2,done,,市环保局,,,,再次关闭,
2018-02-08,M2,step,self_check,市环保局,,,,,
2018-02-08,M2,step,acceptance,市城管委,,,,,
2018-02-09,M2,step,notice,市环保局,2018-02-13,,,,
2018-02-14,M2,close,,市环保局,,,,,
2018-03-15,M2,lookback,held,市城管委,,,,,
2018-03-20,P2,withdraw,M18,领导小组,,14号,并入,,
--- claims.yaml
claims:
  - {id: year, as_of: 2017-12-31, source: report.txt:21, figures: {measures.total: 3, measures.rates.done_of_all: 0}}
  - id: spring
    as_of: 2018-03-30
    figures: {measures.done: 1, overall.mean: "> 10", problems.total: 9}
    gap: {zh: 只列一部分, en: a part}
facts:
  persons: {value: 79, source: report.txt:51}
  ranks: [{value: 47}, {value: 32, approx: yue}]
  rest: {value: 47, approx: yu}
sums:
  - persons = ranks + rest
  - 2 * persons >= (ranks - 1) / 3
--- waivers.yaml
- {code: L804, item: M18, reason: 试行, by: 领导小组, until: 2018-03-01}
--- workdays.yaml
holidays: [2018-02-15]
workdays: [2018-02-11]
"""


def rich() -> Bundle:
    """The ledger and the day on which it is judged."""
    return bundle(RICH)
