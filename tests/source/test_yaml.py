"""YAML as a ledger takes it: what no mark can show, such as bytes, line ends and slips met only further down."""

from __future__ import annotations

import pytest

from ledger.source.ledger_folder import UnreadableLedger
from tests import paper
from tests.source.marks import SOUND, hints, of

pytestmark = pytest.mark.quick

SEVEN = "- {id: M7, title: t, lead: l, due: 2017-12-31}\n"


def test_an_unquoted_at_least_is_named_where_it_stands():
    in_flow = SEVEN + "- id: M8\n  targets: {a: {goal: >= 46}}\n"
    ((line, column, code),) = of("measures.yaml", in_flow)
    assert (line, column, code in (101, 103)) == (3, 23, True)
    assert '">= 46"' in hints("measures.yaml", in_flow)


@pytest.mark.parametrize("goal", [">= 46", ">=46", "> 46"])
def test_an_unquoted_at_least_in_a_block_is_named_in_its_line(goal: str):
    text = SEVEN + f"- id: M8\n  targets:\n    a:\n      goal: {goal}\n      unit: 座\n"
    ((line, _, code),) = of("measures.yaml", text)
    assert (line, code in (101, 103)) == (5, True)
    assert '">= 46"' in hints("measures.yaml", text)


def test_a_full_width_colon_in_a_block_is_named():
    text = SEVEN + "- id: M8\n  title：渗滤液\n  lead: 市城管委\n  due: 2017-12-31\n"
    ((line, _, code),) = of("measures.yaml", text)
    assert line in (3, 4)
    assert code in (101, 103)
    assert "half-width colon" in hints("measures.yaml", text)


def test_tabs_for_indentation_are_named_in_their_line():
    text = SEVEN + "- id: M8\n\ttitle: t\n"
    ((line, _, code),) = of("measures.yaml", text)
    assert (line, code) == (3, 101)
    assert "tabs" in hints("measures.yaml", text)


def test_what_stands_before_a_syntax_error_is_kept():
    ledger = paper.read({**SOUND, "measures.yaml": SEVEN + '- {id: M8, title: "not closed}\n'})
    assert [item.id for item in ledger.book("measures")] == ["M7"]


def test_an_item_with_a_bad_value_is_still_an_item():
    ledger = paper.read({**SOUND, "measures.yaml": SEVEN.replace("l, due", "l, origin: rumour, due")})
    assert [(item.id, item.origin) for item in ledger.book("measures")] == [("M7", "")]


def test_of_two_equal_keys_the_first_is_taken():
    ledger = paper.read({**SOUND, "measures.yaml": SEVEN.replace("}", ", title: another}")})
    assert ledger.book("measures")[0].title.en == "t"


@pytest.mark.parametrize("depth", [40, 5000])
def test_a_file_of_brackets_is_too_deep(depth: int):
    ((line, column, code),) = of("measures.yaml", SEVEN + "- " + "[" * depth + "]" * depth + "\n")
    assert (line, code) == (2, 108)
    assert 3 <= column <= 3 + depth


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", "   \n"])
@pytest.mark.parametrize("path", ["measures.yaml", "problems.csv", "journal/2017/office.csv", "claims.yaml"])
def test_an_empty_file_is_found_as_empty(path: str, content: str):
    assert of(path, content) == [(1, 1, 107)]


def test_an_empty_list_is_a_book_without_items():
    assert of("measures.yaml", "[]\n") == []


def test_yaml_that_is_not_utf_8_is_found_at_its_first_bad_byte():
    text = "# 垃圾\n- id: M7\n".encode() + b"  title: " + "填埋场".encode("gb18030") + b"\n"
    assert of("measures.yaml", text) == [(3, 10, 101)]


def test_the_column_of_a_bad_byte_counts_characters():
    assert of("measures.yaml", "- {title: 填埋场".encode() + b"\xff}\n") == [(1, 14, 101)]


@pytest.mark.parametrize("path", ["measures.yaml", "ledger.yaml"])
def test_a_byte_order_mark_moves_no_column(path: str):
    content = {"measures.yaml": "- {id: M7, due: 2017-02-30, title: t, lead: l}\n", "ledger.yaml": "ledger: 2\n"}[path]
    assert of(path, "\ufeff" + content) == of(path, content) != []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_of_windows_move_no_position(end: str):
    plan = end.join(["- id: M7", "  title: t", "  lead: l", "  due: 2017-02-30", ""])
    assert of("measures.yaml", plan) == [(4, 8, 104)]
    rows = end.join(["date,item,event", "2017-03-01,M1,start", "2017-03-01,M1,strat", ""])
    assert of("journal/2017/office.csv", rows) == [(3, 15, 104)]
    quoted = end.join(["date,item,event,text", '2017-03-01,M1,report,"one', 'two"', "2017-03-01,M1,strat,", ""])
    assert of("journal/2017/office.csv", quoted) == [(4, 15, 104)]


def test_line_ends_of_windows_are_no_part_of_a_value():
    ledger = paper.sound({
        **SOUND, "measures.yaml": "- id: M7\r\n  title: t\r\n  lead: l\r\n  due: 2017-12-31\r\n",
        "journal/2017/sound.csv": "date,item,event,note\r\n2017-03-01,M7,start,n\r\n",
    })  # fmt: skip
    (measure,) = ledger.book("measures")
    assert (measure.lead, ledger.journal["M7"][0].note) == ("l", "n")


def test_no_on_numbers_and_times_stay_the_text_they_are():
    ledger = paper.sound({**SOUND, "measures.yaml": (
        "- {id: 0123, title: no, lead: on, due: 2017-12-31, source: 12:30, remark: 1e3, goal: 0x1F, "
        "steps: [yes, 007]}\n"
    )})  # fmt: skip
    (measure,) = ledger.book("measures")
    assert (measure.id, measure.title.en, measure.lead) == ("0123", "no", "on")
    assert (measure.source, measure.remark, measure.goal.en) == ("12:30", "1e3", "0x1F")
    assert [step.en for step in measure.steps] == ["yes", "007"]


@pytest.mark.parametrize("written", ["2017-12-31", '"2017-12-31"', "'2017-12-31'"])
def test_a_date_is_a_date_with_or_without_quotes(written: str):
    ledger = paper.sound({**SOUND, "measures.yaml": f"- {{id: M7, title: t, lead: l, due: {written}}}\n"})
    assert ledger.book("measures")[0].due.isoformat() == "2017-12-31"


def test_a_claim_with_two_faults_is_told_both_at_once():
    text = "claims:\n  - {id: a, as_of: 2017-02-29, figures: {measures.total: about 37}}\n"
    assert of("claims.yaml", text) == [(2, 20, 104), (2, 58, 104)]


def test_a_control_character_is_found_and_the_rest_is_read():
    text = "- {id: M7, title: t, lead: l, due: 2017-12-31}\n- {id: M8, title: t\x07, lead: l, due: 2017-12-31}\n"
    assert of("measures.yaml", text) == [(2, 20, 101)]
    assert len(paper.read({**SOUND, "measures.yaml": text}).book("measures")) == 2


def test_a_book_needs_no_line_end_at_its_end():
    assert of("problems.csv", "id,title,lead,due\nP1,t,l,2017-12-31") == []
    assert of("measures.yaml", SEVEN.rstrip("\n")) == []


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "[]\n", "just words\n", "ledger: 1\ntitle: no books\n", "ledger: 1\n\ttitle: t\n"]
)
def test_settings_that_say_nothing_are_refused_with_a_place(text: str):
    with pytest.raises(UnreadableLedger) as refused:
        paper.read({**SOUND, "ledger.yaml": text})
    assert refused.value.findings
    assert {finding.place.path for finding in refused.value.findings} == {"ledger.yaml"}


def test_a_later_format_is_refused_and_not_guessed():
    with pytest.raises(UnreadableLedger) as refused:
        paper.read({**SOUND, "ledger.yaml": SOUND["ledger.yaml"].replace("ledger: 1", "ledger: 2")})
    assert [(f.place.line, f.place.column, f.code) for f in refused.value.findings] == [(2, 9, 104)]


def test_a_value_knows_its_place_and_an_absent_one_the_nearest_around_it():
    ledger = paper.sound({**SOUND, "measures.yaml": (
        "- id: M7\n  title: t\n  lead: l\n  due: 2017-12-31\n"
        "  targets:\n    started: {name: 开工, goal: \">= 46\"}\n"
    )})  # fmt: skip
    place = ledger.book("measures")[0].where.place
    assert str(place("due")) == "measures.yaml:4:8"
    assert str(place("targets", "started", "goal")) == "measures.yaml:6:31"
    assert str(place("targets", "started", "due")) == "measures.yaml:6:14"
    assert str(place("remark")) == "measures.yaml:1:3"
