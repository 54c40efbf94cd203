"""Small groups are found, alone and across relations; counted against a plain loop over the rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal import pipeline
from portal.checks.anonymity import Part, Question
from portal.progress import Progress
from portal.report import render
from portal.settings import CODE
from tests.catalogues import ENTRY, approve, lay_example, make_catalogue, settings_for, write_entry

PEOPLE = [{"性别": sex, "街道": street} for sex in ("男", "女") for street in ("平江", "双塔") for _ in range(6)]


def text_of(rows: list[dict[str, str]], columns: list[str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def entry_of(name: str, columns: list[str], **changes: Any) -> dict[str, Any]:
    fields = [
        {"name": one, "title": one, "type": "string", "description": f"{one}，由园林局登记，按登记簿填写"}
        for one in columns
    ]
    files = [{"path": f"{name}.csv", "schema": {"primaryKey": columns[0], "fields": fields}}]
    return {**ENTRY, "title": f"城区{name}登记（2025年）", "title_en": name, "files": files, **changes}


def lay(root: Path, name: str, rows: list[dict[str, str]], **changes: Any) -> None:
    columns = list(rows[0])
    (root / "datasets" / "ylj" / f"{name}.csv").write_text(text_of(rows, columns), "utf-8")
    write_entry(root, "ylj", name, entry_of(name, columns, **changes))


def risks(root: Path) -> list[Any]:
    found = pipeline.check(settings_for(root), Progress("en")).problems
    return [one for one in found if one.rule.startswith("aggregation-")]


def numbered(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{"编号": f"{number:04}", **row} for number, row in enumerate(rows)]


DECLARED = [{"fields": ["性别", "街道"], "about": "自然人"}]


def test_groups_of_six_pass_and_a_group_of_four_does_not(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path)
    lay(root, "people", numbered(PEOPLE), aggregation=DECLARED)
    assert risks(root) == []
    lay(root, "people", numbered(PEOPLE[:-2]), aggregation=DECLARED)
    (found,) = risks(root)
    assert (found.rule, found.level, found.dataset) == ("aggregation-risk", "error", "people")
    # four rows 女/双塔 are left; they stand in rows 20 to 23 of the file (row 1 is the header)
    told = {name: found.values[name] for name in ("k", "smallest", "groups", "count", "rows")}
    assert told == {"k": "5", "smallest": "4", "groups": "1", "count": "4", "rows": "20"}
    assert found.path == "catalog/ylj/people.yml"
    assert "双塔" not in str(dict(found.values))


def test_an_experts_argument_about_this_content_opens_the_gate_and_no_other(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path)
    lay(root, "people", numbered(PEOPLE[:-2]), aggregation=DECLARED)
    path = root / "catalog" / "ylj" / "people.yml"
    entry = yaml.safe_load(path.read_text("utf-8"))
    entry["reviews"].append({**entry["reviews"][0], "kind": "expert", "by": "专家委员会（示范）"})
    path.write_text(yaml.safe_dump(entry, allow_unicode=True), "utf-8")
    assert risks(root) == []
    data = root / "datasets" / "ylj" / "people.csv"
    data.write_text(data.read_text("utf-8").replace("0000,男", "0000,女"), "utf-8")
    approve(root, "ylj", "people")
    assert [one.rule for one in risks(root)] == ["aggregation-risk"]


def test_an_expert_who_refuses_opens_no_gate(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path)
    lay(root, "people", numbered(PEOPLE[:-2]), aggregation=DECLARED)
    path = root / "catalog" / "ylj" / "people.yml"
    entry = yaml.safe_load(path.read_text("utf-8"))
    entry["reviews"].append({**entry["reviews"][0], "kind": "expert", "by": "专家委员会（示范）", "result": "refused"})
    path.write_text(yaml.safe_dump(entry, allow_unicode=True), "utf-8")
    assert [one.rule for one in risks(root)] == ["aggregation-risk"]


def test_a_person_with_many_rows_in_the_other_set_is_one_person(tmp_path: Path) -> None:
    """Three people, each with three visits: joined there are nine rows, but the group is of three."""
    (tmp_path / "people.csv").write_text("key,sex\n1,f\n2,f\n3,f\n", "utf-8")
    (tmp_path / "visits.csv").write_text("key,ward\n" + "1,a\n2,a\n3,a\n" * 3, "utf-8")
    here, there = Part((tmp_path / "people.csv",), 2, (1,)), Part((tmp_path / "visits.csv",), 2, (1,))
    answer = Question(here, there, ((0, 0),), 5).answer()
    assert (answer.smallest, answer.groups, answer.rows, answer.first) == (3, 1, 3, (2,))


def test_what_is_safe_alone_may_not_be_safe_joined(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path)
    people = numbered(PEOPLE)
    jobs = [{"编号": row["编号"], "职业": "校长" if row["编号"] == "0003" else "教师"} for row in people]
    lay(root, "jobs", jobs, aggregation=[{"fields": ["职业"], "about": "自然人"}])
    alone = risks(root)
    assert [one.values["smallest"] for one in alone] == ["1"]  # one headmaster is one person already
    jobs = [{**row, "职业": "校长" if int(row["编号"]) % 3 == 0 else "教师"} for row in jobs]
    lay(root, "jobs", jobs, aggregation=[{"fields": ["职业"], "about": "自然人"}])
    relation = {"to": "jobs", "kind": "shared-key", "fields": {"编号": "编号"}, "note": "同一时间、同一地区的登记"}
    lay(root, "people", people, aggregation=DECLARED, relations=[relation])
    # eight headmasters and sixteen teachers, but two headmasters in each sex and street
    (found,) = risks(root)
    assert (found.rule, found.values["smallest"], found.values["groups"]) == ("aggregation-joined", "2", "8")
    assert found.values["other"] == "城区jobs登记（2025年）"


def test_columns_about_people_ask_for_a_declaration(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path)
    rows = [{"编号": f"{number:04}", "性别": "男", "民族": "汉族"} for number in range(9)]
    lay(root, "staff", rows)
    (found,) = risks(root)
    assert (found.rule, found.level, found.values["fields"]) == ("aggregation-undeclared", "warning", "性别、民族")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("甲乙"), st.sampled_from(["", "1", 'a,"b']), st.sampled_from("xyz")), max_size=60
    ),
    k=st.integers(2, 6),
)
def test_the_count_is_that_of_a_plain_loop(rows: list[tuple[str, str, str]], k: int, tmp_path: Path) -> None:
    names = ["a", "b", "c"]
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
    answer = Question(Part((path,), 3, (0, 1)), None, (), k).answer()
    groups = Counter(row[:2] for row in rows)
    small = {key: size for key, size in groups.items() if size < k}
    first = sorted(min(n for n, row in enumerate(rows, start=2) if row[:2] == key) for key in small)
    assert answer.smallest == min(groups.values(), default=0)
    assert (answer.groups, answer.rows) == (len(small), sum(small.values()))
    assert answer.first == tuple(first[:5])


@pytest.mark.parametrize("names", [("一.csv", "二 ' 三.csv")])
def test_several_files_are_one_table(names: tuple[str, str], tmp_path: Path) -> None:
    for name in names:
        (tmp_path / name).write_text("a,b\n1,x\n1,x\n2,y\n", "utf-8")
    question = Question(Part(tuple(tmp_path / name for name in names), 2, (0,)), None, (), 3)
    answer = question.answer()
    assert (answer.smallest, answer.groups, answer.rows, answer.first) == (2, 1, 2, (4,))


@pytest.mark.parametrize("rule", ["aggregation-risk", "aggregation-joined", "aggregation-undeclared"])
def test_each_rule_says_what_its_broken_example_expects(rule: str, tmp_path: Path) -> None:
    root = lay_example(CODE / "tests" / "bad" / rule, tmp_path / "city")
    text = render(risks(root), "text", "zh") + "\n"
    assert text == (CODE / "tests" / "bad" / rule / "expected.txt").read_text("utf-8")
    assert f"[{rule}]" in text
