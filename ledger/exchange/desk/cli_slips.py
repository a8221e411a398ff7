"""Writing slips: a workbook for each unit that has something to mend, and one page on all of them."""

from __future__ import annotations

from pathlib import Path

from ledger.cli.refusal import Refusal
from ledger.cli.session import Session
from ledger.exchange.desk.slip import overview_document, slip_workbook, to_mend
from ledger.exchange.form.asked import Form, unit_forms
from ledger.exchange.form.collected import Collection
from ledger.exchange.form.name import form_names
from ledger.format.document import in_language
from ledger.format.extra import MissingExtra
from ledger.format.writer import WRITERS
from ledger.model.words import Words
from ledger.state.board import Board
from ledger.state.submission import unit_names
from ledger.storage.refusal import NotSaved, reason, remedy
from ledger.storage.save import Change, save_changes
from ledger.text.safe import safe

_SLIP = Words("退单", "slip")


def write_slips(session: Session, folder: Path, collection: Collection, board: Board) -> None:
    """Writes the slips and the overview, and says how many. A slip that lies there already is not overwritten: it may
    have been filled in. Raises `Refusal`."""
    lang, title = session.lang, session.ledger.settings.title
    mending = {unit: own for unit, own in to_mend(collection.remarks).items() if unit}
    names = form_names(collection.week.label, sorted(set(unit_names(board).values())))
    forms = unit_forms(board, collection.week)
    titles = {standing.id: standing.item.title for standing in board.everything}
    contents: dict[str, bytes] = {}
    try:
        for unit, remarks in mending.items():
            form = forms.get(unit, Form(unit, collection.week, (), ()))
            name = f"{names.get(unit, unit)}_{_SLIP.pick(lang)}"
            contents[name] = slip_workbook(form, remarks, titles, title, lang)
        overview = in_language(overview_document(collection, titles, title), lang)
        pages = {f"overview.{form}": WRITERS[form].write(overview) for form in ("md", "xlsx")}
    except MissingExtra as missing:
        raise Refusal(missing.message, missing.hint, lang) from None
    _save(session, folder, contents, pages)
    words = Words("退单 {n} 张和一览表在 {folder}", "{n} slips and an overview lie in {folder}")
    session.tell(safe(words.fill(n=len(contents), folder=folder).pick(lang)) + "\n")


def _save(session: Session, folder: Path, slips: dict[str, bytes], pages: dict[str, str | bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        changes = [change for name, data in slips.items() if (change := _slip_change(folder, name, data))]
        for name, page in pages.items():
            data = page.encode() if isinstance(page, str) else page
            before = (folder / name).read_bytes() if (folder / name).is_file() else None
            if data != before:
                changes.append(Change(name, before, data))
        if changes:
            save_changes(folder, changes)
    except NotSaved as refused:
        raise Refusal(refused.message, refused.hint, session.lang) from None
    except OSError as error:
        words = Words("写不了 {path}：{why}", "cannot write {path}: {why}")
        raise Refusal(words.fill(path=folder, why=reason(error)), remedy(error), session.lang) from None


def _slip_change(folder: Path, name: str, data: bytes) -> Change | None:
    """The slip under the first name that is free; None where it lies there already."""
    number = 1
    while True:
        file = f"{name}.xlsx" if number == 1 else f"{name}-{number}.xlsx"
        if not (folder / file).exists():
            return Change(file, None, data)
        if (folder / file).read_bytes() == data:
            return None
        number += 1
