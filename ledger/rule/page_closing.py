"""Pages of L5: closing step by step, evidence, look-backs, and who approved what."""

from __future__ import annotations

from ledger.model.words import Words
from ledger.rule.page import Page

_M1 = """\
# measures.yaml
- {id: M1, title: 关闭码头, lead: 市交委, due: 2017-12-31}
# journal/2017/office.csv
"""
_STEPS = "# ledger.yaml\nclosing: {steps: [self_check, acceptance, notice]}\n" + _M1
_NOTICE = "# ledger.yaml\nclosing: {steps: [notice], notice_days: 7}\n" + _M1
_LOOKBACK = "# as of 2018-12-31\n# ledger.yaml\nclosing: {lookback_days: 365}\n" + _M1
_APPROVERS = "# ledger.yaml\napprovers: [领导小组]\n" + _M1

PAGES: tuple[Page, ...] = (
    Page(
        501,
        Words("未完成就销号", "closed before it was done"),
        Words(
            "事项没有报整改完成就销了号。先完成，再走销号步骤，最后销号；反弹以后要重新完成才能再销号。",
            "The item was closed without having been reported done. First it is done, then come the closing steps, "
            "then it is closed; after a relapse it must be done again.",
        ),
        Words("补记 done；没有完成的，用 void 撤回销号。", "Record `done`, or void `close` if it is not done."),
        _M1 + "date,item,event\n2017-12-31,M1,close",
        _M1 + "date,item,event\n2017-12-20,M1,done\n2017-12-31,M1,close",
    ),
    Page(
        502,
        Words("销号步骤缺少或颠倒", "a closing step missing or out of order"),
        Words(
            "closing.steps 规定了销号的步骤，这里少了一步，或者次序不对。同一天办的几步按规定的次序算。",
            "closing.steps gives the closing steps, and one was left out or taken out of order. Steps of one day count "
            "in the order given there.",
        ),
        Words("补办缺的那一步并记下，不要补造日期。", "Take the missing step and record it, on its real date."),
        _STEPS + "date,item,event,key,by\n2017-12-01,M1,done,,\n2017-12-05,M1,step,self_check,市交委\n"
        "2017-12-10,M1,step,notice,市交委",
        _STEPS + "date,item,event,key,by\n2017-12-01,M1,done,,\n2017-12-05,M1,step,self_check,市交委\n"
        "2017-12-08,M1,step,acceptance,市环保局\n2017-12-10,M1,step,notice,市交委",
    ),
    Page(
        503,
        Words("自己验收自己", "accepted by its own unit"),
        Words(
            "验收单位就是事项的牵头单位或责任单位（曾用名也算）。谁验收谁负责，自己不能验收自己。",
            "The unit that accepted the work is the lead or a responsible unit of the item, under its former name too. "
            "Who accepts answers for it, and nobody accepts his own work.",
        ),
        Words("由别的单位重新验收，作废这一条。", "Have another unit accept it, and void this entry."),
        _M1 + "date,item,event,key,by\n2017-12-08,M1,step,acceptance,市交委",
        _M1 + "date,item,event,key,by\n2017-12-08,M1,step,acceptance,市环保局",
    ),
    Page(
        504,
        Words("公示时间不够", "a public notice too short"),
        Words(
            "公示的天数少于 closing.notice_days，或者没有写最后一天，或者公示未满就销号。"
            "首日和末日都算；按工作日计的，用全国放假安排，还不知道的年份不猜。",
            "The notice ran for fewer days than closing.notice_days, does not say its last day, or the item was closed "
            "before it ended. The first and the last day count; working days follow the national holidays, and a year "
            "that is not known yet is not guessed.",
        ),
        Words(
            "补足公示时间，或者按实写 until；不知道的年份，把当年的放假通知写进 workdays.yaml。",
            "Extend the notice, or put its real last day into `until`; for an unknown year enter the official notice "
            "in workdays.yaml.",
        ),
        _NOTICE + "date,item,event,key,until\n2017-12-13,M1,step,notice,2017-12-18",
        _NOTICE + "date,item,event,key,until\n2017-12-13,M1,step,notice,2017-12-19",
    ),
    Page(
        505,
        Words("佐证材料不在或被改过", "evidence missing or changed"),
        Words(
            "记载所附的佐证材料在台账目录里找不到，或者内容与当时记下的 sha256 不符。换过的材料证明不了当时的事。",
            "The evidence named by an entry is not in the ledger's folder, or its content is not what its sha256 "
            "recorded. A file that was exchanged proves nothing about then.",
        ),
        Words(
            "放回原来的文件；材料确实更新了的，另记一条，附新文件和新的 sha256。",
            "Put the original file back; if there is a newer one, record a new entry with its name and sha256.",
        ),
        _M1 + "date,item,event,file\n2017-12-20,M1,done,evidence/M1.txt",
        _M1 + "date,item,event,file\n2017-12-20,M1,done,evidence/M1.txt\n# evidence/M1.txt\n验收意见：码头已关闭。",
    ),
    Page(
        506,
        Words("佐证材料晚于所证明的事", "evidence dated after what it proves"),
        Words(
            "佐证材料文件名里的日期，晚于它所证明的那一天。为迎接检查补造的材料常常是这样。",
            "The date in the name of the evidence is later than the day it is to prove. Papers made up for an "
            "inspection often look like this.",
        ),
        Words("换成当时的材料，或者按材料的日期记这件事。", "Use a paper of that day, or date the entry by the paper."),
        _M1 + "date,item,event,file\n2017-12-20,M1,done,photos/2018-03-05.jpg",
        _M1 + "date,item,event,file\n2017-12-20,M1,done,photos/2017-12-19.jpg",
    ),
    Page(
        507,
        Words("到期没有回头看", "a look-back is due"),
        Words(
            "事项完成已满 closing.lookback_days 天，还没有回头看的记载。不复查就不知道有没有反弹。",
            "The item has been done for closing.lookback_days, and no look-back is recorded. Without one nobody knows "
            "whether it has relapsed.",
        ),
        Words(
            "复查后记 lookback，结果是 held（巩固）或 relapsed（反弹）。",
            "Check it again and record `lookback`: held or relapsed.",
        ),
        _LOOKBACK + "date,item,event,key\n2017-06-30,M1,done,",
        _LOOKBACK + "date,item,event,key\n2017-06-30,M1,done,\n2018-06-30,M1,lookback,held",
    ),
    Page(
        508,
        Words("反弹没有重开，或没有反弹就重开", "a relapse not reopened, or reopened without one"),
        Words(
            "没有记反弹就重开了，是错误。回头看发现反弹、还没有重开的，只警告：反弹是查出来的事实，先记下来，"
            "重开和新的时限等批准。反弹的事项不再算完成。",
            "Reopened while no relapse stands on record is an error. A relapse that is not reopened yet only warns: it "
            "is a fact and is recorded at once, while the reopening with its new deadline waits for approval. An item "
            "that relapsed is not done any more.",
        ),
        Words(
            "经批准记 reopen，写明新时限和文号；先记 lookback 的 relapsed。",
            "Record the failed `lookback` first, then an approved `reopen` with the new deadline and its document.",
        ),
        _M1 + "date,item,event,key,by,until,doc,note\n2017-06-30,M1,done,,,,,\n2017-11-01,M1,lookback,relapsed,,,,",
        _M1 + "date,item,event,key,by,until,doc,note\n2017-06-30,M1,done,,,,,\n2017-11-01,M1,lookback,relapsed,,,,\n"
        "2017-11-10,M1,reopen,,领导小组,2018-06-30,渝整改〔2017〕20号,码头复工",
    ),
    Page(
        509,
        Words("没有批准权，或批准自己的事项", "not approved by somebody who may"),
        Words(
            "由谁决定看 ledger.yaml：decides 点名的事件由它点名的决定；没有点名的，延期、重开、调整、并销、解除督办、"
            "豁免和作废由 approvers 批准。按记载当天谁有权、当天以前谁牵头和负责来判断，事项自己的单位不能决定。"
            "这样的记载留着，但不起作用：时限、字段、状态和数字都不变；done 和 close 只算申请。",
            "Who decides stands in ledger.yaml: an event that `decides` names is for those named there; of the others, "
            "extending, reopening, amending, withdrawing, lifting, waiving and voiding are for `approvers`. A line is "
            "judged by who decided on its date and by the units in force before it, and never for the item's own "
            "units to decide. It stays on record and has no effect on any deadline, field, state or figure; a `done` "
            "or `close` counts as a request.",
        ),
        Words(
            "报有权的人批准，另记一条，by 写批准人，doc 写文号；从那条的日期起有效。",
            "Get it decided and record a line of its own, with who decided in `by`; it counts from its own date.",
        ),
        _APPROVERS + "date,item,event,by,until,doc,note\n2017-12-01,M1,extend,市交委,2018-06-30,交函1号,汛期停工",
        _APPROVERS + "date,item,event,by,until,doc,note\n2017-12-01,M1,extend,领导小组,2018-06-30,渝整改21号,汛期停工",
    ),
)
