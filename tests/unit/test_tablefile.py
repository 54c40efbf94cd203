"""Files as departments hand them in: what is read and how, what is refused, and that neither costs memory.

Longer than other test files because every kind of file shares one desk and the makers of broken workbooks below.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.checks.rows.engine import csv_source
from portal.model import DataFile
from portal.problems import Problem
from portal.settings import CODE
from portal.tablefile import LIMITS, Limits, Prepared, prepare
from portal.tablefile.csvtext import canonical
from tests.waiting import effort

TEXT = "编码,名称\n0512,苏州市\n0510,无锡市\n"
COLUMNS = {"编码": "string", "名称": "string"}


def data_file(path: str, columns: dict[str, str] = COLUMNS, **more: Any) -> DataFile:
    fields = []
    for name, kind in columns.items():
        type_, _, format_ = kind.partition(" ")
        fields.append({"name": name, "title": name, "type": type_, "format": format_ or None, "description": "说明"})
    return DataFile.model_validate({"path": path, "schema": {"fields": fields}, **more})


class Desk:
    """A city's folder in which files are put and prepared."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "datasets" / "mzj"
        self.folder.mkdir(parents=True)

    def prepare(
        self, name: str, data: bytes | None = None, *, file: DataFile | None = None, limits: Limits = LIMITS
    ) -> tuple[Prepared | None, list[Problem]]:
        if data is not None:
            (self.folder / name).write_bytes(data)
        path = f"datasets/mzj/{name}"
        return prepare(self.root, path, file or data_file(name), self.root / "cache", limits=limits)

    def read(self, name: str, data: bytes | None = None, **more: Any) -> tuple[str, str]:
        """Encoding and canonical text."""
        prepared, problems = self.prepare(name, data, **more)
        assert prepared is not None, problems
        assert problems == []
        return prepared.encoding, prepared.csv.read_text("utf-8")

    def refused(self, name: str, data: bytes | None = None, **more: Any) -> Problem:
        """The one problem."""
        prepared, problems = self.prepare(name, data, **more)
        assert prepared is None
        assert len(problems) == 1
        return problems[0]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# encodings


def test_a_file_in_our_spelling_is_used_as_it_is(desk: Desk) -> None:
    prepared, _ = desk.prepare("a.csv", TEXT.encode())
    assert prepared is not None
    assert prepared.csv == desk.folder / "a.csv"
    assert (prepared.bytes, prepared.encoding, prepared.format) == (len(TEXT.encode()), "utf-8", "csv")
    assert not (desk.root / "cache").exists()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
        (TEXT.replace("\n", "\r\n").encode("gb18030"), "gb18030"),
    ],
)
def test_clean_encodings_and_line_ends_are_read(desk: Desk, data: bytes, encoding: str) -> None:
    assert desk.read("a.csv", data) == (encoding, TEXT)


def test_rare_characters_of_gb18030_are_read(desk: Desk) -> None:
    rare = "编码,名称\n1,䶮㑇𠮷旼镕€\n"
    assert desk.read("a.csv", rare.encode("gb18030")) == ("gb18030", rare)


@pytest.mark.parametrize("name", ["苏州", "沧浪亭", "镇", "联通", "中国", "𠮷野", "朱镕基", "ａｂｃ，。", "жизнь"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_short_name_is_enough(desk: Desk, name: str, encoding: str) -> None:
    text = f"a,b\n1,{name}\n"
    assert desk.read("a.csv", text.encode(encoding)) == (encoding, text)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf16_is_named(desk: Desk, encoding: str) -> None:
    assert desk.refused("a.csv", TEXT.encode(encoding)).rule == "encoding-utf16"


def test_mixed_encodings_are_told_with_their_lines(desk: Desk) -> None:
    data = TEXT.encode() * 3 + "0519,常州市\n0511,镇江市\n".encode("gb18030")
    problem = desk.refused("a.csv", data)
    assert (problem.rule, problem.line) == ("encoding-mixed", 10)
    assert problem.values == {"file": "datasets/mzj/a.csv", "main": "UTF-8", "other": "GB18030", "lines": "10、11"}


def test_the_other_encoding_is_found_far_behind(desk: Desk) -> None:
    data = "1,江苏省苏州市\n".encode("gb18030") * 30_000 + "2,江苏省苏州市\n".encode()
    problem = desk.refused("a.csv", data)
    assert (problem.rule, problem.values["lines"]) == ("encoding-mixed", "30001")


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "UTF-8"), ("gb18030", "GB18030")])
def test_a_character_cut_in_half_is_told_with_its_line(desk: Desk, encoding: str, name: str) -> None:
    lines = TEXT.encode(encoding).split(b"\n")
    lines[2] = lines[2][:-1]
    problem = desk.refused("a.csv", b"\n".join(lines))
    assert (problem.rule, problem.line, problem.values["encoding"]) == ("encoding-broken", 3, name)


def test_a_file_cut_off_in_a_character(desk: Desk) -> None:
    problem = desk.refused("a.csv", TEXT.strip().encode()[:-1])
    assert (problem.rule, problem.line) == ("encoding-broken", 3)


def test_a_nul_byte_is_no_text(desk: Desk) -> None:
    problem = desk.refused("a.csv", TEXT.encode() + b"1,\x00\n")
    assert (problem.rule, problem.line) == ("file-binary", 4)


# CSV


def test_other_delimiters_are_those_of_the_entry(desk: Desk) -> None:
    semicolons = data_file("a.csv", delimiter=";")
    assert desk.read("a.csv", "编码;名称\n1;a,b\n".encode(), file=semicolons)[1] == '编码,名称\n1,"a,b"\n'
    assert desk.read("b.tsv", "编码\t名称\n1\ta;b\n".encode())[1] == "编码,名称\n1,a;b\n"


def test_quotes_are_kept_and_odd_ones_made_regular(desk: Desk) -> None:
    odd = 'a,b\n1,5" pipe\n"2","x\r\ny"\n'
    prepared, _ = desk.prepare("a.csv", odd.encode())
    assert prepared is not None
    with prepared.csv.open(encoding="utf-8", newline="") as text:
        assert list(csv.reader(text)) == [["a", "b"], ["1", '5" pipe'], ["2", "x\r\ny"]]


@pytest.mark.parametrize(
    ("text", "line"),
    [('a,b\n1,"x"y\n2,3\n', 2), ('a,b\n1,x\n"2,y\n3,z\n', 3), ('a,b\n1,"x\ny""\n', 2)],
)
def test_quotes_that_do_not_match_are_told(desk: Desk, text: str, line: int) -> None:
    problem = desk.refused("a.csv", text.encode())
    assert (problem.rule, problem.line) == ("quote-broken", line)


def test_an_endless_record_is_told(desk: Desk) -> None:
    assert desk.refused("a.csv", b'a,b\n1,"' + b"x\n" * 2_000_000).rule == "record-too-long"
    assert desk.refused("b.csv", b"a,b\n" + b"1," * 3_000_000).rule == "record-too-long"


cells = st.text(st.sampled_from("ab1 苏𠮷,;\"'\n\r\t#\\\x01\u2028\ufeff"), max_size=5)
records = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=6)
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=records, encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]), quote_all=st.booleans())
def test_what_was_written_is_read_by_both_readers(
    rows: list[list[str]], encoding: str, quote_all: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    style = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    with (desk.folder / "a.csv").open("w", encoding=encoding, newline="") as text:
        csv.writer(text, lineterminator="\r\n", quoting=style).writerows(rows)
    data = (desk.folder / "a.csv").read_bytes()
    prepared, _ = desk.prepare("a.csv")
    if prepared is None:  # a short text may be no evidence for GB18030; then it is refused, never misread
        assert encoding == "gb18030" or data.startswith(b"\xef\xbb\xbf")
        return
    if encoding == "gb18030" and prepared.encoding == "utf-8":
        assert data.decode("utf-8")  # it is both; UTF-8 goes first
        return
    wanted = [list(row) for row in rows]
    if not quote_all and wanted[0][0].startswith("\ufeff") and not set(wanted[0][0]) & set(',"\n\r'):
        wanted[0][0] = wanted[0][0].lstrip("\ufeff")  # the file begins with marks
        if wanted[0] == [""]:
            return  # and then with a blank line
    with prepared.csv.open(encoding="utf-8", newline="") as text:
        assert list(csv.reader(text)) == wanted
    with duckdb.connect(config={"threads": 1}) as con:
        found = con.execute(f"SELECT * FROM {csv_source(prepared.csv, len(rows[0]))}").fetchall()
    if len(rows[0]) > 1 or all(row != [""] for row in rows):
        assert [list(row) for row in found] == wanted


def test_canonical_records() -> None:
    assert canonical(["a", "b,c", 'd"e', "f\ng", "h\ri", ""]) == 'a,"b,c","d""e","f\ng","h\ri",\n'
    assert canonical([""]) == '""\n'
    assert canonical([]) == "\n"


# JSON


def test_json_objects_are_rows_and_numbers_keep_their_digits(desk: Desk) -> None:
    text = '[{"编码": "0512", "值": 1.10, "大": 12345678901234567890, "是": true, "空": null},\n'
    text += '{"值": -0.5e3, "编码": "a,b", "大": 1, "空": "", "是": false}]'
    expected = '编码,值,大,是,空\n0512,1.10,12345678901234567890,true,\n"a,b",-0.5e3,1,false,\n'
    assert desk.read("a.json", text.encode())[1] == expected
    assert desk.read("b.json", text.encode("gb18030")) == ("gb18030", expected)


@pytest.mark.parametrize(
    ("text", "rule", "row"),
    [
        ('{"data": []}', "json-shape", 2),
        ('[{"a": 1}, {"a": [1]}]', "json-shape", 3),
        ('[{"a": {"b": 1}}]', "json-shape", 2),
        ('[{"a": 1, "a": 2}]', "json-shape", 2),
        ("[1, 2]", "json-shape", 2),
        ('[{"a": 1}, {"b": 2}]', "json-keys", 3),
        ('[{"a": 1}, {"a": 1, "b": 2}]', "json-keys", 3),
        ('[{"a": 1}, {"a":', "json-broken", 3),
        ('[{"a": 1}] x', "json-broken", 3),
        ('[{"a": NaN}]', "json-broken", 2),
        ("[" * 100_000, "json-shape", 2),
        ('[{"a": ' + "[" * 100_000, "json-broken", 2),
        ("[]", "table-empty", None),
        ("x", "json-shape", 2),
    ],
)
def test_other_json_is_told(desk: Desk, text: str, rule: str, row: int | None) -> None:
    problem = desk.refused("a.json", text.encode())
    assert (problem.rule, problem.row) == (rule, row)


def test_many_objects_are_read_piece_by_piece(desk: Desk) -> None:
    rows = [{"编码": f"{number:06}", "名称": "苏州市" * 3} for number in range(60_000)]
    text = desk.read("a.json", json.dumps(rows, ensure_ascii=False).encode())[1]
    assert text.count("\n") == 60_001
    assert text.splitlines()[-1] == "059999,苏州市苏州市苏州市"


# workbooks

TYPED = {
    "编码": "string", "人数": "integer", "面积": "number", "在用": "boolean", "日期": "date", "登记": "datetime",
    "年月": "yearmonth", "年份": "year", "旧日期": "date %Y%m%d", "时刻": "time",
}  # fmt: skip
CELLS: list[Any] = [
    "0512", 120.0, 0.1 + 0.2, True, date(2023, 6, 30), datetime(2023, 6, 30, 8, 30), date(2023, 6, 1), 2023,
    date(2023, 6, 30), 0.25,
]  # fmt: skip
WRITTEN = "0512,120,0.3,true,2023-06-30,2023-06-30T08:30:00,2023-06,2023,20230630,06:00:00"


def write_book(path: Path, rows: list[list[Any]], *more: str) -> None:
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        clock = book.add_format({"num_format": "hh:mm:ss"})
        sheet = book.add_worksheet("数据")
        for row, cells_ in enumerate(rows):
            for column, cell in enumerate(cells_):
                if isinstance(cell, datetime):
                    sheet.write_datetime(row, column, cell, moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif cell == 0.25:
                    sheet.write_number(row, column, cell, clock)
                else:
                    sheet.write(row, column, cell)
        for name in more:
            book.add_worksheet(name)


def test_typed_cells_become_the_text_that_their_column_reads(desk: Desk) -> None:
    write_book(desk.folder / "a.xlsx", [list(TYPED), CELLS])
    prepared, problems = desk.prepare("a.xlsx", file=data_file("a.xlsx", TYPED))
    assert prepared is not None
    assert problems == []
    assert prepared.csv.read_text("utf-8").splitlines() == [",".join(TYPED), WRITTEN]
    assert (prepared.encoding, prepared.format, prepared.notes) == ("xlsx", "xlsx", ("sheet=数据",))


def test_every_written_cell_is_a_value_of_its_column(desk: Desk) -> None:
    from portal.casting import caster

    for column, text in zip(data_file("a", TYPED).table_schema.fields, WRITTEN.split(","), strict=True):  # type: ignore[union-attr]
        assert caster(column)(text) is not None


def test_empty_sheets_and_blank_rows_at_the_end_are_nothing(desk: Desk) -> None:
    write_book(desk.folder / "a.xlsx", [["编码", "名称", ""], ["1", "甲", ""], [], ["2", "乙"], ["", ""], [" "]], "空")
    assert desk.read("a.xlsx")[1] == "编码,名称\n1,甲\n\n2,乙\n\n ,\n"


def test_a_sheet_is_chosen_by_name(desk: Desk) -> None:
    with xlsxwriter.Workbook(desk.folder / "a.xlsx") as book:
        book.add_worksheet("说明").write(0, 0, "填表说明")
        book.add_worksheet("数据").write_row(0, 0, ["编码", "名称"])
    assert desk.read("a.xlsx", file=data_file("a.xlsx", sheet="数据"))[1] == "编码,名称\n"
    assert desk.refused("a.xlsx").values["names"] == "说明、数据"
    assert desk.refused("a.xlsx", file=data_file("a.xlsx", sheet="数据1")).rule == "workbook-sheet"


def test_codes_stored_as_numbers_are_told_at_every_run(desk: Desk) -> None:
    write_book(desk.folder / "a.xlsx", [["编码", "名称"], [512, "苏州"], ["0510", "无锡"]])
    for _ in range(2):
        prepared, problems = desk.prepare("a.xlsx")
        assert prepared is not None
        assert [(problem.rule, problem.level, problem.values["count"]) for problem in problems] == [
            ("workbook-numbers", "warning", "1")
        ]


def test_codes_that_lost_digits_are_refused(desk: Desk) -> None:
    write_book(desk.folder / "a.xlsx", [["编码", "名称"], [320583198001011234, "某"]])
    problem = desk.refused("a.xlsx")
    assert (problem.rule, problem.row, problem.values["field"]) == ("workbook-digits", 2, "编码")


def test_ods_is_read(desk: Desk) -> None:
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        '<office:spreadsheet><table:table table:name="数据">'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>编码</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>人数</text:p></table:table-cell></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>0512</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="120"><text:p>120</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    with zipfile.ZipFile(desk.folder / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    file = data_file("a.ods", {"编码": "string", "人数": "integer"})
    assert desk.read("a.ods", file=file) == ("ods", "编码,人数\n0512,120\n")


def test_a_cell_far_away_does_not_take_the_machine(desk: Desk) -> None:
    with xlsxwriter.Workbook(desk.folder / "a.xlsx") as book:
        sheet = book.add_worksheet("数据")
        sheet.write_row(0, 0, ["编码", "名称"])
        sheet.write(1_048_575, 16_383, "x")
    start = effort()
    problem = desk.refused("a.xlsx", limits=Limits(memory=768 << 20, seconds=60))
    assert problem.rule in ("workbook-memory", "workbook-too-slow")
    assert effort() - start < 60


def test_limits_of_workbooks(desk: Desk) -> None:
    write_book(desk.folder / "a.xlsx", [["编码", "名称"]])
    assert desk.refused("a.xlsx", limits=Limits(workbook=100)).rule == "workbook-too-large"
    assert desk.refused("a.xlsx", limits=Limits(members=3)).rule == "workbook-bomb"
    assert desk.refused("a.xlsx", limits=Limits(seconds=0)).rule == "workbook-too-slow"


def test_a_bomb_is_never_unpacked(desk: Desk) -> None:
    with zipfile.ZipFile(desk.folder / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(100 << 20))
    start = effort()
    assert desk.refused("a.xlsx").rule == "workbook-bomb"
    assert effort() - start < 2


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("a.xlsx", b"PK\x03\x04" + bytes(50), "workbook-broken"),
        ("a.xlsx", "编码,名称\n".encode(), "file-extension"),
        ("a.xls", b"<html><table></table></html>", "file-extension"),
        ("a.csv", b"PK\x03\x04" + bytes(50), "file-extension"),
        ("a.csv", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(50), "file-extension"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "workbook-broken"),
        ("a.xls", b"PK\x03\x04" + bytes(50), "file-extension"),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "workbook-encrypted"),
    ],
)
def test_what_is_no_workbook_is_told(desk: Desk, name: str, data: bytes, rule: str) -> None:
    assert desk.refused(name, data).rule == rule


def test_a_workbook_that_was_cut_off_is_broken(desk: Desk) -> None:
    write_book(desk.folder / "a.xlsx", [["编码", "名称"], ["1", "甲"]])
    whole = (desk.folder / "a.xlsx").read_bytes()
    for part in (len(whole) // 2, len(whole) - 30):
        assert desk.refused("a.xlsx", whole[:part]).rule == "workbook-broken"


# opening


@pytest.mark.parametrize(
    "path", ["../mzj/a.csv", "/etc/passwd", "datasets/../secret.csv", "datasets//a.csv", "a\\b.csv", ""]
)
def test_paths_that_leave_the_folder_are_refused(desk: Desk, path: str) -> None:
    (desk.root / "secret.csv").write_text(TEXT)
    prepared, problems = prepare(desk.root, path, data_file("a.csv"), desk.root / "cache")
    assert prepared is None
    assert [problem.rule for problem in problems] == ["file-outside"]


def test_links_are_not_followed(desk: Desk) -> None:
    (desk.root / "secret.csv").write_text(TEXT)
    (desk.folder / "a.csv").symlink_to(desk.root / "secret.csv")
    (desk.folder / "zero.csv").symlink_to("/dev/zero")
    (desk.folder / "nowhere.csv").symlink_to("/nowhere")
    (desk.folder / "more").symlink_to(desk.root)
    for name in ("a.csv", "zero.csv", "nowhere.csv", "more/secret.csv"):
        assert desk.refused(name).rule == "file-link"


def test_what_is_no_file_is_refused_at_once(desk: Desk) -> None:
    os.mkfifo(desk.folder / "pipe.csv")
    (desk.folder / "folder.csv").mkdir()
    assert desk.refused("pipe.csv").rule == "file-not-regular"
    assert desk.refused("folder.csv").rule == "file-not-regular"
    assert desk.refused("absent.csv").rule == "file-missing"
    assert desk.refused("a.csv", b"").rule == "file-empty"
    assert desk.refused("a.docx", b"x").rule == "file-format"
    assert desk.refused("noending", b"x").rule == "file-format"


def test_a_sparse_file_costs_nothing(desk: Desk) -> None:
    (desk.folder / "a.csv").touch()
    os.truncate(desk.folder / "a.csv", 2 << 30)
    assert desk.refused("a.csv").rule == "file-too-large"
    os.truncate(desk.folder / "a.csv", 1 << 30)
    start = effort()
    assert desk.refused("a.csv").rule == "file-binary"
    assert effort() - start < 1


def test_a_large_file_is_read_in_little_memory(desk: Desk) -> None:
    line = "320505001001,沧浪街道金狮社区,31.298886\r\n".encode("gb18030")
    with (desk.folder / "a.csv").open("wb") as file:
        file.write("编码,名称,纬度\r\n".encode("gb18030"))
        for _ in range(600):
            file.write(line * 1000)
    code = (
        "import resource, sys; from pathlib import Path; from portal.tablefile import prepare; "
        "from portal.model import DataFile; root = Path(sys.argv[1]); "
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; "
        "one, _ = prepare(root, 'datasets/mzj/a.csv', DataFile(path='a.csv'), root / 'cache'); "
        "after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; "
        "print(one.encoding, one.bytes, (after - before) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(desk.root)], cwd=CODE, capture_output=True, check=True)
    encoding, size, grown = done.stdout.split()
    assert encoding == b"gb18030"
    assert int(size) > 20_000_000
    assert int(grown) < 20  # MiB


def test_a_result_is_kept_and_used_again(desk: Desk) -> None:
    desk.read("a.csv", TEXT.encode("gb18030"))
    (kept,) = (desk.root / "cache/prepared").iterdir()
    made = (kept / "table.csv").stat().st_mtime_ns
    desk.read("a.csv")
    assert (kept / "table.csv").stat().st_mtime_ns == made
    desk.read("a.csv", (TEXT + "0519,常州\n").encode("gb18030"))
    assert len(list((desk.root / "cache/prepared").iterdir())) == 2
