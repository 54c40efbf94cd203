"""The four forms of a declared rule (`checks` of a schema): which one it takes, what it reads, how people read it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from portal.casting import is_value
from portal.checks.rows.compare import KINDS, SIGNS
from portal.tableschema import Column, RowCheck, TableSchema

DATA_DATE = "data_date"
PART = {"date": 10, "datetime": 10, "yearmonth": 7, "year": 4}
"""Characters of the data date that a column of this type is compared with."""


def names_of(check: RowCheck) -> tuple[str, ...]:
    """The columns that a rule reads, the first being where a finding stands."""
    single = [check.left, check.right]
    condition = [check.when.column] if check.when else []
    lists = (*check.sum, *check.given, *check.empty, *check.key, *check.determines, *condition)
    return tuple(dict.fromkeys((*(name for name in single if name), *lists)))


def unfit(check: RowCheck, schema: TableSchema) -> str | None:
    """Why a rule can't be judged (a key of `portal.wording.quality.UNFIT`); None where it can."""
    columns = {column.name: column for column in schema.fields}
    if form_of(check) is None:
        return "form"
    if any(name not in columns for name in names_of(check)):
        return "column"
    if check.when and not all(is_value(columns[check.when.column], text) for text in check.when.values):
        return "value"
    return _incomparable(check, columns) if check.left else None


def form_of(check: RowCheck) -> str | None:
    """compare, given, empty or depends; None where a rule mixes them or lacks a part."""
    rights = [part for part in (check.right, check.value, check.sum) if part]
    parts = {
        "compare": bool(check.left or check.op or rights),
        "given": bool(check.given),
        "empty": bool(check.empty),
        "depends": bool(check.key or check.determines),
    }
    asked = [form for form, there in parts.items() if there]
    whole = {
        "compare": bool(check.left and check.op) and len(rights) == 1,
        "given": check.when is not None,
        "empty": check.when is not None,
        "depends": bool(check.key and check.determines) and check.when is None,
    }
    slack = check.tolerance is None or bool(check.sum and check.op == "=")
    return asked[0] if len(asked) == 1 and whole[asked[0]] and slack else None


def sentence(check: RowCheck) -> str:
    """The rule as people read it: `开始日期 ≤ 结束日期`."""
    condition = f"{check.when.column}为“{'、'.join(check.when.values)}”时，" if check.when else ""
    if check.determines:
        return f"同一{'、'.join(check.key)}只对应一个{'、'.join(check.determines)}"
    if check.given:
        return f"{condition}{'、'.join(check.given)}必须有值"
    if check.empty:
        return f"{condition}{'、'.join(check.empty)}必须为空"
    right = "数据日期" if check.value == DATA_DATE else check.right or check.value or " + ".join(check.sum)
    slack = f"（允许相差 {check.tolerance}）" if check.tolerance else ""
    return f"{condition}{check.left} {SIGNS[check.op or '=']} {right}{slack}"


def _incomparable(check: RowCheck, columns: Mapping[str, Column]) -> str | None:
    left = columns[check.left or ""]
    kind = KINDS[left.type]
    others = [columns[name] for name in (check.right, *check.sum) if name]
    if any(KINDS[other.type] != kind for other in others) or (check.sum and kind != "number"):
        return "types"
    if kind == "text" and check.op not in ("=", "!="):
        return "types"
    if check.value == DATA_DATE:
        return None if left.type in PART else "types"
    if check.value is not None and not is_value(left, check.value):
        return "value"
    return "value" if check.tolerance is not None and not _is_amount(check.tolerance) else None


def _is_amount(text: str) -> bool:
    try:
        return Decimal(text) >= 0
    except ArithmeticError:
        return False
