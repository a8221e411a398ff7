"""What is taken for a telephone or identity number in a text to be published, and what is not."""

from __future__ import annotations

import pytest

from ledger.rule.personal import personal_kind

pytestmark = pytest.mark.quick


def kind(text: str) -> str:
    found = personal_kind(text)
    return found.en.split()[1] if found else ""


@pytest.mark.parametrize("text", [
    "Call 13800138000.", "Tel.13800138000", "电话.13800138000", "13800138000，李某", "手机13800138000号",
    "008613800138000", "8613800138000", "+86 138 0013 8000", "(+86)13800138000", "86.13800138000",
    "138 0013 8000", "138 - 0013 - 8000", "138–00138000", "1380013 8000", "13800 138000", "138 001 38000",
    "138.0013.8000", "138.001.38000", "138 0013 80 00", "138·0013·8000", "138\n00138000",
])  # fmt: skip
def test_a_mobile_number_is_seen_however_it_is_parted(text: str):
    assert kind(text) == "phone"


@pytest.mark.parametrize("text", [
    "Call 023-67654321.", "Tel.023-67654321", "023 67654321", "(023)67654321", "（023）67654321", "(023) 6765 4321",
    "023 - 6765 4321", "023-6765-4321", "023.6765.4321", "0713-6765432", "+86-23-67654321", "+86 (0)23 67654321",
    "+862367654321", "0086-23-67654321", "(+86)(023)67654321", "+86 10 8765 4321", "02367654321", "总机02367654321转8001",
    "07136765432", "023-67654321-8001",
])  # fmt: skip
def test_a_landline_number_with_its_area_code_is_seen(text: str):
    assert kind(text) == "phone"


@pytest.mark.parametrize("text", [
    "11010519491231002X", "11010519491231002X.", "110105 19491231 002X", "110105-1949-12-31-0021", "110105 1949 1231 002x",
    "１１０１０５１９４９１２３１００２Ｘ", "身份证:110105194912310021",
])  # fmt: skip
def test_an_identity_number_is_seen_however_it_is_parted(text: str):
    assert kind(text) == "identity"


@pytest.mark.parametrize("mark", [
    "\u202e", "\u200e", "\u2068", "\ufeff", "\u200b", "\u00ad", "\u2060", "\u200d", "\x1b", "\x01", "\ud800", "\u20e3",
])  # fmt: skip
def test_what_is_not_to_be_seen_does_not_hide_a_number(mark: str):
    assert kind(f"138{mark}00138000") == "phone"
    assert kind(f"02{mark}3-6765{mark}4321") == "phone"
    assert kind(mark.join("11010519491231002X")) == "identity"


@pytest.mark.parametrize("text", [
    "13800138000.5", "3.13800138000", "138.00138000", "1380013.8000 吨", "13 800 138 000 元", "1,380,013,800", "1,093",
    "13,800,138,000 元", "整改督〔2017〕2370号", "渝环函〔2017〕13800138号", "2017-12-31 08:00", "20171231000123",
    "2016 2017 2018", "2017.12.31-2018.12.31", "13800-138000 元", "12800138000", "东经 131.15947321 度", "0.2367654321",
    "编号 02017123101", "3.02367654321", "023676543210", "00123456789", "1393 2017 1231", "138001380001", "413800138000",
    "110105194913310021", "91500000MA5U5TXQ1X", "103/115、32/37、91/115，2735 项", "2017-12-31、2018-12-31", "",
])  # fmt: skip
def test_an_ordinary_figure_is_no_personal_number(text: str):
    assert kind(text) == ""
