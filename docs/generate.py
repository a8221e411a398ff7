"""Rewrites what the documentation takes from the program: rule pages, field tables, help, real output, pictures.

`python docs/generate.py` writes. `python docs/generate.py --check` writes nothing, names the files that differ, and
exits 1 if there are any. In a hand-written page a generated part stands between two markers:

    <!-- generated: NAME -->
    <!-- end -->

and commands are run again as transcript.py says.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]

from pictures import pictures  # noqa: E402
from transcript import fenced, printed, replayed  # noqa: E402

from ledger.cli.main import COMMANDS  # noqa: E402 - the checkout comes before anything installed
from ledger.export.table import tables  # noqa: E402
from ledger.model import field as fields  # noqa: E402
from ledger.model.entry import CLOSING_STEPS, EVENTS  # noqa: E402
from ledger.model.field import Field  # noqa: E402
from ledger.model.words import Words  # noqa: E402
from ledger.rule.page import Page, pages  # noqa: E402
from ledger.rule.registry import RULES  # noqa: E402
from ledger.state.figure.table import FIGURES  # noqa: E402

DOCS = ROOT / "docs"
_MARKED = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_NOTE = "<!-- Made by docs/generate.py from ledger/rule; change it there. -->\n\n"

GROUPS = {
    1: Words("格式", "shape"), 2: Words("编号与引用", "identity"), 3: Words("日期", "dates"),
    4: Words("指标", "targets"), 5: Words("销号与批准", "closing and approval"), 6: Words("公布数", "claims"),
    7: Words("与基线相比", "against the baseline"), 8: Words("时限", "time"), 9: Words("公开", "publishing"),
}  # fmt: skip
SEVERITY = {"error": "错误", "warning": "警告", "info": "提示"}

KINDS = {
    "text": Words("文字", "text"),
    "words": Words("文字，或 `{zh: …, en: …}`", "text, or `{zh: …, en: …}`"),
    "id": Words("编号", "id"),
    "date": Words("日期", "date"),
    "due": Words("日期，或一个词", "date, or a word"),
    "number": Words("数", "number"),
    "whole": Words("整数", "whole number"),
    "choice": Words("其中之一", "one of"),
    "flag": Words("`true` 或 `false`", "`true` or `false`"),
    "goal": Words("目标值", "goal"),
    "unit": Words("单位", "unit"),
    "ids": Words("编号的列表", "list of ids"),
    "units": Words("单位的列表", "list of units"),
    "texts": Words("文字的列表", "list of texts"),
    "dates": Words("日期的列表", "list of dates"),
    "phrases": Words("文字的列表，每条也可写 `{zh: …, en: …}`", "list of texts, each also `{zh: …, en: …}`"),
    "record": Words("一组键值", "mapping"),
    "records": Words("各有其名的键值", "named mappings"),
    "list": Words("键值的列表", "list of mappings"),
    "figures": Words("`账.数: 数值`，或比较", "`BOOK.FIGURE: number`, or a comparison"),
    "facts": Words("各有其名的值，或值的列表", "named values, or named lists of them"),
    "zone": Words("时区", "time zone"),
    "commit": Words("提交号", "commit id"),
    "duration": Words("`5w` 工作日，或 `60d` 自然日", "`5w` working days, or `60d` calendar days"),
    "limit": Words("`done+30w`、`due`、`due+30w` 或 `due+60d`", "`done+30w`, `due`, `due+30w` or `due+60d`"),
    "week": Words("周", "week"),
    "weeks": Words("周的列表", "list of weeks"),
    "part": Words("`下级台账/编号`", "`INCLUDE/ID`"),
    "parts": Words("`下级台账/编号` 的列表", "list of `INCLUDE/ID`"),
    "query": Words("查询", "query"),
    "named": Words("名称的列表，或键值的列表", "list of names, or of mappings"),
    "deciders": Words("事件: 名称的列表，或键值的列表", "events with lists of names, or of mappings"),
    "table": Words("名称各有一个值", "names with one value each"),
    "tags": Words("名称: 文字，或文字的列表", "names with a text or a list of texts"),
}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar within a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def words(text: Words, between: str = " ") -> str:
    """A text in English, then in Chinese; once where both are the same."""
    return text.en if text.zh == text.en else between.join(filter(None, (text.en, text.zh)))


def choices(field: Field, lang: str) -> str:
    """What a field may hold, in words."""
    told = ", ".join(f"`{name}` {label.zh}" for name, label in field.choices.items())
    kind = KINDS[field.kind].pick(lang)
    if lang == "zh":
        return f"{kind}：{told.replace(', ', '，')}" if told else kind
    return f"{kind}: {told}" if told else kind


def field_table(chosen: Sequence[Field], lang: str) -> str:
    """The fields of one record; a star marks those that are required. The English page bears the Chinese names too."""
    rows = []
    for field in chosen:
        star = " \\*" if field.required else ""
        told = field.help.zh if lang == "zh" else words(field.help, "; ")
        rows.append((f"`{field.name}`{star}", field.label.zh, choices(field, lang), told))
    head = ("字段", "名称", "填什么", "含义") if lang == "zh" else ("field", "中文", "holds", "meaning")
    return table(head, rows)


def event_table(lang: str) -> str:
    """The events of the journal with the columns each needs and may have, and who may say it."""

    def columns(names: Iterable[str]) -> str:
        return ", ".join(f"`{name}`" for name in names) or "–"

    kinds = Words("决定 事实 办理", "a_decision a_fact an_act").pick(lang).split()
    decision, fact, act = (kind.replace("_", " ") for kind in kinds)
    rows = []
    for event in EVENTS.values():
        label = (event.label.zh,) if lang == "zh" else (event.label.zh, event.label.en)
        kind = decision if event.is_decision else fact if event.is_fact else act
        rows.append((f"`{event.name}`", *label, columns(event.required), columns(event.more), kind))
    known = {event.name: event.keys for event in EVENTS.values() if event.keys} | {"step": CLOSING_STEPS}
    lists = [(name, ", ".join(f"`{key}` {label.zh}" for key, label in keys.items())) for name, keys in known.items()]
    said = Words("- `{name}` 的 `key`：{told}\n", "- `key` of `{name}`: {told}\n")
    keys = "".join(said.fill(name=name, told=told).pick(lang) for name, told in lists)
    head = ("event", "中文", "in words", "needs", "may have", "is")
    return table(("事件", "名称", "必填", "可填", "性质") if lang == "zh" else head, rows) + "\n" + keys


def figure_table(lang: str) -> str:
    """The figures of a book, by their paths in JSON and claims, and which items count in each."""
    if lang == "zh":
        rows = [(f"`{figure.key}`", figure.label.zh, figure.meaning.zh) for figure in FIGURES]
        return table(("数", "名称", "计入的事项"), rows)
    both = [(f"`{figure.key}`", figure.label.zh, figure.meaning.en, figure.meaning.zh) for figure in FIGURES]
    return table(("figure", "中文", "counts items that are", "计入的事项"), both)


def help_block(lang: str) -> str:
    """`ledger --help`, and every command with how to call it and the first sentence of its own help."""
    rows = []
    for name in COMMANDS:
        usage, _, told = printed([name, "--help"], lang).partition("\n\n")
        first = " ".join(told.partition("\n\n")[0].split())
        call = " ".join(usage.split()[1:])
        rows.append((f"`{call}`", first))
    head = ("command", "what it does") if lang == "en" else ("命令", "作用")
    return fenced(printed(["--help"], lang)) + "\n" + table(head, rows)


def findings_block(lang: str) -> str:
    """Everything `check` says about `data/`, counted, and line by line but for the empty public fields."""
    counted = fenced(printed(["check", "--statistics"], lang))
    said = printed(["check", "--ignore", "L901"], lang)
    lines = [line for line in said.splitlines() if line.startswith("data/")]
    return counted + "\n" + fenced("\n".join(lines))


def helper_block() -> str:
    """The modules that tests share: what each is for, in the first paragraph of its docstring, and what it offers."""
    rows = []
    for path in sorted((ROOT / "tests").rglob("*.py"), key=lambda path: (len(path.parts), path)):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        defined = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        names = [node.name for node in defined if not node.name.startswith(("_", "pytest_"))]
        if names and not path.name.startswith("test_"):
            said = (ast.get_docstring(tree) or "").partition("\n\n")[0]
            module = path.relative_to(ROOT / "tests").as_posix()
            rows.append((f"[`{module}`]({module})", " ".join(said.split()), ", ".join(f"`{name}`" for name in names)))
    return table(("module", "what it is", "what it offers"), rows)


TABLES = {
    "settings": fields.SETTINGS, "time-node": fields.TIME_NODE, "book": fields.BOOK, "unit": fields.UNIT,
    "week": fields.WEEK, "closing": fields.CLOSING, "warning": fields.WARNING, "baseline": fields.BASELINE,
    "approver": fields.APPROVER, "closing-kind": fields.CLOSING_KIND, "rates": fields.RATES,
    "requests": fields.REQUESTS, "tag": fields.TAG, "include": fields.INCLUDE, "letterhead": fields.LETTERHEAD,
    "item": fields.ITEM, "target": fields.TARGET, "milestone": fields.MILESTONE, "journal": fields.JOURNAL,
    "claims": fields.CLAIMS, "claim": fields.CLAIM, "seal": fields.SEAL, "fact": fields.FACT,
    "waiver": fields.WAIVER, "workdays": fields.WORKDAYS,
}  # fmt: skip


def export_tables(lang: str) -> str:
    """The tables of the export with their columns, in one language."""
    parts = []
    for one in tables():
        rows = [
            (f"`{column.name}`" + (" †" if column.internal else ""), COLUMN_TYPES[column.type].pick(lang),
             column.meaning.pick(lang))
            for column in one.columns
        ]  # fmt: skip
        head = Words("列 类型 含义", "column type meaning").pick(lang).split()
        key = Words("主键", "key").pick(lang) + " " + ", ".join(f"`{name}`" for name in one.key)
        parts.append(f"**`{one.name}`** {one.meaning.pick(lang)} ({key})\n\n" + table(head, rows))
    return "\n".join(parts)


COLUMN_TYPES = {
    "text": Words("文字", "text"), "day": Words("日期", "day"), "whole": Words("整数", "whole number"),
    "number": Words("数", "number"), "flag": Words("0 或 1", "0 or 1"),
}  # fmt: skip

BLOCKS: dict[str, Callable[[str], str]] = {
    "help": help_block, "findings": findings_block, "events": event_table,
    "test-helpers": lambda lang: helper_block(),
    "figures": figure_table,
    "export-tables": export_tables,
}  # fmt: skip
"""What may stand between markers beside the tables of fields, each made for a language."""


def block(name: str, lang: str) -> str:
    """The generated part of that name."""
    return field_table(TABLES[name], lang) if name in TABLES else BLOCKS[name](lang)


def rule_page(page: Page, severity: str) -> str:
    """One rule in both languages, with a bad and a good example."""
    group = GROUPS[page.code // 100]
    return "\n".join((
        f"# {page.label} {page.title.en} · {page.title.zh}\n",
        _NOTE + f"{severity} {SEVERITY[severity]} · group L{page.code // 100}, {group.en} {group.zh}\n",
        f"## What it means · 意思\n\n{page.meaning.en}\n\n{page.meaning.zh}\n",
        "## Bad · 不对\n\n" + fenced(page.bad),
        "## Good · 对\n\n" + fenced(page.good),
        f"## How to mend it · 怎样改正\n\n{page.mend.en}\n\n{page.mend.zh}\n",
        "[All rules · 全部规则](README.md)\n",
    ))  # fmt: skip


def rule_index(known: dict[int, Page], severities: dict[int, str]) -> str:
    """All rules by group."""
    parts = [
        "# The rules of `ledger check` · `ledger check` 的规则\n",
        _NOTE + "`ledger explain CODE` prints the same pages. A code never changes its meaning.\n\n"
        "`ledger explain 编号` 打印同样的内容。编号的含义不会改变。\n",
    ]
    for number, group in GROUPS.items():
        rows = [
            (f"[{page.label}]({page.label}.md)", severities[code], page.title.en, page.title.zh)
            for code, page in sorted(known.items())
            if code // 100 == number
        ]
        if rows:
            head = ("rule", "level", "what it says", "说的是什么")
            parts.append(f"## L{number} {group.en} · {group.zh}\n\n" + table(head, rows))
    return "\n".join(parts)


def generated() -> dict[Path, str | None]:
    """Every file that is generated, wholly or in part, with what it should hold; None if it should not be there."""
    known = pages()
    severities = {rule.code: rule.severity for rule in RULES}
    wanted: dict[Path, str | None] = dict.fromkeys(DOCS.glob("rules/*.md"))
    wanted |= pictures()
    wanted[DOCS / "rules" / "README.md"] = rule_index(known, severities)
    for code, page in known.items():
        wanted[DOCS / "rules" / f"{page.label}.md"] = rule_page(page, severities[code])
    written = [ROOT / "README.md", ROOT / "README.zh.md", ROOT / "tests" / "README.md"]
    written += [*sorted(DOCS.glob("*.md")), *sorted(DOCS.glob("zh/*.md"))]
    with ThreadPoolExecutor() as pool:
        wanted.update(zip(written, pool.map(filled, written), strict=True))
    return wanted


def filled(path: Path) -> str:
    """A hand-written page with what belongs between its markers, and its commands run again."""
    text = path.read_text(encoding="utf-8")
    lang = "zh" if path.stem.endswith(".zh") or path.parent == DOCS / "zh" else "en"
    return replayed(_MARKED.sub(lambda found: found[1] + block(found[2], lang) + found[3], text), lang)


def main(arguments: Sequence[str]) -> int:
    """Writes, or with `--check` compares; 1 if something differed in a check."""
    if list(arguments) not in ([], ["--check"]):
        print("usage: python docs/generate.py [--check]", file=sys.stderr)
        return 2
    checking = bool(arguments)
    differing = 0
    for path, text in sorted(generated().items()):
        if text == (path.read_text(encoding="utf-8") if path.exists() else None):
            continue
        differing += 1
        done = "out of date:" if checking else "removed" if text is None else "wrote"
        print(done, path.relative_to(ROOT).as_posix())
        if not checking:
            save(path, text)
    return int(checking and differing > 0)


def save(path: Path, text: str | None) -> None:
    """Puts the text there, or removes the file if there should be none."""
    if text is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
