"""Letters in the office's own template: a Word file with docxtpl fields, rendered without any way out of its page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from ledger.format.zip import same_bytes
from ledger.model.words import Refused, Words

_ATTRIBUTE = re.compile(r"'([^']+)'")
FIELDS = "unit date level number items[id title due days level goal]"


class BadTemplate(Refused):
    """The template cannot be used; nothing was made of it."""


def rendered(path: Path, letters: Sequence[Mapping[str, object]]) -> list[bytes]:
    """A Word file for each letter, the same bytes for the same letter. Raises `BadTemplate` before any is done."""
    try:
        content = path.read_bytes()
        return [_one(content, path.name, fields) for fields in letters]
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        message = Words("{file} 不是可用的 Word 模板：{why}", "{file} is no usable Word template: {why}")
        raise BadTemplate(message.fill(file=path.name, why=_said(error)),
                          Words("用 Word 另存为 .docx", "save it as .docx in Word")) from None  # fmt: skip


def _one(content: bytes, name: str, fields: Mapping[str, object]) -> bytes:
    template = DocxTemplate(io.BytesIO(content))
    sandbox = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        unknown = sorted(template.get_undeclared_template_variables(sandbox) - fields.keys())
        if unknown:
            raise _unknown(name, unknown)
        template.init_docx()
        template.render(dict(fields), sandbox)
    except UndefinedError as error:
        found = _ATTRIBUTE.findall(str(error))
        raise _unknown(name, found[-1:] or [str(error)]) from None
    except TemplateError as error:
        message = Words("{file} 的字段写错了：{why}", "a field of {file} is wrong: {why}")
        raise BadTemplate(message.fill(file=name, why=_said(error)), _hint()) from None
    stream = io.BytesIO()
    template.save(stream)
    return same_bytes(stream.getvalue())


def _unknown(name: str, fields: Sequence[str]) -> BadTemplate:
    message = Words("{file} 里有不认识的字段：{fields}", "{file} has unknown fields: {fields}")
    return BadTemplate(message.fill(file=name, fields=" ".join(fields)), _hint())


def _hint() -> Words:
    return Words("可用：{fields}", "known: {fields}").fill(fields=FIELDS)


def _said(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
