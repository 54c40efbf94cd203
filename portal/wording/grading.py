"""Words of the rules about levels, grounds and processing."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

WORDING: dict[str, Wording] = {
    "level-missing": Wording(
        Text("没有数据级别（level）。", "The entry bears no level."),
        Text("请按分类分级规范定级后填写，可选：{choices}。", "Grade it and fill in 'level': {choices}."),
    ),
    "level-unknown": Wording(
        Text("级别“{found}”不在本市的级别清单中。", "The level '{found}' is not on the city's list."),
        Text("可选：{choices}（见 catalog/levels.yml）。", "Choose one of: {choices} (catalog/levels.yml)."),
    ),
    "level-open-type": Wording(
        Text(
            "级别“{level}”对应{allowed}，与“{present}”不符。",
            "The level '{level}' goes with {allowed_en}, not with this open type.",
        ),
        Text("请重新定级，或调整开放类型。", "Grade it again, or change the open type."),
    ),
    "level-twice": Wording(
        Text("级别“{level}”写了两次。", "The level '{level}' is given twice."),
        Text("请合并。", "Keep one."),
    ),
    "ground-unnamed": Wording(
        Text(
            "开放类型依据“{found}”既没有引用法律条文，也没有限制事由。",
            "The ground '{found}' neither cites an article nor names a limit.",
        ),
        Text(
            "请写成《某法》第某条，或在 open_ground_kinds 中选择限制事由。",
            "Cite a law and its article, or choose open_ground_kinds.",
        ),
    ),
    "ground-kind": Wording(
        Text(
            "“{found}”不是本市文本中{type}的事由。",
            "'{found_en}' is no ground for {type_en} data in the city's text.",
        ),
        Text("可选：{choices}。", "Choose from: {choices}."),
    ),
    "processing-missing": Wording(
        Text(
            "数据涉及{concern}，没有{wanted}的处理记录。",
            "The data touch {concern_en}; no record says that they were processed ({wanted_en}).",
        ),
        Text("请在 processing 中写明做了什么；没有处理的，不得开放。", "Say under 'processing' what was done."),
    ),
}
