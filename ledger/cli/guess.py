"""What people type who know another program, and the line that does it here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ledger.model.entry import EVENTS
from ledger.text.pattern import regex
from ledger.text.safe import typed

_LINES = {
    "check": "lint validate verify test audit doctor fsck 校验 检查 审核 核对",
    "status": "st stat stats summary bal balance balancesheet bs dashboard overview info projects 进度 台账 进度表 "
    "统计 统计表 总览 状态",
    "list": "ls search find grep query items tasks issue issues accounts all filter 列表 清单 查询 查找 筛选 事项",
    "list --count": "count wc",
    "list --columns id,title,tags": "tags labels 标签",
    "list --entries": "print register reg activity journal entries 流水 记载",
    "show ID": "view details detail cat describe open 查看 详情 显示",
    "set ID FIELD=VALUE": "modify mod update change 改 修改 更改",
    "add BOOK title=… lead=… due=…": "new create insert 新增 添加 增加",
    "record withdraw ID --by … --doc … --note …": "rm delete del remove drop cancel 删除 取消",
    "record void ID --key DATE/EVENT --by … --note …": "unrecord retract 更正",
    "record done ID": "complete finish finished 完成 办结",
    "record report ID -m …": "note annotate comment log-progress 报告 进展",
    "record ID TARGET=NUMBER": "update-reading measure 填报",
    "undo": "revert reset rollback 撤回 撤销 撤消",
    "history": "log blame reflog commits commit save stash 历史 日志 提交",
    "sync FOLDER": "push pull fetch clone share remote 同步 共享",
    "edit ID": "vi vim nano editor 编辑",
    "diff": "compare changes 对比 比较 变化",
    "due": "overdue late next agenda calendar upcoming soon remind 逾期 到期 催办 提醒 即将到期",
    "letter warning -o DIR": "mail email send 函件 发函",
    "report weekly": "weekly week 周报",
    "report monthly": "monthly month 月报",
    "report weekly --publish": "publish release seal 公布 发布 封存",
    "import FILE": "load upload read 导入",
    "export -o ledger.sqlite": "dump sql sqlite backup 导出",
    "list -o items.xlsx": "excel xlsx csv 表格",
    "form --all -o DIR": "forms template 报送表 下发",
    "collect DIR": "merge receive gather 收表 收回 合并",
    "chart gantt -o wall.svg": "gantt ghistory graph plot 挂图 横道图 甘特图",
    "chart burnup -o curve.svg": "burndown burnup curve 曲线",
    "chart heatmap -o heat.svg": "heatmap 热力图",
    "site -o DIR": "web serve html build browse pages 网页 公开",
    "init DIR": "setup new-ledger start-ledger 新建",
    "explain CODE": "rule rules why man-rule 规则 说明",
    "schema settings": "config configure settings 设置 配置",
    "completion bash": "completions autocomplete 补全",
    "--version": "version 版本",
    "forecast": "predict estimate 预测",
    "requests": "approve approvals pr prs review 待批 审批",
    "help": "man manual usage 帮助",
}
"""Lines, and the words of gh, hledger, git, taskwarrior and everyday Chinese that mean them."""

GUESSES: Mapping[str, str] = {word: line for line, words in _LINES.items() for word in words.split()}

_PLACEHOLDER = regex(r"\b(?:ID|FILE|DIR|FOLDER|CODE)\b.*")


_WITH_QUERY = frozenset({"list", "forecast", "plan", "help"})
"""Commands behind which any words may stand."""


def meant(name: str, rest: Sequence[str], known: Mapping[str, object]) -> str:
    """The line for a word that is no command, with what was typed behind it; empty if nobody knows."""
    event = next((one for one in EVENTS.values() if name.casefold() in (one.name, one.label.zh, one.label.en)), None)
    if event is not None:
        return _line(f"record {event.name} ID", rest)
    line = GUESSES.get(name.casefold(), "")
    if line and (line.split()[0] in known or line.startswith("-") or line == "help"):
        return _line(line, rest)
    if re.fullmatch(r"[A-Za-z][A-Za-z._-]*\d[\w.-]*", name):
        # What has a number in it is an item: so it is shown, or something is recorded of it.
        return " ".join(["ledger", "record" if rest else "show", *map(typed, [name, *rest])])
    return ""


def _line(line: str, rest: Sequence[str]) -> str:
    """The line with what was typed in the place of its placeholders."""
    own = [typed(word) for word in rest]
    if not own:
        return f"ledger {line}"
    matched = _PLACEHOLDER.search(line)
    if matched is None:
        return " ".join(["ledger", line, *(own if line.split()[0] in _WITH_QUERY else [])])
    behind = matched[0].partition(" ")[2]
    is_rich = len(own) > 1 or not behind
    return " ".join(["ledger", line[: matched.start()].strip(), *own, *([] if is_rich else [behind])])
