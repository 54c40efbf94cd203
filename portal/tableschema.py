"""Frictionless Table Schema as we read it inside an entry (https://specs.frictionlessdata.io/table-schema/).

Only what a portal can keep in every format it offers is accepted; the rest is refused by name, not ignored.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator

from portal.shape import Shape, told

FieldType = Literal["string", "integer", "number", "boolean", "date", "time", "datetime", "year", "yearmonth"]


def _one_or_many(value: object) -> object:
    """Table Schema allows a bare name where a list of names is meant."""
    return [value] if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_one_or_many)]


class Constraints(Shape):
    """What every value of a field must satisfy."""

    required: bool = told(False, "必填", "不允许空值。", True)
    unique: bool = told(False, "唯一", "同一列中不得重复。", True)
    pattern: str | None = told(None, "格式", "整个值须匹配的正则表达式。", r"\d{12}")
    enum: tuple[str, ...] | None = told(None, "取值", "只允许列出的值。", ["是", "否"])
    minimum: str | None = told(None, "最小值", "含该值；按字段类型比较。", "0")
    maximum: str | None = told(None, "最大值", "含该值；按字段类型比较。", "100")
    min_length: int | None = told(None, "最短", "最少字符数。", 1, alias="minLength", ge=0)
    max_length: int | None = told(None, "最长", "最多字符数。", 200, alias="maxLength", ge=0)


class Column(Shape):
    """One data item (数据项): a column of the table."""

    name: str = told(..., "列名", "与数据文件表头完全一致。", "区划代码", min_length=1, max_length=100)
    title: str = told(..., "中文名称", "给人看的名称。", "统计用区划代码", min_length=1, max_length=60)
    title_en: str | None = told(None, "英文名称", "英文界面显示。", "Division code")
    type: FieldType = told("string", "类型", "代码、电话、长数字一律用 string。", "string")
    format: str | None = told(None, "类型格式", "日期等的写法，默认 ISO 8601。", "%Y%m%d")
    description: str = told(
        ..., "说明", "含义、口径、单位、取值来源；不要只重复名称。", "12 位统计用区划代码", min_length=1
    )
    unit: str | None = told(None, "计量单位", "数值的单位。", "人")
    codes: dict[str, str] | None = told(None, "代码表", "代码值及其含义。", {"1": "男", "2": "女"})
    source_ref: str | None = told(None, "目录来源", "在公共数据资源目录中的挂接编号（不公开）。", "ZY-0001/F03")
    constraints: Constraints = told(Constraints(), "约束", "每个值必须满足的条件。")


class Reference(Shape):
    """Where a foreign key points: a file of the same entry, or `<dataset>/<file>` of another one; '' is this file."""

    resource: str = told(..., "目标文件", "目标文件的 name；其他数据集写成 数据集/文件。", "suzhou-street-codes")
    fields: Names = told(..., "目标列", "目标文件中的列名。", ["区划代码"])


class ForeignKey(Shape):
    """Values of these columns must stand in another table."""

    fields: Names = told(..., "本表列", "列名或列名清单。", ["乡镇街道代码"])
    reference: Reference = told(..., "指向", "目标文件与列。")


class When(Shape):
    """The rows that a rule is about: those in which a column has one of these values."""

    column: str = told(..., "条件列", "列名。", "状态")
    values: Names = told(..., "条件值", "该列等于其中之一时才核对。", ["停业"], min_length=1)


class RowCheck(Shape):
    """A rule about several columns (QLT-1): a comparison, a sum, what must be given when, or what decides what.

    A row takes one of four forms: `left op right|value|sum`, `when given`, `when empty`, `key determines`.
    """

    left: str | None = told(None, "左边的列", "被比较的列。", "开始日期")
    op: Literal["<", "<=", "=", "!=", ">=", ">"] | None = told(None, "关系", "左边与右边应有的关系。", "<=")
    right: str | None = told(None, "右边的列", "同类的另一列。", "结束日期")
    value: str | None = told(None, "右边的值", "固定值；写 data_date 表示条目的数据日期。", "data_date")
    sum: Names = told((), "右边各列之和", "左边应等于（或不超过）这些列之和。", ["男", "女"])
    tolerance: str | None = told(None, "允许误差", "求和时允许相差多少，如四舍五入。", "0.1")
    when: When | None = told(None, "条件", "只核对符合条件的行。")
    given: Names = told((), "必须有值的列", "符合条件时不得为空。", ["停业日期"])
    empty: Names = told((), "必须为空的列", "符合条件时不得有值。", ["停业日期"])
    key: Names = told((), "决定方", "这些列的值相同时……", ["区划代码"])
    determines: Names = told((), "被决定方", "……这些列的值也必须相同。", ["区划名称"])
    note: str | None = told(None, "说明", "为什么应当如此，显示在问题之后。", "先批准后施工")


class TableSchema(Shape):
    """The schema of one data file."""

    fields: tuple[Column, ...] = told(..., "数据项", "按文件中的列序列出全部数据项。", min_length=1, max_length=200)
    primary_key: Names = told((), "主键", "能唯一确定一行的列。", ["区划代码"], alias="primaryKey")
    foreign_keys: tuple[ForeignKey, ...] = told((), "外键", "与其他表的引用关系。", alias="foreignKeys")
    missing_values: tuple[str, ...] = told(("",), "空值写法", "文件中表示“没有值”的写法。", [""], alias="missingValues")
    checks: tuple[RowCheck, ...] = told((), "核对规则", "列与列之间应有的关系，逐行核对。", max_length=50)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.fields)
