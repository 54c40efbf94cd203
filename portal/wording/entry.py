"""Words of the rules about catalogue entries and what they refer to."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

ENTRY: dict[str, Wording] = {
    "conditional-incomplete": Wording(
        Text("有条件开放的数据缺少：{labels}。", "Conditional data lack: {keys}."),
        Text("请写明开放条件、依据或风险、申请材料。", "State the conditions, their ground and what to apply with."),
    ),
    "not-open-ground": Wording(
        Text("不予开放的数据缺少：{labels}。", "Data that are not opened lack: {keys}."),
        Text("请写明法律、法规依据或限制事由。", "Cite the law or name the limit."),
    ),
    "unconditional-conditions": Wording(
        Text("无条件开放的数据不能有{labels}。", "Unconditional data can't have: {keys}."),
        Text("请删去；确需条件的，开放类型改为 conditional。", "Remove it, or set open_type to conditional."),
    ),
    "closed-data-in-git": Wording(
        Text("非无条件开放的数据文件“{file}”在仓库里。", "'{file}' is not unconditional and lies in the repository."),
        Text(
            "仓库内容人人可见：请移出文件；已经提交过的，联系平台管理员清除历史。",
            "Everything here is public: take the file out, and ask the operator to purge it from the history.",
        ),
    ),
    "data-type-mismatch": Wording(
        Text("写了 {present}，就要有 {wanted}。", "With '{present}' goes '{wanted}'."),
        Text(
            "数据集列出 files；接口填写 api（地址、文档、示例、对接记录）；两者不混用。",
            "A dataset lists files, an API has 'api' (endpoint, documentation, example, record); never both.",
        ),
    ),
    "static-reason": Wording(
        Text("静态数据没有说明（static_reason）。", "Static data don't say why (static_reason)."),
        Text("请写明何时起、为何不再更新。", "Say since when and why they are no longer updated."),
    ),
    "data-date-future": Wording(
        Text("数据日期 {found} 晚于今天（{today}）。", "The data date {found} lies after today ({today})."),
        Text("请填写数据所反映的日期，不是计划发布的日期。", "Give the day that the data speak for."),
    ),
    "temporal-reversed": Wording(
        Text("时间范围的起（{start}）晚于止（{end}）。", "The period begins ({start}) after it ends ({end})."),
        Text("请对调或改正。", "Swap or correct them."),
    ),
    "record-future": Wording(
        Text("记录的日期 {found} 晚于今天（{today}）。", "The record's date {found} lies after today ({today})."),
        Text("请填写实际日期。", "Give the day on which it happened."),
    ),
    "type-history": Wording(
        Text(
            "开放类型调整记录的最后一条是“{last}”，与现在的“{present}”不符。",
            "The last recorded open type is '{last}', the present one '{present}'.",
        ),
        Text("调整开放类型时请同时补上记录（日期、理由、文号）。", "Record the change: date, ground, document."),
    ),
    "update-too-slow": Wording(
        Text(
            "数据{arises}产生，却{update}更新。",
            "The data arise more often ({arises}) than they are updated ({update}).",
        ),
        Text(
            "更新频率应与数据产生频率相当；确有原因的，用 allow 写明。",
            "Update as often, or give the reason under allow.",
        ),
    ),
    "allow-unknown-rule": Wording(
        Text("豁免了不存在的规则“{found}”。", "The exception names an unknown rule, '{found}'."),
        Text("请照抄报告中方括号里的规则名。", "Copy the name that a report shows in brackets."),
    ),
    "allow-unknown-field": Wording(
        Text("豁免了不存在的列“{found}”。", "The exception names an unknown column, '{found}'."),
        Text("请改成本数据集的列名。", "Use a column name of this set."),
    ),
    "allow-impossible": Wording(
        Text("规则“{rule}”不能豁免。", "The rule '{rule}' knows no exception."),
        Text("请改正所指的问题，并删去这条豁免。", "Mend the problem itself and remove the exception."),
    ),
    "allow-expired": Wording(
        Text("对“{rule}”的豁免已于 {until} 到期。", "The exception to '{rule}' ran out on {until}."),
        Text("请改正数据；仍有必要的，重新论证后延长。", "Mend the data, or argue the case again and prolong it."),
    ),
    "allow-unused": Wording(
        Text("对“{rule}”的豁免已不需要。", "The exception to '{rule}' is no longer needed."),
        Text("请删去。", "Remove it."),
    ),
}

SCHEMA: dict[str, Wording] = {
    "file-path": Wording(
        Text("文件路径“{found}”不在本部门的目录内。", "The path '{found}' leads out of the department's folder."),
        Text("请写 datasets/{department}/ 之下的相对路径，不含“..”。", "Give a path below datasets/{department}/."),
    ),
    "file-twice": Wording(
        Text("文件“{found}”列了两次。", "'{found}' is listed twice."),
        Text("请删去一处；取不同工作表时写明 sheet。", "Remove one, or name different sheets."),
    ),
    "schema-missing": Wording(
        Text("文件“{file}”没有表结构（schema）。", "'{file}' has no schema."),
        Text("请逐列写明；与上一文件同结构的写 append: true。", "Describe its columns, or say append: true."),
    ),
    "append-schema": Wording(
        Text("续接文件“{file}”不应再写表结构。", "'{file}' is appended and can't have a schema of its own."),
        Text("请删去 schema（沿用上一文件），或去掉 append。", "Remove the schema, or 'append'."),
    ),
    "table-name": Wording(
        Text("表名“{found}”不能用在网址里。", "The table name '{found}' can't stand in an address."),
        Text(
            "请填写 name：小写字母、数字和连字符，不用 datapackage、quality、v。",
            "Give 'name': small letters, digits, hyphens; not datapackage, quality or v.",
        ),
    ),
    "column-twice": Wording(
        Text("列名“{found}”与“{first}”重复。", "The column '{found}' repeats '{first}'."),
        Text("列名须各不相同（不区分大小写）；请连同数据文件表头一起改。", "Names must differ in more than case."),
    ),
    "primary-key-column": Wording(
        Text("主键中的列“{found}”不在表“{table}”里。", "The key column '{found}' is not in table '{table}'."),
        Text("请改成表中的列名。", "Use a column of the table."),
    ),
    "coordinate-system": Wording(
        Text("列“{column}”是坐标，但没有写坐标系。", "'{column}' holds coordinates, but no system is given."),
        Text("请填写 coordinate_system：WGS-84、CGCS2000 或 GCJ-02。", "Give coordinate_system."),
    ),
    "view-incomplete": Wording(
        Text("图表（{kind}）缺少：{keys}。", "The {kind} view lacks: {keys}."),
        Text("柱形图写 group，折线图写 x 和 value，地图写 longitude 和 latitude。", "Add them."),
    ),
    "view-column": Wording(
        Text("图表用了不存在的列“{found}”。", "A view names an unknown column, '{found}'."),
        Text("请改成本数据集的列名；计数写 count。", "Use a column of this set, or count."),
    ),
    "view-type": Wording(
        Text(
            "图表的 {key} 用了列“{column}”，它的类型是 {type}，画不出来。",
            "A view takes '{column}' as its {key}, but that column is a {type}.",
        ),
        Text(
            "value、longitude、latitude 要用 integer 或 number 列，x 要用日期、年份或数值列；否则先改列的类型。",
            "Measures and coordinates are integer or number columns, x a time or a number; or mend the column's type.",
        ),
    ),
}

LINKS: dict[str, Wording] = {
    "jurisdiction-unknown": Wording(
        Text("行政层级“{found}”不在平台名单中。", "The level of government '{found}' is not on the portal's list."),
        Text("可选：{choices}（见 catalog/portal.yml）。", "Choose one of: {choices} (catalog/portal.yml)."),
    ),
    "owners-outdated": Wording(
        Text("CODEOWNERS 与 catalog/ 中的 owners 不一致。", "CODEOWNERS does not say what `owners` in catalog/ say."),
        Text(
            "请运行 .venv/bin/python build.py owners，再提交生成的文件；不要手改。",
            "Run .venv/bin/python build.py owners and commit the file; do not edit it by hand.",
        ),
    ),
    "department-jurisdiction": Wording(
        Text(
            "部门的行政层级“{found}”不在平台名单中。", "The department's level '{found}' is not on the portal's list."
        ),
        Text("可选：{choices}（见 catalog/portal.yml）。", "Choose one of: {choices} (catalog/portal.yml)."),
    ),
    "domain-unknown": Wording(
        Text("没有编号为“{found}”的数据领域。", "There is no domain '{found}'."),
        Text("可选：{choices}（见 catalog/domains.yml）。", "Choose one of: {choices_en} (catalog/domains.yml)."),
    ),
    "alias-name": Wording(
        Text("旧编号“{found}”写法不对。", "'{found}' is not how an id is written."),
        Text("小写字母、数字和连字符。", "Use small letters, digits and hyphens."),
    ),
    "dataset-unknown": Wording(
        Text("没有可以关联的数据集“{found}”。", "There is no dataset '{found}' to relate to."),
        Text("请填写另一个数据集的编号（即其文件名）。", "Give the id (file name) of another dataset."),
    ),
    "relation-column": Wording(
        Text("数据集“{dataset}”没有列“{column}”。", "The dataset '{dataset}' has no column '{column}'."),
        Text("fields 左边写本表的列，右边写对方的列。", "Left is this set's column, right the other's."),
    ),
    "foreign-key-table": Wording(
        Text("外键指向的表“{found}”不存在。", "The table '{found}' that a foreign key points to does not exist."),
        Text(
            'resource 写同一条目的表名，或“数据集/表名”；指向本表写 ""。',
            "'resource' is a table of this entry or 'dataset/table'; \"\" means this table.",
        ),
    ),
    "foreign-key-column": Wording(
        Text(
            "外键用到的列“{found}”不在表“{table}”里。",
            "The column '{found}' of a foreign key is not in table '{table}'.",
        ),
        Text("请改成表中的列名。", "Use a column of the table."),
    ),
    "foreign-key-count": Wording(
        Text("外键两边的列数不同：{here} 对 {there}。", "A foreign key joins {here} to {there}: not the same number."),
        Text("两边的列须一一对应。", "Pair the columns."),
    ),
    "duplicate-id": Wording(
        Text("编号“{id}”已被 {other} 使用。", "The id '{id}' is taken by {other}."),
        Text("编号在全市唯一，请换一个文件名；旧编号也不得重复。", "Ids are unique in the city: rename the file."),
    ),
    "duplicate-table": Wording(
        Text(
            "表名“{table}”在本部门已被 {other} 使用。",
            "The table name '{table}' is taken in this department by {other}.",
        ),
        Text("请给这个文件另写 name。", "Give this file another 'name'."),
    ),
    "duplicate-domain": Wording(
        Text("数据领域“{id}”写了两次。", "The domain '{id}' is given twice."),
        Text("请合并。", "Keep one."),
    ),
    "duplicate-term": Wording(
        Text("术语“{term}”解释了两次。", "The term '{term}' is explained twice."),
        Text("请合并成一条。", "Keep one."),
    ),
    "tombstone-reused": Wording(
        Text("编号“{id}”的数据集已于 {date} 撤回，不得再用。", "The dataset '{id}' was withdrawn on {date}."),
        Text(
            "请换一个编号；确要恢复的，由主管部门处理撤回记录。",
            "Choose another id; only the authority can restore it.",
        ),
    ),
    "basis-not-in-force": Wording(
        Text(
            "今天不在《{title}》的有效期内（{start} 至 {end}），或其尚为征求意见稿。",
            "Today lies outside the term of the basis ({start} to {end}), or it is a draft.",
        ),
        Text(
            "请确认现行依据，更新城市规则文件；网站会显示提示。", "Find out what is in force; the site shows a notice."
        ),
    ),
    "provider-code": Wording(
        Text("“{name}”没有统一社会信用代码（code）。", "'{name}' has no unified social credit code."),
        Text("请在 department.yml 中补上 18 位代码。", "Add the 18 characters in department.yml."),
    ),
}

WORDING: dict[str, Wording] = {**ENTRY, **SCHEMA, **LINKS}
