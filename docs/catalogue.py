"""Compiles a gettext catalogue: the few lines of `msgfmt` that this project needs."""

from __future__ import annotations

import ast
import struct

_MAGIC = 0x950412DE


def compiled(po: str) -> bytes:
    """The `.mo` file of a `.po` text with single-line strings and one plural form."""
    words: dict[str, str] = {}
    for block in po.split("\n\n"):
        parts = dict(line.split(" ", 1) for line in block.splitlines() if line and not line.startswith("#"))
        strings = {name: ast.literal_eval(text) for name, text in parts.items()}
        key = "\0".join(strings[name] for name in ("msgid", "msgid_plural") if name in strings)
        words[key] = strings.get("msgstr", strings.get("msgstr[0]", ""))
    keys = sorted(words)
    texts = [key.encode() for key in keys] + [words[key].encode() for key in keys]
    start = 28 + 16 * len(keys)
    table, content = b"", b""
    for text in texts:
        table += struct.pack("<II", len(text), start + len(content))
        content += text + b"\0"
    header = struct.pack("<7I", _MAGIC, 0, len(keys), 28, 28 + 8 * len(keys), 0, start)
    return header + table + content
