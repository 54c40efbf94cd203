"""A conditional set under Shanghai's rules with a good sample in Git; tests change one thing about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.catalogues import ENTRY, make_catalogue, write_entry
from tests.catalogues import ROWS as ROWS_OF_PARKS

PROFILE: dict[str, Any] = {
    "编号": {"distinct": 1200, "missing": 0},
    "类型": {"shares": {"综合公园": 0.5, "社区公园": 0.5}, "missing": 0},
    "面积": {"minimum": "0.1", "maximum": "100", "mean": 20, "missing": 0},
}
ROWS = [f"{number:04},{'综合公园' if number % 2 else '社区公园'},{10 + number % 20}.5" for number in range(60)]
FIELDS = [
    {"name": "编号", "title": "公园编号", "type": "string", "description": "四位数字，由园林局编定",
     "constraints": {"required": "true", "pattern": r"\d{4}"}, "source_ref": "ylj/parks/id"},
    {"name": "类型", "title": "公园类型", "type": "string", "description": "按绿地分类标准划分的种类",
     "source_ref": "ylj/parks/kind"},
    {"name": "面积", "title": "占地面积", "type": "number", "unit": "公顷", "description": "含水面，保留一位小数",
     "source_ref": "ylj/parks/area"},
]  # fmt: skip


def lay(root: Path, rows: list[str] = ROWS, *, city: str = "shanghai", **changes: Any) -> Path:
    """A conditional set whose data lie elsewhere, with a sample in Git."""
    sample = {
        "path": "parks-sample.csv", "total": 1200, "method": "按公园类型分层随机抽取", "date": "2026-11-01",
        "profile": PROFILE, **changes,
    }  # fmt: skip
    make_catalogue(
        root,
        open_type="conditional",
        open_ground="数据汇聚后须限定用途",
        open_conditions=[{"category": "security", "text": "具备数据安全管理制度", "ground": "汇聚后有识别风险"}],
        application_materials=["数据安全管理制度"],
        files=[{"path": "parks.csv", "schema": {"primaryKey": "编号", "fields": FIELDS}}],
        sample=sample,
        generation_frequency="annual",
        relations=[{"to": "gardens", "kind": "same-topic", "note": "同一时间、同一地区的公园与园林"}],
    )
    other = {**ENTRY, "title": "苏州市园林名录（2025年）", "title_en": "Gardens"}
    other |= {"files": [{**ENTRY["files"][0], "path": "gardens.csv"}]}
    (root / "datasets/ylj/gardens.csv").write_text(ROWS_OF_PARKS, "utf-8")
    write_entry(root, "ylj", "gardens", other)
    (root / "datasets/ylj/parks.csv").unlink()
    (root / "datasets/ylj/parks-sample.csv").write_text(
        "编号,类型,面积\n" + "".join(f"{row}\n" for row in rows), "utf-8"
    )
    portal = root / "catalog/portal.yml"
    portal.write_text(portal.read_text("utf-8").replace("profile: suzhou\n", f"profile: {city}\n"), "utf-8")
    return root
