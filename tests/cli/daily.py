"""Twenty tasks of every day: what is typed, and how many keys that takes beside the long form and other programs.

One list for the tests, which type every line, and for the table in `docs/daily.md`.
"""

from __future__ import annotations

from typing import NamedTuple


class Task(NamedTuple):
    """A task in both languages, the line typed now and the one before, what it must say, and the line elsewhere."""

    zh: str
    en: str
    now: str
    before: str
    says: str
    elsewhere: str = ""
    kind: str = ""
    """What of the ledger the answer is looked for in: `journal`, `plan`, `err`, or what is printed."""


TASKS = (
    Task("今天怎么样", "how things stand", "ledger status", "ledger status", "overdue 1", "hledger bal"),
    Task("记一个读数", "record a reading", "ledger record M1 built=2 -u 万州区 -m 通水",
         "ledger record reading M1 --key built --value 2 --by 万州区 --text 通水", "M1,reading,built,2,万州区",
         "task 1 annotate 通水", "journal"),
    Task("只有一个指标时的读数", "a reading of the only target", "ledger record M1 2", "ledger record reading M1 --key built --value 2",
         "M1,reading,built,2", "", "journal"),
    Task("一次记几件事", "several facts of one item", "ledger record M1 built=3 progress=80% start",
         "ledger record reading M1 --key built --value 3; ledger record progress M1 --value 80; ledger record start M1",
         "M1,progress,,80", "", "journal"),
    Task("完成两项", "two items are done", "ledger record done M2 M3", "ledger record done M2; ledger record done M3",
         "M3,done", "task 2 3 done", "journal"),
    Task("前天完成的", "done the day before yesterday", "ledger record done M2 -d -2d", "ledger record done M2 --date 2017-12-27",
         "M2,done", "task 2 done end:-2d", "journal"),
    Task("阶段目标达到", "a milestone is met", "ledger record M1 方案", "ledger record milestone M1 --key plans", "M1,milestone,plans",
         "", "journal"),
    Task("延期", "extend a deadline", "ledger record M2 extend=2018/6/30 -u 领导小组 --doc 12号 --note 汛期",
         "ledger record extend M2 --until 2018-06-30 --by 领导小组 --doc 12号 --note 汛期", "M2,extend,,,领导小组,,2018-06-30",
         "task 2 modify due:2018-06-30", "journal"),
    Task("预计哪天完成", "when it will be done", "ledger record M2 expect=下月底", "ledger record expect M2 --until 2018-01-31",
         "M2,expect", "task 2 modify scheduled:eom", "journal"),
    Task("逾期的，最早的在前", "what is overdue, the oldest first", "ledger due", "ledger due", "M2", "task overdue"),
    Task("两周内到期的", "due within two weeks", "ledger due --within 14d", "ledger list 'due:<2018-01-12' -state:done,closed",
         "M2", "task due.before:14d"),
    Task("常用查询", "a saved query", "ledger list @我的", "ledger list is:open lead:万州区 schedule:overdue", "M2", "task mine"),
    Task("有几项", "how many there are", "ledger list is:open --count", "ledger list -state:done,closed | tail -1", "3", "task count"),
    Task("看两项", "look at two items", "ledger show M1 M2", "ledger show M1; ledger show M2", "M2", "task 1 2"),
    Task("改牵头单位", "change the lead", "ledger set M3 牵头=开州区", "ledger set M3 lead=开州区", '"lead": "开州区"', "task 3 modify project:开州区",
         "plan"),
    Task("改时限", "change a deadline", "ledger set M3 due=2018年6月30日", "ledger set M3 due=2018-06-30", "2018-06-30",
         "task 3 modify due:2018-06-30", "plan"),
    Task("新增一项", "add an item", "ledger add measures 噪声 lead=万州区 due=立行立改", "ledger add measures title=噪声 lead=万州区 due=immediate",
         "噪声", "task add 噪声 due:today", "plan"),
    Task("上周周报", "the report of last week", "ledger report weekly", "ledger report weekly --week 2017-W51", "2017-W51",
         "hledger bal -p 'last week'"),
    Task("校验", "check the files", "ledger check", "ledger check", "", "hledger check"),
    Task("某单位的问题记载", "what a unit had trouble with", "ledger list --entries event:trouble by:万州区",
         "ledger list --entries 'event:trouble by:万州区'", "缺资金", "hledger reg desc:万州区"),
)  # fmt: skip
"""In the order of a day."""
