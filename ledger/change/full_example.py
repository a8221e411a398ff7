"""A made-up ledger at full size: what `ledger init --example full` writes, and what the benchmarks read."""

from __future__ import annotations

from random import Random

from ledger.change.full_example_calendar import MOST_UNITS, closing_days, reporting_units
from ledger.change.full_example_fates import settle
from ledger.change.full_example_items import Setting, actions, hang_on_measures, measures, problems
from ledger.change.full_example_journal import HEADER, lines
from ledger.change.full_example_plan import Item
from ledger.change.full_example_text import actions_text, book_text, claims_text, settings_text, waivers_text
from ledger.model.json_schema import editor_line
from ledger.model.words import Words
from ledger.source.files import MAX_BYTES

USUAL_SIZES = {"measures": 37, "problems": 115, "actions": 2735}
FEWEST_ITEMS = 40
MOST_ITEMS = 300_000
"""With these the largest book has about 50 MiB: beyond it a ledger needs its books in several files."""
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
