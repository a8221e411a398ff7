"""PyYAML as it is loaded here: without compiling the patterns of its readers in Python.

Files are read by its parser in C, which has none; the patterns cost a third of loading the library, and compile by
themselves where that parser is missing (`python bench/run.py --profile status`).
"""

from __future__ import annotations

from ledger.text.pattern import compiled_later

with compiled_later():
    import yaml

__all__ = ["yaml"]
