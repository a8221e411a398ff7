"""ledger chart: pictures on standard output and in files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from lxml import etree

from ledger.chart.cli import CHARTS
from tests.chart.small_font import write_font
from tests.conftest import SAMPLE
from tests.paper import files, item

KINDS = [name for name in CHARTS if name != "item"]
"""The charts that take a query."""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_of_the_sample_is_as_expected(run, golden, kind: str, lang: str):
    few = ("--weeks", "4") if kind == "heatmap" else ()
    out = run("-C", SAMPLE, "chart", kind, "--as-of", "2017-12-31", "--lang", lang, *few).out
    etree.fromstring(out.encode())
    if lang == "zh":
        golden(f"chart_{kind}.svg", out)


def test_the_group_lists_the_charts_in_both_languages(run, speak):
    for lang in ("en", "zh"):
        speak(lang)
        out = run("chart", "--help").out
        assert all(name in out and words.pick(lang) in out for name, words in CHARTS.items())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang, word", [("zh", "没有"), ("en", "no")])
def test_an_empty_ledger_gives_a_sentence_in_the_picture(run, make_ledger, kind: str, lang: str, word: str):
    book = make_ledger(files())
    root = etree.fromstring(run("-C", book, "chart", kind, "--as-of", "2017-12-31", "--lang", lang).out.encode())
    assert word in root.findtext("{*}desc")


@pytest.mark.parametrize("kind", KINDS)
def test_a_query_chooses_the_items_and_is_printed(run, kind: str):
    out = run("-C", SAMPLE, "chart", kind, "--as-of", "2017-12-31", "lead:市城管委", "-state:closed").out
    assert "only: lead:市城管委 -state:closed" in out
    assert ">M3<" not in out


def test_a_query_that_means_nothing_is_a_sentence(run):
    err = run("-C", SAMPLE, "chart", "units", "light:blue", code=2).err
    assert "blue" in err


def test_the_suffix_of_the_file_decides_and_a_strange_one_is_refused(run, tmp_path: Path):
    run("-C", SAMPLE, "chart", "units", "-o", tmp_path / "u.svg")
    assert (tmp_path / "u.svg").read_bytes().startswith(b"<svg ")
    err = run("-C", SAMPLE, "chart", "units", "-o", tmp_path / "u.jpg", code=2).err
    assert "chart writes no .jpg" in err
    assert "svg, png, pdf" in err


@pytest.fixture
def font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run) -> Path:
    """A font that has all signs of the pictures of the sample."""
    signs = "".join(run("-C", SAMPLE, "chart", kind, "--as-of", "2017-12-31", "--lang", "zh").out for kind in KINDS)
    path = write_font(tmp_path / "type.ttf", signs)
    monkeypatch.setenv("LEDGER_FONT", str(path))
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_png_and_pdf_by_option_or_suffix(run, tmp_path: Path, font: Path, kind: str):
    chart = ("-C", SAMPLE, "chart", kind, "--as-of", "2017-12-31", "--lang", "zh")
    assert run(*chart, "-o", tmp_path / "c.pdf", "--paper", "a0").err == ""
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF-")
    assert run(*chart, "--png", "-o", tmp_path / "c.out").err == ""
    assert (tmp_path / "c.out").read_bytes().startswith(b"\x89PNG")


def test_png_and_pdf_at_once_are_refused(run):
    assert "exclude each other" in run("-C", SAMPLE, "chart", "units", "--png", "--pdf", code=2).err


def test_without_a_chinese_font_the_sentence_names_the_debian_package(run, monkeypatch, tmp_path: Path):
    monkeypatch.setenv("LEDGER_FONT", str(write_font(tmp_path / "latin.ttf", "abc")))
    found = run("-C", SAMPLE, "chart", "units", "--lang", "en", "-o", tmp_path / "u.png", code=2)
    assert "latin.ttf, which LEDGER_FONT names, is no font file or lacks Chinese signs" in found.err
    assert "fonts-wqy-microhei" in found.err
    assert not (tmp_path / "u.png").exists()


@pytest.mark.parametrize("path", ["nowhere.ttf", "."])
def test_a_font_file_that_is_not_there_is_named_and_what_to_install(run, monkeypatch, path: str):
    monkeypatch.setenv("LEDGER_FONT", path)
    err = run("-C", SAMPLE, "chart", "units", "--pdf", "-o", "u.pdf", code=2).err
    assert f"there is no font file {path}, which LEDGER_FONT names" in err
    assert "fonts-wqy-microhei" in err


def test_a_machine_with_latin_type_only_draws_what_has_no_chinese_signs(run, make_ledger, monkeypatch, tmp_path: Path):
    chart = (
        "-C",
        make_ledger(files([item(lead="Works")], title="small")),
        "chart",
        "units",
        "--as-of",
        "2017-12-31",
        "--lang",
        "en",
    )
    (tmp_path / "type").mkdir()
    write_font(tmp_path / "type" / "DejaVuSans.ttf", run(*chart).out)
    monkeypatch.setattr("ledger.chart.cli.font_folders", lambda: [tmp_path / "type"])
    assert run(*chart, "--pdf", "-o", tmp_path / "u.pdf").err == ""
    found = run("-C", SAMPLE, "chart", "units", "--pdf", "-o", tmp_path / "z.pdf", code=2)
    assert "this machine has no Chinese font" in found.err


def test_sheets_of_an_earlier_chart_are_named_and_stay(run, make_ledger, tmp_path: Path):
    book = make_ledger(files([item(f"M{n}") for n in range(400)]))
    chart = ("-C", book, "chart", "gantt", "--as-of", "2017-12-31", "-o", tmp_path / "w.svg")
    (tmp_path / "w-old.svg").write_text("mine")
    assert "left" not in run(*chart).err
    first = sorted(path.name for path in tmp_path.glob("w-*.svg"))
    assert "left from before, no sheets of this chart: w-1.svg" in run(*chart, "id:M1").err
    assert sorted(path.name for path in tmp_path.glob("w-*.svg")) == first
    assert "left from before, no sheets of this chart: w.svg\n" in run(*chart).err


def test_signs_that_the_font_lacks_are_named(run, make_ledger, tmp_path: Path, monkeypatch):
    chart = ("-C", make_ledger(files([item(lead="𠮷局")])), "chart", "units", "--as-of", "2017-12-31", "--lang", "zh")
    path = write_font(tmp_path / "type.ttf", run(*chart).out.replace("𠮷", "?"))
    monkeypatch.setenv("LEDGER_FONT", str(path))
    err = run(*chart, "-o", tmp_path / "u.pdf").err
    assert "U+20BB7" in err
    assert "Test Sans SC" in err


def test_a_font_that_png_cannot_be_set_in_is_a_sentence(run, monkeypatch, tmp_path: Path):
    chart = ("-C", SAMPLE, "chart", "units", "--as-of", "2017-12-31", "--lang", "en")
    path = write_font(tmp_path / "type.ttf", run(*chart).out, named=False)
    monkeypatch.setenv("LEDGER_FONT", str(path))
    assert "a PNG cannot be set in the font" in run(*chart, "--png", "-o", tmp_path / "u.png", code=2).err


@pytest.mark.parametrize("option, module", [("--pdf", "fpdf"), ("--png", "resvg_py"), ("--pdf", "fontTools.ttLib")])
def test_a_missing_library_is_one_sentence_with_what_to_install(
    run, monkeypatch, font: Path, tmp_path: Path, option: str, module: str
):
    for name in ("ledger.chart.pdf", "ledger.chart.svg"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, module, None)
    err = run("-C", SAMPLE, "chart", "units", option, "-o", tmp_path / "x", code=2).err
    assert "pip install fpdf2 resvg-py fonttools" in err
    assert not (tmp_path / "x").exists()


def test_several_sheets_are_several_files_and_one_pdf(run, make_ledger, tmp_path: Path):
    book = make_ledger(files([item(f"M{n}") for n in range(120)]))
    chart = ("-C", book, "chart", "gantt", "--paper", "A4", "--as-of", "2017-12-31")
    assert "sheets, and standard output holds one" in run(*chart, code=2).err
    done = run(*chart, "-o", tmp_path / "wall.svg")
    written = sorted(path.name for path in tmp_path.glob("wall*"))
    assert written == [f"wall-{n}.svg" for n in range(1, len(written) + 1)]
    assert len(written) > 1
    assert f"wrote {len(written)} sheets" in done.err


def test_charts_load_no_library_for_png_or_pdf_unless_asked(spawn):
    code = (
        "import sys\nfrom ledger.cli.main import _exit_code\n"
        f"code = _exit_code(['-C', {str(SAMPLE)!r}, 'chart', 'gantt', '-o', 'g.svg'])\n"
        "heavy = {'fpdf', 'resvg_py', 'fontTools', 'PIL'}\n"
        "print('LOADED', *sorted(heavy & set(sys.modules)))\nsys.exit(code)\n"
    )
    assert spawn(python=("-c", code)).out.splitlines()[-1] == "LOADED"


def test_what_could_not_be_read_is_said_and_the_picture_is_drawn_all_the_same(run, make_ledger):
    book = make_ledger({**files([item()]), "journal/2017/x.csv": "date,item,event\n2017-99-01,M1,done\n"})
    done = run("-C", book, "chart", "units", "--as-of", "2017-12-31", code=2)
    assert done.out.startswith("<svg ")
    assert "could not be read" in done.err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_item_is_drawn_with_its_goals_and_steps(run, lang: str):
    out = run("-C", SAMPLE, "chart", "item", "m1", "--as-of", "2017-12-31", "--lang", lang).out
    etree.fromstring(out.encode())
    assert {"zh": "读数与目标", "en": "readings and goals"}[lang] in out


def test_an_item_that_is_not_there_is_a_sentence_that_names_what_may_be_meant(run):
    err = run("-C", SAMPLE, "chart", "item", "M11", "--lang", "en", code=2).err
    assert "no item M11" in err
    assert "did you mean M1?" in err
