"""Entries through the workbook and back are the same entries, whatever they say; and through the YAML we write."""

from __future__ import annotations

import difflib
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from portal.catalogue import read_catalogue
from portal.fieldtable import FieldNote, field_table
from portal.model import Dataset
from portal.problems import HIDDEN
from portal.settings import CODE
from portal.shape import Shape
from portal.sheets.child import read
from portal.sheets.exporting import lists_of, names_of
from portal.sheets.reader import take_sheets
from portal.sheets.rewriting import entry_yaml, rewritten
from portal.sheets.rows import Gathered, rows_of, twice_named
from portal.sheets.writer import write_workbook
from portal.yamlfile import parse_yaml
from portal.yamltext import scalar
from tests.catalogues import settings_for

READING = read_catalogue(settings_for(CODE))
NAMES = names_of(READING)
REAL = READING.catalogue.datasets

PLAIN = st.text(st.characters(exclude_categories=("Cs",)), max_size=12).filter(lambda text: not HIDDEN.search(text))
AWKWARD = st.sampled_from(
    ["", " ", "　甲", "甲\u00a0", "0012", "320500", "=1+1", '"', '""', '"甲"', "[]", "{}", "a\nb", "a\r\nb", "\t", "a、b", "a，b",
     "a；b", "a=b", "a＝b", "=", "是", "否", "每年", "true", "_x000D_", "_x0041_", "&lt;", "<b>", "😀", "𠮷", "'甲", "-", "示例", "填写说明",
     "1欧元=人民币", "2023-06-30", "null", "civil-affairs", "\\n", "\\", "http://a.example.org", "# 甲", "mailto:a@example.org"]
)  # fmt: skip
TEXT = PLAIN | AWKWARD
DAYS = st.dates().map(lambda day: day.isoformat())
LAW = settings(
    max_examples=30,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def texts(note: FieldNote) -> Any:
    if note.pattern:
        shape = note.pattern if note.pattern.endswith("$") else note.pattern + r"[a-z./]{1,9}"
        return st.from_regex(shape.removeprefix("^").removesuffix("$"), fullmatch=True).filter(
            lambda one: not HIDDEN.search(one)
        )
    least, most = note.least or 0, note.most or 10_000
    return TEXT.map(lambda one: one + "甲" * (least - len(one))).filter(lambda one: len(one) <= most)


def values(note: FieldNote) -> Any:
    """Anything that the model lets stand under a key."""
    if note.kind in ("record", "records"):
        assert note.model
        inner = records(note.model)
        return inner if note.kind == "record" else st.lists(inner, min_size=note.least or 0, max_size=2)
    kinds = {
        "day": DAYS,
        "yes-no": st.booleans(),
        "whole": st.integers(note.least or 0, 10**6),
        "choice": st.sampled_from([one.word for one in note.choices] or [""]),
        "choices": st.lists(st.sampled_from([one.word for one in note.choices] or [""]), max_size=3),
        "texts": st.lists(TEXT, min_size=note.least or 0, max_size=3),
        "mapping": st.dictionaries(TEXT, TEXT, max_size=3),
    }
    return kinds[note.kind] if note.kind in kinds else texts(note)


def records(model: type[Shape]) -> Any:
    """A record: what it must have, and some of the rest."""
    required = {note.key: values(note) for note in field_table(model) if note.required}
    optional = {note.key: values(note) for note in field_table(model) if not note.required}
    return st.fixed_dictionaries(required, optional=optional)


def entries() -> Any:
    """Entries of a department that exists: their folders have names that nobody folds."""
    return records(Dataset).map(lambda tree: {**tree, "department": "mzj"})


def dataset(tree: Any) -> Dataset:
    try:
        made = Dataset.model_validate(tree)
    except ValidationError:
        assume(False)
        raise
    assume(twice_named(made) is None)
    return made


def through(datasets: list[Dataset]) -> dict[str, Dataset]:
    """Rows, a real workbook, rows, entries."""
    rows: dict[str, list[list[str]]] = defaultdict(list)
    for one in datasets:
        for sheet, row in rows_of(one, NAMES):
            rows[sheet.name].append(row)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "目录.xlsx"
        write_workbook(path, rows, lists_of(READING, NAMES))
        with path.open("rb") as stream:
            sheets = read(stream)
    gathered = Gathered("目录.xlsx", NAMES)
    take_sheets(gathered, sheets)
    assert [one for one in gathered.problems if one.rule != "draft-left"] == []
    return {name: Dataset.model_validate(one.tree) for name, one in gathered.entries.items()}


@given(st.lists(entries(), min_size=1, max_size=3, unique_by=lambda tree: tree["id"]))
@LAW
def test_entries_come_back_from_the_workbook_as_they_were(trees: list[Any]) -> None:
    datasets = [dataset(tree) for tree in trees]
    found = through(datasets)
    for one in datasets:
        assert found[one.id] == one


@given(entries())
@LAW
def test_entries_come_back_from_the_yaml_that_is_written(tree: Any) -> None:
    one = dataset(tree)
    node, problems = parse_yaml(entry_yaml(one).encode(), "catalog/a.yml")
    assert [problem.rule for problem in problems if problem.rule != "draft-left"] == []
    assert node is not None
    assert isinstance(node.value, dict)
    assert Dataset.model_validate({**node.value, "id": one.id, "department": one.department}) == one


def test_every_real_entry_comes_back_as_it_was() -> None:
    found = through(list(REAL))
    assert [found[one.id] for one in REAL] == list(REAL)


@pytest.mark.parametrize("real", REAL, ids=lambda one: one.id)
def test_changes_of_real_entries_are_written_where_they_belong(real: Dataset) -> None:
    """A changed title, a key that is new and one that goes: all other lines stay, comments included."""
    text = (CODE / f"catalog/{real.department}/{real.id}.yml").read_text("utf-8")
    after = real.model_copy(update={"title": "改过的名称（2026年）", "part_of": "a-whole", "keywords": ()})
    made = rewritten(text, real, after)
    assert made.keys == tuple(
        key for key in ("title", "keywords", "part_of") if getattr(real, key) != getattr(after, key)
    )
    told = list(difflib.unified_diff(text.splitlines(), made.text.splitlines(), "", "", lineterm="", n=0))[2:]
    assert [line for line in told if line.startswith("+")] == ["+title: 改过的名称（2026年）", "+part_of: a-whole"]
    gone = [line for line in told if line.startswith("-") and not line.startswith("-title: ")]
    assert gone == ["-keywords:", *(f"-  - {scalar(word)}" for word in real.keywords)] if real.keywords else gone == []
    assert rewritten(text, real, real).text == text
