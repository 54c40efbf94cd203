"""Words for departments that write no YAML: drafts made from data files, and the catalogue as a workbook.

Places in a workbook are told as `file.xlsx#sheet:row`; {column} is the column's label.
"""

from __future__ import annotations

from portal.wording.shape import Text, Wording

__all__ = ["MARK", "WORDING"]

MARK = "【待填】"
"""What a draft leaves open. The gate refuses every value that holds it (`draft-left`)."""


def _row(message: tuple[str, str], advice: tuple[str, str]) -> Wording:
    return Wording(Text(*message), Text(*advice))


DRAFTS: dict[str, Wording] = {
    "draft-left": _row(
        ("“{key}”还没有填写，现在是“{found}”。", "'{key}' is still to be filled in: '{found}'."),
        (
            "请把【待填】和它后面的提示换成实际内容。",
            "Put the real content in the place of 【待填】 and the hint behind it.",
        ),
    ),
    "draft-exists": _row(
        ("条目已经存在，不会被覆盖。", "This entry exists already and is not overwritten."),
        (
            "要另起草一份，请用 --id 换一个编号；要重新起草，先自行移走旧文件。",
            "Give another id with --id; to draft it anew, move the old file away first.",
        ),
    ),
    "draft-id": _row(
        ("“{found}”不能作数据集编号{reason}。", "'{found}' can't be the dataset's id{reason_en}."),
        (
            "请用 --id 给出编号：小写字母、数字和连字符，2 至 63 个字符，全市唯一，例如 parks-2025。",
            "Give one with --id: 2 to 63 small letters, digits and hyphens, unique in the city, such as parks-2025.",
        ),
    ),
    "draft-department": _row(
        ("不知道数据属于哪个部门{found}。", "Which department do these data belong to{found_en}?"),
        (
            "请用 --department 给出部门编号，可选：{choices}；新部门先建立 catalog/部门编号/department.yml。",
            "Give --department, one of: {choices}; a new one needs catalog/<id>/department.yml first.",
        ),
    ),
    "draft-copy": _row(
        ("{target} 已有同名文件，不会被覆盖。", "{target} has a file of this name, which is not overwritten."),
        ("请改文件名，或不用 --copy。", "Rename the file, or leave --copy out."),
    ),
    "draft-header": _row(
        ("第一行不能作列名：{reason}。", "The first row can't name the columns: {reason_en}."),
        (
            "第一行必须是列名，每列一个，各不相同；请删去上方的标题行、空行和空列后再试。",
            "It must hold one name a column, all different; remove titles, blank rows and columns, and try again.",
        ),
    ),
}

WORDING: dict[str, Wording] = {**DRAFTS}
