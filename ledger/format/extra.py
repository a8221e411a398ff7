"""What is missing when an optional library is not installed."""

from __future__ import annotations

from ledger.model.words import Refused, Words

PACKAGES = {"xlsx": "openpyxl", "docx": "python-docx docxtpl", "chart": "fpdf2 resvg-py fonttools",
            "tabulate": "tabulate", "parquet": "pyarrow"}  # fmt: skip
"""The packages that each extra of this one brings, as they can be had from any index. This one need not be on any."""


class MissingExtra(Refused):
    """A format needs a library that is not installed; `message` says so, `hint` how to get it."""

    def __init__(self, extra: str) -> None:
        message = Words("{extra} 格式要用的程序库没有安装", "the library for {extra} is not installed")
        super().__init__(message.fill(extra=extra), Words.same(f"pip install {PACKAGES[extra]}"))
