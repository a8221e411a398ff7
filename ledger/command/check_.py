"""ledger check: every rule on every file, and only reading."""

from __future__ import annotations

import click

from ledger import __version__
from ledger.command.session import Refusal, Session, ledger_command, option
from ledger.figure.claimed import Recount
from ledger.model.finding import SEVERITIES, Finding
from ledger.model.words import Words
from ledger.render.terminal import terminal_text
from ledger.rule.registry import RULES, counted, findings
from ledger.text.near import nearest

_FORMATS = ("text", "json", "github", "sarif", "junit")


@ledger_command(Words(
    "按全部规则校验台账，逐条指出 文件:行:列；只读，不改任何文件。\n\n"
    "退出码：0 没有达到 --fail-on 的发现；1 有；2 无法判断。",
    "Applies every rule and points at file:line:column. It only reads.\n\n"
    "Exit code: 0 no finding at or above --fail-on; 1 there is one; 2 could not judge.",
))  # fmt: skip
@option("--select", metavar="CODES", words=Words("只看这些规则，如 L4,L601", "only these rules, such as L4,L601"))
@option("--ignore", metavar="CODES", words=Words("不看这些规则", "all but these rules"))
@option("--fail-on", type=click.Choice(SEVERITIES), default="error", show_default=True,
        words=Words("从哪一级起算失败", "the level from which it fails"))  # fmt: skip
@option("--statistics", is_flag=True, words=Words("按规则计数", "count findings by rule"))
@option("--claim", metavar="ID", words=Words("列出一条公布数的算法", "show how each figure of a claim was computed"))
@option("--format", "form", type=click.Choice(_FORMATS), default="text", words=Words("格式", "format"))
def command(
    session: Session,
    select: str | None,
    ignore: str | None,
    fail_on: str,
    statistics: bool,
    claim: str | None,
    form: str,
) -> int:
    """Prints the findings."""
    if claim is not None:
        return _show_claim(session, claim)
    wanted = _codes(select, session.lang) if select else {rule.code for rule in RULES}
    wanted -= _codes(ignore, session.lang) if ignore else set()
    said = findings(session.ledger, session.day, today=session.today(), evidence=session.root)
    shown = [finding for finding in said if finding.code in wanted]
    _write(session, shown, form, statistics)
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return int(any(finding.severity in failing for finding in shown))


def _codes(text: str, lang: str) -> set[int]:
    """The codes of a list such as `L4,L601`; a group stands for all its rules."""
    chosen = set()
    for word in text.replace("，", ",").split(","):
        digits = word.strip().upper().removeprefix("L")
        if not digits:
            continue
        fitting = {rule.code for rule in RULES if str(rule.code).startswith(digits)}
        if not fitting:
            near = nearest("L" + digits, [rule.label for rule in RULES])
            hint = Words("ledger explain 列出全部", "ledger explain lists them")
            if near:
                hint = Words("是否想写 {near}？", "did you mean {near}?").fill(near=near)
            raise Refusal(Words("没有规则 {word}", "there is no rule {word}").fill(word=word.strip()), hint, lang)
        chosen |= fitting
    return chosen


def _write(session: Session, shown: list[Finding], form: str, statistics: bool) -> None:
    """The findings in a format; each writer is loaded only when it is asked for."""
    lang, prefix = session.lang, session.prefix
    if form == "json":
        from ledger.render.finding_json import document  # noqa: PLC0415

        session.write_json(document(shown, session.day, lang))
    elif form == "github":
        from ledger.render import finding_github  # noqa: PLC0415

        session.write(finding_github.text(shown, lang, prefix))
    elif form == "sarif":
        from ledger.render import finding_sarif  # noqa: PLC0415
        from ledger.rule.page import pages  # noqa: PLC0415

        session.write_json(finding_sarif.document(shown, RULES, pages(), lang, prefix, __version__))
    elif form == "junit":
        from ledger.render import finding_junit  # noqa: PLC0415

        session.write(finding_junit.text(shown, sorted(session.ledger.texts), lang, prefix))
    else:
        from ledger.render import finding_text  # noqa: PLC0415

        color = session.color and session.output in (None, "-")
        if statistics:
            from ledger.rule.page import pages  # noqa: PLC0415

            titles = {code: page.title for code, page in pages().items()}
            body = terminal_text(finding_text.statistics(shown, titles, lang), session.width, color=color)
        else:
            texts = session.ledger.texts
            body = finding_text.text(shown, texts, session.width, lang, color=color, prefix=prefix)
        day = Words("截至 {day}：", "as of {day}: ").fill(day=session.day).pick(lang)
        session.write(body + day + finding_text.summary(counted(shown), lang) + "\n")


def _show_claim(session: Session, id_: str) -> int:
    """How each figure of a claim was computed, and over which items."""
    from ledger.render.claim import claim_document  # noqa: PLC0415

    claims = {claim.id: claim for claim in session.ledger.claims.claims}
    if id_ not in claims:
        near = nearest(id_, claims)
        hint = Words("是否想写 {near}？", "did you mean {near}?").fill(near=near) if near else Words()
        raise Refusal(Words("没有公布数 {id}", "there is no claim {id}").fill(id=id_), hint, session.lang)
    recount = Recount(session.ledger)
    found = recount.claimed(claims[id_])
    session.show(claim_document(claims[id_], found, recount, session.lang))
    return session.exit_code() or int(any(figure.holds is False for figure in found))
