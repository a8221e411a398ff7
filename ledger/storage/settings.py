"""`ledger.yaml`, `claims.yaml` and `waivers.yaml` read into their records."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from ledger.model.claim import Claim, Claims, Fact, FactValue, Seal, Sum, Waiver
from ledger.model.field import CLAIMS, FACT, SETTINGS, WAIVER, WORKDAYS
from ledger.model.finding import Finding, Place, Source
from ledger.model.number import compared, number, plain
from ledger.model.setting import (
    LATER,
    WEEKDAYS,
    Approver,
    Baseline,
    Book,
    Closing,
    ClosingKind,
    Include,
    Letterhead,
    Settings,
    Tag,
    TimeNode,
    Unit,
    Warning,
    Week,
)
from ledger.model.words import Words
from ledger.storage.decode import Decoder, Mapping, Node, NodeWhere, Scalar, Sequence, Values, by_name
from ledger.storage.files import Files, present, read_text
from ledger.storage.setting_check import check_settings
from ledger.storage.yaml.read import read_nodes


def _root(files: Files, path: str, texts: dict[str, Source]) -> tuple[Node | None, Decoder]:
    """The nodes of a YAML file, and a decoder that already holds what is wrong with it."""
    decoder = Decoder(lambda line, column: Place(path, line, column))
    text = read_text(files, path)
    decoder.findings += text.findings
    if text.text is None:
        return None, decoder
    texts[path] = text.source
    root, findings = _nodes(text.text, path)
    decoder.findings += findings
    return root, decoder


@lru_cache(maxsize=4)
def _nodes(text: str, path: str) -> tuple[Node | None, list[Finding]]:
    """The nodes of a text that was read before, as it was: to record one fact reads settings and claims four times."""
    return read_nodes(text, path)


def read_settings(files: Files, path: str, texts: dict[str, Source]) -> tuple[Settings | None, list[Finding]]:
    """The settings, or None if the file cannot be read at all: then nothing about the ledger can be said."""
    root, decoder = _root(files, path, texts)
    if not isinstance(root, Mapping):
        if root is not None and not decoder.findings:
            decoder.find(root, 104, Words("ledger.yaml 应是一组“键: 值”", "ledger.yaml must be a mapping"))
        return None, decoder.findings
    values = decoder.record(root, by_name(SETTINGS))
    if values.pop("ledger", 1) != 1:
        place = root.pairs["ledger"][1]
        decoder.find(place, 104, Words("只认得格式版本 1", "only format version 1 is known"))
        return None, decoder.findings
    for node, row in values.get("time_nodes", ()):
        row["where"] = NodeWhere(node, decoder.locate)
        if row.get("id") == LATER:
            message = Words(
                "{id} 是最后一个时间节点之后的那一行", "{id} is the row of what comes after the last time node"
            )
            decoder.find(
                node.pairs["id"][1], 104, message.fill(id=row.pop("id")), Words("换一个编号", "choose another id")
            )
    if "books" not in values:
        return None, decoder.findings
    _find_borrowed_names(values.get("units", ()), decoder)
    check_settings(values, root, decoder)
    settings = Settings(where=NodeWhere(root, decoder.locate), **_settings(values))
    return settings._replace(title=settings.title if any(settings.title) else Words("台账", "ledger")), decoder.findings


def _find_borrowed_names(rows: Iterable[tuple[Mapping, Values]], decoder: Decoder) -> None:
    """Finds former names that another unit bears, now or formerly: whose facts these are nobody could tell."""
    bearers = {row["name"]: row["name"] for _, row in rows if "name" in row}
    for node, row in rows:
        for name in row.get("was", ()):
            other = bearers.setdefault(name, row.get("name", ""))
            if other != row.get("name", ""):
                listed = node.pairs["was"][1]
                at = listed.items if isinstance(listed, Sequence) else [listed]
                message = Words("曾用名 {name} 是另一单位的名字", "the former name {name} is one of another unit")
                hint = Words("一个名字只归一个单位", "a name belongs to one unit")
                place = next((one for one in at if isinstance(one, Scalar) and one.text == name), listed)
                decoder.find(place, 104, message.fill(name=name), hint)


def _settings(values: Values) -> Values:
    """Nested records in place of the plain values."""
    records: dict[str, Any] = {
        "time_nodes": lambda rows: tuple(
            sorted((TimeNode(**row) for _, row in rows if {"id", "date"} <= row.keys()), key=lambda node: node.date)
        ),
        "books": lambda rows: tuple(
            Book(name, row.get("name", Words.same(name)), _plain_path(row["path"]))
            for name, _, row in rows
            if "path" in row
        ),
        "journal": _plain_path,
        "units": lambda rows: tuple(Unit(**row) for _, row in rows if "name" in row),
        "approvers": _approvers,
        "decides": lambda rows: tuple((name, _approvers(own)) for name, _, own in rows),
        "week": lambda row: Week(**{**row, "closes": WEEKDAYS.index(row.get("closes", "sunday"))}),
        "closing": _closing,
        "warning": _warning,
        "rules": lambda rows: tuple((int(code[-3:]), severity) for code, _, severity in rows),
        "tags": lambda rows: tuple(Tag(name, **row) for name, _, row in rows),
        "queries": lambda rows: tuple((name, text) for name, _, text in rows),
        "includes": lambda rows: tuple(Include(name, **row) for name, _, row in rows),
        "letterhead": lambda row: Letterhead(**row),
        "baseline": lambda row: Baseline(**row),
    }
    made = {name: records[name](value) if name in records else value for name, value in values.items()}
    for name, key, own in (("rates", "headline", "headline"), ("requests", "answer_days", "answer_days")):
        if key in (row := made.pop(name, {})):
            made[own] = row[key]
    return made


def _approvers(rows: Iterable[Values]) -> tuple[Approver, ...]:
    return tuple(Approver(**row) for row in rows)


def _closing(row: Values) -> Closing:
    kinds = tuple(ClosingKind(name, **own) for name, _, own in row.pop("kinds", ()))
    takes = tuple((name, time) for name, _, time in row.pop("takes", ()))
    return Closing(kinds=kinds, takes=takes, **row)


def _warning(row: Values) -> Warning:
    """The days before a deadline; the farthest level is what turns the light yellow, unless that is said."""
    levels = sorted(((name, days) for name, _, days in row.pop("levels", ())), key=lambda level: -level[1])
    if levels and levels[0][1]:
        row.setdefault("due_soon_days", levels[0][1])
    return Warning(levels=tuple(levels), **row)


def _plain_path(path: str) -> str:
    """A path or glob without `./` in front of it and the like, as it is compared with the paths of files."""
    return PurePosixPath(path).as_posix() if path else path


def read_claims(files: Files, texts: dict[str, Source]) -> tuple[Claims, list[Finding]]:
    """What was published; nothing if there is no such file."""
    paths, misnamed = present(files, "claims.yaml")
    if not paths:
        return Claims(), misnamed
    root, decoder = _root(files, "claims.yaml", texts)
    if not isinstance(root, Mapping):
        if root is not None and not decoder.findings:
            decoder.find(root, 104, Words("claims.yaml 应是一组“键: 值”", "claims.yaml must be a mapping"))
        return Claims(), decoder.findings
    values = decoder.record(root, by_name(CLAIMS))
    claims = []
    for node, row in values.get("claims", ()):
        if "figures" in row:
            row["figures"] = _figures(row["figures"], decoder)
        if {"id", "as_of", "figures"} <= row.keys():
            claims.append(Claim(where=NodeWhere(node, decoder.locate), **row))
    seals = [
        Seal(where=NodeWhere(node, decoder.locate), **{**row, "pins": _pins(row)})
        for node, row in values.get("seals", ())
        if {"through", "entries", "sha256"} <= row.keys()
    ]
    sums = root.pairs["sums"][1] if "sums" in root.pairs else None
    rows = sums.items if isinstance(sums, Sequence) else []
    relations = [
        Sum(row.text, NodeWhere(row, decoder.locate)) for row in rows if isinstance(row, Scalar) and row.text.strip()
    ]
    facts = _facts(values["facts"], decoder) if "facts" in values else []
    return Claims(tuple(claims), tuple(seals), tuple(facts), tuple(relations)), decoder.findings


def _pins(row: Values) -> tuple[tuple[str, str], ...]:
    return tuple((name, pin) for name, _, pin in row.get("pins", ()))


def _figures(node: Mapping, decoder: Decoder) -> tuple[tuple[str, str], ...]:
    """Paths with the number or comparison claimed for them."""
    figures = []
    for name, (_, inner) in node.pairs.items():
        text = inner.text.strip() if isinstance(inner, Scalar) else ""
        if number(compared(text)[1]) is None:
            message = Words("公布数应是数或比较", "a claimed figure is a number or a comparison")
            decoder.find(inner, 104, message, Words('如 37 或 "> 93"', 'such as 37 or "> 93"'))
        else:
            figures.append((name, text))
    return tuple(figures)


def _facts(node: Mapping, decoder: Decoder) -> list[Fact]:
    """The loose figures; one mapping a fact, or a list of them where the text contradicts itself."""
    facts = []
    for name, (key, inner) in node.pairs.items():
        if not (name.isascii() and name.isidentifier()):
            message = Words("事实的名称只用字母、数字和下划线", "a fact's name holds letters, digits and _ only")
            decoder.find(key, 104, message)
            continue
        rows = decoder.mappings(inner) if isinstance(inner, Sequence) else decoder.mappings(Sequence([inner], 0, 0))
        values = []
        for row in rows:
            fields = decoder.record(row, by_name(FACT))
            if "value" in fields:
                written = row.pairs["value"][1]
                text = written.text.strip() if isinstance(written, Scalar) else plain(fields["value"])
                values.append(FactValue(text, fields.get("approx", ""), fields.get("source", "")))
        if values:
            facts.append(Fact(name, tuple(values), NodeWhere(inner, decoder.locate)))
    return facts


def read_waivers(files: Files, texts: dict[str, Source]) -> tuple[tuple[Waiver, ...], list[Finding]]:
    """The accepted findings; none if there is no such file."""
    paths, misnamed = present(files, "waivers.yaml")
    if not paths:
        return (), misnamed
    root, decoder = _root(files, "waivers.yaml", texts)
    waivers = []
    if isinstance(root, Sequence):
        for node in decoder.mappings(root):
            row = decoder.record(node, by_name(WAIVER))
            code = re.fullmatch(r"L?(\d{3})", row.get("code", ""))
            if "code" in row and not code:
                message = Words("不是规则编号：{code}", "not a rule code: {code}").fill(code=row["code"])
                decoder.find(node.pairs["code"][1], 104, message, Words("如 L801", "such as L801"))
            elif code and len(row) == len(WAIVER):
                row["code"] = int(code[1])
                waivers.append(Waiver(where=NodeWhere(node, decoder.locate), **row))
    elif root is not None and not decoder.findings:
        decoder.find(root, 104, Words("waivers.yaml 应是一个列表", "waivers.yaml must be a list"))
    return tuple(waivers), decoder.findings


def read_workdays(files: Files, texts: dict[str, Source]) -> tuple[dict[date, bool], list[Finding]]:
    """The days of `workdays.yaml`, true if worked: the year's notice for years that no library knows yet."""
    paths, misnamed = present(files, "workdays.yaml")
    if not paths:
        return {}, misnamed
    root, decoder = _root(files, "workdays.yaml", texts)
    days: dict[date, bool] = {}
    if isinstance(root, Mapping):
        values = decoder.record(root, by_name(WORKDAYS))
        for name, worked in (("holidays", False), ("workdays", True)):
            days.update(dict.fromkeys(values.get(name, ()), worked))
    elif root is not None and not decoder.findings:
        decoder.find(root, 104, Words("workdays.yaml 应是一组“键: 值”", "workdays.yaml must be a mapping"))
    return days, decoder.findings
