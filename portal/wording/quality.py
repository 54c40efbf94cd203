"""Words of the rules about quality beyond single cells: cross-field rules, plausibility, look-alikes, references,
series (QLT-1, QLT-3, REL-1), and the reasons of the scores (QLT-4).
"""

from __future__ import annotations

from portal.wording.shape import Text, Wording

DIFFERENCES: dict[str, Text] = {
    "blanks": Text("空格", "blanks"),
    "width": Text("全角半角", "full and half width"),
    "case": Text("大小写", "capital letters"),
    "characters": Text("繁体简体", "traditional and simplified characters"),
    "marks": Text("标点", "punctuation"),
}
"""What tells two spellings of one thing apart (checks/rows/spelling.py)."""

UNFIT: dict[str, Text] = {
    "form": Text(
        "写法不完整或混用了几种写法：应为 left、op 加 right、value、sum 之一，或 when 加 given、empty 之一，"
        "或 key 加 determines",
        "it must be left and op with one of right, value, sum; or when with given or empty; or key with determines",
    ),
    "column": Text("用了表中没有的列", "it names a column that the table lacks"),
    "types": Text(
        "两边的类型不能比较：数值比数值，日期比日期，文字只能比相等，data_date 只能比日期",
        "the types can't be compared: numbers with numbers, days with days; texts know only = and !=",
    ),
    "value": Text("写明的值不是该列类型的值", "a value in it is none of its column's type"),
}
"""Why a declared rule can't be judged (checks/rows/forms.py)."""


def _row(message: tuple[str, str], advice: tuple[str, str]) -> Wording:
    return Wording(Text(*message), Text(*advice))


_SOURCE = ("请与数据来源核对后改正，再重新导出。", "Check with the source, mend it there and export again.")
_REASON_ZH = "确实如此的，在条目 allow 中写明 rule: {rule}、field: {field} 和理由（理由向公众公开）。"
_REASON_EN = "If it is right, write `allow` with rule {rule}, field {field} and a reason, which the public sees."


def _plausible(rule: str, zh: str, en: str, advice: tuple[str, str]) -> Wording:
    """A rule about a column, with the first rows and the number of them."""
    reason = [text.replace("{rule}", rule) for text in (_REASON_ZH, _REASON_EN)]
    return _row(
        (
            f"“{{field}}”列有 {{count}} 个值{zh}，如“{{value}}”：第 {{rows}} 行。",
            f"'{{field}}' has values ({{count}}) {en}, such as '{{value}}': rows {{rows}}.",
        ),
        (f"{advice[0]}{reason[0]}", f"{advice[1]} {reason[1]}"),
    )


ROWS: dict[str, Wording] = {
    "row-check": _row(
        (
            "第 {number} 行不符合核对规则“{limit}”{note}：{found}。",
            "Row {number} breaks the rule '{limit}'{note}: {found}.",
        ),
        (
            "请与数据来源核对后改正；规则本身不对的，修改条目 schema 的 checks。",
            "Mend it at the source; if the rule is wrong, change `checks` in the entry's schema.",
        ),
    ),
    "code-name": _row(
        (
            "第 {number} 行“{key}”的“{field}”是“{value}”，第 {first} 行却是“{other}”（规则：{limit}）{note}。",
            "Row {number}: '{field}' of '{key}' is '{value}', but '{other}' in row {first} (rule: {limit}){note}.",
        ),
        (
            "请统一写法；确有先后更名的，补上起止日期列并把它加进规则的 key。",
            "Make them one; where a name changed over time, add the dates as columns and to the rule's `key`.",
        ),
    ),
    "near-duplicate": _row(
        (
            "第 {number} 行“{field}”的“{value}”与第 {first} 行的“{other}”只差{how}，其余应当唯一的内容相同。",
            "Row {number}, '{field}': '{value}' and '{other}' in row {first} differ only in {how_en}.",
        ),
        (
            "这是同一条记录：请删去重复的一行，并去掉多余的空格、统一为半角。",
            "It is one record: remove one of them, take off blanks and write plain characters.",
        ),
    ),
    "look-alike": _row(
        (
            "第 {number} 行“{field}”的“{value}”与第 {first} 行的“{other}”只差{how}，疑为同一条记录。",
            "Row {number}, '{field}': '{value}' and '{other}' in row {first} differ only in {how_en}; one record?",
        ),
        (
            "请核对：同一条的删去一行；确属不同的，在条目 allow 中写明 rule: look-alike、field: {field} 和理由。",
            "Remove one if they are one; if not, write `allow` with rule look-alike, field {field} and a reason.",
        ),
    ),
    "spelling-variants": _row(
        (
            (
                "“{field}”列有 {count} 种写法疑与另一种相同，如“{value}”（{own_count} 处）"
                "与“{usual}”（{usual_count} 处）只差{how}：第 {rows} 行。"
            ),
            (
                "'{field}' has texts that may be other spellings ({count}), such as '{value}' ({own_count}) "
                "and '{usual}' ({usual_count}), which differ in {how_en}: rows {rows}."
            ),
        ),
        (
            "请统一写法；确属不同事物的，在条目 allow 中写明 rule: spelling-variants、field: {field} 和理由。",
            (
                "Spell it one way; if they are different things, write `allow` with rule spelling-variants, "
                "field {field} and a reason."
            ),
        ),
    ),
    "date-future": _plausible(
        "date-future",
        "晚于数据所及的最后一天（{limit}）",
        "after the last day that the data speak for ({limit})",
        (
            "请核对日期；数据含计划、预报的，把条目的 temporal.to 写到最后一天。",
            "Check the dates; if they are plans or forecasts, let `temporal.to` of the entry reach so far.",
        ),
    ),
    "percent-range": _plausible(
        "percent-range",
        "不在 {limit} 之间，而该列看来是百分比",
        "beyond {limit} in what looks like per cent",
        ("请核对数值和单位（unit）。", "Check the values and the unit."),
    ),
    "coordinate-range": _plausible(
        "coordinate-range",
        "在{limit}之外",
        "outside {limit}",
        (
            "请核对坐标和坐标系，以及条目的地域范围（spatial）。",
            "Check the coordinates, their system, and `spatial` of the entry.",
        ),
    ),
    "coordinate-swapped": _plausible(
        "coordinate-swapped",
        "看来把经度和纬度写反了（互换后才在{limit}之内）",
        "in which longitude and latitude are swapped (the other way round they lie in {limit})",
        ("请对调这些行的经度和纬度。", "Swap longitude and latitude in these rows."),
    ),
    "code-unknown": _plausible(
        "code-unknown",
        "不是有效的代码（{limit}）",
        "that are no valid code ({limit})",
        (
            "请与来源核对：多半是位数不对、丢了前导 0 或抄错了一位。",
            "Digits may be missing, lost or mistyped: check them.",
        ),
    ),
}

ENTRY: dict[str, Wording] = {
    "check-unusable": _row(
        ("第 {number} 条核对规则无法使用：{why}。", "Check number {number} can't be used: {why_en}."),
        (
            '写法如 {{left: 开始日期, op: "<=", right: 结束日期}}，见“字段说明”中的核对规则（checks）。',
            'Write it like {{left: start, op: "<=", right: end}}; see `checks` among the fields of an entry.',
        ),
    ),
    "series-split": _row(
        (
            "这个数据集与 {others} 名称只差{what}、数据项相同，像是一组拆开的数据。",
            "This set and {others} have the same columns and names that differ only in {what_en}: a series cut up.",
        ),
        (
            (
                "请合并为一个数据集（各文件写 append: true，并加上{what}列）；确需分开的，写明 part_of、merged_from "
                "或 relations，说明它们的关系。"
            ),
            (
                "Merge them (`append: true` for each file, and a column that says which); or declare `part_of`, "
                "`merged_from` or `relations`."
            ),
        ),
    ),
    "files-split": _row(
        (
            "文件 {files} 数据项相同，名称只差{what}，却分成了几张表。",
            "The files {files} have the same columns and names that differ only in {what_en}, but are several tables.",
        ),
        (
            "请只给第一个文件写 schema，其余写 append: true，合为一张表。",
            "Give only the first one a schema and write `append: true` for the others.",
        ),
    ),
}

REFERENCES: dict[str, Wording] = {
    "relation-coverage": _row(
        (
            (
                "与 {other} 的关联（{pairs}）只覆盖 {share}% 的行（{matched}/{rows}），低于 {bound}%；"
                "对不上的有：{missing}。"
            ),
            (
                "The relation to {other} ({pairs}) holds for {share}% of the rows ({matched}/{rows}), below {bound}%; "
                "not found: {missing}."
            ),
        ),
        (
            "请核对代码和对应列；版本不同的，先更新被关联的数据集；本来就只有部分对应的，在该关联中写明 coverage。",
            "Check codes and columns; update the other set first; where only a part relates, state `coverage`.",
        ),
    ),
    "reference-unverifiable": _row(
        (
            "与 {other} 的引用（{pairs}）无法核对：对方的数据不公开，不在这个仓库里。",
            "The reference to {other} ({pairs}) can't be verified: its data are not public and not in this repository.",
        ),
        (
            "请在本单位内核对后，在该关联的 note 中写明核对的日期和结果。",
            "Verify it inside your office and say in the note of the relation when and with what result.",
        ),
    ),
}

WORDING: dict[str, Wording] = {**ROWS, **ENTRY, **REFERENCES}


DIMENSIONS: dict[str, Text] = {
    "completeness": Text("完整性", "Completeness"),
    "accuracy": Text("准确性", "Accuracy"),
    "timeliness": Text("及时性", "Timeliness"),
    "consistency": Text("一致性", "Consistency"),
}
"""What is scored, in the order shown (QLT-4: WX-13¶1(1), SZd-17¶1(1), SH-16¶1; consistency: SYS-17¶1)."""

REASONS: dict[str, Text] = {
    "not-public": Text("数据不公开，内容不评分。", "The data are not public: their content is not scored."),
    "cells": Text(
        "共 {rows} 行 {columns} 列，{cells} 个单元格中有值的 {filled} 个。",
        "{rows} rows and {columns} columns; {filled} of {cells} cells have a value.",
    ),
    "exempted": Text(
        "空值在 {count} 个写明理由的列中：{fields}，共 {nulls} 个，已计入得分。",
        "Columns with a written reason for empty values: {count} ({fields}), {nulls} cells, counted in the score.",
    ),
    "no-exempted": Text("没有列被豁免空值检查。", "No column is excepted from the check of empty values."),
    "empty": Text("“{field}”列有 {count} 个空值。", "'{field}' has empty values: {count}."),
    "rows-more": Text(
        "上一版本 {before} 行，本版本 {rows} 行。", "The release before had {before} rows, this one {rows}."
    ),
    "rows-fewer": Text(
        "行数从上一版本的 {before} 降到 {rows}，更新说明没有解释，按减少的比例扣分。",
        "Rows fell from {before} to {rows} without a word in the release note: the share lost is taken off.",
    ),
    "rows-explained": Text(
        "行数从上一版本的 {before} 降到 {rows}，更新说明：{note}。",
        "Rows fell from {before} to {rows}; the release note says: {note}.",
    ),
    "rules": Text(
        "{filled} 个值逐一核对了类型和 {constraints} 项约束，没有错误才能发布。",
        "Type and {constraints} constraints were checked of each of {filled} values; errors can't be published.",
    ),
    "keyed": Text("每张表都有主键，没有重复的行。", "Every table has a primary key; no row stands twice."),
    "unkeyed": Text(
        "{tables} 没有主键，逐行比对，没有完全相同的行。",
        "{tables}: no primary key; rows were compared, none is double.",
    ),
    "finding": Text("提醒 {rule}：“{field}”列 {count} 处。", "Warning {rule}: '{field}', {count}."),
    "no-finding": Text("没有存疑的值。", "No value is in doubt."),
    "allowed": Text(
        "有 {count} 条写明理由的例外，见“例外”。", "Exceptions with a written reason: {count}, listed below."
    ),
    "checks": Text(
        "{count} 条核对规则逐行成立：{rules}。", "Rules across columns, held in every row: {count} ({rules})."
    ),
    "foreign": Text(
        "{count} 个外键的值都能在目标表找到。", "Foreign keys, all values found in the other table: {count}."
    ),
    "relation": Text(
        "与 {to} 的关联：{share}% 的行对得上（{matched}/{rows}）。",
        "Relation to {to}: {share}% of the rows are found ({matched}/{rows}).",
    ),
    "relation-back": Text(
        "与 {to} 共用代码：对方 {share}% 的行在本表中（{matched}/{rows}）。",
        "Key shared with {to}: {share}% of its rows are found here ({matched}/{rows}).",
    ),
    "relation-unscored": Text(
        "与 {to} 的关联：{share}% 的行对得上，这类关联不计分。",
        "Relation to {to}: {share}% of the rows are found; relations of this kind are not scored.",
    ),
    "relation-unverified": Text(
        "与 {to} 的关联无法核对：对方的数据不公开。", "The relation to {to} can't be verified: its data are not public."
    ),
    "nothing-related": Text(
        "没有声明核对规则、外键或可核对的关联，不评分。",
        "No rule across columns, foreign key or relation that could be checked is declared: not scored.",
    ),
    "on-time": Text("按更新频率应于 {due} 前更新，未逾期。", "Due by {due}; not overdue."),
    "late": Text(
        "应于 {due} 前更新，已晚 {days} 天（一个周期 {period} 天），按比例扣分。",
        "Due by {due}, {days} days late (a period has {period} days): taken off in proportion.",
    ),
    "static": Text("静态数据，不再更新，不评分。", "Static data, no longer updated: not scored."),
    "no-rhythm": Text("不定期更新，没有应更新日，不评分。", "Updated at no fixed rhythm, so never due: not scored."),
}
"""Why a dimension has its score (portal/quality.py)."""
