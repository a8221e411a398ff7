"""Publishing: the figures of a report written down as a claim, and a seal over every fact they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.edit.plan import changes_of, file_text, placed
from ledger.model.claim import SEAL_RULE, Claim
from ledger.model.json_schema import editor_line
from ledger.model.ledger import Ledger
from ledger.model.number import one_decimal, plain
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.state.figure.claim import Recount
from ledger.state.seal import Sealed, broken_seals, seal_of
from ledger.storage.files import Decoded, Files
from ledger.storage.refusal import CannotEdit
from ledger.storage.save import Change
from ledger.storage.yaml.edit import with_element
from ledger.storage.yaml.splice import Bare, Tree

PATH = "claims.yaml"
_LATER = ("kept", "extended_late", "on_schedule", "stale", "basic")
"""Figures that reports announce only since they exist: an older claim without them was not published otherwise."""

ANNOUNCED = ("total", "due", "done", "due_done", "overdue", "short", "closed", "postponed", *_LATER, "progress.mean")
"""The figures of each book that a report announces, beside its progress table (`ANNOUNCED_OF_NODES`). Its other figures
follow from the same facts, which are sealed."""
ANNOUNCED_OF_NODES = ("due", "done")
"""The figures of each time node. A seal holds the facts; these hold the settings by which they were counted."""


class Announcement(NamedTuple):
    """What a report makes public: under which id, for which day, where it can be read, the figures and the seal."""

    id: str
    as_of: date
    source: str
    figures: tuple[tuple[str, str], ...]
    seal: Sealed
    pins: tuple[tuple[str, str], ...] = ()
    """At which commit, or by which hash of a bundle, each included ledger is counted."""


class Publication(NamedTuple):
    """The files to write, empty if all of it is published already; `denied` says what was published otherwise."""

    changes: list[Change]
    said: Words
    denied: list[Words]


def announcement(ledger: Ledger, recount: Recount, id_: str, day: date, source: str) -> Announcement:
    """What is announced of a day: figures nobody knows are left out, percentages have one decimal."""
    pins = tuple((name, child.pin) for name, child in ledger.includes.items())
    return Announcement(id_, day, source, tuple(_figures(ledger, recount, day)), seal_of(ledger, day), pins)


def _figures(ledger: Ledger, recount: Recount, day: date) -> Iterator[tuple[str, str]]:
    nodes = [f"time_nodes.{node.id}.{name}" for node in ledger.settings.time_nodes for name in ANNOUNCED_OF_NODES]
    paths = [f"{book.id}.{name}" for book in ledger.settings.books for name in (*ANNOUNCED, *nodes)]
    for path in (*paths, "overall.mean"):
        value = recount.figure(path, day)
        if value is not None:
            yield path, one_decimal(value) if path.endswith(".mean") else plain(value)


def publication(ledger: Ledger, files: Files, said: Announcement) -> Publication:
    """`claims.yaml` with a claim and a seal more. Publishing the same again changes nothing.

    Raises `CannotChange` if the file is written in a way that cannot be edited safely.
    """
    claim = next((one for one in ledger.claims.claims if one.id == said.id), None)
    seal = next((one for one in ledger.claims.seals if one.through == said.as_of), None)
    denied = list(_differences(claim, said)) if claim else []
    if seal and seal in broken_seals(ledger, said.as_of):
        words = Words("截至 {day} 已封存 {sealed} 条记载，现有 {n} 条，或内容已变",
                      "{sealed} entries through {day} are sealed; now there are {n}, or they changed")  # fmt: skip
        denied.append(words.fill(day=said.as_of, sealed=seal.entries, n=said.seal.entries))
    if denied or (claim and seal):
        done = Words("{id} 已经公布，没有改动", "{id} is published already; nothing changed").fill(id=said.id)
        return Publication([], done, denied)
    is_new = not files.matching(PATH)
    before = Decoded(editor_line("claims")) if is_new else file_text(ledger, files, PATH)
    try:
        text = before.text
        if claim is None:
            text = with_element(text, ["claims"], _claim_tree(said), flow=None if ledger.claims.claims else True)
        if seal is None:
            text = with_element(text, ["seals"], _seal_tree(said), flow=True)
    except CannotEdit as refused:
        raise placed(PATH, refused) from None
    changes = [Change(PATH, None, text.encode())] if is_new else changes_of(files, PATH, before, text)
    words = Words("公布 {id}：{n} 个数，封存 {entries} 条记载和方案",
                  "published {id}: {n} figures, {entries} entries and the plan sealed")  # fmt: skip
    return Publication(changes, words.fill(id=said.id, n=len(said.figures), entries=said.seal.entries), [])


def _differences(claim: Claim, said: Announcement) -> Iterator[Words]:
    """What was published under the same id and is not what would be published now."""
    if claim.as_of != said.as_of:
        words = Words("{id} 是按 {then} 公布的，现在按 {now}", "{id} was published as of {then}, now it is {now}")
        yield words.fill(id=claim.id, then=claim.as_of, now=said.as_of)
    published, now = dict(claim.figures), dict(said.figures)
    for path in {**published, **now}:
        is_newer = path not in published and path.rpartition(".")[2] in _LATER
        if published.get(path) != now.get(path) and not is_newer:
            words = Words("{path} 公布的是 {then}，现在是 {now}", "{path} was published as {then}, now it is {now}")
            yield words.fill(path=path, then=published.get(path, "–"), now=now.get(path, "–"))


def _claim_tree(said: Announcement) -> Tree:
    figures = {path: Bare(text) for path, text in said.figures}
    return {"id": said.id, "as_of": Bare(said.as_of.isoformat()), "source": said.source, "figures": figures}


def _seal_tree(said: Announcement) -> Tree:
    day, entries = Bare(said.as_of.isoformat()), Bare(str(said.seal.entries))
    tree: dict[str, Tree] = {
        "through": day, "entries": entries, "sha256": said.seal.sha256, "rule": Bare(str(SEAL_RULE)),
    }  # fmt: skip
    return {**tree, "pins": dict(said.pins)} if said.pins else tree
