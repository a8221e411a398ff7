"""What in `ledger.yaml` must fit together: rules that may be tuned, names of levels, tags, steps and books."""

from __future__ import annotations

from ledger.model.entry import EVENTS
from ledger.model.field import TUNABLE
from ledger.model.item import LIGHTS
from ledger.model.setting import TOTAL
from ledger.model.value import offered
from ledger.model.words import NO_WORDS, Words
from ledger.storage.decode import Decoder, Mapping, Node, Scalar, Sequence, Values
from ledger.text.pattern import regex

_CODE = regex(r"L?(\d{3})")
_TAG = regex(r"[^\s.:;/\[\]]+")
# Who may be named is whoever decides; facts of others are always taken, whoever says them.
_DECIDED = [name for name, event in EVENTS.items() if not event.is_own and name != "decline"]
_COLORS = {light.removesuffix("灯") for light in (words.zh for words in LIGHTS.values())} | set(LIGHTS) | {"橙", "蓝"}


def check_settings(values: Values, root: Mapping, decoder: Decoder) -> None:
    """Takes out of the decoded settings what does not fit the rest, with a finding for each."""
    _check_rules(values, decoder)
    _check_tags(values, decoder)
    _check_closing(values, root, decoder)
    _check_decides(values, decoder)
    _check_levels(values, decoder)
    _check_includes(values, root, decoder)


def _check_rules(values: Values, decoder: Decoder) -> None:
    """Only some rules may be tuned; a code without its L is taken too."""
    kept = []
    for row in values.get("rules", ()):
        code = _CODE.fullmatch(row[0])
        if code and int(code[1]) in TUNABLE:
            kept.append(row)
            continue
        message = Words("{code} 不能在这里调整", "{code} cannot be set here")
        hint = Words("只可调 {codes}；别的发现用 waivers.yaml 豁免", "only {codes}; accept others in waivers.yaml")
        codes = " ".join(f"L{number}" for number in TUNABLE)
        decoder.find(row[1], 104, message.fill(code=row[0]), hint.fill(codes=codes))
    if "rules" in values:
        values["rules"] = kept


def _check_tags(values: Values, decoder: Decoder) -> None:
    kept = []
    for name, node, row in values.get("tags", ()):
        if _TAG.fullmatch(name):
            kept.append((name, node, row))
        else:
            message = Words("标签名里不能有 . : ; [ ] / 和空格", "the name of a tag holds no . : ; [ ] / and no blank")
            decoder.find(node, 104, message)
    if "tags" in values:
        values["tags"] = kept


def _check_closing(values: Values, root: Mapping, decoder: Decoder) -> None:
    closing = values.get("closing", {})
    kinds = [step for _, _, row in closing.get("kinds", ()) for step in row.get("steps", ())]
    steps = list(dict.fromkeys((*closing.get("steps", ()), *kinds)))
    kept = []
    for name, node, time in closing.get("takes", ()):
        if name == "notice":
            message = Words("公示用 notice_days", "a notice takes `notice_days`")
            decoder.find(node, 104, message, Words("删去这一行", "remove this line"))
        elif name not in steps:
            message = Words("没有 {name} 这一步", "there is no step {name}").fill(name=name)
            decoder.find(node, 104, message, offered(name, steps) if steps else NO_WORDS)
        else:
            kept.append((name, node, time))
    if "takes" in closing:
        closing["takes"] = kept
    books = [name for name, _, _ in values.get("books", ())]
    for number, book in enumerate(closing.get("books", ())):
        if book not in books:
            message = Words("没有 {name} 这本账", "there is no book {name}").fill(name=book)
            decoder.find(_inner(root, "closing", "books", number), 104, message, offered(book, books))


def _check_decides(values: Values, decoder: Decoder) -> None:
    """Each key is an event that somebody decides, or a closing step."""
    closing = values.get("closing", {})
    kinds = [step for _, _, row in closing.get("kinds", ()) for step in row.get("steps", ())]
    known = [*_DECIDED, *(f"step.{step}" for step in dict.fromkeys((*closing.get("steps", ()), *kinds)))]
    kept = []
    for row in values.get("decides", ()):
        if row[0] in known:
            kept.append(row)
        else:
            message = Words("没有 {name} 可以决定", "nobody decides {name}").fill(name=row[0])
            decoder.find(row[1], 104, message, offered(row[0], known))
    if "decides" in values:
        values["decides"] = kept


def _check_levels(values: Values, decoder: Decoder) -> None:
    """A level is no light: what is yellow may be of any level."""
    levels = values.get("warning", {}).get("levels", ())
    kept = []
    for row in levels:
        if row[0].removesuffix("灯").removesuffix("色").casefold() in _COLORS:
            message = Words("预警级别不能叫 {name}", "a level cannot be called {name}").fill(name=row[0])
            hint = Words("颜色是灯的名字；写成提示、预警、逾期", "colours are names of lights; such as notice, warning")
            decoder.find(row[1], 104, message, hint)
        else:
            kept.append(row)
    if levels:
        values["warning"]["levels"] = kept


def _check_includes(values: Values, root: Mapping, decoder: Decoder) -> None:
    """A ledger beside this one, a commit of a repository, or a bundle: one of them, under a name of its own.

    Ids are told apart ignoring case, and so are the names before them; `total` is everything together.
    """
    kept = []
    names: dict[str, str] = {}
    for name, node, row in values.get("includes", ()):
        other = names.setdefault(name.casefold(), name)
        if name.casefold() == TOTAL or other != name:
            message = Words("{name} 和 {other} 只差大小写", "{name} differs from {other} only in case")
            if name.casefold() == TOTAL:
                message = Words("{name} 是“合计”的名字", "{name} is the name of everything together")
            decoder.find(node, 104, message.fill(name=name, other=other), Words("换一个名字", "choose another name"))
            continue
        ways = [way for way in ("path", "git", "bundle") if way in row]
        lacking = {"git": "rev", "bundle": "sha256"}.get(ways[0] if len(ways) == 1 else "", "")
        if len(ways) != 1:
            message = Words("{name} 要写 path、git 或 bundle 之一", "{name} needs one of path, git and bundle")
            decoder.find(node, 104, message.fill(name=name))
        elif lacking and lacking not in row:
            message = Words("{name} 缺少 {key}", "{name} needs {key}").fill(name=name, key=lacking)
            decoder.find(node, 105, message)
        else:
            kept.append((name, node, row))
    if "includes" in values:
        values["includes"] = kept


def _inner(root: Mapping, name: str, key: str, number: int) -> Node:
    """The node of an element of a list in a record; the record's if it is not where it should be."""
    node: Node = root.pairs[name][1]
    if isinstance(node, Mapping) and key in node.pairs:
        node = node.pairs[key][1]
    if isinstance(node, Sequence):
        texts = [one for one in node.items if isinstance(one, Scalar)]
        return texts[number] if number < len(texts) else node
    return node
