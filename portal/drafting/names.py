"""What the label of a column tells: that it holds codes, kinds, days, coordinates, or amounts in a unit.

A label only decides between readings that every value allows; by itself it makes no type.
"""

from __future__ import annotations

import re

CODE = re.compile(
    r"(代码|编码|编号|号码|证号|文号|车牌|牌照|区号|邮编|邮政编码|号段|电话|手机|传真|卡号|卡BIN|条码|电报码|行政区码|政区码"
    r"|(?<!数)码|(?<![序年月日周期])号)$|(?:^|[_\s-])(id|code|no|zip|zipcode|postcode|phone|tel|mobile|bin)$|[a-z]ID$|^ID$|^BIN$|^ICAO$|^IATA$",
    re.IGNORECASE,
)
"""Codes: digits in them are no amounts. 序号 and 年号 are none."""
KIND = re.compile(
    r"(类别|类型|种类|层级|等级|级别|级次|状态|标志|标识|性质|方式|性别|类|级|type|kind|level|status|flag|sex)$",
    re.IGNORECASE,
)
"""Kinds and states, often written as 1, 2, 3 with a meaning that only the department knows."""
YEAR = re.compile(r"(年份|年度|届别|^年|年)$|^year$|_year$", re.IGNORECASE)
DAY = re.compile(r"日期|时间|日$|(^|_)(date|day|time)$", re.IGNORECASE)
YES_NO = re.compile(r"^是否|^有无|^(is|has)_", re.IGNORECASE)
ID = re.compile(r"(编号|代码|编码|^序号|^id|_id|号|码|网址|域名)$|[a-z]ID$|^(ID|ICAO|code|no)$", re.IGNORECASE)
"""What a table's rows are told apart by, most often."""
COUNTED = re.compile(r"^(序号|行号|编?号|No\.?|年份?|年度|月份?|日期|时间|date|time|id)$", re.IGNORECASE)
"""Numbers that every table counts from one, and years: equal values say nothing."""
LONGITUDE = re.compile(r"经度|^(lon|lng|longitude)$", re.IGNORECASE)
LATITUDE = re.compile(r"纬度|^(lat|latitude)$", re.IGNORECASE)
AS_OF = re.compile(r"数据日期|统计(日期|时间|截止)|截[至止]|更新(日期|时间)|数据时间", re.IGNORECASE)
"""The day that the data speak for."""
BIRTH = re.compile(r"出生|生日|birth", re.IGNORECASE)
_BRACKETS = re.compile(r"^(?P<name>.+?)\s*[（(【\[](?P<unit>[^（）()【】\[\]]{1,12})[）)】\]]$")
_BEHIND = re.compile(r"^(?P<name>.+?)[_/／](?P<unit>[^_/／]{1,8})$")
_MEASURE = (
    "亿元|万元|千元|元|美元|人民币|亿人|万人|人次|人|户|个|家|所|条|件|辆|台|套|座|处|张|份|次|项|宗|万吨|吨|千克|公斤|克|毫克"
    "|平方公里|平方千米|平方米|公顷|万亩|亩|公里|千米|米|厘米|毫米|英尺|立方米|万立方米|升|毫升|万千瓦时|千瓦时|千瓦|兆瓦"
    "|摄氏度|度|分钟|小时|秒|天|日|月|年|岁|分|百分比|百分点|%|％|‰|℃|ppm|ppb|dB|km2|km²|km|m2|m²|㎡|m³|m3|mm|cm|m|kg|g|t|mg/L|μg/m3|μg/m³|mg/m3|mg/m³|kWh|MW|kW|hPa|MPa|km/h|m/s|ft"
)
_UNIT = re.compile(rf"(?:单位[：:]?)?\s*(?P<unit>(?:{_MEASURE})(?:[/每·](?:{_MEASURE}))?)")
_TAIL = re.compile(
    r"^(?P<name>.*[\u4e00-\u9fff])(?P<unit>ppm|ppb|ft|km|km2|kg|mm|cm|dB|kWh|分钟|小时|平方米|公顷|公里|万人|万元|亿元)$"
)


def unit_of(label: str) -> tuple[str, str | None]:
    """The label without its unit, and the unit: `面积（公顷）` is ("面积", "公顷")."""
    for shape in (_BRACKETS, _BEHIND):
        match = shape.match(label)
        told = _UNIT.fullmatch(match["unit"].strip()) if match else None
        if match and told:
            return match["name"], told["unit"]
    tail = _TAIL.match(label)
    return (tail["name"], tail["unit"]) if tail else (label, None)


def pairs(name: str) -> set[str]:
    """The overlapping pairs of a label's characters, by which two labels are alike."""
    return {name[place : place + 2].lower() for place in range(len(name) - 1)}
