"""Workbooks on paper: XLSX files put together part by part, as honest or as crooked as a test needs them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def relations(*entries: tuple[str, str, str], external: bool = False) -> str:
    """A part of relations: id, kind, target."""
    mode = ' TargetMode="External"' if external else ""
    rows = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}{mode}/>'
        for id_, kind, target in entries
    )
    return f'{_HEAD}<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def cell(value: object, reference: str = "", kind: str = "", style: int = 0, formula: str | None = None) -> str:
    """One cell. A text without a kind stands inline; a number is stored as it is."""
    if not kind and isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    attributes = (f' t="{kind}"' if kind else "") + (f' s="{style}"' if style else "")
    inner = f"<f>{escape(formula)}</f>" if formula is not None else ""
    stored = "" if value is None else f"<v>{escape(str(value))}</v>"
    return f'<c r="{reference}"{attributes}>{inner}{stored}</c>'


def letters(column: int) -> str:
    return letters((column - 1) // 26) + chr(65 + (column - 1) % 26) if column > 0 else ""


def sheet(rows: Sequence[Sequence[object]], *, merged: Sequence[str] = (), before: str = "", behind: str = "") -> str:
    """A worksheet. A value may be a plain one, None for no cell, or a tuple of what `cell` takes after the value."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, value in enumerate(row, 1):
            if value is None:
                continue
            own = value if isinstance(value, tuple) else (value,)
            cells.append(cell(own[0], f"{letters(column)}{number}", *own[1:]))
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    return (
        f'{_HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{"".join(lines)}</sheetData>'
        + (f"<mergeCells>{ranges}</mergeCells>" if ranges else "")
        + f"{behind}</worksheet>"
    )


def styles(*formats: str | int) -> str:
    """The styles of a workbook: style 1 has the first format, and so on; a number names a built-in one."""
    own = [code for code in formats if isinstance(code, str)]
    codes = "".join(f'<numFmt numFmtId="{164 + n}" formatCode={quoteattr(code)}/>' for n, code in enumerate(own))
    ids = [164 + own.index(code) if isinstance(code, str) else code for code in formats]
    records = "".join(f'<xf numFmtId="{id_}"/>' for id_ in (0, *ids))
    return f'{_HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellXfs>{records}</cellXfs></styleSheet>'


def parts(
    *sheets: str, names: Sequence[str] = (), states: Sequence[str] = (), settings: str = "", style: str = "",
    texts: Sequence[str] = (),
) -> dict[str, str]:  # fmt: skip
    """The parts of a whole workbook by name; a test may add to them or spoil them."""
    names = names or [f"Sheet{n}" for n in range(1, len(sheets) + 1)]
    states = states or ["visible"] * len(sheets)
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, (name, state) in enumerate(zip(names, states, strict=True), 1)
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    made = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>{overrides}</Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{settings}<sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)),
            ("rId97", "styles", "styles.xml"), ("rId98", "sharedStrings", "/xl/sharedStrings.xml"),
        ),
        "xl/styles.xml": style or styles(),
    }  # fmt: skip
    if texts:
        items = "".join(text if text.startswith("<si>") else f"<si><t>{escape(text)}</t></si>" for text in texts)
        made["xl/sharedStrings.xml"] = f'{_HEAD}<sst xmlns="{MAIN}">{items}</sst>'
    for number, text in enumerate(sheets, 1):
        made[f"xl/worksheets/sheet{number}.xml"] = text
    return made


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as an XLSX file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(*rows: Sequence[object], **settings: object) -> bytes:
    """An XLSX file with one sheet of these rows."""
    own = {name: settings.pop(name) for name in ("merged", "before", "behind") if name in settings}
    return packed(parts(sheet(rows, **own), **settings))  # type: ignore[arg-type]
