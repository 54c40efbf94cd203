"""The city of the page tests with a service that has told something: use, cases, searches, earlier days."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from portal.counts.figures import count_all
from portal.counts.history import keep_day
from portal.counts.inputs import read_inputs
from portal.exports.figures import write_figures
from portal.profile import load_profile
from portal.render import RenderInput, build_shell, render_site
from portal.settings import CODE
from tests.rendering import city


def render(folder: Path, var: Path, cache: Path) -> Path:
    """Render the city and its figures below `folder`, with what lies in `var`."""
    known = city.catalogue()
    facts = {one.id: city.facts(one) for one in known.datasets if one.is_open}
    inputs = read_inputs(var, city.TODAY)
    source = RenderInput(known, load_profile("suzhou"), facts, city.TODAY, "r1", inputs)
    write_figures(source.counts.all(), folder, release="r1", today=city.TODAY)
    render_site(source, build_shell(CODE / "site_src", cache), site_src=CODE / "site_src", target=folder)
    return folder


def tell(var: Path) -> Path:
    """A service that has told everything: three days of use, one handled case, one late, one request, two searches."""
    public = var / "public"
    public.mkdir(parents=True)
    use = {"views": 3, "downloads": {"csv": 2}, "api": 1}
    days = {str(city.TODAY - timedelta(days=n)): {"total": use, "datasets": {"plain": use}} for n in range(3)}
    (public / "usage.json").write_text(json.dumps({"days": days}), "utf-8")
    case = {"department": "ylj", "received": "2026-11-02", "due": "2026-11-09"}
    feedback = [
        {**case, "number": "JC-2026-000001", "kind": "correction", "dataset": "plain", "title": "名称写错",
         "answered": "2026-11-05", "outcome": "resolved_corrected", "result": "<b>已更正</b>"},
        {**case, "number": "JC-2026-000002", "kind": "correction", "dataset": "secret"},
    ]  # fmt: skip
    demands = [{**case, "number": "XQ-2026-000003", "kind": "request", "title": "古树档案", "answered": "2026-11-08",
                "outcome": "fulfilled", "opened": "everything"}]  # fmt: skip
    (public / "feedback.json").write_text(json.dumps({"cases": feedback}), "utf-8")
    (public / "demands.json").write_text(json.dumps({"cases": demands}), "utf-8")
    gaps = [{"q": "充电桩", "count": 12, "last": "2026-11-20"}, {"q": "少见", "count": 1, "last": "2026-11-20"}]
    (public / "query-gaps.json").write_text(json.dumps({"queries": gaps}), "utf-8")
    return var


def past(var: Path) -> Path:
    """Two kept days: five sets, then seven."""
    known = city.catalogue()
    for back, sets in ((2, 5), (1, 7)):
        day = city.TODAY - timedelta(days=back)
        keep_day(var, count_all(known, {}, load_profile("suzhou"), day).today.model_copy(update={"sets": sets}))
    return var
