"""Words of the rules about the rows of data files. `number` is the row as a spreadsheet shows it, the header row 1."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

__all__ = ["NEAR", "TIPS", "WORDING"]

EXPORT = ("请与数据来源核对后改正，再重新导出。", "Check with the source, mend it there and export again.")

NEAR: dict[str, Text] = {
    "": Text(*EXPORT),
    "blanks": Text("值的前后有空格，请去掉。", "There are blanks around the value: take them off."),
    "wide": Text("值里有全角字符，请改成半角。", "The value holds full-width characters: write plain ones."),
    "decimal": Text(
        "编号被存成了小数，请在表格软件中把该列设为“文本”，再重新导出。",
        "The code was stored as a decimal number: set the column to 'Text' and export again.",
    ),
    "zeros": Text(
        "前面的 0 可能丢了，请在表格软件中把该列设为“文本”，再从来源重新导出。",
        "Leading zeros may be lost: set the column to 'Text' and export again from the source.",
    ),
    "case": Text("请核对字母的大小写。", "Check capital and small letters."),
}
"""What to do about a text that does not match its pattern, by the change after which it would (checks/rows/near.py)."""

_SPELLED = Text(
    "请在表格软件中把该列改成这种格式，再重新导出；或在条目中为该列写明 format。",
    "Give the column that format in the spreadsheet program and export again, or state its `format` in the entry.",
)
_NUMERIC = Text(
    "只写半角数字，不写单位、千分位逗号和百分号；编号请把类型改为 string。",
    "Write plain (half-width) digits, no units, thousands separators or per cent; a code is of type string.",
)
_DATE = Text(
    "请在表格软件中把该列设为这种日期格式，再重新导出（36951 这样的数，是没有设成日期的日期）；"
    "或在条目中为该列写明 format。日期须真实存在。",
    "Give the column that format in the spreadsheet program and export again (a number such as 36951 is a date without "
    "one), or state its `format` in the entry. The day must exist.",
)
TIPS: dict[str, Text] = {
    "string": Text("请改正该值。", "Mend the value."),
    "integer": _NUMERIC,
    "number": _NUMERIC,
    "boolean": Text(
        "请写 true 或 false；要保留“是”“否”的，在条目中把该列的类型改为 string。",
        "Write true or false; to keep other words, make the column's type string.",
    ),
    "date": _DATE,
    "time": _SPELLED,
    "datetime": _SPELLED,
    "year": Text("请只写四位数字。", "Write four digits and nothing else."),
    "yearmonth": Text("请改成这种写法，或把类型改为 string。", "Write it so, or make the type string."),
}
"""What to do about a text that is no value of its column's type."""


def _row(message: tuple[str, str], advice: tuple[str, str]) -> Wording:
    return Wording(Text(*message), Text(*advice))


def _cell(zh: str, en: str, advice: tuple[str, str]) -> Wording:
    """A rule about one cell: row, column and value come first."""
    return _row(
        (
            f"第 {{number}} 行“{{field}}”列的值“{{value}}”{zh}",
            f"Row {{number}}, '{{field}}': the value '{{value}}' {en}",
        ),
        advice,
    )


HEADERS: dict[str, Wording] = {
    "header-missing": _row(
        ("第一行没有列名。", "The first row holds no column names."),
        (
            "第一行必须是列名；请删去列名上方的标题行和空行。",
            "The first row must hold the column names; remove titles and blank rows above them.",
        ),
    ),
    "too-many-columns": _row(
        ("共有 {count} 列，超过 200 列的上限。", "There are {count} columns, more than 200."),
        (
            "请把不同内容拆成几张表；按月、按项目横排的列请改为竖排（一行一个值）。",
            "Split it into several tables; turn columns per month or item into rows.",
        ),
    ),
    "wrong-delimiter": _row(
        (
            "列之间是{delimiter}，不是条目中写明的分隔符。",
            "The columns are separated by {delimiter_en}, not by what the entry says.",
        ),
        (
            "请在条目该文件下写明 delimiter，或另存为逗号分隔的 CSV。",
            "State `delimiter` for this file in the entry, or save it as CSV with commas.",
        ),
    ),
    "blank-label": _row(
        ("第 {column} 列没有列名，应为“{field}”。", "Column {column} has no name; it should be '{field}'."),
        (
            "请补上列名。第一行须是列名，上面有标题行的，请删去标题行。",
            "Fill in the name. The first row must hold the names; remove a title above them.",
        ),
    ),
    "duplicate-label": _row(
        (
            "第 {column} 列的列名“{value}”与第 {first} 列重复，应为“{field}”。",
            "Column {column} is named '{value}' like column {first}; it should be '{field}'.",
        ),
        ("每列的列名须不同，并与条目中的 name 一致。", "Names must differ and equal `name` in the entry."),
    ),
    "incorrect-label": _row(
        (
            "第 {column} 列的列名是“{value}”，条目中写的是“{field}”。",
            "Column {column} is named '{value}', the entry says '{field}'.",
        ),
        (
            "请使文件的列名、列序与条目 schema.fields 完全一致（改文件或改条目均可）；上面有标题行的，请删去。",
            "Make names and order in the file equal to schema.fields (change either); remove a title above the names.",
        ),
    ),
    "extra-label": _row(
        ("多出第 {column} 列“{value}”，条目中没有。", "Column {column} '{value}' is not in the entry."),
        (
            "请在条目中补充这一列的说明，或从文件中删去该列（先确认它可以公开）。",
            "Describe it in the entry, or remove it from the file; first make sure that it may be public.",
        ),
    ),
    "unnamed-column": _row(
        (
            "多出第 {column} 列，没有列名，条目中也没有。",
            "There is a column {column} without a name, which is not in the entry.",
        ),
        (
            "多半是表格软件存下的空列：请选中表格右侧多余的列，删除后再另存；确有内容的，补上列名并写进条目。",
            "Spreadsheet programs often leave empty columns: delete them and save again; or name and describe it.",
        ),
    ),
    "missing-label": _row(
        ("缺少第 {column} 列“{field}”。", "Column {column} '{field}' is missing."),
        ("请补上该列，或从条目中删去。", "Add the column, or remove it from the entry."),
    ),
}

ROWS: dict[str, Wording] = {
    "blank-row": _row(
        ("第 {number} 行是空行。", "Row {number} is blank."),
        ("请删去空行。", "Remove it."),
    ),
    "extra-cell": _row(
        (
            "第 {number} 行多出第 {column} 个单元格“{value}”（应为 {width} 个）。",
            "Row {number} has a cell {column} '{value}' too many (there are {width} columns).",
        ),
        (
            "多半是值中含有逗号却没有加引号；请用电子表格软件重新导出 CSV。",
            "A value probably holds a comma without quotes; export the CSV again with a spreadsheet program.",
        ),
    ),
    "missing-cell": _row(
        (
            "第 {number} 行只有 {found} 个单元格，缺少第 {column} 列“{field}”（应为 {width} 个）。",
            "Row {number} has {found} cells of {width}; column {column} '{field}' is missing.",
        ),
        (
            "请补齐；没有值的单元格也要保留分隔符。值中有换行而没有加引号时也会如此。",
            "Complete it; an empty cell needs its comma too. A line break without quotes has the same effect.",
        ),
    ),
    "duplicate-row": _row(
        ("有 {count} 行与前面的行完全相同：第 {rows} 行。", "Rows that equal an earlier one ({count}): {rows}."),
        (
            "请删去重复的行；确属不同记录的，补上能区分的列（如编号）。",
            "Remove them; if they are different records, add a column that tells them apart.",
        ),
    ),
    "more-rows": _row(
        (
            "同类问题（{rule}）共 {count} 处，这里列出前 {listed} 处，另有 {left} 处没有列出。",
            "There are {count} problems of this kind ({rule}); the first {listed} are listed, {left} are not.",
        ),
        (
            "完整清单是 {report}，可用电子表格打开。",
            "The whole list is {report}, for a spreadsheet program.",
        ),
    ),
}

TYPES: dict[str, Wording] = {
    "wrong-type": _row(
        (
            "第 {number} 行“{field}”列的值“{value}”不对，应为{expected}。",
            "Row {number}, '{field}': the value '{value}' should be {expected_en}.",
        ),
        (
            "{tip}表示“没有值”的写法请列入 schema 的 missingValues。",
            "{tip_en} List what stands for 'no value' under missingValues.",
        ),
    ),
    "leading-zero": _cell(
        "带有前导 0，作为数字发布会丢失。",
        "has leading zeros, which a number would lose.",
        (
            "若是编号，请在条目中把该列的类型改为 string；若是数值，请去掉前导 0。",
            "Make a code's type string; take the zeros off a number.",
        ),
    ),
    "too-many-digits": _cell(
        "超过 15 位有效数字，作为数值发布会失真。",
        "has more than 15 significant digits, which a number can't keep.",
        (
            "编号请把类型改为 string；测量值请保留 15 位以内。",
            "Make a code's type string; round a measurement to 15 digits.",
        ),
    ),
    "out-of-range": _cell(
        "超出了可以保存的数值范围。",
        "is beyond the numbers that can be kept.",
        ("编号请把类型改为 string；其余请核对数值。", "Make a code's type string; else check the number."),
    ),
}

CONSTRAINTS: dict[str, Wording] = {
    "required-value": _row(
        ("第 {number} 行“{field}”列没有值，但该列必填。", "Row {number}: '{field}' is empty, but required."),
        ("请补上该值；确实可以为空的，从条目中删去 required。", "Fill it in, or drop `required` if it may be empty."),
    ),
    "pattern-value": _cell("不符合格式 {limit}。", "does not match {limit}.", ("{near}", "{near_en}")),
    "enum-value": _cell(
        "不在允许的取值之中：{limit}。",
        "is none of: {limit}.",
        ("请改正该值；取值有新增的，补进条目的 enum。", "Mend it, or add the new value to `enum`."),
    ),
    "minimum-value": _cell("小于最小值 {limit}。", "is below the minimum {limit}.", EXPORT),
    "maximum-value": _cell("大于最大值 {limit}。", "is above the maximum {limit}.", EXPORT),
    "short-value": _cell("少于 {limit} 个字符。", "is shorter than {limit} characters.", EXPORT),
    "long-value": _cell("多于 {limit} 个字符。", "is longer than {limit} characters.", EXPORT),
    "unique-value": _cell(
        "与第 {first} 行重复，但该列的值不得重复。",
        "also stands in row {first}, but must be unique.",
        ("请核对是否重复登记，删去或改正其中一行。", "Look for a double record and remove or mend one of them."),
    ),
    "primary-key": _row(
        (
            "第 {number} 行的主键（{field}）“{value}”与第 {first} 行重复。",
            "Row {number}: the key ({field}) '{value}' also stands in row {first}.",
        ),
        (
            "请删去重复的记录；若本来就会重复，请在条目中改用能唯一确定一行的列作 primaryKey。",
            "Remove the double record, or choose columns for primaryKey that tell rows apart.",
        ),
    ),
    "primary-key-empty": _row(
        ("第 {number} 行的主键（{field}）没有值。", "Row {number}: the key ({field}) is empty."),
        ("主键须逐行填写。", "Every row needs its key."),
    ),
    "foreign-key": _row(
        (
            "第 {number} 行“{field}”的值“{value}”在 {target} 的“{target_field}”中找不到。",
            "Row {number}, '{field}': '{value}' does not stand in '{target_field}' of {target}.",
        ),
        (
            "请核对代码；两份数据的年份版本不一致时，先更新被引用的数据。",
            "Check the code; if the two sets are of different years, update the other one first.",
        ),
    ),
}

QUALITY: dict[str, Wording] = {
    "empty-value": _row(
        ("“{field}”列有 {count} 个空值：第 {rows} 行。", "'{field}' has empty values ({count}): rows {rows}."),
        (
            "请补齐；确实没有值的，在条目 allow 中写明 rule: empty-value、field: {field} 和理由（理由向公众公开）。",
            "Fill them in, or write `allow` with rule empty-value, field {field} and a reason, which the public sees.",
        ),
    ),
    "pseudo-empty": _row(
        (
            "“{field}”列有 {count} 处用“{value}”之类的写法代替空值：第 {rows} 行。",
            "'{field}' has texts such as '{value}' in place of a value ({count}): rows {rows}.",
        ),
        (
            "请改成真实的值；表示“没有值”的写法请列入 schema 的 missingValues，是代码的请在 codes 中解释。",
            "Give the value; list what stands for 'no value' under missingValues, and explain codes under codes.",
        ),
    ),
}

DECLARED: dict[str, Wording] = {
    "format-unusable": _row(
        (
            "“{field}”列的 format“{found}”不能用于 {type} 类型。",
            "'{found}' is no format for the type {type} ('{field}').",
        ),
        (
            "日期请用 %Y %m %d、时刻用 %H %M %S 组成，须能确定完整的日期；文字可用 email、uri、uuid。",
            "Build dates of %Y %m %d, times of %H %M %S, a whole date; text may be email, uri or uuid.",
        ),
    ),
    "constraint-unfit": _row(
        ("“{field}”列是 {type} 类型，不能用 {key} 约束。", "{key} can't be asked of '{field}', which is a {type}."),
        (
            "文字用 pattern、minLength、maxLength；数值和日期用 minimum、maximum。",
            "Text knows pattern, minLength and maxLength; numbers and dates know minimum and maximum.",
        ),
    ),
    "limit-unusable": _row(
        (
            "“{field}”列的 {key} 中“{found}”不是 {type} 类型的值。",
            "'{found}' in {key} of '{field}' is no value of type {type}.",
        ),
        ("请按该列的类型和 format 书写。", "Write it as the column's type and format ask."),
    ),
    "pattern-refused": _row(
        (
            "“{field}”列的 pattern“{found}”无法使用。",
            "The pattern '{found}' of '{field}' can't be used.",
        ),
        (
            "请用普通的正则表达式（RE2 语法），不用环视和反向引用。",
            "Use a plain regular expression (RE2), without look-around and back references.",
        ),
    ),
}

WORDING: dict[str, Wording] = {**HEADERS, **ROWS, **TYPES, **CONSTRAINTS, **QUALITY, **DECLARED}
