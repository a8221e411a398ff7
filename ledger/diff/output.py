"""Differences for programs: workflow commands of GitHub, and JSON (schema `ledger/diff/1`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ledger.compare.difference import KINDS, WORRYING, Difference
from ledger.compare.phrase import basis_text, change_text
from ledger.format.document import spoken
from ledger.format.github import MOST, plain_line, workflow_command
from ledger.model.words import Words
from ledger.text.plural import some
from ledger.text.safe import one_line

_LEVELS = ("error", "warning", "notice")


def diff_github(
    found: Sequence[Difference],
    fails: Callable[[Difference], bool],
    titles: Mapping[str, Words],
    lang: str,
    prefix: str,
) -> str:
    """One command a line, at most ten of each level; all other differences as plain lines behind.

    The paths get `prefix`. A difference that `fails` is an error.
    """
    groups: dict[str, list[Difference]] = {level: [] for level in _LEVELS}
    for one in found:
        if fails(one):
            groups["error"].append(one)
        elif one.needs_answer:
            groups["warning"].append(one)
        elif one.explained and one.kind in WORRYING:
            groups["notice"].append(one)
    shown = [(level, one) for level, own in groups.items() for one in own[:MOST]]
    lines = [_command(level, one, titles, lang, prefix) for level, one in shown]
    known = {id(one) for _, one in shown}
    rest = [one for one in found if id(one) not in known]
    if rest:
        more = Words("另有 {n} 处变化：", "and {changes}:").fill(n=len(rest), changes=some(len(rest), "more change"))
        lines.append(more.pick(lang))
        lines += [plain_line(_plain(one, titles, lang, prefix)) for one in rest]
    return "".join(line + "\n" for line in lines)


def _command(level: str, one: Difference, titles: Mapping[str, Words], lang: str, prefix: str) -> str:
    place = {"file": prefix + one.path, "line": str(max(one.line, 1))} if one.path else {}
    return workflow_command(level, {**place, "title": f"ledger {one.kind}"}, _said(one, titles, lang))


def _plain(one: Difference, titles: Mapping[str, Words], lang: str, prefix: str) -> str:
    place = f"{prefix}{one.path}:{max(one.line, 1)}: " if one.path else ""
    return place + _said(one, titles, lang)


def _said(one: Difference, titles: Mapping[str, Words], lang: str) -> str:
    title = titles[one.item].pick(lang) if one.item in titles else ""
    about = " ".join(filter(None, [one.item, one_line(title)]))
    basis = f" [{basis_text(one)}]" if basis_text(one) else ""
    named = "：" if lang == "zh" else ": "
    change = spoken(change_text(one), lang)
    return f"{KINDS[one.kind].pick(lang)}{named}{f'{about}{named}' if about else ''}{change}{basis}"


def diff_json(found: Sequence[Difference], before: str, after: str | None) -> dict[str, Any]:
    """All differences between two commits; `after` is None for the working tree."""
    return {"schema": "ledger/diff/1", "from": before, "to": after, "changes": changes_json(found)}


def changes_json(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """The differences themselves."""
    return [
        {
            "kind": one.kind, "item": one.item or None, "field": one.field or None, "before": one.before,
            "after": one.after, "path": one.path, "line": one.line, "explained": one.explained,
        }
        for one in found
    ]  # fmt: skip
