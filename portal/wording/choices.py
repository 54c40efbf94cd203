"""What the fixed words of an entry mean: a message that asks to choose one says it in Chinese."""

from __future__ import annotations

MEANINGS: dict[str, str] = {
    "unconditional": "无条件开放",
    "conditional": "有条件开放",
    "not-open": "不予开放",
    "realtime": "实时",
    "daily": "每日",
    "weekly": "每周",
    "monthly": "每月",
    "quarterly": "每季度",
    "semiannual": "每半年",
    "annual": "每年",
    "biennial": "每两年",
    "irregular": "不定期",
    "dataset": "数据集",
    "api": "接口",
    "published": "正常更新",
    "static": "不再更新",
    "string": "文字、编号",
    "integer": "整数",
    "number": "数值",
    "boolean": "是或否",
    "date": "日期",
    "time": "时刻",
    "datetime": "日期时刻",
    "year": "年份",
    "yearmonth": "年月",
    "security": "安全",
    "legality": "合法性",
    "compliance": "合规性",
    "privacy": "个人信息",
    "secrets": "保密",
    "expert": "专家论证",
    "passed": "通过",
    "refused": "不通过",
    "scenario": "应用场景",
    "feedback": "利用反馈",
    "capability": "技术能力",
    "credit": "信用",
    "other": "其他",
    "shared-key": "共用代码",
    "part-of": "组成部分",
    "derived-from": "由其得出",
    "same-topic": "同一主题",
    "supersedes": "取代",
    "bar": "柱形图",
    "line": "折线图",
    "map": "地图",
    "cleaning": "清洗",
    "masking": "脱敏",
    "de-identification": "去标识",
    "declassification": "脱密",
    "conversion": "格式转换",
    "derivation": "推算",
}


def explained(choice: str) -> str:
    """A word with its meaning: `annual（每年）`; words that mean themselves stay alone."""
    return f"{choice}（{MEANINGS[choice]}）" if choice in MEANINGS else choice


def meant(text: str, choices: tuple[str, ...]) -> str | None:
    """The choice whose meaning was written in its place: `每年` → `annual`."""
    return next((one for one in choices if text and text in (MEANINGS.get(one), one.upper(), one.title())), None)
