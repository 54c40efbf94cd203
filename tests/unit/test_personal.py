"""What is personal and what is not, one thing at a time; whole tables; masks. Numbers are nobody's, worked out by hand."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from portal.personal import find, is_person, masked, scan_table
from portal.personal.shape import covered, titles_of
from portal.problems import PortalError, Problem
from portal.report import render

ID = "110101190001010014"  # Dongcheng, 1 January 1900; check digit by GB 11643: the weighted sum is 52, 52 mod 11 = 8 → 4
MOBILE = "13800000000"

HITS = [
    (ID, "id"), ("身份证" + ID + "。", "id"), ("１１０１０１１９０００１０１００１４", "id"), ("110101 19000101 0014", "id"), ("110101-1900-0101-0014", "id"),
    ("一一〇一〇一一九〇〇〇一〇一〇〇一四", "id"), (f'{{"sfz": "{ID}"}}', "id"), ("110101500101001", "id"), ("5 1 0 1 0 1 5 0 0 1 0 1 0 0 1", "id"),
    ("110101190001010022", "id"), ("11010119000101005X", None), (MOBILE, "mobile"), ("+8613800000000", "mobile"), ("0086 138 0000 0000", "mobile"), ("138.0000.0000", "mobile"),
    ("1 3 8-0 0 0 0-0 0 0 0", "mobile"), ("1 3 8-0000-0000", "mobile"), ("138\u200b0000\u200b0000", "mobile"), ("(138)00000000", "mobile"), ("电话13800000000转2", "mobile"),
    ("tel13800000000", "mobile"), ("6228480000000000000", "card"), ("6228 4800 0000 0000 000", "card"), ("6228480000000000001", None), ("6228480000000000", None), ("E00000000", "passport"), ("ea0000000", "passport"), ("G 00000000", "passport"),
    ("zhangsan@qq.com", "email"), ("zhang.san（at）163.com", "email"), ("li@company.com.cn", "email"), ("office@qq.com", "email"), ("苏E00000", "plate"), ("苏E·D0000A", None),
    ("苏ED00000", "plate"), ("苏e 00000f", "plate"), ("沪A0000学", "plate"), ("A123456(3)", "permit"), ("台胞证00000000", "permit"), ("联系人：张三，电话0512-65220000", "name-contact"),
    ("户主:李小明 住人民路12号3幢502室", "name-contact"),
]  # fmt: skip
MISSES = [
    "110101190001010015", "110101190002300014", "990101190001010014", "91320500MA1XYZ1234", "320505230115001", "12345678901", "10000000000", "2023-06-30 13:00:00", "20230630130000123",
    "0512-65220000", "05126522000", "400-828-1234", "a13800000000b", "0.13800000000", "13800000000.5", "1380000000", "138000000000", "138****0000", "320505********1234", "15-06-2023 123",
    "1990-2000-100", "13 14 15 16 17 8", "data@example.org", "bgs@suzhou.gov.cn", "info@company.com", "12345@suzhou.cn", "京B2-20150777", "苏ICP备05012345号", "苏E", "云A1路", "E1234567",
    "G15", "H00000000", "A123456(4)", "二〇二三年六月三十日", "联系人：张三", "联系人：信息中心，电话0512-65220000", "人民路12号", "", "张某，电话0512-65220000", "d41d8cd98f00b204e9800998ecf8427e",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), [one for one in HITS if one[1]])
def test_it_is_found_whatever_its_dress(text: str, kind: str) -> None:
    assert [one.kind for one in find(text)] == [kind]


@pytest.mark.parametrize("text", [*MISSES, *(text for text, kind in HITS if kind is None)])
def test_what_only_looks_so_is_left_alone(text: str) -> None:
    assert find(text) == []


def test_a_title_makes_less_suffice() -> None:
    assert [one.kind for one in find("X1234567", titles_of("护照号码"))] == ["passport"]
    assert find("X1234567") == []
    assert [one.kind for one in find("H00000000", titles_of("通行证号"))] == ["permit"]
    assert [one.kind for one in find("110101190001010015", titles_of("身份证号"))] == [
        "id"
    ]  # a slip in the check digit
    assert [one.kind for one in find("320505230115001", titles_of("公民身份号码"))] == ["id"]


@pytest.mark.parametrize("name", ["张三", "李小明", "欧阳修", "诸葛小亮", "张 三", "买买提·艾合买提", "John Smith"])
def test_names_of_people(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name", ["信息中心", "园林局", "张某", "王某某", "李女士", "陈老师", "-", "暂无", "", "常州市第一人民医院"]
)
def test_other_words_in_a_column_of_names(name: str) -> None:
    assert not is_person(name)


@pytest.mark.parametrize("name", ["周庄", "黄桥", "张家港", "常州", "陆家镇", "平江路", "石湖"])
def test_places_are_no_usual_names(name: str) -> None:
    assert not is_person(name, strict=True)


def test_masks_show_three_and_two_at_most() -> None:
    assert covered(ID) == "110*************14"
    assert covered("138 0000 0000") == "138******00"
    assert covered("苏E·00000") == "苏******"
    assert covered("张三") == "张*"
    assert masked(f"请联系{MOBILE}或{ID}。") == "请联系138******00或110*************14。"


def test_problems_are_masked_wherever_they_come_from() -> None:
    told = Problem("wrong-choice", "catalog/a.yml", 3, {"found": f"{MOBILE} 与 11010119000101…"})
    for fmt in ("text", "json", "markdown", "github", "sarif"):
        text = render([told], fmt, "zh")
        assert MOBILE not in text
        assert "11010119000101" not in text


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(text, "utf-8")
    return path


def test_rows_and_columns_are_counted_as_a_reader_counts_them(tmp_path: Path) -> None:
    text = f'a,b\n1,"x\ny, z"\n\n2,{MOBILE}\n3\n4,x,{MOBILE}\n"{MOBILE[:3]}\n{MOBILE[3:]}",7\n'
    found = [(one.kind, one.row, one.column) for one in scan_table(table(tmp_path, text), ["a", "b"])]
    assert found == [("mobile", 4, 2), ("mobile", 6, 3), ("mobile", 7, 1)]


def test_the_header_is_looked_at_too_and_a_last_line_without_line_feed(tmp_path: Path) -> None:
    found = [(one.row, one.column) for one in scan_table(table(tmp_path, f"a,{MOBILE}\n1,2\n3,{ID}"), ["a", MOBILE])]
    assert found == [(1, 2), (3, 2)]


def test_many_blocks_in_threads_keep_their_order(tmp_path: Path) -> None:
    rows = "".join(f"{n},文字文字文字,{MOBILE if n % 9973 == 0 else 'x'}\n" for n in range(1, 200_000))
    path = table(tmp_path, "a,b,c\n" + rows)
    wanted = [n + 1 for n in range(1, 200_000) if n % 9973 == 0]
    assert [one.row for one in scan_table(path, ["a", "b", "c"], threads=2)] == wanted
    assert [one.row for one in scan_table(path, ["a", "b", "c"])] == wanted


NAMES = ["张伟", "王芳", "李娜", "刘洋", "陈静", "杨帆", "赵敏", "黄勇", "周杰", "吴涛"]


def test_names_beside_contacts_are_found_without_titles(tmp_path: Path) -> None:
    rows = "".join(f"{n},{NAMES[n % 10]},0512-6522{n:04}\n" for n in range(30))
    found = list(scan_table(table(tmp_path, "a,b,c\n" + rows), ["a", "b", "c"]))
    assert {one.kind for one in found} == {"name-contact"}
    assert [one.row for one in found] == list(range(2, 32))
    assert found[0].masked == "张*"


def test_names_alone_and_contacts_alone_are_public(tmp_path: Path) -> None:
    names = "".join(f"{n},{NAMES[n % 10]},李白\n" for n in range(30))
    offices = "".join(f"{n},第{n}中学,人民路{n}号\n" for n in range(30))
    assert list(scan_table(table(tmp_path, "序号,作者,朝代\n" + names), ["序号", "作者", "朝代"])) == []
    assert list(scan_table(table(tmp_path, "序号,学校,地址\n" + offices), ["序号", "学校", "地址"])) == []


def test_a_fault_tells_nothing_of_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from portal.personal import scan

    def fail(text: str, _: object) -> None:
        raise ValueError(f"can't read {text}")

    monkeypatch.setattr(scan, "find", fail)
    with pytest.raises(PortalError) as caught:
        list(scan_table(table(tmp_path, f"a\n{MOBILE}\n"), ["a"]))
    assert MOBILE not in "".join(traceback.format_exception(caught.value))
