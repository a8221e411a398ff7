"""Nobody who reads Chinese meets the English of the YAML parser."""

from __future__ import annotations

import pytest
import yaml

from ledger.storage.yaml.library import problem_of
from ledger.storage.yaml.read import read_nodes

pytestmark = pytest.mark.quick

BROKEN = [
    "a: @x", 'a: "b', "a: [1, 2\nb: 3", "a:\n\t- c", "- a: b: c", "a: {b: c", 'a: "b" c', "a: ]", "a: |x\n b",
    "- a\nb: c", 'a: "\\q"', "a: &", "a: *", "%YAML 9.9\n---\na", ": : :", 'a: "\\x1"', "a: - b",
]  # fmt: skip


@pytest.mark.parametrize("text", BROKEN)
def test_a_syntax_error_is_told_in_chinese_without_the_words_of_the_parser(text: str):
    _, (found, *_) = read_nodes(text, "m.yaml")
    assert found.code == 101
    said = found.message.zh.replace("YAML", "")
    assert not any(char.isascii() and char.isalpha() for char in said), said


@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml.CSafeLoader])
@pytest.mark.parametrize("text", [own for own in BROKEN if own not in ("a: |x\n b", "%YAML 9.9\n---\na")])
def test_either_build_of_the_parser_is_understood(loader, text: str):
    with pytest.raises(yaml.YAMLError) as caught:
        list(yaml.parse(text, Loader=loader))
    assert problem_of(caught.value).zh != "写法读不懂"
