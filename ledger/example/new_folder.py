"""The folder of a new ledger: its files and schemas, all written or none.

What is copied into it are a small commented ledger (two measures, a problem, a first week of facts) or the one of
Chongqing, which comes with the program.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ledger.cli.keeping import start_history
from ledger.cli.output import announce
from ledger.cli.refusal import Refusal
from ledger.cli.writing import tell_program
from ledger.model.entry import COLUMNS
from ledger.model.json_schema import editor_line, schema_files
from ledger.model.setting import Settings
from ledger.model.words import Words, counted
from ledger.storage.files import Folder, read_regular
from ledger.storage.git.objects import is_installed
from ledger.storage.ledger import SETTINGS_FILE, Overlay
from ledger.storage.refusal import reason, remedy
from ledger.storage.save import Change, NotSaved, save_changes, save_new_files
from ledger.storage.settings import read_settings
from ledger.text.safe import safe


def usual_history() -> str:
    """What a new ledger says of its history: `auto` where git is there to keep it."""
    return "auto" if is_installed() else "off"


def write_ledger(directory: Path, files: dict[str, bytes], lang: str, *, keep: bool = True) -> None:
    """Writes the files of a new ledger with its schemas, all or none, and says what to do next.

    With `keep` its history begins, as its settings want it.
    """
    texts = {path: data.decode() for path, data in files.items()}
    settings = _settings(directory, texts["ledger.yaml"])
    texts |= schema_files([book.id for book in settings.books])
    if os.path.lexists(directory / "ledger.yaml"):
        raise Refusal(
            Words("{dir} 里已经有台账", "{dir} already holds a ledger").fill(dir=_named(directory)),
            Words("换一个目录", "name another folder"),
            lang,
        )
    with _saying(directory, lang):
        _save(directory, texts)
    where = "" if directory == Path() else f" -C {directory}"
    done = Words(
        "已在 {dir} 写入 {n} 个文件。下一步：ledger{where} status",
        "wrote {n} into {dir}. Next: ledger{where} status",
    )
    announce(done.fill(dir=_named(directory), n=counted(len(texts), "file"), where=where).pick(lang))
    if keep and (told := start_history(directory, [*files, *texts], settings, lang)):
        announce(safe(told.pick(lang)))
    tell_program(_made(directory, [*texts]), following=f"ledger{where} status")


def _named(directory: Path) -> Words:
    """The folder in a sentence: `into ..` would be another one."""
    return Words("当前目录", "this folder") if directory == Path() else Words.same(str(directory))


def _made(directory: Path, paths: Iterable[str]) -> list[dict[str, str]]:
    return [{"path": (directory / path).as_posix()} for path in paths]


def write_federation(directory: Path, lang: str) -> None:
    """Writes the ledgers of a city and of its units, each with a repository of its own, and says what to do next."""
    from ledger.example.federation import federation_example  # noqa: PLC0415 - only this example needs it

    if os.path.lexists(directory / SETTINGS_FILE):
        words = Words("{dir} 里已经有台账", "{dir} already holds a ledger").fill(dir=_named(directory))
        raise Refusal(words, Words("换一个目录", "name another folder"), lang)
    found = federation_example(GIT_ATTRIBUTES)
    with _saying(directory, lang):
        save_new_files(directory, found.files)
        for folder, made in found.repositories.items():
            if os.path.lexists(directory / folder / ".git"):
                continue
            for path, data in made.files.items():
                target = directory / folder / ".git" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    where = "" if directory == Path() else f" -C {directory}"
    done = Words("已在 {dir} 写入 {n} 个台账。下一步：ledger{where} status --by include",
                 "wrote {n} ledgers into {dir}. Next: ledger{where} status --by include")  # fmt: skip
    announce(done.fill(dir=_named(directory), n=len(found.repositories), where=where).pick(lang))
    tell_program(_made(directory, found.files), following=f"ledger{where} status --by include")


def _save(directory: Path, files: dict[str, str]) -> None:
    """Writes the files, all of them or none. Raises `FileExistsError` if any is there, `NotSaved` or `OSError`."""
    attributes = directory / ".gitattributes"
    if not attributes.is_file():
        return save_new_files(directory, files)
    # The repository has rules of its own: ours go behind them.
    own, line = read_regular(attributes), files.pop(".gitattributes").encode()
    for path in files:
        if os.path.lexists(directory / path):
            raise FileExistsError(errno.EEXIST, "exists", str(directory / path))
    changes = [Change(path, None, text.encode()) for path, text in files.items()]
    if line.strip() not in map(bytes.strip, own.splitlines()):
        changes.append(Change(".gitattributes", own, own + (b"" if own.endswith(b"\n") or not own else b"\n") + line))
    save_changes(directory, changes)
    return None


def _settings(directory: Path, text: str) -> Settings:
    """The settings that will be written."""
    new = Overlay(Folder(directory), {SETTINGS_FILE: text.encode()})
    return read_settings(new, SETTINGS_FILE, {})[0] or Settings()


@contextmanager
def _saying(directory: Path, lang: str) -> Iterator[None]:
    """Turns what keeps new files from being written into a `Refusal` in words."""
    try:
        yield
    except FileExistsError as error:
        words = Words("{path} 已经存在，什么也没有写", "{path} exists already; nothing was written")
        raise Refusal(words.fill(path=error.filename), lang=lang) from None
    except NotSaved as error:
        raise Refusal(error.message, error.hint, lang) from None
    except OSError as error:
        words = Words("写不了 {dir}：{why}", "cannot write {dir}: {why}")
        raise Refusal(words.fill(dir=directory, why=reason(error)), remedy(error), lang) from None


GIT_ATTRIBUTES = "journal/**/*.csv merge=union\n"
"""Two branches that append to one journal file merge into both their lines."""

START_ZONE = "Asia/Shanghai"
"""The time zone that the small ledger names: its first day is today there."""

_LEDGER = Words(
    """\
# 整改台账的设置。字段说明见 docs/format.md。上一行让编辑器随写随查。
ledger: 1                            # 格式版本
title: {{zh: 我的整改台账, en: My rectification ledger}}
language: zh
timezone: Asia/Shanghai
start: {today}                    # 事项默认的入账和开始日
time_nodes:                          # 时间节点：按它们统计
  - {{id: "{year}", date: {year}-12-31, name: {{zh: {year}年年底, en: end of {year}}}}}
  - {{id: "{next}", date: {next}-12-31, name: {{zh: {next}年年底, en: end of {next}}}}}
books:                               # 两本账；path 可用通配符，.yaml 或 .csv
  measures: {{name: {{zh: 整改措施, en: measures}}, path: measures.yaml}}
  problems: {{name: {{zh: 具体问题, en: problems}}, path: problems.yaml}}
approvers: [整改领导小组]             # 谁可以批准延期、调整、并销
week: {{closes: thursday}}             # 每周截止日
closing: {{steps: [self_check, acceptance, review, notice], notice_days: 7, lookback_days: 365}}
warning: {{due_soon_days: 30, immediate_days: 30}}
history: {history}                        # auto：每次写入都提交到 git；off：不提交
""",
    """\
# The settings of the ledger. Fields: docs/format.md. By the line above, editors check while you type.
ledger: 1                            # format version
title: {{zh: 我的整改台账, en: My rectification ledger}}
language: en
timezone: Asia/Shanghai
start: {today}                    # default `added` and `start` of every item
time_nodes:                          # dates at which work is counted
  - {{id: "{year}", date: {year}-12-31, name: {{zh: {year}年年底, en: end of {year}}}}}
  - {{id: "{next}", date: {next}-12-31, name: {{zh: {next}年年底, en: end of {next}}}}}
books:                               # two lists of items; a path may be a glob, .yaml or .csv
  measures: {{name: {{zh: 整改措施, en: measures}}, path: measures.yaml}}
  problems: {{name: {{zh: 具体问题, en: problems}}, path: problems.yaml}}
approvers: [leading group]           # who may extend, amend, withdraw
week: {{closes: thursday}}             # the closing day of a week
closing: {{steps: [self_check, acceptance, review, notice], notice_days: 7, lookback_days: 365}}
warning: {{due_soon_days: 30, immediate_days: 30}}
history: {history}                        # auto: every command that writes commits to git; off: none does
""",
)

_MEASURES = Words(
    """\
# 整改措施台账。一项一段；进展写在 journal/，状态和统计都由两者算出。
- id: M1
  title: 城市污水处理厂提标改造
  lead: 市城管委
  responsible: [甲区, 乙区]
  origin: feedback                   # feedback 反馈 | self_found 自查 | petition 信访 | inspection 督察
  due: {next}-12-31                    # 日期 | immediate 立行立改 | long_term 中长期 | unstated
  goal: 12 座城市污水处理厂达到一级A标准
  steps: [制定一厂一策, 分批开工, 达标验收]
  problems: [P1]                     # 关联具体问题
  targets:
    upgraded: {{name: 提标改造, unit: 座, goal: ">= 12", due: {next}-12-31}}
  milestones:
    plans: {{name: 完成一厂一策, due: {year}-12-31}}
  source: 反馈意见第1条

- id: M2
  title: 制定部门环保责任规定
  lead: 市环保局
  origin: feedback
  due: {next}-12-31
  goal: 责任规定印发实施
  steps: [起草, 征求意见, 印发]
  source: 反馈意见第2条
""",
    """\
# The measures. One item a block; progress goes into journal/, state and figures are derived from the two.
- id: M1
  title: Upgrade of the city's sewage plants
  lead: city works department
  responsible: [North district, South district]
  origin: feedback                   # feedback | self_found | petition | inspection
  due: {next}-12-31                    # a date | immediate | long_term | unstated
  goal: 12 sewage plants meet the higher standard
  steps: [a plan for each plant, works in batches, acceptance]
  problems: [P1]                     # links to items of that book
  targets:
    upgraded: {{name: plants upgraded, unit: plants, goal: ">= 12", due: {next}-12-31}}
  milestones:
    plans: {{name: a plan for each plant, due: {year}-12-31}}
  source: feedback, point 1

- id: M2
  title: A responsibility rule for departments
  lead: environment office
  origin: feedback
  due: {next}-12-31
  goal: the rule is issued
  steps: [draft, consultation, issue]
  source: feedback, point 2
""",
)

_PROBLEMS = Words(
    """\
# 具体问题台账。
- id: P1
  title: 甲区一号污水处理厂出水不稳定
  lead: 甲区
  origin: inspection
  due: {next}-06-30
  goal: 出水稳定达标
  steps: [更换曝气设备, 连续监测]
  source: 反馈意见第1条
""",
    """\
# The problems.
- id: P1
  title: Unstable effluent of North district's first plant
  lead: North district
  origin: inspection
  due: {next}-06-30
  goal: effluent meets the standard at all times
  steps: [new aeration, continuous monitoring]
  source: feedback, point 1
""",
)

_CLAIMS = Words(
    """\
# 公布过的数字：ledger check 会永远重算。账.数: 值，名称与 ledger status --format json 相同。例：
# - {{id: start, as_of: {today}, source: 启动会通报, figures: {{measures.total: 2, problems.total: 1}}}}
claims: []
""",
    """\
# Published figures: ledger check recomputes them for ever. BOOK.FIGURE as in ledger status --format json:
# - {{id: start, as_of: {today}, source: opening meeting, figures: {{measures.total: 2, problems.total: 1}}}}
claims: []
""",
)

_WAIVERS = Words(
    "# 经批准接受的发现，例：{{code: L801, item: M1, reason: 汛期停工, by: 整改领导小组, until: {next}-03-31}}\n[]\n",
    "# Accepted findings: {{code: L801, item: M1, reason: flood season, by: leading group, until: {next}-03-31}}\n[]\n",
)

_FACTS = Words(
    "市城管委,已成立专班,甲区,曝气设备已招标,2,乙区",
    "city works department,team in place,North district,tender for aeration is out,2,South district",
)


def start_ledger(today: date, lang: str, *, empty: bool = False, history: str = "auto") -> dict[str, str]:
    """The files of a small ledger that begins on `today`: text by path below its folder; with `empty` no items."""
    values = {"today": today.isoformat(), "year": today.year, "next": today.year + 1, "history": history}
    lead, team, district, tender, plants, other = _FACTS.pick(lang).split(",")
    rows = [
        {"date": today, "item": "M1", "event": "start", "by": lead, "text": team},
        {"date": today, "item": "M1", "event": "reading", "key": "upgraded", "value": plants, "by": other},
        {"date": today, "item": "P1", "event": "report", "by": district, "text": tender},
    ]
    lines = [",".join(COLUMNS), *(",".join(str(row.get(column, "")) for column in COLUMNS) for row in rows)]
    texts = {
        "ledger.yaml": ("settings", _LEDGER), "claims.yaml": ("claims", _CLAIMS), "waivers.yaml": ("waivers", _WAIVERS),
        "measures.yaml": ("plan", _MEASURES), "problems.yaml": ("plan", _PROBLEMS),
    }  # fmt: skip
    files = {path: editor_line(schema) + text.pick(lang).format(**values) for path, (schema, text) in texts.items()}
    if empty:
        bare = {path: editor_line("plan") + "[]\n" for path in ("measures.yaml", "problems.yaml")}
        return {**files, **bare, ".gitattributes": GIT_ATTRIBUTES}
    return {**files, f"journal/{today.year}/office.csv": "\n".join(lines) + "\n", ".gitattributes": GIT_ATTRIBUTES}


_PACKAGED = Path(__file__).parent.parent / "example" / "chongqing"
_CHECKOUT = Path(__file__).parent.parent.parent / "data"


def chongqing_ledger() -> dict[str, str]:
    """Its files: text by path below its folder, from the installed package or from a checkout.

    Hidden files are left out; `ledger init` makes the schemas that the first line of each file names.
    """
    root = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)
    }
