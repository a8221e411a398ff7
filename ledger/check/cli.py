"""ledger check: every rule on every file, and only reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ledger import __version__
from ledger.cli.group import completion_of
from ledger.cli.output import write_machine_text
from ledger.cli.refusal import Refusal, Unreadable, repository_prefix
from ledger.cli.session import Look, Session, ledger_command, option
from ledger.cli.writing import chosen_format, document_format, write_document
from ledger.format.cell import code_cell
from ledger.format.document import Column, Document, Heading, Paragraph, Table, Text, in_language, painted
from ledger.format.phrase import DASH, found_text, listed, summary
from ledger.format.terminal import terminal_text
from ledger.model.claim import Claim
from ledger.model.finding import SEVERITIES, Finding
from ledger.model.words import Words, did_you_mean
from ledger.rule.registry import RULES, counted, findings, tuned_rules
from ledger.state.figure.claim import ClaimedFigure, Recount, claimed_name
from ledger.state.figure.table import BY_KEY
from ledger.text.look_alike import nearest
from ledger.text.safe import json_text, safe

if TYPE_CHECKING:
    from ledger.check.cli_against import Compared
    from ledger.check.cli_sealed import Sealed


_OWN = ("concise", "github", "gitlab", "sarif", "junit")
"""Formats that only findings have; `github` is not the table of tabulate here."""

_NOT_SAYING = ("concise", "gitlab", "sarif")
"""Those that have no place for what was not looked at: it is said on stderr."""


def _told_to_ci(failure: Unreadable, output: str | None, own: dict[str, Any]) -> None:
    """What a server of CI reads of a ledger that cannot be read: why, where it looks for findings."""
    if own["form"] in _OWN:
        prefix = repository_prefix(failure.root)
        text = _for_ci(own["form"], failure.findings, ["ledger.yaml"], failure.lang, prefix)
        write_machine_text(text, output, failure.lang)


def _look(own: dict[str, Any]) -> Look | None:
    """What is asked of included ledgers; nothing where a claim is shown, or versions compared, which judges both."""
    return None if own["against"] or own["claim"] else Look(lists=own["by"] is not None)


@ledger_command(unread=_told_to_ci, look=_look, words=Words(
    "按全部规则校验台账，逐条指出 文件:行:列；只读，不改任何文件。\n\n"
    "--against REV：按 REV 的设置、豁免和公布数判断，只列 REV 没有的发现；"
    "并查时限、目标、事项、记载、设置有没有被悄悄改动（L7）。\n\n"
    "退出码：0 没有达到 --fail-on 的发现；1 有；2 无法判断。",
    "Applies every rule and points at file:line:column. It only reads.\n\n"
    "--against REV judges by the settings, waivers and claims of REV and lists only findings that REV did not have; "
    "and it looks for deadlines, targets, items, entries and settings that were quietly changed (L7).\n\n"
    "Exit code: 0 no finding at or above --fail-on; 1 there is one; 2 could not judge.",
))  # fmt: skip
@option(
    "--select",
    shell_complete=completion_of("rule"),
    metavar="CODES",
    words=Words("只看这些规则，如 L4,L601", "only these rules, such as L4,L601"),
)
@option(
    "--ignore",
    shell_complete=completion_of("rule"),
    metavar="CODES",
    words=Words("不看这些规则", "all but these rules"),
)
@option("--against", metavar="REV", shell_complete=completion_of("revision"), words=Words(
    "与这个版本相比，如 origin/main；origin/main... 指两者分开处；baseline 指批准的方案",
    "compare with this revision, such as origin/main; origin/main... is where the two parted; baseline is the approved "
    "plan",
))  # fmt: skip
@option("--fail-on", type=click.Choice(SEVERITIES), default="error", show_default=True,
        words=Words("从哪一级起算失败", "the level from which it fails"))  # fmt: skip
@option("--statistics", is_flag=True, words=Words("按规则计数", "count findings by rule"))
@option("--by", type=click.Choice(["include"]), words=Words(
    "逐条列出下级台账自己的发现", "list what the included ledgers have to say of themselves",
))  # fmt: skip
@option("--all", "every", is_flag=True, words=Words(
    "同样的发现也逐条列出，不合成一条", "list each finding, also those that say the same",
))  # fmt: skip
@option("-q", "--quiet", is_flag=True, words=Words(
    "只打印发现，没有就什么也不打印", "print findings alone, and nothing where there are none",
))  # fmt: skip
@option("--claim", metavar="ID", words=Words("列出一条公布数的算法", "show how each figure of a claim was computed"))
@document_format(own=_OWN)
def command(
    session: Session,
    select: str | None,
    ignore: str | None,
    against: str | None,
    fail_on: str,
    statistics: bool,
    by: str | None,
    every: bool,
    quiet: bool,
    claim: str | None,
    form: str | None,
) -> int:
    """Prints the findings."""
    form = chosen_format(session, form, strict=False)
    if claim is not None:
        return _show_claim(session, claim, form)
    wanted = _codes(select, session.lang) if select else {rule.code for rule in RULES}
    wanted -= _codes(ignore, session.lang) if ignore else set()
    earlier: Compared | Sealed | None
    if against is None:
        earlier = _since_publication(session, wanted)
        said = findings(
            session.ledger, session.day, today=session.today(), evidence=session.evidence, inner=by is not None,
            compared=earlier.found if earlier else (), below=session.below,
        )  # fmt: skip
    elif session.known:
        raise Refusal(
            Words("--at 和 --against 只能写一个", "give either --at or --against"),
            Words("两个版本之间：ledger diff A..B", "between two revisions: ledger diff A..B"),
            session.lang,
        )
    else:
        from ledger.check.cli_against import compared  # noqa: PLC0415 - only then git is needed

        earlier = against_revision = compared(session, against, click.get_current_context().params.get("as_of"))
        said = against_revision.found.new
        session = session._replace(day=against_revision.day)
    shown = [finding for finding in said if finding.code in wanted]
    _write(session, shown, form, statistics, earlier, quiet=quiet, every=every)
    if earlier is not None and not earlier.is_whole:
        return 2
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return int(any(finding.severity in failing for finding in shown))


def _since_publication(session: Session, wanted: set[int]) -> Sealed | None:
    """What differs from the commit of the last publication, where somebody wants to know that and git can tell."""
    if session.known is not None or not session.ledger.claims.seals or wanted.isdisjoint(range(700, 800)):
        return None
    from ledger.check.cli_sealed import since_publication  # noqa: PLC0415 - only then git is needed

    return since_publication(session)


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
            hint = did_you_mean(near, Words("ledger explain 列出全部", "ledger explain lists them"))
            raise Refusal(Words("没有规则 {word}", "there is no rule {word}").fill(word=word.strip()), hint, lang)
        chosen |= fitting
    return chosen


def _write(
    session: Session,
    shown: list[Finding],
    form: str,
    statistics: bool,
    earlier: Compared | Sealed | None,
    *,
    quiet: bool,
    every: bool,
) -> None:
    """The findings in a format; each writer is loaded only when it is asked for."""
    if form == "json":
        session.write_json(_as_json(session, shown, earlier))
    elif form in _OWN:
        # What people jump to from a terminal begins where they stand, and for a server at the root of the repository.
        base = session.prefix if form == "concise" else session.repository_prefix
        without = session.ledger.left_out.pick(session.lang)
        if without and form in _NOT_SAYING:
            click.echo(safe(f"ledger: {without}"), err=True)
        session.write(_for_ci(form, shown, sorted(session.ledger.texts), session.lang, base, without))
    elif form != "text":
        write_document(session, _document(session, shown, statistics, earlier), form)
    else:
        _tell(session, shown, statistics, earlier, quiet=quiet, every=every)


def _as_json(session: Session, shown: list[Finding], earlier: Compared | Sealed | None) -> dict[str, object]:
    from ledger.check.text import findings_json  # noqa: PLC0415

    more = earlier.as_json() if earlier else {}
    rules = {f"L{code}": severity for code, severity in session.ledger.settings.rules}
    return findings_json(shown, session.day, session.lang) | more | ({"rules": rules} if rules else {})


def _tell(
    session: Session,
    shown: list[Finding],
    statistics: bool,
    earlier: Compared | Sealed | None,
    *,
    quiet: bool,
    every: bool,
) -> None:
    """The findings for people, and under them what was judged and how many there are; `quiet` leaves that away."""
    from ledger.check import text as finding_text  # noqa: PLC0415

    lang, color = session.lang, session.color and session.output in (None, "-")
    if statistics:
        body = terminal_text(in_language(_statistics(session, shown), lang), session.width, color=color)
    else:
        past = finding_text.Past(earlier.past, earlier.texts) if earlier else finding_text.NO_PAST
        by_severity = earlier is None or not earlier.puts_causes_first
        telling = finding_text.most_telling_first(shown, by_severity=by_severity)
        body = finding_text.text(
            telling, session.ledger.texts, session.width, lang,
            color=color, prefix=session.prefix, past=past, every=every,
        )  # fmt: skip
    if quiet:
        session.tell(body.rstrip("\n") + "\n" if body.strip() else "")
        return
    tuned = tuned_rules(session.ledger.settings).pick(lang)
    heads = [words for words in (session.ledger.left_out.pick(lang), tuned) if words]
    head = "\n".join(heads) + "\n\n" if heads else ""
    judged = _day(session, earlier) + summary(counted(shown))
    session.tell(head + body + judged.pick(lang) + "\n")


def _for_ci(
    form: str, shown: Sequence[Finding], paths: Sequence[str], lang: str, prefix: str, without: str = ""
) -> str:
    """The findings as a server of CI reads them; `paths` are the files that were looked at, `without` says what was
    not."""
    from ledger.check import ci  # noqa: PLC0415
    from ledger.check.text import concise  # noqa: PLC0415

    if form == "github":
        return ci.github_commands(shown, lang, prefix, without)
    if form == "gitlab":
        return json_text(ci.gitlab_report(shown, lang, prefix)) + "\n"
    if form == "concise":
        return "".join(concise(finding, lang, prefix) + "\n" for finding in shown)
    if form == "sarif":
        from ledger.rule.page import pages  # noqa: PLC0415

        return json_text(ci.sarif_log(shown, RULES, pages(), lang, prefix, __version__)) + "\n"
    return ci.junit_report(shown, paths, lang, prefix, without)


def _document(session: Session, shown: list[Finding], statistics: bool, earlier: Compared | Sealed | None) -> Document:
    """The findings, or how often each rule spoke, as a document that says what was judged."""
    from ledger.check import text as finding_text  # noqa: PLC0415 - not for programs

    told = _day(session, earlier) + summary(counted(shown))
    table = _statistics(session, shown) if statistics else [finding_text.table(shown, session.prefix)]
    return [Heading(session.ledger.settings.title, 1), Paragraph(told), *table]


def _statistics(session: Session, shown: list[Finding]) -> Document:
    from ledger.check import text as finding_text  # noqa: PLC0415 - not for programs
    from ledger.rule.page import pages  # noqa: PLC0415

    titles = {code: page.title for code, page in pages().items()}
    return finding_text.statistics(shown, titles)


def _day(session: Session, earlier: Compared | Sealed | None) -> Words:
    """The day that was judged, and what was compared with."""
    if session.known:
        words = Words("{known}\n截至 {day}：", "{known}\nas of {day}: ")
        return words.fill(known=session.known.named, day=session.day)
    if earlier is None:
        return Words("截至 {day}：", "as of {day}: ").fill(day=session.day)
    return Words("截至 {day}，{earlier}：", "as of {day}, {earlier}: ").fill(day=session.day, earlier=earlier.named)


def _show_claim(session: Session, id_: str, form: str) -> int:
    """How each figure of a claim was computed, and over which items."""
    claims = {claim.id: claim for claim in session.ledger.claims.claims}
    if id_ not in claims:
        near = nearest(id_, claims)
        hint = did_you_mean(near)
        raise Refusal(Words("没有公布数 {id}", "there is no claim {id}").fill(id=id_), hint, session.lang)
    recount = Recount(session.ledger)
    found = recount.claimed(claims[id_])
    write_document(session, claim_document(claims[id_], found, recount), form)
    return session.exit_code() or int(any(figure.holds is False for figure in found))


_MOST = 60
_OTHERS = {
    "known": Words("进度已知", "known"), "unknown": Words("进度不明", "unknown"), "items": Words("事项", "items"),
}  # fmt: skip


def claim_document(claim: Claim, figures: Sequence[ClaimedFigure], recount: Recount) -> Document:
    """The claim with its figures; below each the ids it was counted over, or how many are known."""
    head = Words("截至 {day}  {source}", "as of {day}  {source}").fill(day=claim.as_of, source=claim.source)
    columns = [
        Column(Words("数", "figure"), flexible=True, least=12),
        Column(Words("公布数", "claimed"), right=True),
        Column(Words("算得", "found"), right=True),
        Column(Words("结论", "verdict"), flexible=True, least=10),
    ]
    names = [claimed_name(figure.figure, recount.ledger) for figure in figures]
    rows = [
        [code_cell(name, figure.figure), figure.claimed, found_text(figure), _verdict(figure)]
        for name, figure in zip(names, figures, strict=True)
    ]
    document: Document = [Heading(claim.id, 1), Paragraph(head), Table(columns, rows)]
    for name, figure in zip(names, figures, strict=True):
        document.append(
            Heading(Words("{name} = {found}", "{name} = {found}").fill(name=name, found=found_text(figure)))
        )
        try:
            members = recount.members(figure.figure, claim.as_of)
        except KeyError:
            members = []
        for path, ids in members:
            words = Words("{name}（{n}）：{ids}", "{name} ({n}): {ids}")
            document.append(Paragraph(words.fill(name=_named(path), n=len(ids), ids=listed(ids, _MOST) or DASH), 4))
    return document


def _named(name: str) -> Words:
    """What the items have in common: in Chinese the name of the figure, in English its key, as claims write it."""
    figure = BY_KEY.get(name)
    return _OTHERS.get(name, Words.same(name)) if figure is None else Words(figure.label.zh, name)


def _verdict(figure: ClaimedFigure) -> Text:
    if figure.found is None:
        return painted(Words("算不出", "cannot be computed"), "red")
    if figure.agrees:
        return painted(Words("一致", "holds"), "green")
    if any(figure.claim.gap):
        return painted(figure.claim.gap, "yellow")
    return painted(Words("不符", "differs"), "red")
