r"""What a value can hardly be, though its type allows it (QLT-1「错值」); nothing needs to be declared for it.

Columns are told by type and title. A schema that says more (a pattern, an enumeration, both bounds) has the word, and
nothing is asked here. All of it is told of the column, with the first rows and the number; the city and the entry may
have reasons to differ (`allow`), so all but swapped coordinates and codes with a wrong check digit are warnings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from portal.casting import plain
from portal.checks.rows.compare import comparable
from portal.checks.rows.engine import missing
from portal.checks.rows.logic import Around, Logical, Values
from portal.checks.rows.screen import quoted
from portal.checks.rows.shape import Area, Layout
from portal.tableschema import Column

TO_COME = re.compile(
    "有效|到期|截止|届满|失效|终止|止日|期限|计划|预计|拟|预定|下次|下一|应(还|缴|付|于)|约定|目标|规划|结束|交付|完工"
)
"""Titles of days that may lie ahead."""
PERCENT = re.compile("百分比|百分率|占比|比重|率(（%）|\\(%\\))?$")
NO_PERCENT = re.compile(
    "汇率|利率|税率|费率|频率|功率|速率|斜率|曲率|倍率|分辨率|增长率|增速|增幅|变化率|变动率|增减率|收益率|回报率|"
    "抚养比|毛入学率|死亡率|出生率|自然增长|生育率|发病率|覆盖倍|周转率|负债率|杠杆率|完成率|达成率|偏差率|弹性|赔付率|换手率"
)
"""Shares that may pass 100 or lie below 0, or are told in thousandths."""
LONGITUDE = re.compile(r"经度|^(lon|lng|longitude)$", re.IGNORECASE)
LATITUDE = re.compile(r"纬度|^(lat|latitude)$", re.IGNORECASE)
DIVISION = re.compile("区划代码")
CREDIT = re.compile("统一社会信用代码|^社会信用代码")
PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
"""GB/T 2260: the first two digits of every division of the country."""
DIVISION_SHAPE = f"(?:{'|'.join(PROVINCES.split())})(?:\\d{{2}}|\\d{{4}}|\\d{{7}}|\\d{{10}})?"
"""2, 4, 6, 9 or 12 digits: province to village."""
SIGNS_31 = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
"""GB 32100: the 18th sign of a unified social credit code is a checksum modulo 31."""
CHINA = Area(73.0, 3.0, 136.0, 54.0, "中国")
WORLD = Area(-180.0, -90.0, 180.0, 90.0, "地球")

Maker = Callable[[Layout, int, Column, Around], Iterator[Logical]]


def plausible_rules(layout: Layout, around: Around) -> Iterator[Logical]:
    """The rules that the file's columns call for."""
    for place, column in enumerate(layout.columns):
        if column is not None:
            for make in MAKERS:
                yield from make(layout, place, column, around)
    yield from _pairs(layout, around)


def _future(layout: Layout, place: int, column: Column, around: Around) -> Iterator[Logical]:
    """A day after all that the data speak for, where the title does not speak of plans and terms."""
    if column.type not in ("date", "datetime") or column.constraints.maximum or _titled(TO_COME, column):
        return
    latest = around.latest.isoformat()
    test = f"{comparable(column, f'c{place}', by_day=column.type == 'datetime')} <= {quoted(latest)}"
    if column.type == "datetime" and column.format in (None, "default"):
        test = f"c{place} <= {quoted(f'{latest}T23:59:59')}"  # of one width, so texts compare as moments do
    yield _single(layout, place, "date-future", test, lambda v: plain(v)[:10] > latest, latest)


def _percent(layout: Layout, place: int, column: Column, _: Around) -> Iterator[Logical]:
    """A share below 0 or above 100."""
    if column.type not in ("number", "integer") or not _is_share(column) or _is_bounded(column):
        return
    test = f"try_cast(c{place} AS DOUBLE) BETWEEN 0 AND 100"
    yield _single(layout, place, "percent-range", test, lambda v: not 0 <= v <= 100, "0—100")


def _coordinate(layout: Layout, place: int, column: Column, around: Around) -> Iterator[Logical]:
    """A longitude or latitude that stands alone, outside the area that the entry speaks of."""
    area = around.area or CHINA
    sides = _sides(column, area)
    if sides is None or column.type not in ("number", "integer") or place in (_pair(layout) or ()):
        return
    low, high = sides
    test = f"try_cast(c{place} AS DOUBLE) BETWEEN {low!r} AND {high!r}"
    yield _single(layout, place, "coordinate-range", test, lambda v: not low <= v <= high, _named(area))


def _division(layout: Layout, place: int, column: Column, _: Around) -> Iterator[Logical]:
    """A division code of a length or province that does not exist."""
    if column.type == "string" and not _has_own(column) and _titled(DIVISION, column):
        shape = re.compile(DIVISION_SHAPE, re.ASCII)
        test = f"regexp_full_match(c{place}, {quoted(DIVISION_SHAPE)})"
        yield _single(layout, place, "code-unknown", test, lambda v: not shape.fullmatch(v), "GB/T 2260 行政区划代码")


def _credit(layout: Layout, place: int, column: Column, _: Around) -> Iterator[Logical]:
    """A unified social credit code whose check sign is wrong."""
    if column.type == "string" and _titled(CREDIT, column):
        cell = f"c{place}"
        parts = (
            f"(strpos({quoted(SIGNS_31)}, {cell}[{number + 1}]) - 1) * {weight}"
            for number, weight in enumerate(WEIGHTS)
        )
        test = (
            f"regexp_full_match({cell}, '[{SIGNS_31}]{{18}}') AND "
            f"(({' + '.join(parts)}) + strpos({quoted(SIGNS_31)}, {cell}[18]) - 1) % 31 = 0"
        )
        yield _single(layout, place, "code-unknown", test, lambda v: not is_credit_code(v), "GB 32100 校验位")


MAKERS: tuple[Maker, ...] = (_future, _percent, _coordinate, _division, _credit)


def _pairs(layout: Layout, around: Around) -> Iterator[Logical]:
    """A point outside the area; and one that lies in it once longitude and latitude change places."""
    area, places = around.area or CHINA, _pair(layout)
    if places is None:
        return

    def outside(values: Values) -> bool:
        return None not in values and not _inside(area, *values)

    def swapped(values: Values) -> bool:
        return outside(values) and area is not WORLD and _inside(area, *reversed(values))

    lon, lat = (f"c{place}" for place in places)
    x, y = (f"try_cast({cell} AS DOUBLE)" for cell in (lon, lat))
    gone = f"{missing(layout, lon)} OR {missing(layout, lat)}"
    there = f"{x} BETWEEN {area.west!r} AND {area.east!r} AND {y} BETWEEN {area.south!r} AND {area.north!r}"
    limit = (("limit", _named(area)),)
    yield Logical("coordinate-swapped", places, there, gone, swapped, limit, _point)
    yield Logical("coordinate-range", places, there, gone, lambda v: outside(v) and not swapped(v), limit, _point)


def is_credit_code(text: str) -> bool:
    """Whether the 18 signs of a unified social credit code agree (GB 32100-2015, modulus 31, weights 3^n)."""
    if len(text) != 18 or any(sign not in SIGNS_31 for sign in text):
        return False
    total = sum(SIGNS_31.index(sign) * weight for sign, weight in zip(text, WEIGHTS, strict=False))
    return (total + SIGNS_31.index(text[17])) % 31 == 0


def _single(layout: Layout, place: int, rule: str, test: str, broken: Callable[..., bool], limit: str) -> Logical:
    """A rule about one column; a missing value breaks nothing."""

    def is_broken(values: Values) -> bool:
        return values[0] is not None and broken(values[0])

    return Logical(rule, (place,), test, missing(layout, f"c{place}"), is_broken, (("limit", limit),))


def _titled(pattern: re.Pattern[str], column: Column) -> bool:
    return bool(pattern.search(column.title) or pattern.search(column.name))


def _is_share(column: Column) -> bool:
    if column.unit in ("%", "％"):
        return not _titled(NO_PERCENT, column)
    return column.unit is None and _titled(PERCENT, column) and not _titled(NO_PERCENT, column)


def _is_bounded(column: Column) -> bool:
    return column.constraints.minimum is not None and column.constraints.maximum is not None


def _has_own(column: Column) -> bool:
    """The schema says itself what its values look like."""
    asked = column.constraints
    return asked.pattern is not None or asked.enum is not None


def _sides(column: Column, area: Area) -> tuple[float, float] | None:
    """Between which degrees the column must lie, if it is a coordinate."""
    if _titled(LONGITUDE, column):
        return area.west, area.east
    return (area.south, area.north) if _titled(LATITUDE, column) else None


def _pair(layout: Layout) -> tuple[int, int] | None:
    """The longitude and the latitude of a table that has one of each, as numbers."""
    found = [
        [
            place
            for place, column in enumerate(layout.columns)
            if column and column.type == "number" and _titled(pattern, column)
        ]
        for pattern in (LONGITUDE, LATITUDE)
    ]
    return (found[0][0], found[1][0]) if len(found[0]) == len(found[1]) == 1 else None


def _inside(area: Area, x: Any, y: Any) -> bool:
    return bool(area.west <= x <= area.east and area.south <= y <= area.north)


def _point(values: Values) -> tuple[tuple[str, str], ...]:
    return (("value", "，".join(plain(value) for value in values)),)


def _named(area: Area) -> str:
    return f"{area.name}（东经 {area.west:g}—{area.east:g}，北纬 {area.south:g}—{area.north:g}）"
