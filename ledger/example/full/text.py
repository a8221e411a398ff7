"""A made-up ledger at full size: what `ledger init --example full` writes, and what the benchmarks read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import StringIO
from math import floor
from random import Random

from ledger.example.full.items import IMMEDIATE_DAYS, Setting, actions, hang_on_measures, measures, problems, settle
from ledger.example.full.journal import HEADER, lines
from ledger.example.full.plan import (
    CLOSING_DAYS,
    LAST_DAY,
    LOOKBACK_DAYS,
    MOST_UNITS,
    NOTICE_DAYS,
    Item,
    Target,
    Unit,
    closing_days,
    reporting_units,
)
from ledger.example.full.topics import GROUP, MOVES
from ledger.model.json_schema import editor_line
from ledger.model.words import Words
from ledger.storage.files import MAX_BYTES

SOURCE = "虚构的整改情况公报"
GOALS = {"count": ">= {}", "left": "<= {}", "share": ">= {}"}

ACTION_COLUMNS = (
    "id",
    "title",
    "under",
    "lead",
    "goal",
    "steps",
    "targets.built.name",
    "targets.built.unit",
    "targets.built.goal",
    "due",
)
"""The deadline stands last, so that a row cut short always lacks it."""

SETTINGS = """\
# A made-up ledger at full size, written by `ledger init --example full`. Its districts, items and figures are invented.
ledger: 1
title: {{zh: 整改台账样例（虚构数据）, en: Made-up sample of a rectification ledger}}
language: zh
timezone: Asia/Shanghai
start: {start}
archived: {end}
time_nodes:
  - {{id: "2017", date: 2017-12-31, name: {{zh: 2017年年底, en: end of 2017}}}}
  - {{id: "2018", date: 2018-12-31, name: {{zh: 2018年年底, en: end of 2018}}}}
  - {{id: "2020", date: 2020-12-31, name: {{zh: 2020年年底, en: end of 2020}}}}
books:
  measures: {{name: {{zh: 整改措施, en: measures}}, path: measures.yaml}}
  problems: {{name: {{zh: 具体问题, en: problems}}, path: problems.yaml}}
  actions: {{name: {{zh: 细化举措, en: actions}}, path: actions.csv}}
journal: journal/**/*.csv
approvers: [{group}]
week: {{closes: thursday, roll_call: true}}
closing:
  steps: [{steps}]
  notice_days: {notice}
  notice_calendar: calendar
  lookback_days: {lookback}
warning: {{due_soon_days: 30, immediate_days: {immediate}}}
units:
{units}
"""

CLAIMS = """\
# What this made-up ledger published of itself. `ledger check` computes every figure again.
claims:
  - id: published-2017
    as_of: {end}
    source: {source}
    figures: {{{published}, overall.mean: "> {bound}"}}
  - id: kept-2017
    as_of: {end}
    source: 虚构的台账年终盘点
    figures:
{kept}
facts:
{facts}
  media: {{value: 5000, approx: yu, source: {source}}}
sums:
  - units = districts + departments
  - all_items = measure_count + problem_count + action_count
  - action_count = district_actions + department_actions
  - action_count > measure_count + problem_count
"""

WAIVERS = """\
# Findings that were accepted, each approved and for a time. A waiver looks like this:
# - {{code: L801, item: {item}, reason: 汛期停工, by: {group}, until: {end}}}
[]
"""


def settings_text(start: date, units: Iterable[Unit]) -> str:
    """The text of ledger.yaml."""
    return SETTINGS.format(
        start=start,
        end=LAST_DAY,
        group=GROUP,
        steps=", ".join(CLOSING_DAYS),
        notice=NOTICE_DAYS,
        lookback=LOOKBACK_DAYS,
        immediate=IMMEDIATE_DAYS,
        units="\n".join(f"  - {{name: {unit.name}, kind: {unit.kind}}}" for unit in units),
    )


def waivers_text(item: Item) -> str:
    """The text of waivers.yaml: an empty list, and how one on an item would look."""
    return WAIVERS.format(item=item.id, group=GROUP, end=LAST_DAY)


def book_text(items: Iterable[Item]) -> str:
    """The text of a book in YAML."""
    return "".join("\n".join(_fields(item)) + "\n" for item in items)


def actions_text(items: Iterable[Item]) -> str:
    """The text of the book of actions, in CSV."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ACTION_COLUMNS)
    for item in items:
        target = item.targets[0] if item.targets else None
        counted = (target.name, target.unit, f">= {target.goal}") if target else ("", "", "")
        steps = ";".join(_moves(item))
        goal = f"{item.topic.subject}整改到位"
        writer.writerow((item.id, item.title, item.under, item.lead.name, goal, steps, *counted, item.outlook.due))
    return out.getvalue()


def claims_text(books: Mapping[str, Sequence[Item]], units: Sequence[Unit]) -> str:
    """The text of claims.yaml, with what the books really hold."""
    items = [item for book in books.values() for item in book]
    known = [item.progress for item in items if item.progress is not None]
    published = [f"{name}.{figure}" for name in ("measures", "problems") for figure in ("total", "due", "done")]
    # A tenth of a percent below the mean, lest rounding to one decimal bring it down to the bound.
    bound = min(93, floor(sum(known) / len(known) - 0.1))
    kept = {f"{name}.{figure}": count for name, book in books.items() for figure, count in _counts(book).items()}
    facts = [f"  {name}: {{value: {value}, source: {SOURCE}}}" for name, value in _facts(books, units).items()]
    return CLAIMS.format(
        end=LAST_DAY,
        source=SOURCE,
        published=", ".join(f"{figure}: {kept[figure]}" for figure in published),
        bound=bound,
        kept="\n".join(f"      {figure}: {count}" for figure, count in kept.items()),
        facts="\n".join(facts),
    )


def _counts(items: Sequence[Item]) -> dict[str, int]:
    """The figures of one book that are claimed."""
    return {
        "total": len(items),
        "due": sum(item.is_due for item in items),
        "done": sum(item.is_done for item in items),
        "overdue": sum(item.is_overdue for item in items),
        "closed": sum(item.closed is not None for item in items),
        "postponed": sum(item.outlook.extension is not None for item in items),
        "supervised": sum(item.is_supervised for item in items),
    }


def _facts(books: Mapping[str, Sequence[Item]], units: Sequence[Unit]) -> dict[str, int]:
    """The loose figures of the made-up publication, which its sums tie together."""
    districts = sum(unit.kind == "district" for unit in units)
    by_districts = sum(item.lead.kind == "district" for item in books["actions"])
    return {
        "units": len(units),
        "districts": districts,
        "departments": len(units) - districts,
        "all_items": sum(len(book) for book in books.values()),
        "measure_count": len(books["measures"]),
        "problem_count": len(books["problems"]),
        "action_count": len(books["actions"]),
        "district_actions": by_districts,
        "department_actions": len(books["actions"]) - by_districts,
    }


def _moves(item: Item) -> list[str]:
    """The three steps an item is to take, in their order."""
    return [MOVES[which] for which in sorted((item.number + step) % len(MOVES) for step in (0, 1, 3))]


def _fields(item: Item) -> list[str]:
    """The lines of one item; what it counts stands last, so that cutting the file's end always breaks something."""
    main = item.targets[-1] if item.targets else None
    lines = [
        f"- id: {item.id}",
        f"  title: {{zh: {item.title}, en: {item.title_en}}}",
        f"  lead: {item.lead.name}",
        f"  responsible: [{', '.join(unit.name for unit in item.responsible)}]",
        f"  origin: {item.origin}",
        f"  due: {item.outlook.due}",
        f"  due_basis: {'explicit' if item.outlook.deadline else 'implied'}",
        f"  goal: {_goal(item, main)}",
        f"  steps: [{', '.join(_moves(item))}]",
    ]
    if item.added:
        lines.insert(5, f"  added: {item.added}")
    if not item.targets or item.number % 5 == 0:
        lines.append(f"  upkeep: {'lasting' if item.number % 2 else 'ongoing'}")
    if item.problems:
        lines.append(f"  problems: [{', '.join(item.problems)}]")
    if item.milestone:
        lines += ["  milestones:", f"    plans: {{name: 印发一事一策方案, due: {item.milestone}}}"]
    if item.targets:
        lines += ["  targets:", *(f"    {target.key}: {_target(target)}" for target in item.targets)]
    return lines


def _goal(item: Item, target: Target | None) -> str:
    """The goal in words, with its number where there is one."""
    if target is None:
        return f"{item.topic.subject}问题整改到位并建立长效机制"
    if target.kind == "left":
        return f"{item.topic.work}全部完成"
    unit = target.unit if target.kind == "count" else "%以上"
    return f"{target.name}{'到' if target.kind == 'share' else ''}{target.goal}{unit}"


def _target(target: Target) -> str:
    """A target as a flow mapping."""
    unit = f'"{target.unit}"' if target.unit == "%" else target.unit
    parts = [f"name: {target.name}", f"unit: {unit}"]
    if target.kind in GOALS:
        parts.append(f'goal: "{GOALS[target.kind].format(target.goal)}"')
    if target.kind == "left":
        parts.append(f"from: {target.first}")
    if target.due:
        parts.append(f"due: {target.due}")
    if target.firm:
        parts.append(f"firm: {target.firm}")
    if target.split:
        parts.append("sum: units")
    return "{" + ", ".join(parts) + "}"


USUAL_SIZES = {"measures": 37, "problems": 115, "actions": 2735}
FEWEST_ITEMS = 40
MOST_ITEMS = 1_000_000
"""With these the largest book has about 170 MiB: twice the items of a nation."""
MOST_WEEKS = 520


def full_example(items: int = 2887, weeks: int = 38, seed: int = 2017) -> dict[str, str]:
    """The files of a made-up ledger: text by path below the ledger's folder, the same for the same arguments.

    As many `items` as wished over its three books, and as many `weeks` of reports up to the end of 2017. The usual size
    meets the published totals on 2017-12-31; at any size the claims say what the ledger really holds.
    Raises `UnfitSize`, also for what would be too large to be read again.
    """
    if not FEWEST_ITEMS <= items <= MOST_ITEMS:
        words = Words("全量台账有 {least} 到 {most} 个事项，不是 {n} 个",
                      "a full example has {least} to {most} items, not {n}")  # fmt: skip
        raise UnfitSize(words.fill(least=FEWEST_ITEMS, most=MOST_ITEMS, n=items))
    if not 1 <= weeks <= MOST_WEEKS:
        words = Words("全量台账报送 1 到 {most} 周，不是 {n} 周",
                      "a full example reports for 1 to {most} weeks, not {n}")  # fmt: skip
        raise UnfitSize(words.fill(most=MOST_WEEKS, n=weeks))
    texts = _texts(items, weeks, seed)
    for path, text in texts.items():
        # A letter is at most three bytes here; only who comes near the limit has to be counted.
        if 3 * len(text) > MAX_BYTES and len(text.encode()) > MAX_BYTES:
            words = Words("{path} 会超过 {limit} MiB，读不回来",
                          "{path} would be larger than {limit} MiB, and could not be read")  # fmt: skip
            raise UnfitSize(words.fill(path=path, limit=MAX_BYTES >> 20))
    return texts


class UnfitSize(ValueError):
    """A ledger of that size is not made."""

    def __init__(self, message: Words) -> None:
        super().__init__(message.en)
        self.message = message


def units_of(items: int = 2887, weeks: int = 38, seed: int = 2017) -> list[Unit]:
    """The units of the made-up ledger of that size, with the names of their files."""
    return list(_setting(items, weeks, seed).units)


def _texts(items: int, weeks: int, seed: int) -> dict[str, str]:
    setting = _setting(items, weeks, seed)
    books = _books(setting, items)
    return {
        "ledger.yaml": editor_line("settings") + settings_text(setting.start, setting.units),
        "measures.yaml": editor_line("plan") + book_text(books["measures"]),
        "problems.yaml": editor_line("plan") + book_text(books["problems"]),
        "actions.csv": actions_text(books["actions"]),
        "claims.yaml": editor_line("claims") + claims_text(books, setting.units),
        "waivers.yaml": editor_line("waivers") + waivers_text(books["actions"][0]),
        **_journal(books),
    }


def _setting(items: int, weeks: int, seed: int) -> Setting:
    """The dice, the weeks and the units; few items have few units, so that each gets something done in each year."""
    closings = closing_days(weeks)
    years = len({day.year for day in closings})
    units = reporting_units(min(MOST_UNITS, _sizes(items)["actions"] // (4 + years)), closings)
    districts = [unit for unit in units if unit.kind == "district"]
    return Setting(Random(seed), closings, districts, units[len(districts) :])


def _sizes(items: int) -> dict[str, int]:
    """How many items each book gets, in the usual proportions."""
    usual = sum(USUAL_SIZES.values())
    few = {name: max(1, items * USUAL_SIZES[name] // usual) for name in ("measures", "problems")}
    return {**few, "actions": items - sum(few.values())}


def _books(setting: Setting, items: int) -> dict[str, list[Item]]:
    """All items by book, linked and with their endings."""
    sizes = _sizes(items)
    drawn = {"measures": measures(setting, sizes["measures"])}
    drawn["problems"] = problems(setting, sizes["problems"], sizes["measures"])
    for problem in drawn["problems"]:
        hang_on_measures(setting.rng, drawn["measures"], problem)
    drawn["actions"] = list(actions(setting, sizes["actions"], [*drawn["measures"], *drawn["problems"]]))
    for book in drawn.values():
        for item in book:
            settle(setting.rng, item)
    return drawn


def _journal(books: dict[str, list[Item]]) -> dict[str, str]:
    """The journal's files, one a writer and year, each in the order of its dates."""
    files: dict[str, list[str]] = {}
    for book in books.values():
        for item in book:
            for writer, text in lines(item):
                files.setdefault(f"journal/{text[:4]}/{writer}.csv", []).append(text)
    return {path: "\n".join([HEADER, *sorted(files[path])]) + "\n" for path in sorted(files)}
