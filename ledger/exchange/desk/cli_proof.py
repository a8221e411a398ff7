"""The scan behind decisions: it lies in the ledger's folder, or is copied there with them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ledger.cli.refusal import Refusal
from ledger.edit.session import Editing
from ledger.exchange.desk.decision import Proof
from ledger.model.words import Words
from ledger.storage.evidence import NotInside, evidence
from ledger.storage.refusal import reason, remedy
from ledger.storage.save import Change

_MOST = 64 << 20


def kept_proof(editing: Editing, path: Path) -> tuple[Proof, list[Change]]:
    """The proof, and the change that copies it into `evidence/` where it does not lie in the ledger's folder.

    Raises `Refusal` where it cannot be read.
    """
    root = editing.session.root
    try:
        own = evidence(root, path)
        return Proof(own.path, own.sha256), []
    except NotInside:
        return _copied(editing, path)
    except OSError as error:
        raise _unreadable(editing, path, error) from None


def _copied(editing: Editing, path: Path) -> tuple[Proof, list[Change]]:
    try:
        if path.stat().st_size > _MOST:
            message = Words("{path} 太大，请先放进台账目录",
                            "{path} is too large: put it into the ledger's folder first")  # fmt: skip
            raise Refusal(message.fill(path=path), lang=editing.lang)
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(editing, path, error) from None
    digest = hashlib.sha256(content).hexdigest()
    for name in (f"evidence/{path.name}", f"evidence/{path.stem}-{digest[:8]}{path.suffix}"):
        target = editing.session.root / name
        if not target.exists():
            return Proof(name, digest), [Change(name, None, content)]
        if target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == digest:
            return Proof(name, digest), []
    message = Words("evidence 里已有别的 {name}", "another {name} lies in evidence/").fill(name=path.name)
    raise Refusal(message, Words("换一个文件名", "give it another name"), editing.lang)


def _unreadable(editing: Editing, path: Path, error: OSError) -> Refusal:
    words = Words("读不到 {path}：{why}", "cannot read {path}: {why}")
    return Refusal(words.fill(path=path, why=reason(error)), remedy(error), editing.lang)
