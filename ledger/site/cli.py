"""ledger site: the public page, as files that any web server or a USB stick can serve."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.cli.output import announce
from ledger.cli.public_text import has_unfit_names, is_unfit_for_the_public, require_publishable
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command
from ledger.cli.writing import tell_program, told_option
from ledger.model.words import Words, some
from ledger.report.options import steps
from ledger.site.folder import MANIFEST, asset, require_ours, require_unread, write_site
from ledger.site.pages import ASSETS, USUAL, SiteFile, file_count, site_files, site_of
from ledger.site.picture import curve_of
from ledger.site.public import public_ledger, public_names
from ledger.state.known import known_on
from ledger.storage.refusal import NotSaved
from ledger.text.safe import safe

if TYPE_CHECKING:
    from ledger.site.listing import Site

_EVERY = 250
"""Files between two words about how far it is."""
_SHOWN = 12
"""Files that are named where more are meant."""


@ledger_command(includes=True, words=Words(
    "公开网页：六公开、进展、按单位和区县、每周存档、下载和订阅，中英文。-o 指定目录；"
    "不联网，放在网站或 U 盘上都能看。\n\n公开文字里有电话或身份证号就不写（L902）。没有变化的页面不动。",
    "The public site: the six fields, the history, by unit and district, week by week, downloads and a feed, in both "
    "languages. Name its folder with -o; it needs no network, a web server or a USB stick will do.\n\n"
    "A phone or identity number in a text to be published stops it (L902). Pages that did not change are not touched.",
), at=False)  # fmt: skip
@told_option
def command(session: Session) -> int:
    """Writes the site; 1 if a text must not be published, and nothing is written then."""
    folder = _folder(session)
    _require_unread(session, folder)
    session.require_items()
    require_publishable(session)
    try:
        require_ours(folder)
        with steps(session) as say:
            ledger = known_on(session.ledger, session.day)
            say(Words("校验", "checking"))
            if is_unfit_for_the_public(session, ledger, waivers=False):
                return 1
            say(Words("计算", "reckoning"))
            public = public_ledger(ledger, session.day)
            if has_unfit_names(public_names(public), session.lang):
                return 1
            site = site_of(public)
            curve = curve_of(ledger, public)
            files = site_files(site, curve, session.lang, {name: asset(name) for name in ASSETS})
            done = write_site(folder, _counted(files, site, say))
    except NotSaved as error:
        raise Refusal(error.message, error.hint, session.lang) from None
    words = Words(
        "写了 {written} 个文件，{same} 个没有变化，删去 {removed} 个。打开 {dir}/index.html",
        "{files} written, {same} unchanged, {removed} removed. Open {dir}/index.html",
    )
    announce(safe(words.fill(dir=folder, files=some(done.written, "file"), **done._asdict()).pick(session.lang)))
    if done.kept:
        _say_kept(session, done.kept)
    counts = {"written": done.written, "same": done.same, "removed": done.removed}
    tell_program([{"path": str(folder / "index.html")}], counts=counts)
    return 0


def _require_unread(session: Session, folder: Path) -> None:
    """Refuses a folder that the ledger reads: its next reading would find the site's tables among the facts."""
    settings = session.ledger.settings
    try:
        require_unread(folder, session.root, [settings.journal, *(book.path for book in settings.books)], USUAL)
    except NotSaved as error:
        raise Refusal(error.message, error.hint, session.lang) from None


def _say_kept(session: Session, kept: tuple[str, ...]) -> None:
    """Names what was not removed because nobody could tell whose it is."""
    words = Words(
        "{name} 已损坏，已重写。看不出是谁的 {n} 个文件没有动，其中可能有已撤下的旧页面：{paths}",
        "{name} was damaged and is written anew. Files that may be yours or old pages were kept, {n} of them: {paths}",
    )
    paths = " ".join(kept[:_SHOWN]) + (" …" if len(kept) > _SHOWN else "")
    click.echo("ledger: " + safe(words.fill(name=MANIFEST, n=len(kept), paths=paths).pick(session.lang)), err=True)


def _folder(session: Session) -> Path:
    if session.output in (None, "-"):
        message = Words("没有说写到哪个目录", "no folder named for the site")
        raise Refusal(message, Words("如 ledger site -o public", "such as ledger site -o public"), session.lang)
    return Path(str(session.output))


def _counted(files: Iterable[SiteFile], site: Site, say: Callable[[Words], None]) -> Iterator[SiteFile]:
    """The files, with a word now and then about how far it is."""
    most = file_count(site)
    for number, file in enumerate(files):
        if number % _EVERY == 0:
            words = Words("页面 {n}/{most}", "pages {n}/{most}").fill(n=min(number, most), most=most)
            say(words)
        yield file
