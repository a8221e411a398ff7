"""Other ledgers rolled up: read in place, counted once, never silently left out."""

from __future__ import annotations

import csv
import json
import re
import zipfile

import pytest

from tests.federation.family import committed, family, files, pin, status, with_settings, write
from tests.json_output import require_schema
from tests.paper import fact, item, journal, yaml

MINE = files([item("M1"), item("M2", due="2018-12-31")], [fact("2017-12-20", "done", "M1")])
THEIRS = files([item("M1", lead="万州区"), item("M3", lead="市环保局", due="2017-06-30")],
               [fact("2017-12-20", "start", "M1")])  # fmt: skip


@pytest.fixture
def city(tmp_path):
    return family(tmp_path, MINE, {"wanzhou": THEIRS, "kaizhou": MINE})


def ids(result):
    return [one["id"] for one in json.loads(result.out)["items"]]


@pytest.mark.quick
def test_the_totals_of_the_city_are_those_of_its_own_books(run, city):
    told = status(run, city)
    assert told["books"]["measures"]["total"] == 2
    assert {key: (group["total"], group["done"], group["overdue"]) for key, group in told["groups"].items()} == {
        "": (2, 1, 0), "wanzhou": (2, 0, 2), "kaizhou": (2, 1, 0), "total": (6, 2, 2),
    }  # fmt: skip


def test_each_ledger_stands_with_its_day_its_seals_and_its_silence(run, city):
    group = status(run, city)["groups"]["wanzhou"]
    assert (group["as_of"], group["revision"], group["seals"]) == ("2018-01-31", None, "none")
    assert (group["last_entry"], group["silent"]) == ("2017-12-20", True)
    assert "2017-12-20 silent" in run("-C", city, "status", "--by", "include", "--as-of", "2018-01-31").out


def test_a_ledger_below_is_not_silent_that_reports_nothing_new(run, tmp_path):
    nothing_new = [fact("2017-12-20", "start", "M1"),
                   fact("2018-01-30", "return", "", key="2018-W04", value="0", by="万州区")]  # fmt: skip
    city = family(tmp_path, MINE, {"wanzhou": files([item("M1", lead="万州区")], nothing_new)})
    group = status(run, city)["groups"]["wanzhou"]
    assert (group["last_entry"], group["silent"]) == ("2018-01-30", False)
    packed = run("-C", tmp_path / "wanzhou", "hand-up", "-o", tmp_path / "w.zip", "--as-of", "2018-01-31")
    assert "2 entries" in packed.out


def test_list_shows_the_own_items_and_with_includes_all(run, city):
    assert ids(run("-C", city, "list", "--format", "json")) == ["M1", "M2"]
    assert ids(run("-C", city, "list", "--includes", "--format", "json")) == [
        "M1", "M2", "kaizhou/M1", "kaizhou/M2", "wanzhou/M1", "wanzhou/M3",
    ]  # fmt: skip


def test_a_list_by_include_counts_what_it_found_in_each_ledger(run, city):
    told = json.loads(run("-C", city, "list", "schedule:overdue", "--by", "include", "--format", "json",
                          "--as-of", "2018-01-31").out)  # fmt: skip
    assert [one["id"] for one in told["items"]] == ["wanzhou/M1", "wanzhou/M3"]
    assert [(one["key"], one["total"], one["overdue"]) for one in told["groups"]] == [
        ("", 0, 0), ("wanzhou", 2, 2), ("kaizhou", 0, 0),
    ]  # fmt: skip
    shown = run("-C", city, "list", "--by", "include", "--as-of", "2018-01-31").out
    assert re.search(r"^wanzhou +2 +0 +2$", shown, re.MULTILINE)
    assert re.search(r"^\(this ledger\) +2 +1 +0$", shown, re.MULTILINE)


@pytest.mark.parametrize("command", ["chart units", "chart gantt"])
def test_charts_by_include_have_a_group_for_each_ledger(run, city, tmp_path, command):
    run("-C", city, *command.split(), "--by", "include", "--as-of", "2018-01-31", "-o", tmp_path / "c.svg")
    drawn = (tmp_path / "c.svg").read_text(encoding="utf-8")
    assert all(f">{name}" in drawn for name in ("wanzhou", "kaizhou", "(this ledger)"))


def test_a_forecast_by_include_takes_the_items_of_all_ledgers(run, city):
    told = json.loads(run("-C", city, "forecast", "--by", "include", "--as-of", "2017-12-31", "--format", "json").out)
    assert told["includes"] == ["wanzhou", "kaizhou"]


def test_what_holds_items_of_all_ledgers_says_so(run, city):
    assert "with the items of 2 included ledgers" in run("-C", city, "list", "--includes").out
    assert "included ledgers" not in run("-C", city, "list").out
    told = json.loads(run("-C", city, "list", "--includes", "--format", "json").out)
    assert told["includes"] == ["wanzhou", "kaizhou"]


@pytest.mark.parametrize("words", ["report weekly --week 2017-W52", "due", "report supervision", "chart units -o u.svg",
                                   "report disclosure", "chart gantt -o g.svg", "chart heatmap -o h.svg"])  # fmt: skip
def test_every_report_and_chart_takes_the_items_of_all_ledgers(run_any, city, words):
    assert run_any("-C", city, *words.split(), "--includes", "--as-of", "2017-12-31").code < 2


def test_completion_offers_the_ids_of_all_ledgers(city, monkeypatch):
    import click

    from ledger.cli.completion import complete_id

    command = click.Command("show")
    context = click.Context(command, info_name="show")
    context.params["directory"] = str(city)
    assert [one.value for one in complete_id(context, command, "wanzhou/")] == ["wanzhou/M1", "wanzhou/M3"]


def test_a_claim_may_name_a_book_of_another_ledger_or_of_all(run, city):
    claims = [{"id": "c", "as_of": "2018-01-31", "figures": {
        "wanzhou/measures.total": 2, "total/measures.total": 6, "measures.total": 2, "nobody/measures.total": 1,
    }}]  # fmt: skip
    write(city, {"claims.yaml": yaml({"claims": claims})})
    told = json.loads(run("-C", city, "status", "--as-of", "2018-01-31", "--format", "json").out)["claims"]
    assert {one["figure"]: one["found"] for one in told} == {
        "wanzhou/measures.total": 2, "total/measures.total": 6, "measures.total": 2, "nobody/measures.total": None,
    }  # fmt: skip


def test_an_id_names_an_item_of_any_ledger(run, city):
    assert run("-C", city, "show", "wanzhou/M3").out.startswith("wanzhou/M3  title of M3")
    assert ids(run("-C", city, "list", "id:wanzhou/*", "--format", "json")) == ["wanzhou/M1", "wanzhou/M3"]


def test_the_page_of_a_unit_shows_its_items_of_all_ledgers(run, city):
    found = ids(run("-C", city, "list", "lead:市环保局", "--format", "json"))
    assert found == ["M1", "M2", "kaizhou/M1", "kaizhou/M2", "wanzhou/M3"]


def form(run, city, unit, *more):
    run("-C", city, "form", "-u", unit, "--week", "2017-W51", "--format", "csv", "-o", city / "out", *more)
    (path,) = (city / "out").iterdir()
    return path, list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_the_form_of_a_unit_shows_its_items_of_all_ledgers_and_asks_only_for_the_own(run, city):
    path, rows = form(run, city, "市环保局")
    assert [row[0] for row in rows[1:]] == ["M2", "wanzhou/M3", "kaizhou/M2"]
    place = rows[0].index("progress this week")
    rows[2][place] = "通水"
    rows[1][place] = "开工"
    path.write_text("\n".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows))
    said = run("-C", city, "collect", path, "--week", "2017-W51", code=1)
    assert "wanzhou/M3 belongs to the included ledger wanzhou" in said.out + said.err
    kept = (city / "journal/2017/office.csv").read_text()
    assert "开工" in kept
    assert "通水" not in kept


def test_the_workbook_of_a_unit_locks_the_rows_of_other_ledgers(run, city):
    import openpyxl

    run("-C", city, "form", "-u", "市环保局", "--week", "2017-W51", "-o", city / "out")
    (path,) = (city / "out").iterdir()
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value in ("M2", "wanzhou/M3")}
    places = [cell.column - 1 for cell in rows["M2"] if not cell.protection.locked]
    assert places
    assert all(rows["wanzhou/M3"][place].protection.locked for place in places)


def test_a_unit_with_items_below_only_gets_a_page_if_it_is_named(run, city):
    _, rows = form(run, city, "万州区")
    assert [row[0] for row in rows[1:]] == ["wanzhou/M1"]
    run("-C", city, "form", "--all", "--week", "2017-W51", "-o", city / "all")
    assert [path.name for path in (city / "all").iterdir()] == ["2017-W51_市环保局.xlsx"]


def test_a_form_without_a_ledger_says_so_and_none_is_made_while_it_is_missing(run, city, tmp_path):
    (tmp_path / "wanzhou").rename(tmp_path / "elsewhere")
    run("-C", city, "form", "--all", "--week", "2017-W51", "-o", city / "out", code=2)
    assert not (city / "out").exists()
    said = run("-C", city, "form", "--all", "--week", "2017-W51", "-o", city / "out", "--without", "wanzhou")
    assert "without the included ledgers: wanzhou" in said.err


def test_what_counts_nothing_does_not_ask_for_the_ledgers_below(run, tmp_path):
    city = family(tmp_path, MINE, {"wanzhou": THEIRS})
    committed(city, {path.name: path.read_bytes() for path in city.glob("*.yaml")})
    (tmp_path / "wanzhou").rename(tmp_path / "elsewhere")
    run("-C", city, "diff")
    run("-C", city, "history")


def test_the_letter_to_a_unit_names_its_items_of_all_ledgers_and_its_register_comes_back(run, tmp_path):
    import openpyxl

    theirs = files([item("M1", lead="区住建局"), item("M3", lead="市环保局", due="2017-06-30")])
    city = family(tmp_path, MINE, {"wanzhou": theirs})
    said = run("-C", city, "letter", "supervision", "--as-of", "2018-12-31", "-o", city / "letters").out
    assert "市环保局" in said
    assert "wanzhou/M3" in said
    assert "区住建局" not in said
    register = city / "letters/letters.xlsx"
    book = openpyxl.load_workbook(register)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "document" for cell in row))
    place = next(cell.column for cell in head if cell.value == "document")
    sheet.cell(head[0].row + 1, place).value = "督〔2018〕1号"
    book.save(register)
    run("-C", city, "collect", register, "--as-of", "2018-12-31", "--week", "2018-W52")
    assert status(run, city, "2018-12-31")["groups"]["wanzhou"]["supervised"] == 1


def test_letters_to_units_of_other_ledgers_are_for_the_asking(run, tmp_path):
    city = family(tmp_path, MINE, {"wanzhou": files([item("M1", lead="区住建局", due="2017-06-30")])})
    said = run("-C", city, "letter", "supervision", "--includes", "--as-of", "2018-01-31", "-o", city / "letters").out
    assert "区住建局" in said


def test_a_page_of_the_site_shows_each_ledger(run, city):
    run("-C", city, "site", "--as-of", "2018-01-31", "-o", city.parent / "site")
    page = (city.parent / "site/en/ledgers.html").read_text()
    row = next(part for part in page.split("<tr") if "wanzhou/" in part)
    cells = re.sub(r"<[^>]*>", " ", row).split()
    assert [word for word in cells if word[0].isdigit() or word == "silent"] == [
        "2018-01-31", "2", "2", "0", "2", "2017-12-20", "silent",
    ]  # fmt: skip
    assert "ledgers.html" in (city.parent / "site/en/items.html").read_text()


def test_a_site_without_a_ledger_says_so_on_every_page(run, city, tmp_path):
    (tmp_path / "wanzhou").rename(tmp_path / "elsewhere")
    run("-C", city, "site", "--without", "wanzhou", "--as-of", "2018-01-31", "-o", tmp_path / "site")
    for name in ("index", "ledgers", "items"):
        assert "without the included ledgers: wanzhou" in (tmp_path / f"site/en/{name}.html").read_text()
    items = (tmp_path / "site/items.json").read_text()
    require_schema(items)
    assert json.loads(items)["without"] == ["wanzhou"]


def test_a_site_with_the_items_of_all_ledgers_tells_the_own_apart(run, city):
    run("-C", city, "site", "--includes", "--as-of", "2018-01-31", "-o", city.parent / "site")
    page = (city.parent / "site/en/ledgers.html").read_text()
    row = next(part for part in page.split("<tr") if "(this ledger)" in part)
    assert re.findall(r">(\d+)<", row) == ["2", "1", "1", "0"]


def test_the_items_of_a_unit_make_a_ledger_of_its_own(run, tmp_path):
    mine = files([item("M1", lead="甲区", parts=["wanzhou/M3"], problems=["P1"]), item("M2")],
                 problems=[item("P1")])  # fmt: skip
    city = family(tmp_path, mine, {"wanzhou": files([item("M3", lead="甲区")])})
    run("-C", city, "list", "lead:甲区", "-o", tmp_path / "all.xlsx")
    refused = run("init", tmp_path / "none", "--from", tmp_path / "all.xlsx", code=2)
    assert "-id:wanzhou/* leaves them out" in refused.out + refused.err
    run("-C", city, "list", "lead:甲区", "-id:*/*", "-o", tmp_path / "own.xlsx")
    said = run("init", tmp_path / "own", "--from", tmp_path / "own.xlsx").err
    assert "the list does not hold" in said
    assert "wanzhou/M3" in said
    assert ids(run("-C", tmp_path / "own", "list", "--format", "json")) == ["M1"]
    run("-C", tmp_path / "own", "check", "--as-of", "2017-12-01")


def test_a_unit_below_is_the_parents_by_its_former_name(run, tmp_path):
    units = [{"name": "市环保局"}, {"name": "万州区", "was": ["万县"]}]
    below = with_settings(files([item("M1", lead="万县市")]), units=[{"name": "万县市", "was": ["万县"]}])
    city = family(tmp_path, MINE, {"wanzhou": below}, units=units)
    assert ids(run("-C", city, "list", "lead:万州区", "--format", "json")) == ["wanzhou/M1"]


@pytest.mark.parametrize("words", [("set", "wanzhou/M1", "title=x"), ("record", "report", "wanzhou/M1"),
                                   ("record", "done", "wanzhou/M1"), ("set", "wanzhou/M1", "id=M9")])  # fmt: skip
def test_an_item_of_another_ledger_is_read_only_and_its_owner_named(run, city, words):
    assert "belongs to the included ledger wanzhou (../wanzhou)" in run("-C", city, *words, code=2).err


def test_an_import_names_the_owner_too(run, city, tmp_path):
    (tmp_path / "facts.csv").write_text("date,item,event\n2017-12-21,wanzhou/M1,report\n")
    said = run("-C", city, "import", tmp_path / "facts.csv", code=2)
    assert "belongs to the included ledger wanzhou" in said.out + said.err


def test_the_city_may_supervise_an_item_of_another_ledger(run, city):
    run("-C", city, "record", "supervise", "wanzhou/M3", "--key", "listed", "-d", "2018-01-10")
    assert status(run, city)["groups"]["wanzhou"]["supervised"] == 1
    assert "supervised" in run("-C", city, "show", "wanzhou/M3", "--as-of", "2018-01-31").out
    run("-C", city, "check", "--as-of", "2018-01-31")


def test_a_line_about_another_ledgers_item_that_may_not_stand_here_is_204(run, city):
    (city / "journal/2017/office.csv").write_text(journal([fact("2017-12-20", "done", "wanzhou/M1")]))
    assert "L204 wanzhou/M1" in run("-C", city, "check", "--as-of", "2018-01-31", code=1).out


def test_a_lift_of_another_ledgers_item_by_nobody_who_decides_is_509_and_lifts_nothing(run, tmp_path):
    lines = [fact("2018-01-05", "supervise", "wanzhou/M3", key="listed"),
             fact("2018-01-08", "lift", "wanzhou/M3", by="市环保局")]  # fmt: skip
    mine = files([item("M1")], lines)
    city = family(tmp_path, mine, {"wanzhou": THEIRS}, approvers=["领导小组", "市环保局"])
    told = run("-C", city, "check", "--as-of", "2018-01-31", code=1).out
    assert "L509 wanzhou/M3" in told
    assert "journal/2017/office.csv:3" in told
    assert "whose own item it is" in told
    assert status(run, city)["groups"]["wanzhou"]["supervised"] == 1
    lines[1]["by"] = "领导小组"
    write(city, {"journal/2017/office.csv": journal(lines)})
    assert "L509" not in run("-C", city, "check", "--as-of", "2018-01-31").out
    assert status(run, city)["groups"]["wanzhou"]["supervised"] == 0


def test_an_order_of_the_city_about_another_ledgers_item_that_is_over_is_804_of_the_city(run, tmp_path):
    order = fact("2018-01-05", "supervise", "wanzhou/M3", key="listed", until="2018-01-20")
    city = family(tmp_path, files([item("M1")], [order]), {"wanzhou": THEIRS})
    assert "L804 wanzhou/M3" in run("-C", city, "check", "--as-of", "2018-01-31").out
    assert "L804" not in run("-C", city, "check", "--as-of", "2018-01-20").out


@pytest.mark.parametrize("command", ["status", "list", "check", "due", "show M1"])
def test_without_a_ledger_that_it_includes_there_is_no_table(run, city, tmp_path, command):
    (tmp_path / "wanzhou").rename(tmp_path / "elsewhere")
    said = run("-C", city, *command.split(), code=2)
    assert not said.out
    assert "ledger.yaml:" in said.err
    assert "the included ledger wanzhou: there is no ledger in ../wanzhou" in said.err


def test_a_fault_in_a_file_below_is_told_with_its_own_path(run, city, tmp_path):
    (tmp_path / "wanzhou/measures.yaml").write_text("- {id: M1, title: x, lead: y, due: soon}\n")
    said = run("-C", city, "status", code=2)
    assert not said.out
    assert "../wanzhou/measures.yaml:1:" in said.err


def test_a_newer_format_below_is_refused(run, city, tmp_path):
    write(tmp_path / "wanzhou", with_settings(THEIRS, ledger=2))
    said = run("-C", city, "status", code=2).err
    assert "only format version 1" in said
    assert "../wanzhou/ledger.yaml:" in said


def test_one_may_count_on_without_it_and_every_head_says_so(run, city, tmp_path):
    (tmp_path / "wanzhou").rename(tmp_path / "elsewhere")
    for command in (["status"], ["list"], ["status", "--by", "include"], ["due"], ["report", "weekly"]):
        said = run("-C", city, *command, "--without", "wanzhou", "--as-of", "2017-12-31").out
        assert "without the included ledgers: wanzhou" in said, command
    told = json.loads(run("-C", city, "list", "--without", "wanzhou", "--format", "json").out)
    assert told["without"] == ["wanzhou"]
    assert "did you mean wanzhou" in run("-C", city, "list", "--without", "wanzou", code=2).err


def text_in(path):
    """What a file says, unpacked if it is a package."""
    if path.read_bytes()[:2] != b"PK":
        return path.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if ".xml" in name)


@pytest.mark.parametrize("command, form", [
    ("status", "csv"), ("status", "docx"), ("list", "csv"), ("list", "xlsx"), ("list", "html"), ("due", "csv"),
    ("list --entries", "csv"), ("list --entries", "xlsx"), ("report weekly", "csv"), ("report weekly", "xlsx"),
    ("report weekly", "docx"), ("report weekly", "json"), ("report trend", "csv"), ("requests", "xlsx"),
])  # fmt: skip
def test_every_format_says_which_ledger_is_left_out(run_any, city, tmp_path, command, form):
    (tmp_path / "wanzhou").rename(tmp_path / "elsewhere")
    target = tmp_path / f"out.{form}"
    args = ("--without", "wanzhou", "--as-of", "2017-12-31", "--format", form, "-o", target)
    assert run_any("-C", city, *command.split(), *args).code < 2
    assert "wanzhou" in text_in(target)


@pytest.mark.parametrize("command, form", [
    ("list", "ics"), ("due", "github"), ("due", "junit"), ("check", "text"), ("check", "github"), ("check", "junit"),
    ("chart gantt", "svg"), ("chart heatmap", "svg"), ("chart units", "svg"), ("chart burnup", "svg"),
])  # fmt: skip
def test_calendars_charts_and_findings_say_it_too(run_any, city, tmp_path, command, form):
    (tmp_path / "wanzhou").rename(tmp_path / "elsewhere")
    args = ("--without", "wanzhou", "--as-of", "2017-12-31", "--format", form, "-o", tmp_path / "out")
    run_any("-C", city, *command.split(), *args)
    assert "wanzhou" in text_in(tmp_path / "out")


def test_a_list_that_says_what_it_leaves_out_is_imported_like_any_other(run, city, tmp_path):
    for form in ("csv", "xlsx"):
        target = tmp_path / f"list.{form}"
        run("-C", city, "list", "--without", "wanzhou", "--as-of", "2017-12-31", "-o", target)
        said = run("-C", city, "import", target, "--dry-run")
        assert "0 added" in said.out or "nothing" in said.out + said.err


@pytest.mark.parametrize("include, words", [
    ({"path": "."}, "is this ledger itself"), ({"path": "../kaizhou"}, "is the same place as kaizhou"),
    ({"path": "../kaizhou/."}, "is the same place as kaizhou"), ({"path": "../link"}, "goes through a symbolic link"),
    ({"git": "../wanzhou", "rev": "0" * 40}, "is no git repository"), ({"path": "../nowhere"}, "there is no ledger"),
    ({"bundle": "x.zip", "sha256": "0" * 64}, "cannot be read"), ({"path": "../wanzhou", "git": "x"}, "needs one of"),
])  # fmt: skip
def test_an_include_that_cannot_be_is_refused_with_its_place(run, tmp_path, include, words):
    city = family(tmp_path, MINE, {"kaizhou": MINE})
    write(tmp_path / "wanzhou", THEIRS)
    (tmp_path / "link").symlink_to(tmp_path / "wanzhou")
    pin(city, "wanzhou", **include)
    said = run("-C", city, "status", code=2)
    assert not said.out
    assert words in said.err


def test_two_of_one_name_are_refused(run, tmp_path):
    city = family(tmp_path, MINE, {"kaizhou": MINE})
    text = (city / "ledger.yaml").read_text()
    (city / "ledger.yaml").write_text(text.replace('"kaizhou": {', '"kaizhou": {"path": "../x"},\n "kaizhou": {'))
    said = run("-C", city, "status", code=2)
    assert not said.out
    assert "L102" in said.err


@pytest.mark.parametrize("name, words", [
    ("total", "is the name of everything together"), ("Total", "is the name of everything together"),
    ("Kaizhou", "Kaizhou differs from kaizhou only in case"), ("a/b", "no . and no /"), ("a.b", "no . and no /"),
])  # fmt: skip
def test_a_name_that_could_mean_two_things_is_refused_with_its_line(run, tmp_path, name, words):
    city = family(tmp_path, MINE, {"kaizhou": MINE})
    write(tmp_path / "wanzhou", THEIRS)
    pin(city, name, path="../wanzhou")
    said = run("-C", city, "status", code=2)
    assert not said.out
    assert "ledger.yaml:" in said.err
    assert words in said.err


def test_an_id_with_a_slash_is_refused(run, tmp_path):
    city = family(tmp_path, files([item("kaizhou/M1")]), {"kaizhou": MINE})
    assert "L104" in run("-C", city, "check", code=1).out


def test_what_a_ledger_below_includes_is_not_read_and_that_is_said(run, city, tmp_path):
    write(tmp_path / "wanzhou", with_settings(THEIRS, includes={"up": {"path": "../city"}}))
    assert "its own includes are not read: up" in run("-C", city, "status", "--by", "include").out


def test_a_pinned_revision_is_read_from_its_objects(run, tmp_path):
    city = family(tmp_path, MINE, {})
    rev = committed(tmp_path / "wanzhou", {f"data/{path}": text for path, text in THEIRS.items()}, "2018-01-10")
    pin(city, "wanzhou", git="../wanzhou", rev=rev, dir="data")
    for path in (tmp_path / "wanzhou/data").glob("*.yaml"):
        path.write_text("nobody reads this")
    group = status(run, city)["groups"]["wanzhou"]
    assert (group["total"], group["revision"], group["as_of"]) == (2, rev, "2018-01-10")
    pin(city, "wanzhou", git="../wanzhou", rev="a" * 40, dir="data")
    assert "../wanzhou has no commit aaaaaaaaaaaa" in run("-C", city, "status", code=2).err


def test_parts_give_an_item_its_progress_and_a_target_its_sum(run, tmp_path):
    target = {"built": {"name": "plants", "goal": ">= 10"}}
    below = files([item("M1", targets=target)], [fact("2017-12-20", "reading", "M1", key="built", value="3")])
    whole = item("M1", targets={"built": {"goal": ">= 20", "sum": "parts"}}, parts=["wanzhou/M1", "kaizhou/M1"])
    city = family(tmp_path, files([whole, item("M2", parts=["wanzhou/M1"])]), {"wanzhou": below, "kaizhou": below})
    told = json.loads(run("-C", city, "list", "--format", "json", "--as-of", "2017-12-31").out)["items"]
    assert [one["progress"] for one in told] == [30.0, 30.0]
    assert "L203" not in run("-C", city, "check", "--as-of", "2017-12-31").out


def test_a_part_that_is_not_there_is_203(run, tmp_path):
    city = family(tmp_path, files([item("M1", parts=["wanzhou/M7", "wanzou/M1"])]), {"wanzhou": THEIRS})
    said = run("-C", city, "check", "--as-of", "2017-12-01", code=1).out
    assert said.count("L203") == 2


def test_what_a_ledger_below_has_to_say_is_one_info_unless_asked_for(run, city):
    said = run("-C", city, "check", "--as-of", "2018-01-31").out
    assert "L207" in said
    assert "../wanzhou/" not in said
    assert "../wanzhou/measures.yaml" in run("-C", city, "check", "--by", "include", "--as-of", "2018-01-31").out
