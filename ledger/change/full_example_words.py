"""The words of the made-up ledger: invented districts, and the set phrases of plans and reports."""

from __future__ import annotations

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
