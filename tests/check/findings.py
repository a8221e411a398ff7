"""One set of findings that every format is asked to show, and the files they are about."""

from __future__ import annotations

from datetime import date

from ledger.model.finding import Finding, Place
from ledger.model.words import Words
from ledger.rule.page import Page
from ledger.rule.rule import Rule

DAY = date(2017, 12, 31)

TEXTS = {
    "measures.yaml": "- id: M18\n  title: 垃圾填埋场渗滤液处理设施  # 附件1\n  due: 2018-12-31\n",
    "journal/2017/report.csv": (
        "date,item,event,key,value,note\n"
        '2017-12-31,M18,reading,started,43,"27 of 28, 16 of 18"\n'
        "2017-12-31,M20,done,,,\n"
    ),
    "claims.yaml": "claims: []\n",
}

NAME = Finding(
    Place("measures.yaml", 2, 10), 902, Words("公布的文字里有 <号码> & “M18”", "text to be published holds <a> & M18"),
    item="M18", severity="error", key="title",
)  # fmt: skip
NUMBERS = Finding(
    Place("journal/2017/report.csv", 2, 35), 407,
    Words("27+16 是 95% 的\n分子，不是 43", "27+16 is 95% of\nit, not 43"),
    Words("part, of 和 value 要一致：part = value", "part, of and value must agree: part = value"),
    item="M18", severity="warning", key="2017-12-31/started",
)  # fmt: skip
DONE = Finding(
    Place("journal/2017/report.csv", 3, 16), 401, Words("报完成，但渗滤液 <46 座", "done, but leachate, plants: <46"),
    Words("核对读数", "check the reading"), item="M20", key="covered",
)  # fmt: skip
LOST = Finding(
    Place("实施 方案.yaml", 7, 3), 703, Words("事项不见了", "the item is gone"), item="M21", key="",
)  # fmt: skip
SILENT = Finding(
    Place(""), 805, Words("市环保局本周没有报送", "市环保局 has not reported"), severity="info", key="市环保局"
)

FINDINGS = [NAME, NUMBERS, DONE, LOST, SILENT]

# A finding that a program could only make of bad input: what it says must not reach a terminal or break a format.
WILD = Finding(
    Place("a,b:c%.csv", 1, 1), 104, Words.same("\x1b[31mred\x1b[0m\r\n::error::100% \x00,:\ufffe\u202e"), item="M1"
)

RULES = [Rule(401, "error"), Rule(407, "warning"), Rule(703, "error"), Rule(805, "info"), Rule(902, "error")]
PAGES = {
    rule.code: Page(
        rule.code,
        Words(f"规则 {rule.code}", f"rule {rule.code}"),
        Words("为何", "why"),
        Words("怎样改", "mend"),
        "-",
        "+",
    )
    for rule in RULES
}
