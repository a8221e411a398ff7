"""ledger record: a fact is appended to the journal; nothing that stands there is ever touched.

What an event needs is the help of `record --help EVENT`, and what is asked for on a terminal.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from ledger.cli.group import completion_of
from ledger.cli.language import pick, preferred
from ledger.cli.options import Day, today_in
from ledger.cli.query import with_piped
from ledger.cli.refusal import Refusal
from ledger.cli.session import option
from ledger.cli.terminal import ask, can_ask, whole_name
from ledger.edit.journal import Row, appended, is_writer
from ledger.edit.record import Recorded, fact_words, ledger_for, recorded
from ledger.edit.session import Editing, edit_command, strict_option
from ledger.edit.short_form import facts_of, figure, parted
from ledger.edit.typed import Spoken, amended_field
from ledger.format.phrase import listed
from ledger.model.entry import EVENTS, Event
from ledger.model.entry_key import EVENT_NAMES, event_named, key_named, keys_of
from ledger.model.field import JOURNAL
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.setting import Settings
from ledger.model.words import ENUMERATED, NO_WORDS, Words
from ledger.storage.evidence import NotInside, evidence
from ledger.storage.files import Files
from ledger.storage.refusal import CannotChange, reason, remedy

CELLS = (
    "key", "value", "by", "until", "doc", "text", "note", "source", "person", "part", "of", "exempt", "firm", "approx",
)  # fmt: skip
"""The columns that a user fills, each by the option of its name."""

SHORT: Mapping[str, tuple[str, ...]] = {"by": ("-u", "--unit"), "text": ("-m",)}
"""Their short options."""

_HELP = {field.name: field.help for field in JOURNAL}


def _cells(own: Mapping[str, Any]) -> dict[str, str]:
    """The cells that the options fill."""
    cells = {name: own[name].strip() for name in CELLS if own[name]}
    return {**cells, **({"date": own["date"].isoformat()} if own["date"] else {})}


def _read(files: Files, own: Mapping[str, Any]) -> Ledger:
    # A slip in the name of the event is told before anything is read.
    line = parted(own["words"], whole_name)
    cells = {**_cells(own), "event": line.event}
    if line.merged_into:
        cells |= {"event": "withdraw", "key": line.merged_into}
    return ledger_for(files, line.ids, cells, lambda zone: today_in(zone, ""))


def _with_piped(ctx: click.Context, param: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with the ids that come in on standard input in the place of `-`."""
    return words if ctx.resilient_parsing else with_piped(words, "")


_COMPLETERS = {"by": completion_of("unit"), "key": completion_of("key")}


def _cell_options(function: Any) -> Any:  # noqa: ANN401 - as in click
    """An option for each column that a user fills."""
    for name in reversed(CELLS):
        function = option(*SHORT.get(name, ()), f"--{name}", name, metavar=name.upper(), words=_HELP[name],
                          shell_complete=_COMPLETERS.get(name))(function)  # fmt: skip
    return function


class _RecordCommand(click.Command):
    """A command whose `--help EVENT` tells what that event needs, and which asks for what is missing on a terminal."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Shows the help of an event, or asks for event and item where nothing is named."""
        if any(one in ctx.help_option_names for one in args):
            words = [event_named(whole_name(word, EVENT_NAMES)) for word in args if not word.startswith("-")]
            named = [word for word in words if word in EVENTS]
            if named and not ctx.resilient_parsing:
                click.echo("\n\n".join(event_help(EVENTS[event]) for event in named))
                ctx.exit()
        return super().parse_args(ctx, args)


@edit_command(read=_read, cls=_RecordCommand, told=True, words=Words(
    "记一件事：在流水 journal/年/记录人.csv 末尾加一行，已有的行从不改动。\n\n\b\n"
    "例：ledger record M18 started=46 -u 开州区 -m 3座通水\n"
    "    ledger record M18 started=46 progress=80% done\n"
    "    ledger record M18 46                            # 只有一个指标时\n"
    "    ledger list -q lead:市城管委 is:open | ledger record done -\n"
    "    ledger record done M1 M2 -d 2018-12-20 --file evidence/M1.pdf\n"
    "    ledger record reading M18 --key started --value 46 --by 开州区\n"
    "    ledger record extend M18 --until 2019-06-30 --by 市整改领导小组 \\\n"
    "                  --doc 渝整改〔2018〕12号 --note 汛期停工\n"
    "    ledger record void M18 --key 2018-12-20/done --by 市整改办 --note 误记\n\n"
    "事件：" + " ".join(f"{name}({event.label.zh})" for name, event in EVENTS.items())
    + "\n\n每种事件要写什么：ledger record --help extend",
    "Records a fact: one line at the end of journal/YEAR/WRITER.csv; no line that stands there is touched.\n\n\b\n"
    "Examples: ledger record M18 started=46 -u 开州区 -m '3 on stream'\n"
    "          ledger record M18 started=46 progress=80% done\n"
    "          ledger record M18 46                      # where it has one target\n"
    "          ledger list -q lead:市城管委 is:open | ledger record done -\n"
    "          ledger record done M1 M2 -d 2018-12-20 --file evidence/M1.pdf\n"
    "          ledger record reading M18 --key started --value 46 --by 开州区\n"
    "          ledger record extend M18 --until 2019-06-30 --by 'leading group' \\\n"
    "                        --doc 'no. 12 of 2018' --note floods\n"
    "          ledger record void M18 --key 2018-12-20/done --by office --note 'wrong item'\n\n"
    "Events: " + " ".join(EVENTS) + "\n\nWhat each of them needs: ledger record --help extend",
))  # fmt: skip
@click.argument("words", metavar="EVENT ID… | ID FACT…", nargs=-1, required=True, shell_complete=completion_of("fact"),
                callback=_with_piped)  # fmt: skip
@option("-d", "--date", type=Day(), metavar="DATE",
        words=Words("事实成立之日，默认今天", "the day it holds; default today"))  # fmt: skip
@_cell_options
@option(
    "--file",
    "--evidence",
    "proof",
    metavar="PATH",
    type=click.Path(path_type=Path),
    words=Words("佐证材料，须在台账目录内；记下其哈希", "evidence inside the ledger's folder; its hash is kept"),
)
@option("--writer", metavar="NAME", words=Words("记录人，默认 $LEDGER_WRITER 或 office",
                                                "who writes; default $LEDGER_WRITER, else office"))  # fmt: skip
@strict_option
def command(editing: Editing, words: tuple[str, ...], proof: Path | None, writer: str | None,
            strict: bool, **own: Any) -> int:  # fmt: skip  # noqa: ANN401
    """Appends the lines."""
    editing = editing._replace(strict=strict, author=writer or "")
    cells = _cells(own)
    cells.setdefault("date", editing.session.today().isoformat())
    if proof is not None:
        cells |= _evidence(editing, proof)
    ledger, today, line = editing.session.ledger, editing.session.today(), parted(words, whole_name)
    made = []
    for fact in facts_of(ledger, line, whole_name):
        own_cells = {**_usual_unit(fact.event), **cells, **fact.cells, "event": fact.event}
        item = ledger.item(fact.ids[0]) if fact.ids else None
        own_cells = _whole_cells(_with_figures(own_cells), item, ledger)
        own_cells = completed(own_cells, item, ledger.settings, editing.lang, editing.spoken)
        field = amended_field(own_cells.get("key", ""), item, ledger) if fact.event == "amend" else None
        made.append(recorded(ledger, fact.event, fact.ids, editing.spoken.cells(own_cells, field), today))
    rows = [row for one in made for row in one.rows]
    changes = appended(editing.files, ledger.settings.journal, rows, writer_name(writer))
    following = f"show {(rows or [{'item': line.ids[0]}])[0]['item']}" if line.ids else "report submissions"
    return editing.carry_out(changes, _said(made), following, rows=rows)


def _with_figures(cells: dict[str, str]) -> dict[str, str]:
    """The cells with numbers as the journal holds them, whether they came as words or as options."""
    numbers = {"part", "of", "exempt"} | ({"value"} if EVENTS[cells["event"]].value in ("number", "percent") else set())
    return {name: figure(text) if name in numbers else text for name, text in cells.items()}


def _whole_cells(cells: dict[str, str], item: Item | None, ledger: Ledger) -> dict[str, str]:
    """The cells with the key and the unit whose beginnings were typed on a terminal. Raises `BadValue`."""
    keys = keys_of(EVENTS[cells["event"]], item, ledger.settings)
    units = dict.fromkeys(ledger.settings.present_names, NO_WORDS)
    names = {"key": keys, "by": units | dict.fromkeys(ledger.settings.decider_names, NO_WORDS) if units else {}}
    whole = {name: whole_name(cells[name], known) for name, known in names.items() if known and cells.get(name)}
    return {**cells, **whole}


def _usual_unit(event: str) -> dict[str, str]:
    """Who says it where `--by` is not given: `$LEDGER_UNIT`. A decision is never taken in a usual name."""
    unit = os.environ.get("LEDGER_UNIT", "").strip()
    return {"by": unit} if unit and not EVENTS[event].is_decision else {}


def writer_name(given: str | None) -> str:
    """The writer whose journal file grows: the option, else `$LEDGER_WRITER`, else `office`. Raises `Refusal`."""
    name = unicodedata.normalize("NFC", given or os.environ.get("LEDGER_WRITER") or "office")
    if not is_writer(name):
        raise Refusal(
            Words("记录人不能叫 {name}", "{name} cannot be a writer").fill(name=name),
            Words("只用汉字、字母、数字、- 和 _，如 万州区 或 wanzhou-hb（--writer 或 $LEDGER_WRITER）",
                  "use letters of any script, digits, - and _, such as wanzhou (--writer or $LEDGER_WRITER)"),
        )  # fmt: skip
    return name


def _evidence(editing: Editing, path: Path) -> dict[str, str]:
    """The cells that name the evidence."""
    try:
        proof = evidence(editing.session.root, path)
    except NotInside:
        message = Words("佐证材料 {path} 不在台账目录里", "the evidence {path} is not in the ledger's folder")
        raise CannotChange(
            message.fill(path=path),
            Words("先复制到 {root}/evidence 下", "copy it to {root}/evidence first").fill(root=editing.session.root),
        ) from None
    except OSError as error:
        message = Words("读不了佐证材料 {path}：{why}", "cannot read the evidence {path}: {why}")
        raise CannotChange(message.fill(path=path, why=reason(error)), remedy(error)) from None
    return {"file": proof.path, "sha256": proof.sha256}


def _said(made: Sequence[Recorded]) -> Words:
    """What was recorded, and what stood there already."""
    parts = []
    for facts in made:
        if facts.rows:
            row: Row = facts.rows[0]
            ids = listed([row["item"] or row["by"] for row in facts.rows])
            words = Words("已记 {day} {ids} {fact}", "recorded {ids} {fact} on {day}")
            parts.append(words.fill(day=row["date"], ids=ids, fact=fact_words(row)))
        if facts.known:
            at = listed([f"{entry.item} {entry.path}:{entry.line}" for entry in facts.known])
            words = Words("早已记过，没有再写：{at}", "stands there already, not written again: {at}")
            parts.append(words.fill(at=at))
    return Words("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


_FIELDS = {field.name: field for field in JOURNAL}
_SAMPLES = {"until": "2019-06-30", "key": "KEY", "value": "46"}


def event_help(event: Event) -> str:
    """What an event is, a line to copy, which options it needs, and which it may have."""
    required = [name for name in event.required if name in CELLS]
    more = [name for name in CELLS if name in event.columns and name not in required]
    sample = "".join(f" --{name} {_SAMPLES.get(name, '…')}" for name in required)
    example = f"ledger record {event.name}{'' if event.name == 'return' else ' ID…'}{sample}"
    head = pick(Words("{name}（{zh}）", "{name} ({en})").fill(name=event.name, zh=event.label.zh, en=event.label.en))
    parts = [f"{head}\n\n  {example}"]
    if required:
        parts.append(_listing(Words("必填：", "Needed:"), required, event))
    if event.is_decision:
        parts.append(pick(_DECISION))
    return "\n\n".join([*parts, _listing(Words("还可以写：", "It may have:"), more, event)])


_DECISION = Words(
    "这是决定：--by 写决定的单位（approvers 或 decides），$LEDGER_UNIT 不代填。",
    "A decision: --by names who decides (approvers or decides); $LEDGER_UNIT never stands for it.",
)


def _listing(heading: Words, names: Sequence[str], event: Event) -> str:
    lines = [pick(heading)]
    for name in names:
        words = pick(_FIELDS[name].help)
        if name == "key" and event.keys:
            words = pick(ENUMERATED).join(
                " ".join(dict.fromkeys((key, label.pick(preferred())))) for key, label in event.keys.items()
            )
        own = [one for one in SHORT.get(name, ()) if not one.startswith("--")]
        lines.append(f"  {', '.join((*own, f'--{name}')):<16} {words}")
    return "\n".join(lines)


def completed(
    cells: Mapping[str, str], item: Item | None, settings: Settings, lang: str, spoken: Spoken
) -> dict[str, str]:  # fmt: skip
    """The cells with what the event still needs, asked for one by one on a terminal.

    Without a terminal they stay as they are, and what is missing is refused.
    """
    event, made = EVENTS[cells["event"]], dict(cells)
    if not can_ask():
        return made
    for name in event.required:
        keys = keys_of(event, item, settings) if name == "key" else {}
        is_clear = name == "key" and event.key in ("target", "milestone") and len(keys) == 1
        if made.get(name) or is_clear or name not in CELLS:
            continue
        deciders = dict.fromkeys(settings.approver_names, NO_WORDS) if event.is_decision and name == "by" else {}
        words = Words("{event} 的 {name}（{label}）", "{event}: {name} ({label})")
        question = words.fill(event=event.label, name=name, label=_FIELDS[name].label)

        def read(text: str, name: str = name) -> str:
            if name == "key":
                return key_named(text, event, item, settings)
            return spoken.day(text, ahead=True) if name == "until" else text

        made[name] = ask(question, keys or deciders, lang, read)
    return made
