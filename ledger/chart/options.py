"""What all charts share: which items, in what format, on what paper, and where the sheets go."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

import click

from ledger.chart.drawing import PAPERS, Drawing, in_language
from ledger.chart.frame import noted
from ledger.chart.svg import svg
from ledger.chart.typeface import PACKAGES, MissingFont, Typeface, font_folders, installed_fonts, lacking, typeface_for
from ledger.cli.refusal import Refusal
from ledger.cli.session import Command, Session, option
from ledger.format.extra import MissingExtra
from ledger.model.words import Words
from ledger.report.options import steps
from ledger.text.safe import safe

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
    from ledger.chart.png import UnusableFont, png  # noqa: PLC0415 - one of several formats

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
