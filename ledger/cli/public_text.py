"""What must not be published: checked by every command whose result is for the public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import click

from ledger.cli.refusal import Refusal, keep_refused, report_unread
from ledger.cli.session import Session
from ledger.model.finding import in_order
from ledger.model.ledger import Ledger
from ledger.model.words import Words
from ledger.state.figure.claim import Recount
from ledger.text.safe import safe
from ledger.text.width import clip


def require_publishable(session: Session) -> None:
    """Refuses to publish half a ledger, or a day that has not come yet."""
    if session.ledger.unread:
        report_unread(session.ledger.unread, session.root, session.lang)
        words = Words("台账没有读全，不能公开", "the ledger could not be read whole, and half of it is not published")
        raise Refusal(words, lang=session.lang)
    if session.day > session.today():
        words = Words("{day} 还没有到，不能公开", "{day} has not come yet: there is nothing to publish of it")
        raise Refusal(words.fill(day=session.day), lang=session.lang)


def is_unfit_for_the_public(session: Session, ledger: Ledger, *, waivers: bool) -> bool:
    """Whether a text to be published holds a phone or identity number (902); says where on stderr.

    With `waivers` one that an accepted waiver names may pass. A command that asks writes nothing then and ends with 1.
    """
    from ledger.rule.registry import judged, settled  # noqa: PLC0415 - loads every rule
    from ledger.rule.rule import Case  # noqa: PLC0415 - as above

    case = Case(Recount(ledger), session.day, date.max)
    said = judged(case, {902})
    forbidden = [finding for finding in (settled(said, case) if waivers else in_order(said)) if finding.code == 902]
    for finding in forbidden:
        line = f"{session.prefix}{finding.place}: {finding.label} {finding.message.pick(session.lang)}"
        click.echo(safe(line), err=True)
        click.echo(safe(f"    {finding.hint.pick(session.lang)}"), err=True)
    if forbidden:
        click.echo("ledger: " + _NOTHING_PUBLISHED.pick(session.lang), err=True)
        keep_refused(_NOTHING_PUBLISHED, forbidden, session.lang)
    return bool(forbidden)


_NOTHING_PUBLISHED = Words("没有公开，什么也没有写", "nothing was published")


def has_unfit_names(names: Iterable[str], lang: str) -> bool:
    """Whether a name of a unit, a book or the like holds a phone or identity number; says which on stderr."""
    from ledger.rule.publishing import personal_kind  # noqa: PLC0415 - loads the rules of publishing

    unfit = [name for name in names if personal_kind(name)]
    words = Words(
        "L902 名称里有电话或身份证号：{name}；没有公开，什么也没有写",
        "L902 a name holds a phone or identity number: {name}; nothing was published",
    )
    for name in unfit:
        click.echo("ledger: " + safe(words.fill(name=clip(name, 60)).pick(lang)), err=True)
    if unfit:
        keep_refused(words.fill(name=safe(clip(unfit[0], 60))), (), lang)
    return bool(unfit)
