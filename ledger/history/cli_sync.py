"""ledger sync: what others changed is brought in, what was changed here is taken along, by a share or a stick."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ledger.cli.keeping import BY_HAND, begin, says, writer_of
from ledger.cli.language import LANGUAGES, pick, spoken
from ledger.cli.options import ledger_root, on_ledger, today_in
from ledger.cli.output import announce
from ledger.cli.refusal import Refusal, shown_root
from ledger.cli.session import option
from ledger.cli.writing import tell_program, told_option
from ledger.edit.guard import new_errors
from ledger.format.phrase import listed
from ledger.history.sync import (
    Fetched,
    Place,
    abort,
    carry,
    clone,
    conclude,
    fetched,
    forget_theirs,
    is_merging,
    lacking,
    merge,
    remember,
    remembered,
    require_folder,
    tries,
    unmerged,
)
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.words import Words, some
from ledger.storage.files import Folder, conflict_findings
from ledger.storage.git.commit import Work
from ledger.storage.git.errors import GitTrouble
from ledger.storage.ledger import NoLedger, UnreadableLedger, find_ledger, read_ledger
from ledger.storage.lock import locked
from ledger.storage.refusal import NotSaved
from ledger.storage.staged import resolved
from ledger.text.safe import safe


@click.command(help=pick(Words(
    "与共享目录或 U 盘同步：把别人的改动取来合并，把这里的改动送去。那里的 ledger.git 第一次时建好；目录记住，"
    "以后只写 ledger sync。\n\n\b\n"
    "例：ledger sync /media/usb/台账            # 第一次\n"
    "    ledger sync                            # 以后\n"
    "    ledger sync /media/usb --bundle        # 写成一个文件 ledger.bundle\n"
    "    ledger sync /media/usb --clone 台账    # 在另一台机器上得到这本台账\n"
    "    ledger sync --abort                    # 合并有冲突：回到合并以前\n\n"
    "退出码：0 两边一样了；1 合并有冲突（L110），待解决；2 没有做成。",
    "Syncs with a share or a stick: what others changed is brought in and merged, what was changed here is taken "
    "along. The repository ledger.git there is made the first time; the folder is remembered.\n\n\b\n"
    "Examples: ledger sync /media/usb/ledger        # the first time\n"
    "          ledger sync                          # from then on\n"
    "          ledger sync /media/usb --bundle      # as one file, ledger.bundle\n"
    "          ledger sync /media/usb --clone book  # this ledger on another machine\n"
    "          ledger sync --abort                  # a conflict: back to before the merge\n\n"
    "Exit code: 0 both sides are the same; 1 a merge has conflicts (L110) to resolve; 2 it could not be done.",
)))  # fmt: skip
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@option("--bundle/--no-bundle", "as_bundle", default=None, words=Words(
    "用一个文件 ledger.bundle，不用仓库", "carry one file, ledger.bundle, instead of a repository"))  # fmt: skip
@option("--clone", "directory_new", metavar="DIR", type=click.Path(path_type=Path), words=Words(
    "把那里的台账取到这个新目录", "put the ledger that lies there into this new folder"))  # fmt: skip
@option("-n", "--dry-run", is_flag=True, words=Words("只看要取送什么，不写", "only look, write nothing"))
@option("--abort", "aborts", is_flag=True, words=Words("放弃有冲突的合并", "give up a merge that has conflicts"))
@told_option
@option("-C", "directory", is_eager=True, metavar="DIR", words=Words("台账所在目录", "the ledger's folder"))
@option("--lang", type=click.Choice(LANGUAGES), words=Words("输出语言", "language of the output"))
def command(folder: Path | None, as_bundle: bool | None, directory_new: Path | None, dry_run: bool,
            aborts: bool, directory: str | None, lang: str | None) -> int:  # fmt: skip
    """Brings in, merges, takes along."""
    speech = lang or spoken()
    try:
        if directory_new is not None:
            return _clone(folder, directory_new, as_bundle=bool(as_bundle), lang=speech)
        root = ledger_root(directory, lang)
        with locked(root):
            work = Work(root, writer_of(None))
            if aborts:
                return _abort(work, speech)
            if dry_run:
                return _foresee(work, _place(work, folder, as_bundle, speech), speech)
            if is_merging(work) and (code := _conclude(work, speech)):
                return code
            return _sync(work, _place(work, folder, as_bundle, speech), speech)
    except (GitTrouble, NotSaved) as refused:
        raise Refusal(refused.message, refused.hint, speech) from None


def _place(work: Work, folder: Path | None, as_bundle: bool | None, lang: str) -> Place:
    """The folder that is meant: the one named, else that of the last time."""
    known = remembered(work)
    if folder is None:
        if known is None:
            words = Words("和哪里同步？", "with which folder?")
            hint = Words("第一次写出目录：ledger sync /media/usb", "name it the first time: ledger sync /media/usb")
            raise Refusal(words, hint, lang)
        return known if as_bundle is None else known._replace(as_bundle=as_bundle)
    real = resolved(folder)
    usual = known.as_bundle if known is not None and known.folder == real else False
    return Place(real, usual if as_bundle is None else as_bundle)


def _foresee(work: Work, place: Place, lang: str) -> int:
    """Says what a sync would bring and take; nothing is merged and nothing carried."""
    require_folder(place)
    forget_theirs(work)
    brought = fetched(work, place) or Fetched(0, {})
    taken = lacking(work)[1]
    words = Words("会从 {path} 取来 {n} 次改动{who}，送去 {m} 次", "{path}: would bring {n}{who}, take {m} there")
    announce(safe(_filled(words, place, brought, taken).pick(lang)))
    open_ = work.changed(_readable(work.root, lang).settings)
    if open_:
        words = Words("还没有提交的改动会一起送去：{paths}", "changes that are not committed would go along: {paths}")
        click.echo(safe("ledger: " + words.fill(paths=listed(sorted(open_), 5)).pick(lang)), err=True)
    click.echo(Words("以上只是预演，什么也没有写", "a dry run: nothing was written").pick(lang), err=True)
    tell_program([{"path": str(place.path)}], written=False, dry_run=True, following=on_ledger("sync"),
                 brought=brought.changes, taken=taken, authors=dict(brought.authors))  # fmt: skip
    return 0


def _sync(work: Work, place: Place, lang: str) -> int:
    require_folder(place)
    before = _readable(work.root, lang)
    _commit_open(work, before, lang)
    forget_theirs(work)
    brought = Fetched(0, {})
    for _ in tries():
        found = fetched(work, place)
        if found is not None and found.commits:
            conflicts = merge(work, says(_said_merge(found, lang), "sync"))
            if conflicts:
                return _told_conflict(work, conflicts, lang)
            brought = Fetched(found.commits, Counter(brought.authors) + Counter(found.authors))
        left, taken = lacking(work)
        if not left and found is not None:
            break
        if carry(work, place, before.settings.baseline.tag):
            break
    else:
        words = Words("{path} 一直有别人在写", "others kept writing {path}").fill(path=place.path)
        raise GitTrouble(words, Words("过一会儿再运行", "run it again in a while"))
    remember(work, place)
    _flush()
    announce(safe(_told(place, brought, taken).pick(lang)))
    errors = _tell_errors(before, work.root, lang) if brought.commits else []
    tell_program(
        [{"path": str(place.path)}], written=bool(brought.changes or taken), brought=brought.changes, taken=taken,
        authors=dict(brought.authors), findings=[one.as_json(lang) for one in errors],
    )  # fmt: skip
    return 0


def _flush() -> None:
    """A stick may be pulled out as soon as this has ended."""
    if hasattr(os, "sync"):
        os.sync()


def _readable(root: Path, lang: str) -> Ledger:
    """The ledger as it lies there. Raises `Refusal` where an open conflict or a broken file would be spread."""
    try:
        ledger = read_ledger(Folder(root))
    except UnreadableLedger as error:
        raise _unsound(error.findings, root, lang) from None
    if ledger.lost:
        raise _unsound(ledger.lost, root, lang)
    return ledger


def _unsound(findings: Sequence[Finding], root: Path, lang: str) -> Refusal:
    first = findings[0]
    words = Words("{place}：{label} {message}；没有同步", "{place}: {label} {message}; nothing was synced")
    place = f"{shown_root(root)}{first.place}"
    return Refusal(words.fill(place=place, label=first.label, message=first.message), first.hint, lang)


def _commit_open(work: Work, ledger: Ledger, lang: str) -> None:
    """Commits what was changed by hand, and evidence that entries name: what is not committed is not carried."""
    changed = work.changed(ledger.settings)
    if changed.get("ledger.yaml", "").strip() in ("??", "A"):
        begin(work, changed, lang)
        changed = {}
    open_ = {*changed, *_evidence(work, ledger)}
    if not open_:
        return
    if ledger.settings.history != "auto":
        words = Words("{paths} 还没有提交", "not committed: {paths}").fill(paths=listed(sorted(open_), 5))
        hint = Words("先 git commit，或 ledger history --begin", "git commit them first, or ledger history --begin")
        raise GitTrouble(words, hint)
    words = Words("手工改过：{paths}", "changed by hand: {paths}").fill(paths=listed(sorted(open_), 5))
    work.commit(open_, says(words.pick(lang), BY_HAND))


def _evidence(work: Work, ledger: Ledger) -> set[str]:
    """Files that entries name as evidence and that no commit has."""
    entries = [entry for own in ledger.journal.values() for entry in own]
    named = {entry.file for entry in entries if entry.file and (work.root / entry.file).is_file()}
    if not named:
        return set()
    known = work.git("ls-files", "-z").out.decode("utf-8", "surrogateescape").split("\0")
    return named.difference(known)


def _said_merge(found: Fetched, lang: str) -> str:
    """What a merge says in the history."""
    words = Words("合入 {who} 的改动", "merged what {who} changed")
    return words.fill(who=listed(sorted(found.authors))).pick(lang)


def _told(place: Place, brought: Fetched, taken: int) -> Words:
    if not brought.changes and not taken:
        return Words("和 {path} 一样，没有要同步的", "{path} is the same: nothing to sync").fill(path=place.path)
    words = Words(
        "已同步 {path}：取来 {n} 次改动{who}，送去 {m} 次",
        "synced with {path}: brought {n}{who}, took {m} there",
    )
    return _filled(words, place, brought, taken)


def _filled(words: Words, place: Place, brought: Fetched, taken: int) -> Words:
    return words.fill(
        path=place.path, n=Words(str(brought.changes), some(brought.changes, "change")),
        m=Words(str(taken), some(taken, "change")), who=_by_whom(brought.authors),
    )  # fmt: skip


def _by_whom(authors: Mapping[str, int]) -> Words:
    if not authors:
        return Words()
    named = ", ".join(f"{name} {number}" for name, number in sorted(authors.items()))
    return Words("（{who}）", " ({who})").fill(who=named)


def _tell_errors(before: Ledger, root: Path, lang: str) -> list[Finding]:
    """Says what both sides together make wrong that neither was alone, such as one id taken twice, and gives it."""
    try:
        after = read_ledger(Folder(root))
    except UnreadableLedger:
        words = Words(
            "合并后 ledger.yaml 读不出来，见 ledger check", "after the merge ledger.yaml cannot be read: ledger check"
        )
        click.echo("ledger: " + words.pick(lang), err=True)
        return []
    today = today_in(after.settings.timezone, lang)
    errors = new_errors(before, after, after.settings.archived or today, today)
    if errors:
        words = Words("合并后多出 {n} 处错误，见 ledger check：", "the merge brought {errors}; see ledger check:")
        click.echo("ledger: " + words.fill(n=len(errors), errors=some(len(errors), "error")).pick(lang), err=True)
        for one in errors[:5]:
            click.echo(safe(f"    {one.place}: {one.label} {one.message.pick(lang)}"), err=True)
    return errors


def _told_conflict(work: Work, paths: Sequence[str], lang: str) -> int:
    """Says where the two sides changed the same place, and both ways out; 1."""
    prefix = shown_root(work.root)
    words = Words("两边改了同一处，要由人来定：", "both sides changed the same place, and somebody has to choose:")
    click.echo("ledger: " + words.pick(lang), err=True)
    for path in paths:
        marks = _marks(work.root, path)
        for one in marks:
            click.echo(safe(f"    {prefix}{one.place}: {one.label} {one.message.pick(lang)}"), err=True)
        if not marks:
            told = Words("{path}：一边改了，一边删了", "{path}: one side changed it, the other removed it")
            click.echo(safe("    " + told.fill(path=prefix + path).pick(lang)), err=True)
    way = Words(
        "    留下对的内容，删去 <<<<<<< ======= >>>>>>> 三种标记行，再运行 ledger sync；\n"
        "    ledger sync --abort 回到合并以前",
        "    keep what is right, delete the lines <<<<<<< ======= >>>>>>>, then run ledger sync again;\n"
        "    ledger sync --abort goes back to before the merge",
    )
    click.echo(way.pick(lang), err=True)
    tell_program(conflicts=list(paths), following=on_ledger("sync"))
    return 1


def _marks(root: Path, path: str) -> list[Finding]:
    """The marks of a conflict that a file still holds."""
    try:
        return conflict_findings(Folder(root).read(path).decode("utf-8", "replace"), path)
    except OSError:
        return []


def _conclude(work: Work, lang: str) -> int:
    """Concludes a merge that was resolved; the exit code, 1 where marks are left."""
    open_ = unmerged(work)
    marked = [path for path in open_ if _marks(work.root, path)]
    if marked:
        return _told_conflict(work, marked, lang)
    conclude(work, open_)
    click.echo("ledger: " + Words("合并已做完", "the merge is concluded").pick(lang), err=True)
    return 0


def _abort(work: Work, lang: str) -> int:
    if not is_merging(work):
        raise Refusal(Words("没有要放弃的合并", "there is no merge to give up"), lang=lang)
    abort(work)
    words = Words("已回到合并以前；那边的改动没有取来",
                  "back to before the merge; what the other side changed was not brought")  # fmt: skip
    announce(words.pick(lang))
    tell_program()
    return 0


def _clone(folder: Path | None, directory: Path, *, as_bundle: bool, lang: str) -> int:
    """Puts the ledger that a folder carries into a new one, which remembers it."""
    if folder is None:
        raise Refusal(Words("从哪里取？", "out of which folder?"), Words.same("ledger sync FOLDER --clone DIR"), lang)
    place = Place(resolved(folder), as_bundle or not (folder / "ledger.git").exists())
    require_folder(place)
    if not place.path.exists():
        words = Words("{folder} 里没有台账", "{folder} carries no ledger").fill(folder=folder)
        raise Refusal(words, Words("先在有台账的机器上 ledger sync", "run ledger sync where the ledger is first"), lang)
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise Refusal(Words("{dir} 已经有东西", "{dir} is not empty").fill(dir=directory), lang=lang)
    directory.parent.mkdir(parents=True, exist_ok=True)
    clone(place, directory.absolute())
    try:
        root = find_ledger(directory, directory)
    except NoLedger:
        root = next((path.parent for path in sorted(directory.rglob("ledger.yaml"))), directory)
    remember(Work(root, writer_of(None)), place)
    words = Words(
        "已取到 {dir}。下一步：ledger -C {root} status", "it lies in {dir} now. Next: ledger -C {root} status"
    )
    announce(safe(words.fill(dir=directory, root=root).pick(lang)))
    tell_program([{"path": str(directory)}], following=f"ledger -C {root} status")
    return 0
