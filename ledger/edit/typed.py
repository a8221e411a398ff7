"""What people type, as the files hold it: `FIELD=VALUE`, names of units, and days such as 下月底 or 2018年12月31日.

A name of a unit that differs from a known one in its composition only is that name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from unicodedata import normalize

from ledger.edit.journal import Row
from ledger.model.day import yearless_day
from ledger.model.entry import EVENTS
from ledger.model.entry_key import Whole, as_typed, field_named
from ledger.model.field import DUE_WORDS, ELEMENT, LISTS, MILESTONE, TARGET, Field
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.period import week_spoken
from ledger.model.record import NamedTuple
from ledger.model.spoken_day import spoken_day
from ledger.model.value import BadValue, day, joined, parted, read_value, refuse_odd_control
from ledger.model.words import NO_WORDS, Words, did_you_mean
from ledger.storage.decode import UNFIT_NAME, by_name, unknown_field, unknown_tag
from ledger.storage.plan import item_fields
from ledger.storage.refusal import CannotChange
from ledger.text.pattern import regex
from ledger.text.safe import spaced, typed

Keys = tuple[str, ...]

RECORDS: Mapping[str, Mapping[str, Field]] = {"targets": by_name(TARGET), "milestones": by_name(MILESTONE)}
"""The fields of the named records that an item holds."""

TONGUES = ("zh", "en")

_ASSIGNMENT = regex(r"([^=]*?)\s*([+-]?)=(.*)", re.DOTALL)
# Words people use beside the names and labels of the field table.
_SYNONYMS = {
    "owner": "lead", "unit": "lead", "牵头": "lead", "牵头部门": "lead", "负责单位": "lead", "责任": "responsible",
    "责任部门": "responsible", "时限": "due", "完成时限": "due", "整改期限": "due", "date": "due", "name": "title",
    "任务": "title", "整改任务": "title", "标题": "title", "名称": "title",
    "note": "remark", "target": "targets", "milestone": "milestones",
    "目标": "goal", "措施": "steps", "parent": "under",
}  # fmt: skip
_DERIVED = frozenset({
    "state", "status", "schedule", "light", "progress", "done", "short", "reading", "started", "closed",
    "状态", "进度", "进展", "读数", "完成情况",
})  # fmt: skip


class Assignment(NamedTuple):
    """One field of an item with its new value: `keys` lead to it, `text` is the value as typed, empty to remove it.

    `sign` is `=`, or for a list `+=` and `-=`. `field` is None where `keys` name a whole target or milestone.
    """

    keys: Keys
    field: Field | None
    text: str
    sign: str = "="

    @property
    def name(self) -> str:
        """The path as people write it, such as `targets.started.goal`."""
        return ".".join(self.keys)

    @property
    def tongue(self) -> str:
        """The one language of a text that is meant, else empty."""
        return self.keys[-1] if self.field and self.keys[-1] != self.field.name else ""

    @property
    def is_list(self) -> bool:
        """Whether the field holds a list."""
        return self.field is not None and self.field.kind in LISTS

    @property
    def parts(self) -> list[str]:
        """The elements of a list as typed, joined by `;`."""
        return parted(self.text)

    @property
    def value(self) -> Any:  # noqa: ANN401 - the type depends on the field
        """The value for the model. Raises `BadValue`."""
        assert self.field is not None
        if self.is_list:
            element = self.field._replace(kind=ELEMENT[self.field.kind])
            return tuple(read_value(part, element) for part in self.parts)
        return read_value(self.text, self.field)


def amended_field(path: str, item: Item | None, ledger: Ledger) -> Field | None:
    """The field that an amendment is about, by its path; None where the path names none."""
    fields = item_fields(ledger.settings)
    try:
        return field_at(field_named(path, item, {one.name: one.label for one in fields.values()}), fields)[1]
    except CannotChange:
        return None


def assignments(
    arguments: Iterable[str], fields: Mapping[str, Field], item: Item | None = None, spoken: Spoken | None = None
) -> list[Assignment]:
    """The assignments that the arguments make, with `fields` as those of an item of this ledger.

    `spoken` reads days and words of lists as people type them. A field goes by its name or its label, a target or
    milestone of `item` by its key or its name, as far as `spoken` allows by its beginning. Raises `CannotChange`
    with what was probably meant: for an argument without a sign, an unknown field, one that was named twice, and a
    value the field cannot hold.
    """
    arguments = list(arguments)
    made = [_assignment(argument, following, fields, item, spoken) for argument, following in
            zip(arguments, [*arguments[1:], ""], strict=False)]  # fmt: skip
    for number, one in enumerate(made):
        if one.sign == "=" and any(one.keys == other.keys for other in made[:number]):
            raise CannotChange(Words("{name} 写了两次", "{name} is given twice").fill(name=one.name))
    return made


def _assignment(
    argument: str, following: str, fields: Mapping[str, Field], item: Item | None, spoken: Spoken | None
) -> Assignment:  # fmt: skip
    match = _ASSIGNMENT.fullmatch(argument)
    if match is None or not match[1].strip():
        hint = Words("写成 字段=值，如 due=2018-12-31", "write FIELD=VALUE, such as due=2018-12-31")
        name, sign, value = argument.replace("：", ":").partition(":")
        value = value if sign else following
        if value and "=" not in value and field_named(name, item).partition(".")[0] in fields:
            hint = Words("写 {line}", "write {line}").fill(line=typed(f"{name}={value}"))
        if "＝" in argument:
            hint = Words("等号要用半角的 =", "use the half-width =")
        raise CannotChange(Words("看不懂 {text}", "{text} is no FIELD=VALUE").fill(text=argument), hint)
    whole = spoken.whole if spoken is not None else as_typed
    name = field_named(match[1].strip(), item, {field.name: field.label for field in fields.values()}, whole)
    sign, text = match[2] + "=", match[3]
    made = Assignment(*field_at(name, fields), spaced(text).strip(), sign)
    if text and not made.text:
        hint = Words("要删去这个字段，写 {name}=", "to remove the field write {name}=")
        raise CannotChange(Words("{name} 只有空白", "{name} is only blanks").fill(name=name), hint.fill(name=name))
    if spoken is not None and made.field is not None and made.text and made.text.strip():
        made = made._replace(text=_in_full(made, made.field, spoken))
    _check_value(made)
    return made


def _in_full(made: Assignment, field: Field, spoken: Spoken) -> str:
    """The value with days and words of a list as the files write them. Raises `CannotChange`."""
    try:
        return spoken.value(made.text, field)
    except BadValue as bad:
        message = Words("{name}：{message}", "{name}: {message}").fill(name=made.name, message=bad.message)
        raise CannotChange(message, bad.hint) from None


def field_at(name: str, fields: Mapping[str, Field]) -> tuple[Keys, Field | None]:
    """The keys and the field that a path such as `targets.started.goal` or `title.en` names; `CannotChange` if none.

    The field is None for a whole target or milestone.
    """
    keys = tuple(name.split("."))
    head, *rest = keys
    if head not in fields:
        raise CannotChange(*_unknown(head, fields))
    if head == "tags":
        return _tag_at(name.partition(".")[2], fields[head])
    if head not in RECORDS:
        return keys, _leaf(name, fields[head], rest)
    if not rest or not rest[0] or "/" in rest[0]:
        if rest:
            raise CannotChange(*UNFIT_NAME)
        hint = Words("写明哪一个，如 {name}.plans.due=…", "say which one, such as {name}.plans.due=…").fill(name=head)
        raise CannotChange(Words("{name} 是一组", "{name} is a group").fill(name=head), hint)
    if len(rest) == 1:
        return keys, None
    known = RECORDS[head]
    if rest[1] not in known:
        message, hint = _unknown(rest[1], known)
        raise CannotChange(Words("{name}：{message}", "{name}: {message}").fill(name=name, message=message), hint)
    return keys, _leaf(name, known[rest[1]], rest[2:])


def _tag_at(name: str, tags: Field) -> tuple[Keys, Field]:
    """The keys and the field of a tag, named as it is declared or by its label."""
    found = name if name in tags.choices else next((own for own, label in tags.choices.items() if name in label), "")
    if not name:
        hint = Words("写明哪一个，如 tags.{name}=…", "say which one, such as tags.{name}=…")
        known = next(iter(tags.choices), "类别")
        raise CannotChange(Words("tags 是一组", "tags is a group"), hint.fill(name=known))
    if not found:
        raise CannotChange(*unknown_tag(name, tags.choices))
    return ("tags", found), Field(found, "texts", tags.choices[found])


def _leaf(name: str, field: Field, tongue: list[str]) -> Field:
    """The field, if what stands behind its name is nothing or a language of a text."""
    if tongue and not (field.kind == "words" and len(tongue) == 1 and tongue[0] in TONGUES):
        hint = Words("后面只能跟 zh 或 en", "only zh or en may follow") if field.kind == "words" else NO_WORDS
        raise CannotChange(Words("没有 {name} 这个字段", "there is no field {name}").fill(name=name), hint)
    return field


def _unknown(name: str, known: Mapping[str, Field]) -> tuple[Words, Words]:
    """What to say about a field that does not exist: other words for a field, and labels of several, are known too."""
    message, hint = unknown_field(name, known)
    folded = name.casefold()
    meant = [field.name for field in known.values() if folded in map(str.casefold, field.label)]
    meant = meant or [field for field in [_SYNONYMS.get(folded, "")] if field in known]
    if meant:
        near = Words("、".join(meant), " or ".join(meant))
        return message, did_you_mean(near)
    if folded in _DERIVED:
        hint = Words("状态、进度和读数由流水算出：用 ledger record", "it follows from the journal: use ledger record")
    return message, hint


def _check_value(made: Assignment) -> None:
    """Raises `CannotChange` where the field cannot hold the value, or the sign does not suit it."""
    if made.sign != "=" and not made.is_list:
        message = Words("{name} 不是列表，不能用 {sign}", "{name} is no list: {sign} has no meaning")
        raise CannotChange(message.fill(name=made.name, sign=made.sign), Words("写 {name}=值", "write {name}=VALUE")
                           .fill(name=made.name))  # fmt: skip
    if made.is_list and not made.parts and (made.text or made.sign != "="):
        raise CannotChange(Words("{name}{sign} 后面没有值", "nothing stands behind {name}{sign}")
                           .fill(name=made.name, sign=made.sign))  # fmt: skip
    if made.field is None:
        if made.text:
            names = " ".join(f"{made.name}.{name}" for name in RECORDS[made.keys[0]])
            message = Words("{name} 是一组", "{name} is a group").fill(name=made.name)
            raise CannotChange(message, Words("可写：{names}", "write one of: {names}").fill(names=names))
        return
    try:
        # Half a character comes from a terminal with another encoding; no file could hold it.
        made.text.encode()
        refuse_odd_control(made.text)
        if made.text:
            _ = made.value
    except UnicodeEncodeError:
        message = Words("{name} 里有残缺的字符", "{name} holds a broken character").fill(name=made.name)
        raise CannotChange(message, Words("检查终端的编码", "check the encoding of the terminal")) from None
    except BadValue as bad:
        message = Words("{name}：{message}", "{name}: {message}").fill(name=made.name, message=bad.message)
        named = made.field.kind == "choice" and made.name == made.field.name
        raise CannotChange(bad.message if named else message, bad.hint) from None


_UNIT_KINDS = ("unit", "units")
_UNIT_FIELDS = ("lead", "responsible", "cooperating")


def unit_named(name: str, ledger: Ledger) -> str:
    """The name as the ledger writes it, where only composed and decomposed characters (NFC, NFD) differ.

    A name the ledger does not know is composed: two keyboards must not make two units.
    """
    if name.isascii():
        return name
    composed = meant = normalize("NFC", name)
    for known in _known(ledger):
        if known == name:
            return name
        if known != composed and normalize("NFC", known) == composed:
            meant = known
    return meant


def row_with_units(row: Row, ledger: Ledger) -> dict[str, str]:
    """The row of a journal with `by`, and the units that an amendment names, as the ledger writes them."""
    named = {"by": unit_named(row["by"], ledger)} if row.get("by") else {}
    if row["event"] == "amend" and row.get("key") in _UNIT_FIELDS:
        named["value"] = _units_named(row.get("value", ""), ledger)
    return {**row, **named}


def assignments_with_units(edits: Sequence[Assignment], ledger: Ledger, whole: Whole = as_typed) -> list[Assignment]:
    """The assignments with the units that they name as the ledger writes them; of listed units, those too whose names
    `whole` makes of what was typed. Raises `BadValue` as that does."""
    listed = dict.fromkeys(ledger.settings.present_names, NO_WORDS)

    def named(text: str) -> str:
        return _units_named(joined(whole(name, listed) for name in parted(text)) if listed else text, ledger)

    return [
        edit._replace(text=named(edit.text)) if edit.field and edit.field.kind in _UNIT_KINDS else edit
        for edit in edits
    ]


def _units_named(text: str, ledger: Ledger) -> str:
    return text if text.isascii() else joined(unit_named(name, ledger) for name in parted(text))


def _known(ledger: Ledger) -> Iterable[str]:
    """Every name that the settings, the plan or the journal gives a unit."""
    settings = ledger.settings
    yield from settings.present_names
    yield from settings.decider_names
    for item in ledger.items:
        yield from (item.lead, *item.responsible, *item.cooperating)
    for entries in ledger.journal.values():
        yield from (entry.by for entry in entries)


Tell = Callable[[str, str], None]
"""Hears how a text was understood."""

_DAY_KINDS = frozenset({"date", "due"})


class Spoken:
    """Reads days and weeks as they are seen from `today`, and tells what it understood where that was not plain.

    `whole` puts names in the place of their beginnings, where that is allowed.
    """

    def __init__(
        self, today: date, archived: date | None, closes: int, tell: Tell, whole: Whole = as_typed
    ) -> None:  # fmt: skip
        self.whole = whole
        self._today, self._archived, self._closes, self._tell = today, archived, closes, tell

    def day(self, text: str, *, ahead: bool = False) -> str:
        """The day as the files write it. Raises `BadValue` for none, and for one that may be two.

        One that lies `ahead`, such as a deadline, is not taken for one that has passed only because its year is not
        written.
        """
        try:
            return day(text).isoformat()
        except BadValue:
            pass
        found = spoken_day(text, self._today, self._archived)
        if ahead and yearless_day(text.strip()) and found < self._today:
            message = Words("{text} 是 {first} 还是 {second}？", "{text}: {first} or {second}?")
            later = spoken_day(f"{found.year + 1}-{found.month}-{found.day}", self._today)
            raise BadValue(message.fill(text=text, first=found, second=later), Words("把年份写上", "write the year"))
        self._tell(text.strip(), found.isoformat())
        return found.isoformat()

    def week(self, text: str) -> str:
        """The week as the files write it; what names none stays as it is, for others to refuse."""
        found = week_spoken(text, self._today, self._closes)
        if found is None:
            return text
        self._tell(text.strip(), found.label)
        return found.label

    def value(self, text: str, field: Field) -> str:
        """The value of a field as the files write it: a day in full, a word of a list by either of its names."""
        wanted = text.strip().casefold()
        choices = DUE_WORDS if field.kind == "due" else field.choices
        word = next((word for word, label in choices.items() if wanted in (label.zh, label.en.casefold())), "")
        if word or text in choices:
            return word or text
        if field.kind not in _DAY_KINDS or not wanted:
            return text
        try:
            return self.day(text, ahead=field.kind == "due")
        except BadValue as bad:
            if field.kind == "due" and bad.message.en.startswith("not a date"):
                # What reads the field names its words too.
                return text
            raise

    def cells(self, cells: Mapping[str, str], field: Field | None = None) -> dict[str, str]:
        """The cells of a line with its days in full; `field` is the one that an `amend` is about. Raises `BadCell`."""
        event = EVENTS[cells["event"]]
        readers: dict[str, Callable[[str], str]] = {"until": lambda text: self.day(text, ahead=True)}
        if event.value == "day" or (event.name == "request" and cells.get("key") == "done"):
            readers["value"] = self.day
        if event.name == "amend" and field is not None:
            readers["value"] = lambda text: self.value(text, field)
        if event.key == "week":
            readers["key"] = self.week
        made = dict(cells)
        for name, read in readers.items():
            if made.get(name):
                try:
                    made[name] = read(made[name])
                except BadValue as bad:
                    message = Words("--{name}：{message}", "--{name}: {message}").fill(name=name, message=bad.message)
                    raise BadValue(message, bad.hint) from None
        return made
