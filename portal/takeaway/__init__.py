"""Step takeaway: the files that people take away, each format a row of a table, all with the same rows and values.

`write_tables` makes what depends on the rows alone; `write_package` adds what also names title, department and
portal, so that a changed sentence costs no second workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from portal.compression import compress, is_compressed
from portal.database import open_read_only, row_count
from portal.digests import file_digest
from portal.facts import Download, MissingDownload
from portal.model import Dataset, Table
from portal.takeaway import bundle, csvs, jsons, parquet, xlsx, xmls
from portal.takeaway.dictionary import dictionary, readme
from portal.takeaway.package import Imprint, datapackage
from portal.takeaway.shape import Format, Unfit

__all__ = ["CODE", "FORMATS", "PACKAGES", "PACKAGE_CODE", "Imprint", "Written", "write_package", "write_tables"]

CODE = (
    "portal.takeaway",
    "portal.compression",
    "portal.database",
    "portal.casting",
    "portal.facts",
    "portal.model",
    "portal.tableschema",
    "portal.workbook",
    "portal.zipping",
)
PACKAGES = ("duckdb",)
PACKAGE_CODE = (*CODE, "portal.addresses", "portal.citation")
"""Modules and distributions whose change makes other bytes: for `cache.code_version`."""

FORMATS: Mapping[str, Format] = {
    "csv": Format("csv", "text/csv", csvs.write),
    "excel.csv": Format("excel.csv", "text/csv", csvs.write_for_excel),
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx.write),
    "json": Format("json", "application/json", jsons.write),
    "xml": Format("xml", "application/xml", xmls.write),
    "parquet": Format("parquet", "application/vnd.apache.parquet", parquet.write),
}


@dataclass(frozen=True)
class Written:
    """What was written for the tables of a dataset, and what could not be."""

    downloads: tuple[Download, ...]
    missing: tuple[MissingDownload, ...] = ()


def write_tables(database: Path, dataset: Dataset, folder: Path, *, formats: Sequence[str] = tuple(FORMATS)) -> Written:
    """Write `<table>.<format>` for every table into `folder`, text also as `.gz`; `database` is the loaded file.

    A table that a format can't hold is reported as missing with the reason, and no file is left of it.
    """
    downloads: list[Download] = []
    missing: list[MissingDownload] = []
    with closing(open_read_only(database)) as connection:
        for table in dataset.tables:
            count = row_count(connection, table.name)
            for name in formats:
                target = folder / f"{table.name}.{FORMATS[name].suffix}"
                try:
                    FORMATS[name].write(connection, table, target)
                except Unfit as unfit:
                    target.unlink(missing_ok=True)
                    missing.append(_missing(table, name, unfit))
                else:
                    downloads.append(_download(target, name, table=table.name, rows=count))
    return Written(tuple(downloads), tuple(missing))


def write_package(
    dataset: Dataset, imprint: Imprint, downloads: Sequence[Download], *, tables: Path, folder: Path
) -> tuple[Download, ...]:
    """Write datapackage.json and `<id>.zip` into `folder`; the CSVs of `downloads` are read from `tables`."""
    description = datapackage(dataset, imprint, downloads)
    target = folder / "datapackage.json"
    target.write_text(description, "utf-8", newline="\n")
    texts = {
        "datapackage.json": description,
        "数据字典.csv": bundle.BOM + dictionary(dataset),  # for Excel, like the README for an old notepad
        "README.txt": bundle.BOM + readme(dataset, imprint, downloads),
    }
    archive = folder / f"{dataset.id}{imprint.suffix}.zip"
    files = [tables / download.name for download in downloads if download.format == "csv"]
    bundle.write_bundle(archive, files=files, texts=texts)
    return (_download(target, "datapackage"), _download(archive, "zip"))


def _download(path: Path, name: str, *, table: str = "", rows: int | None = None) -> Download:
    """Describe a finished file; text gets its compressed copy now, in the cached task."""
    known = FORMATS.get(name)
    media = known.media_type if known else {"zip": "application/zip"}.get(name, "application/json")
    if is_compressed(path.name):
        compress(path)
    return Download(
        name=path.name,
        format=name,
        media_type=media,
        bytes=path.stat().st_size,
        sha256=file_digest(path),
        table=table,
        rows=rows,
    )


def _missing(table: Table, name: str, unfit: Unfit) -> MissingDownload:
    return MissingDownload(table=table.name, format=name, reason=unfit.reason, reason_en=unfit.reason_en)
