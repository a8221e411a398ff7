import re

import pytest

from ledger.text.pattern import compiled_later, regex


def test_a_pattern_is_compiled_when_it_is_first_used(monkeypatch):
    compiled = []
    monkeypatch.setattr(re, "compile", lambda *given, real=re.compile: compiled.append(given) or real(*given))
    number = regex(r"\d+", re.ASCII)
    assert compiled == []
    assert number.search("M18")[0] == "18"
    assert number.sub("", "M18") == "M"
    assert compiled == [(r"\d+", re.ASCII)]


def test_a_pattern_that_is_none_says_so_when_it_is_used():
    with pytest.raises(re.error):
        regex("(").match("")


def test_what_a_library_compiles_while_it_is_loaded_waits_as_well():
    with compiled_later():
        made = re.compile("a+")
    assert not isinstance(made, re.Pattern)
    assert made.fullmatch("aa")
    assert isinstance(re.compile("a+"), re.Pattern)
