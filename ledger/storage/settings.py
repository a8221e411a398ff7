"""`ledger.yaml`, `claims.yaml` and `waivers.yaml` read into their records; and what in the settings must fit together:
rules that may be tuned, names of levels, tags, steps and books."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from ledger.model.claim import Claim, Claims, Fact, FactValue, Seal, Sum, Waiver
from ledger.model.entry import EVENTS
from ledger.model.field import CLAIMS, FACT, SETTINGS, TUNABLE, WAIVER, WORKDAYS
from ledger.model.finding import Finding, Place, Source
from ledger.model.item import LIGHTS
from ledger.model.number import compared, number, plain
from ledger.model.setting import (
    LATER,
    TOTAL,
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
from ledger.model.value import offered
from ledger.model.words import NO_WORDS, Words
from ledger.storage.decode import Decoder, Mapping, Node, NodeWhere, Scalar, Sequence, Values, by_name
from ledger.storage.files import Files, present, read_text
from ledger.storage.yaml.read import read_nodes
from ledger.text.pattern import regex

_CODE = regex(r"L?(\d{3})")
_TAG = regex(r"[^\s.:;/\[\]]+")
# Who may be named is whoever decides; facts of others are always taken, whoever says them.
_DECIDED = [name for name, event in EVENTS.items() if not event.is_own and name != "decline"]
_COLORS = {light.removesuffix("灯") for light in (words.zh for words in LIGHTS.values())} | set(LIGHTS) | {"橙", "蓝"}


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
    _check_settings(values, root, decoder)
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


def _check_settings(values: Values, root: Mapping, decoder: Decoder) -> None:
    """Takes out of the decoded settings what does not fit the rest, with a finding for each."""
    _check_rules(values, decoder)
    _check_tags(values, decoder)
    _check_closing(values, root, decoder)
    _check_decides(values, decoder)
    _check_levels(values, decoder)
    _check_includes(values, root, decoder)


def _check_rules(values: Values, decoder: Decoder) -> None:
    """Only some rules may be tuned; a code without its L is taken too."""
    kept = []
    for row in values.get("rules", ()):
        code = _CODE.fullmatch(row[0])
        if code and int(code[1]) in TUNABLE:
            kept.append(row)
            continue
        message = Words("{code} 不能在这里调整", "{code} cannot be set here")
        hint = Words("只可调 {codes}；别的发现用 waivers.yaml 豁免", "only {codes}; accept others in waivers.yaml")
        codes = " ".join(f"L{number}" for number in TUNABLE)
        decoder.find(row[1], 104, message.fill(code=row[0]), hint.fill(codes=codes))
    if "rules" in values:
        values["rules"] = kept


def _check_tags(values: Values, decoder: Decoder) -> None:
    kept = []
    for name, node, row in values.get("tags", ()):
        if _TAG.fullmatch(name):
            kept.append((name, node, row))
        else:
            message = Words("标签名里不能有 . : ; [ ] / 和空格", "the name of a tag holds no . : ; [ ] / and no blank")
            decoder.find(node, 104, message)
    if "tags" in values:
        values["tags"] = kept


def _check_closing(values: Values, root: Mapping, decoder: Decoder) -> None:
    closing = values.get("closing", {})
    kinds = [step for _, _, row in closing.get("kinds", ()) for step in row.get("steps", ())]
    steps = list(dict.fromkeys((*closing.get("steps", ()), *kinds)))
    kept = []
    for name, node, time in closing.get("takes", ()):
        if name == "notice":
            message = Words("公示用 notice_days", "a notice takes `notice_days`")
            decoder.find(node, 104, message, Words("删去这一行", "remove this line"))
        elif name not in steps:
            message = Words("没有 {name} 这一步", "there is no step {name}").fill(name=name)
            decoder.find(node, 104, message, offered(name, steps) if steps else NO_WORDS)
        else:
            kept.append((name, node, time))
    if "takes" in closing:
        closing["takes"] = kept
    books = [name for name, _, _ in values.get("books", ())]
    for place, book in enumerate(closing.get("books", ())):
        if book not in books:
            message = Words("没有 {name} 这本账", "there is no book {name}").fill(name=book)
            decoder.find(_inner(root, "closing", "books", place), 104, message, offered(book, books))


def _check_decides(values: Values, decoder: Decoder) -> None:
    """Each key is an event that somebody decides, or a closing step."""
    closing = values.get("closing", {})
    kinds = [step for _, _, row in closing.get("kinds", ()) for step in row.get("steps", ())]
    known = [*_DECIDED, *(f"step.{step}" for step in dict.fromkeys((*closing.get("steps", ()), *kinds)))]
    kept = []
    for row in values.get("decides", ()):
        if row[0] in known:
            kept.append(row)
        else:
            message = Words("没有 {name} 可以决定", "nobody decides {name}").fill(name=row[0])
            decoder.find(row[1], 104, message, offered(row[0], known))
    if "decides" in values:
        values["decides"] = kept


def _check_levels(values: Values, decoder: Decoder) -> None:
    """A level is no light: what is yellow may be of any level."""
    levels = values.get("warning", {}).get("levels", ())
    kept = []
    for row in levels:
        if row[0].removesuffix("灯").removesuffix("色").casefold() in _COLORS:
            message = Words("预警级别不能叫 {name}", "a level cannot be called {name}").fill(name=row[0])
            hint = Words("颜色是灯的名字；写成提示、预警、逾期", "colours are names of lights; such as notice, warning")
            decoder.find(row[1], 104, message, hint)
        else:
            kept.append(row)
    if levels:
        values["warning"]["levels"] = kept


def _check_includes(values: Values, root: Mapping, decoder: Decoder) -> None:
    """A ledger beside this one, a commit of a repository, or a bundle: one of them, under a name of its own.

    Ids are told apart ignoring case, and so are the names before them; `total` is everything together.
    """
    kept = []
    names: dict[str, str] = {}
    for name, node, row in values.get("includes", ()):
        other = names.setdefault(name.casefold(), name)
        if name.casefold() == TOTAL or other != name:
            message = Words("{name} 和 {other} 只差大小写", "{name} differs from {other} only in case")
            if name.casefold() == TOTAL:
                message = Words("{name} 是“合计”的名字", "{name} is the name of everything together")
            decoder.find(node, 104, message.fill(name=name, other=other), Words("换一个名字", "choose another name"))
            continue
        ways = [way for way in ("path", "git", "bundle") if way in row]
        lacking = {"git": "rev", "bundle": "sha256"}.get(ways[0] if len(ways) == 1 else "", "")
        if len(ways) != 1:
            message = Words("{name} 要写 path、git 或 bundle 之一", "{name} needs one of path, git and bundle")
            decoder.find(node, 104, message.fill(name=name))
        elif lacking and lacking not in row:
            message = Words("{name} 缺少 {key}", "{name} needs {key}").fill(name=name, key=lacking)
            decoder.find(node, 105, message)
        else:
            kept.append((name, node, row))
    if "includes" in values:
        values["includes"] = kept


def _inner(root: Mapping, name: str, key: str, number: int) -> Node:
    """The node of an element of a list in a record; the record's if it is not where it should be."""
    node: Node = root.pairs[name][1]
    if isinstance(node, Mapping) and key in node.pairs:
        node = node.pairs[key][1]
    if isinstance(node, Sequence):
        texts = [one for one in node.items if isinstance(one, Scalar)]
        return texts[number] if number < len(texts) else node
    return node
