"""The derived words of an item: state, schedule and light, with their names in both languages."""

from __future__ import annotations

from ledger.model.words import Words

STATES = {
    "planned": Words("未启动", "planned"),
    "active": Words("进行中", "active"),
    "stage_done": Words("阶段完成", "stage done"),
    "done": Words("整改完成", "done"),
    "closed": Words("已销号", "closed"),
    "relapsed": Words("反弹", "relapsed"),
}
"""How far an item is."""

SCHEDULES = {
    "overdue": Words("逾期", "overdue"),
    "behind": Words("未达序时", "behind"),
    "on_schedule": Words("达到序时", "on schedule"),
    "unknown": Words("序时不明", "schedule unknown"),
    "early": Words("提前完成", "early"),
    "on_time": Words("按期完成", "on time"),
    "late": Words("逾期完成", "late"),
    "undated": Words("无时限", "undated"),
}
"""How it stands against time: the first four of open items, the others of done ones; unknown may be said of both."""

LIGHTS = {
    "red": Words("红灯", "red"),
    "yellow": Words("黄灯", "yellow"),
    "grey": Words("不明", "grey"),
    "green": Words("绿灯", "green"),
}
"""The worst first: grey is what nobody knows, and that is no green."""
