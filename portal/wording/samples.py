"""Words of the rules about samples of conditional data (SMP)."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

DRAW = Text(
    "请按全量数据重新抽取样本；概况有误的，请更正 sample.profile。",
    "Draw the sample anew from the whole; where the profile is wrong, mend sample.profile.",
)

WORDING: dict[str, Wording] = {
    "sample-not-provided": Wording(
        Text(
            "只有本市规定允许时，有条件开放的数据才可以公布样本；这里不可以。",
            "A sample is published of conditional data only, and only where the city's rules provide for it.",
        ),
        Text("请删去 sample 和样本文件。", "Remove `sample` and its file."),
    ),
    "sample-table": Wording(
        Text(
            "不知道样本取自哪张表：“{table}”不是本条目的表，或表结构没有写明。",
            "It is not clear which table the sample is drawn from: '{table}' is none of this entry, or has no schema.",
        ),
        Text("请写明 sample.table，并为全量数据写明 schema。", "Give sample.table, and a schema for the whole data."),
    ),
    "sample-name": Wording(
        Text(
            "表名“{table}”要留给 {other} 的样本：样本与本部门的其他表在同一个库里，就叫这个名字。",
            "The table name '{table}' belongs to the sample of {other}, which lies in the department's database, too.",
        ),
        Text("请给这个文件另写 name。", "Give this file another 'name'."),
    ),
    "sample-review": Wording(
        Text(
            "样本现在的内容没有通过审查的记录；样本也是公开的数据。",
            "Nobody has reviewed the sample as it stands and passed it; a sample is public, too.",
        ),
        Text(
            "请由审查岗位审查后记录：.venv/bin/python build.py review {dataset} --kind sample --by 审查岗位的名称",
            "Have it reviewed, then run: .venv/bin/python build.py review {dataset} --kind sample --by OFFICE",
        ),
    ),
    "sample-too-large": Wording(
        Text(
            "样本有 {rows} 行，全量 {total} 行；样本最多 {most} 行（不超过全量的 {percent}%）。",
            "The sample has {rows} rows of {total}; it may have {most} (at most {percent} % of the whole).",
        ),
        Text("请少抽一些。", "Draw fewer rows."),
    ),
    "sample-profile-missing": Wording(
        Text(
            "全量概况没有写这些列：{fields}；样本无法核对。",
            "The profile of the whole says nothing of: {fields}; the sample can't be held against it.",
        ),
        Text(
            "请在 sample.profile 中为每一列写上空值比例、不同值个数、最小最大值或各值比例。",
            "Give each column its share of missing cells, distinct values, range or shares in sample.profile.",
        ),
    ),
    "sample-profile-unknown": Wording(
        Text("全量概况写到的“{field}”不是样本的列。", "The profile speaks of '{field}', which is no column."),
        Text("请改成列名，或删去。", "Use the column's name, or take it out."),
    ),
    "sample-foreign": Wording(
        Text(
            "样本“{field}”列的 {rows} 行中有 {count} 行的值，按概况在全量数据中不可能有。",
            "In {count} of {rows} rows the sample's '{field}' has a value that the whole can't have by its profile.",
        ),
        DRAW,
    ),
    "sample-distinct": Wording(
        Text(
            "样本“{field}”列有 {found} 个不同的值，概况说全量数据只有 {told} 个。",
            "The sample's '{field}' has {found} distinct values; the profile says that the whole has {told}.",
        ),
        DRAW,
    ),
    "sample-unlike": Wording(
        Text(
            "样本“{field}”列的“{what}”是 {found}，全量数据是 {told}，相差过大，不能真实反映全量。",
            "In the sample's '{field}' {what_en} is {found} where the whole has {told}: too far off.",
        ),
        DRAW,
    ),
}
