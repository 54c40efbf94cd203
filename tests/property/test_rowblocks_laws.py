"""Laws of portal/rowblocks.py: the quick way through a file gives what the careful way gives, values and refusals."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.casting import CastError, caster
from portal.rowblocks import column_caster, value_blocks
from portal.tablefile.shape import Prepared
from portal.tableschema import Column, TableSchema
from tests.tabular import column

KINDS = ["string", "integer", "number", "boolean", "date", "time", "datetime", "year", "yearmonth"]
DIGITS = st.text("0123456789", min_size=1, max_size=20)
NUMERALS = st.builds("{}{}{}{}".format, st.sampled_from(["", "-", "+", " "]), DIGITS, st.sampled_from(["", ".", ".0", ".50"]), st.sampled_from(["", "7", "e3", " "]))  # fmt: skip
FRACTIONS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12).map(str)
ODD = st.sampled_from(["", "-", "0", "-0", "00", "-0.0", "0.0", "1.", ".5", "１２", "1_000", "true", "0", "2023-06-30", "2023-6-1", "2023-02-30", "08:00:00", "2023-06", "0001", "2023-06-30T08:00:00Z", "NaN", "inf", "1e400", "\x0b", "９"])  # fmt: skip
CELLS = st.one_of(NUMERALS, FRACTIONS, ODD, st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=6))  # fmt: skip
MISSING = st.sampled_from([("",), (), ("-",), ("", "-", "NA")])


def outcome(call: Any) -> Any:
    try:
        return [(value, type(value)) for value in call()]
    except CastError as error:
        return error.reason


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None)
@given(texts=st.lists(CELLS, min_size=1, max_size=6), missing=MISSING)
@example(texts=["-0.0", "0.0", "12.50"], missing=("",))
@example(texts=["-0", "-0.5", "", "120.1234567", "0.123456789012", "-0.000"], missing=("",))
@example(texts=["1", "", "-7"], missing=("",))
@example(texts=["1\n2"], missing=("",))
@example(texts=["0512"], missing=("",))
def test_a_column_at_once_is_the_column_cell_by_cell(kind: str, texts: list[str], missing: tuple[str, ...]) -> None:
    described = Column.model_validate(column("a", kind))
    quick, careful = column_caster(described, missing), caster(described, missing)
    assert outcome(lambda: quick(texts)) == outcome(lambda: [careful(text) for text in texts])


def careful_rows(text: str, schema: TableSchema) -> list[tuple[Any, ...]]:
    casters = [caster(field, schema.missing_values) for field in schema.fields]
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]
    return [tuple(cast(cell) for cast, cell in zip(casters, row, strict=True)) for row in rows if row]


TEXTS = st.text(st.sampled_from('ab,"\n\r 公😀'), max_size=5)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(TEXTS, st.integers(-99, 99).map(str), TEXTS), max_size=12),
    all_quoted=st.booleans(),
    end=st.booleans(),
    size=st.integers(1, 4),
)
def test_a_file_in_blocks_is_the_file_row_by_row(
    rows: list[tuple[str, str, str]], all_quoted: bool, end: bool, size: int
) -> None:
    names = ["甲", 'b,"', "丙"]
    kinds = dict(zip(names, ("string", "integer", "string"), strict=True))
    schema = TableSchema.model_validate({"fields": [column(name, kind) for name, kind in kinds.items()]})
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL)
    writer.writerow(names)
    for row in rows:
        # As the preparation leaves it: a cell with a carriage return is quoted as well.
        quoted = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
        (quoted if "\r" in "".join(row) else writer).writerow(row)
    text = stream.getvalue() if end else stream.getvalue().removesuffix("\n")
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("portal.rowblocks.ROWS", size)
        patch.setattr("portal.rowblocks.SIZE", size * 4)
        path = Path(folder) / "x.csv"
        path.write_text(text, "utf-8", newline="")
        found = [
            cell for block in value_blocks(Prepared("x.csv", path, "", 0, "utf-8", "csv"), schema) for cell in block
        ]
    assert found == [cell for row in careful_rows(text, schema) for cell in row]


@pytest.mark.parametrize("body", ["1,2\n3\n", "1,2\n3,4,5\n", '1,2\n"3"\n', "1\n2,3,4\n", '1,2\n"3,4\n'])
def test_ragged_rows_and_open_quotes_are_refused(tmp_path: Path, body: str) -> None:
    schema = TableSchema.model_validate({"fields": [column("a"), column("b")]})
    (tmp_path / "x.csv").write_text("a,b\n" + body, "utf-8", newline="")
    with pytest.raises((ValueError, csv.Error)):
        list(value_blocks(Prepared("x.csv", tmp_path / "x.csv", "", 0, "utf-8", "csv"), schema))


def test_blank_lines_are_no_rows(tmp_path: Path) -> None:
    schema = TableSchema.model_validate({"fields": [column("a"), column("b")]})
    (tmp_path / "x.csv").write_text("a,b\n\n1,2\n\n\n3,4\n\n", "utf-8", newline="")
    found = list(value_blocks(Prepared("x.csv", tmp_path / "x.csv", "", 0, "utf-8", "csv"), schema))
    assert found == [["1", "2", "3", "4"]]
