"""The row check beyond single verdicts: many files, many findings, long tables, hostile patterns, bounded memory."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

import duckdb
import pytest

from portal.checks.rows import in_jobs, structure
from portal.checks.rows.declared import faults
from portal.checks.rows.near_duplicates import Group
from portal.settings import CODE
from portal.tableschema import Column
from tests.unit.rows_corpus import judged, schema_of
from tests.waiting import effort

KEYED = schema_of("code string", "n integer", primaryKey=["code"])


def rules(report: object) -> list[str]:
    return [problem.rule for problem in report.problems]  # type: ignore[attr-defined]


# several files of one table


def test_appended_files_are_one_table(tmp_path: Path) -> None:
    report = judged(tmp_path, KEYED, "code,n\n1,1\n2,2\n", "code,n\n3,3\n1,x\n", "code,n\n3,1\n3,1\n")
    assert [(p.path.rsplit("/", 1)[-1], p.row, p.rule, p.values.get("first")) for p in report.problems] == [
        ("1.csv", 3, "primary-key", "2（0.csv）"),
        ("1.csv", 3, "wrong-type", None),
        ("2.csv", 2, "primary-key", "2（1.csv）"),
        ("2.csv", 3, "primary-key", "2"),
    ]
    assert report.rows == 6


def test_each_file_has_a_header_of_its_own(tmp_path: Path) -> None:
    report = judged(tmp_path, KEYED, "code,n\n1,1\n", "code,m\n2,x\n", "2,3\n")
    assert [(p.path.rsplit("/", 1)[-1], p.rule) for p in report.problems] == [
        ("1.csv", "incorrect-label"),
        ("2.csv", "incorrect-label"),
        ("2.csv", "incorrect-label"),
    ]


def test_doubled_rows_are_found_across_files_where_no_key_is_declared(tmp_path: Path) -> None:
    schema = schema_of("a string", "b string")
    report = judged(tmp_path, schema, "a,b\nx,1\ny,2\nx,1\n\n", "a,b\ny,2\nz,3\n\n,\n")
    doubled = [(p.path[-5:], p.values["count"], p.values["rows"]) for p in report.problems if p.rule == "duplicate-row"]
    assert doubled == [("0.csv", "1", "4"), ("1.csv", "1", "2")]
    assert rules(judged(tmp_path / "keyed", {**schema, "primaryKey": ["a", "b"]}, "a,b\nx,1\nx,1\n")) == ["primary-key"]


# quality


def test_empties_are_told_by_column_and_counted_in_full(tmp_path: Path) -> None:
    text = "a,b,c\n" + "".join(f"{i},,x\n" for i in range(25)) + "25,1,\n"
    report = judged(tmp_path, schema_of("a string", "b integer", "c string required"), text)
    (empty, required) = report.problems
    assert (empty.rule, empty.field, empty.values["count"]) == ("empty-value", "b", "25")
    assert empty.values["rows"] == "2、3、4、5、6、7、8、9、10、11…"
    assert (required.rule, required.row) == ("required-value", 27)
    assert report.counts == {("datasets/ylj/0.csv", "empty-value"): 25, ("datasets/ylj/0.csv", "required-value"): 1}


@pytest.mark.parametrize("text", ["—", "N/A", "无", "待定", "0000-00-00", " ", "\u3000", "/", "NULL"])
def test_what_only_looks_like_a_value_is_told(text: str, tmp_path: Path) -> None:
    report = judged(tmp_path, schema_of("a string", "b string"), f"a,b\nx,{text}\ny,z\n")
    assert [(p.rule, p.field, p.row) for p in report.problems] == [("pseudo-empty", "b", 2)]


def test_a_text_with_a_declared_meaning_is_a_value(tmp_path: Path) -> None:
    schema = schema_of("a string", "b string", "c string enum=无|有")
    schema["fields"][1]["codes"] = {"/": "不分级"}
    report = judged(tmp_path, schema, "a,b,c\nx,/,无\ny,/,有\n")
    assert report.problems == ()


def test_a_missing_value_of_the_schema_is_an_empty_one(tmp_path: Path) -> None:
    report = judged(tmp_path, schema_of("a string", "b string", missingValues=["", "—"]), "a,b\nx,—\ny,z\n")
    assert rules(report) == ["empty-value"]


# how it is told


def test_only_so_many_are_listed_and_the_rest_is_in_the_report(tmp_path: Path) -> None:
    text = "a,b\n" + "".join(f"x{i},=cmd()\n" for i in range(30)) + "1,2,3\n,\n"
    schema = schema_of("a integer", "b string pattern=[0-9]+")
    report = judged(tmp_path, schema, text, listed=5, report=tmp_path / "report.csv")
    listed = [p for p in report.problems if p.rule == "wrong-type"]
    assert [p.row for p in listed] == [2, 3, 4, 5, 6]
    more = [(p.values["rule"], p.values["count"], p.values["left"]) for p in report.problems if p.rule == "more-rows"]
    assert more == [("pattern-value", "30", "25"), ("wrong-type", "30", "25")]
    assert report.report is not None
    lines = report.report.read_text("utf-8-sig").splitlines()
    assert lines[0] == "file,row,column,field,rule,value,limit"
    assert lines[1:3] == [
        "datasets/ylj/0.csv,2,2,b,pattern-value,'=cmd(),[0-9]+",
        "datasets/ylj/0.csv,2,1,a,wrong-type,x0,",
    ] or lines[1:3] == [
        "datasets/ylj/0.csv,2,1,a,wrong-type,x0,",
        "datasets/ylj/0.csv,2,2,b,pattern-value,'=cmd(),[0-9]+",
    ]
    assert len(lines) == 1 + sum(report.counts.values())


def test_no_report_where_everything_is_listed(tmp_path: Path) -> None:
    report = judged(tmp_path, KEYED, "code,n\n1,x\n", report=tmp_path / "report.csv")
    assert report.report is None
    assert not (tmp_path / "report.csv").exists()


def test_a_long_value_is_cut_with_its_length(tmp_path: Path) -> None:
    report = judged(tmp_path, schema_of("a string", "b integer"), f'a,b\nx,"{"长" * 100}\n行"\n')
    assert report.problems[0].values["value"] == "长" * 60 + "…（共 102 字）"


# hostile and long


def test_a_pattern_can_not_hang_the_check(tmp_path: Path) -> None:
    start = effort()
    report = judged(tmp_path, schema_of("a string pattern=(a+)+b", "b string"), f"a,b\n{'a' * 5000},x\n")
    assert rules(report) == ["pattern-value"]
    assert effort() - start < 5


@pytest.mark.parametrize("pattern", [r"(?=x)y", r"(a)\1", "[", r"a\Z", "(?P<n>a)(?P=n)", "a{2000}"])
def test_a_pattern_that_re2_refuses_is_a_fault_of_the_schema(pattern: str) -> None:
    column = Column.model_validate({"name": "a", "title": "a", "description": "d", "constraints": {"pattern": pattern}})
    assert [fault.rule for fault in faults(column)] == ["pattern-refused"]


def test_names_and_values_with_quotes_are_harmless(tmp_path: Path) -> None:
    schema = schema_of('a\'b;--"c string enum=it\'s|"x"', "d string pattern='+")
    report = judged(tmp_path, schema, '"a\'b;--""c",d\nit\'s,\'\n"""x""","\');DROP TABLE t0;--"\n')
    assert [(p.rule, p.row) for p in report.problems] == [("pattern-value", 3)]


def test_rows_behind_a_ragged_one_keep_their_numbers(tmp_path: Path) -> None:
    rows = [f"{i},{i}" for i in range(40_000)]
    rows[100] = "100"
    rows[20_000] = ""
    rows[30_000] = '"30,000",1,"2\n3"'
    rows[39_999] = "39999,x"
    report = judged(tmp_path, KEYED, "code,n\n" + "\n".join(rows) + "\n")
    assert [(p.row, p.rule) for p in report.problems] == [
        (102, "missing-cell"),
        (20_002, "blank-row"),
        (30_002, "extra-cell"),
        (40_001, "wrong-type"),
    ]


def test_the_order_of_a_long_file_is_kept(tmp_path: Path) -> None:
    """Read by several threads, DuckDB 2.0 shuffles the blocks of a slow query; then every row number would be wrong."""
    rows, note = 60_000, "苏州市" * 120
    lines = [f"{i},{i / 7:.6f},2023-06-{1 + i % 30:02},村{i},{note}" for i in range(2, rows + 2)]
    wrong = list(range(7, rows, 2_000))
    for row in wrong:
        lines[row - 2] = lines[row - 2].replace("村", "?")
    schema = schema_of(
        "i integer unique", "n number", "d date", "s string pattern=村[0-9]+", "note string pattern=[一-龥]+"
    )
    report = judged(tmp_path, schema, "i,n,d,s,note\n" + "\n".join(lines) + "\n", threads=2)
    assert [(p.row, p.values["value"]) for p in report.problems] == [(row, f"?{row}") for row in wrong]


@pytest.mark.parametrize("piece", [structure.PIECE, 1 << 16])
@pytest.mark.parametrize("width", [1, 2, 5])
def test_the_structural_pass_equals_a_csv_reader(
    width: int, piece: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks of every content: quotes, line breaks in cells, ragged and blank records, no line feed at the end."""
    import csv
    import random

    rng = random.Random(width)
    material = ["", "a", "苏州", '"x,y"', '"l\nm"', '""""', '"\n\n"', "b c"]
    lines = []
    for _ in range(30_000):
        n = rng.choice([width] * 40 + [0, 1, width + 1])
        lines.append(",".join(rng.choice(material) for _ in range(n)))
    table = tmp_path / "t.csv"
    table.write_text("\n".join(lines), "utf-8")
    with table.open(encoding="utf-8", newline="") as text:
        records = list(csv.reader(text))
    seen: list[tuple[int, list[str]]] = []
    found = structure.Structure()
    monkeypatch.setattr(structure, "PIECE", piece)
    source = structure.Source(table, width, "", lambda row, cells: seen.append((row, cells)))
    (tmp_path / "pieces").mkdir()
    pieces = list(source.pieces(tmp_path / "pieces", found))
    wrong = [(row, cells) for row, cells in enumerate(records, start=1) if len(cells) != width]
    assert found.records == len(records)
    assert seen == wrong
    assert list(found.irregular) == [row for row, _ in wrong]
    assert (len(pieces) == 1) == (table.stat().st_size < 2 * piece)
    mended: list[list[str]] = []
    for path, first in pieces:
        assert first == len(mended)
        with path.open(encoding="utf-8", newline="") as text:
            mended += csv.reader(text)
    assert mended == [(cells + [""] * width)[:width] for cells in records]


def test_memory_stays_flat_where_every_row_is_wrong(tmp_path: Path) -> None:
    code = """
import resource, sys
from pathlib import Path
from tests.unit.rows_corpus import judged, schema_of
rows = int(sys.argv[2])
text = "a,b,c\\n" + "".join(f"x{i},,y{i % 7}\\n" for i in range(rows))
report = judged(Path(sys.argv[1]), schema_of("a integer", "b string", "c string unique"), text)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, sum(report.counts.values()))
"""
    used = {}
    for rows in (20_000, 200_000):
        command = [sys.executable, "-c", code, str(tmp_path / str(rows)), str(rows)]
        done = subprocess.run(command, cwd=CODE, capture_output=True, check=True, text=True)
        used[rows], found = map(int, done.stdout.split())
        assert found == 3 * rows - 7
    assert used[200_000] - used[20_000] < 150  # MiB, most of it the text that the test holds


def test_what_found_too_little_memory_beside_others_is_done_again_when_they_have_ended() -> None:
    group, tries = Group("name", "spelled_0"), list[int]()

    def short_at_first() -> Group:
        tries.append(1)
        if len(tries) == 1:
            raise duckdb.OutOfMemoryException("400 MiB used")
        return group

    assert in_jobs([short_at_first, lambda: None], 2) == [group, None]
    with pytest.raises(ZeroDivisionError):
        in_jobs([partial(divmod, 1, 0)], 1)  # type: ignore[list-item]
