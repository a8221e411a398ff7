"""Pages of L9: what must be published, and what must not."""

from __future__ import annotations

from ledger.model.words import Words
from ledger.rule.page import Page

PAGES: tuple[Page, ...] = (
    Page(
        901,
        Words("六公开有缺项", "a public field is empty"),
        Words(
            "六公开要求公开任务、目标、措施、责任、时限、结果。这个事项缺了其中几项，公开表上会是空白。"
            "结果只在完成以后才要求；细化举措随它所属的事项公开，不单独要求。",
            "Six fields are published of every item: task, goal, steps, responsibility, deadline and result. Some are "
            "empty here and would be blank in public. The result is asked for only once done; actions are published "
            "with the item they stand under.",
        ),
        Words(
            "在账里补 goal、steps、lead、due；完成的，在 done 的 text 写公开的结果。",
            "Fill in goal, steps, lead and due; once done, put the result for the public into `text` of `done`.",
        ),
        """\
# measures.yaml
- {id: M1, title: 关闭码头, lead: 市交委, due: 2017-12-31}""",
        """\
# measures.yaml
- {id: M1, title: 关闭码头, lead: 市交委, due: 2017-12-31, goal: 24个码头全部关闭, steps: [约谈业主, 拆除设施]}""",
    ),
    Page(
        902,
        Words("公开文字里有电话或身份证号", "a personal number in public text"),
        Words(
            "要公开的文字（编号、事项名称、目标、措施、指标的名称和单位、进展情况）里有电话号码或身份证号。一旦公开就收不回来。"
            "手机号怎样断开都算（138 0013 8000、138-00138000、13800 138000、138.0013.8000），前面可有 86；"
            "固定电话要带区号（023-67654321、（023）67654321、02367654321）；身份证号要含真实的出生日期。"
            "看不见的字符不算隔断，全角数字同样算。"
            "小数、用逗号或空格分节的金额、日期、文号、五位或 400 热线、没有区号的号码不算。",
            "A text that will be published (id, title, goal, steps, name and unit of a target, progress) holds a "
            "phone or identity number. Once it is out it cannot be taken back. A mobile number counts however it "
            "is parted (138 0013 8000, 138-00138000, 13800 138000, 138.0013.8000), with 86 before it or without; "
            "a landline with its area code (023-67654321, (023)67654321, 02367654321); an identity number if it "
            "holds a day of birth that exists. What nobody sees does not part a number, and full-width digits are "
            "digits. Decimals, amounts in groups of three, days, numbers of documents, hotlines of five digits or "
            "with 400, and numbers without an area code do not count.",
        ),
        Words(
            "删去；内部要用的写进 note、person 或 remark，那里不公开。",
            "Remove it; what the office needs goes into `note`, `person` or `remark`, which are never published.",
        ),
        """\
# measures.yaml
- {id: M1, title: 关闭码头, lead: 市交委, due: 2017-12-31}
# journal/2017/office.csv
date,item,event,text,note
2017-12-20,M1,report,已拆除，联系人 13800138000,""",
        """\
# measures.yaml
- {id: M1, title: 关闭码头, lead: 市交委, due: 2017-12-31}
# journal/2017/office.csv
date,item,event,text,note
2017-12-20,M1,report,已拆除,联系人 13800138000""",
    ),
)
