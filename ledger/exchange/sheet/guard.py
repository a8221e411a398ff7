"""The parts of an XLSX file from a stranger, unzipped and parsed under guard.

Every byte that comes out is counted, whatever the file declares; a part that could run, fetch or embed anything makes
the whole file refused; and no XML with a document type gets as far as its first element.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import NoReturn
from xml.parsers import expat

from ledger.exchange.sheet.sheet import SAVE_AS_XLSX, Limits, RefusedSheet, size_text
from ledger.model.words import NO_WORDS, Words

_CHUNK = 1 << 20
_LONGEST_TAG = 4 << 20
_DEEPEST = 64
_TYPES = "[content_types].xml"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
# An encoding that nobody knows, or that maps several bytes to a character, is no `ExpatError`.
_NO_XML = (expat.ExpatError, LookupError, ValueError)
_FORBIDDEN = {
    re.compile(r"vbaproject|vbadata|macrosheet|macroenabled|xlmacro"): Words("宏", "macros"),
    re.compile(r"externallink|attachedtemplate"): Words("指向其他文件的链接", "links to other files"),
    re.compile(r"/embeddings/|oleobject|activex"): Words("嵌入的对象", "embedded objects"),
    re.compile(r"xl/connections|/connections$|querytable|xl/model/|datamodel"): Words("数据连接", "data connections"),
}
_PLAIN_COPY = Words("只留数值，另存为不带它们的 .xlsx", "save a copy with values only, without them, as .xlsx")

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Characters = Callable[[str], None]


class Package:
    """The parts of one file by name, ignoring case. Making one refuses whatever no sheet should hold."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._left = limits.unzipped
        self._limits = limits
        self._zip = _opened(data, limits)
        self._parts = self._named_parts()
        if _TYPES not in self._parts:
            raise RefusedSheet(Words("这是压缩包，不是工作簿", "this is a zip file, but no workbook"), SAVE_AS_XLSX)
        self._check_types()
        for name in self._parts:
            if name.endswith((".xml", ".rels", ".vml")):
                self._check_prologue(name)
        for name in self._parts:
            if name.endswith(".rels"):
                self._check_relations(name)

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._parts

    def relations(self, part: str = "") -> dict[str, tuple[str, str]]:
        """The type and target part of each relation of a part, by its id; those of the package if none is named."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, values: dict[str, str]) -> None:
            if tag == "Relationship" and values.get("TargetMode") != "External":
                target = values.get("Target", "")
                whole = target if target.startswith("/") else posixpath.join("/", folder, target)
                kind = values.get("Type", "").rsplit("/", 1)[-1]
                found[values.get("Id", "")] = (kind, posixpath.normpath(whole).lstrip("/"))

        if path in self:
            self.parse(path, start)
        return found

    def parse(self, part: str, start: Start, end: End | None = None, characters: Characters | None = None) -> None:
        """Parses a part, calling back with names without their namespace. Raises `RefusedSheet` for what is no XML."""
        self._parse(part, start, end, characters)

    def _parse(self, part: str, start: Start, end: End | None, characters: Characters | None) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_document_type
        names: dict[str, str] = {}
        depth = 0

        def opened(tag: str, values: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _DEEPEST:
                _refuse(Words("{part} 嵌套太深", "{part} is nested too deep").fill(part=part))
            name = names.get(tag)
            if name is None:
                name = names[tag] = tag.rpartition(" ")[2]
            start(name, values)

        def closed(tag: str) -> None:
            nonlocal depth
            depth -= 1
            if end is not None:
                end(names[tag])

        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        if characters is not None:
            parser.CharacterDataHandler = characters
        fed = 0
        try:
            for chunk in self._chunks(part):
                parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                    _refuse(Words("{part} 里有过大的标签", "{part} holds a tag that is too large").fill(part=part))
            parser.Parse(b"", True)
        except _NO_XML:
            message = Words("{part} 第 {line} 行不是 XML", "{part} is not XML in line {line}")
            _refuse(message.fill(part=part, line=parser.CurrentLineNumber))

    def _chunks(self, name: str) -> Iterator[bytes]:
        """The content of a part, counted as it comes."""
        info = self._parts[name.casefold()]
        out = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    out += len(chunk)
                    self._left -= len(chunk)
                    if self._left < 0:
                        self._refuse_size()
                    if out > self._limits.ratio_from and out > self._limits.ratio * max(info.compress_size, 1):
                        message = Words(
                            "{part} 解压后是压缩时的 {n} 倍以上", "{part} unzips to over {n} times its size"
                        )
                        raise RefusedSheet(message.fill(part=name, n=self._limits.ratio), SAVE_AS_XLSX)
                    yield chunk
        except _BROKEN:
            _refuse(Words("{part} 解压不了", "{part} cannot be unzipped").fill(part=name))

    def _refuse_size(self) -> NoReturn:
        message = Words("解压后超过 {size}", "larger than {size} when unzipped")
        hint = Words("删去空行和格式，或拆成几个文件", "remove empty rows and formats, or split it")
        raise RefusedSheet(message.fill(size=size_text(self._limits.unzipped)), hint)

    def _named_parts(self) -> dict[str, zipfile.ZipInfo]:
        """The members by name, none twice, none encrypted, none packed in a way that no spreadsheet uses."""
        infos = self._zip.infolist()
        parts: dict[str, zipfile.ZipInfo] = {}
        if sum(info.file_size for info in infos) > self._limits.unzipped:
            self._refuse_size()
        for info in infos:
            name = info.filename.replace("\\", "/").lstrip("/").casefold()
            if name in parts:
                _refuse(Words("压缩包里有两个 {part}", "the zip file holds {part} twice").fill(part=name))
            if info.flag_bits & 0x1:
                raise RefusedSheet(Words("压缩包加了密码", "the zip file has a password"), _WITHOUT_PASSWORD)
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                _refuse(Words("{part} 用了不认得的压缩方式", "{part} is packed in an unknown way").fill(part=name))
            _check_allowed(name)
            parts[name] = info
        return parts

    def _check_types(self) -> None:
        """Refuses content types that stand for what no sheet should hold, whatever their parts are called."""

        def start(tag: str, values: dict[str, str]) -> None:
            if tag in ("Override", "Default"):
                _check_allowed(values.get("ContentType", "").casefold())

        self.parse(_TYPES, start)

    def _check_relations(self, name: str) -> None:
        """Refuses relations that lead out of the file; a hyperlink is only text."""

        def start(tag: str, values: dict[str, str]) -> None:
            kind = values.get("Type", "").casefold()
            if tag == "Relationship":
                _check_allowed(kind)
                if values.get("TargetMode") == "External" and not kind.endswith("/hyperlink"):
                    _check_allowed("externallink")

        self.parse(name, start)

    def _check_prologue(self, name: str) -> None:
        """Refuses a part with a document type, also one that nobody will read; what is no XML at all stays unread."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_document_type
        begun: list[str] = []
        parser.StartElementHandler = lambda tag, _values: begun.append(tag)
        try:
            for chunk in self._chunks(name):
                parser.Parse(chunk[:4096], False)
                parser.Parse(chunk[4096:], False)
                if begun:
                    break
        except _NO_XML:
            return


_WITHOUT_PASSWORD = Words("去掉密码后另存为 .xlsx", "remove the password and save it as .xlsx")


def _opened(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The zip file in `data`; a `RefusedSheet` that says what it is instead."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise RefusedSheet(Words("工作簿加了密码", "the workbook has a password"), _WITHOUT_PASSWORD)
        message = Words("这是旧版 .xls，只是改了文件名", "this is an old .xls file under another name")
        raise RefusedSheet(message, SAVE_AS_XLSX)
    if not data.startswith(b"PK\x03\x04"):
        raise RefusedSheet(Words("这不是 .xlsx 工作簿", "this is no .xlsx workbook"), SAVE_AS_XLSX)
    if data.count(b"PK\x01\x02") > limits.parts:
        _refuse(Words("压缩包里超过 {n} 个部件", "the zip file holds more than {n} parts").fill(n=limits.parts))
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        _refuse(Words("压缩包是坏的或不完整", "the zip file is damaged or cut off"))


def _check_allowed(text: str) -> None:
    """Refuses the names and types of what could run, fetch or embed something."""
    for pattern, what in _FORBIDDEN.items():
        if pattern.search(text):
            raise RefusedSheet(Words("工作簿里有{what}", "the workbook holds {what}").fill(what=what), _PLAIN_COPY)


def _refuse_document_type(*_declared: object) -> None:
    message = Words("工作簿的 XML 里有 DOCTYPE", "the workbook's XML holds a DOCTYPE")
    raise RefusedSheet(message, Words("表格程序不会写它；请勿打开来历不明的文件", "no spreadsheet program writes one"))


def _refuse(message: Words, hint: Words = NO_WORDS) -> NoReturn:
    raise RefusedSheet(message, hint if any(hint) else SAVE_AS_XLSX)
