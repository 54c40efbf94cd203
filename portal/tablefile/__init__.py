"""A data file as departments hand it in, made into one kind of table text, or one clear problem.

Text in UTF-8 or GB18030 with any of the declared separators, XLSX, XLS, ODS, and JSON arrays become UTF-8 CSV in one
spelling (csvtext). Nothing is guessed and nothing is dropped in silence; memory is bounded whatever the file
(design §4 "text encodings", "spreadsheets"; §10). Results are kept by the bytes of the file and how it is to be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from portal.cache import code_version, get_or_make
from portal.digests import canonical_json, text_digest
from portal.model import DataFile
from portal.problems import Problem
from portal.tablefile import csvtext, encoding, jsonrows, workbook
from portal.tablefile.opening import open_beneath
from portal.tablefile.shape import Limits, Place, Prepared, Refused

__all__ = ["FORMATS", "LIMITS", "Limits", "Prepared", "prepare"]

LIMITS = Limits()
FORMATS = ("csv", "tsv", "txt", "xlsx", "xls", "ods", "json")
TEXTS = ("csv", "tsv", "txt")
WORKBOOKS = ("xlsx", "xls", "ods")
POINTER = b"version https://git-lfs.github.com/spec/"
TABLE, ABOUT = "table.csv", "about.json"


def prepare(
    root: Path, relative_path: str, file: DataFile, cache_dir: Path, *, limits: Limits = LIMITS
) -> tuple[Prepared | None, list[Problem]]:
    """Open the file at `relative_path` (`datasets/<department>/<path>`) below the city's folder and make it readable.

    Gives the prepared file with warnings, or None with the problems that prevent it. For a file that continues
    another one, `file` must carry that one's schema. Never raises for anything that stands in the file.
    """
    place = Place(relative_path)
    try:
        with open_beneath(root, place, limits) as stream:
            format_ = _format(stream, place)
            if format_ in WORKBOOKS:
                workbook.guard(stream, format_, place, limits)
                return _from_workbook(stream, format_, file, _Job(root, cache_dir, place, limits))
            return _from_text(stream, format_, file, _Job(root, cache_dir, place, limits))
    except Refused as refused:
        return None, list(refused.problems)


class _Job:
    """What every reading needs: where, for whom, how much."""

    def __init__(self, root: Path, cache_dir: Path, place: Place, limits: Limits) -> None:
        self.source = root / place.path
        self.cache, self.place, self.limits = cache_dir, place, limits

    def kept(self, parts: list[str], make: Callable[[Path], None]) -> Path:
        """The folder with the result of `make`, made once for these parts and this code."""
        code = code_version("portal.tablefile", packages=("python-calamine",))
        return get_or_make(self.cache, "prepared", text_digest([code, self.place.path, *parts]), make)


def _format(stream: BinaryIO, place: Place) -> str:
    """By the name's ending, which the first bytes must not contradict."""
    ending = place.path.rsplit(".", 1)[-1].lower() if "." in place.path.rsplit("/", 1)[-1] else ""
    if ending not in FORMATS:
        raise place.refuse("file-format", ending=ending or "—", formats="、".join(FORMATS))
    head = stream.read(len(POINTER))
    stream.seek(0)
    if head == POINTER:
        raise place.refuse("file-pointer")
    kind = workbook.kind_of(head)
    if kind and ending not in WORKBOOKS:
        raise place.refuse("file-extension", real="xlsx" if kind == "zip" else "xls")
    return ending


def _from_text(stream: BinaryIO, format_: str, file: DataFile, job: _Job) -> tuple[Prepared, list[Problem]]:
    found = encoding.scan(stream, job.place)
    if found.long_line and format_ != "json":
        raise job.place.refuse("record-too-long", line=found.long_line)
    name = encoding.encoding_of(stream, found, job.place)
    delimiter = "\t" if format_ == "tsv" and file.delimiter == "," else file.delimiter
    made = Prepared(job.place.path, job.source, found.sha256, found.bytes, name, "csv" if format_ == "txt" else format_)
    if format_ != "json" and delimiter == "," and found.is_plain:
        return made, []

    def make(folder: Path) -> None:
        own = format_ != "json" and delimiter == "," and name == "utf-8" and csvtext.is_canonical(stream)
        if not own:
            text = folder / "text"
            encoding.transcode(stream, name, text)
            if format_ == "json":
                jsonrows.rewrite(text, folder / TABLE, job.place)
            else:
                csvtext.rewrite(text, folder / TABLE, delimiter, job.place)
            text.unlink()
        (folder / ABOUT).write_text(json.dumps({"own": own}), "utf-8")

    folder = job.kept([found.sha256, format_, delimiter], make)
    own = json.loads((folder / ABOUT).read_text("utf-8"))["own"]
    return (made if own else replace(made, csv=folder / TABLE)), []


def _from_workbook(stream: BinaryIO, format_: str, file: DataFile, job: _Job) -> tuple[Prepared, list[Problem]]:
    digest, size = encoding.digest_of(stream)

    def make(folder: Path) -> None:
        warnings, notes = workbook.convert(stream, folder / TABLE, file, job.place, job.limits)
        about = {"warnings": [[w.rule, dict(w.values)] for w in warnings], "notes": notes}
        (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False), "utf-8")

    columns = [[c.name, c.type, c.format] for c in file.table_schema.fields] if file.table_schema else []
    folder = job.kept([digest, canonical_json([file.sheet, columns])], make)
    about = json.loads((folder / ABOUT).read_text("utf-8"))
    path = job.place.path
    warnings = [Problem(rule, path, values=values, level="warning") for rule, values in about["warnings"]]
    return Prepared(path, folder / TABLE, digest, size, format_, format_, tuple(about["notes"])), warnings
