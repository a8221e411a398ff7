"""The subjects, names and set phrases of the made-up inspection."""

from __future__ import annotations

from typing import Literal

from ledger.model.record import NamedTuple

Kind = Literal["count", "left", "share", "record"]
"""How a number moves: counted up, counted down to nothing, a percentage of a base, or only recorded."""


class Topic(NamedTuple):
    """One subject of the inspection: whose it is, what is wrong, what is to be done, and how it is counted."""

    office: str
    slug: str
    subject: str
    subject_en: str
    fault: str
    fault_en: str
    work: str
    work_en: str
    unit: str
    kind: Kind


TOPICS = (
    Topic(
        "市环保局",
        "huanbao",
        "饮用水水源地",
        "drinking water sources",
        "水源保护区内仍有排污口",
        "Outfalls remain in the water source reserve",
        "取缔水源保护区排污口",
        "Remove outfalls from water source reserves",
        "处",
        "count",
    ),
    Topic(
        "市水利局",
        "shuili",
        "小水电站",
        "small hydropower stations",
        "小水电站未落实生态流量",
        "Small hydropower stations keep no ecological flow",
        "小水电站落实生态流量",
        "Give small hydropower stations an ecological flow",
        "座",
        "count",
    ),
    Topic(
        "市城管委",
        "chengguan",
        "垃圾填埋场",
        "landfills",
        "垃圾填埋场渗滤液处理不到位",
        "Landfill leachate is not fully treated",
        "建成渗滤液处理设施",
        "Build landfill leachate treatment",
        "座",
        "count",
    ),
    Topic(
        "市城乡建委",
        "chengjian",
        "城镇污水处理厂",
        "town sewage plants",
        "城镇污水处理厂排放不达标",
        "Town sewage plants miss the standard",
        "完成污水处理厂提标改造",
        "Upgrade town sewage plants",
        "座",
        "count",
    ),
    Topic(
        "市农委",
        "nongwei",
        "畜禽养殖场",
        "livestock farms",
        "禁养区内仍有畜禽养殖场",
        "Livestock farms remain in the no-farming zone",
        "清退禁养区养殖场",
        "Clear livestock farms from no-farming zones",
        "家",
        "left",
    ),
    Topic(
        "市交委",
        "jiaotong",
        "沿江码头",
        "river wharves",
        "沿江仍有无手续码头",
        "Wharves without a permit line the river",
        "整治无手续码头",
        "Put unlicensed wharves in order",
        "个",
        "count",
    ),
    Topic(
        "市经济信息委",
        "jingxin",
        "化工企业",
        "chemical plants",
        "化工企业距江岸过近",
        "Chemical plants stand too near the river",
        "搬迁沿江化工企业",
        "Move chemical plants away from the river",
        "家",
        "count",
    ),
    Topic(
        "市国土房管局",
        "guotu",
        "废弃矿山",
        "abandoned mines",
        "废弃矿山长期未修复",
        "Abandoned mines lie unrestored",
        "修复废弃矿山",
        "Restore abandoned mines",
        "处",
        "count",
    ),
    Topic(
        "市规划局",
        "guihua",
        "生态红线",
        "the ecological red line",
        "生态红线未勘界立标",
        "The ecological red line is not marked out",
        "完成生态红线勘界立标",
        "Mark out the ecological red line",
        "片",
        "count",
    ),
    Topic(
        "市林业局",
        "linye",
        "自然保护区",
        "nature reserves",
        "自然保护区内有违法建设",
        "Illegal building stands in the nature reserve",
        "拆除保护区违法建设",
        "Pull down illegal building in nature reserves",
        "处",
        "count",
    ),
    Topic(
        "市发展改革委",
        "fagai",
        "燃煤锅炉",
        "coal boilers",
        "建成区仍有燃煤小锅炉",
        "Small coal boilers still burn in town",
        "淘汰燃煤小锅炉",
        "Retire small coal boilers",
        "台",
        "left",
    ),
    Topic(
        "市财政局",
        "caizheng",
        "乡镇污水管网",
        "village sewers",
        "乡镇污水管网不配套",
        "Village sewers are incomplete",
        "新建乡镇污水管网",
        "Lay village sewers",
        "公里",
        "count",
    ),
    Topic(
        "市公安局",
        "gongan",
        "高排放车辆",
        "high-emission vehicles",
        "高排放车辆限行不落实",
        "Limits on high-emission vehicles are not enforced",
        "淘汰高排放车辆",
        "Take high-emission vehicles off the road",
        "辆",
        "left",
    ),
    Topic(
        "市商务委",
        "shangwu",
        "加油站",
        "petrol stations",
        "加油站油气回收装置闲置",
        "Petrol vapour recovery stands idle",
        "完成加油站油气回收改造",
        "Fit petrol stations with vapour recovery",
        "座",
        "count",
    ),
    Topic(
        "市安监局",
        "anjian",
        "尾矿库",
        "tailings ponds",
        "尾矿库存在渗漏隐患",
        "Tailings ponds may leak",
        "消除尾矿库隐患",
        "Make tailings ponds safe",
        "座",
        "count",
    ),
    Topic(
        "市卫生计生委",
        "weijiwei",
        "医疗废物",
        "medical waste",
        "医疗废物未全部集中处置",
        "Medical waste is not all treated centrally",
        "提高医疗废物集中处置率",
        "Raise central treatment of medical waste",
        "%",
        "share",
    ),
    Topic(
        "市旅游局",
        "lvyou",
        "旅游景区",
        "scenic areas",
        "旅游景区污水直排",
        "Scenic areas discharge sewage untreated",
        "提高景区污水处理率",
        "Raise sewage treatment in scenic areas",
        "%",
        "share",
    ),
    Topic(
        "市质监局",
        "zhijian",
        "车用油品",
        "motor fuel",
        "车用油品抽检不合格",
        "Motor fuel fails spot checks",
        "提高油品抽检合格率",
        "Raise the pass rate of motor fuel checks",
        "%",
        "share",
    ),
    Topic(
        "市工商局",
        "gongshang",
        "散煤销售点",
        "loose coal sellers",
        "仍有散煤违规销售点",
        "Loose coal is still sold illegally",
        "取缔散煤销售点",
        "Close loose coal sellers",
        "个",
        "left",
    ),
)


STEMS = tuple(
    zip("甲乙丙丁戊己庚辛壬癸", ["jia", "yi", "bing", "ding", "wu", "ji", "geng", "xin", "ren", "gui"], strict=True)
)
BRANCHES = tuple(
    zip(
        "子丑寅卯辰巳午未申酉戌亥",
        ["zi", "chou", "yin", "mao", "chen", "si", "wu", "wei", "shen", "you", "xu", "hai"],
        strict=True,
    )
)

GROUP = "市整改领导小组"

CHORES = (
    "排查建账",
    "制定实施方案",
    "落实专项资金",
    "完成前期手续",
    "组织开工建设",
    "开展现场督导",
    "拆除违规设施",
    "完成主体工程",
    "安装在线监测",
    "开展联合执法",
    "完善管理制度",
    "组织业务培训",
    "公开整改进展",
    "开展效果评估",
    "资料整理归档",
    "开展日常巡查",
)
MOVES = ("摸清底数并建立清单", "制定一事一策方案", "分批组织实施", "逐项组织验收", "建立巡查管护制度", "定期公开进展")

WEEKLY = (
    "按计划推进",
    "现场施工有序",
    "已召开专题调度会",
    "督促参建单位加快进度",
    "资料同步归档",
    "完成阶段工程量核对",
    "群众来访已逐一答复",
)
KEPT = ("长效机制运行正常", "日常巡查未发现反弹", "管护责任已落实到人")
TROUBLES = ("征地协调滞后影响进度", "设备到货晚于预期", "汛期停工影响工期", "配套资金尚未足额到位")
REASONS = ("汛期停工，工期顺延", "征地手续未办结，工期顺延", "设计方案经论证调整，工期顺延")
ORDERS = ("listed", "letter", "reminder", "circular", "inspection", "talk")
