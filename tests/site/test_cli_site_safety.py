"""ledger site lets nothing internal, personal or hostile out, and nothing is written where it should not be."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from xml.etree import ElementTree

from ledger.model.entry import COLUMNS
from tests.paper import fact, files, item
from tests.site_paper import DAY, Build, Built, every, hostile, many, plain

_ATOM = "{http://www.w3.org/2005/Atom}"
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def test_no_internal_field_reaches_any_file(build_site: Build):
    public = {"date", "item", "event", "key", "value", "text", "until", "exempt", "approx", "part", "of", "firm"}
    facts = [
        fact("2017-05-01", event, **{
            **{column: f"SECRET-{column}-{event}" for column in COLUMNS if column not in public},
            "text": f"SECRET-text-{event}" if event in ("trouble", "supervise", "lift", "expect", "withdraw") else "PUBLIC-text",
            **cells,
        })
        for event, cells in {
            "start": {}, "report": {}, "progress": {"value": 7}, "reading": {"key": "t", "value": 3, "part": 3, "of": 987654},
            "trouble": {}, "milestone": {"key": "m"}, "done": {}, "step": {"key": "self_check"}, "close": {},
            "lookback": {"key": "held"}, "extend": {"until": "2018-01-31"}, "supervise": {"key": "letter"}, "lift": {},
            "amend": {"key": "goal", "value": "PUBLIC-goal"}, "expect": {"until": "2018-02-02"},
        }.items()
    ]  # fmt: skip
    facts.append(fact("2017-05-02", "report", text="SECRET-voided", note="SECRET-n"))
    facts.append(fact("2017-05-03", "void", key="2017-05-02/report", note="SECRET-v"))
    facts.append(fact("2018-06-01", "report", text="SECRET-later"))
    facts.append(fact("2017-05-03", "withdraw", "M2", note="SECRET-w"))
    measures = [
        item("M1", title="PUBLIC-title", lead="PUBLIC-lead", goal="SECRET-old-goal", steps=["PUBLIC-step"], source="SECRET-source",
             remark="SECRET-remark", targets={"t": {"name": "PUBLIC-target", "goal": ">= 2"}},
             milestones={"m": {"name": "PUBLIC-stage", "due": "2017-06-30"}}),
        item("M2", title="SECRET-withdrawn"),
    ]  # fmt: skip
    texts = files(measures, facts, approvers=["SECRET-by-extend", "SECRET-by-amend", "领导小组"])
    claims = {
        "claims": [
            {"id": "c", "as_of": DAY, "source": "SECRET-claim", "figures": {"measures.total": 9}, "gap": "SECRET-gap"}
        ]
    }
    waivers = [{"code": "L401", "item": "M1", "reason": "SECRET-reason", "by": "领导小组", "until": "2019-01-01"}]
    texts |= {
        "claims.yaml": json.dumps(claims, ensure_ascii=False) + "\n",
        "waivers.yaml": json.dumps(waivers, ensure_ascii=False) + "\n",
    }
    site = build_site(texts)
    whole = b"\n".join(site.files.values()).decode()
    for name in ("title", "lead", "goal", "step", "target", "stage", "text"):
        assert f"PUBLIC-{name}" in whole
    leaks = {path: re.findall(r"SECRET\S{0,30}|987654|2018-02-02", data.decode()) for path, data in site.files.items()}
    assert {path: found for path, found in leaks.items() if found} == {}


def test_a_hostile_ledger_does_no_harm(build_site: Build):
    site = build_site(hostile())
    for path, page in site.pages.items():
        own = {posixpath.basename(node.attributes.get("src", "")) for node in page.all("script")}
        assert own == ({"index.js", "site.js"} if path.endswith("/items.html") else own & {"sort.js"})
        assert page.all("img") == []
        assert not [
            name for node in every(page) for name in node.attributes if name.startswith("on") or name == "style"
        ]
        assert {node.attributes["href"] for node in page.all("a") if ":" in node.attributes["href"]} == set()
        for link in site.links(path):
            assert link in site.files, (path, link)
    for path, data in site.files.items():
        assert re.fullmatch(r"(?:[a-z]+/)*[A-Za-z0-9][A-Za-z0-9._~-]*", path), path
        assert not re.fullmatch(r"(?i)(con|aux|nul|prn)", Path(path).name.partition(".")[0]), path
        text = data.decode()
        assert not _BIDI.search(text), path
        if path.endswith(".html"):
            assert len(data) < 100_000, path
    assert len({path.casefold() for path in site.files}) == len(site.files)
    ElementTree.fromstring(site.files["zh/feed.xml"])
    assert not [node for node in ElementTree.fromstring(site.files["zh/curve.svg"]).iter() if "script" in node.tag]
    assert "<" not in site.files["zh/index.js"].decode()


def test_long_lists_are_parted_and_no_page_is_large(build_site: Build):
    site = build_site(many(250))
    assert "en/items~2.html" in site.files
    assert max(len(data) for path, data in site.files.items() if path.endswith(".html")) < 100_000
    parts = ["en/items.html", *sorted(path for path in site.files if path.startswith("en/items~"))]
    listed = [row[0] for path in parts for row in site.rows(path, -1)]
    assert sorted(listed) == sorted(f"M{number}" for number in range(1, 251))
    for path in site.pages:
        assert all(link in site.files for link in site.links(path))


def test_a_telephone_number_stops_the_build_and_the_old_site_stays(build_site: Build, make_ledger, run, tmp_path: Path):
    before = build_site(plain()).files
    texts = plain()
    texts["journal/2017/office.csv"] += "2017-12-30,M10,report,,,,,,,找 13800138000" + "," * 9 + "\n"
    book = make_ledger(texts, "site-ledger")
    result = run("-C", book, "site", "-o", tmp_path / "site", "--as-of", DAY, code=1)
    assert "journal/2017/office.csv:10:" in result.err
    assert "L902 a text to be published holds a phone number" in result.err
    assert "nothing was published" in result.err
    assert result.out == ""
    assert Built(tmp_path / "site").files == before


def test_a_telephone_number_in_the_name_of_a_unit_stops_it_too(make_ledger, run, tmp_path: Path):
    book = make_ledger(files([item(lead="值班室 13800138000")]))
    result = run("-C", book, "site", "-o", tmp_path / "site", "--as-of", DAY, code=1)
    assert "L902 a name holds a phone or identity number: 值班室 13800138000" in result.err
    assert not (tmp_path / "site").exists()


def test_a_waiver_does_not_let_a_number_onto_the_site(make_ledger, run, tmp_path: Path):
    texts = files([item(goal="举报电话 023-67654321")])
    texts["waivers.yaml"] = "- {code: L902, item: M1, reason: 举报电话, by: 领导小组, until: 2019-01-01}\n"
    book = make_ledger(texts)
    assert run("-C", book, "check", "--select", "L902,L109", "--as-of", DAY).out.startswith("as of")
    result = run("-C", book, "site", "-o", tmp_path / "site", "--as-of", DAY, code=1)
    assert "measures.yaml:7:11: L902" in result.err
    assert "L902 a text to be published holds a phone number" in result.err
    assert not (tmp_path / "site").exists()


def test_a_folder_of_somebody_else_is_refused(make_ledger, run, tmp_path: Path):
    book = make_ledger(plain())
    before = Built(book).files
    result = run("-C", book, "site", "-o", book, "--as-of", DAY, code=2)
    assert "holds other files and is no site of ours; nothing was written" in result.err
    assert Built(book).files == before


def test_a_folder_that_the_journal_reads_is_refused(make_ledger, run, tmp_path: Path):
    book = make_ledger(plain())
    result = run("-C", book, "site", "-o", book / "journal" / "public", "--as-of", DAY, code=2)
    assert "would read files in" in result.err
    assert "(journal/**/*.csv); nothing was written" in result.err
    assert not (book / "journal" / "public").exists()


def test_a_damaged_list_of_files_does_not_bar_the_next_build(build_site: Build, make_ledger, run, tmp_path: Path):
    site = build_site(plain())
    listed = site.folder / "site-files.json"
    listed.write_bytes(listed.read_bytes()[:200])
    (site.folder / "CNAME").write_text("example.org")
    result = run("-C", make_ledger(plain(), "again"), "site", "-o", site.folder, "--as-of", DAY)
    assert "site-files.json was damaged and is written anew" in result.err
    assert "1 of them: CNAME" in result.err
    assert Built(site.folder).files == {**site.files, "CNAME": b"example.org"}


def test_a_ledger_that_could_not_be_read_whole_is_not_published(make_ledger, run, tmp_path: Path):
    texts = plain()
    texts["problems.yaml"] = "- {id: P1, title: [\n"
    result = run("-C", make_ledger(texts), "site", "-o", tmp_path / "site", "--as-of", DAY, code=2)
    assert "half of it is not published" in result.err
    assert not (tmp_path / "site").exists()


def test_it_asks_for_a_folder_and_for_a_day_that_has_come(make_ledger, run, tmp_path: Path):
    book = make_ledger(plain())
    assert "ledger site -o public" in run("-C", book, "site", "--as-of", DAY, code=2).err
    assert "2999-01-01 has not come yet" in run("-C", book, "site", "-o", "x", "--as-of", "2999-01-01", code=2).err
    assert not (tmp_path / "x").exists()
