"""What people read beside the data: the data dictionary (数据字典, CAT-4) and a note on source and terms (POR-5)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from portal.facts import Download
from portal.model import Dataset, Table
from portal.tableschema import Column, FieldType
from portal.takeaway.package import Imprint

HEADER = ("数据表", "列名", "中文名称", "类型", "说明", "计量单位", "主键", "必填", "取值要求", "代码表")
TYPES: dict[FieldType, str] = {
    "string": "文本",
    "integer": "整数",
    "number": "数值",
    "boolean": "是否（true/false）",
    "date": "日期（YYYY-MM-DD）",
    "time": "时间",
    "datetime": "日期时间",
    "year": "年份",
    "yearmonth": "年月（YYYY-MM）",
}


def dictionary(dataset: Dataset) -> str:
    """数据字典.csv: a row per column of every table."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for table in dataset.tables:
        writer.writerows(_row(table, column) for column in table.table_schema.fields)
    return text.getvalue()


def _row(table: Table, column: Column) -> tuple[str, ...]:
    return (
        table.name,
        column.name,
        column.title,
        TYPES[column.type],
        column.description,
        column.unit or "",
        "是" if column.name in table.table_schema.primary_key else "",
        "是" if column.constraints.required else "",
        "；".join(_demands(column)),
        "；".join(f"{code}＝{meaning}" for code, meaning in (column.codes or {}).items()),
    )


def _demands(column: Column) -> list[str]:
    given = column.constraints
    told = {
        "不重复": given.unique or None,
        "格式 {}": given.pattern,
        "取值 {}": "、".join(given.enum) if given.enum else None,
        "不小于 {}": given.minimum,
        "不大于 {}": given.maximum,
        "至少 {} 字": given.min_length,
        "至多 {} 字": given.max_length,
    }
    return [words.format(value) for words, value in told.items() if value is not None]


def readme(dataset: Dataset, imprint: Imprint, downloads: Sequence[Download]) -> str:
    """README.txt: what this is, who made it, under which terms, and how to name it as a source."""
    source = dataset.source
    lines = [
        dataset.title,
        "",
        dataset.summary,
        "",
        f"发布部门：{imprint.department.name}",
        f"发布平台：{imprint.portal.name}",
        f"数据集页面：{imprint.address(dataset)}",
        f"数据日期：{dataset.data_date.isoformat()}",
        f"版本：{imprint.release}",
        f"许可：{dataset.licence.name}" + (f"（{dataset.licence.url}）" if dataset.licence.url else ""),
        f"来源：{source.upstream}" + (f"（{source.package}）" if source.package else ""),
    ]
    lines += [f"来源许可：{source.licence}"] if source.licence else []
    lines += [f"来源网址：{source.url}"] if source.url else []
    lines += [f"来源说明：{source.note}"] if source.note else []
    lines += [imprint.portal.demonstration] if imprint.portal.demonstration else []
    lines += [
        "",
        "使用本数据请注明来源，并请注明获取日期。引用格式（GB/T 7714）：",
        imprint.citation(dataset),
        "",
        "文件：",
    ]
    lines += [
        f"  {d.name}（{d.rows:,} 行，{d.bytes:,} 字节，SHA-256 {d.sha256}）" for d in downloads if d.format == "csv"
    ]
    lines += ["  数据字典.csv（各列的名称、类型、说明、单位和取值）", "  datapackage.json（机器可读的说明）", ""]
    return "\r\n".join(lines)
