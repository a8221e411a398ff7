"""Units in one cell: where a name ends, who leads and who cooperates."""

from __future__ import annotations

import pytest

from ledger.exchange.list.cells import read_units, spelled


@pytest.mark.parametrize(
    "cell, units",
    [
        ("各市（州）、县（市、区）人民政府", ["各市（州）", "县（市、区）人民政府"]),
        ("五华区（含高新区、经开区）", ["五华区（含高新区、经开区）"]),
        ("市环保局、市水务局", ["市环保局", "市水务局"]),
        ("甲局；乙局\n丙局，丁局/戊局", ["甲局", "乙局", "丙局", "丁局", "戊局"]),
        ("市环保局和市水务局", ["市环保局", "市水务局"]),
        ("市发改委、住建局及各区县政府", ["市发改委", "住建局", "各区县政府"]),
        ("市人力资源和社会保障局", ["市人力资源和社会保障局"]),
        ("市环保局、市水务局等部门", ["市环保局", "市水务局"]),
        ("【甲镇、乙镇】政府", ["【甲镇、乙镇】政府"]),
    ],
)
def test_marks_outside_brackets_part_units(cell, units):
    assert list(read_units(cell).bare) == units


def test_a_listed_name_stays_whole_alone_and_among_others():
    known = frozenset(["市委、市政府", "市环保局"])
    assert read_units("市委、市政府", known).bare == ("市委、市政府",)
    assert read_units("市环保局、市委、市政府、甲县", known).bare == ("市环保局", "市委、市政府", "甲县")
    assert read_units("市委、市政府").bare == ("市委", "市政府")


@pytest.mark.parametrize(
    "cell",
    ["牵头单位：甲局；配合单位：乙局、丙局", "牵头部门:甲局 协办单位:乙局，丙局", "甲局牵头，乙局、丙局配合", "甲局（牵头）、乙局（配合）、丙局（配合）",
     "由甲局牵头负责；乙局、丙局协助"],
)  # fmt: skip
def test_a_cell_says_who_leads_and_who_cooperates(cell):
    found = read_units(cell)
    assert (found.lead, found.cooperating, found.bare) == (("甲局",), ("乙局", "丙局"), ())


def test_a_label_nobody_knows_is_kept_apart():
    found = read_units("责任单位：甲县；督导单位：市督察办")
    assert (found.responsible, found.unknown) == (("甲县",), ("督导单位：市督察办",))


def test_a_name_is_given_as_the_list_spells_it():
    assert read_units("市环保局 、甲区(开发区)", frozenset(["甲区（开发区）"])).bare == ("市环保局", "甲区（开发区）")
    assert spelled("甲 区（Ａ）") == spelled("甲区(a)")
