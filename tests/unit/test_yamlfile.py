"""YAML as text with lines; hostile files are refused quickly and in little memory."""

from __future__ import annotations

import os
import resource
import time
import tracemalloc
from pathlib import Path

import pytest

from portal.yamlfile import MAX_BYTES, MAX_LEVELS, Node, parse_yaml, read_yaml


def rules(raw: bytes) -> list[tuple[str, int | None]]:
    return [(problem.rule, problem.line) for problem in parse_yaml(raw, "a.yml")[1]]


def node_of(text: str) -> Node:
    node, problems = parse_yaml(text.encode(), "a.yml")
    assert problems == []
    assert node is not None
    return node


def test_every_scalar_stays_text() -> None:
    text = "a: NO\nb: 0123\nc: 2023-06-30\nd: 1e3\ne: ~\nf: null\ng: true\nh: 0x10\ni: 1_000\nj: '0512'\n"
    assert node_of(text).plain() == {
        "a": "NO", "b": "0123", "c": "2023-06-30", "d": "1e3", "e": "~", "f": "null", "g": "true", "h": "0x10",
        "i": "1_000", "j": "0512",
    }  # fmt: skip


def test_plain_nothing_is_none_and_quoted_nothing_is_text() -> None:
    assert node_of("a:\nb: ''\nc: \"\"\nd: [x, '']\ne:\n- \n").plain() == {
        "a": None,
        "b": "",
        "c": "",
        "d": ["x", ""],
        "e": [None],
    }


def test_lines_of_keys_and_values() -> None:
    node = node_of("# 注\ntitle: 名称\nlong: >\n  第一行\n  第二行\nfiles:\n  - path: a.csv\n    schema:\n      fields:\n"
                   "      - {name: 甲,\n         title: 乙}\nlast:\n  文字\n")  # fmt: skip
    assert node.line_of("title") == 2
    assert node.line_of("long") == 3
    assert node.line_of("files") == 6
    assert node.line_of("files", 0) == 7
    assert node.line_of("files", 0, "schema") == 8
    assert node.line_of("files", 0, "schema", "fields", 0, "title") == 11
    assert (node.line_of("last"), node.value_line_of("last")) == (12, 13)
    assert node.line_of("files", 0, "missing", "deeper") == 7  # the nearest that exists
    assert node.line_of("nothing") == 2  # the mapping itself


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a: 1\nb: 2\na: 3\n", [("yaml-repeated-key", 3)]),
        (b"a: {b: 1, b: 2, b: 3}\n", [("yaml-repeated-key", 1)]),
        (b"a: &x 1\n", [("yaml-anchor", 1)]),
        (b"a: &x 1\nb: *x\n", [("yaml-anchor", 1), ("yaml-anchor", 2)]),
        (b"a: &x [*x]\n", [("yaml-anchor", 1)]),
        (b"*x : 1\n", [("yaml-anchor", 1)]),
        (b"a: 1\n<<: {b: 2}\n", [("yaml-merge-key", 2)]),
        (b"a: !!python/object:os.system x\n", [("yaml-tag", 1)]),
        (b"a: !x [1]\nb: !!int 3\n", [("yaml-tag", 1), ("yaml-tag", 2)]),
        (b"? [a, b]\n: c\n? {d: e}\n: f\n", [("yaml-complex-key", 1), ("yaml-complex-key", 3)]),
        (b"a:\n\tb: 1\n\tc: 2\n", [("yaml-tab", 2), ("yaml-tab", 3)]),
        (b"a: 'x\ty'\n", [("yaml-tab", 1)]),
        (b"a: 1\n---\nb: 2\n", [("yaml-several-documents", 2)]),
        (b"a: \x00\n", [("yaml-hidden-character", 1)]),
        ("a: x\u202ey\nb: \ufeff\n".encode(), [("yaml-hidden-character", 1), ("yaml-hidden-character", 2)]),
        (b'a: "\\u202e"\n', [("yaml-hidden-character", 1)]),
        (b"a: 1\rb: 2\n", [("yaml-hidden-character", 1)]),
        ("标题: 公园\n".encode("gbk"), [("yaml-not-utf8", 1)]),
        ("标题: 公园\n".encode("utf-16"), [("yaml-not-utf8", 1)]),
        ("a: 1\nb: 公".encode()[:-1], [("yaml-not-utf8", 2)]),
        (b'a: "b\nc: 1\n', [("yaml-quote", 1)]),
        (b"a: [b, c\nd: 1\n", [("yaml-bracket", 1)]),
        (b"a: {b: c\n", [("yaml-bracket", 1)]),
        (b"a: b: c\n", [("yaml-colon", 1)]),
        ("标题：公园\nb: 1\n".encode(), [("yaml-colon", 2)]),
        (b"a: @b\n", [("yaml-start", 1)]),
        (b"a: *.csv\n", [("yaml-start", 1)]),
        (b'a: "\\d"\n', [("yaml-escape", 1)]),
        (b"a:\n  - b\n c: 1\n", [("yaml-indentation", 3)]),
        (b"a:\n   b: 1\n  c: 2\n", [("yaml-indentation", 3)]),
        (b"%YAML 9.9\n---\na: 1\n", [("yaml-syntax", 1)]),
    ],
)
def test_refusals(raw: bytes, expected: list[tuple[str, int]]) -> None:
    assert rules(raw) == expected


def test_what_is_fine() -> None:
    assert node_of("\ufeffa: 1\r\nb: [x, {c: d}]\r\n").plain() == {"a": "1", "b": ["x", {"c": "d"}]}
    assert node_of("%YAML 1.2\n---\na: <b>粗体</b> <script>alert(1)</script>\n").plain() == {
        "a": "<b>粗体</b> <script>alert(1)</script>"
    }
    assert parse_yaml(b"# nothing\n", "a.yml") == (None, [])
    assert parse_yaml(b"", "a.yml") == (None, [])


def test_problems_after_the_first_are_found_too() -> None:
    raw = b"a: !x 1\na: 2\nb: &y 3\nc: {d: 1, d: 2}\n"
    assert rules(raw) == [
        ("yaml-tag", 1), ("yaml-repeated-key", 2), ("yaml-anchor", 3), ("yaml-repeated-key", 4),
    ]  # fmt: skip


def test_values_stay_usable_unless_they_stand_elsewhere() -> None:
    assert parse_yaml(b"a: 1\na: 2\n", "a.yml")[0].plain() == {"a": "1"}  # type: ignore[union-attr]
    assert parse_yaml(b"a: !t 1\n", "a.yml")[0].plain() == {"a": "1"}  # type: ignore[union-attr]
    assert parse_yaml(b"a: &x 1\nb: *x\n", "a.yml")[0] is None
    assert parse_yaml(b"b: {<<: {c: 1}}\n", "a.yml")[0] is None


def test_levels() -> None:
    assert rules(b"[" * MAX_LEVELS + b"]" * MAX_LEVELS) == []
    assert rules(b"[" * (MAX_LEVELS + 1) + b"]" * (MAX_LEVELS + 1)) == [("yaml-too-deep", 1)]


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * MAX_BYTES,
        b"{a: " * (MAX_BYTES // 4),
        b"- " * (MAX_BYTES // 2),
        b"? " * (MAX_BYTES // 2),
        b"".join(b" " * level + b"a:\n" for level in range(700)),
        b"[" + b"[],".join(b"" for _ in range(80_000)) + b"]",
        b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (n + 1, n + 1, b"*%c," % n * 9) for n in range(97, 115)),
        b"\t\n" * (MAX_BYTES // 2),
        b"a: &x\n" * (MAX_BYTES // 6),
        b'"' * MAX_BYTES,
        b"!" * MAX_BYTES,
    ],
    ids=["lists", "mappings", "dashes", "keys", "blocks", "many", "bomb", "tabs", "anchors", "quotes", "tags"],
)
def test_hostile_text_costs_little(raw: bytes) -> None:
    begin = time.process_time()
    _, problems = parse_yaml(raw, "a.yml")
    assert time.process_time() - begin < 5
    assert len(problems) <= 60
    tracemalloc.start()
    parse_yaml(raw[: MAX_BYTES // 8], "a.yml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 << 20


def test_too_large(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"a: " + b"x" * (MAX_BYTES - 3))
    (tmp_path / "b.yml").write_bytes(b"a: " + b"x" * (MAX_BYTES - 2))
    assert read_yaml(tmp_path, "a.yml")[1] == []
    assert [problem.rule for problem in read_yaml(tmp_path, "b.yml")[1]] == ["yaml-too-large"]
    assert rules(b"x" * (MAX_BYTES + 1)) == [("yaml-too-large", None)]


def test_sparse_two_gigabytes_are_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.yml").open("wb") as stream:
        stream.truncate(2 << 30)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [problem.rule for problem in read_yaml(tmp_path, "a.yml")[1]] == ["yaml-too-large"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # KiB


def test_only_regular_files_below_the_folder_are_opened(tmp_path: Path) -> None:
    city, outside = tmp_path / "city", tmp_path / "outside"
    (city / "in").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.yml").write_text("a: 1\n")
    (city / "zero.yml").symlink_to("/dev/zero")
    (city / "link.yml").symlink_to(outside / "secret.yml")
    (city / "folder").symlink_to(outside)
    (city / "loop.yml").symlink_to("loop.yml")
    (city / "in" / "dir.yml").mkdir()
    os.mkfifo(city / "pipe.yml")
    for path in ("zero.yml", "link.yml", "folder/secret.yml", "loop.yml", "in/dir.yml", "pipe.yml", "pipe.yml/x.yml"):
        node, problems = read_yaml(city, path)
        assert (node, [problem.rule for problem in problems]) == (None, ["yaml-not-regular"]), path
    assert [problem.rule for problem in read_yaml(city, "in/none.yml")[1]] == ["yaml-missing"]


@pytest.mark.parametrize("path", ["../outside.yml", "/etc/passwd", "a/../b.yml", "", "a//b.yml", "./a.yml"])
def test_a_path_that_is_not_plain_is_our_fault(path: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="plain relative path"):
        read_yaml(tmp_path, path)


def test_folders_with_blanks_and_chinese_names(tmp_path: Path) -> None:
    folder = tmp_path / "我的 城市"
    folder.mkdir()
    (folder / "a.yml").write_text("标题: 公园\n", "utf-8")
    node, problems = read_yaml(folder, "a.yml")
    assert problems == []
    assert node is not None
    assert node.plain() == {"标题": "公园"}
