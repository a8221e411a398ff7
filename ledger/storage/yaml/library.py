"""PyYAML as it is loaded here, and what its parser objects to, in the language of the reader: its own words are
English.

It is loaded without compiling the patterns of its readers in Python. Files are read by its parser in C, which has none;
the patterns cost a third of loading the library, and compile by themselves where that parser is missing (`python
bench/run.py --profile status`). Values in base 64 are for its own loaders, which we do not use.
"""

from __future__ import annotations

from ledger.model.words import Words
from ledger.text.later import loaded_later
from ledger.text.pattern import compiled_later

with compiled_later(), loaded_later({"base64": {}, "binascii": {}}):
    import yaml

__all__ = ["problem_of", "yaml"]

_CHINESE = (
    ("cannot start any token", "这里有不能开头的字符"),
    ("found unexpected end of stream", "引号到文件结束还没有合上"),
    ("expected ',' or ']'", "方括号没有合上，或少了逗号"),
    ("expected ',' or '}'", "花括号没有合上，或少了逗号"),
    ("mapping values are not allowed", "这里不能再有冒号"),
    ("sequence entries are not allowed", "这里不能有“- ”开头的列表"),
    ("did not find expected key", "缩进不齐，或引号后面还有文字"),
    ("expected '-' indicator", "列表里有一行不以“- ”开头"),
    ("expected <block end>", "缩进不齐，或引号后面还有文字"),
    ("node content", "这里少了一个值"),
    ("could not find expected ':'", "键后面少了冒号"),
    ("unknown escape character", "双引号里有不认识的反斜杠写法"),
    ("decimal number", "双引号里的反斜杠后面要写满十六进制数"),
    ("comment or line break", "竖线或大于号后面只能换行"),
    ("alphabetic or numeric character", "& 和 * 后面要有名字"),
    ("incompatible YAML document", "YAML 的版本读不了"),
)
"""What stands in the sentences of the parser, in either of its builds, and what it says."""


def problem_of(error: yaml.YAMLError) -> Words:
    """What is wrong: the parser's own words in English, the same in Chinese."""
    problem = getattr(error, "problem", None) or "unreadable"
    return Words(next((words for part, words in _CHINESE if part in problem), "写法读不懂"), problem)
