"""JSON Schema (2020-12) of every JSON that the program prints, by the name in its `schema`.

They are open: keys may be added to an output under the same name, none is dropped or changes its type. The tests check
every JSON that they make against them, and there an unknown key fails.
"""

from __future__ import annotations

from typing import Any

from ledger.model.entry import COLUMNS, EVENTS
from ledger.model.finding import SEVERITIES
from ledger.model.item import LIGHTS, SCHEDULES, STATES
from ledger.model.words import Words
from ledger.state.figure.rolled import SEALS
from ledger.state.figure.table import BY_STATE, FIGURES, NODE_FIGURES, RATES

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_DAY: Schema = {"type": "string", "format": "date"}
_WHOLE: Schema = {"type": "integer"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": "number"}
_FLAG: Schema = {"type": "boolean"}
_ANYTHING: Schema = {}


def _null(schema: Schema) -> Schema:
    """That, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def _list(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _map(schema: Schema) -> Schema:
    """An object with free keys."""
    return {"type": "object", "additionalProperties": schema}


def _object(always: dict[str, Schema], sometimes: dict[str, Schema] | None = None) -> Schema:
    """An object with these keys; those behind only where they mean something."""
    return {"type": "object", "properties": {**(sometimes or {}), **always}, "required": list(always)}


def _choice(names: Any) -> Schema:  # noqa: ANN401 - any collection of names
    return {"enum": list(names)}


def _said(schema: Schema, words: str | Words) -> Schema:
    """With what it means."""
    return {**schema, "description": words if isinstance(words, str) else f"{words.zh} / {words.en}"}


_PERCENT = _said(_null(_NUMBER), "percent with one decimal, half up; null for 0/0")
_SHARE = _said(_null(_NUMBER), "a share from 0 to 1; null where nobody can know")
_MEAN = _object({
    "mean": _said(_PERCENT, "mean progress in percent over known items, by weight"),
    "known": _said(_COUNT, "items whose progress is known"),
    "of": _said(_COUNT, "items"),
    "floor": _said(_PERCENT, "the mean with unknown as 0"),
})  # fmt: skip
_COUNTED: dict[str, Schema] = {
    **{figure.key: _said(_COUNT, figure.meaning) for figure in FIGURES},
    "progress": _MEAN,
    "by_state": _object({row.key: _said(_COUNT, row.meaning) for row in BY_STATE}),
    "slip": _said(_object({"median": _null(_NUMBER), "max": _null(_WHOLE), "items": _COUNT}),
                  "days later than the first deadline of the round, over the items that are later"),
    "rates": _object({rate.key: _said(_PERCENT, rate.formula) for rate in RATES.values()}),
    "time_nodes": _map(_object({"date": _null(_DAY), **{one.key: _COUNT for one in NODE_FIGURES}, "rate": _PERCENT})),
}  # fmt: skip
_FINDINGS = _object(dict.fromkeys(SEVERITIES, _COUNT))
_FINDING = _object({
    "code": {"type": "string", "pattern": "^L[0-9]{3}$"}, "severity": _choice(SEVERITIES), "item": _null(_TEXT),
    "path": _null(_TEXT), "line": _null(_WHOLE), "column": _null(_WHOLE), "message": _TEXT, "hint": _null(_TEXT),
})  # fmt: skip
_DUE = _said(_null(_TEXT), "a day, or immediate, long_term, unstated")
_ITEM: dict[str, Schema] = {
    "id": _TEXT, "book": _TEXT, "title": _TEXT, "lead": _TEXT, "due": _DUE, "original_due": _DUE,
    "state": _choice(STATES), "schedule": _choice(SCHEDULES), "light": _choice(LIGHTS), "short": _FLAG,
    "progress": _PERCENT,
}  # fmt: skip
_LEVEL: dict[str, Schema] = {"level": _null(_TEXT)}
_SHORT: dict[str, Schema] = {
    "count": _said(_COUNT, "with --count, in the place of all else"),
    "ids": _said(_list(_TEXT), "with -q, in the place of all else"),
}
_SENT = _list(_object({"level": _null(_TEXT), "date": _DAY}))
_PLACE: dict[str, Schema] = {"path": _TEXT, "line": _WHOLE}
_WRITTEN: dict[str, Schema] = {**dict.fromkeys(COLUMNS, _TEXT), **_PLACE}
_LINE: dict[str, Schema] = {name: _TEXT for name in COLUMNS if name != "person"}
_COMMIT = _null(_object({
    "commit": _TEXT, "author": _TEXT, "day": _DAY, "subject": _TEXT, "written": _TEXT, "committed": _TEXT,
    "or_earlier": _said(_FLAG, "the clone ends there: it may be older"),
    "merged": _said(_null(_map(_ANYTHING)), "the merge by which it came in, as this"),
}))  # fmt: skip
_REVISION: dict[str, Schema] = {"revision": _said(_null(_TEXT), "the commit it is read from; null for the files")}


_ROLLED: dict[str, Schema] = {
    "without": _said(_list(_TEXT), "included ledgers that are left out, because --without says so"),
    "includes": _said(_list(_TEXT), "included ledgers whose items stand among the own ones"),
}


def _whole(name: str, always: dict[str, Schema], sometimes: dict[str, Schema] | None = None) -> Schema:
    """The schema of one output, which names itself."""
    return _object({"schema": {"const": f"ledger/{name}/1"}, **always}, {**_ROLLED, **(sometimes or {})})


def _judged(name: str, always: dict[str, Schema], sometimes: dict[str, Schema] | None = None) -> Schema:
    """The schema of an output that is judged on a day."""
    return _whole(name, {"as_of": _DAY, **_REVISION, **always}, sometimes)


def _status() -> Schema:
    claim = _object({
        "claim": _TEXT, "figure": _TEXT, "claimed": {"type": ["number", "string"]}, "found": _null(_NUMBER),
        "holds": _null(_FLAG), "gap": _null(_TEXT), "as_of": _DAY, "source": _null(_TEXT),
    })  # fmt: skip
    group = _object({"key": _TEXT, **_COUNTED}, {
        "name": _TEXT, "as_of": _DAY, "revision": _null(_TEXT), "seals": _choice(SEALS), "silent": _FLAG,
        "sealed_through": _null(_DAY), "last_entry": _null(_DAY), "notes": _list(_TEXT),
        "books": _map(_object({"name": _TEXT, **_COUNTED})),
    })  # fmt: skip
    return _judged("status", {
        "title": _TEXT, "headline": _choice(RATES), "books": _map(_object({"name": _TEXT, **_COUNTED})),
        "overall": _MEAN, "claims": _list(claim), "requests": _COUNT, "findings": _FINDINGS,
    }, {"by": _TEXT, "several": _COUNT, "groups": _list(group)})  # fmt: skip


def _show() -> Schema:
    target = _object({
        "key": _TEXT, "name": _TEXT, "unit": _null(_TEXT), "goal": _null(_TEXT), "due": _null(_DAY),
        "reading": _null(_NUMBER), "counted": _said(_null(_NUMBER), "with what need not be done"),
        "as_of": _null(_DAY), "met": _null(_FLAG), "missing": _said(_list(_TEXT), "units that have not contributed"),
    })  # fmt: skip
    step = _object({"step": _TEXT, "latest_start": _null(_DAY), "latest_end": _null(_DAY), "recorded": _null(_DAY)})
    line = _object({"date": _DAY, "item": _TEXT, "event": _choice(EVENTS)}, _LINE)
    past = _object({
        "date": _DAY, "item": _TEXT, "event": _choice(EVENTS), "recorded": _COMMIT, "late_days": _null(_WHOLE),
        "early_days": _null(_WHOLE), "sealed_through": _null(_DAY),
        "filled": _list(_object({"recorded": _COMMIT, "columns": _list(_TEXT)})), "voided": _FLAG,
        "state": _choice(("standing", "removed", "rewritten")), "ended": _COMMIT,
    }, _LINE)  # fmt: skip
    edit = _object({"kind": _TEXT, "field": _null(_TEXT), "before": _ANYTHING, "after": _ANYTHING, "explained": _FLAG,
                    "recorded": _COMMIT})  # fmt: skip
    one = _judged("show", {"id": _TEXT, "state": _null(_choice(STATES))}, {
        **_ITEM, **_LEVEL, **_PLACE, "targets": _list(target), "journal": _list(line),
        "milestones": _list(_object({"key": _TEXT, "name": _TEXT, "due": _DAY, "met_on": _null(_DAY)})),
        "plan": _list(step), "latest_done": _null(_DAY), "latest_begin": _null(_DAY), "close_by": _null(_DAY),
        "earliest_close": _null(_DAY), "slack": _said(_null(_WHOLE), "working days between the two"),
        "provisional": _list(_TEXT), "sent": _SENT,
        "pace": _list(_object({"key": _TEXT, "needed": _null(_NUMBER), "gained": _null(_NUMBER)})),
        "history": _list(past), "plan_history": _list(edit), "history_limits": _map(_list(_TEXT)),
        "parts": _list(_TEXT),
    })  # fmt: skip
    return {"anyOf": [one, _said(_judged("show", {"items": _list(_map(_ANYTHING))}), "several items, each as one")]}


def _due() -> Schema:
    row = _object({
        "item": _TEXT, "what": _TEXT, "lead": _TEXT, "due": _DAY, "days_left": _WHOLE, "original_due": _null(_DAY),
        "days_left_original": _null(_WHOLE), **_LEVEL, "sent": _SENT,
    })  # fmt: skip
    kinds = ("overdue", "missed", "orders", "closings", "coming")
    return _judged("due", {
        "until": _DAY, **{kind: _list(row) for kind in kinds},
        "steps": _list(_object({"item": _TEXT, "step": _TEXT, "latest_start": _DAY})),
        "requests": _list(_object({"item": _TEXT, "key": _TEXT, "by": _TEXT, "since": _DAY})),
    })  # fmt: skip


_CHANGE = _object({
    "kind": _TEXT, "item": _null(_TEXT), "field": _null(_TEXT), "before": _ANYTHING, "after": _ANYTHING,
    **_PLACE, "explained": _FLAG,
})  # fmt: skip


def _diff() -> Schema:
    return _whole("diff", {"from": _TEXT, "to": _null(_TEXT), "changes": _list(_CHANGE)})


def _written() -> Schema:
    file = _object({"path": _TEXT, "place": _said(_TEXT, "the path, with the line in a file of the ledger")}, {
        "unit": _said(_TEXT, "form, letter: for whom it is"), "items": _COUNT, "readings": _COUNT,
        "level": _null(_TEXT), "ids": _list(_TEXT),
    })  # fmt: skip
    return _whole("written", {
        "written": _FLAG, "dry_run": _FLAG, "said": _TEXT, "next": _said(_null(_TEXT), "a command line to go on with"),
        "files": _list(file), "rows": _said(_list(_map(_TEXT)), "lines that the journal gets"),
    }, {
        "week": _TEXT, "idle": _said(_list(_TEXT), "form: units that have nothing open"),
        "unled": _said(_list(_TEXT), "letter: items that nobody leads"),
        "counts": _said(_object(dict.fromkeys(("written", "same", "removed"), _COUNT)), "site: pages"),
        "days": _said(_list(_DAY), "export: the days of `standing`"), "tables": _list(_TEXT),
        "as_of": _DAY, "items": _COUNT, "entries": _COUNT, "commit": _null(_TEXT),
        "left_out": _said(_list(_TEXT), "hand-up: private tags"),
        "broken_seals": _said(_list(_DAY), "hand-up: seals that do not match"),
        "undoes": _said(_TEXT, "undo: the commit"), "changes": _said(_list(_CHANGE), "undo, edit: by meaning"),
        "findings": _said(_list(_FINDING), "edit, sync: errors that were not there"),
        "brought": _said(_COUNT, "sync: changes of others"), "taken": _said(_COUNT, "sync: changes of ours"),
        "authors": _map(_COUNT), "conflicts": _said(_list(_TEXT), "sync: files that both sides changed"),
    })  # fmt: skip


def _requests() -> Schema:
    found = _object({"code": _TEXT, "severity": _choice(SEVERITIES), "item": _TEXT, "message": _TEXT})
    request = _object({
        "item": _TEXT, "title": _TEXT, "key": _TEXT, "unit": _TEXT, "since": _DAY, "asked_on": _DAY,
        "value": _null(_TEXT), "until": _null(_DAY), "working_days": _null(_WHOLE), "words": _TEXT,
        "readings": _list(_object({"key": _TEXT, "value": _null(_NUMBER), "unit": _TEXT, "goal": _null(_TEXT)})),
        "evidence": _list(_TEXT), "findings": _list(found),
    })  # fmt: skip
    return _judged("requests", {"requests": _list(request), "counts": _object({"requests": _COUNT})})


def _submissions() -> Schema:
    unit = _object({
        "unit": _TEXT, "state": _TEXT, "open": _COUNT, "reported": _COUNT, "unreported": _list(_TEXT),
        "days": _list(_DAY), "returned": _null(_DAY), "late": _FLAG, "nil": _FLAG, "nil_weeks": _COUNT,
        "silent_weeks": _null(_COUNT), "last_report": _null(_DAY),
    })  # fmt: skip
    counts = dict.fromkeys(("units", "reported", "silent"), _COUNT)
    returns = dict.fromkeys(("in_time", "late", "nil", "absent"), _COUNT)
    return _judged("submissions", {
        "week": _TEXT, "first": _DAY, "last": _DAY, "roll_call": _FLAG, "units": _list(unit),
        "counts": _object(counts), "returns": _object(returns),
    })  # fmt: skip


def _report() -> Schema:
    table = _object({
        "kind": {"const": "table"}, "id": _TEXT, "title": _null(_TEXT),
        "columns": _list(_object({"id": _TEXT, "title": _TEXT})),
        "rows": _said(_list(_map(_ANYTHING)), "values by the id of the column; a rate is {part, of, percent}"),
        "notes": _list(_TEXT),
    })  # fmt: skip
    words = _object({"kind": _choice(("paragraph", "code")), "text": _TEXT})
    section = _object({
        "id": _TEXT, "title": _null(_TEXT), "level": _null(_WHOLE), "blocks": _list({"anyOf": [table, words]}),
    })  # fmt: skip
    return _whole("report", {
        "report": _null(_TEXT), "language": _choice(("zh", "en")), "title": _TEXT, "head": _map(_ANYTHING),
        "sections": _list(section),
    })  # fmt: skip


def _plan() -> Schema:
    step = _object({"item": _TEXT, "step": _TEXT, "latest_start": _DAY, "latest_end": _DAY, "provisional": _FLAG})
    load = _object({"week": _TEXT, "acceptor": _null(_TEXT), "planned": _COUNT, "best": _COUNT})
    return _judged("plan", {
        "steps": _list(step), "closings": _list(_object({"week": _TEXT, "closings": _COUNT})),
        "overloads": _list(load), "undated": _list(_TEXT),
    })  # fmt: skip


def _forecast() -> Schema:
    pace = _object({"key": _TEXT, "pace": _null(_NUMBER), "needed": _null(_NUMBER)})
    item = _object({
        "id": _TEXT, "due": _DAY, "p": _SHARE, "kept": _null(_COUNT), "of": _null(_COUNT), "class": _list(_TEXT),
        "pace": _null(_NUMBER), "needed": _null(_NUMBER), "days_left": _WHOLE, "slack": _null(_WHOLE),
        "expected": _null(_DAY), "targets": _list(pace),
    })  # fmt: skip
    group = _object({"key": _TEXT, "n": _COUNT, "expected": _NUMBER, "low": _null(_WHOLE), "high": _null(_WHOLE)})
    return _judged("forecast", {
        "method": _TEXT, "reason": _TEXT, "promises": _COUNT, "items": _list(item),
        "overdue": _list(_object({"id": _TEXT, "due": _null(_DAY)})), "groups": _list(group),
    })  # fmt: skip


def _backtest() -> Schema:
    score = _map(_said(_null(_NUMBER), "the Brier score, 0 is perfect"))
    return _whole("backtest", {
        "days": _list(_DAY), "n": _COUNT, "brier": score, "by_book": _map(score),
        "coverage": _object({"said": _NUMBER, "came": _SHARE, "n": _COUNT}),
        "reliability": _list(_object({"said": _SHARE, "came": _SHARE, "n": _COUNT})),
    })  # fmt: skip


def _list_of_items() -> Schema:
    item = _said(
        _object({}, {**_ITEM, **_LEVEL}), "all of it, or with --columns what was chosen, fields of the plan too"
    )
    group = _object({"key": _TEXT, "total": _COUNT, "done": _COUNT, "overdue": _COUNT})
    return _judged("list", {}, {
        "items": _list({**item, "additionalProperties": True}), **_SHORT, "by": _TEXT, "groups": _list(group),
    })  # fmt: skip


def _history() -> Schema:
    change = _object({
        "commit": _TEXT, "day": _DAY, "time": _TEXT, "author": _TEXT, "what": _TEXT, "command": _null(_TEXT),
        "undoes": _null(_TEXT), "undone_by": _null(_TEXT),
    })  # fmt: skip
    return _whole("history", {"total": _null(_COUNT), "changes": _list(change)}, _REVISION)


def _chart() -> Schema:
    point = _object({"day": _DAY, "total": _COUNT, "due": _COUNT, "done": _COUNT})
    claim = _object({"date": _DAY, "claim": _TEXT, "figure": _TEXT, "value": _TEXT, "holds": _null(_FLAG)})
    book = _object({
        "book": _TEXT, "name": _TEXT, "points": _list(point), "ahead": _list(_object({"day": _DAY, "due": _COUNT})),
        "claims": _list(claim), "later": _COUNT, "undated": _COUNT, "begun": _null(_DAY), "gaps": _list(_list(_DAY)),
    })  # fmt: skip
    stage = _object({"key": _TEXT, "name": _TEXT, "due": _DAY, "met_on": _null(_DAY),
                     "state": _choice(("met", "short", "missed", "coming"))})  # fmt: skip
    bar = _object({
        "id": _TEXT, "title": _TEXT, "state": _choice(STATES), "schedule": _choice(SCHEDULES), "light": _choice(LIGHTS),
        "short": _said(_COUNT, "targets"), **dict.fromkeys(("start", "original_due", "due", "done"), _null(_DAY)),
        "milestones": _list(stage), "readings": _list(_DAY),
        "steps": _list(_object({"step": _TEXT, "latest_start": _DAY, "latest_end": _DAY})),
    })  # fmt: skip
    cell = _object({
        **dict.fromkeys(("open", "reported", "overdue", "dated"), _COUNT), "spoke": _FLAG, "asked": _FLAG,
        "light": _TEXT, "returned": _TEXT,
    })  # fmt: skip
    unit = _object({"name": _TEXT, **dict.fromkeys(("done", "open", "overdue", "short", "grey"), _COUNT)})
    target = _object({
        "key": _TEXT, "name": _TEXT, "unit": _null(_TEXT), "goal": _null(_TEXT), "due": _null(_DAY),
        "readings": _list(_object({"date": _DAY, "value": _NUMBER})),
    })  # fmt: skip
    return _judged("chart", {"chart": _choice(("burnup", "gantt", "heatmap", "units", "item"))}, {
        "query": _TEXT, "books": _said(_list(book), "burnup"),
        "groups": _said(_list(_object({"name": _TEXT, "items": _list(bar)})), "gantt"),
        "weeks": _said(_list(_TEXT), "heatmap"), "totals": _list(_COUNT), "begun": _null(_DAY),
        "units": _said(_list(_object({"unit": _TEXT, "cells": _list(cell)})), "heatmap"),
        "by": _said(_TEXT, "units"), "bars": _list(unit), "total": unit, "several": _COUNT,
        "item": _said(bar, "item"), "targets": _list(target),
    })  # fmt: skip


def _site() -> Schema:
    """`items.json` of the public site: in both languages, whatever the language of the session."""
    words = _object({"zh": _TEXT, "en": _TEXT})
    target = {"name": words, "unit": _TEXT, "goal": _null(_TEXT)}
    reading = {
        **target, "value": _TEXT, "approx": words, "exempt": _null(_TEXT), "date": _DAY, "whole": _FLAG,
        "met": _null(_FLAG), "gap": _null(_TEXT),
        "pace": _null(_object({"done": _TEXT, "needed": _TEXT})),
    }  # fmt: skip
    item = {
        "id": _TEXT, "book": _TEXT, "under": _null(_TEXT), "task": words, "goal": words, "steps": _list(words),
        "responsibility": _object({"lead": _TEXT, "responsible": _list(_TEXT), "cooperating": _list(_TEXT)}),
        "deadline": _object({"date": _null(_DAY), "original": _null(_DAY), "words": words}),
        "result": _object({
            "state": words, "overdue": _FLAG, "days_late": _COUNT, "short": _FLAG, "unknown": _FLAG, "upkeep": words,
            "text": _TEXT, "date": _null(_DAY), "readings": _list(_object(reading)), "unread": _list(_object(target)),
        }),
        "links": _list(_TEXT),
        "milestones": _list(_object({
            "name": words, "date": _DAY, "met": _null(_DAY), "missed": _FLAG, "short": _FLAG})),
        "history": _list(_object({"date": _DAY, "event": _TEXT, "words": words, "text": _TEXT})),
    }  # fmt: skip
    return _whole("site", {"title": words, "as_of": _DAY, "items": _list(_object(item))})


def _bundle() -> Schema:
    """`manifest.json` in a bundle of `ledger hand-up`."""
    hashed = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    seal = {"through": _DAY, "entries": _COUNT, "sha256": _TEXT, "rule": _WHOLE, "holds": _FLAG}
    made = {"commit": _TEXT, "committed": _TEXT, "number": _COUNT}
    return _whole("bundle", {
        "as_of": _DAY, "ledger": _object({"title": _TEXT, "start": _TEXT, "root": _TEXT, "folder": _TEXT}),
        "made_from": _said(_null(_object(made)), "the commit that holds the ledger as it was packed"),
        "seals": _list(_object(seal)),
        "left_out": _said(_list(_TEXT), "private tags that are not in it"),
        "lines_left_out": _said(_COUNT, "lines of the journal about these"),
        "figures": _map({"type": "object"}), "files": _said(_map(hashed), "the SHA-256 of each file in it"),
        "sha256": _said(hashed, "the hash over all files and everything said here"),
    })  # fmt: skip


OUTPUTS: dict[str, Schema] = {
    "status": _status(),
    "list": _list_of_items(),
    "entries": _judged("entries", {}, {"entries": _list(_object({}, _WRITTEN)), **_SHORT}),
    "history": _history(),
    "show": _show(),
    "check": _judged("check", {"findings": _list(_FINDING), "counts": _FINDINGS}, {
        "against": _TEXT, "known": _COUNT, "rules": _map(_TEXT),
        "sealed": _object({"through": _DAY, "commit": _TEXT}),
    }),
    "due": _due(),
    "diff": _diff(),
    "requests": _requests(),
    "submissions": _submissions(),
    "report": _report(),
    "plan": _plan(),
    "forecast": _forecast(),
    "backtest": _backtest(),
    "written": _written(),
    "chart": _chart(),
    "site": _site(),
    "bundle": _bundle(),
    "completion": _whole("completion", {"shell": _TEXT, "script": _TEXT}),
    "refused": _whole("refused", {"exit_code": _WHOLE, "message": _TEXT, "hint": _null(_TEXT)}, {
        "findings": _list(_FINDING),
    }),
}  # fmt: skip
"""By the name in `schema`: `ledger/status/1` is `status`."""

OTHER_NAMES = {
    **{f"report-{name}": "report" for name in ("brief", "weekly", "monthly", "supervision", "disclosure", "trend")},
    "report-submissions": "submissions",
    "back-planning": "plan",
}
"""What else an output is asked for by; `plan` is the schema of a book, as it always was."""


def output_schema(name: str) -> Schema:
    """The whole schema of an output, by its own name or another."""
    name = OTHER_NAMES.get(name, name)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:rectification-ledger:json:{name}:1"}
    return {**head, "title": f"ledger/{name}/1", **OUTPUTS[name]}
