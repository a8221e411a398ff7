"""ledger collect: merges the forms that came back into the journal, and says what is not in order.

Slips go out to units that have something to mend, and the scan behind decisions goes in beside them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from ledger.cli.group import completion_of
from ledger.cli.options import WEEK_HELP, Day, chosen_week, last_day
from ledger.cli.query import piped_file
from ledger.cli.refusal import Refusal, report_unread
from ledger.cli.session import Session, option
from ledger.cli.terminal import progress
from ledger.cli.writing import chosen_format, summary_format, write_document
from ledger.edit.cli_record import writer_name
from ledger.edit.guard import Admission, sealed_through
from ledger.edit.journal import Row, appended
from ledger.edit.session import Editing, edit_command, reason_options, strict_option
from ledger.exchange.form.asked import Form, unit_forms
from ledger.exchange.form.collect import Collected, Collector, held_for, return_rows, returned_files
from ledger.exchange.form.collected import Collection, collect_document, overview_document, slip_workbook, to_mend
from ledger.exchange.form.name import form_names
from ledger.exchange.form.received import Arrival
from ledger.exchange.returned import Proof, decisions, registered
from ledger.federation.cli_received import collect_bundles, is_bundle
from ledger.format.document import in_language
from ledger.format.office import MissingExtra
from ledger.format.writer import WRITERS
from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek, last_closed_week
from ledger.model.words import Refused, Words, some
from ledger.state.board import Board
from ledger.state.submission import submissions, unit_names
from ledger.storage.evidence import NotInside, evidence
from ledger.storage.include.attach import attached
from ledger.storage.refusal import NotSaved, reason, remedy
from ledger.storage.save import Change, save_changes
from ledger.text.safe import safe


@edit_command(words=Words(
    "把收回来的周报送表合并到流水里。是哪个单位、哪一周的，看表里的核对码和文件属性，文件叫什么都行；只记该单位报送的事项的\n"
    "进展、问题、预计、进度、读数，和它申请的完成、延期。谁没有报、哪里和前面矛盾、哪里退步、哪里改了不该改的，逐格列出。\n"
    "有问题的格子扣下，其余照记；再收一次不会重记，晚存的同一周的表更正前一份。\n\n"
    "下级用 hand-up 做的上报包（.zip）也在这里收：核对、说明比上次变了什么、换版本；旧的、改过的、别的台账的不收，"
    "比上次弱的扣下，--accept 才收。\n\n"
    "\b\n例：ledger collect 报送表 --week 2017-W50 --dry-run\n"
    "    ledger collect 迟到.xlsx --week 2017-W50 --as-of 2017-12-16\n\n"
    "退出码：0 全部记入；1 有扣下的；2 收不了。",
    "Merges the forms that came back into the journal. Unit and week are told by the marks and properties in the form, "
    "whatever the file is called; recorded are progress, trouble, forecast, percentage and readings of what the unit "
    "reports on, and what it asks for. Listed cell by cell: what contradicts earlier reports, falls back or was "
    "changed where nothing should be; and who has not reported. A cell that is not in order is held back, all others "
    "are recorded; collecting again records nothing twice; a form of the same week that was saved later corrects the "
    "one before.\n\n"
    "A bundle of an included ledger (.zip, made by hand-up) is taken in here too: it is checked, what changed since "
    "the last one is shown, and the pin is moved. One that is older, altered or of another ledger is refused; one that "
    "is weaker than the last is held until --accept.\n\n"
    "\b\nExamples: ledger collect forms --week 2017-W50 --dry-run\n"
    "          ledger collect late.xlsx --week 2017-W50 --as-of 2017-12-16\n\n"
    "Exit code: 0 everything recorded; 1 something was held back; 2 nothing could be collected.",
))  # fmt: skip
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--week", "week_text", metavar="WEEK", shell_complete=completion_of("week"), words=WEEK_HELP)
@option("-d", "--date", "--as-of", "as_of", type=Day(), metavar="DATE", words=Words(
    "收到的那一天；默认是截止日，最近一周晚存的表是保存的那天",
    "the day they came in; by default the closing day, or when a form of the last week was saved after it",
))  # fmt: skip
@option("--evidence", "proof", metavar="FILE", type=click.Path(path_type=Path), words=Words(
    "决定的签字扫描件，每条决定都记下它的哈希", "the scan of the signed decisions; every line keeps its hash",
))  # fmt: skip
@option("-o", "--output", "slips", metavar="DIR", type=click.Path(path_type=Path), words=Words(
    "退单放到这个目录，每个要改的单位一张，另有一览表",
    "where the slips go, one a unit that has to mend, with an overview",
))  # fmt: skip
@option("--as", "include", metavar="NAME", default="", words=Words(
    "这个上报包是哪个下级台账的；第一次收时起名", "of which included ledger a bundle is; names one that is new",
))  # fmt: skip
@option(
    "--accept", is_flag=True, words=Words("比上次弱的上报包也收", "take in a bundle that is weaker than the last one")
)
@option("--writer", metavar="NAME", words=Words("记录人，默认 $LEDGER_WRITER 或 office",
                                                "who writes; default $LEDGER_WRITER, else office"))  # fmt: skip
@strict_option
@reason_options("text")
@summary_format
def command(
    editing: Editing, paths: tuple[Path, ...], week_text: str | None, as_of: date | None, proof: Path | None,
    slips: Path | None, include: str, accept: bool, writer: str | None, strict: bool, form: str | None,
) -> int:  # fmt: skip
    """Records what the forms report and what the sheets of the desk decide."""
    editing = editing._replace(strict=strict, form=chosen_format(editing.session, form), author=writer or "")
    session, ledger, lang = editing.session, editing.session.ledger, editing.lang
    _require_whole(session)
    if bundles := [path for path in paths if is_bundle(path)]:
        if len(bundles) < len(paths):
            words = Words("上报包和报送表请分开收", "collect bundles and forms apart")
            raise Refusal(words, lang=lang)
        return collect_bundles(editing, bundles, include, accept)
    settings = ledger.settings
    closed = last_closed_week(session.day, settings.week.closes)
    week = chosen_week(week_text, settings, closed, lang, session.day)
    day_of = _arrival_day(session, week, as_of)
    files = [own for path in paths for own in _files(piped_file(path, lang), lang)]
    name = writer_name(writer)
    board = Board(ledger, max(week.last, day_of("")))
    # What the lines bring to light is judged on the day they came in, not years later.
    editing = editing._replace(session=session._replace(day=board.day))
    collector = Collector(board, week, day_of)
    reported = _taken(collector, files, lang).behind_seal(sealed_through(ledger))
    found, copied = _decided(editing, collector, reported, as_of, proof)
    found, changes, after, judged = _sound(editing, found, board, week, name)
    roll_call = submissions(Board(after, board.day), week) if found.senders else []
    collection = Collection(week, _arrivals(found), found.remarks, roll_call)
    write_document(session, collect_document(collection, settings.title), editing.form)
    if editing.form == "text":
        session.tell("\n")
    changes += copied if found.decided else []
    code = editing.carry_out(changes, _said(found, week), _next(found, week), judged=judged)
    if slips is not None and not editing.dry_run:
        write_slips(session, slips, collection, board)
    return code or int(any(remark.kind == "held" for remark in found.remarks))


def _require_whole(session: Session) -> None:
    """Refuses where something of the ledger could not be read: nobody knows what stands there already."""
    if session.ledger.unread:
        report_unread(session.ledger.unread, session.root, session.lang)
        message = Words("台账没有读全，不能收表", "the ledger could not be read whole, so nothing is collected")
        raise Refusal(message, lang=session.lang)


def _taken(collector: Collector, files: Sequence[tuple[str, Path]], lang: str) -> Collected:
    """What the files bring, told as they are read."""
    with progress(Words("收表", "forms"), len(files), lang) as tell:
        for number, (file, path) in enumerate(files, 1):
            collector.take(file, path)
            tell(number)
    return collector.collected()


def _decided(
    editing: Editing, collector: Collector, found: Collected, as_of: date | None, proof: Path | None
) -> tuple[Collected, list[Change]]:
    """What the forms come to, with the decisions; and the copy of the evidence where it lies outside of the ledger."""
    session = editing.session
    today = min(session.today(), session.ledger.settings.archived or date.max)
    day = as_of or today
    found, scans = _letters_sent(editing, collector, found, day)
    if not collector.desks:
        if proof is not None:
            message = Words("没有要记的决定，--evidence 用不上", "there are no decisions for --evidence to prove")
            raise Refusal(message, lang=editing.lang)
        return found, scans
    kept, copied = kept_proof(editing, proof) if proof else (Proof(), [])
    board = Board(session.ledger, day)
    for file, sheets in collector.desks.items():
        found = found.with_decisions(file, decisions(board, sheets, file, day, kept))
    return found, [*copied, *scans]


def _letters_sent(
    editing: Editing, collector: Collector, found: Collected, day: date
) -> tuple[Collected, list[Change]]:
    """The same with the letters that registers say went out; and the copies of their scans."""
    scans: dict[str, Change] = {}

    def keep(path: Path) -> Proof:
        try:
            kept, copies = kept_proof(editing, path)
        except Refusal as refusal:
            raise Refused(Words.same(refusal.sentence)) from None
        scans.update({copy.path: copy for copy in copies})
        return kept

    ledger = editing.session.ledger
    if collector.registers and ledger.settings.includes:
        # A letter may have been about items of included ledgers; what cannot be read keeps nobody from recording.
        ledger = attached(editing.session.root, ledger)._replace(absent=())
    board = Board(ledger, day)
    for file, sheets in collector.registers.items():
        found = found.with_decisions(file, registered(board, sheets, file, day, keep))
    return found, list(scans.values())


def _arrival_day(session: Session, week: ReportingWeek, as_of: date | None) -> Callable[[str], date]:
    """What gives the day a form came in by when it was saved: the day that was named, else the closing day.

    A form of the week that closed last, saved after its closing day, cannot have come before that; for weeks long past
    the clock of a file tells nothing.
    """
    settings, today = session.ledger.settings, session.today()
    latest = min(today, settings.archived or date.max)
    day = last_day(week, settings, today, session.lang)
    if as_of is not None:
        if not week.first <= as_of <= latest:
            message = Words("{day} 不在 {first} 到 {last} 之间", "{day} does not lie between {first} and {last}")
            hint = Words("写收到的那一天", "give the day on which the forms came in")
            raise Refusal(message.fill(day=as_of, first=week.first, last=latest), hint, session.lang)
        return lambda _saved: as_of
    if not week.last < latest <= week.last + timedelta(days=7):
        return lambda _saved: day
    return lambda saved: min(max(_day_saved(saved, session) or day, day), latest)


def _day_saved(saved: str, session: Session) -> date | None:
    """The day in the ledger's time zone of a moment as documents write it; None where it is none."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - loading the zones costs more than reading a small ledger

    try:
        return datetime.fromisoformat(saved).astimezone(ZoneInfo(session.ledger.settings.timezone)).date()
    except (ValueError, LookupError, OSError, OverflowError):
        return None


def _files(folder: Path, lang: str) -> list[tuple[str, Path]]:
    """The file, or the files in the folder; a `Refusal` if there are none."""
    if not folder.exists():
        raise Refusal(Words("没有 {dir}", "there is no {dir}").fill(dir=folder), lang=lang)
    try:
        paths = returned_files(folder)
    except OSError as error:
        message = Words("读不了 {dir}：{why}", "cannot read {dir}: {why}")
        raise Refusal(message.fill(dir=error.filename or folder, why=reason(error)), remedy(error), lang) from None
    if not paths:
        message = Words("{dir} 里没有文件", "there is no file in {dir}").fill(dir=folder)
        raise Refusal(message, Words("先用 ledger form 发表", "send out forms with ledger form first"), lang)
    return paths


def _rows(found: Collected, week: ReportingWeek) -> list[Row]:
    """The lines for the journal."""
    return [*(row for fact in found.facts for row in fact.rows), *return_rows(found.returns, week)]


def _sound(
    editing: Editing, found: Collected, board: Board, week: ReportingWeek, writer: str
) -> tuple[Collected, list[Change], Ledger, Admission]:
    """What the ledger takes, the changes that record it, the ledger after them, and what they bring to light."""
    ledger = editing.session.ledger
    while True:
        rows = _rows(found, week)
        changes = appended(editing.files, ledger.settings.journal, rows, writer)
        if not changes:
            return found, [], ledger, Admission([], [])
        after = editing.after(changes)
        judged = editing.admission(after, rows)
        dropped = {} if editing.force else held_for(judged.refused, found.facts, board)
        if not dropped:
            return found, changes, after, judged
        found = found.without(dropped)


def _arrivals(found: Collected) -> list[Arrival]:
    """What each file brought."""
    facts = Counter(fact.file for fact in found.facts)
    known = Counter(fact.file for fact in found.known)
    held = Counter(remark.file for remark in found.remarks if remark.kind == "held")
    files = {**found.senders, **dict.fromkeys(sorted(found.decided), "")}
    rows = {own.file: own.rows for own in found.returns}
    return [
        Arrival(file, unit, facts[file], known[file], held[file], rows.get(file), is_return=file in rows)
        for file, unit in files.items()
    ]


def _said(found: Collected, week: ReportingWeek) -> Words:
    sent = [fact for fact in found.facts if fact.cells["event"] == "supervise"]
    decided = [fact for fact in found.facts if fact.file in found.decided and fact not in sent]
    told = [fact for fact in found.facts if fact.file not in found.decided]
    corrected = sum(bool(fact.voids) for fact in told)
    parts: list[Words] = []
    if told:
        units = len({fact.unit for fact in told})
        words = Words("已记 {week} 的 {n} 条，出自 {units} 个单位", "recorded {facts} for {week}, from {en}")
        parts.append(words.fill(week=week.label, n=len(told), facts=some(len(told), "fact"), units=units,
                                en=some(units, "unit")))  # fmt: skip
    if corrected:
        parts.append(Words("其中更正 {n} 条", "{n} of them corrected").fill(n=corrected))
    if decided:
        words = Words("已记决定 {n} 条", "recorded {en}")
        parts.append(words.fill(n=len(decided), en=some(len(decided), "decision")))
    if not parts and not found.senders:
        return Words("没有新的决定可记", "no new decision to record")
    if sent:
        words = Words("已记发函 {n} 项", "recorded that letters went out about {en}")
        parts.append(words.fill(n=len(sent), en=some(len(sent), "item")))
    if not parts:
        return Words("{week} 没有新的可记", "nothing new to record for {week}").fill(week=week.label)
    return Words("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def _next(found: Collected, week: ReportingWeek) -> str:
    return f"report submissions --week {week.label}" if found.senders else "requests"


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
