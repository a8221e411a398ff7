"""PyYAML as it is loaded here: without compiling the patterns of its readers in Python.

Files are read by its parser in C, which has none; the patterns cost a third of loading the library, and compile by
themselves where that parser is missing (`python bench/run.py --profile status`). Values in base 64 are for its own
loaders, which we do not use.
"""

from __future__ import annotations

from ledger.text.later import loaded_later
from ledger.text.pattern import compiled_later

with compiled_later(), loaded_later({"base64": {}, "binascii": {}}):
    import yaml

__all__ = ["yaml"]
