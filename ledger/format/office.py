"""What formats need beside their own: a library that may not be installed, and archives with no clock in them."""

from __future__ import annotations

from ledger.model.words import Refused, Words
from ledger.text.pattern import regex

PACKAGES = {"xlsx": "openpyxl", "docx": "python-docx docxtpl", "chart": "fpdf2 resvg-py fonttools",
            "tabulate": "tabulate", "parquet": "pyarrow"}  # fmt: skip
"""The packages that each extra of this one brings, as they can be had from any index. This one need not be on any."""


class MissingExtra(Refused):
    """A format needs a library that is not installed; `message` says so, `hint` how to get it."""

    def __init__(self, extra: str) -> None:
        message = Words("{extra} 格式要用的程序库没有安装", "the library for {extra} is not installed")
        super().__init__(message.fill(extra=extra), Words.same(f"pip install {PACKAGES[extra]}"))


DAY = "2000-01-01T00:00:00Z"
"""What such a file says of when it was made: a day nobody takes for a real one."""

_STAMP = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_CLOCK = regex(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def same_bytes(archive: bytes) -> bytes:
    """The archive with its members in a fixed order and no time in it: equal content, equal bytes.

    Office files are ZIP archives full of clocks; here they become the same bytes on every day.
    """
    import io  # noqa: PLC0415 - most commands write no archive
    import zipfile  # noqa: PLC0415 - as above

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        # The content types come first: some programs tell the kind of a file from its first bytes.
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, _STAMP)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = _UNIX
            member.external_attr = 0o644 << 16
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _CLOCK.sub(rb"\g<1>" + DAY.encode() + rb"\g<2>", content)
            new.writestr(member, content)
    return target.getvalue()
