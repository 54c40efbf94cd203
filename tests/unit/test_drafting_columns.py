"""What a column is taken for, and why: by every value of it, the label only where values allow both."""

from __future__ import annotations

from collections import Counter

import pytest

from portal.drafting.columns import look
from portal.drafting.names import unit_of
from portal.drafting.shape import Seen


def seen(label: str, *values: str) -> Seen:
    return look(label, Counter(values).items())


@pytest.mark.parametrize(
    ("label", "values", "kind", "form"),
    [
        ("人数", ["1", "20", "-3"], "integer", None),
        ("人数", ["1", "2.5"], "number", None),
        ("人数", ["1", "２"], "string", None),
        ("比例", ["0.5", "1e-3"], "number", None),
        ("编号", ["0001", "0002"], "string", None),
        ("甲", ["007", "12"], "string", None),
        ("邮政编码", ["215000", "215100"], "string", None),
        ("识别码数量", ["0", "7", "31"], "integer", None),
        ("序号", ["1", "2", "3"], "integer", None),
        ("层级", ["1", "2", "3"], "string", None),
        ("层级", ["1", "2", "1.5"], "number", None),
        ("企业", ["913205001234567890", "913205001234567891"], "string", None),
        ("年份", ["1999", "2025"], "year", None),
        ("年产量", ["1999", "2025"], "integer", None),
        ("年份", ["1", "2"], "integer", None),
        ("月份", ["2025-01", "2025-12"], "yearmonth", None),
        ("日期", ["2025-01-01", "2025-12-31"], "date", None),
        ("日期", ["2025-02-30"], "string", None),
        ("日期", ["2025/1/5", "2025/12/31"], "date", "%Y/%m/%d"),
        ("日期", ["2025年1月5日"], "date", "%Y年%m月%d日"),
        ("日期", ["2025.01.05"], "date", "%Y.%m.%d"),
        ("日期", ["20250105", "20251231"], "date", "%Y%m%d"),
        ("数量", ["20250105", "20251231"], "string", None),
        ("日期", ["2025/1/5", "2025-12-31"], "string", None),
        ("时间", ["2025-01-05 08:00:00"], "datetime", None),
        ("时间", ["2025/1/5 8:00"], "datetime", "%Y/%m/%d %H:%M"),
        ("时间", ["08:00:00"], "time", None),
        ("时间", ["8:00", "23:59"], "time", "%H:%M"),
        ("在用", ["true", "false"], "boolean", None),
        ("在用", ["0", "1"], "integer", None),
        ("空", ["", "—"], "string", None),
    ],
)
def test_kinds(label: str, values: list[str], kind: str, form: str | None) -> None:
    found = seen(label, *values)
    assert (found.kind, found.format) == (kind, form)


@pytest.mark.parametrize(
    ("label", "values", "pattern"),
    [
        ("区划代码", ["320505001002", "320505001003"], r"\d{12}"),
        ("邮编", ["21500", "215000"], r"\d{5,6}"),
        ("编号", ["0123", "012345", "01"], r"\d{2}|\d{4}|\d{6}"),
        ("电报码", ["KSH", "SZH"], "[A-Z]{3}"),
        ("车次", ["G-1234", "D-5678"], r"[A-Z]\-\d{4}"),
        ("网址", ["https://a.cn", "http://b.cn/x"], "https?://.+"),
        ("名称", ["东园", "西园"], None),
    ],
)
def test_patterns_say_no_more_than_the_values(label: str, values: list[str], pattern: str | None) -> None:
    assert seen(label, *values).pattern == pattern


def test_pseudo_nulls_are_no_values_but_有_and_无_are() -> None:
    amount = seen("面积", "1.5", "无", "—", "", "2")
    assert (amount.kind, amount.empty, amount.missing) == ("number", 3, ("—", "无"))
    lift = seen("电梯", *["有", "无"] * 10)
    assert (lift.values, lift.missing, lift.empty) == (("无", "有"), (), 0)


def test_few_values_that_come_back_are_a_list() -> None:
    assert seen("类别", *["公园", "绿地"] * 10).values == ("公园", "绿地")
    assert seen("名称", "东园", "西园", "北园").values == ()
    assert seen("层级", *["1", "2"] * 10).is_code


def test_what_is_not_plain_is_told() -> None:
    assert seen("日期", "2025/1/5", "2025-12-31").why[0] == "像日期，但写法不一或不完整"
    assert seen("月份", "2025年1月").why[0] == "像日期，但写法不一或不完整"
    assert "千分位" in seen("金额", "1,234.50", "12").why[0]
    assert "百分号" in seen("占比", "12.5%", "3%").why[0]
    assert seen("名称", "东园").why == ("", "")


def test_first_and_last_day() -> None:
    found = seen("日期", "2025/1/5", "2024/12/31")
    assert (found.first, found.last) == ("2024-12-31", "2025-01-05")
    years = seen("年份", "1999", "2025")
    assert (years.first, years.last) == ("1999", "2025")


@pytest.mark.parametrize(
    ("label", "name", "unit"),
    [
        ("面积（公顷）", "面积", "公顷"),
        ("GDP(亿元)", "GDP", "亿元"),
        ("人口_万人", "人口", "万人"),
        ("流量/立方米", "流量", "立方米"),
        ("CO2浓度ppm", "CO2浓度", "ppm"),
        ("浓度（μg/m³）", "浓度", "μg/m³"),
        ("单价（元/平方米）", "单价", "元/平方米"),
        ("名称（中文）", "名称（中文）", None),
        ("是否/有无", "是否/有无", None),
        ("编号", "编号", None),
    ],
)
def test_units_in_labels(label: str, name: str, unit: str | None) -> None:
    assert unit_of(label) == (name, unit)
