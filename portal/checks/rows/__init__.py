r"""Check the rows of a table: every cell, every key, every row, with its place, its value and an advice.

DuckDB does the work on all rows, Python has the last word on those that do not pass (design §4 "checking rows").
frictionless 5.21 is the judge: on the same file the two give the same set of (row, column, kind), held by
tests/unit/test_rows_against_frictionless.py. Deliberate differences (bench/rows.md lists them with examples):

- what portal/casting.py refuses and frictionless takes is `type-error` here;
- a pattern is RE2's and means the whole value: `a|b` is `^(a|b)$`, and `\d` is 0-9;
- a wrong label is one problem: the cells below it are not judged, nor keys that need them;
- a blank row is a blank row: not a key without value besides;
- in a key of one column a double is one problem, `primary-key`, `unique` or not;
- a missing cell is a missing cell: not a required value besides; an empty key in a required column only the latter;
- a text that is no value of its column is that: not an empty key besides;
- a file without labels and one with more than 200 are refused; so is an open quote (portal/tablefile);
- datetimes are equal where their published text is; one without offset is compared as Beijing time;
- foreign keys compare published texts, whatever the two columns' types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import duckdb

from portal.checks.rows import keys as key_rules
from portal.checks.rows import quality
from portal.checks.rows.cells import judge_cells, judge_patterns
from portal.checks.rows.collect import Collector
from portal.checks.rows.declared import unusable
from portal.checks.rows.depends import decided, dependencies
from portal.checks.rows.engine import Loaded, Needs, at_once, connect, load
from portal.checks.rows.header import judge_labels, layout_of, read_labels
from portal.checks.rows.judge import Judge
from portal.checks.rows.logic import Logic, around, with_logic
from portal.checks.rows.near_duplicates import Group, group, near_duplicates, spelled, spelled_everywhere
from portal.checks.rows.plausible import plausible_rules
from portal.checks.rows.rowchecks import declared_rules
from portal.checks.rows.shape import (
    KINDS,
    QUALITY,
    Area,
    Finding,
    Layout,
    Referenced,
    References,
    RowReport,
    RowRules,
)
from portal.checks.rows.structure import RecordTooLongError, Source
from portal.model import Dataset, Table
from portal.problems import in_order
from portal.tablefile import Prepared
from portal.tableschema import ForeignKey

__all__ = [
    "KINDS",
    "QUALITY",
    "Area",
    "Referenced",
    "References",
    "RowReport",
    "RowRules",
    "check_table",
]

BROKEN_HEADERS = frozenset({"header-missing", "too-many-columns", "wrong-delimiter"})


def check_table(
    dataset: Dataset,
    table: Table,
    prepared: Sequence[Prepared],
    references: References,
    *,
    rules: RowRules,
    report: Path | None = None,
    area: Area | None = None,
) -> RowReport:
    """Judge all rows of a table; `prepared` are its files in order, `references` the tables its foreign keys point to.
    `area` is where its coordinates must lie, if the city says so.

    Where more was found than is listed and `report` is given, everything goes there as CSV. A table whose schema
    can't be used (declared.py) is not checked; a reference that is missing has been reported elsewhere.
    """
    size = sum(one.csv.stat().st_size for one in prepared)
    with connect(rules, size) as (con, folder):
        if unusable(table.table_schema, con):
            return RowReport(())
        check = _Check(dataset, table, prepared, con, folder, rules)
        check.files(area)
        check.look_ahead(at_once(rules, size))
        check.keys(references)
        check.doubles()
        found = check.collector
        written = found.report(con, report)
        return RowReport(tuple(in_order(found.problems())), found.counts, check.rows, written)


class _Check:
    """The state of one check: the database, the loaded files, what was found."""

    def __init__(
        self,
        dataset: Dataset,
        table: Table,
        prepared: Sequence[Prepared],
        con: duckdb.DuckDBPyConnection,
        folder: Path,
        rules: RowRules,
    ) -> None:
        self._schema, self._prepared, self._table = table.table_schema, prepared, table.name
        self._dataset = dataset
        self._con, self._folder = con, folder
        self.collector = Collector([one.path for one in prepared], dataset.id, folder, rules.listed)
        self._loaded: list[Loaded] = []
        self._key_texts: key_rules.Keys | None = None
        self._groups: list[Group] = []
        self._listed, self._threads = rules.listed, rules.threads
        self._uniques = [column.name for column in self._schema.fields if column.constraints.unique]
        foreign = [name for key in self._schema.foreign_keys for name in (*key.fields, *_own(key))]
        decides = [name for one in decided(self._schema) for name in (*one.key, *one.determines)]
        self._keys = {*self._uniques, *self._schema.primary_key, *foreign, *decides}
        self.rows = 0

    def files(self, area: Area | None) -> None:
        """Header, structure and cells of each file, and what its rows say across columns."""
        for index, one in enumerate(self._prepared):
            labels = read_labels(one.csv)
            found = judge_labels(labels, self._schema)
            self._add(index, found)
            if not any(finding.rule in BROKEN_HEADERS for finding in found):
                self._file(index, one, layout_of(labels, self._schema), area)

    def _file(self, index: int, one: Prepared, layout: Layout, area: Area | None) -> None:
        place = around(self._dataset, area)
        logic = [*declared_rules(self._schema, layout, place), *plausible_rules(layout, place)]
        layout, judge = with_logic(layout, logic), Judge(layout)

        def irregular(row: int, cells: list[str]) -> None:
            self._add(index, judge.record(row, cells))

        source = Source(one.csv, layout.width, layout.padding, irregular)
        kept = {*self._keys, *spelled(self._schema)}
        needs = Needs(self._folder, self._threads, kept, whole_rows=not self._schema.primary_key)
        try:
            loaded = load(self._con, f"t{index}", index, layout, source, needs)
        except RecordTooLongError as error:
            self._add(index, [Finding(error.row, 0, "record-too-long")])
            return
        self._loaded.append(loaded)
        self.rows += loaded.structure.records - 1
        self._add(index, judge_cells(self._con, loaded, judge, Logic(layout, logic)))
        told = self._schema.primary_key if len(self._schema.primary_key) == 1 else ()
        for many in (
            *judge_patterns(self._con, loaded, self._listed),
            *quality.empty_values(self._con, loaded, told),
            *quality.pseudo_empties(self._con, loaded),
        ):
            self.collector.add_many(index, many)

    def look_ahead(self, at_once: int) -> None:
        """What looks at all values of a column, several queries at once."""
        if not self._loaded:
            return
        right = [name for name in self._schema.names if name in self._keys and self._everywhere(name)]
        self._key_texts = key_rules.build(self._con, "keys", self._loaded, right, self._folder)
        once = [partial(self._repeated, *one) for one in self._once()]
        alike = [partial(self._alike, name) for name in spelled_everywhere(self._loaded, self._schema)]
        self._groups = [one for one in in_jobs([*once, *alike], at_once) if one]

    def _repeated(self, names: Sequence[str], table: str) -> None:
        if self._key_texts:
            with self._con.cursor() as cursor:
                key_rules.find_repeated(cursor, self._key_texts, names, table)

    def _alike(self, name: str) -> Group | None:
        with self._con.cursor() as cursor:
            return group(cursor, self._loaded, name, self._folder)

    def keys(self, references: References) -> None:
        """Unique columns, the primary key, foreign keys; over all files."""
        schema, keys = self._schema, self._key_texts
        if keys is None:
            return
        for names, table in self._once():
            if names == schema.primary_key:
                self._primary(table)
            else:
                self._located(key_rules.unique(self._con, table, names[0], schema.names.index(names[0]) + 1))
        for number, foreign in enumerate(schema.foreign_keys):
            if set(foreign.fields) <= set(keys.columns):
                self._foreign(keys, foreign, references, number)
        self._located(dependencies(self._con, keys, schema))

    def _once(self) -> list[tuple[tuple[str, ...], str]]:
        """Columns whose values may stand only once, and the table that takes their repetitions."""
        there = set(self._key_texts.columns if self._key_texts else ())
        primary = self._schema.primary_key
        asked = [*((name,) for name in self._uniques if primary != (name,)), *([primary] if primary else [])]
        return [(names, f"repeated_{number}") for number, names in enumerate(asked) if there.issuperset(names)]

    def _primary(self, table: str) -> None:
        names = self._schema.primary_key
        self._located(key_rules.primary(self._con, table, names))
        required = {column.name for column in self._schema.fields if column.constraints.required}
        if not required & set(names):
            for loaded in self._loaded:
                self._located(key_rules.empty_keys(self._con, loaded, names))

    def _foreign(self, keys: key_rules.Keys, foreign: ForeignKey, references: References, number: int) -> None:
        resource, wanted = foreign.reference.resource, foreign.reference.fields
        if not resource:
            target: key_rules.Keys | None = keys if set(wanted) <= set(keys.columns) else None
        elif resource in references:
            target = self._target(references[resource], wanted, number)
        else:
            return
        if target is None:
            return
        more = (("target", resource or self._table), ("target_field", "、".join(wanted)))
        for file, row, text in key_rules.foreign(self._con, keys, foreign.fields, target, wanted):
            self.collector.add(file, Finding(row, 0, "foreign-key", "、".join(foreign.fields), text, more))

    def _target(self, referenced: Referenced, wanted: Sequence[str], number: int) -> key_rules.Keys | None:
        """The keys of another table; its own faults are reported with itself."""
        files = []
        for index, one in enumerate(referenced.prepared):
            labels = read_labels(one.csv)
            if not labels:
                continue
            layout = layout_of(labels, referenced.schema).only(wanted)
            source = Source(one.csv, layout.width, layout.padding)
            needs = Needs(self._folder, self._threads, wanted)
            with suppress(RecordTooLongError):
                files.append(load(self._con, f"r{number}_{index}", index, layout, source, needs))
        return key_rules.build(self._con, f"target{number}", files, wanted, self._folder) if files else None

    def doubles(self) -> None:
        """Whole rows that stand twice, where there is no primary key; what stands twice but for its spelling."""
        if not self._schema.primary_key and self._loaded:
            self._located(quality.doubled_rows(self._con, self._loaded))
        if self._loaded:
            self._located(near_duplicates(self._con, self._loaded, self._schema, self._groups))

    def _everywhere(self, name: str) -> bool:
        return all(loaded.layout.place_of(name) is not None for loaded in self._loaded)

    def _add(self, index: int, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.collector.add(index, finding)

    def _located(self, findings: Iterable[key_rules.Located]) -> None:
        for index, finding in findings:
            self.collector.add(index, self._named(index, finding))

    def _named(self, index: int, finding: Finding) -> Finding:
        """With the name of the file in which an earlier row stands, if it is another one."""
        more = dict(finding.more)
        other = int(more.pop("first_file", index))
        if other != index:
            more["first"] += f"（{self._prepared[other].path.rsplit('/', 1)[-1]}）"
        return finding._replace(more=tuple(more.items()))


def in_jobs(jobs: Sequence[Callable[[], Group | None]], at_once: int) -> list[Group | None]:
    """What the jobs give; one that found too little memory beside the others is done again when they have ended."""
    with ThreadPoolExecutor(at_once) as pool:
        running = [pool.submit(job) for job in jobs]
    short = (isinstance(one.exception(), duckdb.OutOfMemoryException) for one in running)
    return [job() if again else one.result() for job, one, again in zip(jobs, running, short, strict=True)]


def _own(key: ForeignKey) -> Sequence[str]:
    """The columns that a foreign key into its own table points to."""
    return key.reference.fields if not key.reference.resource else ()
