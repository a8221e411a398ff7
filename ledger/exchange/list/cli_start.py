"""ledger init: a new ledger, small, made up at full size, the Chongqing one, or out of an office's own list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ledger.cli.language import LANGUAGES, pick, preferred
from ledger.cli.options import Day, today_in
from ledger.cli.refusal import Refusal
from ledger.cli.session import option
from ledger.cli.writing import told_option
from ledger.example.new_folder import usual_history, write_ledger
from ledger.exchange.intake.options import ListOptions, list_options
from ledger.model.words import Words

_EXAMPLES = ("chongqing", "full", "federation")


@click.command(help=pick(Words(
    "新建台账：默认是带注释的小台账；--empty 不带示例事项；--from 文件 由办公室自己的表（xlsx、csv、docx）建成；"
    "--example full 是虚构的全量台账，--example federation 是它分成的一个市和 59 个单位的台账，"
    "--example chongqing 是重庆的真实台账。",
    "Starts a new ledger: a small commented one; --empty without its sample items; --from FILE out of an office's own "
    "sheet or Word plan (xlsx, csv, docx); --example full is made up at full size, --example federation is the same "
    "parted into a city and 59 units with ledgers of their own, --example chongqing is the real Chongqing ledger.",
)))  # fmt: skip
@click.argument("directory", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@option(
    "--from",
    "source",
    metavar="FILE",
    type=click.Path(path_type=Path),
    words=Words("由这份表或方案建台账", "the sheet or Word plan that becomes a ledger"),
)
@option("--empty", is_flag=True, words=Words("不写示例事项", "without sample items"))
@option(
    "--start",
    type=Day(),
    metavar="DATE",
    words=Words(
        "--from：台账起始日，默认最早时限或事实那年的 1 月 1 日",
        "--from: the ledger's first day; default 1 January of its earliest deadline or fact",
    ),
)
@option("--example", type=click.Choice(_EXAMPLES), words=Words("照哪个例子", "which example"))
@option("--items", type=int, words=Words("full：事项总数", "full: how many items"))
@option("--weeks", type=int, words=Words("full：报送周数", "full: how many weeks of reports"))
@option("--seed", type=int, words=Words("full：随机种子", "full: seed"))
@option("--lang", type=click.Choice(LANGUAGES), words=Words("注释的语言", "language of the comments"))
@told_option
@list_options
def command(directory: Path, chosen: ListOptions, source: Path | None, empty: bool, start: date | None,
            example: str | None, items: int | None, weeks: int | None, seed: int | None,
            lang: str | None) -> None:  # fmt: skip
    """Writes the files, all of them or none."""
    own, lang = lang, lang or preferred()
    scale = {name: value for name, value in (("items", items), ("weeks", weeks), ("seed", seed)) if value is not None}
    if scale and example != "full":
        raise Refusal(
            Words(
                "--items、--weeks、--seed 只用于 --example full", "--items, --weeks and --seed go with --example full"
            )
        )
    _refuse_mixed(source, example, empty=empty, own=start is not None or not chosen.is_default, lang=lang)
    if source is not None:
        from ledger.exchange.list.cli_init import init_from  # noqa: PLC0415 - only `--from` needs the import

        init_from(directory, source, chosen, start, lang, own)
        return
    if example == "federation":
        from ledger.example.new_folder import write_federation  # noqa: PLC0415 - only this example has it

        write_federation(directory, lang)
        return
    files = {path: text.encode() for path, text in _files(example, scale, lang, empty=empty).items()}
    # An example is a ledger to look at: what becomes of it is nobody's history.
    write_ledger(directory, files, lang, keep=example is None)


def _refuse_mixed(source: Path | None, example: str | None, *, empty: bool, own: bool, lang: str) -> None:
    """Refuses options that do not go together."""
    if sum((source is not None, example is not None, empty)) > 1:
        words = Words("--from、--example、--empty 只能用一个", "use one of --from, --example and --empty")
        raise Refusal(words, lang=lang)
    if own and source is None:
        hint = Words("用 --from 文件", "name the list with --from FILE")
        raise Refusal(Words("这些选项只用于 --from", "these options go with --from"), hint, lang)


def _files(example: str | None, scale: dict[str, int], lang: str, *, empty: bool) -> dict[str, str]:
    """The texts to write."""
    from ledger.example.new_folder import (  # noqa: PLC0415 - only one of the three is needed
        GIT_ATTRIBUTES,
        START_ZONE,
        start_ledger,
    )

    if example == "chongqing":
        from ledger.example.new_folder import chongqing_ledger  # noqa: PLC0415

        return {".gitattributes": GIT_ATTRIBUTES, **chongqing_ledger()}
    if example == "full":
        from ledger.example.full.text import UnfitSize, full_example  # noqa: PLC0415

        try:
            return {".gitattributes": GIT_ATTRIBUTES, **full_example(**scale)}
        except UnfitSize as unfit:
            raise Refusal(unfit.message, lang=lang) from None
    return start_ledger(today_in(START_ZONE, lang), lang, empty=empty, history=usual_history())
