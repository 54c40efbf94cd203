"""The catalogue as a table: /catalog.csv, /catalog.xlsx, and each department's opening responsibility list (CAT-19).

`.excel.csv` is the same for Excel: with the mark by which it knows UTF-8, and an apostrophe before every cell that it
would take for a formula (titles are no trusted text). The plain CSV keeps every text as it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from portal import addresses
from portal.exports.public import formats, listed
from portal.facts import DatasetFacts
from portal.model import Catalogue, Dataset
from portal.moments import issued, modified
from portal.profile import Profile, load_profile
from portal.records import Contact
from portal.workbook import MAX_CHARACTERS, header_cell, length, letters, row_xml, text_cell, write_workbook

BOM = "\ufeff"
FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d ()+-]*$)")
"""How a cell begins that a spreadsheet computes; a telephone number such as +86 512 … is none."""
SIGNS = frozenset("=@\t\r+-")
"""What such a cell begins with, for a quick look: nearly none does."""
CUT = "……（超出单元格上限，全文见 catalog.csv）"
STATUS = {"published": "正常更新", "static": "静态数据，不再更新"}
REVIEWS = {"passed": "审查通过", "refused": "审查未通过"}
UNREVIEWED = "无审查记录"


@dataclass(frozen=True)
class Row:
    """What a row is made of."""

    dataset: Dataset
    facts: DatasetFacts | None
    catalogue: Catalogue
    profile: Profile
    departments: Mapping[str, str]
    domains: Mapping[str, str]
    contacts: Mapping[str, Contact]

    @property
    def page(self) -> str:
        """Its page, in full."""
        return self.catalogue.portal.url + addresses.dataset_page(self.dataset.id)


Cells = tuple[tuple[str, Callable[[Row], str]], ...]

BASE: Cells = (
    ("编号", lambda row: row.dataset.id),
    ("名称", lambda row: row.dataset.title),
    ("摘要", lambda row: row.dataset.summary),
    ("数据开放主体", lambda row: row.departments[row.dataset.department]),
    ("数据领域", lambda row: row.domains.get(row.dataset.domain, row.dataset.domain)),
    ("关键词", lambda row: "；".join(row.dataset.keywords)),
    ("开放类型", lambda row: row.profile.labels.open_type_name(row.dataset.open_type)),
    ("数据类型", lambda row: row.profile.labels.data_types[row.dataset.data_type]),
    ("更新频率", lambda row: row.profile.frequencies[row.dataset.update_frequency].label),
    ("状态", lambda row: STATUS[row.dataset.status]),
    ("数据日期", lambda row: row.dataset.data_date.isoformat()),
)
CATALOGUE: Cells = (
    *BASE,
    ("时间范围", lambda row: _period(row.dataset)),
    ("地域范围", lambda row: row.dataset.spatial or ""),
    ("行政层级", lambda row: row.dataset.jurisdiction),
    ("版本", lambda row: row.facts.release if row.facts and row.dataset.is_open else ""),
    ("行数", lambda row: str(row.facts.rows) if row.facts and row.dataset.is_open else ""),
    ("数据项", lambda row: "；".join(one.title for table in row.dataset.tables for one in table.table_schema.fields)),
    ("格式", lambda row: "；".join(formats(row.facts)) if row.facts else ""),
    ("许可", lambda row: row.dataset.licence.name),
    ("许可全文", lambda row: row.dataset.licence.url or ""),
    ("来源", lambda row: row.dataset.source.upstream),
    ("联系单位", lambda row: _contact(row).office),
    ("联系电话", lambda row: _contact(row).phone or ""),
    ("电子邮箱", lambda row: _contact(row).email or ""),
    ("开放日期", lambda row: _day(issued(row.dataset))),
    ("更新日期", lambda row: modified(row.dataset, row.facts).isoformat()),
    ("页面", lambda row: row.page),
)
DUTIES: Cells = (
    *BASE,
    ("开放类型依据", lambda row: row.dataset.open_ground or ""),
    ("数据级别", lambda row: row.dataset.level or ""),
    ("审查状态", lambda row: _review(row.dataset)),
    ("审查日期", lambda row: _day(max((one.date for one in row.dataset.reviews), default=None))),
    ("开放日期", lambda row: _day(issued(row.dataset))),
    ("下次评估", lambda row: _day(next((one.next for one in reversed(row.dataset.evaluations) if one.next), None))),
    ("页面", lambda row: row.page),
)
WIDTHS = {"名称": 44, "摘要": 60, "数据项": 60, "页面": 48, "关键词": 28, "来源": 40, "数据开放主体": 20}


def write_lists(catalogue: Catalogue, facts: Mapping[str, DatasetFacts], site: Path) -> None:
    """Write the tables of the catalogue below the site; the departments' folders are made where they lack."""
    rows = list(_rows(catalogue, facts))
    table = [[told(row) for _, told in CATALOGUE] for row in rows]
    labels = [label for label, _ in CATALOGUE]
    _csvs(site, addresses.catalogue_file, labels, table)
    _workbook(site / "catalog.xlsx", labels, table)
    for department in catalogue.departments:
        mine = [row for row in rows if row.dataset.department == department.id]
        own = [[told(row) for _, told in DUTIES] for row in mine]
        _csvs(site, partial(addresses.duty_list, department.id), [label for label, _ in DUTIES], own)


def _csvs(site: Path, address: Callable[[str], str], labels: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The plain CSV and the one for Excel."""
    guarded = [[_guarded(cell) for cell in row] for row in rows]
    for ending, text in (("csv", _csv(labels, rows)), ("excel.csv", BOM + _csv(labels, guarded))):
        path = site / address(ending).lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")


def _rows(catalogue: Catalogue, facts: Mapping[str, DatasetFacts]) -> Iterator[Row]:
    profile = load_profile(catalogue.portal.profile)
    departments = {one.id: one.name for one in catalogue.departments}
    contacts = {one.id: one.contact for one in catalogue.departments}
    domains = {one.id: one.title for one in catalogue.domains}
    for dataset in listed(catalogue):
        yield Row(dataset, facts.get(dataset.id), catalogue, profile, departments, domains, contacts)


def _csv(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """RFC 4180, lines ended by CR LF."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(labels)
    writer.writerows(rows)
    return file.getvalue()


def _guarded(text: str) -> str:
    return f"'{text}" if text[:1] in SIGNS and FORMULA.match(text) else text


def _workbook(target: Path, labels: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """One sheet, all cells text, the header and the names in view."""
    names = [letters(place) for place in range(1, len(labels) + 1)]
    lines = [[header_cell(f"{name}1", label) for name, label in zip(names, labels, strict=True)]]
    lines += (
        [text_cell(f"{name}{number}", _fitting(cell)) for name, cell in zip(names, row, strict=True) if cell]
        for number, row in enumerate(rows, start=2)
    )
    told = (row_xml(number, line) for number, line in enumerate(lines, start=1))
    widths = [WIDTHS.get(label, 14) for label in labels]
    write_workbook(target, len(labels), told, name="开放目录", widths=widths, frozen=2)


def _fitting(text: str) -> str:
    """What a cell holds of a longer text, with the place of the whole."""
    if len(text) <= MAX_CHARACTERS // 2 or length(text) <= MAX_CHARACTERS:
        return text
    return f"{text[: (MAX_CHARACTERS - len(CUT)) // 2]}{CUT}"


def _period(dataset: Dataset) -> str:
    period = dataset.temporal
    return f"{period.from_.isoformat()}/{period.to.isoformat()}" if period else ""


def _contact(row: Row) -> Contact:
    return row.dataset.contact or row.contacts[row.dataset.department]


def _day(day: object) -> str:
    return str(day) if day else ""


def _review(dataset: Dataset) -> str:
    """How the last review ended (REV-1)."""
    last = max(dataset.reviews, key=lambda one: one.date, default=None)
    return REVIEWS[last.result] if last else UNREVIEWED
