"""ledger status: the progress table against the time nodes, what is overdue and what is short."""

from __future__ import annotations

import click

from ledger.cli.group import completion_of
from ledger.cli.refusal import Refusal
from ledger.cli.session import Look, Session, ledger_command, option
from ledger.cli.writing import chosen_format, document_format, write_document
from ledger.model.value import offered
from ledger.model.words import Words
from ledger.rule.registry import counted, findings
from ledger.state.query import TAG
from ledger.view.overview.status import GROUPINGS, INCLUDE, status, status_json
from ledger.view.overview.status_document import status_document


class Grouping(click.Choice[str]):
    """One of the groupings, or a tag, of which only the settings know whether it is one."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The grouping; `标签.NAME` is `tag.NAME`."""
        if isinstance(value, str) and value.startswith((TAG, "标签.")):
            return TAG + value.partition(".")[2]
        return super().convert(value, param, ctx)


def _require_tag(session: Session, name: str) -> None:
    """Refuses a tag that the settings do not declare."""
    known = [tag.id for tag in session.ledger.settings.tags]
    if name not in known:
        words = Words("没有声明 {name} 这个标签", "there is no tag {name}").fill(name=name)
        raise Refusal(words, offered(name, known), session.lang)


@ledger_command(Words(
    "整改进度统计表，逾期的和欠指标的事项，公布数与本台账的对照。\n\n退出码：0 正常；2 有文件没有读全。",
    "The progress table, what is overdue and what is short, and published figures against those found.\n\n"
    "Exit code: 0 fine; 2 something could not be read whole.",
), look=lambda own: Look(counts=own["by"] == INCLUDE))  # fmt: skip
@option("--by", type=Grouping((*GROUPINGS, INCLUDE)), metavar=f"[{'|'.join((*GROUPINGS, INCLUDE))}|tag.NAME]",
        words=Words("再按什么分组", "group by this as well"), shell_complete=completion_of("grouping"))  # fmt: skip
@document_format("table")
def command(session: Session, by: str | None, form: str | None) -> int:
    """Prints the status of the ledger."""
    form = chosen_format(session, form, "table", strict=False)
    session.require_items()
    if by and by.startswith(TAG):
        _require_tag(session, by.removeprefix(TAG))
    result = status(session.ledger, session.day, by or "", session.below)
    numbers = counted(findings(session.ledger, session.day, result.recount, today=session.today(), below=session.below))
    document = status_document(result, numbers)
    write_document(session, document, form, lambda: status_json(result, numbers, session.lang))
    if session.ledger.items and not (result.board.standings or result.board.withdrawn):
        words = Words("{day} 时还没有事项进入台账", "nothing had entered the ledger by {day}")
        click.echo("ledger: " + words.fill(day=session.day).pick(session.lang), err=True)
    return session.exit_code()
