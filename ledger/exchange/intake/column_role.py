"""What the columns of real sheets are called, and which role each seems to have by its name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from unicodedata import normalize

from ledger.model.field import Field
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.pattern import regex

ITEM_WORDS = {
    "id": ("事项编号", "任务编号", "问题编号", "措施编号", "项目编号"),
    "title": ("整改任务", "整改事项", "反馈问题", "任务名称", "事项名称", "问题描述", "标题"),
    "lead": ("牵头部门", "牵头责任单位", "lead unit"),
    "responsible": ("责任部门", "责任单位(部门)", "整改责任单位", "承办单位", "responsible units"),
    "cooperating": ("配合部门", "协助单位", "cooperating units"),
    "origin": ("问题来源",),
    "added": ("入账时间",),
    "start": ("开始时间", "启动时间", "启动日期"),
    "due": ("时限", "完成时限", "整改期限", "办结时限", "截止日期", "due date"),
    "goal": ("目标",),
    "steps": ("措施", "具体措施"),
    "remark": ("备注说明", "remarks"),
}
"""The usual words for fields of an item."""


ENTRY_WORDS = {
    "date": ("报送日期", "发生日期"),
    "item": ("编号", "事项编号", "任务编号", "id"),
    "event": ("类型", "事件类型"),
    "key": ("指标代号",),
    "value": ("数值", "读数", "reading"),
    "by": ("报送单位", "验收单位", "批准单位", "unit"),
    "text": ("进展", "整改进展", "整改进展情况"),
    "note": ("说明",),
    "until": ("新时限",),
}
"""The usual words for columns of the journal."""


DERIVED = frozenset(("序时", "灯", "剩余天数", "是否逾期", "是否超期", "超期天数", "逾期天数"))
"""Columns of items that the ledger works out itself."""


_BRACKETS = regex(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")


def folded(header: str) -> str:
    """A header as it is compared: half-width, lower case, without blanks, line breaks, brackets and marks around it."""
    text = "".join(normalize("NFKC", header).split()).casefold().strip("*:：")
    return _BRACKETS.sub("", text) or text


def spellings(fields: Iterable[Field], words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The name of a field by every folded word for it; its own name and labels come before the usual words."""
    known: dict[str, str] = {}
    fields = list(fields)
    for field in fields:
        known.setdefault(folded(field.name), field.name)
    for field in fields:
        for label in field.label:
            known.setdefault(folded(label), field.name)
    for name, others in words.items():
        for other in others:
            known.setdefault(folded(other), name)
    return known


def choice_words(choices: Mapping[str, Words]) -> dict[str, str]:
    """The word of the ledger for every folded spelling of a choice: itself, or its label in either language."""
    known = {folded(name): name for name in choices}
    for name, labels in choices.items():
        for label in labels:
            known.setdefault(folded(label), name)
    return known


LIST_FIELDS: dict[str, Field] = {
    name: Field(name, "text", label, help_)
    for name, label, help_ in (
        ("number", Words("序号", "number"), Words("本表的行号，编号由它而来", "counts the rows; ids come from it")),
        ("report", Words("进展情况", "report"), Words("记为报送", "recorded as reports")),
        ("state", Words("是否完成", "state"), Words("记为完成、阶段办结或报送", "recorded as done, stage or report")),
        ("closed", Words("销号情况", "closed"), Words("记为销号", "recorded as closed")),
        ("done_date", Words("完成日期", "day it was done"), Words("完成那一天", "the day of done")),
        ("closed_date", Words("销号日期", "day it was closed"), Words("销号那一天", "the day of the closing")),
        ("progress", Words("完成比例", "progress"), Words("记为进度", "recorded as progress in percent")),
        ("trouble", Words("存在困难", "trouble"), Words("记为存在问题", "recorded as troubles")),
        ("expect", Words("预计完成时间", "expected"), Words("记为预计完成", "recorded as what is expected")),
    )
}
"""Columns of a list that are no fields of the plan: what numbers its rows, and what its state columns tell."""

FACT_FIELDS = frozenset(LIST_FIELDS) - {"number"}
"""Those that tell what happened."""

PERSONAL = regex(r"电话|手机|联系方式|联系号码|邮箱|身份证|微信|传真|^qq|phone|mobile|e-?mail", re.IGNORECASE)
PEOPLE = regex(
    r"责任人|负责人|包保|包案|包联|领导|联系人|检查人|经办人|承办人|填报人|督办人|专人|人员$|姓名|局长|县长|河长"
)
_PROPERTY = regex(
    r"类型|类别|分类|等级|级别|层级|领域|批次|行业|区域|地点|位置|性质|专业|来源|数量|金额|面积|里程|投资|照片|图片|附件|"
    r"佐证|材料|检查时间|检查日期|发现|交办|受理|反馈(?:时间|日期)|^检查单位|检查工点|检查项目|督导单位|验收单位|监管单位|督办单位|"
    r"下一步|下步|长效机制|依据|经度|纬度|乡镇|企业名称|项目名称|点位|^(?:区县|县区|地区|辖区|城市)$"
)
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("number", r"^(?:问题|任务|事项|措施|清单|整改|隐患|台账)?(?:序号?|项次|次序|号|行号|顺序号?)$|"
                   r"^(?:no\.?|#|num(?:ber)?)$"),
        ("id", r"^.{0,6}(?:编号|编码|代码)$"),
        ("closed_date", r"(?:销号|销账|验收|备案|核销)(?:完成)?(?:日期|时间|日)"),
        ("expect", r"(?:预计|预期|预估).{0,4}(?:日期|时间|时限)"),
        ("due", r"时限|期限|限期|截止|时间要求|时间节点|时间表|要求.{0,3}(?:完成|整改)(?:时间|日期)?|"
                r"(?:计划|拟|应|规定).{0,3}(?:完成|整改|办结).{0,2}(?:时间|日期)?$"),
        ("done_date", r"(?:完成|办结|整改|完工|结束)(?:日期|时间|日)"),
        ("closed", r"销号|销账|摘牌|核销|是否验收|验收(?:情况|结果|结论|意见|与否)?$|是否备案|复核(?:情况|结果|结论)"),
        ("state", r"是否|与否|状态|完成情况|办结情况|办理结果|整改结果|落实结果|结果$"),
        ("progress", r"进度|完成率|比例|百分比|[%％]"),
        ("report", r"进展|整改情况|落实情况|工作情况|推进情况|办理情况|实施情况|整改成效|成效|动态|最新情况|措施落实|"
                   r"采取.{0,4}措施"),
        ("trouble", r"困难|障碍|难点|需.{0,2}协调|存在.{0,3}问题"),
        ("cooperating", r"配合|协助|协办|参与|协同|支持单位"),
        ("lead", r"牵头|主责|主办|主管单位|主管部门"),
        ("responsible", r"(?:责任|承办|实施|整改|落实|主体|属地|被检查|涉及|治理).{0,4}"
                        r"(?:单位|部门|主体|区县|县区|地区|方)|"
                        r"^责任$|^(?:单位|部门)(?:名称)?$"),
        ("goal", r"目标|标准$|预期效果|成果$"),
        ("steps", r"措施|举措|做法|整改要求|整改办法|整改方案|整改建议|整治方案|怎么改|对策"),
        ("title", r"问题|隐患|任务|事项|内容|描述|短板|线索|反馈意见|具体表现|工作$|不足|缺陷|情形"),
        ("remark", r"备注|说明$|附注|注$"),
    )
)  # fmt: skip
_ENGLISH: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("due", r"deadline|^due|targetdate"),
        ("done_date", r"completedon|completiondate|closedon"),
        ("state", r"^status|^state$|^done|completed\??$"),
        ("report", r"^progress(?:report)?$|update"),
        ("trouble", r"obstacle|difficult"),
        ("cooperating", r"cooperat|support"),
        ("lead", r"^lead"),
        ("responsible", r"responsible|department|^unit|^owner$|^agency"),
        ("goal", r"^goal|^target$|objective"),
        ("steps", r"action|^steps?$|^measures?$"),
        ("title", r"finding|issue|problem|^task|description|^item$|^title$"),
        ("remark", r"^remark|^note|^comment"),
    )
)  # fmt: skip
_TITLE_RANKS = (r"反馈.*问题|问题.*描述|隐患.*描述|具体问题", r"问题", r"隐患", r"任务", r"事项", r"内容|描述")
_BRACKETED = regex(r"[(\[【（](.*?)[)\]】）]")
_LONGEST = 24
"""Longer texts are no names of columns."""


def role_of(title: str) -> str:
    """The field that a header seems to name: one of the plan or of `LIST_FIELDS`; `tag` for a property, `person`,
    `phone`; empty where nothing in it is known."""
    text = "".join(normalize("NFKC", title).split()).casefold().strip("*:：")
    bare = _BRACKETED.sub("", text) or text
    if not bare or len(bare) > _LONGEST:
        return ""
    if PERSONAL.search(text):
        return "phone"
    if PEOPLE.search(bare) and not re.search(r"单位|部门|小组|领导小组", bare):
        return "person"
    inside = "".join(_BRACKETED.findall(text))
    for part in (bare, inside):
        if part and _PROPERTY.search(part) and not re.search(r"问题.{0,2}描述|反馈问题", part):
            return "tag"
        found = next((name for name, pattern in (*_ROLES, *_ENGLISH) if part and pattern.search(part)), "")
        if found:
            return found
    return ""


def best_title(titles: Mapping[int, str]) -> int:
    """Which of the columns that could be the item's title is most likely it: its number."""

    def rank(number: int) -> tuple[int, int]:
        text = titles[number]
        return next((place for place, one in enumerate(_TITLE_RANKS) if re.search(one, text)), 9), number

    return min(titles, key=rank)


def tag_name(title: str, taken: Sequence[str] = ()) -> str:
    """A header as the name of a tag: without blanks and the signs that no tag may hold."""
    name = re.sub(r"[\s.:：;；\[\]【】]+", "", normalize("NFKC", title)) or "列"
    return next(one for one in (name, *(f"{name}{n}" for n in range(2, 99))) if one not in taken)


class Titled(NamedTuple):
    """A column by its number, its own name and that of the group above it."""

    number: int
    title: str
    group: str = ""


_JOINED = frozenset({"responsible", "cooperating", "steps", "report"})
"""Fields that several columns may give together."""

_INSTEAD = {"state": "report", "closed": "report", "trouble": "report", "done_date": "tag"}
"""What a second column of a kind is; of any other kind it is a tag."""


def guessed_roles(columns: Sequence[Titled], taken: Collection[str]) -> dict[int, str]:
    """The role of each column: a field of the plan or of `LIST_FIELDS`, or `tag`, `person`, `phone`.

    `taken` are the fields that other columns of the sheet are already.
    """
    roles = {one.number: _own_role(one) for one in columns}
    titles = {one.number: (one.title if one.title else one.group) for one in columns}
    _settle_days(roles, titles, taken)
    _settle_title(roles, titles, taken)
    used = set(taken)
    for number, role in roles.items():
        if role in ("tag", "person", "phone", ""):
            continue
        if role in used and role not in _JOINED:
            role = _INSTEAD.get(role, "tag")
            roles[number] = role
        used.add(role)
    if "id" in used:
        roles = {number: "running" if role == "number" else role for number, role in roles.items()}
    return {number: role or "tag" for number, role in roles.items()}


def _own_role(column: Titled) -> str:
    """What a column is by itself: by its own name, else together with that of its group."""
    own = role_of(column.title)
    if column.group and own in ("", "responsible", "title", "tag"):
        return role_of(f"{column.group}{column.title}") or own or role_of(column.group)
    return own


def _settle_days(roles: dict[int, str], titles: dict[int, str], taken: Collection[str]) -> None:
    """A deadline is looked for among the days: 完成时间 is one only where no other column is."""
    due = [number for number, role in roles.items() if role == "due"]
    if due or "due" in taken:
        return
    for wanted in ("done_date", "expect"):
        for number, role in roles.items():
            if role == wanted and not re.search("实际|已", titles[number]):
                roles[number] = "due"
                return


def _settle_title(roles: dict[int, str], titles: dict[int, str], taken: Collection[str]) -> None:
    """One column is the title; a list of measures without problems has its measures as titles."""
    if "title" in taken:
        return
    for wanted in ("title", "trouble", "steps", "goal", "report"):
        found = {number: titles[number] for number, role in roles.items() if role == wanted}
        if found:
            best = best_title(found) if wanted == "title" else min(found)
            if wanted == "title":
                roles.update(dict.fromkeys(found, "tag"))
            roles[best] = "title"
            return
