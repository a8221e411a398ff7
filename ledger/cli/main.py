"""The command `ledger`: a group that loads a command's module only when that command runs."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import click

from ledger import __version__
from ledger.cli.group import LazyGroup
from ledger.cli.language import ask_for, pick, speak, spoken
from ledger.cli.output import LostOutput, let_go, lost_output, obeys_escapes, write_machine_text
from ledger.cli.refusal import Refusal, refusal_json, wants_json, with_format
from ledger.model.words import Refused, Words

COMMANDS = {
    "init": Words("新建台账", "start a new ledger"),
    "status": Words("整改进度统计表", "the progress table"),
    "list": Words("按条件列出事项", "items that match a query"),
    "show": Words("一个事项的全部情况", "one item with its whole history"),
    "check": Words("逐条校验，给出文件:行:列", "what a careful auditor would find"),
    "explain": Words("说明一条规则", "what a rule means"),
    "plan": Words("倒排工期：各步骤最迟的日子", "planned backwards: the latest days of all steps"),
    "due": Words("逾期和即将到期", "what is over and what comes; for CI"),
    "add": Words("新增事项", "add an item to the plan"),
    "set": Words("改事项的字段", "change fields of an item"),
    "edit": Words("在编辑器里改一个事项", "open an item in your editor"),
    "record": Words("记一件事", "append a fact to the journal"),
    "form": Words("给各单位发周报送表", "a form for each unit to report with"),
    "collect": Words("合并收回来的周报送表", "merge the forms that came back"),
    "hand-up": Words("打成上报包交给上一级", "pack the ledger for the level above"),
    "requests": Words("待批的申请", "what waits for a decision"),
    "letter": Words("预警函、提醒函、督办函、销号申请表", "letters of warning, reminder, supervision and closing"),
    "import": Words("从 CSV 或 XLSX 导入事项或流水", "items or facts from CSV or XLSX"),
    "report": Words("各种报表", "reports"),
    "site": Words("公开网页：六公开", "the public site: the six published fields"),
    "forecast": Words("哪些会完不成，以及这样说有多准", "what will be late, and how good such forecasts were"),
    "chart": Words("挂图、曲线、热力图", "wall chart, curve, heat map"),
    "undo": Words("撤回最近一次改动", "take the last change back"),
    "sync": Words("经共享目录或 U 盘与别人同步", "sync with others by a share or a stick"),
    "history": Words("台账的历史：谁在哪天改了什么", "what was changed, by whom, when"),
    "export": Words("导出成 SQLite 或 Parquet", "the ledger as SQLite or Parquet"),
    "diff": Words("两个版本之间按含义的变化", "what changed between revisions, by its meaning"),
    "schema": Words(
        "供编辑器用的、和各种 JSON 输出的 JSON Schema", "JSON Schema for editors, and of every JSON output"
    ),
    "completion": Words("命令行补全脚本", "shell completion"),
}
"""Every command with its one-line help, so that `--help` loads none of them."""

PLACES = {
    "init": "ledger.exchange.list.cli_start",
    "status": "ledger.view.overview.cli_status",
    "list": "ledger.view.cli_list",
    "show": "ledger.view.cli_show",
    "check": "ledger.check.cli",
    "explain": "ledger.check.cli_explain",
    "due": "ledger.view.cli_due",
    "today": "ledger.view.overview.cli_today",
    "plan": "ledger.view.cli_plan",
    "add": "ledger.edit.cli_plan:add_command",
    "set": "ledger.edit.cli_plan:set_command",
    "edit": "ledger.history.cli_edit",
    "record": "ledger.edit.cli_record",
    "form": "ledger.exchange.form.cli_form",
    "collect": "ledger.exchange.form.cli_collect",
    "hand-up": "ledger.federation.cli_hand_up",
    "requests": "ledger.exchange.cli_requests",
    "letter": "ledger.letter.cli",
    "import": "ledger.exchange.intake.cli",
    "report": "ledger.report.cli",
    "site": "ledger.site.cli",
    "forecast": "ledger.forecast.cli",
    "chart": "ledger.chart.cli",
    "undo": "ledger.history.cli_undo",
    "sync": "ledger.history.cli_sync",
    "history": "ledger.history.cli",
    "export": "ledger.export.cli",
    "diff": "ledger.diff",
    "schema": "ledger.cli.schema",
    "completion": "ledger.cli.completion",
}
"""Where the command of each name is; `today` is what `ledger` alone runs, and in no list."""


GROUPS = {
    Words("看", "See"): ("status", "list", "show", "due", "plan", "forecast", "history"),
    Words("写", "Write"): ("record", "add", "set", "edit", "import", "undo", "sync"),
    Words("核", "Check"): ("check", "explain", "diff"),
    Words("报", "Report"): ("report", "form", "collect", "requests", "letter", "chart", "site", "export",
                                   "hand-up"),
    Words("设", "Set up"): ("init", "schema", "completion"),
}  # fmt: skip
"""The commands as the help groups them."""

_HELP = Words(
    "整改台账：方案是 YAML，流水是 CSV，统计表由此算出，从不手填。\n\n\b\n例：\n"
    "  ledger status                                        今天怎么样\n"
    "  ledger record M18 started=46 -u 开州区 -m 3座通水     记一件事\n"
    "  ledger list schedule:overdue --sort due               逾期的，最早的在前",
    "A rectification ledger: the plan is YAML, the journal is CSV, every figure is derived.\n\n\b\nExamples:\n"
    "  ledger status                                        how things stand today\n"
    "  ledger record M18 started=46 -u 开州区 -m '3 done'    write down a fact\n"
    "  ledger list schedule:overdue --sort due              what is overdue, the oldest first",
)
_OPTIONS = {
    **LazyGroup.options,
    "version": Words("显示版本", "Show the version and exit."),
    "directory": Words("台账所在目录", "the ledger's folder"),
    "traceback": Words("内部故障时打印详情", "print details of an internal failure"),
    "no_pager": Words("长的输出也不用分页程序", "put long output on the terminal as it is"),
}
"""What the options of the group itself do, by their parameter."""

_ENVIRONMENT = {
    "LEDGER_DIR": Words("台账所在目录，同 -C", "the ledger's folder, as -C"),
    "LEDGER_UNIT": Words(
        "记载的单位，同 record -u；决定从不用它", "the usual unit of a fact, as record -u; never of a decision"
    ),
    "LEDGER_WRITER": Words("记录人，默认 office", "who writes, else office"),
    "LEDGER_LANG": Words("zh 或 en；不写则按台账，再按系统", "zh or en; else that of the ledger, else of the system"),
    "NO_COLOR": Words("不要颜色", "no colours"),
    "LEDGER_PAGER, PAGER": Words("分页程序，cat 为不用", "the pager; cat for none"),
    "VISUAL, EDITOR": Words("edit 用的编辑器", "the editor of `edit`"),
}


class Commands(LazyGroup):
    """The group of all commands."""

    table = COMMANDS
    places = PLACES

    groups = GROUPS
    options = _OPTIONS

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`ledger help CMD` is `ledger CMD --help`; `ledger help done` tells what that event needs.

        Nothing but `ledger`, on a terminal and inside a ledger, asks what needs attention today, and so does
        `ledger -C DIR`.
        """
        if _names_no_command(args) and not ctx.resilient_parsing and obeys_escapes(sys.stdout):
            args = [*args, "today"] if "-C" in args or _stands_in_ledger() else args
        before, rest = _parted(args)
        if rest and rest[0] in ("help", "帮助") and not ctx.resilient_parsing:
            from ledger.model.entry import EVENTS  # noqa: PLC0415 - only for help
            from ledger.model.entry_key import event_named  # noqa: PLC0415

            event = event_named(rest[1]) if len(rest) > 1 and rest[1] not in self.places else ""
            args = [*before, *(["record", "--help", event] if event in EVENTS else [*rest[1:], "--help"])]
        return super().parse_args(ctx, args)

    def meant(self, name: str, rest: Sequence[str]) -> str:
        """The line for an event typed as a command, and for commands of other programs."""
        from ledger.cli.guess import meant  # noqa: PLC0415 - only where somebody guessed

        if name in ("new", "create", "新增", "添加") and not _stands_in_ledger():
            # What can be new where there is no ledger is a ledger.
            name = "setup"
        return meant(name, rest, self.places)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help in the language that is asked for, which nobody knew when this module was loaded."""
        self.help = pick(_HELP)
        super().format_help(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands in their groups, and behind them the environment variables."""
        super().format_commands(ctx, formatter)
        with formatter.section(pick(Words("环境变量", "Environment"))):
            formatter.write_dl([(name, pick(words)) for name, words in _ENVIRONMENT.items()])


def _names_no_command(args: Sequence[str]) -> bool:
    """Whether there is nothing but what stands before a command."""
    before, rest = _parted(args)
    return not rest and before[-1:] != ["-C"]


def _parted(args: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options of the group itself, and what stands behind them: the command with its own."""
    end = 0
    while end < len(args) and args[end] in ("--no-pager", "--traceback", "-C"):
        end += 2 if args[end] == "-C" else 1
    return list(args[:end]), list(args[end:])


def _stands_in_ledger() -> bool:
    from ledger.cli.options import ledger_root  # noqa: PLC0415 - only for `ledger` alone

    try:
        ledger_root(None, None)
    except click.ClickException:
        return False
    return True


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="ledger", message="%(prog)s %(version)s")
@click.option("-C", "directory", metavar="DIR", type=click.Path(path_type=str))
@click.option("--traceback", is_flag=True)
@click.option("--no-pager", is_flag=True)
@click.pass_context
def main(ctx: click.Context, directory: str | None, traceback: bool, no_pager: bool) -> None:
    """The group itself only keeps what all commands share."""
    ctx.ensure_object(dict)["directory"] = directory


def run() -> None:
    """Runs the command line and exits: 0 fine, 1 findings, 2 could not judge, 130 interrupted."""
    # One command makes tens of thousands of records, throws none away and ends: collecting would walk them in vain.
    gc.disable()
    _leave(_exit_code(sys.argv[1:]))


def _leave(code: int) -> None:
    """Ends the process without taking its records apart first: the system frees them all at once.

    That was a tenth of `check` at every size (`python bench/run.py --only check --size 30k`).
    """
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        # What cannot be written is the interpreter's to tell.
        sys.exit(code)
    os._exit(code)


def _exit_code(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    arguments = with_format(arguments)
    ask_for(arguments)
    shared: dict[str, Any] = {}
    if "_LEDGER_COMPLETE" in os.environ:
        import ledger.cli.completion  # noqa: F401, PLC0415 - bash is told in our own way
    code, failure = _run(arguments, shared)
    with suppress(OSError):
        if failure:
            speak(spoken())
            failure.show()
    if wants_json(arguments) and code in (1, 2) and not shared.get("answered"):
        with suppress(LostOutput):
            write_machine_text(refusal_json(code, failure, shared.get("refused")), None)
    return code


def _run(arguments: list[str], shared: dict[str, Any]) -> tuple[int, click.ClickException | None]:
    """The exit code, and why the command failed if it did; `shared` is what all its parts know of this run."""
    try:
        result: Any = main.main(arguments, prog_name="ledger", standalone_mode=False, obj=shared)
        return result if isinstance(result, int) else 0, None
    except click.exceptions.Exit as exit_:
        return exit_.exit_code, None
    except LostOutput as lost:
        shared["answered"] = True
        return 2, lost
    except click.MissingParameter as missing:
        from ledger.cli.terminal import asked_for  # noqa: PLC0415 - only where something is missing

        try:
            answer = asked_for(missing)
        except click.Abort:
            return 130, None
        return _run([*arguments, *answer], shared) if answer else (2, missing)
    except click.ClickException as error:
        return 2, error
    except (KeyboardInterrupt, click.Abort):
        return 130, None
    except SystemExit:
        # Only a closed pipe makes click exit by itself here. That nobody reads on is no failure.
        let_go()
        return 0, None
    except Refused as refused:
        return 2, Refusal(refused.message, refused.hint)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ELOOP:
            from ledger.storage.refusal import reason  # noqa: PLC0415 - where a path leads nowhere

            return 2, Refusal(Words("{path}：{why}", "{path}: {why}").fill(path=error.filename, why=reason(error)))
        if unsaid := lost_output(error):
            return 2, unsaid
        if "--traceback" in arguments or os.environ.get("LEDGER_TRACEBACK"):
            raise
        words = Words(
            "内部故障：{error}。请用 ledger --traceback … 重新运行并附上输出。",
            "internal failure: {error}. Run it again as ledger --traceback … and report what it prints.",
        )
        return 2, Refusal(words.fill(error=f"{type(error).__name__}: {error}"))
