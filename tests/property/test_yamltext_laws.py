"""What we write as YAML is what our reader, and PyYAML's, read back."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.problems import HIDDEN
from portal.yamlfile import parse_yaml
from portal.yamltext import document, scalar

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20).filter(lambda text: not HIDDEN.search(text))
AWKWARD = st.sampled_from(
    ["", " ", "yes", "NO", "null", "~", "0123", "1e3", "1:30", "2023-06-30", "- a", "a: b", "a #b", "'", '"', "\n", "\r\n",
     "\t", "{", "[a]", "<<", "=", "?", "!", "*a", "&a", "%", "@", "`", "|", ">", "【待填】", "a:", ":a", "　", "\u00a0", "x" * 1100,
     "---", "...", "true", "1_000", "0x1F", ".5", "+1", "//", "#"]
)  # fmt: skip
TEXTS = TEXT | AWKWARD
KEYS = TEXTS.filter(lambda key: key != "")
TREES: Any = st.recursive(
    TEXTS | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
LAW = settings(max_examples=300, deadline=None)


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
@LAW
def test_our_reader_reads_what_we_write(tree: Any) -> None:
    node, problems = parse_yaml(document(tree).encode(), "catalog/a.yml")
    assert [one.rule for one in problems if one.rule != "draft-left"] == []
    assert node is not None
    assert node.value == tree


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4), TEXT)
@LAW
def test_comments_change_nothing(tree: Any, note: str) -> None:
    told = " ".join(note.split()) or "x"
    notes = {(key,): told for key in tree}
    node, _ = parse_yaml(document(tree, head=["草稿"], notes=notes).encode(), "catalog/a.yml")
    assert node is not None
    assert node.value == tree


@given(TEXTS)
@LAW
def test_other_readers_see_a_text_or_a_day(text: str) -> None:
    loaded = yaml.safe_load(f"key: {scalar(text)}\n")["key"]
    assert str(loaded) == text


def test_it_looks_as_a_person_would_write_it() -> None:
    tree: Any = {
        "title": "苏州市村（居）委会区划代码（2023年）",
        "data_date": "2023-06-30",
        "licence": {"name": "MIT", "url": "https://opensource.org/license/mit"},
        "files": [{"path": "a.csv", "append": True, "pattern": r"\d{12}", "codes": {"1": "男"}, "none": []}],
    }
    assert document(tree, notes={("title",): "请核对", ("licence",): "同上"}) == (
        "title: 苏州市村（居）委会区划代码（2023年）  # 请核对\n"
        "data_date: 2023-06-30\n"
        "# 同上\n"
        "licence:\n"
        "  name: MIT\n"
        "  url: https://opensource.org/license/mit\n"
        "files:\n"
        "  - path: a.csv\n"
        "    append: true\n"
        "    pattern: '\\d{12}'\n"
        "    codes:\n"
        "      '1': 男\n"
        "    none: []\n"
    )
