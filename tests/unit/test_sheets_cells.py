"""One cell: what people type is read as they mean it, and what can't be meant is told."""

from __future__ import annotations

from typing import Any

import pytest

from portal.fieldtable import FieldNote, field_of, field_table
from portal.model import DataFile, Dataset
from portal.sheets.cells import Cell, CellFault, decode, encode
from portal.tableschema import Column, Constraints

KEYWORDS, FREQUENCY = field_of(Dataset, "keywords"), field_of(Dataset, "update_frequency")
DAY, TITLE = field_of(Dataset, "data_date"), field_of(Dataset, "title")
CODES, LONGEST, LEAST = field_of(Column, "codes"), field_of(Constraints, "maxLength"), field_of(Constraints, "minimum")
APPEND, DELIMITER = field_of(DataFile, "append"), field_of(DataFile, "delimiter")


def text(value: str) -> Cell:
    return "text", value


@pytest.mark.parametrize(
    ("note", "cell", "value"),
    [
        (TITLE, text("　城区公园名录 "), "城区公园名录"),
        (TITLE, text('"甲"和"乙"'), '"甲"和"乙"'),
        (TITLE, text("   "), None),
        (TITLE, None, None),
        (KEYWORDS, text("公园、绿地，花园;林地"), ["公园", "绿地", "花园", "林地"]),
        (KEYWORDS, text("公园\n\n 绿地、花园 "), ["公园", "绿地、花园"]),
        (KEYWORDS, text('"甲、乙"、丙'), ["甲、乙", "丙"]),
        (KEYWORDS, text("[]"), []),
        (FREQUENCY, text("每年"), "annual"),
        (FREQUENCY, text("Annual"), "annual"),
        (FREQUENCY, text("annual（每年）"), "annual"),
        (FREQUENCY, text("经常"), "经常"),
        (DAY, text("2025年1月5日"), "2025-01-05"),
        (DAY, text("２０２５/１/５"), "2025-01-05"),
        (DAY, text("2025-02-30"), "2025-02-30"),
        (DAY, ("day", "2025-01-05 00:00:00"), "2025-01-05"),
        (DAY, ("day", "2025-01-05 08:30:00"), "2025-01-05 08:30:00"),
        (CODES, text("1=男\n2＝女"), {"1": "男", "2": "女"}),
        (CODES, text('"a=b"=甲；c=乙=丙'), {"a=b": "甲", "c": "乙=丙"}),
        (APPEND, text("是"), True),
        (APPEND, ("truth", False), False),
        (APPEND, ("number", 1.0), True),
        (DELIMITER, text("制表符"), "\t"),
        (LONGEST, ("number", 20.0), "20"),
        (LEAST, ("number", 0.1), "0.1"),
        (LEAST, ("day", "1950-01-01 00:00:00"), "1950-01-01"),
    ],
)
def test_a_cell_is_read_as_it_is_meant(note: FieldNote, cell: Cell, value: Any) -> None:
    assert decode(note, cell) == value


@pytest.mark.parametrize(
    ("note", "cell", "rule"),
    [
        (TITLE, ("number", 320500.0), "sheet-cell-kind"),
        (TITLE, ("day", "2025-01-05 00:00:00"), "sheet-cell-kind"),
        (TITLE, ("truth", True), "sheet-cell-kind"),
        (TITLE, ("time", "08:00:00"), "sheet-cell-kind"),
        (DAY, ("number", 45000.0), "sheet-cell-kind"),
        (KEYWORDS, ("number", 985.0), "sheet-cell-kind"),
        (CODES, text("1：男"), "sheet-pair"),
        (CODES, text('"1" 男=x'), "sheet-pair"),
    ],
)
def test_what_can_t_be_meant_is_told(note: FieldNote, cell: Cell, rule: str) -> None:
    with pytest.raises(CellFault) as found:
        decode(note, cell)
    assert found.value.rule == rule


@pytest.mark.parametrize(
    ("note", "value", "cell"),
    [
        (TITLE, "城区公园名录（2025年）", "城区公园名录（2025年）"),
        (TITLE, "", '""'),
        (KEYWORDS, ["公园", "绿地"], "公园\n绿地"),
        (KEYWORDS, ["甲、乙"], '"甲、乙"'),
        (FREQUENCY, "annual", "每年"),
        (CODES, {"1": "男", "a=b": "c"}, '1=男\n"a=b"=c'),
        (APPEND, True, "是"),
        (TITLE, None, ""),
    ],
)
def test_plain_values_stay_plain(note: FieldNote, value: Any, cell: str) -> None:
    assert encode(note, value) == cell
    assert decode(note, text(cell)) == value


def test_the_table_of_fields_is_that_of_the_models() -> None:
    keys = [note.key for note in field_table(Dataset)]
    assert keys == [info.alias or name for name, info in Dataset.model_fields.items()]
    assert (TITLE.required, TITLE.least, TITLE.most, TITLE.kind) == (True, 2, 80, "text")
    assert TITLE.example == "苏州市村（居）委会区划代码（2023年）"
    assert [one.meaning for one in FREQUENCY.choices][:2] == ["实时", "每日"]
    assert field_of(Dataset, "id").pattern
    assert (LONGEST.kind, LONGEST.least) == ("whole", 0)
    with pytest.raises(KeyError):
        field_of(Dataset, "nothing")
