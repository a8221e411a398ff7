"""Word files made from templates: docxtpl fields, filled in without any way out of their page.

The templates of an office and our own layouts go through the same mill. A field is a text, a list of texts, a list of
records, or a `Ready` table, which stands in a paragraph of its own as `{{p table }}`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
from docx.document import Document as WordFile
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from ledger.format.document import Table
from ledger.format.docx.style import missing_table_styles, node
from ledger.format.docx.table import parted, word_table
from ledger.format.office import same_bytes
from ledger.model.words import Refused, Words
from ledger.text.pattern import regex
from ledger.text.safe import one_line, xml_safe

_ATTRIBUTE = regex(r"'([^']+)'")
_SPACES = regex(r' xmlns:\w+="[^"]*"')


LAYOUTS = Path(__file__).parent / "layout"
"""Our own templates, written by docs/templates.py."""


class BadTemplate(Refused):
    """The template cannot be used; nothing was made of it."""


class Ready:
    """A table that stands in a template as it is; empty where the table has no rows."""

    def __init__(self, table: Table[str], room: float, *, kept: int = 0) -> None:
        """The table for a line of so many points, its last `kept` rows on the page of what follows."""
        self._xml = ""
        if table.rows:
            made = etree.tostring(word_table(table, room, kept=kept), encoding="unicode")
            self._xml = _SPACES.sub("", made)

    def __html__(self) -> str:
        """As it stands in the file, so that nothing escapes it."""
        return self._xml

    def __str__(self) -> str:
        return self._xml

    def __bool__(self) -> bool:
        return bool(self._xml)


class Layout:
    """A template, read once: `name` is what people are told of it, `known` the fields that it may use."""

    def __init__(self, path: Path, name: str, known: str) -> None:
        """Reads the file. Raises `BadTemplate` where there is none."""
        self.name, self.known = name, known
        try:
            self.content = path.read_bytes()
        except OSError as error:
            raise self._unusable(error) from None

    def filled(self, fields: Mapping[str, object], properties: Mapping[str, str]) -> bytes:
        """A Word file, the same bytes for the same fields; `properties` are its title and language.

        Raises `BadTemplate`.
        """
        try:
            file = self._rendered(fields)
        except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
            raise self._unusable(error) from None
        missing_table_styles(file, properties.get("language", "zh"))
        _keep_whole(file)
        _name(file, properties)
        stream = io.BytesIO()
        file.save(stream)
        return same_bytes(stream.getvalue())

    def _rendered(self, fields: Mapping[str, object]) -> WordFile:
        template = DocxTemplate(io.BytesIO(self.content))
        sandbox = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        try:
            unknown = sorted(template.get_undeclared_template_variables(sandbox) - fields.keys())
            if unknown:
                raise self._unknown(unknown)
            template.init_docx()
            template.render(_clean(fields), sandbox)
        except UndefinedError as error:
            found = _ATTRIBUTE.findall(str(error))
            raise self._unknown(found[-1:] or [str(error)]) from None
        except TemplateError as error:
            message = Words("{file} 的字段写错了：{why}", "a field of {file} is wrong: {why}")
            raise BadTemplate(message.fill(file=self.name, why=_said(error)), self._hint()) from None
        stream = io.BytesIO()
        template.save(stream)
        file: WordFile = docx.Document(stream)
        return file

    def _unknown(self, fields: Sequence[str]) -> BadTemplate:
        message = Words("{file} 里有不认识的字段：{fields}", "{file} has unknown fields: {fields}")
        return BadTemplate(message.fill(file=self.name, fields=" ".join(fields)), self._hint())

    def _hint(self) -> Words:
        return Words("可用：{fields}", "known: {fields}").fill(fields=self.known)

    def _unusable(self, error: Exception) -> BadTemplate:
        message = Words("{file} 不是可用的 Word 模板：{why}", "{file} is no usable Word template: {why}")
        return BadTemplate(message.fill(file=self.name, why=_said(error)),
                           Words("用 Word 另存为 .docx", "save it as .docx in Word"))  # fmt: skip


def _said(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _clean(value: object) -> object:
    """The fields without anything that no XML can hold; a text is one line."""
    if isinstance(value, str):
        return one_line(xml_safe(value))
    if isinstance(value, Mapping):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, (list, tuple)) else value


def _keep_whole(file: WordFile) -> None:
    """Makes hyphens within dates and ids such that no line ends there."""
    for text in list(file.element.body.iter(qn("w:t"))):
        pieces = parted(text.text or "")
        if len(pieces) > 1:
            made = []
            for number, piece in enumerate(pieces):
                if number:
                    made.append(node("noBreakHyphen"))
                one = parse_xml(f'<w:t {nsdecls("w")} xml:space="preserve"/>')
                one.text = piece
                made.append(one)
            for one in made:
                text.addprevious(one)
            text.getparent().remove(text)


def _name(file: WordFile, properties: Mapping[str, str]) -> None:
    own = file.core_properties
    own.title = one_line(xml_safe(properties.get("title", "")))[:255]
    own.language = "zh-CN" if properties.get("language") == "zh" else "en"
    own.author, own.last_modified_by, own.revision = own.author or "ledger", "ledger", 1
