"""Records as pieces of text: which of them may be passed over without parsing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.storage.decode import Mapping, Scalar, Sequence
from ledger.storage.yaml.items import Closed, records
from ledger.storage.yaml.read import read_nodes
from tests.conftest import DATA, SAMPLE

pytestmark = pytest.mark.quick


class TestTakingApart:
    def test_each_record_with_its_id_and_what_is_said_before_the_first(self):
        data = "# 第一册\n---\n- id: M1\n  title: 甲\n\n- {id: M2, title: 乙}\n- id: 'M-3'\n- title: 丙\n  id: M4\n".encode()
        found = records(data)
        assert found is not None
        assert [record.id for record in found] == ["M1", "M2", "M-3", ""]
        assert b"".join(data[record.start : record.end] for record in found) == data[data.index(b"- id") :]

    def test_what_follows_the_last_word_and_the_kind_of_line_end_mean_nothing(self):
        first, second = records(b"- id: M1\r\n  lead: a\r\n\r\n\r\n"), records(b"- id: M1\n  lead: a")
        assert first is not None
        assert second is not None
        assert first[0].text == second[0].text

    @pytest.mark.parametrize("data", [
        b"", b"[]\n", b"[{id: M1}]\n", b"items:\n- id: M1\n", b"  - id: M1\n", b"%YAML 1.2\n---\n- id: M1\n",
        b"\xef\xbb\xbf- id: M1\n- id: M2\n", b"x\n- id: M1\n",
    ])  # fmt: skip
    def test_a_book_written_in_any_other_way_is_left_alone(self, data: bytes):
        assert records(data) is None


class TestClosed:
    @pytest.mark.parametrize("text", [
        "- id: M1", "- id: M1\n  title: {zh: 甲, en: A, b}", "- {id: M1, title: t, steps: [a, 'b, c']}",
        '- id: M1\n  targets:\n    a: {name: n, goal: ">= 46", due: 2017-12-31}\n  # comment: "with, [signs',
        '- id: M1\n  remark: 5" pipe, isn\'t {odd}  # x', "- id: M1\n  steps:\n    - a [b\n    - 'c'",
        "- id: M1\n  a: {b: {c: [1, 2]}}", "- id: M1\n  source: report.txt:5\n",
    ])  # fmt: skip
    def test_a_record_in_plain_style_is(self, text: str):
        assert Closed()(text.encode().rstrip())

    @pytest.mark.parametrize("text", [
        '- id: M1\n  title: "a', "- id: M1\n  title: 'a", "- id: M1\n  title: {zh: a,\n    en: b}", "- id: M1\n  steps: [a",
        '- id: M1\n  a: [x "y, "z w]', '- id: M1\n  a: "x\\" y"', "- id: M1\n  a: | \n   x", "- id: M1\n  a:\t\"x",
        "- id: M1\n  ? \"x", "- id: M1\n  a: &b \"x", "- id: M1\n  a: !t [x", "- id: M1\n...\n", "- id: M1\n---\n",
        "- id: M1\nkey: x", "- id: M1\n  x,y: \"z", "- id: M1\n  a: 'it''s'", "- id: M1\n  a: b\r\n  c: \"", "- M1\x85  x: \"",
    ])  # fmt: skip
    def test_what_may_be_open_or_is_merely_unusual_is_not(self, text: str):
        assert not Closed()(text.encode())

    @pytest.mark.parametrize("path", [DATA / "measures.yaml", DATA / "problems.yaml", *SAMPLE.glob("*/measures.yaml")])
    def test_records_of_real_ledgers_are(self, path):
        found = records(path.read_bytes())
        assert found
        assert all(map(Closed(), (record.text for record in found)))


PIECES = ['"', "'", "{", "}", "[", "]", ", ", ": ", ":", " #", "#", "a", "b ", "key: ", "- ", "\n  ", "\n    ", "\n  k: ",
          "\n  - ", "? ", "|", ">", "&x ", "!t ", "*x", ",", '"x"', '"y', "\\", "\t", "\n#c ", "\n", '["', '"]', "中",
          "\n  x,y: ", "\n  k: [", "\n  k: {a: ", '\n  k: "', ' "']  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=30)
def test_behind_a_closed_record_the_next_one_begins_where_it_stands(text: str):
    record = f"- id: M1{text}".rstrip()
    if "\n- " in record or not Closed()(record.encode()):
        return
    whole = f'{record}\n- id: LAST\n  title: "t"\n'
    root, findings = read_nodes(whole, "a.yaml")
    if findings:
        # A fault in the record itself: then there is nothing to be taken for anything else.
        return
    assert isinstance(root, Sequence)
    first, last = root.items
    assert isinstance(first, Mapping | Scalar)
    assert isinstance(last, Mapping)
    assert isinstance(last.pairs["id"][1], Scalar)
    assert (last.line, last.pairs["id"][1].text) == (whole.count("\n") - 1, "LAST")
