"""When data came out and when they last changed: by the records, never by the day of a build."""

from __future__ import annotations

from datetime import date

from portal.moments import issued, modified
from tests.samples import a_dataset, some_facts

OLD, NEW = "0" * 64, "1" * 64


def review(day: str, covers: str, result: str = "passed") -> dict[str, str]:
    return {"kind": "security", "date": day, "result": result, "by": "安全岗（示范）", "covers": covers}


def test_data_came_out_when_they_were_first_cleared() -> None:
    reviews = [review("2026-03-01", OLD, "refused"), review("2026-03-05", OLD), review("2026-09-01", NEW)]
    assert issued(a_dataset(reviews=reviews)) == date(2026, 3, 5)
    steps = [{"step": "authority_review", "date": "2026-02-02", "result": "passed", "by": "目录岗", "covers": OLD}]
    assert issued(a_dataset(reviews=[], approvals=steps)) == date(2026, 2, 2)
    assert issued(a_dataset(reviews=[])) is None


def test_data_changed_when_their_present_content_was_cleared() -> None:
    one = a_dataset(data_date="2026-01-31", reviews=[review("2026-03-05", OLD), review("2026-09-01", NEW)])
    facts = some_facts(one)
    assert modified(one, facts.model_copy(update={"digest": OLD})) == date(2026, 3, 5)
    assert modified(one, facts.model_copy(update={"digest": NEW})) == date(2026, 9, 1)
    assert modified(one, None) == date(2026, 1, 31)  # of an entry without public data nothing is cleared by content


def test_a_recorded_change_counts_as_one() -> None:
    change = {"date": "2026-11-05", "kind": "removed", "of": ["rows"], "ground": "三处已经撤并"}
    one = a_dataset(data_date="2026-01-31", reviews=[review("2026-03-05", OLD)], changes=[change])
    assert modified(one, some_facts(one)) == date(2026, 11, 5)
