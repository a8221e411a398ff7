"""A unit hands its ledger up, and the level above takes it in."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tests.federation.family import committed, family, files, git, pin, status, with_settings, write
from tests.json_output import require_fit
from tests.paper import fact, item, journal

TAGS = {"批次": {}, "类别": {"public": True}}
FACTS = [
    fact("2017-12-20", "report", "M3", text="开工", note="秘密一", person="王五", source="秘密二"),
    fact("2017-12-21", "extend", "M3", until="2020-12-31", note="秘密三"),
    fact("2017-12-20", "amend", "M3", key="tags.批次", value="秘密四", note="秘密五"),
]
BELOW = files([item("M3", lead="万州区", due="2019-12-31", remark="秘密六", source="秘密七",
                    tags={"批次": "秘密八", "类别": "水"})], FACTS, tags=TAGS, title="万州区台账")  # fmt: skip
CITY = files([item("M1", due="2019-12-31")])


@pytest.fixture
def wanzhou(tmp_path):
    committed(tmp_path / "wanzhou", BELOW, "2018-01-01")
    return tmp_path / "wanzhou"


@pytest.fixture
def city(tmp_path):
    return family(tmp_path, CITY, {})


def made(run, unit, name="up.zip", *more):
    target = unit.parent / name
    run("-C", unit, "hand-up", "-o", target, *more)
    with zipfile.ZipFile(target) as archive:
        require_fit("bundle", json.loads(archive.read("manifest.json")))
    return target


def text_in(path):
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def later(unit, *facts, day="2018-01-10", **more):
    committed(unit, {**BELOW, "journal/2017/office.csv": journal([*FACTS, *facts]), **more}, day)


@pytest.mark.quick
def test_the_same_ledger_makes_the_same_bytes(run, wanzhou):
    assert made(run, wanzhou, "a.zip").read_bytes() == made(run, wanzhou, "b.zip").read_bytes()


def test_nothing_private_goes_up(run, wanzhou):
    told = text_in(made(run, wanzhou))
    assert "秘密" not in told
    assert "王五" not in told
    assert "水" in told
    assert "开工" in told


def test_a_bundle_names_the_ledgers_that_are_not_in_it(run, run_any, city, tmp_path):
    write(tmp_path / "town", files([item("M1")]))
    unit = write(tmp_path / "wanzhou", with_settings(files([item("M3", parts=["town/M1"])]),
                                                     includes={"town": {"path": "../town"}}))  # fmt: skip
    bundle = made(run, unit)
    assert "../town" not in text_in(bundle)
    run("-C", city, "collect", bundle, "--as", "wanzhou")
    assert "its own includes are not read: town" in run("-C", city, "status", "--by", "include").out
    said = run_any("-C", city, "check", "--by", "include", "--as-of", "2018-01-31").out
    assert "L203" not in said


def test_a_private_tag_goes_up_if_it_is_named_and_a_note_never(run, wanzhou):
    told = text_in(made(run, wanzhou, "a.zip", "--with", "tags.批次"))
    assert "秘密八" in told
    assert "秘密四" in told
    assert "秘密一" not in told
    run("-C", wanzhou, "hand-up", "--with", "note", "-o", wanzhou.parent / "b.zip", code=2)


def test_the_bundle_counts_as_the_ledger_does(run, city, wanzhou, tmp_path):
    run("-C", city, "collect", made(run, wanzhou), "--as", "wanzhou")
    pinned = status(run, city)["groups"]["wanzhou"]
    other = family(tmp_path / "other", CITY, {})
    pin(other, "wanzhou", path="../../wanzhou")
    lying = status(run, other)["groups"]["wanzhou"]
    own = json.loads(run("-C", wanzhou, "status", "--as-of", "2018-01-31", "--format", "json").out)["books"]
    told = ("as_of", "revision", "name")
    assert {k: v for k, v in pinned.items() if k not in told} == {k: v for k, v in lying.items() if k not in told}
    assert pinned["books"] == own
    assert pinned["revision"]


def test_collecting_moves_one_line_and_says_what_changed(run, city, wanzhou):
    run("-C", city, "collect", made(run, wanzhou, "a.zip"), "--as", "wanzhou")
    before = (city / "ledger.yaml").read_text().splitlines()
    later(wanzhou, fact("2018-01-05", "done", "M3"))
    said = run("-C", city, "collect", made(run, wanzhou, "b.zip")).out
    after = (city / "ledger.yaml").read_text().splitlines()
    assert "entry added" in said or "done (1)" in said
    assert len([1 for old, new in zip(before, after, strict=True) if old != new]) <= 2
    assert status(run, city)["groups"]["wanzhou"]["done"] == 1


def test_taking_one_in_is_a_commit_where_a_history_is_kept(run, tmp_path, wanzhou):
    city = family(tmp_path, with_settings(CITY, history="auto"), {})
    committed(city, {path.name: path.read_bytes() for path in city.glob("*.yaml")})
    run("-C", city, "collect", made(run, wanzhou), "--as", "wanzhou")
    assert not git(city, "status", "--porcelain", "--", "ledger.yaml", "in")
    assert "took in wanzhou as of" in git(city, "log", "-1", "--format=%s")


def test_the_same_one_again_changes_nothing(run, city, wanzhou):
    bundle = made(run, wanzhou)
    run("-C", city, "collect", bundle, "--as", "wanzhou")
    assert "taken in already" in run("-C", city, "collect", bundle).out


def test_an_older_one_is_refused(run, city, wanzhou):
    old = made(run, wanzhou, "a.zip")
    later(wanzhou, fact("2018-01-05", "report", "M3"))
    run("-C", city, "collect", made(run, wanzhou, "b.zip"), "--as", "wanzhou")
    assert "is older than the last one" in run("-C", city, "collect", old, code=2).err


def test_one_of_another_ledger_is_refused(run, city, wanzhou, tmp_path):
    run("-C", city, "collect", made(run, wanzhou), "--as", "wanzhou")
    committed(tmp_path / "kaizhou", files([item("M1")], title="开州"))
    other = made(run, tmp_path / "kaizhou", "k.zip")
    assert "another ledger" in run("-C", city, "collect", other, "--as", "wanzhou", code=2).err
    assert "not included here" in run("-C", city, "collect", other, code=2).err


def test_a_weaker_one_is_held_until_it_is_accepted(run, city, wanzhou):
    run("-C", city, "collect", made(run, wanzhou, "a.zip"), "--as", "wanzhou")
    committed(wanzhou, {**BELOW, "journal/2017/office.csv": journal(FACTS[1:])}, "2018-01-10")
    bundle = made(run, wanzhou, "b.zip")
    kept = (city / "ledger.yaml").read_text()
    said = run("-C", city, "collect", bundle, code=1)
    assert "L704" in said.out
    assert (city / "ledger.yaml").read_text() == kept
    run("-C", city, "collect", bundle, "--accept")
    assert (city / "ledger.yaml").read_text() != kept


def repacked(path, change, **options):
    """The bundle with its members changed by a function of name and content."""
    target = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", **options) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
    path.write_bytes(target.getvalue())


@pytest.mark.parametrize("spoil", [
    lambda path: path.write_bytes(path.read_bytes() + b"x"),
    lambda path: path.write_bytes(path.read_bytes()[:-30]),
    lambda path: repacked(path, lambda name, data: data.replace("开工".encode(), "完工".encode())),
    lambda path: repacked(path, lambda name, data: data),
    lambda path: repacked(path, lambda name, data: b"{" * 100000 if name == "manifest.json" else data),
    lambda path: path.write_bytes(b""),
])  # fmt: skip
def test_an_altered_one_is_refused(run, city, wanzhou, spoil):
    bundle = made(run, wanzhou)
    spoil(bundle)
    run("-C", city, "collect", bundle, "--as", "wanzhou", code=2)
    assert "wanzhou" not in (city / "ledger.yaml").read_text()


@pytest.mark.parametrize("name", ["../evil", "/etc/x", "a\\b", "C:x", "x/../y"])
def test_a_name_that_leads_elsewhere_is_refused(run, city, tmp_path, name):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as made:
        made.writestr("manifest.json", "{}")
        made.writestr(name, "x")
    run("-C", city, "collect", tmp_path / "x.zip", "--as", "x", code=2)


def test_a_zip_bomb_and_a_link_are_refused_without_being_unpacked(run, city, tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("manifest.json", b"0" * (1 << 20))
    assert "larger than the bundle" in run("-C", city, "collect", tmp_path / "x.zip", "--as", "x", code=2).err
    link = zipfile.ZipInfo("measures.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "y.zip", "w") as made:
        made.writestr("manifest.json", "{}")
        made.writestr(link, "/etc/passwd")
    assert "measures.csv" in run("-C", city, "collect", tmp_path / "y.zip", "--as", "x", code=2).err


def test_a_pinned_bundle_that_is_not_the_one_is_exit_2(run, city, wanzhou):
    run("-C", city, "collect", made(run, wanzhou), "--as", "wanzhou")
    (bundle,) = (city / "in").iterdir()
    bundle.write_bytes(bundle.read_bytes() + b"x")
    said = run("-C", city, "status", code=2)
    assert not said.out
    assert "its hash differs" in said.err


def test_a_seal_that_covers_what_did_not_go_up_is_taken_at_its_word(run, city, tmp_path):
    unit = write(tmp_path / "wanzhou", with_settings(BELOW))
    run("-C", unit, "report", "weekly", "--week", "2017-W52", "--publish", "-o", tmp_path / "r.md")
    assert "left out" in run("-C", unit, "hand-up", "-o", tmp_path / "a.zip").err
    run("-C", city, "collect", tmp_path / "a.zip", "--as", "wanzhou")
    assert status(run, city)["groups"]["wanzhou"]["seals"] == "stated"
    run("-C", unit, "hand-up", "--with", "tags.批次", "-o", tmp_path / "b.zip")
    run("-C", city, "collect", tmp_path / "b.zip", "--accept")
    assert status(run, city)["groups"]["wanzhou"]["seals"] == "match"
