"""ledger forecast: which of these will not make it? How past promises ended that stood like those of today."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import click
from click.core import ParameterSource

from ledger.cli.group import completion_of
from ledger.cli.options import Day, QueryCommand
from ledger.cli.query import chosen_items
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import chosen_format, document_format, write_document
from ledger.forecast.document import backtest_document, backtest_json, forecast_document, forecast_json
from ledger.forecast.evidence import History
from ledger.forecast.forecast import backtest, forecast, no_forecast
from ledger.model.setting import INCLUDE
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.course import node_of
from ledger.state.figure.rolled import OWN_NAME, ledger_of
from ledger.state.known import known_on

_BY = {
    "lead": Words("牵头单位", "lead"),
    "book": Words("账", "book"),
    "time_node": Words("时间节点", "time node"),
    INCLUDE: Words("台账", "ledger"),
}


@ledger_command(cls=QueryCommand, includes=True, words=Words(
    "哪些事项会完不成：以往和它处境相同的承诺，兑现了多少；最悬的在前。--backtest 说这样预测以往有多准。\n\n\b\n"
    "例：ledger forecast lead:市城管委\n    ledger forecast --by time_node\n    ledger forecast --backtest",
    "Which items will not make it: how many past promises that stood like them were kept, the worst first. --backtest "
    "says how good such forecasts have been.\n\n\b\nExamples: ledger forecast lead:市城管委\n"
    "          ledger forecast --by time_node\n          ledger forecast --backtest",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=completion_of("query"))
@option("--by", "by", metavar="lead|book|time_node|include|tag.NAME", shell_complete=completion_of("grouping"),
        words=Words("按组：预计兑现数和八成区间", "by group: how many will be kept, with a range"))  # fmt: skip
@option("--backtest", "trial", is_flag=True,
        words=Words("在以往的截止日重演", "replayed at past closing days: said and came"))  # fmt: skip
@option("--from", "first", type=Day(), metavar="DATE", words=Words("回测从哪天起", "first day of the trial"))
@option("--to", "last", type=Day(), metavar="DATE", words=Words("回测到哪天止", "last day of the trial"))
@document_format()
def command(
    session: Session,
    query: tuple[str, ...],
    by: str | None,
    trial: bool,
    first: date | None,
    last: date | None,
    form: str | None,
) -> int:
    """Prints the forecast, or its trial on the past."""
    form = chosen_format(session, form)
    session.require_items()
    settings, lang, day = session.ledger.settings, session.lang, session.day
    if trial:
        tried = backtest(History(Board(known_on(session.ledger, day), day)), first, last)
        write_document(session, backtest_document(tried, settings), form, lambda: backtest_json(tried))
        return session.exit_code()
    given = click.get_current_context().get_parameter_source("as_of") is ParameterSource.COMMANDLINE
    is_over = settings.archived is not None and not (given and day < settings.archived)
    found = no_forecast(session.ledger, day, _ARCHIVED) if is_over else forecast(session.ledger, day)
    keys = _keys(session, by) if by else None
    chosen = {one.id for one in chosen_items(session, query, [one.standing for one in found.ahead])}
    items = [one for one in found.ahead if one.standing.id in chosen]
    groups = sorted(found.groups(items, keys), key=lambda group: group.expected / group.number) if keys else []
    name = _BY.get(by or "", Words.same(by or "")) if by else None
    document = forecast_document(found, settings, items, groups, name)
    write_document(session, document, form, lambda: forecast_json(found, settings, items, groups, lang))
    return session.exit_code()


_ARCHIVED = Words(
    "台账已存档；用 --as-of 预测存档以前的某一天", "the ledger is archived: give a day before its end with --as-of"
)


def _keys(session: Session, by: str) -> Callable[[Standing], Iterable[str]]:
    """The groups an item belongs to. Raises `Refusal` for a grouping that does not exist."""
    settings = session.ledger.settings
    if by == "lead":
        present = settings.present_names
        return lambda one: [present.get(one.item.lead, one.item.lead)]
    if by == "book":
        return lambda one: [one.item.book]
    if by == "time_node":
        return lambda one: [node_of(one.deadline, settings.time_nodes)]
    if by == INCLUDE:
        return lambda one: [ledger_of(one) or OWN_NAME.pick(session.lang)]
    name = by.removeprefix("tag.")
    if by.startswith("tag.") and name in {tag.id for tag in settings.tags}:
        return lambda one: one.item.tagged(name) or [""]
    known = " ".join([*_BY, *(f"tag.{tag.id}" for tag in settings.tags)])
    message = Words("没有 {by} 这种分组", "there is no grouping {by}").fill(by=by)
    raise Refusal(message, Words.same(known), session.lang)
