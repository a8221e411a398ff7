"""The page of one item: its six public fields and its public history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.format.html import escaped, inline
from ledger.format.phrase import DASH, public_goal
from ledger.model.words import Words
from ledger.site.frame import Page, Site, tongue, up
from ledger.site.public import PublicEvent, PublicItem
from ledger.site.table import Listed, cell, deadline_text, item_table, paged, row, state_text
from ledger.state.disclosure import PublicReading

FIELDS = {
    "task": Words("整改任务", "Task"),
    "goal": Words("整改目标", "Goal"),
    "steps": Words("整改措施", "Steps"),
    "responsibility": Words("整改责任", "Responsibility"),
    "deadline": Words("整改时限", "Deadline"),
    "result": Words("整改结果", "Result"),
}
"""The six public fields in their order."""

_UNITS = (
    ("lead", Words("牵头单位", "lead")),
    ("responsible", Words("责任单位", "responsible")),
    ("cooperating", Words("配合单位", "cooperating")),
)
_HISTORY = (Words("日期", "date"), Words("事件", "event"), Words("公开的情况", "what was made public"))
_READINGS = (Words("指标", "figure"), Words("读数", "value"), Words("目标", "goal"), Words("日期", "day"))


def item_pages(site: Site, item: PublicItem, below: Iterable[PublicItem], lang: str) -> list[Page]:
    """The page of an item, in parts where its history is long. `below` are the items published under it."""
    path = site.item_path(item.id)
    fields = "".join(
        f"<div><dt>{name.pick(lang)}</dt><dd>{''.join(_field(site, item, key, lang, path))}</dd></div>"
        for key, name in FIELDS.items()
    )
    actions = item_table(site, below, lang, path, Words("细化举措", "Actions under this item").pick(lang))
    titles = [words.pick(lang) for words in _HISTORY]
    history = Listed(
        Words("公开的进展", "Public history").pick(lang),
        titles,
        [_event(event, lang, titles) for event in item.history],
        "history",
        Words("还没有公开的进展", "Nothing has been made public yet.").pick(lang),
    )
    task = item.six.task.pick(lang)
    page = Page(
        path,
        f"{item.id} {task}" if task else item.id,
        [f'<dl class="six">{fields}</dl>'],
        "items.html",
        _above(site, item, lang),
    )
    return paged(page, lang, [*([actions] if actions.rows else []), history])


def _above(site: Site, item: PublicItem, lang: str) -> list[tuple[str, str]]:
    """The pages that an item is found under."""
    above = [("items.html", Words("整改事项", "Items").pick(lang))]
    parent = site.by_id.get(item.under)
    if parent is not None:
        above.append((site.item_path(parent.id), f"{parent.id} {parent.six.task.pick(lang)}"))
    return above


def _field(site: Site, item: PublicItem, key: str, lang: str, path: str) -> list[str]:
    six = item.six
    if key == "steps":
        steps = [text for words in six.steps if (text := words.pick(lang))]
        return (
            [f"<ol>{''.join(f'<li{tongue(text, lang)}>{escaped(text)}</li>' for text in steps)}</ol>"]
            if steps
            else [DASH]
        )
    if key == "responsibility":
        return _responsibility(site, item, lang, path) or [DASH]
    if key == "deadline":
        return [_deadline(item, lang)]
    if key == "result":
        return _result(item, lang)
    text = (six.task if key == "task" else six.goal).pick(lang)
    return [_paragraph(text, lang)] if text else [DASH]


def _paragraph(text: str, lang: str) -> str:
    return f"<p{tongue(text, lang)}>{escaped(text)}</p>"


def _responsibility(site: Site, item: PublicItem, lang: str, path: str) -> list[str]:
    """The units by their part in it, each with the link to its page."""
    duty = item.six.responsibility
    lines = []
    for name, title in _UNITS:
        units: Sequence[str] = getattr(duty, name)
        links = [
            f'<a href="{up(path)}{site.unit_path(unit)}"{tongue(unit, lang)}><bdi>{inline(unit)}</bdi></a>'
            for unit in ([units] if isinstance(units, str) else units)
            if unit
        ]
        if links:
            joined = Words("、", ", ").pick(lang).join(links)
            lines.append(f"<p>{Words('{title}：', '{title}: ').fill(title=title).pick(lang)}{joined}</p>")
    return lines


def _deadline(item: PublicItem, lang: str) -> str:
    text = deadline_text(item, lang)
    original = item.six.deadline.original
    moved = Words("（原时限 {day}）", " (originally {day})").fill(day=original).pick(lang) if original else ""
    return f"<p>{inline(text)}{moved}</p>"


def _result(item: PublicItem, lang: str) -> list[str]:
    """The state, what goes on after done, the latest public text with its day, and the readings."""
    result = item.six.result
    state = state_text(item, lang)
    if any(result.upkeep):
        words = Words("{state}，{upkeep}", "{state}, {upkeep}").fill(state=state, upkeep=result.upkeep)
        state = words.pick(lang)
    look = ' class="red"' if item.is_overdue else ""
    lines = [f"<p><strong{look}>{inline(state)}</strong></p>"]
    if result.text:
        day = f'<time datetime="{result.text_day}">{result.text_day}</time> ' if result.text_day else ""
        lines.append(f"<p{tongue(result.text, lang)}>{day}{escaped(result.text)}</p>")
    if result.readings:
        heads = "".join(f'<th scope="col">{words.pick(lang)}</th>' for words in _READINGS)
        rows = "".join(_reading(reading, lang) for reading in result.readings)
        caption = Words("指标读数", "Latest figures").pick(lang)
        lines.append(
            f'<div class="table" role="region" aria-label="{caption}" tabindex="0"><table class="figures">'
            f"<caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        )
    return lines


def reading_value(reading: PublicReading, lang: str) -> str:
    """A value as it was reported: `5000 余`, with what is exempt, and that a sum is not whole yet."""
    text = " ".join(filter(None, (reading.value, reading.unit)))
    if any(reading.approx):
        text = Words("{text}（{approx}）", "{text} ({approx})").fill(text=text, approx=reading.approx).pick(lang)
    if reading.exempt:
        text = Words("{text}，豁免 {n}", "{text}, {n} exempt").fill(text=text, n=reading.exempt).pick(lang)
    if not reading.is_whole:
        text = Words("{text}，尚未报齐", "{text}, not all have reported").fill(text=text).pick(lang)
    return text


def _reading(reading: PublicReading, lang: str) -> str:
    sign = public_goal(reading.goal)
    goal = " ".join(filter(None, (sign, reading.unit))) if sign else DASH
    titles = [words.pick(lang) for words in _READINGS]
    return row([
        cell(reading.name.pick(lang), lang, head=True, look="long"),
        cell(reading_value(reading, lang), lang, titles[1], look="long"),
        cell(goal, lang, titles[2]),
        cell(reading.day.isoformat(), lang, titles[3]),
    ])  # fmt: skip


def _event(event: PublicEvent, lang: str, titles: Sequence[str]) -> str:
    day = f'<th scope="row"><time datetime="{event.day}">{event.day}</time></th>'
    words = event.words.pick(lang)
    text = f'<td class="long"{tongue(event.text, lang)}>{escaped(event.text)}</td>'
    return row([day, cell(words, lang, look="long"), text])
