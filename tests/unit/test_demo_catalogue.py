"""The demonstration catalogue says nothing untrue: every claim of every entry is held against the files themselves.

This reads the data with the standard library only (and calamine for the workbook), independently of the portal's own
reader and checks, so that an error in those can't hide one here.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from python_calamine import CalamineWorkbook

from portal.casting import caster
from portal.catalogue import read_catalogue
from portal.digests import content_digest, file_digest
from portal.model import Dataset, Department, Domain, Portal, Release, SynonymGroup, Table, Term
from portal.settings import make_settings
from portal.tableschema import Column

ROOT = Path(__file__).resolve().parents[2]
CATALOG, DATASETS = ROOT / "catalog", ROOT / "datasets"
Row = dict[str, str]


def plain(path: Path) -> Any:
    """YAML with every scalar left as text."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@cache
def entries() -> dict[str, Dataset]:
    """The demonstration's own entries, all made from published packages. What a department adds is the gate's business
    (`build.py check`); the promises of the demonstration don't bind it.
    """
    return {name: dataset for name, dataset in everything().items() if dataset.source.package}


@cache
def everything() -> dict[str, Dataset]:
    found = {}
    folders = sorted(path.parent for path in CATALOG.glob("*/department.yml"))  # plans and policies have none
    for path in (path for folder in folders for path in sorted(folder.glob("*.yml"))):
        if path.name != "department.yml" and not path.name.endswith(".releases.yml"):
            found[path.stem] = Dataset.model_validate(plain(path) | {"id": path.stem, "department": path.parent.name})
    return found


def published() -> list[Dataset]:
    return [dataset for dataset in entries().values() if dataset.is_open]


def text_of(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def read(path: Path, sheet: str | None) -> list[Row]:
    """The rows of one file as text; the header must have no blanks and no repeats."""
    if path.suffix == ".json":
        records = json.loads(text_of(path))
        assert len({tuple(record) for record in records}) == 1
        return [{key: str(value) for key, value in record.items()} for record in records]
    if path.suffix == ".xlsx":
        lines = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet or "").to_python()
        assert all(isinstance(cell, str) for line in lines for cell in line), "codes are kept as text"
    else:
        lines = list(csv.reader(io.StringIO(text_of(path), newline=""), strict=True))
    head, *body = lines
    assert len(set(head)) == len(head)
    assert all(len(line) == len(head) for line in body)
    return [dict(zip(head, line, strict=True)) for line in body]


@cache
def rows_of(dataset_id: str, table: str) -> tuple[Row, ...]:
    dataset = entries()[dataset_id]
    files = next(found.files for found in dataset.tables if found.name == table)
    return tuple(row for file in files for row in read(DATASETS / dataset.department / file.path, file.sheet))


def every_table() -> list[tuple[str, str]]:
    return [(dataset.id, table.name) for dataset in published() for table in dataset.tables]


def table_of(dataset_id: str, name: str) -> Table:
    return next(table for table in entries()[dataset_id].tables if table.name == name)


# --- the counts that the demonstration promises


def test_there_are_enough_entries_in_enough_departments_and_domains() -> None:
    listed = [dataset for dataset in entries().values() if dataset.is_listed]
    assert len(entries()) >= 28
    assert len(listed) >= 25
    assert len({dataset.department for dataset in listed}) >= 8
    assert len({dataset.domain for dataset in listed}) >= 8


def test_every_special_kind_is_there() -> None:
    kinds = [dataset.open_type for dataset in entries().values()]
    assert kinds.count("conditional") >= 2
    assert kinds.count("not-open") >= 1
    assert sum(dataset.status == "static" for dataset in published()) >= 1
    assert sum(dataset.coordinate_system is not None for dataset in published()) >= 2
    assert sum("时间序列" in dataset.keywords for dataset in published()) >= 3
    assert any(file.append for dataset in published() for file in dataset.files)
    assert any(len(dataset.tables) > 1 for dataset in published())
    assert any(len(rows_of(*table)) > 20_000 for table in every_table())
    paths = [DATASETS / dataset.department / file.path for dataset in published() for file in dataset.files]
    assert {".csv", ".xlsx", ".json"} == {path.suffix for path in paths}
    gb18030 = []
    for path in paths:
        try:
            path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            gb18030 += [path] if path.suffix == ".csv" else []
    assert [path.name for path in gb18030] == ["suzhou-universities.csv"]


def test_the_data_stay_small_and_all_of_them_are_declared() -> None:
    of_all = [dataset for dataset in everything().values() if dataset.is_open]
    declared = {DATASETS / dataset.department / file.path for dataset in of_all for file in dataset.files}
    present = {path for path in DATASETS.glob("*/*") if path.is_file()}
    assert present == declared  # files of conditional and not-open entries stay out of Git
    own = {DATASETS / dataset.department / file.path for dataset in published() for file in dataset.files}
    assert sum(path.stat().st_size for path in own) < 15_000_000


# --- what stands in every entry


def test_the_portal_calls_itself_a_demonstration() -> None:
    portal = Portal.model_validate(plain(CATALOG / "portal.yml"))
    assert "示范站" in portal.name
    assert portal.demonstration
    assert "不是苏州市的官方网站" in portal.demonstration
    for query in portal.example_queries:
        hits = [d for d in published() if query in " ".join((d.title, d.summary, *d.keywords))]
        assert hits, query


def test_vocabularies_are_valid_and_used() -> None:
    domains = [Domain.model_validate(item) for item in plain(CATALOG / "domains.yml")]
    terms = [Term.model_validate(item) for item in plain(CATALOG / "glossary.yml")]
    groups = [SynonymGroup.model_validate(item) for item in plain(CATALOG / "synonyms.yml")]
    assert {domain.id for domain in domains} == {dataset.domain for dataset in entries().values() if dataset.is_listed}
    assert len({term.term for term in terms}) == len(terms)
    assert len(groups) >= 40
    words = [word for group in groups for word in group.words]
    assert len(set(words)) == len(words)
    for path in CATALOG.glob("*/department.yml"):
        department = Department.model_validate(plain(path) | {"id": path.parent.name})
        assert any(dataset.department == department.id for dataset in entries().values())
        assert "示范" in (department.duty or "")


@pytest.mark.parametrize("dataset", entries().values(), ids=entries())
def test_an_entry_is_complete(dataset: Dataset) -> None:
    assert dataset.licence.url
    assert dataset.source.upstream
    assert dataset.source.package
    assert dataset.source.licence
    assert dataset.source.url
    assert (dataset.status == "static") == bool(dataset.static_reason)
    assert (dataset.open_type == "conditional") == bool(dataset.open_conditions) == bool(dataset.application_materials)
    assert (dataset.open_type == "unconditional") == (dataset.open_ground is None)
    assert dataset.contact
    assert (dataset.contact.phone, dataset.contact.email) == ("0512-00000000", "data@example.org")
    for table in dataset.tables:
        assert table.table_schema.primary_key
        for column in table.table_schema.fields:
            assert re.search("[\u4e00-\u9fff]", column.title), column.name
            assert len(column.description) > len(column.title), column.name
            assert column.description.rstrip("。") not in (column.name, column.title)
            if column.type in ("integer", "number") and column.name != "序号":
                assert column.unit, column.name
            if column.name in ("经度", "纬度"):
                assert dataset.coordinate_system


@pytest.mark.parametrize("dataset", entries().values(), ids=entries())
def test_an_entry_points_only_at_what_exists(dataset: Dataset) -> None:
    names = {column.name for table in dataset.tables for column in table.table_schema.fields}
    for relation in dataset.relations:
        other = entries()[relation.to]
        assert other.is_listed or not dataset.is_listed
        theirs = {column.name for table in other.tables for column in table.table_schema.fields}
        for mine, target in (relation.fields or {}).items():
            assert mine in names
            assert target in theirs
    assert all(other in entries() for other in dataset.distinguished_from or {})
    for view in dataset.views:
        for name in (view.group, view.x, view.value, view.longitude, view.latitude):
            assert name is None or name == "count" or name in names


def test_nothing_public_names_the_entry_that_is_not_open() -> None:
    hidden = [dataset for dataset in entries().values() if not dataset.is_listed]
    for dataset in entries().values():
        if dataset.is_listed:
            text = dataset.model_dump_json()
            for secret in hidden:
                assert secret.id not in text
                assert secret.title not in text


# --- every claim about the rows


@pytest.mark.parametrize(("dataset_id", "name"), every_table())
def test_headers_are_the_declared_columns(dataset_id: str, name: str) -> None:
    assert tuple(rows_of(dataset_id, name)[0]) == table_of(dataset_id, name).table_schema.names


def broken(column: Column, values: list[str], missing: tuple[str, ...]) -> Iterator[str]:
    """Each claim about a column that its values don't keep."""
    rules, cast = column.constraints, caster(column, missing)
    present = [value for value in values if value not in missing]
    for value in set(present):
        cast(value)
    if rules.required and len(present) != len(values):
        yield "required"
    if rules.unique and len(set(present)) != len(present):
        yield "unique"
    if rules.pattern and not all(re.fullmatch(rules.pattern, value) for value in set(present)):
        yield "pattern"
    if rules.enum and not set(present) <= set(rules.enum):
        yield f"enum: {set(present) - set(rules.enum)}"
    if rules.min_length and min(map(len, present)) < rules.min_length:
        yield "minLength"
    if rules.max_length and max(map(len, present)) > rules.max_length:
        yield "maxLength"
    numeric = column.type in ("integer", "number", "year")
    order: Any = Decimal if numeric else str  # dates and times are ISO here, so text order is time's order
    if rules.minimum and any(order(value) < order(rules.minimum) for value in set(present)):
        yield "minimum"
    if rules.maximum and any(order(value) > order(rules.maximum) for value in set(present)):
        yield "maximum"
    if column.codes and not set(present) <= set(column.codes):
        yield "codes"


@pytest.mark.parametrize(("dataset_id", "name"), every_table())
def test_constraints_are_true_of_the_data(dataset_id: str, name: str) -> None:
    schema = table_of(dataset_id, name).table_schema
    allowed = {item.field for item in entries()[dataset_id].allow if item.rule == "empty-value"}
    rows = rows_of(dataset_id, name)
    for column in schema.fields:
        values = [row[column.name] for row in rows]
        found = list(broken(column, values, schema.missing_values))
        assert not found, column.name
        empty = any(not value.strip() for value in values)
        assert empty == (column.name in allowed), f"{column.name}: empty cells and `allow` don't agree"
        assert all(value == value.strip() for value in values), column.name


@pytest.mark.parametrize(("dataset_id", "name"), every_table())
def test_keys_hold(dataset_id: str, name: str) -> None:
    schema, rows = table_of(dataset_id, name).table_schema, rows_of(dataset_id, name)
    keys = [tuple(row[field] for field in schema.primary_key) for row in rows]
    assert all(all(key) for key in keys)
    assert len(set(keys)) == len(keys)
    for foreign in schema.foreign_keys:
        target = foreign.reference.resource
        other_id, other_table = target.split("/") if "/" in target else (dataset_id, target or name)
        assert entries()[other_id].is_open
        theirs = {tuple(row[field] for field in foreign.reference.fields) for row in rows_of(other_id, other_table)}
        assert {tuple(row[field] for field in foreign.fields) for row in rows} <= theirs


def test_summaries_count_right() -> None:
    """Numbers of rows that a summary names are the file's."""
    for dataset in published():
        numbers = {
            int(number) for number in re.findall(r"(?<![\d—])(\d{2,6}) (?:个|条|所|行|天|首|周)", dataset.summary)
        }
        sizes = {len(rows_of(dataset.id, table.name)) for table in dataset.tables}
        if numbers:
            assert numbers & sizes, dataset.id


def test_known_facts_come_out() -> None:
    """A few values that anybody can look up elsewhere."""
    lunar = {row["公历日期"]: row for row in rows_of("lunar-calendar", "lunar-calendar")}
    assert (lunar["2026-02-17"]["农历月"], lunar["2026-02-17"]["农历日"]) == ("正月", "初一")
    stations = {row["站名"]: row["电报码"] for row in rows_of("suzhou-railway-stations", "suzhou-railway-stations")}
    assert stations["苏州北"] == "OHH"
    codes = {row["城市"]: row for row in rows_of("china-zip-codes", "china-zip-codes")}
    assert (codes["苏州"]["长途区号"], codes["苏州"]["邮政编码"]) == ("0512", "215000")
    assert codes["石家庄"]["邮政编码"] == "050000"
    terms = {(row["年份"], row["节气"]): row["公历日期"] for row in rows_of("solar-terms", "solar-terms")}
    assert len(terms) == 24 * 101
    assert terms["2026", "冬至"] == "2026-12-22"
    sums = [
        int(row["识别码数量"]) - sum(int(row[f"{kind}识别码"]) for kind in ("储蓄卡", "信用卡", "准贷记卡", "预付费卡"))
        for row in rows_of("card-issuers", "card-issuers")
    ]
    assert set(sums) == {0}
    villages = rows_of("jiangsu-village-codes", "jiangsu-village-codes")
    assert [row for row in villages if row["区划代码"].startswith("3205")] == list(
        rows_of("suzhou-village-codes", "suzhou-village-codes")
    )


# --- reviews and releases


@pytest.mark.parametrize("dataset", published(), ids=lambda dataset: dataset.id)
def test_exactly_the_present_content_was_reviewed_and_released(dataset: Dataset) -> None:
    digests = {file.path: file_digest(DATASETS / dataset.department / file.path) for file in dataset.files}
    digest = content_digest(dataset, digests)
    review = dataset.reviews[-1]
    assert (review.kind, review.result, review.covers) == ("security", "passed", digest)
    assert "示范" in review.by
    path = CATALOG / dataset.department / f"{dataset.id}.releases.yml"
    releases = [Release.model_validate(item) for item in plain(path)]
    assert (releases[-1].release, releases[-1].digest) == (dataset.data_date.isoformat(), digest)
    assert releases[-1].files == digests


def test_one_dataset_has_an_earlier_release() -> None:
    several = [path for path in CATALOG.glob("*/*.releases.yml") if len(plain(path)) > 1]
    assert [path.name for path in several] == ["china-holidays.releases.yml"]


# --- attribution


def test_the_attribution_page_names_every_source() -> None:
    page = (DATASETS / "README.md").read_text(encoding="utf-8")
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for dataset in published():
        package = dataset.source.package or ""
        line = next(line for line in page.splitlines() if f"`{dataset.department}/{dataset.id}`" in line)
        assert package in line
        assert dataset.licence.name in line
        assert all(note.note.rstrip("。") in line for note in dataset.processing)
        assert package.split(" ", 1)[1] in notice, package
    assert "示范站" in page


# --- and the portal's own reader agrees


def test_the_portal_reads_it_without_a_problem() -> None:
    reading = read_catalogue(make_settings(root=ROOT, now="2026-11-22"))
    assert reading.problems == ()
    assert {dataset.id: dataset for dataset in reading.catalogue.datasets} == everything()
