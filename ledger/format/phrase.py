"""The small phrases every report is made of: rates with their base, progress, deadlines, readings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from ledger.format.document import PaintedWords, Text
from ledger.model.field import APPROX, DUE_WORDS
from ledger.model.finding import SEVERITIES
from ledger.model.item import LIGHTS, SCHEDULES, STATES, UNSTATED, Target
from ledger.model.number import percent, plain, rounded
from ledger.model.words import COMMA, NO_WORDS, Words, some
from ledger.state.board import Standing
from ledger.state.figure.count import Count, Rate
from ledger.state.promise import Move, moves
from ledger.state.reading import Mean, Reading

if TYPE_CHECKING:
    # Every table is made of phrases; few commands publish.
    from ledger.state.disclosure import Deadline
    from ledger.state.figure.claim import ClaimedFigure
    from ledger.state.promise import Pace

DASH = "–"
UNKNOWN = Words("不明", "unknown")


def items_text(number: int) -> Words:
    """How many items, in words."""
    return Words(f"{number} 项", f"{number} item" if number == 1 else f"{number} items")


def public_goal(goal: str) -> str:
    """A goal for the public: `≥ 46`, as it is printed and not as it is typed."""
    return goal.replace(">=", "≥").replace("<=", "≤")


def rate(value: Rate) -> str:
    """n/N with the percentage; a dash for 0/0."""
    return f"{value.part}/{value.whole} {percent_text(value.percent)}" if value.whole else DASH


def rate_known(value: Rate, unknown: int) -> Text:
    """n/N with the percentage; no 0 % where nobody knows how some of the N stand, and unknown where that is all."""
    if value.part or not unknown:
        return rate(value)
    return UNKNOWN if unknown == value.whole else f"0/{value.whole}"


def rate_words(counted: Count, key: str) -> Words:
    """A rate as `rate` has it; one over 100 % is told by what was done ahead of its time instead."""
    value = counted.rates[key]
    if key.endswith("_of_all") and not value.part:
        return NO_WORDS + rate_known(value, counted.figures["grey"])
    if not value.whole or value.part <= value.whole:
        return Words.same(rate(value))
    ahead = counted.figures["ahead"]
    words = Words("{part}/{whole}，提前 {n} 项", "{part}/{whole}, {n} ahead of time")
    if not ahead:
        words = Words("{part}/{whole}，含无日期的", "{part}/{whole}, those without a date among them")
    return words.fill(part=value.part, whole=value.whole, n=ahead)


def percent_text(value: float | None) -> str:
    """A percentage with one decimal; a dash for none."""
    return DASH if value is None else f"{value:.1f}%"


def share(value: Fraction | None) -> Text:
    """A progress between 0 and 1 as a percentage, or that nobody knows."""
    return UNKNOWN if value is None else percent_text(percent(value, 1))


def mean_text(value: Mean) -> Words:
    """A mean with its base: over how many of how many, and what it is if unknown counts as nothing.

    Where nothing is known no percentage is told at all.
    """
    if not value.known:
        words = Words("{unknown}（{of} 项中 0 项已知）", "{unknown} (0 of {of} known)")
        return words.fill(unknown=UNKNOWN, of=value.of)
    words = Words("{mean}（{of} 项中 {known} 项已知；未知按 0 计 {floor}）",
                  "{mean} ({known} of {of} known; {floor} with unknown as 0)")  # fmt: skip
    return words.fill(
        mean=share(value.value),
        floor=percent_text(None if value.floor is None else percent(value.floor, 1)),
        known=value.known,
        of=value.of,
    )


def unit_name(name: str) -> Text:
    """A unit, or that none is stated."""
    return DUE_WORDS[UNSTATED] if name == UNSTATED else name


def public_deadline(own: Deadline) -> Text:
    """The deadline in force for the public: `2018-12-31`, 中长期, 立行立改（2017-05-12）; empty if none is given."""
    if own.day is None or not own.words:
        return own.day.isoformat() if own.day else own.words
    return Words("{words}（{day}）", "{words} ({day})").fill(words=own.words, day=own.day)


def deadline_text(standing: Standing) -> Text:
    """The deadline in force, else the word that stands for one."""
    if standing.deadline is not None:
        return standing.deadline.isoformat()
    due = standing.item.due
    return DUE_WORDS[due] if isinstance(due, str) and due in DUE_WORDS else DASH


def lateness(standing: Standing, day: date) -> Words:
    """Days over the deadline in force, and over the original one if it was moved."""
    now = (day - standing.deadline).days if standing.deadline else 0
    text = Words("逾期 {n} 天", "{days} late").fill(n=now, days=some(now, "day"))
    if standing.original and standing.is_postponed:
        first = (day - standing.original).days
        text = Words("逾期 {n} 天（按原时限 {first} 天）", "{days} late ({first} by the original deadline)").fill(
            n=now, days=some(now, "day"), first=first
        )
    return text


def moved_by(move: Move) -> Words | None:
    """By how much a deadline moved, and how late that was said; None where there was no date to move."""
    if move.days is None:
        return None
    n = abs(move.days)
    words = Words("推后 {n} 天", "{days} later") if move.days > 0 else Words("提前 {n} 天", "{days} earlier")
    said = words.fill(n=n, days=some(n, "day"))
    late = _extended_late(move)
    return Words("{said}，{late}", "{said}, {late}").fill(said=said, late=late) if late else said


def _extended_late(move: Move) -> Words | None:
    if not move.late:
        return None
    words = Words("过期 {n} 天后才延期", "extended {days} after its deadline")
    return words.fill(n=move.late, days=some(move.late, "day"))


def late_extension(standing: Standing) -> Words | None:
    """That the last extension of an item was made after the deadline it moved; None if it was in time, or none was."""
    found = moves(standing) if standing.course.moves else []
    return _extended_late(found[-1]) if found else None


def noted(text: Text, note: Words | None) -> Text:
    """A text with a note in brackets, if there is one."""
    return Words("{text}（{note}）", "{text} ({note})").fill(text=text, note=note) if note else text


STATE_TONES = {"relapsed": "red"}
SCHEDULE_TONES = {"overdue": "red", "behind": "yellow", "late": "yellow", "unknown": "grey"}
"""The one table of tones: of a state, and of how an item stands against time. Colours warn, none praises: what is done
and in time may be short of a target all the same. Only a light is green."""

SHORT = PaintedWords(Words("欠指标", "short"), "yellow")

_STATES = {state: PaintedWords(words, STATE_TONES.get(state, "")) for state, words in STATES.items()}
_SCHEDULES = {one: PaintedWords(words, SCHEDULE_TONES.get(one, "")) for one, words in SCHEDULES.items()}
_LIGHTS = {light: PaintedWords(words, light) for light, words in LIGHTS.items()}


def light(standing: Standing) -> PaintedWords:
    """The light as a word in its colour."""
    return _LIGHTS[standing.light]


def state_word(standing: Standing) -> PaintedWords:
    """How far an item is, in its colour."""
    return _STATES[standing.state]


def schedule_word(standing: Standing) -> PaintedWords:
    """How an item stands against time, in its colour."""
    return _SCHEDULES[standing.schedule]


def days_left(standing: Standing) -> Text:
    """How many days an open item has left or is late, in its colour; empty for one that is done or has no day."""
    if standing.deadline is None or standing.is_done:
        return NO_WORDS
    left = (standing.deadline - standing.board.day).days
    if left < 0:
        words = Words("逾期 {n} 天", "{days} late").fill(n=-left, days=some(-left, "day"))
        return PaintedWords(words, SCHEDULE_TONES["overdue"])
    return time_left(left)


def time_left(days: int) -> Words:
    """How many days are left, of which none says that today is the last."""
    if not days:
        return Words("今天到期", "due today")
    return Words("还有 {n} 天", "{days} left").fill(n=days, days=some(days, "day"))


def reading_text(reading: Reading | None, target: Target) -> Text:
    """A reading against its goal, such as `43 / >= 46`."""
    goal = f" / {target.goal}" if target.goal else ""
    if reading is None:
        return UNKNOWN + goal
    said: list[Text] = [plain(reading.value)]
    approx = [APPROX[mark] for mark in {entry.approx for entry in reading.entries} - {""}]
    if approx:
        said.append(Words(*(f" ({', '.join(sorted(names))})" for names in zip(*approx, strict=True))))
    exempt = abs(reading.counted - reading.value)
    if exempt:
        said.append(Words(" + 豁免 {n}", " + {n} exempt").fill(n=plain(exempt)))
    return NO_WORDS.join([*said, goal])


def listed(ids: list[str], most: int = 8) -> str:
    """Some ids, and how many more there are."""
    more = f" … +{len(ids) - most}" if len(ids) > most else ""
    return " ".join(ids[:most]) + more


def found_text(claim: ClaimedFigure) -> str:
    """The found figure as people write it."""
    return DASH if claim.found is None else plain(rounded(claim.found, 1))


def per_week(value: Fraction) -> Fraction:
    """A pace as it is printed: with one decimal, a small one with two, so that little is not nothing."""
    return rounded(value, 1 if abs(value) >= Fraction(1, 10) else 2)


def pace_words(pace: Pace) -> Words:
    """How fast a target came nearer, and must from now on, in its unit a week."""
    unit, name = pace.target.unit, pace.target.name or pace.target.key
    if unit[:1].isascii() and unit[:1].isalpha():
        unit = f" {unit}"
    done = DASH if pace.done is None else plain(per_week(pace.done))
    if pace.needed is None:
        return Words("{name} {done}{unit}/周", "{name} {done}{unit} a week").fill(name=name, done=done, unit=unit)
    return Words("{name} {done}，需 {needed}{unit}/周", "{name} {done}, needs {needed}{unit} a week").fill(
        name=name, done=done, needed=plain(per_week(pace.needed)), unit=unit
    )


SEVERITY_WORDS = {
    "error": Words("错误", "error"),
    "warning": Words("警告", "warning"),
    "info": Words("提示", "info"),
}


def summary(counts: Mapping[str, int]) -> Words:
    """How many errors, warnings and infos there are, as one sentence without a line end."""
    numbers = [(counts.get(severity, 0), severity) for severity in SEVERITIES]
    return COMMA.join(Words(f"{n} 个{SEVERITY_WORDS[name].zh}", some(n, name)) for n, name in numbers)
