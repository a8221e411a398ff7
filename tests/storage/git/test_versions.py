"""The versions of a ledger say what each of them says when it is read alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.model.ledger import Ledger
from ledger.storage.files import Folder
from ledger.storage.git.repository import Repository
from ledger.storage.git.versions import Versions
from ledger.storage.ledger import read_ledger
from tests.history import Commit, repository
from tests.paper import Memory, fact, files, item
from tests.state.lively import lively


def _versions(written: dict[str, Any], draw: st.DrawFn) -> list[dict[str, str]]:
    """Files whose journal grows from version to version, in two files, and is sometimes written anew."""
    texts = files(**written)
    path = next(path for path in texts if path.startswith("journal/"))
    header, *lines = texts[path].splitlines(keepends=True)
    plan = {name: text for name, text in texts.items() if not name.startswith("journal/")}
    found: list[dict[str, str]] = []
    kept: dict[str, list[str]] = {"journal/a.csv": [], "journal/b.csv": []}
    for line in [*lines, *draw(st.lists(st.sampled_from(lines), max_size=2))] if lines else []:
        kept[draw(st.sampled_from(sorted(kept)))].append(line)
        if draw(st.integers(0, 5)) == 0:
            draw(st.randoms(use_true_random=False)).shuffle(kept["journal/a.csv"])
        if draw(st.booleans()):
            found.append(plan | {name: header + "".join(own) for name, own in kept.items() if own})
    return [*found[-4:], plan | {name: header + "".join(own) for name, own in kept.items() if own}]


def said(ledger: Ledger) -> tuple[object, ...]:
    plan = [item._replace(where=None) for item in ledger.items]
    journal = {id_: [entry.content for entry in own] for id_, own in ledger.journal.items()}
    return ledger.settings._replace(where=None, time_nodes=()), plan, journal


@given(lively(), st.data())
def test_each_version_says_what_its_files_say(tmp_path_factory, written: dict[str, Any], data: st.DataObject):
    histories = _versions(written, data.draw)
    root = repository(tmp_path_factory.mktemp("versions"), [Commit(texts) for texts in histories])
    today = read_ledger(Folder(root))
    with Repository(root) as opened:
        versions = Versions(opened, None, data.draw(st.sampled_from([today, None])))
        for back, texts in reversed(list(enumerate(reversed(histories)))):
            lines = [line for path, text in texts.items() if path.startswith("journal/") for line in text.split("\n")]
            days = sorted(date.fromisoformat(line[:10]) for line in lines if line[:1].isdigit())
            day = data.draw(st.sampled_from(days[-1:] * 3 + days)) if days else date(2017, 12, 31)
            found = versions.ledger(versions.files(opened.revision(f"HEAD~{back}")), day)
            assert isinstance(found, Ledger)
            assert said(found) == said(read_ledger(Memory(texts)))


def test_git_is_not_asked_for_a_file_that_held_what_todays_holds_up_to_its_day(tmp_path, monkeypatch):
    facts = [fact(f"2017-05-0{day}", "report", "M1", text=f"day {day}") for day in (1, 2, 3)]
    root = repository(tmp_path, [Commit(files([item("M1")], facts[:number])) for number in (1, 2, 3)])
    today = read_ledger(Folder(root))
    with Repository(root) as opened:
        versions = Versions(opened, None, today)
        earlier = [versions.files(opened.revision(f"HEAD~{back}")) for back in (2, 1)]
        read: list[str] = []
        monkeypatch.setattr(opened.objects, "fetch", read.extend)
        found = [versions.ledger(files, date(2017, 5, day)) for files, day in zip(earlier, (1, 2), strict=True)]
    assert read == []
    assert [one.journal for one in found if isinstance(one, Ledger)] == [
        {"M1": today.journal["M1"][:1]}, {"M1": today.journal["M1"][:2]}
    ]  # fmt: skip
