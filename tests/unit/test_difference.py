"""What changed between two versions of a dataset: worked by hand, with files as departments hand them in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from portal.changefacts import CellSample, DatasetDifference, Spread, TableDifference
from portal.difference import HIDDEN, CompareRules, Version, compare_datasets
from portal.model import Dataset
from portal.tablefile import prepare
from tests.tabular import entry

PARKS = {"编号": "string", "名称": "string", "面积": "number", "开放": "date"}
KEY = {"primaryKey": ["编号"]}
ROWS = "编号,名称,面积,开放\n1,东园,12.5,2001-05-01\n2,西园,3.0,2002-05-01\n3,北塔公园,,2003-05-01\n"


def parks(columns: dict[str, str] = PARKS, **changes: Any) -> Dataset:
    return entry(columns, schema=changes.pop("schema", KEY), **changes)


def version(folder: Path, dataset: Dataset, *texts: str | bytes) -> Version:
    """A version with these files, prepared as the check prepares them."""
    folder.mkdir(exist_ok=True)
    found, broken = {}, {}
    for file, text in zip(dataset.files, texts, strict=True):
        (folder / file.path).write_bytes(text if isinstance(text, bytes) else text.encode())
        table = next(one for one in dataset.tables if file.key in {part.key for part in one.files})
        whole = file.model_copy(update={"table_schema": table.table_schema})
        one, problems = prepare(folder, file.path, whole, folder / "cache")
        if one:
            found[file.key] = one
        else:
            broken[file.key] = problems[0].rule
    return Version(dataset, found, broken)


@pytest.fixture
def compare(tmp_path: Path) -> Any:
    """Compare two datasets with their files; a text alone is the file of `parks()`."""

    def run(before: Any, after: Any, **rules: Any) -> DatasetDifference:
        sides = []
        for name, one in (("before", before), ("after", after)):
            dataset, *texts = one if isinstance(one, tuple) else (parks(), one)
            sides.append(version(tmp_path / name, dataset, *texts))
        return compare_datasets(sides[0], sides[1], CompareRules(tmp_path / "scratch", **rules))

    return run


def only(found: DatasetDifference) -> TableDifference:
    (table,) = found.tables
    return table


def columns(table: TableDifference) -> dict[str, Any]:
    return {one.name: one for one in table.columns}


def test_nothing_changed(compare: Any) -> None:
    found = compare(ROWS, ROWS)
    assert found.is_empty
    assert (only(found).rows.before, only(found).rows.after, only(found).reworded) == (3, 3, False)


def test_rows_by_key(compare: Any) -> None:
    after = "编号,名称,面积,开放\n3,北塔公园,8.4,2003-05-01\n1,东园,12.50,2001-5-1\n4,南园,2,2004-05-01\n"
    table = only(compare(ROWS, after))
    assert (table.by, table.key) == ("key", ("编号",))
    assert (table.added, table.removed, table.changed, table.cells) == (1, 1, 1, 1)
    assert table.altered == (CellSample(file="parks.csv", row=2, key=("3",), column="面积", old=None, new="8.4"),)
    (came,), (went,) = table.came, table.went
    assert (came.row, came.key, came.cells["名称"]) == (4, ("4",), "南园")
    assert (went.row, went.key, went.cells) == (
        3, ("2",), {"编号": "2", "名称": "西园", "面积": "3", "开放": "2002-05-01"},
    )  # fmt: skip
    area = columns(table)["面积"]
    assert area.spread_before == Spread(count=2, minimum=3, maximum=12.5, mean=7.75, sum=15.5)
    assert area.spread_after == Spread(count=3, minimum=2, maximum=12.5, mean=22.9 / 3, sum=22.9)
    assert (area.nulls.before, area.nulls.after) == (1, 0)


def test_key_of_two_columns_whose_texts_join_alike(compare: Any) -> None:
    dataset = parks({"a": "string", "b": "string", "c": "string"}, schema={"primaryKey": ["a", "b"]})
    table = only(compare((dataset, "a,b,c\nx,yz,1\nxy,z,2\n,q,3\n"), (dataset, "a,b,c\nxy,z,1\nx,yz,2\n,q,4\n")))
    assert (table.added, table.removed, table.changed, table.loose) == (0, 0, 3, 0)


def test_rows_of_a_repeated_or_empty_key_are_compared_whole(compare: Any) -> None:
    before = "编号,名称,面积,开放\n1,东园,,\n1,西园,,\n2,南园,,\n,无名,,\n"
    after = "编号,名称,面积,开放\n1,东园,,\n2,南园二,,\n,无名,,\n,无名,,\n"
    table = only(compare(before, after))
    assert (table.by, table.loose) == ("key", 6)
    assert (table.added, table.removed, table.changed) == (1, 1, 1)
    assert [one.cells["名称"] for one in table.went] == ["西园"]
    assert [one.row for one in table.came] == [5]


def test_without_a_key_rows_count_as_often_as_they_stand(compare: Any) -> None:
    dataset = parks({"甲": "string", "乙": "integer"}, schema={})
    table = only(compare((dataset, "甲,乙\na,1\na,1\nb,2\n"), (dataset, "甲,乙\nb, 2\na,1\nc,3\nc,3\n")))
    assert (table.by, table.added, table.removed, table.changed) == ("rows", 2, 1, 0)
    assert [one.cells["甲"] for one in table.came] == ["c", "c"]


def test_another_key(compare: Any) -> None:
    """The present key, or the earlier one where the present one tells no rows apart."""
    before, after = "编号,名称,面积,开放\n1,甲,1,\n2,甲,2,\n", "编号,名称,面积,开放\n1,甲,1,\n2,甲,3,\n"
    table = only(compare(before, (parks(schema={"primaryKey": ["名称"]}), after)))
    assert (table.key_before, table.key_after) == (("编号",), ("名称",))
    assert (table.by, table.key, table.changed) == ("key", ("编号",), 1)


def test_columns_came_went_moved_and_mean_something_else(compare: Any) -> None:
    names = {"编号": "string", "开放": "date", "名称": "string", "等级": "string"}
    after = parks(names)
    field = after.files[0].table_schema.fields[2].model_copy(update={"title": "公园全称", "unit": "个"})
    fields = (*after.files[0].table_schema.fields[:2], field, after.files[0].table_schema.fields[3])
    schema = after.files[0].table_schema.model_copy(update={"fields": fields})
    after = after.model_copy(update={"files": (after.files[0].model_copy(update={"table_schema": schema}),)})
    text = "编号,开放,名称,等级\n1,2001-05-01,东园,a\n2,2002-05-01,西园,b\n3,2003-05-01,北塔公园,a\n"
    table = only(compare(ROWS, (after, text)))
    found = columns(table)
    kinds = {name: one.kind for name, one in found.items() if name != "开放"}
    assert kinds == {"名称": "same", "等级": "added", "面积": "removed"}
    assert sum(one.moved for one in found.values()) == 1
    assert [(one.what, one.title, one.old, one.new) for one in found["名称"].told] == [
        ("title", "中文名称", "名称", "公园全称"),
        ("unit", "计量单位", None, "个"),
    ]
    assert (table.added, table.removed, table.changed) == (0, 0, 0)


def test_a_renamed_column_is_found_by_its_content(compare: Any) -> None:
    names = {"编号": "string", "公园": "string", "面积": "number", "开放": "date"}
    table = only(compare(ROWS, (parks(names), ROWS.replace("名称", "公园"))))
    assert (table.added, table.removed, table.changed) == (0, 0, 0)
    found = columns(table)
    assert (found["公园"].kind, found["公园"].before, found["公园"].alike) == ("renamed", "名称", 1.0)
    assert "名称" not in found


def test_a_renamed_key_and_a_renamed_column_at_once(compare: Any) -> None:
    before = "编号,名称\n" + "".join(f"{n},公园{n}\n" for n in range(40))
    after = "代码,全称\n" + "".join(f"{n},公园{n if n != 7 else 'X'}\n" for n in range(39, 0, -1))
    table = only(
        compare(
            (parks({"编号": "string", "名称": "string"}), before),
            (parks({"代码": "string", "全称": "string"}, schema={"primaryKey": ["代码"]}), after),
        )
    )
    assert {(one.before, one.name) for one in table.columns} == {("编号", "代码"), ("名称", "全称")}
    assert (table.by, table.added, table.removed, table.changed) == ("key", 0, 1, 1)


PLATES = [f"{n}号" for n in range(20)]


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("编号 名称", "编号 甲? 乙", "乙"),  # the most alike, though the other one stands nearer
        ("编号 名称", "编号 甲 乙=名称", "乙"),  # of equals the one of the same title, though the other one is nearer
        ("编号 名称", "编号 甲 乙?=名称", "甲"),  # the most alike before the one of the same title
        ("编号 名称 面积", "编号 甲 面积 乙", "甲"),  # of equals the nearest, though the other one's name comes first
        ("编号 面积 名称 开放", "编号 甲 面积 乙 开放", "乙"),  # and at last by name
    ],
)
def test_of_several_columns_that_may_be_a_lost_one_the_best_is_chosen(
    compare: Any, before: str, after: str, wanted: str
) -> None:
    """All columns but the key hold the same; `?` marks one with another value in a row, `=` tells its title."""
    old = before.split()
    told = [re.fullmatch(r"(\w+)(\??)=?(\w*)", one) for one in after.split()]
    new = [(one[1], bool(one[2]), one[3] or one[1]) for one in told if one]
    fields = [{"name": name, "title": title, "type": "string", "description": name} for name, _, title in new]
    earlier = [",".join([str(n), *[one] * (len(old) - 1)]) for n, one in enumerate(PLATES)]
    present = [
        ",".join([str(n), *("错" if wrong and n == 0 else one for _, wrong, _ in new[1:])])
        for n, one in enumerate(PLATES)
    ]
    then = (parks(dict.fromkeys(old, "string")), "\n".join([",".join(old), *earlier, ""]))
    now = (
        parks({name: "string" for name, _, _ in new}, schema={"fields": fields, **KEY}),
        "\n".join([",".join(name for name, _, _ in new), *present, ""]),
    )
    found = [one for one in only(compare(then, now)).columns if one.kind == "renamed"]
    assert [(one.before, one.name) for one in found] == [("名称", wanted)]


def test_columns_of_one_value_or_of_another_content_are_not_called_renamed(compare: Any) -> None:
    before, after = "编号,甲,乙\n1,是,a\n2,是,b\n3,是,c\n", "编号,丙,丁\n1,是,x\n2,是,y\n3,是,c\n"
    table = only(
        compare(
            (parks({"编号": "string", "甲": "string", "乙": "string"}), before),
            (parks({"编号": "string", "丙": "string", "丁": "string"}), after),
        )
    )
    assert [one.kind for one in table.columns] == ["added", "added", "removed", "removed"]
    assert table.changed == 0


def test_another_type_of_the_same_values_changes_no_row(compare: Any) -> None:
    names = {**PARKS, "面积": "string"}
    text = "编号,名称,面积,开放\n1,东园,12.5,2001-05-01\n2,西园,3,2002-05-01\n3,北塔公园,,2003-05-01\n"
    table = only(compare(ROWS, (parks(names), text)))
    assert table.changed == 0
    (told,) = columns(table)["面积"].told
    assert (told.what, told.old, told.new) == ("type", "number（数值）", "string（文字、编号）")


def test_another_encoding_separator_and_format_changes_no_row(compare: Any) -> None:
    after = parks()
    file = after.files[0].model_copy(update={"delimiter": ";"})
    text = "\r\n".join(";".join(line.split(",")) for line in ROWS.split("\n")).encode("gb18030")
    table = only(compare(ROWS, (after.model_copy(update={"files": (file,)}), text)))
    assert (table.added, table.removed, table.changed, table.reworded) == (0, 0, 0, True)
    assert [(one.path, [(told.what, told.old, told.new) for told in one.told]) for one in table.files] == [
        ("parks.csv", [("encoding", "utf-8", "gb18030"), ("delimiter", ",", ";")])
    ]


def test_files_appended_to_a_table(compare: Any) -> None:
    dataset = parks()
    two = dataset.model_copy(
        update={
            "files": (
                *dataset.files,
                dataset.files[0].model_copy(update={"path": "more.csv", "append": True, "table_schema": None}),
            )
        }
    )
    more = "编号,名称,面积,开放\n4,南园,2,\n3,北塔公园,8,2003-05-01\n"
    table = only(compare(ROWS, (two, ROWS.replace("3,北塔公园,,2003-05-01\n", ""), more)))
    assert (table.added, table.removed, table.changed) == (1, 0, 1)
    assert (table.came[0].file, table.came[0].row) == ("more.csv", 2)
    assert (table.altered[0].file, table.altered[0].row) == ("more.csv", 3)
    assert [(one.path, one.kind) for one in table.files] == [("more.csv", "added")]


def test_an_encrypted_earlier_version(compare: Any) -> None:
    names = {**PARKS, "新": "string"}
    broken = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    after = "编号,名称,面积,开放,新\n1,东园,,,\n"
    table = only(compare((parks(), broken), (parks(names), after)))
    assert table.unreadable == {"before": "file-extension"}
    assert (table.by, table.rows.before, table.rows.after) == ("nothing", None, 1)
    assert [(one.name, one.kind) for one in table.columns] == [("新", "added")]


def test_ragged_and_blank_records_are_told_apart_too(compare: Any) -> None:
    """The check reports them; the comparison must not lose a row over them."""
    after = "编号,名称,面积,开放\n1,东园,12.5,2001-05-01,多余\n\n2,西园\n3,北塔公园,,2003-05-01\n"
    table = only(compare(ROWS, after))
    assert (table.rows.after, table.added, table.removed, table.changed, table.cells) == (3, 0, 0, 1, 2)
    assert {(one.row, one.column) for one in table.altered} == {(4, "面积"), (4, "开放")}


def test_without_a_common_column_all_rows_are_others(compare: Any) -> None:
    table = only(compare(ROWS, "编号;名称;面积;开放\n1;东园;12.5;2001-05-01\n"))
    assert (table.by, table.added, table.removed) == ("rows", 1, 3)


def test_a_cell_of_300_kilobytes_and_a_table_of_200_columns(compare: Any) -> None:
    long = "长" * 100_000
    table = only(compare(f"编号,名称,面积,开放\n1,{long},,\n", f"编号,名称,面积,开放\n1,{long}尾,,\n"))
    assert (table.altered[0].new or "").endswith("尾")
    wide = {f"c{place}": "number" for place in range(200)}
    texts = [
        ",".join(wide) + "\n" + ",".join([key, *[value] * 199]) + "\n" for key, value in (("1", "1"), ("1", "1.5"))
    ]
    dataset = parks(wide, schema={"primaryKey": ["c0"]})
    table = only(compare((dataset, texts[0]), (dataset, texts[1])))
    assert (table.changed, table.cells, len(table.altered)) == (1, 199, 10)


def test_text_that_is_no_value_of_its_column_is_compared_as_it_stands(compare: Any) -> None:
    before = "编号,名称,面积,开放\n1,东园,约十二,昨天\n"
    assert only(compare(before, before.replace("昨天", "前天"))).altered[0].old == "昨天"


def test_hostile_cells_survive_and_samples_stay_short(compare: Any) -> None:
    evil = "<script>alert(1)</script>|`x`\n| a | b |\u202e"
    before = f'编号,名称,面积,开放\n1,"{evil}",,\n2,{"长" * 500}甲,,\n'
    after = f'编号,名称,面积,开放\n1,"{evil}!",,\n2,{"长" * 500}乙,,\n'
    table = only(compare(before, after, shown=40))
    first, second = table.altered
    assert "\\u202e" in (first.old or "")
    assert first.new != first.old
    assert len(second.old or "") <= 41
    assert (second.old or "").endswith("甲")
    assert (second.new or "").endswith("乙")


def test_samples_are_few_and_of_every_changed_column(compare: Any) -> None:
    before = "编号,名称,面积,开放\n" + "".join(f"{n},甲,1,\n" for n in range(400))
    after = "编号,名称,面积,开放\n" + "".join(f"{n},乙,{2 if n == 399 else 1},\n" for n in range(400))
    table = only(compare(before, after, samples=4))
    assert (table.changed, table.cells) == (400, 401)
    assert [(one.row, one.column) for one in table.altered] == [(2, "名称"), (3, "名称"), (4, "名称"), (401, "面积")]


def test_personal_data_are_never_shown(compare: Any) -> None:
    """By the scanner's mask, by an exception of the entry, and as names beside telephones."""
    names = {"编号": "string", "备注": "string", "联系人": "string", "电话": "string", "手机号": "integer"}
    allow = [{"rule": "personal-mobile", "field": "电话", "reason": "法定公开的联系方式", "until": "2027-12-31"}]
    dataset = parks(names, allow=allow)
    before = "编号,备注,联系人,电话,手机号\n1,无,张三丰,0512-65123456,13800138000\n"
    after = "编号,备注,联系人,电话,手机号\n1,身份证 11010519491231002X,李四光,0512-65123457,13912345678\n2,a,王五,1,13912345679\n"
    found = compare((dataset, before), (dataset, after))
    text = found.model_dump_json()
    secrets = "11010519491231002X 张三丰 李四光 王五 65123456 65123457 13800138000 1391234567"
    for secret in secrets.split():
        assert secret not in text
    assert HIDDEN in text
    assert only(found).hidden == ("电话", "联系人")


@pytest.mark.parametrize("kind", ["conditional", "not-open"])
def test_data_that_are_not_open_are_never_shown(compare: Any, kind: str) -> None:
    closed = parks(open_type=kind, open_ground="含敏感信息", title="另一名称（2025年）")
    found = compare(ROWS, (closed, ROWS.replace("东园", "秘密")))
    assert found.closed
    assert "秘密" not in found.model_dump_json()
    assert [(one.name, one.kind, one.rows.before, one.rows.after) for one in found.tables] == [
        ("parks", "removed", 3, None)
    ]
    told = {one.what: (one.old, one.new) for one in found.entry}
    assert told["open_type"] == ("无条件开放", "不予开放" if kind == "not-open" else "有条件开放")
    assert ("title" in told) == (kind == "conditional")
    both = compare((closed, ROWS), (closed, ROWS.replace("东园", "秘密")))
    assert (both.tables, both.rows.before, both.rows.after) == ((), None, None)


def test_the_entry_in_words(compare: Any) -> None:
    after = parks(
        title="城区公园名录（2026年）",
        update_frequency="monthly",
        keywords=["公园", "广场"],
        contact={"office": "园林局", "phone": "0512-11111111"},
        sharing={"type": "不予共享"},
    )
    told = {one.title: (one.old, one.new) for one in compare(ROWS, (after, ROWS)).entry}
    assert told == {
        "名称": ("城区公园名录（2025年）", "城区公园名录（2026年）"),
        "关键词": ("公园、绿地", "公园、广场"),
        "更新频率": ("每年", "每月"),
        "联系方式": (
            "联系单位：园林局信息中心（示范），联系电话：0512-00000000",
            "联系单位：园林局，联系电话：0512-11111111",
        ),
    }


def test_tables_came_went_and_were_renamed(compare: Any, tmp_path: Path) -> None:
    def of(*tables: tuple[str, dict[str, str]]) -> Dataset:
        files = [
            {
                "path": f"{name}.csv",
                "name": name,
                "schema": entry(kinds, schema=KEY)
                .files[0]
                .model_dump(by_alias=True, mode="json", exclude_none=True)["schema"],
            }
            for name, kinds in tables
        ]
        return entry(PARKS, files=files)

    other = {"编号": "string", "甲": "string", "乙": "string"}
    found = compare(
        (of(("parks", PARKS), ("old", {"编号": "string", "丙": "string"})), ROWS, "编号,丙\n1,x\n2,y\n"),
        (of(("gardens", PARKS), ("new", other)), ROWS, "编号,甲,乙\n1,a,b\n"),
    )
    assert [(one.name, one.kind, one.before) for one in found.tables] == [
        ("gardens", "renamed", "parks"), ("new", "added", None), ("old", "removed", "old"),
    ]  # fmt: skip
    assert (found.rows.before, found.rows.after) == (5, 4)
    assert found.tables[0].added == 0


def test_a_dataset_came_or_went(tmp_path: Path) -> None:
    one = version(tmp_path / "v", parks(), ROWS)
    rules = CompareRules(tmp_path / "scratch")
    came, went = compare_datasets(None, one, rules), compare_datasets(one, None, rules)
    assert (came.kind, came.rows.before, came.rows.after, came.data_date) == ("added", None, 3, (None, "2025-12-31"))
    assert (went.kind, went.rows.before, went.rows.after, went.data_date) == ("removed", 3, None, ("2025-12-31", None))
    assert came.tables[0].came == ()


def test_same_input_same_bytes(compare: Any) -> None:
    after = ROWS.replace("东园", "东山园") + "9,新园,0.1,2005-01-01\n"
    assert compare(ROWS, after).model_dump_json() == compare(ROWS, after).model_dump_json()
