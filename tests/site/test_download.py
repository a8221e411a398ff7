"""The feed of the site: the latest changes, whole, and never too long."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from ledger.site.download import MOST_ENTRIES, atom_feed
from ledger.site.listing import changes
from ledger.site.pages import site_of
from ledger.site.public import public_ledger
from tests.paper import fact, files, item, sound

_ATOM = "{http://www.w3.org/2005/Atom}"


def feed(*facts: dict[str, str], items: int = 1, lang: str = "en") -> ElementTree.Element:
    ledger = sound(files([item(f"M{n}") for n in range(1, items + 1)], facts))
    site = site_of(public_ledger(ledger, date(2017, 12, 31)))
    text = atom_feed(site, changes(site.public.items), lang)
    assert len(text.encode()) < 100_000
    return ElementTree.fromstring(text)


@pytest.mark.parametrize("words", ["", "很长" * 1500])
def test_of_many_changes_it_has_the_latest(words: str):
    found = feed(*(fact(f"2017-{1 + n % 12:02}-05", "done", f"M{n}", text=words) for n in range(1, 301)), items=300)
    days = [entry.findtext(f"{_ATOM}updated") for entry in found.findall(f"{_ATOM}entry")]
    assert days == sorted(days, reverse=True)
    assert days[0] == "2017-12-05T00:00:00Z"
    assert 5 < len(days) <= MOST_ENTRIES


def test_without_a_change_it_is_empty_and_bears_the_day():
    found = feed()
    assert found.findall(f"{_ATOM}entry") == []
    assert found.findtext(f"{_ATOM}updated") == "2017-12-31T00:00:00Z"


def test_an_entry_keeps_its_id_when_others_come():
    first = feed(fact("2017-05-01", "done"))
    second = feed(fact("2017-05-01", "done"), fact("2017-05-02", "close"))
    ids = [{entry.findtext(f"{_ATOM}id") for entry in found.findall(f"{_ATOM}entry")} for found in (first, second)]
    assert ids[0] < ids[1]
    assert first.findtext(f"{_ATOM}id") == second.findtext(f"{_ATOM}id")


def test_the_two_languages_are_two_feeds():
    chinese, english = feed(fact("2017-05-01", "done"), lang="zh"), feed(fact("2017-05-01", "done"))
    assert chinese.findtext(f"{_ATOM}id") != english.findtext(f"{_ATOM}id")
    assert chinese.findtext(f"{_ATOM}entry/{_ATOM}title") == "M1 title of M1：整改完成"
