"""ledger site: everything public of a ledger, in files that any server can serve."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.paper import files
from tests.site_paper import DAY, Build, Built, many, plain

_ATOM = "{http://www.w3.org/2005/Atom}"
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def test_every_page_is_there_in_both_languages(site: Built):
    paths = {path for path in site.files if "/" in path}
    assert {path[3:] for path in paths if path.startswith("zh/")} == {p[3:] for p in paths if p.startswith("en/")}
    assert {"index.html", "site.css", "site.js", "sort.js", "icon.svg", "items.json", "site-files.json"} == set(
        site.files
    ) - paths
    ids = {Path(path).stem for path in paths if path.startswith("zh/item/")}
    assert ids == {"M1", "M2", "M10", "A1"}


def test_every_link_leads_to_a_file_of_the_site(site: Built):
    for path in site.pages:
        for link in site.links(path):
            assert link in site.files, (path, link)


def test_every_page_can_be_reached_from_the_front_door(site: Built):
    reached, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += site.links(path) if path.endswith(".html") else []
    assert set(site.files) - reached <= {"site-files.json"}


def test_a_page_has_the_landmarks_that_readers_of_screens_go_by(site: Built):
    for path, page in site.pages.items():
        lang = "en" if path.startswith("en/") else "zh-CN" if path.startswith("zh/") else None
        assert page.all("html")[0].attributes["lang"] == (lang or page.all("html")[0].attributes["lang"])
        assert len(page.all("h1")) == len(page.all("main")) == 1
        assert page.all("title")[0].text
        names = [nav.attributes["aria-label"] for nav in page.all("nav")]
        assert len(names) == len(set(names))
        if lang:
            skip = page.all("a")[0]
            assert skip.attributes["href"] == "#" + page.all("main")[0].attributes["id"]
        for table in page.all("table"):
            assert table.all("caption")[0].text
            assert all("scope" in head.attributes for head in table.all("th"))


def test_ids_on_a_page_are_unique(site: Built):
    for path, data in site.files.items():
        if path.endswith(".html"):
            ids = re.findall(r'\sid="([^"]*)"', data.decode())
            assert len(ids) == len(set(ids)), path


def test_a_page_may_load_nothing_from_elsewhere(site: Built):
    for path, page in site.pages.items():
        policy = next(
            meta.attributes["content"] for meta in page.all("meta") if "Policy" in meta.attributes.get("http-equiv", "")
        )
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'; script-src ")
        assert "unsafe" not in policy
        scripts = [node.attributes["src"] for node in page.all("script")]
        if path.endswith("/items.html"):
            assert scripts == ["index.js", "../site.js"]
        else:
            up = "../" * (path.count("/") - 1)
            is_sorted = any("sortable" in table.attributes.get("class", "") for table in page.all("table"))
            assert scripts == ([f"{up}../sort.js"] if is_sorted else [])
        assert ("script-src 'self'" in policy) == bool(scripts)
        assert not page.all("style")
        assert b"http://" not in site.files[path]
        assert b"https://" not in site.files[path]


def test_the_progress_table_has_the_figures_of_status(site: Built, run):
    found = json.loads(run("-C", site.folder.parent / "ledger", "status", "--as-of", DAY, "--format", "json").out)
    measures = found["books"]["measures"]
    rows = site.rows("en/index.html", 1)
    items, done, overdue, grey = (measures[key] for key in ("total", "done", "overdue", "grey"))
    told = ["total", str(items), str(done), str(items - done), str(overdue), str(grey), f"{done}/{items} 33.3%"]
    assert rows[-1] == [text for text in told if text != "0"]
    assert [row[0] for row in rows] == ["2017", "2018", "2020", "total"]


def test_the_large_figures_lead_to_the_lists_they_count(site: Built):
    page = site.pages["en/index.html"]
    cards = next(part for part in page.all("ul") if part.attributes.get("class") == "figures").all("a")
    assert [(card.attributes["href"], card.all("strong")[0].text) for card in cards] == [
        ("overdue.html", "1"), ("short.html", "0"), ("soon.html", "0"), ("done.html", "2/4"),
    ]  # fmt: skip
    assert [row[0] for row in site.rows("en/overdue.html")] == ["M10"]
    assert [row[0] for row in site.rows("en/done.html")] == ["M1", "A1"]
    assert "184 days late" in site.rows("en/index.html", 0)[0][-1]


def test_an_item_shows_its_six_fields_and_its_public_history(site: Built):
    page = site.pages["zh/item/M1.html"]
    assert [term.text for term in page.all("dt")] == [
        "整改任务",
        "整改目标",
        "整改措施",
        "整改责任",
        "整改时限",
        "整改结果",
    ]
    fields = [field.text for field in page.all("dd")]
    assert fields[:2] == ["关闭码头", "全部关闭"]
    assert "市交委" in fields[3]
    assert "万州区" in fields[3]
    assert fields[4] == "2017-12-31"
    assert "2017-12-20 24 座全部关闭" in fields[5]
    assert ["关闭", "24 座", "≥ 24 座", "达标", "2017-11-15"] in site.rows("zh/item/M1.html", 0)
    assert site.rows("zh/item/M1.html", 2) == [
        ["2017-12-31", "时限", ""],
        ["2017-12-20", "整改完成", "24 座全部关闭"],
        ["2017-06-20", "读数", "关闭 20 座"],
        ["2017-05-10", "启动", "已动工"],
        ["2017-01-01", "开始", ""],
    ]


def test_an_item_under_another_stands_on_its_page_and_has_one_of_its_own(site: Built):
    assert [row[0] for row in site.rows("en/item/M1.html", 1)] == ["A1"]
    trail = site.pages["en/item/A1.html"].all("nav")[1]
    assert "M1 Close the wharves" in trail.text


def test_a_moved_deadline_names_the_original_one_and_the_day_it_was_moved(site: Built):
    deadline = site.pages["en/item/M2.html"].all("dd")[4].text
    assert deadline == "2018-12-31 (originally 2018-06-30)"
    assert site.rows("en/item/M2.html") == [
        ["2018-12-31", "deadline", ""],
        ["2018-06-30", "original deadline", ""],
        ["2017-09-01", "extended: deadline 2018-12-31", ""],
        ["2017-01-01", "start", ""],
    ]


def test_troubles_and_withdrawn_items_are_not_published(site: Built):
    assert not [path for path, data in site.files.items() if "征地" in data.decode() or "已并销" in data.decode()]


def test_the_curve_is_a_picture_of_the_same_figures(site: Built):
    picture = site.pages["en/index.html"].all("figure")[0]
    assert picture.all("svg")[0].all("desc")[0].text in "".join(
        ElementTree.fromstring(site.files["en/curve.svg"]).itertext()
    )
    text = "".join(ElementTree.fromstring(site.files["en/curve.svg"]).itertext())
    assert "total 3 · due 2 · done 1" in text
    assert "published" not in text


def test_a_unit_has_a_page_with_its_items_by_its_part_in_them(site: Built):
    path = next(link for link in site.links("en/districts.html") if "/unit/" in link)
    assert site.pages[path].all("h1")[0].text == "万州区"
    assert [caption.text for caption in site.pages[path].all("caption")] == [
        "Items it leads: 1",
        "Items it is responsible for: 2",
    ]
    assert site.rows("en/districts.html")[0][:2] == ["万州区", "3"]
    assert site.rows("en/districts.html")[1][:2] == ["开州区", "0"]


def test_a_closed_week_has_its_own_figures_and_changes(site: Built):
    assert site.rows("en/index.html", 1)[-1][2] == "1"
    assert site.rows("en/week/2017-W50.html")[-1][2] == "0"
    assert site.rows("en/week/2017-W51.html")[-1][2] == "1"
    assert [row[1:] for row in site.rows("en/week/2017-W51.html", 3)] == [["M1 Close the wharves", "done"]]
    weeks = [Path(path).stem for path in site.files if path.startswith("en/week/")]
    assert weeks[0] == "2017-W19", "the week of the first entry"
    assert weeks[-1] == "2017-W52"
    assert len(weeks) == 34


def test_the_downloads_hold_the_same_items(site: Built):
    ids = ["M1", "M2", "M10", "A1"]
    found = json.loads(site.files["items.json"])
    assert [one["id"] for one in found["items"]] == ids
    assert found["as_of"] == DAY
    rows = list(csv.reader(io.StringIO(site.files["en/items.csv"].decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ids
    assert rows[0] == ["id", "Task", "Goal", "Steps", "Responsibility", "Deadline", "Result"]
    calendar = site.files["zh/deadlines.ics"].decode()
    assert calendar.count("BEGIN:VEVENT") == len(ids)
    assert "SUMMARY:〔已完成〕整改时限：M1 关闭码头（市交委）" in calendar
    index = site.files["en/index.js"].decode()
    assert index.startswith("window.LEDGER = ")
    assert all(f'"{id_}"' in index for id_ in ids)


def test_the_index_of_the_search_has_every_text_once(site: Built):
    index = site.files["zh/index.js"].decode()
    assert [index.count(f'"{text}"') for text in ("万州区", "市环保局", "2018-12-31", "item/M1.html")] == [1, 1, 1, 0]


def test_the_feed_has_the_changes_the_latest_first(site: Built):
    feed = ElementTree.fromstring(site.files["en/feed.xml"])
    entries = feed.findall(f"{_ATOM}entry")
    assert [entry.findtext(f"{_ATOM}title") for entry in entries] == [
        "M1 Close the wharves: done",
        "A1 Wharf one: done",
        "M2 Sewage works: extended: deadline 2018-12-31",
    ]
    assert feed.findtext(f"{_ATOM}updated") == entries[0].findtext(f"{_ATOM}updated") == "2017-12-20T00:00:00Z"
    ids = [entry.findtext(f"{_ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    links = [entry.find(f"{_ATOM}link").attrib["href"] for entry in entries]
    assert all(f"en/{link}" in site.files for link in links)


def test_the_same_ledger_gives_the_same_bytes_wherever_it_is(site: Built, build_site: Build):
    assert build_site(plain()).files == site.files


def test_a_second_build_touches_nothing(site: Built, run):
    stamps = {path: (site.folder / path).stat().st_mtime_ns for path in site.files}
    said = run("-C", site.folder.parent / "ledger", "site", "-o", site.folder, "--as-of", DAY).out
    assert said.startswith(f"0 files written, {len(stamps) - 1} unchanged, 0 removed")
    assert {path: (site.folder / path).stat().st_mtime_ns for path in site.files} == stamps


def test_a_new_fact_changes_only_the_pages_it_stands_on(site: Built, build_site: Build):
    before = site.files
    texts = plain()
    line = "2017-12-30,M10,report,,,,,,,每月巡河" + "," * 9 + "\n"
    texts["journal/2017/office.csv"] += line
    after = build_site(texts).files
    changed = {path[3:] for path in after if before.get(path) != after[path] and "/" in path}
    assert changed <= {
        "index.html", "item/M10.html", "items.html", "units.html", "overdue.html", "wall.html", "week/2017-W52.html", "index.js", "items.csv",
        "deadlines.ics", "feed.xml",
    } | {path[3:] for path in after if path.startswith("en/unit/")}  # fmt: skip
    assert "item/M10.html" in changed
    assert not {"item/M1.html", "week/2017-W51.html"} & changed


def test_an_item_page_does_not_change_from_one_day_to_the_next(site: Built, build_site: Build):
    assert build_site(plain(), day="2017-12-30").files["en/item/M1.html"] == site.files["en/item/M1.html"]


def test_a_page_of_an_item_that_is_gone_is_removed(build_site: Build):
    build_site(many(3))
    site = build_site(many(2))
    assert "en/item/M3.html" not in site.files
    assert "en/item/M2.html" in site.files


def test_an_empty_ledger_has_a_site_that_says_so(build_site: Build):
    site = build_site(files())
    assert "There are no items." in site.pages["en/items.html"].text
    assert json.loads(site.files["items.json"])["items"] == []


def test_a_terminal_is_told_how_far_it_is(make_ledger, run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    result = run("-C", make_ledger(plain()), "site", "-o", tmp_path / "site", "--as-of", DAY)
    assert re.search(r"\r\x1b\[Kledger: reckoning …\r\x1b\[Kledger: pages 0/\d+ …", result.err)
    assert result.err.endswith("\r\x1b[K")


def test_the_front_door_leads_to_the_language_asked_for(build_site: Build, run, tmp_path: Path):
    site = build_site(plain())
    assert "url=en/index.html" in site.files["index.html"].decode()
    run("-C", tmp_path / "site-ledger", "site", "-o", site.folder, "--as-of", DAY, "--lang", "zh")
    assert "url=zh/index.html" in (site.folder / "index.html").read_text(encoding="utf-8")
