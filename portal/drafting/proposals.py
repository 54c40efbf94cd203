"""What the data, the file's name and the department's other entries let us propose; nothing else is proposed.

Each proposal says where it comes from. What is not known stays None and is asked of a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from portal.catalogue import Reading
from portal.checks.shape import tables_of
from portal.drafting import names
from portal.drafting.shape import Looked, Seen
from portal.model import SLUG, DataFile, Department
from portal.wording.drafts import MARK

HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
STAMP = re.compile(r"[\s_\-—（(\[【]*(20\d{2}[-.年]?(?:\d{1,2}[-.月]?(?:\d{1,2}日?)?)?年?)[\s)）\]】]*$")
"""A date that ends a file's name: 公园名录20251231."""
TAKEN = frozenset({"datapackage", "v"})
MANY = 8
"""Columns that a summary names."""


@dataclass(frozen=True)
class Proposals:
    """Values for an entry; None where only a person knows. `…_from` says in Chinese where a value comes from."""

    title: str | None
    title_from: str
    summary: str
    domain: str | None
    data_date: str | None
    data_date_from: str
    latest: str | None
    temporal: tuple[str, str] | None
    temporal_from: str
    spatial: str | None
    licence: dict[str, str] | None
    licence_from: str


def propose(tables: Sequence[Looked], reading: Reading, department: Department, *, today: date) -> Proposals:
    """Everything that can be proposed for an entry of these tables."""
    period, column = _temporal(tables)
    as_of = _as_of(tables, today)
    spatial = _spatial(tables, reading, department)
    title, title_from = _title(tables[0], spatial, period)
    licence, licence_from = _licence(reading, department.id)
    latest = max((c.last[:10] for t in tables for c in t.columns if c.last and _is_time(c)), default=None)
    domains = {one.domain for one in reading.catalogue.datasets if one.department == department.id}
    return Proposals(
        title=title,
        title_from=title_from,
        summary=_summary(tables, title),
        domain=domains.pop() if len(domains) == 1 else None,
        data_date=as_of[0] if as_of else None,
        data_date_from=f"“{as_of[1]}”列最晚的日期，请核对" if as_of else "",
        latest=latest,
        temporal=period,
        temporal_from=column,
        spatial=spatial,
        licence=licence,
        licence_from=licence_from,
    )


def _is_time(column: Seen) -> bool:
    return column.kind in ("date", "datetime", "year", "yearmonth") and not names.BIRTH.search(column.name)


def _temporal(tables: Sequence[Looked]) -> tuple[tuple[str, str] | None, str]:
    """First and last day of the first column of days, months or years; those of a key come first."""
    found = [(column.name not in table.key, column) for table in tables for column in table.columns if _is_time(column)]
    for _, column in sorted(found, key=lambda one: one[0]):
        if column.first and column.last:
            return (_day(column.first, last=False), _day(column.last, last=True)), column.name
    return None, ""


def _day(text: str, *, last: bool) -> str:
    """A whole day: the first or last of a year or a month."""
    if len(text) == 4:
        return f"{text}-12-31" if last else f"{text}-01-01"
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        following = date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else None
        days = (following - date(year, month, 1)).days if following else 31
        return f"{text}-{days:02}" if last else f"{text}-01"
    return text[:10]


def _as_of(tables: Sequence[Looked], today: date) -> tuple[str, str] | None:
    """The day that a column itself calls the one of the data, and the column; none that is still to come."""
    for table in tables:
        for column in table.columns:
            if names.AS_OF.search(column.name) and column.kind in ("date", "datetime") and column.last:
                day = column.last[:10]
                return (day, column.name) if day <= today.isoformat() else None
    return None


def _spatial(tables: Sequence[Looked], reading: Reading, department: Department) -> str | None:
    """The department's level of government, if the file's name or some text column names it."""
    name = department.jurisdiction
    short = name[:-1] if len(name) > 2 and name[-1] in "省市县区" else name
    texts = [table.opened.source.stem for table in tables]
    texts += [value for table in tables for column in table.columns for value in column.values]
    known = {level.name for level in reading.catalogue.portal.jurisdictions}
    return name if name in known and any(short in text for text in texts) else None


def _title(table: Looked, spatial: str | None, period: tuple[str, str] | None) -> tuple[str | None, str]:
    """From the name of the file or sheet, where that is Chinese, with the place and the years that the data show.

    What neither shows is asked for (CAT-2: the name tells what, where and when).
    """
    stem, told = table.opened.source.stem, ["文件名"]
    if not HAN.search(stem) and table.opened.file.sheet:
        stem, told = table.opened.file.sheet, ["工作表名"]
    stamp = STAMP.search(stem)
    base = (stem[: stamp.start()] if stamp else stem).strip(" _-—")
    if not HAN.search(base) or len(base) > 60:
        return None, ""
    lacking = []
    if spatial and spatial[:-1] not in base:
        base, told = spatial + base, [*told, "数据中的地名"]
    elif not spatial:
        lacking.append("地域")
    years = _years(period) if period else (f"{stamp[1][:4]}年" if stamp else "")
    if years and not re.search(r"\d{4}", base):
        base, told = f"{base}（{years}）", [*told, "数据中的时间" if period else "文件名中的时间"]
    elif not years:
        lacking.append("时间")
    asked = f"{MARK}补上{'和'.join(lacking)}，不适用的不补" if lacking else ""
    return base + asked, f"取自{'、'.join(dict.fromkeys(told))}，请核对"


def _years(period: tuple[str, str]) -> str:
    first, last = period[0][:4], period[1][:4]
    return f"{first}年" if first == last else f"{first}—{last}年"


def _summary(tables: Sequence[Looked], title: str | None) -> str:
    """What can be seen: how many rows, and what they say. Never any value."""
    parts = []
    for table in tables:
        labels = [names.unit_of(column.name)[0] for column in table.columns]
        more = "等" if len(labels) > MANY else ""
        parts.append(f"{table.rows} 条，每条包括{'、'.join(labels[:MANY])}{more}")
    return f"{(title or '本数据集').partition(MARK)[0]}，共 {'；另有 '.join(parts)}。"[:400]


def _licence(reading: Reading, department: str) -> tuple[dict[str, str] | None, str]:
    """That of all other entries of the department, or the portal's own."""
    others = [one.licence for one in reading.catalogue.datasets if one.department == department]
    if others and all(one == others[0] for one in others):
        return others[0].model_dump(exclude_none=True), "与本部门其他条目相同，请核对"
    own = reading.catalogue.portal.licence
    return (own.model_dump(exclude_none=True), "平台的默认许可，请核对") if own and own.url else (None, "")


def table_names(files: Sequence[DataFile], reading: Reading, department: str, dataset: str) -> tuple[str, ...]:
    """The name of each table: the set's id, then those of the files where they can stand in an address and are free."""
    others = (one for one in reading.catalogue.datasets if one.department == department)
    taken = {table.name for one in others for _, table in tables_of(one)} | TAKEN
    found = [dataset]
    for number, file in enumerate(files[1:], start=2):
        own = default_name(file)
        fits = re.fullmatch(SLUG, own) is not None and own not in taken
        found.append(own if fits and own not in found else _free(dataset, number, {*taken, *found}))
    return tuple(found)


def default_name(file: DataFile) -> str:
    """What a later table is called if the entry gives it no name (portal/model.py)."""
    return file.path.rsplit("/", 1)[-1].split(".", 1)[0]


def _free(dataset: str, number: int, taken: set[str]) -> str:
    return next(name for name in (f"{dataset[:59]}-{one}" for one in count(number)) if name not in taken)
