"""ledger chart: pictures for the wall and the page.

All of them are asked for which items, in what format, on what paper, and where the sheets go.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

import click

from ledger.chart.burnup import burn_up
from ledger.chart.burnup_drawing import burnup_drawing
from ledger.chart.drawing import PAPERS, Drawing, in_language
from ledger.chart.frame import noted
from ledger.chart.gantt import GROUPINGS, gantt
from ledger.chart.gantt_drawing import gantt_drawings
from ledger.chart.heatmap import heat_drawings, heat_map
from ledger.chart.item import item_drawing, item_json
from ledger.chart.svg import svg
from ledger.chart.typeface import PACKAGES, MissingFont, Typeface, font_folders, installed_fonts, lacking, typeface_for
from ledger.chart.units import unit_bars, unit_drawings
from ledger.cli.group import LazyGroup, completion_of
from ledger.cli.language import pick
from ledger.cli.options import QueryCommand
from ledger.cli.query import absent_item, chosen_items
from ledger.cli.refusal import Refusal
from ledger.cli.session import Command, Session, ledger_command, option
from ledger.format.office import MissingExtra
from ledger.model.period import last_closed_week
from ledger.model.setting import INCLUDE
from ledger.model.words import Words
from ledger.report.options import steps
from ledger.state.board import Board
from ledger.text.safe import safe

CHARTS = {
    "gantt": Words("挂图：每个事项从开始到时限", "the wall chart: every item from its start to its deadline"),
    "burnup": Words("曲线：到期多少，完成多少", "the curve: how many are due and how many done"),
    "heatmap": Words("热力图：各单位每周逾期多少、报送多少", "unit by week: what was overdue, who reported"),
    "units": Words("各单位完成、未完成、逾期", "a bar for each unit: done, open, overdue"),
    "item": Words(
        "一个事项：方案、延期、读数、阶段目标、销号步骤", "one item: plan, extensions, readings, milestones, steps"
    ),
}
"""Every chart with its one-line help."""
PLACES = {
    "gantt": "ledger.chart.cli:gantt_command",
    "burnup": "ledger.chart.cli:burnup_command",
    "heatmap": "ledger.chart.cli:heatmap_command",
    "units": "ledger.chart.cli:units_command",
    "item": "ledger.chart.cli:item_command",
}
"""Where the command of each name is."""


class _Charts(LazyGroup):
    """The group of charts."""

    table = CHARTS
    places = PLACES


@click.group(cls=_Charts, help=pick(Words("挂图和曲线：SVG、PNG、PDF。", "Charts as SVG, PNG or PDF.")))
def command() -> None:
    """The group itself does nothing."""


FORMATS = ("svg", "png", "pdf", "json")
_DRAWING = Words("画图", "drawing")
_FONT_SETTING = "LEDGER_FONT"


def format_options(function: Callable[..., int]) -> Callable[..., int]:
    """Adds `--format`, `--png` and `--pdf` to a command, which gets the one that is meant as `form`."""

    @functools.wraps(function)
    def run(session: Session, form: str | None, png: bool, pdf: bool, **own: Any) -> int:  # noqa: ANN401
        return function(session, form=chosen_format(session, form, png, pdf), **own)

    words = Words("格式；json 是图上的数；不写则看 -o 的后缀，再不然是 SVG",
                  "json: the figures that are drawn; by default that of the suffix of -o, else SVG")  # fmt: skip
    made = option("--pdf", is_flag=True, words=Words("写 PDF", "a PDF"))(run)
    made = option("--png", is_flag=True, words=Words("写 PNG 图片", "a PNG"))(made)
    return option("--format", "form", type=click.Choice(FORMATS), words=words)(made)


def paper_option(function: Command) -> Command:
    """Adds `--paper`, None if it was not given."""
    words = Words(
        "横放的纸张，默认 A3；不写时单张的 SVG 和 PNG 只有内容那么高",
        "the sheet, lying, A3 by default; if not given, a single SVG or PNG ends with what it holds",
    )
    return option("--paper", type=click.Choice(list(PAPERS), case_sensitive=False), words=words)(function)


def chosen_format(session: Session, form: str | None, png: bool, pdf: bool) -> str:
    """The format that was asked for, else that of the output file, else `svg`. Raises `Refusal` for a strange file."""
    if png and pdf:
        message = Words("--png 和 --pdf 只能写一个", "--png and --pdf exclude each other")
        raise Refusal(message, Words("要两种就运行两次", "run it twice for both"), session.lang)
    if png or pdf or form:
        named = "png" if png else "pdf" if pdf else str(form)
        if form in (None, named):
            return named
        message = Words("--format {form} 和 --{named} 不一样", "--format {form} and --{named} exclude each other")
        raise Refusal(message.fill(form=form, named=named), lang=session.lang)
    suffix = PurePath(session.output or "").suffix.lower().removeprefix(".")
    if suffix and suffix not in FORMATS:
        message = Words("chart 不写 .{suffix}", "chart writes no .{suffix}").fill(suffix=suffix)
        names = ", ".join(FORMATS)
        raise Refusal(message, Words(f"可用：{names}", f"one of: {names}"), session.lang)
    return suffix or "svg"


@ledger_command(at=False, includes=True, cls=QueryCommand, words=Words(
    "曲线：每本账到期多少、完成多少，对照时间节点和公布数。\n\n\b\n例：ledger chart burnup book:measures -o 曲线.svg",
    "The curve: how many items of each book were due and how many done, beside the time nodes and what was "
    "published.\n\n\b\nExample: ledger chart burnup book:measures -o curve.svg",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=completion_of("query"))
@paper_option
@format_options
def burnup_command(session: Session, query: tuple[str, ...], paper: str | None, form: str) -> int:
    """Writes the curve."""
    board = Board(session.ledger, session.day)
    text = " ".join(query)
    chosen = chosen_items(session, query, board.standings)
    found = burn_up(board, {standing.id for standing in chosen} if text else None, text)
    if form == "json":
        return write_figures(session, "burnup", found.as_json(session.lang))
    return write_sheets(session, [burnup_drawing(found)], form, paper)


@ledger_command(at=False, includes=True, cls=QueryCommand, words=Words(
    "挂图：每个事项从开始到时限，有阶段目标、原时限、读数、截至日和灯。一张纸放不下就分张。\n\n\b\n"
    "例：ledger chart gantt book:measures,problems -o 挂图.pdf\n"
    "    ledger chart gantt light:red,yellow --by node --paper A0 --pdf -o 挂图.pdf",
    "The wall chart: every item from its start to its deadline, with milestones, original deadline, readings, the day "
    "judged on and the light. What does not fit on one sheet goes on to the next.\n\n\b\n"
    "Examples: ledger chart gantt book:measures,problems -o wall.pdf\n"
    "          ledger chart gantt light:red,yellow --by node --paper A0 -o wall.pdf",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=completion_of("query"))
@option("--by", "grouping", type=click.Choice(GROUPINGS), default="lead",
        words=Words("按牵头单位、时间节点还是台账分组", "in groups by lead unit, time node or ledger"))  # fmt: skip
@option("--fold/--unfold", "fold", default=None,
        words=Words("完成而不欠指标的事项合为一行，或逐项画出；不写时一张放不下才合",
                    "put what is done and not short in one row a group, or give each a row; by default only where one "
                    "sheet is not enough"))  # fmt: skip
@paper_option
@format_options
def gantt_command(
    session: Session, query: tuple[str, ...], grouping: str, fold: bool | None, paper: str | None, form: str
) -> int:
    """Writes the wall chart."""
    board = Board(session.ledger, session.day)
    text = " ".join(query)
    found = gantt(board, chosen_items(session, query, board.standings), grouping, text)
    if form == "json":
        return write_figures(session, "gantt", found.as_json(session.lang))
    whole = paper is not None or form == "pdf"
    drawings = gantt_drawings(found, PAPERS[paper or "A3"], whole_sheet=whole, fold=fold)
    return write_sheets(session, drawings, form, paper)


_MOST_WEEKS = 104


@ledger_command(at=False, includes=True, cls=QueryCommand, words=Words(
    "热力图：各单位每周在办事项逾期多少、报了多少，差的在前。到最近截止的一周为止。\n\n\b\n"
    "例：ledger chart heatmap book:actions --weeks 26 -o 热力图.pdf",
    "The heat map: week by week, how much of what each unit had open was overdue, and on what share it reported, the "
    "worst first, up to the last week that has closed.\n\n\b\n"
    "Example: ledger chart heatmap book:actions --weeks 26 -o heat.pdf",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=completion_of("query"))
@option("--weeks", type=click.IntRange(1, _MOST_WEEKS), default=52, metavar="N",
        words=Words("最近多少周，默认 52", "how many weeks; 52 by default"))  # fmt: skip
@paper_option
@format_options
def heatmap_command(session: Session, query: tuple[str, ...], weeks: int, paper: str | None, form: str) -> int:
    """Writes the map."""
    text = " ".join(query)
    chosen = chosen_items(session, query, Board(session.ledger, session.day).standings)
    ids = {standing.id for standing in chosen} if text else None
    last = last_closed_week(session.day, session.ledger.settings.week.closes)
    found = heat_map(session.ledger, session.day, last, weeks, ids, text)
    if form == "json":
        return write_figures(session, "heatmap", found.as_json(session.lang))
    whole = paper is not None or form == "pdf"
    drawings = heat_drawings(found, PAPERS[paper or "A3"], whole_sheet=whole)
    return write_sheets(session, drawings, form, paper)


@ledger_command(at=False, includes=True, cls=QueryCommand, words=Words(
    "各单位一条：完成多少，未完成多少，逾期多少。\n\n\b\n例：ledger chart units book:actions --by district -o 区县.png",
    "A bar for each unit: how many items are done, open, overdue.\n\n\b\n"
    "Example: ledger chart units book:actions --by district -o districts.png",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=completion_of("query"))
@option("--by", "kind", type=click.Choice(["lead", "district", INCLUDE]), default="lead",
        words=Words("按牵头单位、区县还是台账", "by lead unit, by district or by ledger"))  # fmt: skip
@paper_option
@format_options
def units_command(session: Session, query: tuple[str, ...], kind: str, paper: str | None, form: str) -> int:
    """Writes the bars."""
    board = Board(session.ledger, session.day)
    text = " ".join(query)
    found = unit_bars(board, chosen_items(session, query, board.standings), kind, text)
    if form == "json":
        return write_figures(session, "units", found.as_json(session.lang))
    whole = paper is not None or form == "pdf"
    drawings = unit_drawings(found, PAPERS[paper or "A3"], whole_sheet=whole)
    return write_sheets(session, drawings, form, paper)


@ledger_command(at=False, includes=True, words=Words(
    "一个事项一张图：方案和时限、延期、阶段目标、读数对目标、销号步骤。\n\n\b\n例：ledger chart item M18 -o M18.svg",
    "One item as a picture: its plan and deadline, extensions, milestones, readings against the goal, closing steps."
    "\n\n\b\nExample: ledger chart item M18 -o M18.svg",
))  # fmt: skip
@click.argument("id_", metavar="ID", shell_complete=completion_of("id"))
@paper_option
@format_options
def item_command(session: Session, id_: str, paper: str | None, form: str) -> int:
    """Writes the picture of one item."""
    session.require_items()
    board = Board(session.ledger, session.day)
    known = (*board.standings, *board.withdrawn)
    standing = next((own for own in known if own.id.casefold() == id_.casefold()), None)
    if standing is None:
        raise Refusal(*absent_item(session, id_), session.lang)
    if form == "json":
        return write_figures(session, "item", item_json(standing, session.lang))
    return write_sheets(session, [item_drawing(standing)], form, paper)


def write_figures(session: Session, chart: str, drawn: Mapping[str, Any]) -> int:
    """What a chart draws, as JSON (schema `ledger/chart/1`). Gives the exit code."""
    session.write_json({"schema": "ledger/chart/1", "chart": chart, "as_of": session.day.isoformat(), **drawn})
    return session.exit_code()


def write_sheets(session: Session, sheets: Sequence[Drawing], form: str, paper: str | None) -> int:
    """Puts the sheets where they are wanted: a PDF has them all, of SVG and PNG each is a file of its own.

    Several of these become FILE-1.svg, FILE-2.svg, …, each of them whole or not at all. Gives the exit code.
    """
    note = session.ledger.left_out
    drawings = [in_language(noted(sheet, note) if note else sheet, session.lang) for sheet in sheets]
    if form != "pdf" and len(drawings) > 1 and session.output in (None, "-"):
        message = Words("要 {n} 张，标准输出只容一张", "{n} sheets, and standard output holds one").fill(
            n=len(drawings)
        )
        hint = Words("用 -o FILE.{form} 写成多个文件，用 --pdf 写成一个，或缩小筛选",
                     "-o FILE.{form} writes several files, --pdf one; or narrow the query")  # fmt: skip
        raise Refusal(message, hint.fill(form=form), session.lang)
    with steps(session) as say:
        say(_DRAWING)
        files = _files(session, drawings, form, paper)
    names = _names(session.output, len(files))
    for name, data in zip(names, files, strict=True):
        session._replace(output=name).write_bytes(data)
    if len(names) > 1:
        words = Words("写了 {n} 张：{first} … {last}", "wrote {n} sheets: {first} … {last}")
        click.echo(words.fill(n=len(names), first=names[0], last=names[-1]).pick(session.lang), err=True)
    if form != "pdf" and session.output not in (None, "-"):
        _say_stale(session, Path(str(session.output)), {Path(str(name)).name for name in names})
    return session.exit_code()


def _say_stale(session: Session, output: Path, written: set[str]) -> None:
    """Names the sheets of an earlier chart that have this name: who prints all of them would hang up old ones."""
    sheet = re.compile(rf"{re.escape(output.stem)}(?:-([1-9]\d*))?{re.escape(output.suffix)}")
    names = [path.name for path in output.parent.iterdir()]
    found = [(int(match[1] or 0), name) for name in names if (match := sheet.fullmatch(name))]
    stale = [name for _, name in sorted(found) if name not in written]
    if stale:
        words = Words("不是这张图的旧文件还在：{names}", "left from before, no sheets of this chart: {names}")
        told = f"{stale[0]} … {stale[-1]}" if len(stale) > 2 else " ".join(stale)
        click.echo("ledger: " + safe(words.fill(names=told).pick(session.lang)), err=True)


def _names(output: str | None, number: int) -> list[str | None]:
    if number == 1 or output is None:
        return [output] * number
    path = Path(output)
    return [str(path.with_name(f"{path.stem}-{n}{path.suffix}")) for n in range(1, number + 1)]


def _files(session: Session, drawings: Sequence[Drawing[str]], form: str, paper: str | None) -> list[bytes]:
    """The content of every file. Raises `Refusal` where a library or a font is missing."""
    if form == "svg":
        return [svg(drawing).encode() for drawing in drawings]
    try:
        face = typeface_for(drawings, _fonts(session), PACKAGES)
        if form == "pdf":
            from ledger.chart.pdf import pdf_pages  # noqa: PLC0415 - one of several formats

            files = [pdf_pages(drawings, PAPERS[paper or "A3"], face, session.lang)]
        else:
            files = _pngs(session, drawings, face)
    except MissingExtra as error:
        raise Refusal(error.message, error.hint, session.lang) from None
    except MissingFont as error:
        raise _no_font(session, error) from None
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] in ("fpdf", "resvg_py"):
            extra = MissingExtra("chart")
            raise Refusal(extra.message, extra.hint, session.lang) from None
        raise
    _say_lacking(session, drawings, face)
    return files


def _pngs(session: Session, drawings: Sequence[Drawing[str]], face: Typeface) -> list[bytes]:
    from ledger.chart.svg import UnusableFont, png  # noqa: PLC0415 - one of several formats

    try:
        return [png(drawing, face) for drawing in drawings]
    except UnusableFont:
        message = Words("PNG 用不了字体 {path}", "a PNG cannot be set in the font {path}").fill(path=face.path)
        hint = Words("用 --pdf，或用 {name} 指定另一个字体文件", "use --pdf, or name another font file in {name}")
        raise Refusal(message, hint.fill(name=_FONT_SETTING), session.lang) from None


def _fonts(session: Session) -> list[Path]:
    """The font files to choose from. Raises `Refusal` if the one that was asked for is not there."""
    own = os.environ.get(_FONT_SETTING)
    if not own:
        return installed_fonts(font_folders())
    if not Path(own).is_file():
        message = Words("没有 {name} 指定的字体文件：{path}", "there is no font file {path}, which {name} names")
        raise Refusal(message.fill(name=_FONT_SETTING, path=own), MissingFont(PACKAGES).hint, session.lang)
    return [Path(own)]


def _no_font(session: Session, missing: MissingFont) -> Refusal:
    """What is wrong: the font that was asked for, or that this machine has none."""
    own = os.environ.get(_FONT_SETTING)
    if not own:
        return Refusal(missing.message, missing.hint, session.lang)
    words = Words("{name} 指定的 {path} 不是字体文件，或缺少图里的中文字",
                  "{path}, which {name} names, is no font file or lacks Chinese signs of this chart")  # fmt: skip
    return Refusal(words.fill(name=_FONT_SETTING, path=own), missing.hint, session.lang)


def _say_lacking(session: Session, drawings: Sequence[Drawing[str]], face: Typeface) -> None:
    """Names the signs that could not be set."""
    signs = lacking(drawings, face)
    if signs:
        shown = " ".join(f"{sign} U+{ord(sign):04X}" for sign in signs[:8]) + (" …" if len(signs) > 8 else "")
        words = Words("字体 {font} 没有这些字，图上用 ? 代替：{signs}",
                      "the font {font} lacks these signs, drawn as ?: {signs}")  # fmt: skip
        click.echo("ledger: " + words.fill(font=face.family, signs=shown).pick(session.lang), err=True)
