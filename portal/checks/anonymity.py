"""Aggregation risk: columns that together could point at one person, counted alone and across declared relations.

REV-5: SZ-32¶2「因数据汇聚、关联分析等原因可能产生敏感数据的」, SZd-35, SH-19¶2(3)「对多源数据融合风险做好评估」.
No text sets a number; k is the house's (profiles/house.yml). A group of equal values smaller than k needs an expert's
argument that covers the present content; nobody is pointed at here: row numbers are told, never values.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from portal.cache import code_version, get_or_make, key_of
from portal.checks.rows.engine import csv_source
from portal.checks.rows.header import read_labels
from portal.checks.shape import Read
from portal.digests import canonical_json, content_digest
from portal.model import Dataset, Table
from portal.problems import Problem
from portal.records import Aggregation, Relation
from portal.settings import Settings
from portal.tablefile import Prepared

CODE = ("portal.checks.anonymity", "portal.checks.rows", "portal.checks.shape", "portal.tablefile")
"""Modules whose change counts other groups: for `cache.code_version`."""
ANSWER = "answer.json"
ROWS = 5
"""Row numbers that a problem names."""
MEMORY = 400
PERSONAL = ("性别", "年龄", "出生", "民族", "婚姻", "学历", "文化程度", "职业", "政治面貌", "户籍", "籍贯", "健康状况")
"""Words of columns that describe people; two of them in one table ask for a declaration."""

PreparedFiles = Mapping[str, Mapping[str, Prepared]]


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a question: its files, its number of cells a row, and where the columns stand."""

    files: tuple[Path, ...]
    width: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """How small do the groups get? `keys` are (place here, place there) of the columns that join the second table."""

    here: Part
    there: Part | None
    keys: tuple[tuple[int, int], ...]
    k: int

    def answer(self) -> Answer:
        """Count in DuckDB; rows of the second table that fit several rows here are counted once a row here."""
        with duckdb.connect(config={"threads": 1, "memory_limit": f"{MEMORY}MiB"}) as con:
            source, grouped = _rows(self.here, "a"), [f"a.c{place}" for place in self.here.places]
            if self.there:
                on = " AND ".join(f"a.c{here} = b.c{there}" for here, there in self.keys)
                source = f"{source} JOIN {_rows(self.there, 'b')} ON {on}"
                grouped += [f"b.c{place}" for place in self.there.places]
            groups = (
                f"SELECT count(DISTINCT (a.f, a.n)) AS size, min((a.f, a.n)) AS first "  # noqa: S608 -- our own names
                f"FROM {source} GROUP BY {', '.join(grouped)}"
            )
            small = "FILTER (size < $k)"
            found = con.execute(
                f"SELECT coalesce(min(size), 0), count(*) {small}, coalesce(sum(size) {small}, 0), "  # noqa: S608
                f"coalesce(list(first[2] ORDER BY first) {small}, [])[:{ROWS}] FROM ({groups})",
                {"k": self.k},
            ).fetchone()
        smallest, below, rows, first = found or (0, 0, 0, [])
        return Answer(int(smallest), int(below), int(rows), tuple(map(int, first)))


@dataclass(frozen=True, slots=True)
class Answer:
    """The smallest group, how many groups are below k, the rows in them, and the first rows (1 is the header)."""

    smallest: int
    groups: int
    rows: int
    first: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what it is about."""

    dataset: Dataset
    rule: str
    keys: tuple[str | int, ...]
    values: Mapping[str, str]
    question: Question
    digests: tuple[str, ...]


def check_anonymity(
    reading: Read, prepared: PreparedFiles, digests: Mapping[str, Mapping[str, str]], settings: Settings
) -> list[Problem]:
    """Judge what entries declare under `aggregation`, and what they should declare.

    Files that could not be read have problems of their own and are passed over.
    """
    problems = [problem for one in reading.catalogue.datasets for problem in _undeclared(one, reading)]
    asked = [one for dataset in reading.catalogue.datasets for one in _questions(dataset, reading, prepared)]
    for one, answer in zip(asked, _answers(asked, settings), strict=True):
        if answer.groups and not _argued(one.dataset, digests.get(one.dataset.id, {})):
            path, line = reading.where(one.dataset.id, *one.keys)
            told = {
                "k": str(one.question.k), "smallest": str(answer.smallest), "groups": str(answer.groups),
                "count": str(answer.rows), "rows": "、".join(map(str, answer.first)) + "…" * (answer.rows > ROWS),
                "rows_en": ", ".join(map(str, answer.first)) + "…" * (answer.rows > ROWS),
            }  # fmt: skip
            problems.append(Problem(one.rule, path, line, {**one.values, **told}, dataset=one.dataset.id))
    return problems


def _questions(dataset: Dataset, reading: Read, prepared: PreparedFiles) -> Iterator[Asked]:
    k = reading.profile.aggregation.k
    for index, one in enumerate(dataset.aggregation):
        here = _part(dataset, one.table, one.fields, prepared)
        if here:
            question = Question(here[0], None, (), k)
            values = {"fields": "、".join(one.fields), "about": one.about, "dataset": dataset.id}
            yield Asked(dataset, "aggregation-risk", ("aggregation", index), values, question, here[1])
    for index, relation in enumerate(dataset.relations):
        yield from _joined(dataset, index, relation, reading, prepared)


def _joined(
    dataset: Dataset, index: int, relation: Relation, reading: Read, prepared: PreparedFiles
) -> Iterator[Asked]:
    """The declared columns of both sides, where a shared key brings the rows together."""
    other = next((one for one in reading.catalogue.datasets if one.id == relation.to), None)
    if other is None or not relation.fields or not (dataset.aggregation or other.aggregation):
        return
    ours, theirs = tuple(relation.fields), tuple(relation.fields.values())
    mine, its = _declared(dataset, ours), _declared(other, theirs)
    here = _part(dataset, mine.table if mine else None, (*(mine.fields if mine else ()), *ours), prepared)
    there = _part(other, its.table if its else None, (*(its.fields if its else ()), *theirs), prepared)
    if not here or not there:
        return
    cut_here, cut_there = len(here[0].places) - len(ours), len(there[0].places) - len(theirs)
    keys = tuple(zip(here[0].places[cut_here:], there[0].places[cut_there:], strict=True))
    parts = [Part(one.files, one.width, one.places[:cut]) for one, cut in ((here[0], cut_here), (there[0], cut_there))]
    if not parts[0].places and not parts[1].places:
        return
    fields = "、".join(
        (*(mine.fields if mine else ()), *(f"{other.id}/{name}" for name in (its.fields if its else ())))
    )
    values = {"fields": fields, "about": (mine or its or dataset.aggregation[0]).about, "dataset": dataset.id,
              "other": other.title}  # fmt: skip
    question = Question(parts[0], parts[1], keys, reading.profile.aggregation.k)
    yield Asked(dataset, "aggregation-joined", ("relations", index), values, question, (*here[1], *there[1]))


def _declared(dataset: Dataset, keys: Sequence[str]) -> Aggregation | None:
    """The declaration about the table in which these keys stand."""
    for one in dataset.aggregation:
        table = _table(dataset, one.table)
        if table and set(keys) <= set(table.table_schema.names):
            return one
    return None


def _table(dataset: Dataset, name: str | None) -> Table | None:
    if not dataset.is_open or not dataset.files or dataset.files[0].table_schema is None:
        return None
    return next((table for table in dataset.tables if name in (None, table.name)), None)


def _part(
    dataset: Dataset, name: str | None, fields: Sequence[str], prepared: PreparedFiles
) -> tuple[Part, tuple[str, ...]] | None:
    """The table's files and the places of these columns, with the digests of the files; None where any is missing."""
    table = _table(dataset, name)
    ready = prepared.get(dataset.id, {})
    if table is None or not all(file.key in ready for file in table.files):
        return None
    files = [ready[file.key] for file in table.files]
    labels = read_labels(files[0].csv)
    if not set(fields) <= set(labels) or any(read_labels(one.csv) != labels for one in files):
        return None
    part = Part(tuple(one.csv for one in files), len(labels), tuple(labels.index(field) for field in fields))
    return part, tuple(one.sha256 for one in files)


def _rows(part: Part, name: str) -> str:
    """SQL: the data rows of all files; f numbers the file, n the record (1 is the header)."""
    parts = [
        f"SELECT {number} AS f, row_number() OVER () AS n, * FROM {csv_source(path, part.width)}"  # noqa: S608
        for number, path in enumerate(part.files)
    ]
    return f"(SELECT * FROM ({' UNION ALL '.join(parts)}) WHERE n > 1) {name}"  # noqa: S608


def _argued(dataset: Dataset, digests: Mapping[str, str]) -> bool:
    """An expert has argued about exactly the present content, and found that it may be opened."""
    if any(file.path not in digests for file in dataset.files):
        return False
    present = content_digest(dataset, digests)
    return any(one.kind == "expert" and one.result == "passed" and one.covers == present for one in dataset.reviews)


def _undeclared(dataset: Dataset, reading: Read) -> Iterator[Problem]:
    """Columns that describe people stand together, and nobody has thought about it in writing."""
    if (
        not dataset.is_open
        or dataset.aggregation
        or any(file.append is False and file.table_schema is None for file in dataset.files)
    ):
        return
    for index, file in enumerate(dataset.files):
        columns = file.table_schema.fields if file.table_schema else ()
        found = [one.title or one.name for one in columns if any(word in (one.title or one.name) for word in PERSONAL)]
        if len(found) > 1:
            path, line = reading.where(dataset.id, "files", index, "schema")
            yield Problem("aggregation-undeclared", path, line, {"fields": "、".join(found)}, dataset=dataset.id)


def _answers(asked: Sequence[Asked], settings: Settings) -> list[Answer]:
    """Kept by content; the rest is counted in a worker: DuckDB's threads must not stand in a process that forks."""
    answers = {number: _kept(one, settings) for number, one in enumerate(asked)}
    left = [number for number, answer in answers.items() if answer is None]
    if left:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
            fresh = pool.map(_answer, [asked[number].question for number in left])
            answers.update(
                (number, _keep(asked[number], settings, one)) for number, one in zip(left, fresh, strict=True)
            )
    return [answer for answer in answers.values() if answer is not None]


def _answer(question: Question) -> Answer:
    return question.answer()


def _key(asked: Asked) -> str:
    """What an answer depends on."""
    here, there = asked.question.here, asked.question.there
    parts = [asked.digests, here.places, asked.question.keys, asked.question.k, there.places if there else None]
    return key_of(code_version(*CODE, packages=("duckdb",)), [canonical_json(parts)])


def _kept(asked: Asked, settings: Settings) -> Answer | None:
    """The answer of an earlier run, or None."""

    def refuse(_: Path) -> None:
        raise LookupError

    try:
        folder = get_or_make(settings.cache, "anonymity", _key(asked), refuse)
    except LookupError:
        return None
    smallest, groups, rows, first = json.loads((folder / ANSWER).read_text("utf-8"))
    return Answer(smallest, groups, rows, tuple(first))


def _keep(asked: Asked, settings: Settings, found: Answer) -> Answer:
    def write(folder: Path) -> None:
        told = [found.smallest, found.groups, found.rows, found.first]
        (folder / ANSWER).write_text(json.dumps(told), "utf-8")

    get_or_make(settings.cache, "anonymity", _key(asked), write)
    return found
