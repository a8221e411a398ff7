"""What an event needs: the help of `record --help EVENT`, and what is asked for on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.cli.language import pick, preferred
from ledger.cli.terminal.asking import ask, can_ask
from ledger.edit.spoken import Spoken
from ledger.model.entry import EVENTS, Event
from ledger.model.entry_key import key_named, keys_of
from ledger.model.field import JOURNAL
from ledger.model.item import Item
from ledger.model.setting import Settings
from ledger.model.words import ENUMERATED, NO_WORDS, Words

CELLS = (
    "key", "value", "by", "until", "doc", "text", "note", "source", "person", "part", "of", "exempt", "firm", "approx",
)  # fmt: skip
"""The columns that a user fills, each by the option of its name."""

SHORT: Mapping[str, tuple[str, ...]] = {"by": ("-u", "--unit"), "text": ("-m",)}
"""Their short options."""

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
