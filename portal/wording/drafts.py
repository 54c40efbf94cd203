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

_EXPORT = (
    "请用 .venv/bin/python build.py sheet export 重新导出一份，把内容复制进去；不要增删、改名工作表和列。",
    "Export it again (.venv/bin/python build.py sheet export) and copy the content in; keep sheets and columns.",
)

BOOKS: dict[str, Wording] = {
    "sheet-format": _row(
        ("“{found}”不是 .xlsx 文件。", "'{found}' is no .xlsx file."),
        ("目录编制表用 .xlsx：请在表格软件中另存为“Excel 工作簿（.xlsx）”。", "Save it as an Excel workbook (.xlsx)."),
    ),
    "sheet-exists": _row(
        ("文件已经存在，不会被覆盖。", "The file exists and is not overwritten."),
        ("请换一个文件名；不再需要旧文件的，先自行移走。", "Choose another name, or move the old file away."),
    ),
    "sheet-no-entry": _row(
        ("没有编号为“{found}”的条目。", "There is no entry '{found}'."),
        ("编号是 catalog/ 下的文件名，不含 .yml。", "The id is the file's name below catalog/, without .yml."),
    ),
    "sheet-no-department": _row(
        ("没有编号为“{found}”的部门。", "There is no department '{found}'."),
        (
            "可选：{choices}；新部门先建立 catalog/部门编号/department.yml。",
            "Choose one of: {choices}; a new one needs catalog/<id>/department.yml first.",
        ),
    ),
    "sheet-too-long": _row(
        (
            "条目 {id} 的“{column}”超过 32,767 个字符，单元格放不下。",
            "'{column}' of {id} has more than 32,767 characters, too many for a cell.",
        ),
        ("这个条目请直接改 YAML 文件。", "Edit this entry's YAML file itself."),
    ),
    "sheet-missing": _row(("缺少工作表“{found}”。", "The sheet '{found}' is missing."), _EXPORT),
    "sheet-unknown": _row(
        ("不认识工作表“{found}”，其中有内容。", "The sheet '{found}' is not known, but has content."), _EXPORT
    ),
    "sheet-column-missing": _row(
        ("缺少列“{found}”{near}。", "The column '{found}' is missing{near_en}."),
        _EXPORT,
    ),
    "sheet-column-unknown": _row(
        ("不认识列“{found}”，或该列没有列名。", "The column '{found}' is not known, or has no label."),
        _EXPORT,
    ),
    "sheet-column-twice": _row(("列“{found}”有两个。", "The column '{found}' stands there twice."), _EXPORT),
    "sheet-formula": _row(
        ("“{column}”中是公式。", "There is a formula in '{column}'."),
        ("请复制后“选择性粘贴为值”，或直接写出内容。", "Paste it as a value, or write the content out."),
    ),
    "sheet-error": _row(
        ("“{column}”中是公式错误（如 #REF!）。", "There is a formula's error in '{column}' (such as #REF!)."),
        ("请直接写出内容。", "Write the content out."),
    ),
    "sheet-merged": _row(
        ("“{column}”处有合并单元格。", "There are merged cells at '{column}'."),
        ("请取消合并，每行都写全。", "Split them, and fill in every row."),
    ),
    "sheet-cell-kind": _row(
        ("“{column}”被存成了{kind}“{found}”，可能已不是原来的写法。", "'{column}' was stored as {kind}, '{found}'."),
        (
            "编号前面的 0 会因此丢失：请先把单元格格式设为“文本”，再重新输入。",
            "Leading zeros get lost that way: set the cell's format to text, then type it again.",
        ),
    ),
    "sheet-pair": _row(
        ("“{column}”中的“{found}”不是“左=右”的一对。", "'{found}' in '{column}' is no pair 'left=right'."),
        ("一行写一对，中间用等号，例如 1=男。", "Write a pair a line, with an equals sign, such as 1=男."),
    ),
    "sheet-no-id": _row(
        ("这一行没有编号。", "This row has no id."),
        ("请填写编号；不是条目的内容请删去。", "Fill it in, or remove what is no entry."),
    ),
    "sheet-id-twice": _row(
        ("编号“{found}”在第 {row} 行已经有了。", "The id '{found}' stands in row {row} already."),
        ("一个条目写一行；请合并，或改用另一个编号。", "An entry is one row: put them together or choose another id."),
    ),
    "sheet-orphan": _row(
        (
            "“{column}”写的“{found}”在工作表“{where}”中找不到。",
            "'{found}' ('{column}') does not stand in the sheet '{where}'.",
        ),
        (
            "请与那张表中的写法保持一致；文件分工作表的写成 文件#工作表。",
            "Write it as it stands there; a sheet of a file is file#sheet.",
        ),
    ),
    "sheet-broken-entry": _row(
        (
            "条目 {id} 现有的 YAML 文件读不懂，不能由表格改写。",
            "The present YAML file of {id} can't be read, and is not rewritten.",
        ),
        (
            "请先按 .venv/bin/python build.py check 的提示改好，或移走该文件。",
            "Mend it first (.venv/bin/python build.py check), or move it away.",
        ),
    ),
    "sheet-empty": _row(
        ("表中没有一个条目。", "There is no entry in the workbook."),
        (
            "请在“目录条目”中从第 3 行起填写；标有“示例”的行不会被读取。",
            "Fill in 目录条目 from row 3 on; rows marked 示例 are not read.",
        ),
    ),
}

WORDING: dict[str, Wording] = {**DRAFTS, **BOOKS}
